"""Pottery, coffee ware, jars and bags of food, drawn around (0, 0) = the middle of the foot. Knows the kit and the patterns."""
import math

from kit import (CHILI, COFFEE, CREAM, GLOW, INK, LAGOON, MARIGOLD, NARROW, SAND, SCRIPT, SERIF, SHADE, SKY, TAU, TEAL, TERRA,
                 WOOD, along, at, band,
                 dark, fill, glow, ground, lathe, lathe_path, light, lin, line, mix, oval, poly, rrect, smooth, text, tile,
                 volume, wash)
from patterns import reef, speckles, tide, wood

GLAZE = {"Laut": (TEAL, SKY, SAND), "Pasir": (SAND, CREAM, (.80, .62, .40)),
         "Arang": ((.20, .20, .25), (.42, .45, .52), (.66, .52, .40)),
         "Terakota": (TERRA, (.93, .62, .38), (.55, .26, .16)), "Teal": (TEAL, LAGOON, (.80, .62, .42)),
         "Karang": (TEAL, LAGOON, SAND), "Senja": ((.78, .36, .24), MARIGOLD, CREAM),
         "Bulan": ((.93, .88, .78), CREAM, (.78, .62, .46))}


def mug(c, glaze, phase=0.0, handle=1.0, drink=None):
    """A mug with a tide line; handle from -1 to 1 turns it: 1 is at the right, 0 in front, negative behind the left."""
    top, mid, clay = GLAZE[glaze]
    ground(c, 0, 0, 128, 26, .55)
    if abs(handle) > .05:
        smooth(c, [(118 * handle, -222), (118 * handle + 92 * handle, -212), (118 * handle + 96 * handle, -110),
                   (112 * handle, -62)])
        line(c, dark(top, .35), 34, keep=True)
        line(c, top, 25, keep=True)
        line(c, light(top, .3), 7, .6)
    prof = [(-270, 122), (-200, 120), (-100, 122), (-40, 118), (-8, 92)]

    def decor(k):
        tide(k, 125, -92, top, mid, clay, phase=phase)
        speckles(k, (-120, -90, 120, 10), dark(clay, .5), 60, 3)
        band(k, -246, 122, 5, light(mid, .35), .7)
    lathe(c, prof, top, .9, mouth=light(top, .08), rim=.2, inside=drink or mid, decor=decor)


def plate(c, glaze, r=250, flat=1.0, seed=1):
    """A plate with a reef of glaze; flat 1 is from above, less is from the side."""
    deep, mid, rim = GLAZE[glaze]
    ground(c, 10, r * flat * .42, r * .9, r * flat * .7, .5, .08)
    oval(c, 0, r * .05 * flat + 8 * (1 - flat), r, r * flat)
    fill(c, dark(rim, .5))
    oval(c, 0, 0, r, r * flat)
    volume(c, rim, (-r, -r * flat, r, r * flat), "flat", .8)
    reef(c, 0, 0, r * .84, flat, [light(rim, .3), mix(mid, rim, .4), mid, mix(mid, deep, .6), deep, dark(deep, .3)], seed)
    for k, col, a in ((.985, GLOW, .7), (.70, GLOW, .22), (.685, SHADE, .25)):
        oval(c, 0, 0, r * k, r * k * flat)
        line(c, col, 4, a)
    c.save()
    oval(c, 0, 0, r * .84, r * .84 * flat)
    c.clip()
    c.set_source(lin(-r, -r * flat, r, r * flat, (0, SHADE, .30), (.4, SHADE, 0), (.6, GLOW, 0), (1, GLOW, .22)))
    c.paint()
    oval(c, -r * .32, -r * .42 * flat, r * .3, r * .10 * flat)
    fill(c, GLOW, .22)
    c.restore()


def teapot(c, glaze, lid=0.0):
    """A teapot with a rattan handle; lid lifts its lid."""
    top, mid, clay = GLAZE[glaze]
    ground(c, 0, 0, 200, 34, .55)
    smooth(c, [(-120, -270), (-120, -400), (0, -470), (120, -400), (120, -270)])
    line(c, dark(WOOD, .4), 26, keep=True)
    line(c, WOOD, 20)
    for x, y, d in along([(-120, -270), (-120, -400), (0, -470), (120, -400), (120, -270)], 34):
        c.move_to(x + 10 * math.sin(d), y - 10 * math.cos(d))
        c.line_to(x - 10 * math.sin(d) + 4 * math.cos(d), y + 10 * math.cos(d) + 4 * math.sin(d))
    line(c, dark(WOOD, .35), 4, .8)
    c.new_path()
    c.move_to(150, -170)
    c.curve_to(230, -160, 236, -240, 282, -290)
    c.line_to(312, -276)
    c.curve_to(284, -200, 276, -70, 150, -80)
    c.close_path()
    volume(c, top, (150, -290, 312, -70), "flat", 1)
    oval(c, 297, -283, 17, 9)
    fill(c, dark(top, .7))
    prof = [(-268, 84), (-240, 128), (-180, 184), (-110, 192), (-40, 150), (-6, 108)]

    def decor(k):
        tide(k, 190, -96, top, mid, clay, phase=1.3, waves=6)
        speckles(k, (-190, -90, 190, 10), dark(clay, .5), 70, 5)
        for y, r in ((-236, 132), (-226, 146)):
            band(k, y, r, 4, light(mid, .3), .55)
    lathe(c, prof, top, 1, decor=decor)
    at(c, 0, -lid)
    oval(c, 0, -266, 88, 20)
    fill(c, dark(top, .6))
    lathe(c, [(-306, 20), (-298, 52), (-270, 88)], top, .9)
    oval(c, 0, -322, 26, 22)
    volume(c, mid, (-26, -344, 26, -300), "ball")
    c.restore()


