"""Cloth, clothes and bags, drawn around (0, 0) = where they stand or hang. Knows the kit and the patterns, not the products."""
import math

from kit import (COFFEE, CREAM, GLOW, INDIGO, INK, MARIGOLD, SHADE, TAU, WOOD, at, dark, fill, ground, light, lin, line, mix,
                 oval,
                 poly, rrect, smooth, tile, volume, wash)
from patterns import ikat, kawung, mega, parang, stripes, truntum, wood


def rod(c, x0, x1, y, thick=16):
    """A wooden bar to hang things on."""
    rrect(c, x0, y - thick / 2, x1 - x0, thick, thick / 2)
    volume(c, WOOD, (x0, y - thick, x1, y + thick), "flat", .4, tile(wood(WOOD, 4), .5, mirror=True))
    rrect(c, x0, y + thick * .1, x1 - x0, thick * .4, thick / 4)
    fill(c, SHADE, .3)
    for x in (x0, x1):
        oval(c, x, y, thick * .75, thick * .75)
        volume(c, dark(WOOD, .2), (x - thick, y - thick, x + thick, y + thick), "ball", .8)


def drape(c, w, h, source, border=None, folds=5, depth=22, phase=0.0, sway=0.0):
    """A length of cloth that hangs from y = 0: source is a pattern; border (ground, tooth); phase moves the folds."""
    n = folds * 8
    low = [(-w / 2 + w * i / n + sway * 26 * math.sin(i * .2 + phase),
            h + depth * .55 * math.sin(TAU * i / 8 + phase) + sway * 14)
           for i in range(n + 1)]

    def outline():
        c.new_path()
        c.move_to(-w / 2, 0)
        c.line_to(w / 2, 0)
        c.curve_to(w / 2 + depth * .2, h * .3, low[-1][0] - depth * .2, h * .7, *low[-1])
        smooth(c, low[::-1], start=False)
        c.curve_to(low[0][0] - depth * .2, h * .7, -w / 2 + depth * .2, h * .3, -w / 2, 0)
        c.close_path()
    outline()
    c.set_source(source)
    c.fill_preserve()
    c.save()
    c.clip()
    if border:
        tumpal(c, -w / 2 - 30, h - 74, w + 60, 100, *border)
    for i in range(folds + 1):
        x = -w / 2 + w * (i + .15 + .1 * math.sin(phase + i)) / folds
        fw = w / folds
        wash(c, lin(x - fw * .5, 0, x + fw * .5, 0, (0, SHADE, 0), (.24, SHADE, .36), (.42, SHADE, .06), (.55, GLOW, .26),
                    (.8, GLOW, .04),
                    (1, GLOW, 0)))
    wash(c, lin(0, 0, 0, h, (0, SHADE, .34), (.08, SHADE, .04), (.6, SHADE, 0), (1, SHADE, .2)))
    c.restore()
    c.new_path()


def tumpal(c, x, y, w, h, col, tooth):
    """A border of pointed teeth."""
    c.rectangle(x, y, w, h)
    fill(c, col)
    c.rectangle(x, y + h * .06, w, 4)
    fill(c, tooth)
    step = 44
    for i in range(int(w / step) + 1):
        a = x + i * step
        poly(c, [(a + 4, y + h * .72), (a + step / 2, y + h * .16), (a + step - 4, y + h * .72)])
        fill(c, tooth)
        poly(c, [(a + 13, y + h * .66), (a + step / 2, y + h * .32), (a + step - 13, y + h * .66)])
        fill(c, col)


def folded(c, source_of, layers=3, w=430, h=64, edge=CREAM):
    """A neat pile: each layer is a soft slab whose front shows the fold; source_of(i) answers its pattern."""
    ground(c, 0, 0, w * .54, 34, .55)
    for i in range(layers):
        y = -i * h
        dx = (8, -10, 4, -4)[i % 4]
        x0, x1 = -w / 2 + dx, w / 2 + dx
        if i == layers - 1:
            c.new_path()
            c.move_to(x0 + 8, y - h + 10)
            c.line_to(x0 + 60, y - h - 96)
            c.curve_to(x0 + 62, y - h - 106, x1 - 66, y - h - 106, x1 - 60, y - h - 96)
            c.line_to(x1 - 8, y - h + 10)
            c.close_path()
            volume(c, edge, (x0, y - h - 100, x1, y - h + 90), "flat", .7, source_of(i, .9))
        rrect(c, x0, y - h, w, h - 3, h * .46)
        volume(c, edge, (x0, y - h, x1, y), "flat", .5, source_of(i, 1))
        rrect(c, x0, y - h, w, h - 3, h * .46)
        c.set_source(lin(0, y - h, 0, y, (0, GLOW, .30), (.3, GLOW, 0), (.55, SHADE, .02), (1, SHADE, .55)))
        c.fill()
        for k in (.34, .66):
            c.new_path()
            c.move_to(x0 + 26, y - h * k)
            c.curve_to(x0 + w * .3, y - h * k + 3, x0 + w * .7, y - h * k - 3, x1 - 12, y - h * k)
            line(c, SHADE, 2.4, .42)


