"""Clips of the weaver, the plant terrace and the toy maker. Each scene draws one moment: (context, seconds, length)."""
import math

import numpy as np

import garden
import patterns
import play
import wear
from kit import (CHILI, CORAL, CREAM, FOREST, GLOW, INK, MARIGOLD, ROSE, SAND, SERIF, SHADE, SKY, SUN, TAU, TEAL, WOOD, at,
                 clamp, dark, ease, fill, glow, ground, light, lin, line, mix, out, oval, paint, rad, ramp, smooth, spring,
                 tile, wash, wave)
from sets import LOOK, leaves, window_light
from stagecraft import H, W, Sprite, backdrop, dusk_floor, stars, swell, title

CANE, CANE2 = wear.CANE, light(wear.CANE, .28)


# ------------------------------------------------------------------------------------------------ the weaver
def anyam_lampu():
    """The lamp is lit, and its weave wanders over the wall."""
    shade = patterns.hexweave((.12, .06, .05))
    chair = Sprite(640, 680, 320, 640, wear.chair, TEAL, 1.0, scale=.62)
    lamps = [Sprite(760, 1000, 380, 420, wear.lamp, 1.0, lit, 420) for lit in (0, 1.0)]

    def draw(c, t, length):
        on = 1 - ease(t, 5.6, 5.9) + ease(t, 6.9, 7.0) * (.55 + .45 * ease(t, 7.1, 7.25))
        swing = .085 * wave(t, 4, .1)
        lx, ly = 320 + 420 * math.sin(-swing), 330 + 420 * (math.cos(swing) - 1)
        wash(c, lin(0, 0, 0, H, (0, mix((.07, .08, .12), (.20, .12, .10), on)), (1, mix((.05, .05, .09), (.16, .08, .08), on))))
        if on > .01:
            cx, cy = lx - math.sin(swing) * 190, ly + 190
            glow(c, cx, cy, 900, (.98, .62, .18), .85 * on)
            c.push_group()
            c.set_source(tile(shade, 4.6, .2 - swing * 1.2, cx - swing * 900, cy))
            c.paint()
            g = c.pop_group()
            c.set_source(g)
            c.mask(rad(cx, cy, 900, (0, INK, .0), (.25, INK, .10 * on), (.5, INK, .55 * on), (1, INK, .75 * on)))
            c.set_source(rad(cx, cy, 1000, (0, SHADE, 0), (.5, SHADE, .12), (1, SHADE, .75)))
            c.paint()
        c.rectangle(0, 1010, W, 300)
        c.set_source(lin(0, 1010, 0, H, (0, mix((.06, .05, .08), (.30, .17, .10), on)), (1, (.05, .04, .06))))
        c.fill()
        chair.stamp(c, 580, 1064, .94, 0, .35 + .65 * on)
        lamps[0].stamp(c, lx, ly, 1.0, swing, 1)
        if on > .01:
            lamps[1].stamp(c, lx, ly, 1.0, swing, on)
        title(c, t, .5, "Sarang", "dinding ikut teranyam", 40, 850, 104, CREAM, "Dosis", 5.5)
        dusk_floor(c, .4)
    return draw


def strip(c, x, y, w, h, col, across):
    """One flat strip of pandan with its light."""
    c.rectangle(x, y, w, h)
    stops = ((0, dark(col, .30)), (.25, light(col, .25)), (.7, col), (1, dark(col, .34)))
    c.set_source(lin(x, y, x + (0 if across else w), y + (h if across else 0), *stops))
    c.fill()


STRIP, STRIPS, STRIP_W = 104, 9, 84                     # pixels from strip to strip, how many stand, their width
STRIP_COLS = (CANE, CANE2, (.78, .52, .26), CANE, MARIGOLD, CANE2, CANE, (.20, .36, .34), CANE2)


