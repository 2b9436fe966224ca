"""Clips of the surf shack and the shoe makers. Each scene draws one moment: (context, seconds, length)."""
import math

import numpy as np

import cloth
import patterns
import play
import wear
from kit import (CORAL, CREAM, GLOW, INDIGO, INK, MARIGOLD, ROSE, SCRIPT, SHADE, SUN, TAU, TEAL, TERRA, clamp, dark, ease,
                 fill, glow, ground, light, lin, line, mix, noise, out, oval, paint, rad, ramp, rrect, smooth, spring,
                 surface_of, tile, wash, wave)
from sets import LOOK
from stagecraft import H, W, Sprite, backdrop, dusk_floor, rays, sun_path, swell, title

WET, DRY = (.80, .62, .40), (.95, .83, .60)


def ombak_senja():
    """The fish stands in the shallows and turns, in front of the sun that sets."""
    def sky(c):
        wash(c, lin(0, 0, 0, 760, (0, (.26, .16, .36)), (.4, (.80, .33, .38)), (.75, (.98, .60, .36)), (1, (1, .80, .48))))
    back = backdrop(sky)
    front = Sprite(320, 680, 160, 340, play.surfboard, "Senja", scale=1.25)
    rear = Sprite(320, 680, 160, 340, play.surfboard, "Laguna", scale=1.25)

    def draw(c, t, length):
        paint(c, back)
        s = t / length
        glow(c, 330, 600, 620, SUN, .75)
        oval(c, 330, 590 + 6 * wave(t, length), 228, 228)
        c.set_source(lin(0, 360, 0, 800, (0, (1, .95, .70)), (1, (1, .62, .30))))
        c.fill()
        for i in range(4):
            y = 610 + i * 46
            c.rectangle(80, y + 4 * wave(t, length / 2, i * .2), 500, 6 + 4 * i)
            fill(c, (.98, .55, .36), .55)
        for i in range(5):
            x, y = (i * 190 + 720 * s) % 900 - 90, 190 + (i * 67) % 170
            f = 12 * math.sin(TAU * t * 1.25 + i)
            smooth(c, [(x - 26, y - f), (x - 10, y - 4), (x, y + 3), (x + 10, y - 4), (x + 26, y - f)])
            line(c, (.30, .14, .28), 4.5)
        for i, col in enumerate(((.62, .28, .40), (.46, .22, .40), (.30, .18, .38))):
            swell(c, 730 + 52 * i, 9 + 4 * i, 300 + 70 * i, TAU * s * (2 + i) + i, col, (1, .75, .5) if i else None)
        sun_path(c, 330, 752, 330, 200, t, SUN, 8)
        ang = TAU * (s - .07 * math.sin(TAU * s * 2))
        kx = math.cos(ang)
        bob = 10 * wave(t, length / 2)
        face = front if kx >= 0 else rear
        c.save()
        c.translate(330 + 7 * math.sin(ang), 560 + bob)
        c.rotate(.05 * math.sin(ang))
        c.scale(max(.07, abs(kx)), 1)
        face.stamp(c, 0, 0)
        c.restore()
        if abs(kx) < .5:
            rrect(c, 330 - 10, 180 + bob, 20, 760, 10)
            fill(c, dark(CORAL, .35), (1 - abs(kx) / .5) * .9)
        for i, col in enumerate(((.22, .16, .36), (.15, .13, .31), (.10, .10, .25))):
            swell(c, 872 + 60 * i, 12 + 5 * i, 340 + 80 * i, -TAU * s * (2 + i) + i * 2, col, (1, .70, .48), sharp=.4)
        title(c, t, .15, "small waves,", "long afternoons", 48, 170, 96, CREAM, SCRIPT, length - .7, italic=True)
        dusk_floor(c, .4)
    return draw


