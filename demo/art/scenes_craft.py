"""Clips of the batik and pottery shops. Each scene draws one moment: (context, seconds, length)."""
import math

import numpy as np

import cloth
import patterns
import vessels
from kit import (CREAM, GLOW, INDIGO, INK, MARIGOLD, SAND, SERIF, SHADE, SKY, TAU, at, band, clamp, dark, ease, fill, glow,
                 ground, lathe, light, lin, line, mix, out, oval, paint, rad, ramp, rrect, smooth, text, tile, wash, wave)
from sets import LOOK, leaves, plinth, window_light
from stagecraft import H, W, Sprite, backdrop, dusk_floor, swell, title


def batik_angin():
    """A length of parang on a line in the sea wind."""
    cw, ch, m = 560, 640, 70
    sheet = patterns.cloth_sheet(patterns.parang(*cloth.PARANG["Indigo"]), cw, ch, .95, TAU / 8, cloth.border_of("Indigo"))
    y, x = np.mgrid[0:ch + 2 * m, 0:cw + 2 * m].astype(np.float32)
    free = np.clip((y - m) / ch, 0, 1)

    def sky(c):
        wash(c, lin(0, 0, 0, 900, (0, (.55, .76, .84)), (.6, (.97, .90, .76)), (1, (1, .85, .63))))
        glow(c, 560, 330, 420, GLOW, .8)
    back = backdrop(sky)

    def draw(c, t, length):
        paint(c, back)
        for i, (yy, col) in enumerate(((830, (.36, .66, .72)), (880, (.17, .52, .62)), (960, (.10, .40, .52)),
                                       (1060, (.08, .29, .43)))):
            swell(c, yy, 7 + 5 * i, 300 + 90 * i, TAU * t / length * (2 + i % 2) + i, col, GLOW if i > 1 else None)
        ph = TAU * t / length
        bend = np.sin(x / 118 - 3 * ph + y / 260) + .5 * np.sin(x / 61 - 5 * ph + y / 150 + 1)
        slope = np.cos(x / 118 - 3 * ph + y / 260) + .42 * np.cos(x / 61 - 5 * ph + y / 150 + 1)
        gust = 1 + .35 * math.sin(2 * ph)
        u = x - m - bend * 13 * free - free * free * (34 + 26 * math.sin(ph)) * gust
        v = y - m - bend * 19 * free ** .8 + free * free * 26 * gust
        s = patterns.waving(sheet, cw + 2 * m, ch + 2 * m, u, v, (slope * .50 * (.25 + .75 * free)) - .02)
        smooth(c, [(-20, 196), (200, 214), (420, 214), (740, 190)])
        line(c, dark(SAND, .5), 7)
        paint(c, s, 18, 140)
        for px in (112, 340, 560):
            rrect(c, px - 9, 188, 18, 54, 5)
            fill(c, MARIGOLD)
            rrect(c, px - 9, 210, 18, 6, 3)
            fill(c, SHADE, .4)
        dusk_floor(c, .42)
    return draw


def motif_kawung(c, t):
    """Kawung that opens from its middle outwards."""
    base, seed, ink = cloth.KAWUNG["Marigold"]
    c.set_source_rgb(*base)
    c.paint()
    for i in range(-4, 5):
        for j in range(-6, 7):
            if (i + j) % 2:
                continue
            x, y = 330 + i * 118, 560 + j * 118
            k = out(t, math.hypot(i, j) * .16, math.hypot(i, j) * .16 + .9)
            if k <= .01:
                continue
            at(c, x, y, k * 1.18, (1 - k) * 1.4)
            for q in range(4):
                c.save()
                c.rotate(TAU * (q / 4 + .125))
                patterns.petal(c, 44, 40, 27)
                fill(c, seed)
                patterns.petal(c, 44, 32, 19)
                line(c, ink, 3)
                patterns.petal(c, 44, 20, 10)
                fill(c, mix(seed, ink, .3))
                c.restore()
            oval(c, 0, 0, 6, 6)
            fill(c, ink)
            c.restore()