def web(c, t):
    """Strips that come down, and strips that go across them, over and under."""
    n, m, w, cols = STRIP, STRIPS, STRIP_W, STRIP_COLS
    c.set_source_rgb(*dark(wear.CANE_DARK, .72))
    c.paint()
    for i in range(m):
        k = out(t, .05 * abs(i - 3), .05 * abs(i - 3) + .8)
        strip(c, i * n - 100 + 12, -100 - 1600 * (1 - k), w, 1520, cols[i], False)
    for j in range(14):
        k = ease(t, .55 + j * .11, 1.55 + j * .11)
        y, left = j * n - 60, j % 2 == 0
        reach = 980 * k
        for i in range(m):
            x = i * n - 100
            a, b = (x, x + n) if left else (W + 20 - (x + n), W + 20 - x)
            cover = clamp((reach - (x + 100)) / n)
            if cover <= 0:
                continue
            col_i = round((a + 100) / n)
            over = (col_i + j) % 2 == 0
            if not over:
                continue
            x0 = a if left else b - n * cover
            c.rectangle(x0 - 3, y + w - 1, n * cover + 6, 12)
            fill(c, SHADE, .35)
            strip(c, x0 - 8, y, n * cover + 16, w, light(cols[(j * 2 + 1) % 4], .12), True)


def anyam_silang():
    """One over, one under: strips cross until they are a basket."""
    basket = Sprite(480, 580, 240, 520, wear.basket, MARIGOLD, scale=1.1)
    tray = Sprite(560, 560, 280, 270, wear.tray, 250, 1.0, 0.0)

    def draw(c, t, length):
        z = ease(t, 3.0, 4.6)
        back = ease(t, 7.3, 8.0)
        c.save()
        c.translate(320, 520)
        k = 1 - .46 * z
        c.scale(k, k)
        c.translate(-320, -520)
        if z > 0:
            wash(c, tile(patterns.weave(CANE, CANE2), 2.17, 0, -100, -60))
        if z < 1:
            c.push_group()
            web(c, t)
            c.pop_group_to_source()
            c.paint_with_alpha(1 - z)
        c.restore()
        c.set_source(rad(320, 520, 950, (0, SHADE, .30 * z), (.5, SHADE, .45 * z), (1, SHADE, .30 + .55 * z)))
        c.paint()
        if z > .3:
            k = spring(t, 4.1, 5.2) * (1 - back)
            oval(c, 320, 560, 300 * out(t, 3.8, 4.6) * (1 - back), 300 * out(t, 3.8, 4.6) * (1 - back))
            fill(c, LOOK["anyam"][2], .95)
            if k > .01:
                tray.stamp(c, 470, 470, .62 * k, t * .2)
                basket.stamp(c, 320, 850 + 60 * (1 - k), k * 1.02, .03 * wave(t, 3))
        if back > 0:
            c.set_source_rgba(*dark(wear.CANE_DARK, .72), back)
            c.paint()
        title(c, t, 4.4, "keranjang", "ditandatangani penganyamnya", 48, 170, 92, CREAM, "Dosis", 7.1)
        dusk_floor(c, .45)
    return draw


# ------------------------------------------------------------------------------------------------ the terrace
def kebun_daun():
    """A monstera opens its newest leaf in the morning."""
    def room(c):
        wash(c, lin(0, 0, 200, 1000, (0, (1, .93, .89)), (1, (.94, .76, .70))))
        c.rectangle(0, 960, W, 400)
        c.set_source(lin(0, 960, 0, H, (0, (.78, .54, .46)), (1, (.93, .74, .64))))
        c.fill()
    back = backdrop(room)

    def draw(c, t, length):
        paint(c, back)
        rise = ease(t, 0, 3.5) - ease(t, 6.9, 8)
        oval(c, 320, 640 - 160 * rise, 285, 285)
        c.set_source(lin(0, 300, 0, 800, (0, light(ROSE, .35)), (1, CORAL)))
        c.fill()
        c.rectangle(0, 960, W, 8)
        fill(c, SHADE, .10)
        leaves(c, W, H, .30, 3, 14 * wave(t, length), 8 * wave(t, length / 2))
        new = .04 + .96 * (ease(t, 1.2, 4.6) - ease(t, 7.0, 7.9))
        at(c, 320, 1010, 1.02 + .02 * rise)
        garden.monstera(c, (.80, .40, .25), wave(t, length / 2) * .8, new)
        c.restore()
        for i in range(7):
            u = (t / length + i / 7) % 1
            x, y = 90 + (i * 151) % 520, 900 - 760 * u
            glow(c, x + 24 * math.sin(u * 9 + i), y, 10 + 4 * (i % 3), GLOW, .8 * math.sin(math.pi * u))
        title(c, t, 1.8, "good morning", "one new leaf, before breakfast", 48, 160, 92, LOOK["kebun"][3], SERIF, 7.0,
              italic=True, bold=False)
        dusk_floor(c, .32)
    return draw