def moon_vase(c, size=1.0, glaze="Bulan", stem=True, sway=0.0):
    """A moon-round vase with a seam like a horizon, perhaps with a dry branch."""
    top, mid, clay = GLAZE[glaze]
    at(c, 0, 0, size)
    ground(c, 0, 0, 170, 32, .55)
    if stem:
        branch(c, sway)
    prof = [(-372, 42), (-350, 44), (-330, 76), (-280, 150), (-190, 188), (-100, 168), (-30, 104), (-6, 82)]

    def decor(k):
        k.rectangle(-200, -190, 400, 220)
        fill(k, mix(top, clay, .45))
        band(k, -196, 188, 5, dark(clay, .2), .6)
        speckles(k, (-180, -360, 180, 0), dark(clay, .4), 120, 8, 2.4, .4)
    lathe(c, prof, top, 1, mouth=light(top, .2), rim=.3, inside=dark(clay, .3), decor=decor)
    c.restore()


def branch(c, sway=0.0):
    """A bare twig with round seed pods."""
    pts = [(0, -360), (10 + sway * 10, -470), (-20 + sway * 30, -590), (26 + sway * 60, -720)]
    smooth(c, pts)
    line(c, dark(COFFEE, .1), 9)
    for i, (x, y, dx, dy) in enumerate(((4, -450, 92, -74), (-12, -560, -96, -60), (0, -640, 88, -70), (12, -690, -64, -72))):
        x, dx = x + sway * (20 + 10 * i), dx + sway * 14
        smooth(c, [(x, y), (x + dx * .5, y + dy * .75), (x + dx, y + dy)])
        line(c, dark(COFFEE, .1), 5)
        for u, r in ((.55, 13), (.8, 15), (1, 19)):
            px, py = x + dx * u, y + dy * (u * (1.5 - .5 * u))
            oval(c, px, py, r, r)
            volume(c, (CHILI, MARIGOLD, TERRA)[i % 3], (px - r, py - r, px + r, py + r), "ball", .9)


def bowls(c, gap=0.0):
    """Three bowls, one in another; gap lifts them apart."""
    ground(c, 0, 0, 170, 32, .55)
    for i, (r, h, col) in enumerate(((250, 165, TEAL), (205, 140, (.88, .72, .48)), (160, 112, CREAM))):
        y = -i * (58 + gap)
        at(c, 0, y)
        low = r * .42

        def decor(k, r=r, h=h, col=col):
            k.rectangle(-r, -h * .32, 2 * r, h)
            fill(k, mix(TERRA, COFFEE, .25))
            band(k, -h + 14, r, 6, light(col, .5), .6)
            speckles(k, (-r, -h, r, 0), COFFEE, 80, i, 2, .35)
        lathe(c, [(-h, r), (-h * .7, r * .93), (-h * .3, r * .7), (-h * .08, low), (0, low)], col, .9, mouth=light(col, .12),
              rim=.16,
              inside=mix(col, CREAM, .25), decor=decor)
        c.restore()


# ------------------------------------------------------------------------------------------------ coffee
BAGS = {"Gayo": (TEAL, MARIGOLD, "Gayo", "FAJAR"), "Flores": (TERRA, CREAM, "Flores", "OMBAK"),
        "Campur": (INK, MARIGOLD, "Campur", "MALAM")}


def lighthouse_mark(c, k, col, ray):
    """The roaster's mark: a lighthouse and its beams."""
    at(c, 0, 0, k)
    for a in (-.16, .16):
        for side in (-1, 1):
            poly(c, [(0, -70), (side * 110, -70 + 330 * (a - .09)), (side * 110, -70 + 330 * (a + .09))])
            fill(c, ray, .9)
    poly(c, [(-20, -56), (20, -56), (32, 60), (-32, 60)])
    fill(c, col)
    rrect(c, -16, -84, 32, 26, 4)
    fill(c, ray)
    poly(c, [(-22, -84), (0, -108), (22, -84)])
    fill(c, col)
    for y in (-28, 12):
        c.rectangle(-34, y, 68, 14)
        fill(c, ray, .85)
    c.restore()