def shirt(c, colours, w=430):
    """A short-sleeved shirt, front; (0, 0) is the middle of its collar, it hangs down. colours = (sky, deep, pale)."""
    t = mega(*colours)
    for side in (-1, 1):
        at(c, 0, 0, 1, 0, side < 0)
        c.new_path()
        c.move_to(96, 24)
        c.curve_to(150, 40, 196, 60, 222, 96)
        c.line_to(282, 214)
        c.curve_to(262, 240, 220, 258, 190, 262)
        c.line_to(150, 150)
        c.close_path()
        volume(c, colours[0], (90, 20, 280, 260), "flat", .9, tile(t, .42, .5))
        c.new_path()
        c.move_to(282, 214)
        c.curve_to(262, 240, 220, 258, 190, 262)
        line(c, dark(colours[1], .2), 6)
        c.restore()
    body(c)
    volume(c, colours[0], (-190, 0, 190, 480), "flat", .8, tile(t, .42))
    body(c)
    c.save()
    c.clip()
    for x, k in ((-120, .20), (60, .16), (140, .24)):
        wash(c, lin(x - 40, 0, x + 50, 30, (0, SHADE, 0), (.4, SHADE, k), (.55, GLOW, k * .8), (1, GLOW, 0)))
    c.restore()
    c.new_path()
    c.rectangle(-15, 40, 30, 452)
    fill(c, dark(colours[1], .1), .9)
    for i in range(5):
        oval(c, 0, 92 + i * 88, 8, 8)
        volume(c, COFFEE, (-8, 84 + i * 88, 8, 100 + i * 88), "ball")
    rrect(c, 52, 150, 96, 104, 10)
    line(c, dark(colours[1], .35), 3.5, .9)
    c.rectangle(52, 150, 96, 14)
    fill(c, dark(colours[1], .1), .55)
    collar(c, colours)


def body(c):
    c.new_path()
    c.move_to(-98, 22)
    c.curve_to(-60, 34, 60, 34, 98, 22)
    c.curve_to(140, 60, 160, 110, 160, 170)
    c.curve_to(164, 280, 168, 400, 172, 486)
    c.curve_to(80, 506, -80, 506, -172, 486)
    c.curve_to(-168, 400, -164, 280, -160, 170)
    c.curve_to(-160, 110, -140, 60, -98, 22)
    c.close_path()


def collar(c, colours):
    oval(c, 0, 14, 74, 24)
    fill(c, dark(colours[1], .5))
    for side in (-1, 1):
        at(c, 0, 0, 1, 0, side < 0)
        poly(c, [(80, 4), (104, 34), (58, 104), (0, 46), (60, 26)])
        volume(c, colours[1], (0, 0, 110, 104), "flat", .7)
        c.restore()


def hanger(c):
    """A wooden hanger whose bar meets a shirt's shoulders at (0, 0)."""
    smooth(c, [(-150, 50), (-80, 12), (0, -16), (80, 12), (150, 50)])
    line(c, dark(WOOD, .2), 20, keep=True)
    line(c, WOOD, 13)
    smooth(c, [(0, -18), (0, -56), (22, -72), (16, -98), (-8, -100), (-18, -86)])
    line(c, (.45, .42, .4), 6)


def scarf(c, cols, w=150, h=430, phase=0.0):
    """A scarf over a peg at (0, 0): two lengths with twisted fringes."""
    src = ikat(cols)
    for x, hh, turn, k in ((44, h * .86, -.05, .30), (-40, h, .04, 0)):
        at(c, x, 6, 1, turn)
        drape(c, w, hh, tile(src, .62, 0, -w / 2), None, 3, 14, phase + x)
        for i in range(13):
            a = -w / 2 + 6 + i * (w - 12) / 12
            smooth(c, [(a, hh + 2), (a + 3 * math.sin(i + phase), hh + 26), (a + 2, hh + 48)])
            line(c, mix(cols[i % 2 + 1], cols[0], .2), 5)
        if k:
            c.rectangle(-w / 2 - 20, 0, w + 40, hh + 60)
        c.restore()
        c.new_path()
    smooth(c, [(-116, 18), (-80, -22), (0, -40), (86, -22), (124, 22), (60, 34), (0, 20), (-60, 32)], True)
    volume(c, cols[0], (-116, -40, 124, 40), "flat", .8, tile(src, .5, .9))