def rain_window(c):
    """The terrace outside in the rain: grey hills, far trees."""
    wash(c, lin(0, 0, 0, 900, (0, (.42, .53, .56)), (1, (.67, .75, .71))))
    rnd = np.random.default_rng(4)
    for layer, (y, col) in enumerate(((430, (.44, .57, .57)), (560, (.34, .49, .46)), (690, (.22, .38, .33)))):
        for i in range(14):
            r = rnd.uniform(50, 110)
            oval(c, i * 60 + rnd.uniform(-20, 20), y + rnd.uniform(-20, 40), r, r * .9)
            fill(c, mix(col, (.6, .7, .68), rnd.uniform(0, .2)))
        c.rectangle(0, y + 30, W, 600)
        fill(c, col)


def shelf_front(c):
    """The window frame and the sill, with the plants that stand on it."""
    for x in (-10, 356, 704):
        c.rectangle(x, 0, 26, 940)
        c.set_source(lin(x, 0, x + 26, 0, (0, (.86, .74, .60)), (1, (.52, .40, .34))))
        c.fill()
    c.rectangle(0, 372, W, 24)
    fill(c, (.66, .53, .43))
    c.rectangle(0, 925, W, 400)
    c.set_source(tile(patterns.wood((.66, .46, .32), 4), 1.5, mirror=True))
    c.fill()
    c.rectangle(0, 925, W, 400)
    c.set_source(lin(0, 925, 0, H, (0, GLOW, .30), (.05, SHADE, .05), (1, SHADE, .68)))
    c.fill()


def kebun_hujan():
    """Rain on the terrace window; nothing needs watering today."""
    back, front = backdrop(rain_window), Sprite(W, H, 0, 0, shelf_front)
    cacti = [Sprite(260, 560, 130, 520, garden.cactus, i, p, scale=.62) for i, p in enumerate((CORAL, TEAL, CREAM))]
    rnd = np.random.default_rng(9)
    rain = [(rnd.uniform(-60, W), int(rnd.integers(4, 9)), rnd.uniform(0, 1), rnd.uniform(40, 100),
             rnd.uniform(.2, .5)) for _ in range(70)]
    glass = [(rnd.uniform(20, W - 20), rnd.uniform(20, 900), rnd.uniform(3, 8)) for _ in range(60)]
    slide = [(rnd.uniform(30, W - 40), rnd.uniform(0, 1), int(rnd.integers(1, 3)), rnd.uniform(5, 9)) for _ in range(9)]

    def draw(c, t, length):
        paint(c, back)
        for x, n, ph, ln, a in rain:
            y = ((t / length * n * 1.6 * 2 + ph) % 1) * (H + 200) - 150
            c.move_to(x + y * .06, y)
            c.line_to(x + y * .06 + ln * .06, y + ln)
            line(c, (.86, .93, .93), 2.4, a)
        for x, y, r in glass:
            oval(c, x, y, r, r * 1.15)
            fill(c, (.90, .95, .94), .32)
            oval(c, x - r * .3, y - r * .4, r * .3, r * .3)
            fill(c, GLOW, .8)
        for x, ph, n, r in slide:
            u = (t / length * n + ph) % 1
            y = -30 + 1000 * (u + .05 * math.sin(u * 25))
            smooth(c, [(x + 5 * math.sin(y * .02), y - 120), (x + 5 * math.sin(y * .02 + 1), y - 60), (x, y)])
            line(c, (.92, .97, .96), r * .8, .22)
            oval(c, x, y, r, r * 1.3)
            fill(c, (.93, .97, .96), .65)
        paint(c, front.surface)
        sway = wave(t, length / 2)
        at(c, 166, -16, .98)
        garden.pothos(c, SAND, sway * .7)
        c.restore()
        at(c, 452, 985, .96)
        garden.snake_plant(c, (.90, .62, .50), 1.0, sway * .6)
        c.restore()
        for i, (x, y) in enumerate(((86, 1000), (196, 988), (296, 1004))):
            cacti[i].stamp(c, x, y, .92)
        title(c, t, .8, "hujan sore", "disiram langit", 300, 190, 82, CREAM, SERIF, length - .8, italic=True, bold=False)
        dusk_floor(c, .4)
    return draw