def coral(c, x, y, k, col, sway):
    """A branching coral."""
    def limb(px, py, ang, ln, w, depth):
        qx, qy = px + ln * math.cos(ang), py + ln * math.sin(ang)
        smooth(c, [(px, py), ((px + qx) / 2 + 6, (py + qy) / 2), (qx, qy)])
        line(c, mix(col, light(col, .4), (5 - depth) / 6), w)
        if depth:
            for d in (-.5, .42):
                limb(qx, qy, ang + d + sway * .06 * (5 - depth), ln * .74, w * .68, depth - 1)
    limb(x, y, -math.pi / 2, 92 * k, 34 * k, 4)


def ombak_karang():
    """Forty strokes from the shack: under water."""
    def sea(c):
        wash(c, lin(0, 0, 0, H, (0, (.58, .90, .86)), (.3, (.13, .62, .68)), (.7, (.04, .36, .49)), (1, (.03, .19, .32))))
    back = backdrop(sea)
    mask = Sprite(620, 620, 290, 560, play.snorkel, TEAL, False, scale=1.1)
    fishes = [Sprite(240, 180, 130, 90, play.fish, i, 1.0, f) for i in range(4) for f in (-.8, .8)]
    rnd = np.random.default_rng(5)
    school = [(int(rnd.integers(4)), rnd.uniform(140, 930), rnd.uniform(.5, .95), rnd.uniform(0, 1), int(rnd.integers(1, 3)),
               i % 2 == 0) for i in range(12)]
    bubbles = [(rnd.uniform(20, 640), rnd.uniform(0, 1), int(rnd.integers(1, 4)), rnd.uniform(5, 17)) for _ in range(26)]
    reef = Sprite(W, 420, 0, 400, lambda c: [coral(c, x, y, k, col, 0) for x, y, k, col in
                                            ((60, 0, 1.0, CORAL), (650, 10, 1.2, (.75, .30, .42)), (520, 10, .7, MARIGOLD),
                                             (200, 14, .66, ROSE))])

    def draw(c, t, length):
        paint(c, back)
        s = t / length
        c.push_group()
        for i in range(7):
            x = 60 + i * 110 + 40 * math.sin(TAU * s + i)
            c.new_path()
            c.move_to(x - 16, -20)
            c.line_to(x + 46, -20)
            c.line_to(x + 240 + 60 * math.sin(TAU * s + i * 2), 1100)
            c.line_to(x + 40, 1100)
            c.close_path()
            c.set_source(lin(0, 0, 0, 1000, (0, GLOW, .34), (1, GLOW, 0)))
            c.fill()
        c.pop_group_to_source()
        c.paint_with_alpha(.75 + .2 * wave(t, length / 3))

        def swim(near):
            for kind, y, k, ph, n, left in school:
                if (k > .78) != near:
                    continue
                u = (s * n + ph) % 1
                x = (-160 + 1040 * u) if not left else (880 - 1040 * u)
                yy = y + 26 * math.sin(u * TAU * 2 + ph * 9)
                f = fishes[kind * 2 + (int(t * 7 + ph * 10) % 2)]
                f.stamp(c, x, yy, k, 0, 1, -1 if left else 1)
        swim(False)
        reef.stamp(c, 0, 1030, 1, .012 * wave(t, length / 2))
        smooth(c, [(-40, 1010), (160, 960), (380, 1000), (560, 950), (780, 1000), (780, 1300), (-40, 1300)], True)
        c.set_source(lin(0, 950, 0, H, (0, (.46, .62, .56)), (1, (.10, .24, .34))))
        c.fill()
        drop = 30 * wave(t, length / 2)
        mask.stamp(c, 318, 740 + drop, .98, .09 * wave(t, length / 2, .25))
        swim(True)
        for x, ph, n, r in bubbles:
            u = (s * n + ph) % 1
            y = 1120 - 1240 * u
            oval(c, x + 22 * math.sin(u * 12 + x), y, r, r)
            fill(c, GLOW, .20)
            oval(c, x + 22 * math.sin(u * 12 + x), y, r, r)
            line(c, GLOW, 2.4, .7)
        title(c, t, .8, "forty strokes", "from the shack", 48, 160, 96, CREAM, SCRIPT, length - .8, italic=True)
        dusk_floor(c, .4)
    return draw


