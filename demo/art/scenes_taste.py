"""Clips of the coffee roaster, the kitchen and the test shop. Each scene draws one moment: (context, seconds, length)."""
import math

import cairo
import numpy as np

import garden
import play
import vessels
from kit import (CHILI, COFFEE, CREAM, GLOW, INDIGO, INK, MARIGOLD, NARROW, SCRIPT, SHADE, SUN, TAU, TEAL, TERRA, at, clamp,
                 dark, ease, fill, glow, ground, light, lin, line, mix, out, oval, paint, poly, rad, ramp, rrect, smooth,
                 spring, text, tile, wash, wave)
from patterns import wood
from sets import LOOK, leaves, window_light
from stagecraft import H, W, Sprite, backdrop, drops, dusk_floor, pop, puff, rays, stars, sun_path, swell, title

DEEP = LOOK["kopi"][3]


def kettle(c):
    """A goose-neck kettle whose spout tip is at (0, 0), pouring to the right and down."""
    smooth(c, [(0, 0), (-40, -34), (-92, -20), (-120, 60), (-170, 120)])
    line(c, dark(TEAL, .5), 32, keep=True)
    line(c, TEAL, 24, keep=True)
    line(c, light(TEAL, .4), 6, .7)
    c.new_path()
    c.move_to(-166, 10)
    c.line_to(-330, -10)
    c.curve_to(-352, 60, -374, 130, -372, 190)
    c.line_to(-132, 190)
    c.curve_to(-136, 120, -150, 60, -166, 10)
    c.close_path()
    c.set_source(lin(-372, 0, -130, 0, (0, dark(TEAL, .4)), (.3, light(TEAL, .35)), (.5, TEAL), (1, dark(TEAL, .45))))
    c.fill()
    oval(c, -248, -2, 82, 16)
    fill(c, dark(TEAL, .4))
    oval(c, -248, -22, 18, 16)
    fill(c, MARIGOLD)
    smooth(c, [(-340, 20), (-430, 10), (-450, 110), (-372, 170)])
    line(c, dark(COFFEE, .3), 26, keep=True)
    line(c, mix(COFFEE, TERRA, .3), 18)


def kopi_seduh():
    """A slow pour over: circles, drops, steam."""
    def room(c):
        wash(c, lin(0, 0, 200, H, (0, (.99, .91, .74)), (1, (.93, .74, .45))))
        c.new_path()
        c.arc(330, 520, 285, math.pi, 0)
        c.line_to(615, 960)
        c.line_to(45, 960)
        c.close_path()
        c.set_source(lin(45, 0, 615, 0, (0, (.86, .58, .05)), (.2, MARIGOLD), (1, light(MARIGOLD, .2))))
        c.fill()
        window_light(c, W, H, .20, .34)
        c.rectangle(0, 945, W, 400)
        c.set_source(tile(wood((.62, .38, .22), 3), 1.6, mirror=True))
        c.fill()
        c.rectangle(0, 945, W, 400)
        c.set_source(lin(0, 945, 0, H, (0, SHADE, .40), (.15, SHADE, .05), (1, SHADE, .5)))
        c.fill()
    back = backdrop(room)
    jug = Sprite(340, 420, 330, 150, kettle)

    def draw(c, t, length):
        paint(c, back)
        leaves(c, W, H, .30, 2, 12 * wave(t, length), 5 * wave(t, length / 2))
        a = TAU * t / 2
        pour = ease(t, .8, 1.3) * (1 - ease(t, 6.6, 7.0))
        on = ease(t, 0, 1.0) - ease(t, 6.8, 8.0)
        kx, ky = 322 + 40 * math.cos(a) * pour - 300 * (1 - on), 392 + 10 * math.sin(a) * pour - 120 * (1 - on)
        level = .12 + .62 * ramp(t, 1.4, 7.0) if t < 7.1 else .74 - .62 * ease(t, 7.1, 7.95)
        at(c, 330, 985, 1.28)
        vessels.dripper(c, "Putih", level, False)
        surface = -40 - 150 * level
        if t > 1.3:
            drops(c, [(x, -262, surface, .62, p, 5) for x, p in ((-5, 0), (4, .37), (0, .71))], t, COFFEE)
        oval(c, 0, -416, 122, 17)
        fill(c, mix((.30, .17, .10), (.62, .42, .26), .5 + .5 * math.sin(a)))
        for i in range(3):
            u = (t * .9 + i / 3) % 1
            oval(c, 26 * math.cos(a), -416 + 4 * math.sin(a), 10 + 70 * u, 2 + 9 * u)
            line(c, (.80, .62, .42), 3, pour * (1 - u))
        c.restore()
        if pour > .02:
            c.rectangle(kx - 4, ky + 4, 8, 450 - ky)
            c.set_source(lin(kx - 4, 0, kx + 4, 0, (0, (.85, .93, .95), .9), (.5, GLOW, 1), (1, (.6, .76, .82), .9)))
            c.fill()
        jug.stamp(c, kx, ky, 1.0, .42 * pour - .05)
        vessels.steam(c, 330, 440, t, 300, .6, 4, 46)
        title(c, t, .3, "pelan-pelan", "lingkaran kecil, air nyaris mendidih", 48, 170, 96, DEEP, NARROW, 7.2)
        dusk_floor(c, .4)
    return draw