def kebun_anggrek():
    """Seven moons open on one stem, under the real one."""
    def night(c):
        wash(c, rad(330, 430, 1000, (0, (.20, .42, .36)), (.5, (.09, .25, .21)), (1, (.04, .12, .12))))
    back = backdrop(night)
    rnd = np.random.default_rng(6)
    sky = [(rnd.uniform(0, W), rnd.uniform(20, 820), rnd.uniform(1, 2.4)) for _ in range(40)]
    fern = Sprite(900, 500, 450, 480, lambda c: [(at(c, x, 0, 1, a), garden.blade(c, ln, 52, (.07, .22, .18), b),
                                                  c.restore()) for x, a, ln, b in
                                                 ((-380, -.5, 420, .1), (-300, .2, 330, .2), (-420, .35, 300, 0),
                                                  (380, .4, 430, -.1), (300, -.2, 320, 0),
                                                  (430, -.3, 360, .1))])

    def draw(c, t, length):
        paint(c, back)
        stars(c, sky, t)
        rise = ease(t, 0, 5.5) - ease(t, 8.2, 9)
        my = 740 - 290 * rise
        glow(c, 380, my, 470, (.95, .93, .80), .45)
        oval(c, 380, my, 236, 236)
        c.set_source(rad(380, my, 240, (0, (1, .98, .90)), (.7, (.97, .92, .80)), (1, (.90, .83, .70)), dx=-60, dy=-60))
        c.fill()
        for x, y, r in ((-60, -70, 44), (70, 30, 60), (-90, 80, 30), (40, -120, 24)):
            oval(c, 380 + x, my + y, r, r * .9)
            fill(c, (.86, .78, .66), .4)
        fern.stamp(c, 330, 1180, 1.1, .02 * wave(t, length / 2))
        opened = ease(t, .5, 6.2) if t < 7.9 else 1 - ease(t, 7.9, 8.9)
        at(c, 330, 1040, 1.02)
        garden.orchid(c, (1, .985, .96), (.86, .40, .52), opened * .999, wave(t, length / 2) * .7)
        c.restore()
        title(c, t, 1.0, "seven moons", "on one stem", 48, 170, 92, CREAM, SERIF, 8.0, italic=True, bold=False)
        dusk_floor(c, .45)
    return draw


# ------------------------------------------------------------------------------------------------ the toy maker
def hill(c, y, amp, length, shift, col, trees=0, seed=0):
    """A round hill that scrolls; trees of paper on it."""
    def top(x):
        return y + amp * math.sin(TAU * (x + shift) / length) + amp * .4 * math.sin(TAU * (x + shift) / length * 2 + 1)
    if trees:
        start = math.floor(shift / trees)
        for i in range(start - 1, start + int(W / trees) + 3):
            x = i * trees - shift
            k = .8 + .4 * ((i * 37 % 11) / 11)
            yy = top(x)
            c.rectangle(x - 6 * k, yy - 60 * k, 12 * k, 70 * k)
            fill(c, dark(WOOD, .4))
            tone = mix(col, (FOREST, MARIGOLD, CORAL)[i % 3], .35)
            oval(c, x, yy - 96 * k, 44 * k, 62 * k)
            c.set_source(lin(x - 44 * k, 0, x + 44 * k, 0, (0, light(tone, .25)), (1, dark(tone, .25))))
            c.fill()
    smooth(c, [(x, top(x)) for x in range(-40, W + 80, 40)])
    c.line_to(W + 60, H + 20)
    c.line_to(-60, H + 20)
    c.close_path()
    c.set_source(lin(0, y - amp, 0, y + 300, (0, light(col, .18)), (1, dark(col, .2))))
    c.fill()
    return top