def tote(c, base, flower, strap, stands=True):
    """A tote of printed canvas; (0, 0) is its foot."""
    if stands:
        ground(c, 0, 0, 205, 34, .55)
    for dx, k in ((8, .45), (0, 0)):
        smooth(c, [(-90 + dx, -380), (-84 + dx, -480), (-40 + dx, -560), (40 + dx, -560), (84 + dx, -480), (90 + dx, -380)])
        line(c, dark(strap, .15 + k), 24, keep=True)
        line(c, dark(strap, k), 17)
    c.new_path()
    c.move_to(-184, -390)
    c.curve_to(-60, -380, 60, -380, 184, -390)
    c.curve_to(196, -250, 206, -100, 196, -8)
    c.curve_to(70, 10, -70, 10, -196, -8)
    c.curve_to(-206, -100, -196, -250, -184, -390)
    c.close_path()
    volume(c, base, (-200, -400, 210, 0), "flat", .9, tile(truntum(base, flower), .62, 0, 18, 0))
    for x0, x1, k in ((-150, -120, .2), (110, 160, .3)):
        c.new_path()
        c.move_to(x0, -380)
        c.curve_to(x0 + 20, -240, x1 - 30, -140, x1, -6)
        line(c, SHADE, 16, k * .5)
    c.new_path()
    c.move_to(-184, -390)
    c.curve_to(-60, -380, 60, -380, 184, -390)
    c.line_to(187, -362)
    c.curve_to(60, -352, -60, -352, -187, -362)
    c.close_path()
    volume(c, strap, (-184, -390, 187, -350), "flat", .6)
    for x in (-90, 90):
        rrect(c, x - 14, -372, 28, 44, 4)
        fill(c, dark(strap, .06))
        for k in (-1, 1):
            c.move_to(x - 8, -364)
            c.line_to(x + 8 * k * k, -340)
        line(c, CREAM if strap != CREAM else INK, 2, .7)


def towel(c, cols, w=300, h=420):
    """A striped towel over a bar at (0, 0)."""
    src = stripes(300, 100, (cols[0], CREAM, cols[0], CREAM, cols[1], CREAM, cols[0], CREAM, cols[0]),
                  (5, 2, 2, 6, 8, 6, 2, 2, 5))
    at(c, 14, 4)
    drape(c, w, h * .82, tile(src, w / 300, 0, -w / 2), None, 4, 10, 1)
    c.restore()
    at(c, 0, 0)
    drape(c, w, h, tile(src, w / 300, 0, -w / 2), None, 4, 12)
    for i in range(25):
        x = -w / 2 + 6 + i * (w - 12) / 24
        c.move_to(x, h + 4)
        c.line_to(x + math.sin(i) * 2, h + 26)
    line(c, CREAM, 4)
    c.restore()


def towel_roll(c, cols, k=1.0):
    """The same towel rolled; (0, 0) under it."""
    src = stripes(300, 100, (cols[0], CREAM, cols[0], CREAM, cols[1], CREAM, cols[0], CREAM, cols[0]),
                  (5, 2, 2, 6, 8, 6, 2, 2, 5))
    ground(c, 0, 0, 190 * k, 30, .5)
    c.new_path()
    c.move_to(-150 * k, -124 * k)
    c.line_to(160 * k, -124 * k)
    c.curve_to(196 * k, -124 * k, 196 * k, 0, 160 * k, 0)
    c.line_to(-150 * k, 0)
    c.close_path()
    c.set_source(tile(src, k * 1.12, 0, -160 * k))
    c.fill_preserve()
    c.set_source(lin(0, -124 * k, 0, 0, (0, GLOW, .35), (.3, GLOW, .1), (.55, SHADE, .05), (1, SHADE, .6)))
    c.fill()
    oval(c, -150 * k, -62 * k, 36 * k, 62 * k)
    fill(c, light(cols[0], .25))
    for i in range(4):
        oval(c, -150 * k, -62 * k, (29 - 8 * i) * k, (53 - 14 * i) * k)
        line(c, dark(cols[0], .2), 4 * k)


PARANG = {"Indigo": (INDIGO, CREAM, INK), "Soga": ((.36, .19, .10), (.91, .77, .52), (.17, .08, .06)),
          "Mengkudu": ((.52, .12, .14), (.97, .84, .70), (.22, .05, .08))}
KAWUNG = {"Marigold": (MARIGOLD, CREAM, COFFEE), "Teal": ((.04, .40, .41), (.94, .86, .68), INK)}
MEGA = {"Biru": ((.16, .24, .48), (.10, .14, .33), (.88, .93, .95)),
        "Terakota": ((.72, .30, .17), (.45, .14, .12), (.99, .91, .80))}
IKAT = {"Senja": ((.42, .15, .27), (.93, .47, .32), CREAM, MARIGOLD), "Laut": (INDIGO, (.16, .60, .62), CREAM, (.62, .82, .81)),
        "Hutan": ((.11, .29, .23), (.44, .60, .30), CREAM, (.85, .66, .25))}


def parang_tile(name, scale=.62, x=0, y=0):
    return tile(parang(*PARANG[name]), scale, TAU / 8, x, y)


def kawung_tile(name, scale=.5, x=0, y=0):
    return tile(kawung(*KAWUNG[name]), scale, 0, x, y)


def border_of(name):
    b = PARANG.get(name) or KAWUNG[name]
    return (dark(b[0], .35), b[1])