def motif_parang(c, t, src):
    """Parang that slides in as slanting bands, every other one from below."""
    c.set_source_rgb(*cloth.PARANG["Indigo"][0])
    c.paint()
    at(c, 330, 560, 1, TAU / 8)
    for i in range(-7, 8):
        k = out(t, abs(i) * .07, abs(i) * .07 + 1.0)
        shift = (1 - k) * 1500 * (1 if i % 2 else -1) + t * 26
        c.save()
        c.rectangle(-1600, i * 130, 3200, 130)
        c.clip()
        c.set_source(tile(src, .65, 0, shift, i * 130))
        c.paint()
        c.restore()
    c.restore()


def motif_mega(c, t):
    """Rain clouds that swell band by band."""
    sky, deep, pale = (.55, .16, .20), (.13, .17, .40), CREAM
    wash(c, lin(0, 0, 0, H, (0, light(sky, .1)), (1, dark(sky, .3))))
    places = [(330, 520, 2.3, 0, 0), (70, 250, 1.3, 1, .15), (620, 250, 1.4, 0, .25), (40, 850, 1.5, 0, .3),
              (640, 830, 1.6, 1, .2), (330, 1130, 2.0, 1, .35),
              (330, 60, 1.2, 1, .4)]
    for x, y, k, flip, late in sorted(places, key=lambda p: p[2]):
        at(c, x + 16 * math.sin(t * .8 + k * 3), y, k, 0, bool(flip))
        for i in range(6):
            g = out(t, late + i * .13, late + i * .13 + .9)
            if g > .02:
                c.save()
                c.scale(g, g)
                patterns.cloud(c, 26 - i * 9.5)
                fill(c, mix(deep, pale, i / 5))
                c.restore()
        a = ease(t, late + .9, late + 1.4)
        for px, py in ((50, -12), (-8, 8), (100, 4)):
            patterns.spiral(c, px, py, 15, 1.6)
            line(c, deep, 3.2, a)
        c.restore()


def batik_motif():
    """Three motifs, three acts; each opens through a growing circle."""
    src = patterns.parang(*cloth.PARANG["Indigo"])
    acts = ((motif_kawung, "Kawung", "empat biji, satu pusat"),
            (lambda c, t: motif_parang(c, t, src), "Parang", "ombak yang tak putus"),
            (motif_mega, "Mega Mendung", "awan pembawa hujan"))

    def draw(c, t, length):
        n = length / 3
        i = min(2, int(t / n))
        prev = motif_mega if i == 0 else acts[i - 1][0]
        prev(c, n + (t if i == 0 else t - i * n)) if t - i * n < .8 else None
        c.save()
        r = 1250 * ease(t - i * n, 0, .9)
        oval(c, 330, 560, r, r)
        c.clip()
        acts[i][0](c, t - i * n)
        c.restore()
        k = t - i * n
        up = out(k, .35, 1.0) - ease(k, n - .35, n)
        c.save()
        c.rectangle(0, 690, W, 240)
        c.clip()
        c.translate(0, 250 * (1 - up))
        rrect(c, -30, 720, 560, 180, 26)
        fill(c, INK, .93)
        text(c, acts[i][1], 48, 806, 74, CREAM, SERIF, False, italic=True)
        text(c, acts[i][2], 52, 862, 34, MARIGOLD, SERIF, False, italic=True)
        c.restore()
    return draw