def sand_ground(c):
    """Dry sand with its ripples and its grains."""
    n = noise(W, H, 190, 4, 4, 2.0)
    img = np.empty((H, W, 3))
    img[:] = np.array(DRY) * (.92 + .14 * n)[..., None]
    paint(c, surface_of(img))


def tide_over(c, reach, t, length):
    """The sea that comes in from the top down to y = reach, with wet sand, foam and shallow colours."""
    def edge(y, ph, amp=26):
        return [(x, y + amp * math.sin(x / 96 + ph) + amp * .5 * math.sin(x / 41 - ph * 2 + 1)) for x in range(-40, W + 60, 24)]

    def body(y, ph, amp=26):
        smooth(c, edge(y, ph, amp))
        c.line_to(W + 60, -60)
        c.line_to(-60, -60)
        c.close_path()
    ph = TAU * t / length
    body(reach + 64, ph)
    fill(c, WET, .55)
    body(reach, ph + .4)
    c.set_source(lin(0, reach - 560, 0, reach, (0, (.06, .48, .56)), (.5, (.25, .70, .70)), (.85, (.62, .88, .82)),
                     (1, (.80, .94, .88))))
    c.fill()
    for dy, w, a in ((0, 20, .95), (-44, 8, .6), (-120, 6, .38), (-220, 6, .25)):
        smooth(c, edge(reach + dy, ph + .4 + dy * .012, 26 - dy * .02))
        line(c, GLOW, w, a)


def hat_above(c, ribbon):
    """The straw hat from above."""
    straw = (.93, .79, .50)
    oval(c, 16, 22, 172, 172)
    fill(c, SHADE, .28)
    oval(c, 0, 0, 172, 172)
    c.set_source(tile(patterns.weave(straw, light(straw, .25), 96, dark(straw, .5)), .34))
    c.fill_preserve()
    c.set_source(rad(0, 0, 172, (0, GLOW, .25), (.6, SHADE, 0), (1, SHADE, .28), dx=-50, dy=-60))
    c.fill()
    for r in (165, 150):
        oval(c, 0, 0, r, r)
        line(c, dark(straw, .35), 3, .5)
    oval(c, 8, 12, 92, 92)
    fill(c, SHADE, .3)
    oval(c, 0, 0, 90, 90)
    fill(c, ribbon)
    oval(c, -3, -4, 76, 74)
    c.set_source(tile(patterns.weave(straw, light(straw, .25), 96, dark(straw, .5)), .34, .4))
    c.fill_preserve()
    c.set_source(rad(-3, -4, 80, (0, GLOW, .5), (.6, SHADE, 0), (1, SHADE, .4), dx=-28, dy=-30))
    c.fill()


def towel_above(c):
    """The striped towel spread on the sand."""
    rrect(c, -146 + 12, -262 + 16, 292, 524, 8)
    fill(c, SHADE, .25)
    src = patterns.stripes(300, 100, (TERRA, CREAM, TERRA, CREAM, TEAL, CREAM, TERRA, CREAM, TERRA),
                           (5, 2, 2, 6, 8, 6, 2, 2, 5))
    rrect(c, -146, -262, 292, 524, 8)
    c.set_source(tile(src, .98, 0, -146, 0))
    c.fill_preserve()
    c.set_source(lin(-146, -262, 146, 262, (0, GLOW, .22), (.5, SHADE, 0), (1, SHADE, .25)))
    c.fill()
    for y in (-268, 262):
        for i in range(30):
            c.move_to(-142 + i * 9.8, y)
            c.line_to(-142 + i * 9.8, y + 8)
        line(c, CREAM, 3)