def kayu_truk():
    """The truck goes over all the hills of the living room."""
    def sky(c):
        wash(c, lin(0, 0, 0, 800, (0, (.62, .85, .88)), (1, (.98, .93, .78))))
        oval(c, 150, 320, 92, 92)
        fill(c, SUN)
        oval(c, 150, 320, 128, 128)
        fill(c, SUN, .25)
    back = backdrop(sky)
    cloud = Sprite(560, 200, 260, 110, lambda c: (patterns.cloud(c, 10), fill(c, CREAM), patterns.cloud(c, -6), fill(c, GLOW)))
    body = Sprite(660, 460, 310, 420, lambda c: play.truck(c, CHILI, 0, 6))

    def draw(c, t, length):
        paint(c, back)
        s = t / length
        for i, (y, k, n) in enumerate(((210, .8, 1), (400, .55, 1), (120, .5, 1))):
            x = (i * 330 - 1000 * s * n) % 1000 - 160
            cloud.stamp(c, x, y, k)
        hill(c, 610, 40, 720, 720 * s, (.55, .74, .62), 180)
        hill(c, 720, 44, 1440, 1440 * s, (.42, .66, .50), 240)
        road = 2160 * s
        top = hill(c, 850, 30, 1080, road, (.93, .76, .48))
        x = 320 + 26 * wave(t, length / 2)
        tilt = math.atan2(top(x + 150) - top(x - 150), 300)
        y = (top(x + 140) + top(x - 140)) / 2 + 6
        at(c, x, y, .98, tilt)
        body.stamp(c, 0, -3 * abs(wave(t, .5)), 1)
        for wx in (-160, 160):
            play.wheel(c, wx, -58, 58, road / 58 * .98)
        c.restore()
        smooth(c, [(q, top(q) + 60) for q in range(-40, W + 80, 40)])
        c.set_dash([70, 50], road % 120)
        line(c, CREAM, 10, .8)
        c.set_dash([])
        for i in range(5):
            u = (t * 1.1 + i / 5) % 1
            oval(c, x - 290 - 150 * u, y - 20 - 44 * u, 12 + 26 * u, 12 + 24 * u)
            fill(c, CREAM, .55 * (1 - u))
        title(c, t, .5, "Antar, Pak!", "six blocks, one snail", 48, 180, 100, LOOK["kayu"][3], "Dosis", length - .8)
        dusk_floor(c, .34)
    return draw


def kayu_pelangi():
    """Seven arches drop one by one, bounce, and make a rainbow; the tops dance in front."""
    def room(c):
        wash(c, lin(0, 0, 200, 1000, (0, (.93, .97, .95)), (1, (.74, .88, .88))))
        window_light(c, W, H, .5, .3)
        c.rectangle(0, 830, W, 460)
        c.set_source(tile(patterns.wood((.92, .78, .56), 6), 1.6, mirror=True))
        c.fill()
        c.rectangle(0, 830, W, 460)
        c.set_source(lin(0, 830, 0, H, (0, SHADE, .22), (.1, SHADE, 0), (1, SHADE, .42)))
        c.fill()
    back = backdrop(room)
    arches = [Sprite(640, 330, 320, 310, play.arch, 290 - i * 40, 38, play.RAINBOW[i], scale=1.0) for i in range(7)]

    def draw(c, t, length):
        paint(c, back)
        leaves(c, W, H, .18, 4, 10 * wave(t, length))
        ground(c, 320, 865, 300 * out(t, .4, 1.2) * (1 - ease(t, 7.2, 7.8)), 36, .4)
        for i in range(7):
            t0 = .15 + i * .42
            u = ramp(t, t0, t0 + .45)
            y = 860 - 1300 * (1 - u * u)
            since = t - t0 - .45
            if since > 0:
                y -= abs(math.sin(since * 7.5)) * 62 * math.exp(-since * 3.4)
            squash = 1 - (.06 * math.exp(-since * 9) if since > 0 else 0)
            gone = ease(t, 7.0 + i * .05, 7.6 + i * .05)
            sway = .07 * math.sin(TAU * (t - 3.6) / 1.6 + i * .5) * ease(t, 3.5, 4.2) * (1 - ease(t, 6.2, 6.9))
            c.save()
            c.translate(320, y - 1300 * gone)
            c.rotate(sway + (1 - u) * .5 * (1 if i % 2 else -1))
            c.scale(1.02, 1.02 * squash)
            arches[i].stamp(c, 0, 0)
            c.restore()
        for i, cols in enumerate(play.TOPS["Pagi"]):
            k = spring(t, 3.9 + i * .25, 4.9 + i * .25) * (1 - ease(t, 7.0, 7.5))
            if k > .02:
                a = t * 2.2 + i * 2.1
                at(c, 140 + i * 185 + 22 * math.cos(a), 966 + 10 * math.sin(a) + (i % 2) * 14, .66 * max(.02, k))
                play.top(c, cols, t * 3 + i * .3, 1, .10 * math.sin(t * 5 + i))
                c.restore()
        title(c, t, .6, "a tunnel, a fence,", "", 48, 190, 70, LOOK["kayu"][3], "Dosis", 3.0)
        title(c, t, 3.7, "a rainbow.", "no instructions needed", 48, 190, 100, LOOK["kayu"][3], "Dosis", 6.9)
        dusk_floor(c, .30)
    return draw