def batik_kemeja():
    """Shirts that come along a rail and swing to rest."""
    def one(c, name):
        c.scale(1.12, 1.12)
        cloth.hanger(c)
        cloth.shirt(c, cloth.MEGA[name])

    def bag(c):
        c.translate(0, 600)
        c.scale(1.05, 1.05)
        cloth.tote(c, CREAM, INDIGO, INDIGO, False)
    things = [Sprite(680, 720, 340, 125, one, "Biru"), Sprite(680, 720, 340, 125, one, "Terakota"),
              Sprite(560, 760, 280, 40, bag)]
    words = (("Biru", "senja sampai susu"), ("Terakota", "tanah sesudah hujan"), ("Tote Truntum", "bintang kecil di langit"))
    walls = ((.80, .86, .90), (.97, .86, .74), (.91, .86, .74))

    def draw(c, t, length):
        n = length / 3
        p = sum(ease(t, (i + 1) * n - .75, (i + 1) * n) for i in range(3))
        i, f = int(p) % 3, p - int(p)
        wall = mix(walls[i], walls[(i + 1) % 3], f)
        wash(c, lin(0, 0, 300, H, (0, light(wall, .3)), (1, dark(wall, .16))))
        oval(c, 330, 560, 300, 300)
        fill(c, mix(((.22, .32, .58), (.80, .42, .26), MARIGOLD)[i],
                    ((.22, .32, .58), (.80, .42, .26), MARIGOLD)[(i + 1) % 3], f), .9)
        leaves(c, W, H, .26, 2, 10 * wave(t, length), 6 * wave(t, length / 2))
        cloth.rod(c, -60, W + 60, 212, 20)
        since = (t % n)
        still = math.exp(-since * 1.5) * math.sin(since * 5.4) * .16 if t >= n or since else 0
        for d in (-1, 0, 1):
            k = (i + d) % 3
            x = 330 + (d - f) * 640
            moving = math.sin(math.pi * clamp(f)) * .20
            things[k].stamp(c, x, 330, .98, moving + (still if f == 0 else still * .2))
        k = t - int(t / n) * n
        name, sub = words[int(t / n) % 3]
        title(c, k, .25, name, sub, 48, 120, 66, INK, SERIF, n - .6, italic=True, bold=False)
        dusk_floor(c, .4)
    return draw


# ------------------------------------------------------------------------------------------------ pottery
def kiln_wall(c):
    wall, floor, _, deep = LOOK["tanah"]
    wash(c, lin(0, 0, 200, 900, (0, light(wall, .3)), (1, dark(wall, .12))))
    window_light(c, W, H, .42, .3)
    c.rectangle(0, 900, W, 400)
    c.set_source(lin(0, 900, 0, H, (0, dark(floor, .25)), (1, floor)))
    c.fill()


POT = {"lump": ((-150, 20), (-140, 90), (-110, 140), (-60, 165), (-20, 175), (0, 176)),
       "tower": ((-330, 92), (-260, 96), (-180, 98), (-100, 102), (-40, 110), (0, 112)),
       "bowl": ((-230, 214), (-190, 206), (-130, 180), (-70, 138), (-26, 104), (0, 100)),
       "moon": ((-404, 44), (-372, 60), (-300, 168), (-190, 208), (-70, 150), (0, 96))}


def profile_at(t):
    """The pot's outline at a moment: lump, tower, bowl, moon, and down again."""
    keys = ((0, "lump"), (.6, "lump"), (2.2, "tower"), (2.6, "tower"), (4.0, "bowl"), (4.3, "bowl"), (6.0, "moon"),
            (7.2, "moon"), (8.0, "lump"))
    for (t0, a), (t1, b) in zip(keys, keys[1:]):
        if t <= t1:
            k = ease(t, t0, t1)
            return [(y + (v - y) * k, r + (s - r) * k) for (y, r), (v, s) in zip(POT[a], POT[b])]
    return list(POT["lump"])


