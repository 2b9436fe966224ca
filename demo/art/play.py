"""Toys, beach things and parcels, drawn around (0, 0) = where they stand. Knows the kit and the patterns, not the products."""
import math

from kit import (CHILI, COFFEE, CORAL, CREAM, GLOW, INDIGO, INK, LAGOON, LEAF, MARIGOLD, ROSE, SAND, SERIF, SHADE, SKY, TAU,
                 TEAL, TERRA,
                 WOOD, at, dark, fill, ground, lathe, light, lin, line, mix, oval, poly, rrect, smooth, text, tile, volume,
                 wash)
from patterns import wood

PALE = (.90, .74, .50)


def grain(seed, scale=.5, base=PALE):
    return tile(wood(base, seed), scale, mirror=True)


def wheel(c, x, y, r, turn, col=WOOD):
    """A turned wheel with a peg, and a mark that shows its turning."""
    oval(c, x, y, r, r)
    volume(c, dark(col, .45), (x - r, y - r, x + r, y + r), "ball", .9, grain(5, .4, dark(WOOD, .45)))
    oval(c, x, y, r * .62, r * .62)
    volume(c, col, (x - r * .6, y - r * .6, x + r * .6, y + r * .6), "ball", .8)
    for i in range(4):
        a = turn + TAU * i / 4
        oval(c, x + r * .38 * math.cos(a), y + r * .38 * math.sin(a), r * .09, r * .09)
    fill(c, dark(col, .55))
    oval(c, x, y, r * .14, r * .14)
    fill(c, CREAM)


BLOCKS = (CHILI, MARIGOLD, TEAL, CREAM, INDIGO, CORAL)