def bean(c, col):
    """One coffee bean."""
    oval(c, 0, 0, 27, 19)
    c.set_source(rad(0, 0, 28, (0, light(col, .45)), (.45, col), (1, dark(col, .5)), dx=-9, dy=-9))
    c.fill()
    smooth(c, [(-25, 3), (-10, -5), (8, 5), (25, -3)])
    line(c, dark(col, .7), 4.5)


def kopi_sangrai():
    """Beans go round in the cooling tray from green to brown; then the bag."""
    tones = [(.56, .64, .38), (.70, .66, .36), (.76, .58, .28), (.66, .42, .19), (.52, .29, .13), (.40, .21, .11),
             (.30, .16, .09)]
    sprites = [Sprite(64, 52, 32, 26, bean, k) for k in tones]
    rnd = np.random.default_rng(7)
    n = 330
    where = [(math.sqrt((i + .5) / n) * 590, i * 2.39996, rnd.uniform(0, TAU), rnd.uniform(.9, 1.2)) for i in range(n)]
    bag = Sprite(360, 540, 180, 500, vessels.coffee_bag, "Gayo", scale=1.15)

    def draw(c, t, length):
        heat = ramp(t, .2, 5.2) if t < 7.3 else 1 - ease(t, 7.3, 8.0)
        wash(c, rad(330, 560, 900, (0, mix((.30, .24, .17), (.30, .15, .07), heat)), (1, (.10, .06, .06))))
        for r, a, spin, k in where:
            ang = a + .42 * wave(t, length) + .16 * wave(t, length / 2, r / 700)          # stirred to and fro
            x, y = 330 + r * math.cos(ang), 560 + r * 1.18 * math.sin(ang)
            if -50 < x < W + 50 and -50 < y < H + 50:
                tone = clamp(heat * 7.2 - .9 * (r / 590) + .5 * math.sin(a * 3), 0, 6)
                sprites[int(tone)].stamp(c, x, y, k * 1.25, spin + (ang - a) * 2.2)
        c.new_path()
        glow(c, 330, 560, 520, (1, .55, .15), .30 * heat)
        up = spring(t, 4.9, 6.6) - ease(t, 7.3, 7.9)
        dim = ease(t, 4.7, 5.3) * (1 - ease(t, 7.3, 7.9))
        if dim > 0:
            c.set_source_rgba(.08, .05, .06, .5 * dim)
            c.paint()
        word = ("hijau", "kuning", "kayu manis", "letupan pertama", "cokelat")[min(4, int(heat * 4.6))]
        deg = int(150 + 52 * heat)
        a = ease(t, .2, .7) * (1 - ease(t, 4.6, 5.0))
        if a > 0:
            oval(c, 330, 540, 150, 150)
            fill(c, INK, .80 * a)
            c.new_path()
            c.arc(330, 540, 138, -TAU / 4, -TAU / 4 + TAU * heat)
            line(c, MARIGOLD, 11, a)
            text(c, f"{deg}°", 334, 562, 110, CREAM, NARROW, align=.5, a=a)
            text(c, word, 330, 612, 36, MARIGOLD, NARROW, False, .5, a=a)
        if up > .01:
            bag.stamp(c, 330, 870 + 700 * (1 - up), 1.1, .05 * math.sin(t * 1.4))
        title(c, t, 5.1, "hari sangrai", "", 48, 190, 104, CREAM, NARROW, 7.2)
        dusk_floor(c, .5)
    return draw