def tanah_putar():
    """Clay on the wheel: from a lump to a moon."""
    back = backdrop(kiln_wall)
    clay = (.76, .46, .31)

    def draw(c, t, length):
        paint(c, back)
        leaves(c, W, H, .22, 3, 8 * wave(t, 8), 0)
        plinth(c, 330, 800, 280, 140, (.42, .30, .27))
        at(c, 330, 800)
        oval(c, 0, 0, 236, 40)
        c.set_source(lin(-236, 0, 236, 0, (0, (.66, .60, .56)), (.4, (.84, .78, .72)), (1, (.42, .36, .36))))
        c.fill()
        for i in range(10):
            a = TAU * (i / 10 + t * 1.5)
            oval(c, 216 * math.cos(a), 36 * math.sin(a), 7, 3)
            fill(c, SHADE, .35)
        prof = [(y, r * (1 + .008 * math.sin(t * 19 + y * .02))) for y, r in profile_at(t)]

        def rings(k):
            for i in range(11):
                y = prof[0][0] + (i + (t * 1.2) % 1) * 38
                band(k, y, 230, 7, dark(clay, .45), .20, .16)
                band(k, y + 8, 230, 6, light(clay, .5), .18, .16)
            for i in range(14):
                a = TAU * (i * .382 + t * 1.5)
                if math.cos(a) > 0:
                    r = 120 + 60 * math.sin(i)
                    oval(k, r * math.sin(a), -30 - (i * 53) % 320, 26 * math.cos(a), 3)
                    fill(k, light(clay, .6), .5)
        lathe(c, prof, clay, 1.05, mouth=light(clay, .12), rim=.2, inside=dark(clay, .55), decor=rings)
        c.restore()
        deep = LOOK["tanah"][3]
        title(c, t, .3, "gumpal", "", 48, 230, 104, deep, "Sora", 1.7)
        title(c, t, 2.3, "dinding", "", 48, 230, 104, deep, "Sora", 3.7)
        title(c, t, 4.3, "mangkuk", "", 48, 230, 104, deep, "Sora", 5.2)
        title(c, t, 5.8, "bulan.", "", 48, 230, 104, deep, "Sora", 7.4)
        dusk_floor(c, .38)
    return draw


def tanah_glasir():
    """Three glazes run over one turning mug."""
    order = ("Laut", "Pasir", "Arang")
    walls = ((.74, .87, .86), (.97, .88, .72), (.80, .79, .82))

    def mug(c, i, k, handle):
        new, old = vessels.GLAZE[order[i]], vessels.GLAZE[order[i - 1]]
        if handle < 0:
            loop_handle(c, mix(old[0], new[0], ease(k, .25, .6)), handle)
        y = -340 + 400 * ease(k, .06, .64)

        def decor(q):
            patterns.tide(q, 125, -92, old[0], old[1], old[2], phase=2.0)
            drip = [26 * math.sin(n * .55 + i * 2) * math.sin(n * .21 + 1) + 12 * math.sin(n * .9) for n in range(51)]
            pts = [(-150 + 6 * n, y + 24 + d) for n, d in enumerate(drip)]
            q.save()
            smooth(q, pts)
            q.line_to(160, -600)
            q.line_to(-160, -600)
            q.close_path()
            q.clip()
            patterns.tide(q, 125, -92, new[0], new[1], new[2], phase=2.0)
            q.restore()
            if k < .62:
                smooth(q, pts)
                line(q, light(new[1], .4), 6, .8)
            patterns.speckles(q, (-120, -84, 120, 10), dark(old[2], .5), 50, 3)
        c.new_path()
        lathe(c, [(-270, 122), (-200, 120), (-100, 122), (-40, 118), (-8, 92)], new[0], .95,
              mouth=mix(old[0], new[0], ease(k, 0, .2)), rim=.2,
              inside=mix(old[1], new[1], ease(k, 0, .2)), decor=decor)
        if handle >= 0:
            loop_handle(c, mix(old[0], new[0], ease(k, .25, .6)), handle)

    def draw(c, t, length):
        n = length / 3
        i = min(2, int(t / n))
        k = t / n - i
        col = mix(walls[i - 1], walls[i], ease(k, .05, .5))
        wash(c, rad(330, 480, 1000, (0, light(col, .5)), (1, dark(col, .22))))
        oval(c, 330, 500, 290, 290)
        fill(c, light(col, .45), .8)
        leaves(c, W, H, .16, 4, 10 * wave(t, length))
        plinth(c, 330, 820, 270, 500, mix(LOOK["tanah"][1], CREAM, .25))
        at(c, 330, 816, 1.62)
        ground(c, 0, 0, 118, 22, .5)
        mug(c, i, k, math.cos(TAU * t / length))
        c.restore()
        title(c, k * n, .15, order[i], ("teal yang dalam", "krem yang hangat", "malam yang tenang")[i], 48, 200, 104, INK,
              "Sora", n - .45)
        dusk_floor(c, .36)
    return draw