def ombak_pantai():
    """Things one forgets to bring, one after another, while the tide breathes."""
    back = backdrop(sand_ground)
    things = [(Sprite(360, 600, 170, 290, towel_above), 190, 660, .94, -.16, "towel"),
              (Sprite(420, 420, 190, 190, hat_above, INDIGO), 440, 540, .86, .2, "hat"),
              (Sprite(420, 640, 190, 590, wear.dry_bag, MARIGOLD), 480, 925, .50, .14, "dry bag")]
    flops = [Sprite(240, 520, 120, 250, wear.flipflop, CORAL, left) for left in (True, False)]

    def draw(c, t, length):
        paint(c, back)
        reach = 350 + 74 * math.sin(TAU * t / length * 2 - .6)
        tide_over(c, reach, t, length)
        gone = ease(t, 7.2, 7.8)
        for i, (sp, x, y, k, turn, _) in enumerate(things):
            s = spring(t, .4 + i * 1.3, 1.3 + i * 1.3) * (1 - gone)
            if s > .01:
                sp.stamp(c, x, y, k * s, turn + .5 * (1 - clamp(s)))
        for i, sp in enumerate(flops):
            s = spring(t, 4.2 + i * .25, 5.1 + i * .25) * (1 - gone)
            if s > .01:
                sp.stamp(c, 136 + i * 92, 930 + i * 12, .46 * s, -.2 + .1 * i)
        words = (("towel", .6, 1.8), ("hat", 1.9, 3.1), ("dry bag", 3.2, 4.3), ("everything", 4.6, 7.1))
        for n, (w, a, b) in enumerate(words):
            if a - .1 < t < b + .5:
                title(c, t, a, w, "", 48, 176, 108, CREAM, SCRIPT, b, italic=True)
        dusk_floor(c, .36)
    return draw


# ------------------------------------------------------------------------------------------------ the shoe makers
def print_mark(c):
    """A footprint of the sandal's sole, pressed in the sand."""
    smooth(c, wear.SOLE, True)
    c.set_source(lin(-80, -200, 80, 200, (0, SHADE, .34), (.5, SHADE, .20), (1, SHADE, .10)))
    c.fill()
    for i in range(9):
        y = -170 + i * 42
        smooth(c, [(-50, y), (-25, y + 14), (0, y), (25, y + 14), (50, y)])
    line(c, SHADE, 9, .16)
    smooth(c, wear.SOLE, True)
    line(c, GLOW, 5, .35)


def langkah_pasir():
    """Sandals that walk up the sand; the sea takes their prints."""
    back = backdrop(sand_ground)
    prints = [Sprite(240, 480, 120, 240, lambda c, f=f: (c.scale(f, 1), print_mark(c))) for f in (-1, 1)]
    shoes = [[Sprite(280, 560, 120, 250, wear.flipflop, TEAL, left, 1.0, lift) for lift in (0, .5, 1)] for left in (True,
                                                                                                                    False)]
    steps, stride = 8, 300

    def draw(c, t, length):
        n = length / steps
        i, f = int(t / n), (t % n) / n
        scroll = (t / n) * stride * .5
        paint(c, back)
        ripple = scroll % 150
        for k in range(-1, 10):
            y = k * 150 + ripple
            smooth(c, [(-20, y), (160, y - 16), (330, y + 8), (520, y - 12), (760, y + 6)])
            line(c, dark(DRY, .2), 5, .16)
            smooth(c, [(-20, y + 8), (160, y - 8), (330, y + 16), (520, y - 4), (760, y + 14)])
            line(c, GLOW, 4, .3)
        sea = 640 + 110 * math.sin(TAU * t / length * 2)
        for j in range(-9, 1):
            idx = i + j
            side = idx % 2
            y = 560 + scroll - (idx + 1) * stride * .5
            if y < 1400 and idx < i + (1 if f > .98 else 0):
                wet = ease(y, sea + 160, sea + 420)
                prints[side].stamp(c, (232, 408)[side], y, .82, (-.06, .06)[side], 1 - .9 * wet)
        e = ease(f)
        for side in (0, 1):
            moving = i % 2 == side
            last = i - (0 if moving else 1)
            y_from = 560 + scroll - (last - 1) * stride * .5
            y = y_from - (stride * e if moving else 0) if moving else 560 + scroll - (last + 1) * stride * .5
            lift = math.sin(math.pi * f) if moving else 0
            sp = shoes[side][min(2, int(lift * 2.4))]
            sp.stamp(c, (232, 408)[side], y, .82 * (1 + .06 * lift), (-.06, .06)[side])
        c.save()
        c.translate(W, H + 120)
        c.rotate(math.pi)
        tide_over(c, H + 120 - (sea + 330), t, length)
        c.restore()
        title(c, t, .5, "jejaknya hilang,", "sandalnya tidak", 48, 170, 84, LOOK["langkah"][3], end=length - .8)
        dusk_floor(c, .30)
    return draw