def coffee_bag(c, kind, k=1.0):
    """A standing bag of beans with a folded top and a hand-written date."""
    base, accent, name, sub = BAGS[kind]
    at(c, 0, 0, k)
    ground(c, 0, 0, 150, 30, .55)
    c.new_path()
    c.move_to(-140, -440)
    c.line_to(140, -440)
    c.curve_to(150, -300, 158, -120, 146, -6)
    c.curve_to(60, 8, -60, 8, -146, -6)
    c.curve_to(-158, -120, -150, -300, -140, -440)
    c.close_path()
    volume(c, base, (-150, -440, 152, 0), "round", .75)
    for side in (-1, 1):
        poly(c, [(side * 138, -420), (side * 108, -360), (side * 122, -90), (side * 146, -14)])
        fill(c, SHADE, .20)
    rrect(c, -146, -476, 292, 60, 8)
    volume(c, dark(base, .12), (-146, -480, 146, -416), "flat", .7)
    rrect(c, -120, -428, 240, 9, 4)
    fill(c, light(accent, .1))
    rrect(c, -104, -376, 208, 318, 12)
    volume(c, CREAM, (-104, -376, 104, -58), "flat", .35)
    at(c, 0, -258)
    lighthouse_mark(c, .82, base, accent if accent != CREAM else MARIGOLD)
    c.restore()
    text(c, name, 0, -132, 66, base, SCRIPT, align=.5)
    text(c, sub, 0, -98, 25, dark(base, .3), align=.5, track=5)
    text(c, "disangrai Selasa", 0, -72, 20, COFFEE, SERIF, False, .5, True)
    c.restore()


def bottle(c, k=1.0, label=MARIGOLD):
    """A bottle of cold brew."""
    at(c, 0, 0, k)
    ground(c, 0, 0, 92, 22, .55)
    prof = [(-470, 34), (-430, 36), (-380, 40), (-330, 78), (-290, 92), (-120, 94), (-20, 92), (-6, 80)]
    lathe_path(c, prof)
    volume(c, mix(COFFEE, INK, .35), (-94, -470, 94, 0), "round", .9)
    rrect(c, -40, -500, 80, 46, 10)
    volume(c, (.12, .12, .16), (-40, -500, 40, -454), "round", 1)
    c.save()
    lathe_path(c, prof)
    c.clip()
    c.rectangle(-100, -272, 200, 190)
    volume(c, label, (-94, -272, 94, -80), "round", .8)
    at(c, 0, -192)
    lighthouse_mark(c, .44, INK, CREAM)
    c.restore()
    text(c, "12 JAM", 0, -112, 40, INK, NARROW, align=.5)
    text(c, "cold brew", 0, -92, 22, INK, SERIF, False, .5, True)
    c.rectangle(-62, -440, 12, 430)
    fill(c, GLOW, .34)
    c.restore()
    c.restore()


def dripper(c, colour, level=.55, stream=True):
    """A cone on a glass server on a teak stand; level is how full the server is."""
    ground(c, 0, 0, 190, 34, .55)
    rrect(c, -180, -30, 360, 34, 10)
    volume(c, WOOD, (-180, -34, 180, 6), "flat", .6, tile(wood(WOOD, 7), .5, mirror=True))
    prof = [(-250, 74), (-220, 84), (-120, 138), (-50, 142), (-34, 122)]
    lathe_path(c, prof)
    fill(c, (.80, .90, .90), .55)
    c.save()
    lathe_path(c, prof)
    c.clip()
    y = -40 - 150 * level
    c.rectangle(-160, y, 320, 200)
    c.set_source(lin(-140, 0, 140, 0, (0, mix(COFFEE, MARIGOLD, .25)), (.4, COFFEE), (1, dark(COFFEE, .5))))
    c.fill()
    oval(c, 0, y, 136, 15)
    fill(c, mix(COFFEE, MARIGOLD, .35))
    c.restore()
    if stream:
        c.rectangle(-3, -262, 6, 262 + y)
        fill(c, mix(COFFEE, MARIGOLD, .2))
    lathe_path(c, prof)
    line(c, GLOW, 5, .75)
    for x, w in ((-104, 16), (88, 8)):
        smooth(c, [(x * .62, -232), (x, -130), (x * 1.1, -70)])
        line(c, GLOW, w, .45)
    smooth(c, [(132, -190), (204, -186), (200, -88), (142, -84)])
    line(c, GLOW, 16, .6)
    top = CREAM if colour == "Putih" else (.16, .17, .27)
    oval(c, 0, -262, 112, 18)
    volume(c, dark(top, .1), (-112, -280, 112, -244), "round", .8)
    lathe(c, [(-420, 142), (-380, 124), (-290, 56), (-262, 48)], top, .95, mouth=light(top, .1), rim=.18,
          inside=mix(COFFEE, INK, .3))
    smooth(c, [(130, -392), (196, -392), (186, -318), (92, -326)])
    line(c, dark(top, .35), 22, keep=True)
    line(c, top, 15)
    for i in range(5):
        x = -80 + i * 40
        c.move_to(x, -372 + abs(x) * .08)
        c.line_to(x * .52, -286)
    line(c, dark(top, .5), 3, .28)