def night_coast(c):
    """Sky, moon and the rock with its lighthouse."""
    wash(c, lin(0, 0, 0, 820, (0, (.05, .08, .18)), (.6, (.11, .24, .36)), (1, (.28, .42, .47))))
    glow(c, 610, 130, 210, (.9, .9, .8), .30)
    c.push_group()
    oval(c, 610, 130, 50, 50)
    fill(c, (.97, .94, .84))
    c.set_operator(cairo.OPERATOR_DEST_OUT)
    oval(c, 630, 118, 44, 44)
    fill(c, INK)
    c.pop_group_to_source()
    c.paint()
    smooth(c, [(250, 830), (330, 770), (400, 742), (520, 736), (600, 762), (740, 780), (760, 900), (250, 900)], True)
    fill(c, (.05, .09, .15))


def tower(c):
    """The lighthouse, foot at (0, 0)."""
    poly(c, [(-46, 0), (-30, -330), (30, -330), (46, 0)])
    c.set_source(lin(-46, 0, 46, 0, (0, (.62, .64, .68)), (.35, (.95, .92, .86)), (1, (.36, .38, .48))))
    c.fill()
    for y in (-70, -180, -290):
        poly(c, [(-44 + (-y) * .045, y), (-41 + (-y) * .045, y - 54), (41 - (-y) * .045, y - 54), (44 - (-y) * .045, y)])
        c.set_source(lin(-46, 0, 46, 0, (0, dark(TERRA, .4)), (.35, TERRA), (1, dark(TERRA, .6))))
        c.fill()
    rrect(c, -44, -346, 88, 16, 4)
    fill(c, INK)
    rrect(c, -24, -398, 48, 54, 6)
    fill(c, SUN)
    poly(c, [(-36, -396), (0, -440), (36, -396)])
    fill(c, (.13, .16, .24))


def kopi_mercusuar():
    """Night at the lighthouse: one turn of the lamp, one sip."""
    back = backdrop(night_coast)
    light_house = Sprite(120, 460, 60, 450, tower)
    rnd = np.random.default_rng(3)
    sky = [(rnd.uniform(0, W), rnd.uniform(20, 560), rnd.uniform(1, 2.6)) for _ in range(46)]

    def sill(c):
        c.rectangle(0, 930, W, 400)
        c.set_source(tile(wood((.30, .18, .13), 5), 1.6, mirror=True))
        c.fill()
        c.rectangle(0, 930, W, 400)
        c.set_source(lin(0, 930, 0, H, (0, GLOW, .16), (.04, SHADE, .1), (1, SHADE, .7)))
        c.fill()
        at(c, 150, 985, .92)
        vessels.cup_of_coffee(c, 1.0, "Senja")
        c.restore()
        at(c, 372, 972, .56)
        vessels.coffee_bag(c, "Flores")
        c.restore()
        at(c, 520, 980, .50)
        vessels.bottle(c)
        c.restore()
    front = Sprite(W, H, 0, 0, sill)

    def draw(c, t, length):
        paint(c, back)
        stars(c, sky, t)
        ang = TAU * t / 5
        lx, ly = 470, 352
        width = math.cos(ang)
        for s in (1, -1):
            reach, k = 1300 * width * s, .5 + .5 * math.sin(ang) * s
            c.new_path()
            c.move_to(lx, ly - 10)
            c.line_to(lx + reach, ly - 150 - 60 * k)
            c.line_to(lx + reach, ly + 90 + 60 * k)
            c.line_to(lx, ly + 10)
            c.close_path()
            c.set_source(lin(lx, 0, lx + (reach or 1), 0, (0, SUN, .72), (.4, SUN, .22), (1, SUN, 0)))
            c.fill()
        light_house.stamp(c, 470, 725)
        glow(c, lx, ly, 90 + 240 * max(0, math.sin(ang)) ** 6, SUN, .55 + .45 * max(0, math.sin(ang)) ** 4)
        for i, col in enumerate(((.14, .32, .42), (.10, .24, .35), (.07, .17, .27))):
            swell(c, 800 + 44 * i, 6 + 3 * i, 260 + 60 * i, TAU * t / length * (2 + i) + i * 2, col, None)
        sun_path(c, 620, 826, 120, 110, t, (.9, .9, .8), 6)
        paint(c, front.surface)
        vessels.steam(c, 150, 730, t * .8, 260, .5, 3, 34)
        title(c, t, .6, "malam, satu tegukan", "", 48, 150, 76, CREAM, NARROW, length - .9)
        dusk_floor(c, .35)
    return draw