def truck(c, col, turn=0.0, load=6, bump=0.0):
    """A wooden truck that faces right; turn rolls its wheels; load is how many blocks it carries."""
    ground(c, 0, 0, 270, 30, .55)
    at(c, 0, -bump)
    for i in range(load):
        x, y = -176 + (i % 3) * 92, -172 - (i // 3) * 88
        at(c, x + 40, y, 1, .05 * math.sin(i * 2.4))
        rrect(c, -40, -80, 80, 80, 9)
        volume(c, BLOCKS[i % 6], (-40, -80, 40, 0), "flat", .9)
        text(c, "KECIL!"[i % 6], 0, -20, 52, CREAM if i % 6 not in (1, 3) else INK, align=.5)
        c.restore()
    rrect(c, -262, -100, 524, 44, 16)
    volume(c, PALE, (-262, -100, 262, -56), "flat", .6, grain(3))
    rrect(c, -246, -180, 330, 84, 12)
    volume(c, col, (-246, -180, 84, -96), "flat", .9)
    for x in (-160, -74, 10):
        c.move_to(x, -172)
        c.line_to(x, -104)
    line(c, dark(col, .4), 4, .6)
    c.new_path()
    c.move_to(100, -96)
    c.line_to(100, -266)
    c.curve_to(104, -300, 150, -300, 176, -294)
    c.curve_to(214, -286, 214, -230, 224, -190)
    c.curve_to(262, -184, 266, -150, 262, -96)
    c.close_path()
    volume(c, light(col, .12), (100, -300, 262, -96), "flat", 1)
    rrect(c, 124, -268, 66, 72, 16)
    volume(c, SKY, (124, -268, 190, -196), "flat", 1)
    oval(c, 238, -140, 15, 15)
    volume(c, MARIGOLD, (223, -155, 253, -125), "ball")
    smooth(c, [(130, -128), (152, -116), (176, -128)])
    line(c, dark(col, .5), 6)
    c.restore()
    for x in (-160, 160):
        wheel(c, x, -58, 58, turn)


RAINBOW = (CHILI, TERRA, MARIGOLD, LEAF, LAGOON, INDIGO, (.45, .26, .46))


def arch(c, r, thick, col):
    """One arch of wood standing on the ground; (0, 0) is the middle of its span."""
    c.new_path()
    c.arc(0, 0, r, math.pi, 0)
    c.arc_negative(0, 0, r - thick, 0, math.pi)
    c.close_path()
    volume(c, col, (-r, -r, r, 0), "flat", 1)
    c.new_path()
    c.arc(0, 0, r - 4, math.pi * 1.05, math.pi * 1.6)
    line(c, light(col, .5), 4, .7)
    c.new_path()
    c.arc(0, 0, r - thick + 3, math.pi * 1.02, math.pi * 1.98)
    line(c, dark(col, .5), 4, .5)


def rainbow(c, n=7, drop=None):
    """The stacking rainbow; drop(i) answers (dx, dy, turn) of the arch i while it is on its way."""
    ground(c, 0, 0, 300 if n == 7 else 236, 34, .5)
    r0 = 290 if n == 7 else 230
    for i in range(n):
        dx, dy, turn = drop(i) if drop else (0, 0, 0)
        at(c, dx, dy, 1, turn)
        arch(c, r0 - i * 40, 38, RAINBOW[i])
        c.restore()


def jukung(c, striped=True, sail=0.0):
    """An outrigger boat with a sail; (0, 0) is at its water line; sail fills it."""
    for x, y in ((-90, -30), (110, -30)):
        smooth(c, [(x, y - 26), (x + 30, y - 40), (x + 60, y + 28)])
        line(c, dark(WOOD, .35), 12)
    rrect(c, -190, 2, 440, 22, 11)
    volume(c, PALE, (-190, 2, 250, 24), "flat", .8, grain(6))
    c.move_to(-14, -40)
    c.line_to(-30, -470)
    line(c, dark(WOOD, .3), 15, keep=True)
    line(c, WOOD, 9)
    c.new_path()
    c.move_to(-30, -478)
    c.curve_to(60 + sail * 60, -400, 110 + sail * 70, -240, 196, -118)
    c.curve_to(110, -104 + sail * 10, 20, -100, -20, -110)
    c.close_path()
    c.save()
    c.clip_preserve()
    fill(c, CREAM)
    if striped:
        for i in range(7):
            poly(c, [(-60, -480 + i * 68), (240, -560 + i * 68 + 70), (240, -526 + i * 68 + 70), (-60, -446 + i * 68)])
            fill(c, (CHILI, MARIGOLD, TEAL)[i % 3])
    wash(c, lin(-30, 0, 200, 0, (0, SHADE, .25), (.35, GLOW, .3), (1, SHADE, .3)))
    c.restore()
    c.new_path()
    c.move_to(-286, -118)
    c.curve_to(-230, -60, -100, -50, 0, -50)
    c.curve_to(110, -50, 220, -66, 292, -128)
    c.curve_to(262, -20, 190, 30, 90, 34)
    c.line_to(-90, 34)
    c.curve_to(-190, 30, -258, -20, -286, -118)
    c.close_path()
    volume(c, TEAL, (-286, -128, 292, 34), "flat", 1)
    smooth(c, [(-274, -92), (-160, -34), (0, -24), (160, -36), (278, -98)])
    line(c, CREAM, 10)
    smooth(c, [(-262, -66), (-160, -12), (0, -2), (160, -14), (264, -72)])
    line(c, CHILI, 10)
    oval(c, 220, -54, 22, 18)
    fill(c, CREAM)
    oval(c, 225, -54, 10, 11)
    fill(c, INK)
    oval(c, 228, -58, 3.4, 3.4)
    fill(c, CREAM)


def elephant(c, nod=0.0, turn=0.0):
    """A pull-along elephant that faces right; nod tips its head."""
    body = (.58, .64, .70)
    ground(c, 0, 0, 240, 30, .55)
    rrect(c, -226, -84, 430, 34, 15)
    volume(c, PALE, (-226, -84, 204, -50), "flat", .6, grain(9))
    smooth(c, [(204, -66), (280, -60), (330, -30), (390, -24)])
    line(c, CREAM, 7)
    oval(c, 396, -24, 15, 15)
    volume(c, CHILI, (381, -39, 411, -9), "ball")
    c.new_path()
    c.move_to(-190, -84)
    c.curve_to(-210, -200, -190, -330, -50, -340)
    c.curve_to(60, -346, 120, -280, 118, -180)
    c.line_to(118, -84)
    c.line_to(44, -84)
    c.curve_to(44, -140, -60, -140, -64, -84)
    c.close_path()
    volume(c, body, (-200, -340, 130, -84), "flat", 1.1)
    smooth(c, [(-186, -210), (-222, -190), (-218, -150)])
    line(c, dark(body, .2), 9)
    rrect(c, -150, -342, 190, 120, 26)
    volume(c, MARIGOLD, (-150, -342, 40, -222), "flat", .9)
    for i in range(7):
        oval(c, -138 + i * 28, -226, 12, 12)
        fill(c, CHILI if i % 2 else TEAL)
    at(c, 96, -286, 1, nod * .14)
    smooth(c, [(-70, -60), (-20, -104), (60, -92), (104, -30), (112, 50), (122, 120), (160, 140), (158, 168), (108, 166),
               (76, 120), (60, 60),
               (0, 60), (-60, 20)], True)
    volume(c, light(body, .06), (-70, -104, 160, 168), "flat", 1.1)
    smooth(c, [(-80, -66), (-20, -84), (22, -30), (8, 50), (-60, 64), (-104, 0)], True)
    volume(c, light(body, .22), (-104, -84, 22, 64), "flat", 1)
    smooth(c, [(-66, -46), (-20, -56), (4, -20), (-6, 32), (-52, 40), (-80, 0)], True)
    fill(c, ROSE, .75)
    oval(c, 58, -40, 10, 12)
    fill(c, INK)
    oval(c, 61, -45, 3.6, 3.6)
    fill(c, CREAM)
    c.restore()
    for x in (-150, 130):
        wheel(c, x, -46, 46, turn, TERRA)


def top(c, cols, spin=None, k=1.0, tilt=0.0):
    """A spinning top on its point; spin in turns blurs its rings into moving marks."""
    at(c, 0, 0, k)
    ground(c, 0, 0, 60, 14, .5)
    at(c, 0, 0, 1, tilt)
    rrect(c, -11, -250, 22, 90, 10)
    volume(c, PALE, (-11, -250, 11, -160), "round", 1)
    prof = [(-176, 24), (-160, 84), (-126, 122), (-92, 100), (-40, 26), (0, 4)]

    def decor(q):
        for i, (y, r, h) in enumerate(((-162, 84, 18), (-138, 124, 18), (-106, 120, 20), (-76, 90, 16))):
            q.new_path()
            oval(q, 0, y, r * 1.1, r * .16, 0, math.pi)
            line(q, cols[i % len(cols)], h)
        if spin is not None:
            for i in range(3):
                x = math.cos(TAU * (spin + i / 3))
                if math.sin(TAU * (spin + i / 3)) > 0:
                    oval(q, x * 104, -118, 9, 22)
                    fill(q, CREAM, .8)
    lathe(c, prof, PALE, 1, decor=decor)
    c.restore()
    c.restore()


# ------------------------------------------------------------------------------------------------ the beach
BOARDS = {"Senja": (CORAL, MARIGOLD, CREAM), "Laguna": (TEAL, LAGOON, CREAM), "Krem": (CREAM, SAND, TERRA)}


def board_outline(c, g=0.0):
    """A fish: wide, with a swallow tail; centred, nose up, 640 long."""
    c.new_path()
    c.move_to(0, -322 + g * 1.6)
    c.curve_to(110 - g, -270 + g, 146 - g, -90, 138 - g, 20)
    c.curve_to(132 - g, 130, 112 - g, 230, 92 - g * .8, 316 - g * 1.5)
    c.curve_to(60, 300 - g, 26, 272 - g, 0, 244 - g)
    c.curve_to(-26, 272 - g, -60, 300 - g, -92 + g * .8, 316 - g * 1.5)
    c.curve_to(-112 + g, 230, -132 + g, 130, -138 + g, 20)
    c.curve_to(-146 + g, -90, -110 + g, -270 + g, 0, -322 + g * 1.6)
    c.close_path()


def surfboard(c, name, k=1.0):
    """A fish seen from the front; centred on (0, 0)."""
    a, b, stripe = BOARDS[name]
    at(c, 0, 0, k)
    at(c, 7, 5)
    board_outline(c)
    fill(c, dark(a, .55))
    c.restore()
    board_outline(c)
    c.save()
    c.clip_preserve()
    c.set_source(lin(0, -320, 0, 316, (0, light(b, .2)), (.45, mix(a, b, .5)), (1, a)))
    c.fill()
    for i, (y, col) in enumerate(((60, stripe), (104, light(a, .4)), (148, stripe))):
        c.new_path()
        c.move_to(-200, y)
        c.curve_to(-90, y - 60, -40, y + 50, 30, y)
        c.curve_to(80, y - 36, 120, y + 20, 200, y - 30)
        line(c, col, 20 - i * 4, .92)
    oval(c, 0, -110, 48, 48)
    fill(c, stripe)
    oval(c, 0, -110, 36, 36)
    fill(c, mix(a, b, .6))
    c.rectangle(-2, -330, 4, 600)
    fill(c, dark(a, .5), .5)
    wash(c, lin(-140, 0, 140, 0, (0, GLOW, .15), (.22, GLOW, .42), (.36, GLOW, .05), (.6, SHADE, .05), (1, SHADE, .42)))
    c.restore()
    board_outline(c, 13)
    line(c, INK if name == "Krem" else CREAM, 3.4, .8)
    board_outline(c)
    line(c, dark(a, .3), 4, .6)
    c.restore()


def snorkel(c, col, stands=True):
    """A mask with its snorkel; (0, 0) is under it."""
    if stands:
        ground(c, 10, 0, 230, 34, .5)
    smooth(c, [(196, -60), (236, -120), (240, -300), (214, -430), (226, -470)])
    line(c, dark(col, .45), 42, keep=True)
    line(c, col, 33, keep=True)
    line(c, light(col, .5), 7, .7)
    rrect(c, 200, -500, 54, 60, 14)
    volume(c, INK, (200, -500, 254, -440), "round", 1)
    smooth(c, [(196, -60), (180, -16), (120, -14)])
    line(c, INK, 36)
    c.new_path()
    smooth(c, [(-220, -150), (-250, -220), (-120, -330), (0, -340), (120, -330), (206, -240), (190, -160)])
    line(c, dark(INK, .2), 26)
    c.new_path()
    smooth(c, [(-204, -230), (-120, -262), (0, -266), (120, -262), (204, -230), (206, -120), (160, -40), (84, -22), (34, -66),
               (0, -96),
               (-34, -66), (-84, -22), (-160, -40), (-206, -120)], True)
    volume(c, col, (-206, -266, 206, -20), "flat", 1)
    for side in (-1, 1):
        at(c, 0, 0, 1, 0, side < 0)
        smooth(c, [(24, -206), (100, -226), (170, -204), (174, -124), (140, -66), (86, -54), (46, -98), (24, -130)], True)
        c.set_source(lin(20, -226, 170, -54, (0, light(SKY, .5)), (.5, mix(SKY, TEAL, .4)), (1, dark(TEAL, .2))))
        c.fill_preserve()
        line(c, dark(col, .5), 9)
        poly(c, [(60, -204), (92, -212), (66, -112), (44, -122)])
        fill(c, GLOW, .5)
        c.restore()


def ticket(c, mark, col):
    """The sign on a test parcel: 00 tick, 01 cross, 02 second step, 03 clock."""
    oval(c, 0, 0, 74, 74)
    volume(c, col, (-74, -74, 74, 74), "ball", .6)
    oval(c, 0, 0, 60, 60)
    line(c, CREAM, 5, .9)
    if mark == "00":
        smooth(c, [(-28, 2), (-8, 24), (30, -22)])
        c.new_path()
        for p in ((-28, 2), (-8, 24), (30, -22)):
            c.line_to(*p)
        line(c, CREAM, 14)
    elif mark == "01":
        for d in (-1, 1):
            c.move_to(-22, -22 * d)
            c.line_to(22, 22 * d)
        line(c, CREAM, 14)
    elif mark == "02":
        for x in (-24, 16):
            c.move_to(x - 8, -24)
            c.line_to(x + 14, 0)
            c.line_to(x - 8, 24)
        line(c, CREAM, 12)
    else:
        c.move_to(0, -30)
        c.line_to(0, 2)
        c.line_to(22, 14)
        line(c, CREAM, 11)


TEST = {"00": LEAF, "01": CHILI, "02": MARIGOLD, "03": INDIGO}
CARD = (.80, .60, .38)


def parcel(c, mark, lid=0.0, label=True):
    """A cardboard parcel with a tape and a sign; lid opens its flaps from 0 to 1."""
    col = TEST[mark]
    ground(c, 20, 0, 260, 40, .6)
    for side in (-1, 1):
        at(c, side * 200, -300, 1, side * (lid * 2.0))
        if lid > .02:
            poly(c, [(0, 0), (-side * 200, 0), (-side * 184, -46 * (1 - lid)), (-side * 8, -46 * (1 - lid) - 10)])
            volume(c, light(CARD, .12), (-200, -50, 200, 0), "flat", .8)
        c.restore()
    poly(c, [(-200, -300), (-150, -352), (250, -352), (200, -300)])
    volume(c, light(CARD, .16) if lid < .02 else dark(CARD, .55), (-200, -352, 250, -300), "flat", .6)
    poly(c, [(200, -300), (250, -352), (250, -46), (200, 0)])
    fill(c, dark(CARD, .36))
    rrect(c, -200, -300, 400, 300, 4)
    volume(c, CARD, (-200, -300, 200, 0), "flat", .7)
    if lid < .02:
        poly(c, [(-34, -300), (16, -352), (76, -352), (28, -300)])
        fill(c, light(col, .25))
        poly(c, [(-34, -300), (28, -300), (28, -238), (18, -246), (8, -238), (-2, -246), (-12, -238), (-22, -246), (-34, -238)])
        fill(c, col)
    if label:
        rrect(c, -176, -208, 210, 170, 6)
        volume(c, CREAM, (-176, -208, 34, -38), "flat", .4)
        text(c, "TOKO UJI", -160, -176, 24, INK, track=1)
        text(c, "total ends in", -160, -148, 24, COFFEE, SERIF, False, italic=True)
        text(c, "…" + mark, -160, -62, 82, col if mark != "02" else dark(MARIGOLD, .35))
        at(c, 118, -150)
        ticket(c, mark, col)
        c.restore()


FISH = ((CORAL, CREAM), (MARIGOLD, INDIGO), (LAGOON, MARIGOLD), (ROSE, CHILI))


def fish(c, kind, k=1.0, flap=0.0, left=False):
    """A small reef fish; flap in -1..1 moves its tail."""
    a, b = FISH[kind % 4]
    at(c, 0, 0, k, 0, left)
    poly(c, [(-66, 0), (-112, -38 + 12 * flap), (-100, 0), (-112, 38 + 12 * flap)])
    volume(c, dark(b, .1), (-112, -40, -66, 40), "flat", 1)
    for s in (-1, 1):
        smooth(c, [(-30, s * 30), (-10, s * 66), (34, s * 40), (30, s * 26)], True)
        fill(c, dark(b, .12))
    c.new_path()
    c.move_to(-76, 0)
    c.curve_to(-40, -62, 50, -60, 84, 0)
    c.curve_to(50, 60, -40, 62, -76, 0)
    c.close_path()
    c.save()
    c.clip_preserve()
    fill(c, a)
    for x, w in ((34, 16), (-14, 20), (-54, 12)):
        smooth(c, [(x, -70), (x + 14, 0), (x, 70)])
        line(c, b, w)
    wash(c, lin(0, -56, 0, 56, (0, GLOW, .35), (.5, SHADE, 0), (1, SHADE, .4)))
    c.restore()
    c.new_path()
    oval(c, 58, -10, 11, 11)
    fill(c, CREAM)
    oval(c, 60, -10, 6, 6)
    fill(c, INK)
    c.restore()


TRUCKS = {"Merah": CHILI, "Teal": TEAL, "Marigold": MARIGOLD}
TOPS = {"Pagi": ((CHILI, MARIGOLD, LEAF), (TEAL, CREAM, CORAL), (MARIGOLD, ROSE, LAGOON)),
        "Malam": ((INDIGO, LAGOON, CREAM), ((.35, .18, .34), ROSE, MARIGOLD), (INK, TEAL, SKY))}