def kayu_jukung():
    """A little outrigger on paper waves."""
    def sky(c):
        wash(c, lin(0, 0, 0, 900, (0, (.16, .34, .48)), (.5, (.55, .75, .77)), (1, (.99, .88, .68))))
        oval(c, 500, 330, 110, 110)
        fill(c, SUN)
        oval(c, 500, 330, 160, 160)
        fill(c, SUN, .22)
    back = backdrop(sky)
    clouds = [Sprite(560, 210, 260, 110, lambda c, d=d,
                     p=p: [(patterns.cloud(c, 26 - i * 9.5), fill(c, mix(d, p, i / 5))) for i in range(6)])
              for d, p in (((.30, .52, .62), CREAM), ((.42, .63, .68), GLOW))]

    def draw(c, t, length):
        paint(c, back)
        s = t / length
        for i, (y, k) in enumerate(((300, .8), (450, .6), (560, .45))):
            clouds[i % 2].stamp(c, (i * 380 + 960 * s * (1 if i % 2 else -1)) % 960 - 130, y, k)
        tones = ((.30, .62, .64), (.16, .52, .56), (.07, .42, .47), (.05, .32, .40), (.04, .23, .32))
        for i in range(2):
            swell(c, 690 + 44 * i, 18 + 4 * i, 360, TAU * s * (2 + i) + i, tones[i], CREAM, sharp=.5)
        ph = TAU * s * 2
        bob = 22 * math.sin(ph)
        at(c, 312, 800 + bob, 1.02, .10 * math.cos(ph))
        play.jukung(c, True, .5 + .3 * math.sin(ph * 2))
        c.restore()
        for i in range(2, 5):
            swell(c, 760 + 62 * (i - 1), 20 + 5 * i, 360 + 60 * i, -TAU * s * (2 + i % 2) + i * 2, tones[i], CREAM, sharp=.5)
        for i in range(3):
            u = (s * 2 + i / 3) % 1
            at(c, 60 + 620 * u, 870 - 330 * math.sin(math.pi * u) * (.5 + .2 * i) + 60 * i, .55, -1.0 + 2.0 * u)
            play.fish(c, i, .8, math.sin(t * 14))
            c.restore()
        for i, (y, ph2) in enumerate(((1010, 0), (1090, 2))):
            swell(c, y, 22, 420 + 60 * i, TAU * s * 3 + ph2, mix(tones[4], INK, .25 + .3 * i), SKY if i == 0 else None,
                  sharp=.4)
        title(c, t, .6, "selamat berlayar", "kapten kecil", 48, 150, 84, CREAM, "Dosis", length - .8)
        dusk_floor(c, .32)
    return draw


SCENES = {"anyam-lampu": anyam_lampu, "anyam-silang": anyam_silang, "kebun-daun": kebun_daun, "kebun-hujan": kebun_hujan,
          "kebun-anggrek": kebun_anggrek, "kayu-truk": kayu_truk, "kayu-pelangi": kayu_pelangi, "kayu-jukung": kayu_jukung}