# ------------------------------------------------------------------------------------------------ the kitchen
def dapur_keripik():
    """Crisps leap out of the bag, slowly, and fall back past it."""
    bag = Sprite(420, 560, 210, 520, garden.crisp_bag, "Balado", 1.0, True, scale=1.12)
    rnd = np.random.default_rng(12)
    crisps = [Sprite(180, 160, 90, 80, garden.chip, 80, CHILI, i) for i in range(6)]
    fly = [(rnd.uniform(0, 1), rnd.uniform(-1, 1), rnd.uniform(.82, 1.25), int(rnd.integers(6)), rnd.uniform(-1.5, 1.5),
            int(rnd.integers(1, 3)))
           for _ in range(30)]

    def one(c, t, length, f, front):
        phase, dx, k, kind, spin, turns = f
        if (k > 1.05) != front:
            return
        u = (t / length * 2 + phase) % 1
        x = 320 + dx * 420 * u
        y = 560 - 1640 * k * u + 2100 * u * u
        crisps[kind].stamp(c, x, y, (.62 + .85 * u) * k, spin + spin * 3 * u, 1,
                           math.cos(TAU * (u * turns + phase)) * .86 + .14)

    def draw(c, t, length):
        c.set_source_rgb(.98, .75, .20)
        c.paint()
        rays(c, 320, 620, 1100, 16, TAU / 16 * t / length * 2, (1, .84, .40), .9)
        glow(c, 320, 560, 560, (1, .93, .66), .9)
        for f in fly:
            one(c, t, length, f, False)
        shake = math.sin(t * 26) * .018 * max(0, math.sin(TAU * t / length * 2)) ** 2
        hop = abs(math.sin(TAU * t / length * 2)) * 12
        ground(c, 320, 962, 210, 34, .5)
        bag.stamp(c, 320, 955 - hop, 1.0 + .012 * math.sin(TAU * t / length * 4), shake)
        for f in fly:
            one(c, t, length, f, True)
        k = pop(t, .5) * (1 - ease(t, 6.3, 6.7))
        if k > .02:
            at(c, 54, 218, k, -.10)
            text(c, "Kriuk!", 5, 6, 150, dark(CHILI, .5), SCRIPT, italic=True)
            text(c, "Kriuk!", 0, 0, 150, CHILI, SCRIPT, italic=True)
            c.restore()
        dusk_floor(c, .45)
    return draw


def dapur_sambal():
    """The pestle goes round, the heat goes up, the jar comes out."""
    levels = (("Santai", (.93, .56, .20)), ("Berani", (.80, .17, .12)), ("Nekat", (.40, .05, .10)))
    jars = [Sprite(420, 440, 210, 400, garden.sambal, n) for n, _ in levels]
    rnd = np.random.default_rng(8)
    fall = [(rnd.uniform(120, 540), rnd.uniform(0, 1), rnd.uniform(100, 170), rnd.uniform(-1, 1)) for _ in range(9)]

    def draw(c, t, length):
        n = length / 3
        i = min(2, int(t / n))
        k = t - i * n
        col = mix(levels[i - 1][1], levels[i][1], ease(k, 0, .5))
        wash(c, rad(320, 520, 1000, (0, light(col, .22)), (.5, col), (1, dark(col, .45))))
        c.push_group()
        rays(c, 320, 700, 1300, 12, TAU * t / length / 3, light(col, .3), .22)
        c.pop_group_to_source()
        c.paint()
        for x, ph, ln, s in fall:
            u = (t / length * 3 + ph) % 1
            if u < .5:
                at(c, x + (320 - x) * u * .9, -150 + 1750 * u * u + 150 * u, 1.25, s * 3 * u + ph * 6)
                garden.chilli(c, ln, levels[i][1] if i != 1 else CHILI, .25)
                c.restore()
        at(c, 300, 930, 1.12 + .01 * math.sin(t * 8))
        garden.mortar(c, TAU * t * 3 / length * 2, mix(levels[i - 1][1], levels[i][1], ease(k, .2, 1.2)))
        c.restore()
        up = spring(k, .9, 1.7) - ease(k, n - .35, n)
        if up > .01:
            jars[i].stamp(c, 318, 640 + 90 * (1 - up), .96 * max(.01, up), .06 * math.sin(t * 3))
        title(c, k, .12, levels[i][0], "", 48, 210, 132, CREAM, SCRIPT, n - .35, italic=True)
        for j in range(3):
            a = 1 if j <= i else .25
            at(c, 58 + j * 74, 264, 1, .2)
            c.push_group()
            garden.chilli(c, 60, CREAM, .25)
            c.pop_group_to_source()
            c.paint_with_alpha(a)
            c.restore()
        dusk_floor(c, .45)
    return draw