def loop_handle(c, col, handle):
    """A mug's handle as it goes around: 1 right, -1 left and behind."""
    w = abs(handle)
    if w < .06:
        return
    s = 1 if handle > 0 else -1
    smooth(c, [(s * 116, -222), (s * (116 + 92 * w), -212), (s * (116 + 96 * w), -110), (s * 112, -62)])
    line(c, dark(col, .35), 34, keep=True)
    line(c, col, 25, keep=True)
    line(c, light(col, .3), 7, .6)


def tanah_teko():
    """Tea from the pot into the cup, and not one drop beside it."""
    def room(c):
        wash(c, lin(0, 0, 0, H, (0, (.33, .12, .08)), (.6, (.56, .23, .14)), (1, (.30, .11, .08))))
        glow(c, 300, 380, 620, (.95, .55, .28), .55)
        c.rectangle(0, 920, W, 400)
        c.set_source(lin(0, 920, 0, H, (0, (.24, .10, .08)), (.2, (.42, .19, .12)), (1, (.25, .10, .08))))
        c.fill()
    back = backdrop(room)
    pot = Sprite(640, 560, 260, 500, vessels.teapot, "Teal", scale=1.05)

    def draw(c, t, length):
        paint(c, back)
        leaves(c, W, H, .30, 6, 10 * wave(t, length))
        tip = ease(t, .9, 2.0) - ease(t, 5.1, 6.3)
        lift = ease(t, .3, 1.4) - ease(t, 5.6, 7.0)
        x, y, turn = 236 - 30 * lift, 945 - 250 * lift, .62 * tip
        pour = ease(t, 1.8, 2.1) * (1 - ease(t, 5.0, 5.25))
        full = ramp(t, 2.2, 5.2) if t < 6.6 else 1 - ease(t, 6.8, 7.9)
        sx = x + 1.05 * (300 * math.cos(turn) + 278 * math.sin(turn))
        sy = y + 1.05 * (300 * math.sin(turn) - 278 * math.cos(turn))
        at(c, 500, 1000, .86)
        vessels.mug(c, "Pasir", 1.0, -1)
        oval(c, 0, -262 + 10 * (1 - full), 104 - 6 * (1 - full), 17)
        fill(c, mix((.62, .52, .40), (.72, .34, .08), clamp(full * 4)))
        c.restore()
        if pour > .02:
            pts = [(sx, sy), (sx + 20, sy + 20), (492, sy + 110), (500, 776)]
            smooth(c, pts)
            line(c, (.55, .25, .06), 15 * pour, keep=True)
            line(c, (.95, .62, .22), 7 * pour)
            for i in range(3):
                u = (t * 1.6 + i / 3) % 1
                oval(c, 500, 776, 14 + 62 * u, 3 + 10 * u)
                line(c, (.97, .75, .42), 3, (1 - u) * pour)
        vessels.steam(c, 500, 750, t, 260, .30 + .5 * full * .6, 3, 40)
        pot.stamp(c, x, y, 1, turn)
        title(c, t, .5, "tidak menetes.", "kami uji satu per satu", 48, 150, 72, CREAM, "Sora", 7.1, small_col=SKY)
        dusk_floor(c, .4)
    return draw


SCENES = {"batik-angin": batik_angin, "batik-motif": batik_motif, "batik-kemeja": batik_kemeja, "tanah-putar": tanah_putar,
          "tanah-glasir": tanah_glasir, "tanah-teko": tanah_teko}