def langkah_dermaga():
    """Three canvas shoes, three colour fields, one band of ikat."""
    names = ("Krem", "Indigo", "Terakota")
    fields = ((TEAL, (.06, .34, .36)), (MARIGOLD, (.85, .56, .0)), ((.13, .24, .42), INK))
    shoes = [Sprite(600, 360, 280, 310, wear.sneaker, wear.CANVAS[n], scale=1.15) for n in names]
    mule = Sprite(560, 260, 260, 220, wear.slipper, cloth.IKAT["Senja"], scale=1.0)
    ikat = patterns.ikat((INDIGO, CORAL, CREAM, MARIGOLD))

    def field(c, i, t):
        a, b = fields[i]
        wash(c, lin(0, 0, 300, H, (0, light(a, .12)), (1, b)))
        c.push_group()
        rays(c, 320, 560, 1200, 10, t * .12, light(a, .35), .25)
        c.pop_group_to_source()
        c.paint()

    def draw(c, t, length):
        n = length / 3
        i = int(t / n) % 3
        k = t - int(t / n) * n
        field(c, (i - 1) % 3, t + n)
        c.save()
        x = -900 + 1960 * ease(k, 0, .6)
        c.new_path()
        for px, py in ((-1000, -10), (x + 160, -10), (x - 160, H + 10), (-1000, H + 10)):
            c.line_to(px, py)
        c.close_path()
        c.clip()
        field(c, i, t)
        c.restore()
        c.rectangle(0, 812, W, 84)
        c.set_source(tile(ikat, .56, 0, -268.8 * 2 * t / length, 788))
        c.fill()
        c.rectangle(0, 806, W, 6)
        c.rectangle(0, 896, W, 6)
        fill(c, CREAM)
        oval(c, 320, 560, 262, 262)
        fill(c, CREAM, .14)
        inn, leave = out(k, .12, .85), ease(k, n - .4, n)
        x = 326 - 900 * (1 - inn) + 900 * leave
        hop = 60 * abs(math.sin(math.pi * 2 * ramp(k, .8, 1.7))) * (1 - ramp(k, .8, 1.7))
        tilt = -.22 + .05 * math.sin(k * 3) - .5 * (1 - inn) + .3 * leave
        ground(c, x + 20, 780, 220 - hop * .8, 30, .38)
        shoes[i].stamp(c, x, 730 - hop, .95, tilt)
        if i == 2:
            mule.stamp(c, x + 60, 470 + 8 * math.sin(k * 4), .52, -.1, inn * (1 - leave))
        title(c, k, .3, names[i], ("ke ujung dermaga", "ke pesta teman", "ke mana saja")[i], 48, 210, 118, CREAM, end=n - .4)
        dusk_floor(c, .4)
    return draw


SCENES = {"ombak-senja": ombak_senja, "ombak-karang": ombak_karang, "ombak-pantai": ombak_pantai,
          "langkah-pasir": langkah_pasir,
          "langkah-dermaga": langkah_dermaga}