def stall(c, cols, x0, lamp_on=True):
    """One market stall, 330 wide, its counter at y = 0."""
    for x in (14, 316):
        c.rectangle(x - 7, -330, 14, 420)
        fill(c, (.20, .11, .14))
    c.rectangle(20, -240, 290, 250)
    c.set_source(lin(0, -240, 0, 10, (0, (.98, .70, .30)), (1, (.72, .32, .18))))
    c.fill()
    for i in range(6):
        rrect(c, 34 + i * 46, -96 - (i * 37 + x0) % 60, 36, 100 + (i * 37 + x0) % 60, 8)
        fill(c, ((.55, .18, .14), (.80, .42, .16), (.30, .34, .26), (.86, .60, .24), (.40, .18, .26),
                 (.62, .28, .16))[(i + x0) % 6])
    c.rectangle(0, 0, 330, 120)
    c.set_source(lin(0, 0, 0, 120, (0, (.42, .20, .16)), (1, (.20, .10, .14))))
    c.fill()
    for i in range(6):
        x = -14 + i * 60
        c.new_path()
        c.move_to(x + 16, -400)
        c.line_to(x + 66, -400)
        c.line_to(x + 59, -296)
        c.arc(x + 29.5, -296, 30, 0, math.pi)
        c.close_path()
        fill(c, cols[i % 2])
    c.rectangle(-20, -400, 370, 140)
    c.set_source(lin(0, -400, 0, -260, (0, GLOW, .10), (1, SHADE, .35)))
    c.fill()
    if lamp_on:
        glow(c, 165, -200, 170, SUN, .55)
        oval(c, 165, -214, 15, 19)
        fill(c, GLOW)


def lanterns(c, walked):
    """A string of paper lanterns that passes by."""
    pts = [(x, 128 + 46 * abs(math.sin((x + walked) / 720 * TAU))) for x in range(-20, 760, 20)]
    smooth(c, pts)
    line(c, (.13, .07, .16), 4)
    for i in range(9):
        x = i * 90 - (walked) % 90
        y = 128 + 46 * abs(math.sin((x + walked) / 720 * TAU)) + 30
        glow(c, x, y + 8, 90, MARIGOLD, .55)
        oval(c, x, y + 6, 24, 29)
        j = i + int(walked / 90)
        fill(c, (CHILI, MARIGOLD, CREAM)[j % 3])
        oval(c, x - 6, y, 8, 14)
        fill(c, GLOW, .5)