def drip_box(c, kind="Gayo"):
    """A small box of drip bags with one bag hanging out."""
    base, accent, name, _ = BAGS[kind]
    ground(c, 0, 0, 200, 32, .55)
    poly(c, [(-160, -300), (-120, -344), (196, -344), (160, -300)])
    fill(c, dark(base, .5))
    for i, x in enumerate((-90, -20, 60)):
        rrect(c, x - 20, -400 + i * 16, 104, 140, 6)
        volume(c, CREAM, (x - 20, -400, x + 84, -260), "flat", .7)
        text(c, name[0], x + 32, -358 + i * 16, 44, base, SCRIPT, align=.5)
    poly(c, [(160, -300), (196, -344), (196, -44), (160, 0)])
    fill(c, dark(base, .42))
    rrect(c, -160, -300, 320, 300, 6)
    volume(c, base, (-160, -300, 160, 0), "flat", .7)
    at(c, 0, -180)
    lighthouse_mark(c, .8, CREAM, accent if accent != CREAM else MARIGOLD)
    c.restore()
    text(c, name, 0, -66, 62, CREAM, SCRIPT, align=.5)
    text(c, "10 DRIP BAG", 0, -32, 24, light(base, .65), align=.5, track=4)


def cup_of_coffee(c, k=1.0, glaze="Pasir"):
    """A small cup with coffee in it."""
    at(c, 0, 0, k)
    mug(c, glaze, 2.0, drink=COFFEE)
    oval(c, 0, -262, 104, 17)
    c.set_source(lin(-100, 0, 100, 0, (0, mix(COFFEE, MARIGOLD, .35)), (.5, COFFEE), (1, dark(COFFEE, .4))))
    c.fill()
    oval(c, -20, -264, 60, 7)
    fill(c, mix(COFFEE, MARIGOLD, .45), .5)
    c.restore()


# ------------------------------------------------------------------------------------------------ jars
def glass_jar(c, w, h, contents, lid, label=None, seed=1):
    """A straight jar: contents(c) paints what is in it; lid is a colour; label(c) paints on the glass."""
    ground(c, 0, 0, w * 1.05, 26, .55)
    prof = [(-h, w * .84), (-h * .93, w * .9), (-h * .84, w), (-h * .4, w), (-16, w), (-4, w * .9)]
    lathe_path(c, prof)
    fill(c, (.86, .92, .88), .8)
    c.save()
    lathe_path(c, prof)
    c.clip()
    contents(c)
    wash(c, lin(-w, 0, w, 0, (0, SHADE, .42), (.14, GLOW, .05), (.5, SHADE, 0), (.8, SHADE, .22), (1, SHADE, .55)))
    if label:
        label(c)
    c.rectangle(-w * .74, -h, w * .12, h)
    fill(c, GLOW, .42)
    c.rectangle(w * .70, -h, w * .05, h)
    fill(c, GLOW, .22)
    c.restore()
    rrect(c, -w * .94, -h - 58, w * 1.88, 74, 12)
    volume(c, lid, (-w, -h - 58, w, -h + 16), "round", .9)
    oval(c, 0, -h - 54, w * .93, w * .12)
    volume(c, light(lid, .1), (-w, -h - 54 - w * .12, w, -h - 54 + w * .12), "flat", .6)
    for i in range(17):
        x = w * .92 * math.sin((i / 16 - .5) * 2.8)
        c.move_to(x, -h - 34)
        c.line_to(x, -h + 10)
    line(c, SHADE, 2.4, .22)


def steam(c, x, y, t, h=220, a=.5, n=3, spread=34):
    """Steam that rises and curls; t in seconds, its period is 4 s."""
    for i in range(n):
        ph = i * 1.7
        for u in range(14):
            k = (u / 14 + t / 4 + i / n) % 1
            px = x + (i - (n - 1) / 2) * spread + math.sin(k * 5 + ph + TAU * t / 4) * 22 * k
            glow(c, px, y - k * h, 16 + 46 * k, GLOW, a * .30 * math.sin(math.pi * k))