def dapur_pasar():
    """The night market at dusk, walking past the stalls."""
    def sky(c):
        wash(c, lin(0, 0, 0, 900, (0, (.20, .13, .33)), (.45, (.62, .26, .38)), (.8, (.97, .55, .34)), (1, (1, .76, .45))))
    back = backdrop(sky)
    pairs = ((CHILI, CREAM), (TEAL, CREAM), (MARIGOLD, (.75, .25, .18)), (INDIGO, (.95, .70, .40)))
    stalls = [Sprite(420, 560, 40, 420, stall, p, 11 * i) for i, p in enumerate(pairs)]

    def roofs(c):
        for i in range(9):
            x, w, h = i * 160 - 40, 150 + (i * 53) % 60, 90 + (i * 71) % 130
            poly(c, [(x, 420), (x, 420 - h), (x + w * .2, 360 - h), (x + w * .5, 330 - h), (x + w * .8, 360 - h),
                     (x + w, 420 - h), (x + w, 420)])
            fill(c, (.24, .12, .28))
            for j in range(3):
                rrect(c, x + 26 + j * 40, 440 - h - 6, 14, 22, 4)
                fill(c, SUN, .75)
    far = Sprite(1440, 420, 0, 0, roofs)

    def counter(c):
        c.rectangle(0, 955, W, 400)
        c.set_source(tile(wood((.36, .19, .13), 8), 1.6, mirror=True))
        c.fill()
        c.rectangle(0, 955, W, 400)
        c.set_source(lin(0, 955, 0, H, (0, SUN, .35), (.05, SHADE, .0), (1, SHADE, .75)))
        c.fill()
        at(c, 190, 985, .98)
        garden.nastar_jar(c)
        c.restore()
        at(c, 480, 995, .72)
        garden.palm_sugar(c, 3)
        c.restore()
    front = Sprite(W, H, 0, 0, counter)

    def draw(c, t, length):
        paint(c, back)
        sh = (t / length) % 1
        for d in (0, 1440):
            far.stamp(c, d - 1440 * sh * .5 - 200, 320)
        for i in range(8):
            x = i * 360 - 1440 * sh - 40
            if -420 < x < W + 60:
                stalls[i % 4].stamp(c, x, 800)
        c.rectangle(0, 900, W, 80)
        fill(c, (.16, .08, .14))
        lanterns(c, 1080 * sh)
        for i in range(2):
            puff(c, 120 + i * 380, 560 - 60 * ((t / 3 + i / 2) % 1), 1.6, t, GLOW,
                 .20 * math.sin(math.pi * ((t / 3 + i / 2) % 1)))
        paint(c, front.surface)
        title(c, t, .5, "Pasar malam", "nastar masih hangat", 48, 330, 104, CREAM, SCRIPT, length - .8, italic=True)
        dusk_floor(c, .4)
    return draw


# ------------------------------------------------------------------------------------------------ the test shop
def uji_paket():
    """Four parcels on a belt; each gets its stamp."""
    marks = ("00", "01", "02", "03")
    words = ("berhasil", "ditolak", "langkah kedua", "terlambat")
    boxes = [Sprite(620, 460, 260, 400, play.parcel, m, 0, False) for m in marks]

    def draw(c, t, length):
        n = length / 4
        p = sum(ease(t, (i + 1) * n - .55, (i + 1) * n) for i in range(4))
        i = min(3, int(t / n))
        k = t - i * n
        col = mix(play.TEST[marks[i]], play.TEST[marks[(i + 1) % 4]], ease(k, n - .5, n))
        wash(c, rad(320, 500, 950, (0, light(INK, .30)), (1, INK)))
        oval(c, 320, 520, 300, 300)
        fill(c, col, .85)
        c.rectangle(0, 800, W, 90)
        c.set_source(lin(0, 800, 0, 890, (0, (.44, .43, .52)), (.2, (.30, .30, .40)), (1, (.16, .16, .25))))
        c.fill()
        for j in range(16):
            x = (j * 60 - p * 720) % 960 - 60
            rrect(c, x, 820, 34, 10, 5)
            fill(c, MARIGOLD, .8)
        for d in (-1, 0, 1, 2):
            j = int(p) + d
            hop = 10 * math.sin(math.pi * clamp(p - int(p)))
            boxes[j % 4].stamp(c, 300 + (j - p) * 720, 806 - hop, 1.1, .03 * math.sin(TAU * (p - int(p))))
        s = spring(k, .35, 1.0) * (1 - ease(k, n - .5, n - .3))
        if s > .01:
            at(c, 300, 640, 1.75 * (2.2 - 1.2 * clamp(out(k, .35, .6))) * clamp(ramp(k, .35, .5)), -.14)
            play.ticket(c, marks[i], play.TEST[marks[i]])
            c.restore()
        title(c, k, .2, "… " + marks[i], words[i], 48, 230, 130, CREAM, end=n - .4, small_col=CREAM)
        dusk_floor(c, .4)
    return draw


SCENES = {"kopi-seduh": kopi_seduh, "kopi-sangrai": kopi_sangrai, "kopi-mercusuar": kopi_mercusuar,
          "dapur-keripik": dapur_keripik,
          "dapur-sambal": dapur_sambal, "dapur-pasar": dapur_pasar, "uji-paket": uji_paket}
