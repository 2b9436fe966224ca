"""Footwear and woven home goods, drawn around (0, 0) = where they stand. Knows the kit and the patterns, not the products."""
import math

from kit import (COFFEE, CORAL, CREAM, GLOW, INDIGO, INK, MARIGOLD, SAND, SHADE, TAU, TEAL, TERRA, WOOD, at, dark, fill, glow,
                 ground, lathe, light, lin, line, mix, oval, rad, rrect, smooth, text, tile, volume, wash)
from patterns import herringbone, hexweave, ikat, weave

CANE, CANE_DARK = (.87, .66, .36), (.70, .48, .24)


# ------------------------------------------------------------------------------------------------ footwear
SOLE = [(-6, -212), (52, -196), (78, -130), (66, -40), (54, 40), (62, 120), (50, 186), (0, 212), (-48, 188), (-60, 120),
        (-58, 30), (-78, -60),
        (-82, -140), (-56, -196)]


def flipflop(c, col, left=False, k=1.0, lift=0.0):
    """A flip-flop from above, toes up, centred on (0, 0); lift raises it off the ground."""
    at(c, 0, 0, k)
    for i in range(3):
        at(c, 14 + lift * 46 + i * 4, 16 + lift * 60 + i * 4, 1 + i * .015, 0, left)
        smooth(c, SOLE, True)
        fill(c, SHADE, .15)
        c.restore()
    at(c, 0, 0, 1 + lift * .10, 0, left)
    at(c, 5, 8)
    smooth(c, SOLE, True)
    fill(c, dark(col, .5))
    c.restore()
    smooth(c, SOLE, True)
    volume(c, light(col, .34), (-80, -212, 80, 212), "flat", .7)
    at(c, 0, 0, .87)
    smooth(c, SOLE, True)
    line(c, col, 5, .8)
    c.restore()
    for y in range(-150, 190, 26):
        for x in range(-48, 56, 24):
            if abs(x) < 52 - abs(y) * .06:
                oval(c, x - 2 + (12 if y // 26 % 2 else 0), y, 3, 3)
    fill(c, dark(col, .15), .22)
    for dx, dy, colour, w in ((9, 15, SHADE, 30), (0, 0, dark(col, .28), 30), (-1, -2, col, 24), (-5, -6, light(col, .4), 5)):
        for tx in (-62, 60):
            smooth(c, [(-4 + dx, -118 + dy), (tx * .62 + dx, -78 + dy), (tx + dx, 30 + dy)])
            line(c, colour, w, .35 if colour == SHADE else 1)
    oval(c, -4, -120, 17, 17)
    volume(c, CREAM, (-21, -137, 13, -103), "ball", .8)
    c.restore()
    c.restore()


def sandal(c, col):
    """A leather sandal with three straps, from the side."""
    ground(c, 0, 0, 230, 26, .6)
    sole = [(-232, -8), (-226, -44), (-120, -46), (0, -34), (120, -40), (214, -52), (236, -30), (214, -4), (100, 0), (-120, 0)]
    smooth(c, sole, True)
    volume(c, dark(col, .5), (-232, -52, 236, 0), "flat", .6)
    smooth(c, [(-224, -46), (-120, -58), (0, -46), (120, -52), (218, -62), (226, -46), (120, -34), (0, -26), (-120, -36),
               (-220, -34)], True)
    volume(c, light(col, .22), (-232, -62, 236, -26), "flat", .8)
    for x0, x1, h, w in ((60, 196, 96, 54), (-56, 60, 142, 50), (-196, -110, 196, 42)):
        c.new_path()
        c.move_to(x0, -46)
        c.curve_to(x0 + 10, -h * 1.2, x1 - w * .9, -h * 1.25, x1, -48)
        c.line_to(x1 - w * .55, -48)
        c.curve_to(x1 - w * 1.1, -h * .86, x0 + w * .6, -h * .82, x0 + w * .62, -44)
        c.close_path()
        volume(c, col, (x0, -h, x1, -40), "flat", 1.2)
        c.new_path()
        c.move_to(x0 + 6, -54)
        c.curve_to(x0 + 16, -h * 1.1, x1 - w * .9, -h * 1.15, x1 - 8, -56)
        c.set_dash([7, 6])
        line(c, CREAM, 2.4, .65)
        c.set_dash([])
    smooth(c, [(-204, -60), (-214, -150), (-186, -206), (-120, -190), (-70, -150)])
    line(c, dark(col, .3), 26, keep=True)
    line(c, col, 20)
    rrect(c, -140, -206, 40, 38, 6)
    line(c, MARIGOLD, 7)
    c.move_to(-120, -206)
    c.line_to(-120, -176)
    line(c, MARIGOLD, 5)


def sneaker(c, col, bend=0.0):
    """A canvas shoe from the side, toe at the right."""
    ground(c, 0, 0, 250, 28, .6)
    heel = ikat((INDIGO, CORAL, CREAM, MARIGOLD))
    c.new_path()
    c.move_to(-222, -52)
    c.curve_to(-236, -150, -226, -214, -206, -240)
    c.curve_to(-160, -262, -110, -250, -74, -236)
    c.curve_to(-30, -222, 10, -160, 66, -140)
    c.curve_to(150, -128, 232, -120, 244, -52)
    c.close_path()
    c.save()
    c.clip_preserve()
    volume(c, col, (-230, -250, 250, -40), "flat", 1.1)
    wash(c, lin(0, -250, 0, -50, (0, GLOW, .12), (1, SHADE, .22)))
    c.rectangle(-240, -180, 74, 140)
    volume(c, INDIGO, (-240, -180, -166, -40), "flat", .7, tile(heel, .34))
    smooth(c, [(-70, -240), (-60, -160), (-20, -100), (-10, -44)])
    line(c, dark(col, .5), 3, .7)
    smooth(c, [(64, -150), (86, -110), (84, -50)])
    line(c, dark(col, .5), 3, .7)
    c.restore()
    c.new_path()
    smooth(c, [(-206, -240), (-150, -256), (-74, -236), (-100, -214), (-160, -222)], True)
    fill(c, dark(col, .62))
    smooth(c, [(130, -134), (226, -110), (250, -48), (130, -46), (108, -90)], True)
    volume(c, CREAM, (100, -134, 250, -40), "ball", .7)
    for i in range(5):
        x, y = -60 + i * 27, -216 + i * 19
        smooth(c, [(x - 22, y + 34), (x, y + 4), (x + 22, y + 2)])
        line(c, dark(CREAM, .3), 12, keep=True)
        line(c, CREAM, 8)
        oval(c, x - 24, y + 36, 6, 6)
        fill(c, dark(col, .6))
    rrect(c, -242, -58, 500, 58, 24)
    volume(c, CREAM, (-242, -58, 258, 0), "flat", .55)
    rrect(c, -242, -58, 500, 58, 24)
    c.set_source(lin(0, -58, 0, 0, (0, GLOW, .3), (.6, SHADE, 0), (1, SHADE, .45)))
    c.fill()
    c.move_to(-232, -36)
    c.line_to(248, -36)
    line(c, col, 6)
    for i in range(30):
        c.move_to(-226 + i * 16, -12)
        c.line_to(-220 + i * 16, -3)
    line(c, SHADE, 3, .4)


def slipper(c, cols, k=1.0):
    """A woven mule with a rope sole, from the side."""
    at(c, 0, 0, k)
    ground(c, 0, 0, 230, 26, .6)
    rrect(c, -232, -54, 470, 54, 26)
    volume(c, SAND, (-232, -54, 238, 0), "flat", .6)
    for i in range(38):
        smooth(c, [(-222 + i * 12, -48), (-214 + i * 12, -26), (-222 + i * 12, -6)])
        line(c, dark(SAND, .5), 3, .5)
    smooth(c, [(-220, -54), (-120, -66), (0, -60), (20, -50)], False)
    line(c, light(TERRA, .1), 14)
    c.new_path()
    c.move_to(-14, -52)
    c.curve_to(-20, -120, -2, -166, 40, -178)
    c.curve_to(130, -168, 226, -130, 236, -52)
    c.close_path()
    volume(c, cols[0], (-20, -180, 240, -50), "ball", .8, tile(ikat(cols), .46, .3))
    smooth(c, [(-14, -54), (-16, -120), (2, -162), (40, -178)])
    line(c, dark(cols[0], .3), 12, keep=True)
    line(c, cols[3], 7)
    c.restore()


# ------------------------------------------------------------------------------------------------ rattan, bamboo, pandan
def basket(c, ribbon, k=1.0):
    """A standing market basket with leather handles and a ribbon of colour."""
    at(c, 0, 0, k)
    ground(c, 0, 0, 214, 36, .6)
    smooth(c, [(-96, -318), (-100, -430), (0, -498), (100, -430), (96, -318)])
    line(c, dark(COFFEE, .1), 20)
    w = weave(CANE, light(CANE, .22), 96)
    prof = [(-330, 196), (-220, 212), (-110, 204), (-10, 176)]

    def decor(q):
        for i, y in enumerate((-206, -176)):
            q.new_path()
            oval(q, 0, y, 214, 30, 0, math.pi)
            line(q, ribbon if i == 0 else light(ribbon, .25), 20 if i == 0 else 7)
    lathe(c, prof, CANE, .95, source=tile(w, .62, 0, -200), mouth=light(CANE, .12), rim=.17, inside=dark(CANE, .5), decor=decor)
    for y in (-330,):
        oval(c, 0, y, 197, 33)
        line(c, dark(CANE_DARK, .15), 15, keep=True)
        c.set_dash([10, 9])
        line(c, light(CANE, .3), 11)
        c.set_dash([])
    smooth(c, [(-96, -296), (-104, -400), (-60, -452), (0, -464), (60, -452), (104, -400), (96, -296)])
    line(c, dark(COFFEE, .25), 24, keep=True)
    line(c, mix(COFFEE, TERRA, .45), 17)
    for x in (-96, 96):
        rrect(c, x - 14, -312, 28, 62, 8)
        volume(c, mix(COFFEE, TERRA, .4), (x - 14, -312, x + 14, -250), "flat", .6)
        for y in (-298, -266):
            oval(c, x, y, 4, 4)
            fill(c, MARIGOLD)
    c.restore()


def lamp(c, k=1.0, lit=1.0, cord=400):
    """A hanging rattan lamp; (0, 0) is where its cord meets the shade, which hangs below."""
    at(c, 0, 0, k)
    c.move_to(0, -cord)
    c.line_to(0, 0)
    line(c, INK, 6)
    if lit:
        glow(c, 0, 190, 420, MARIGOLD, .55 * lit)
    prof = [(0, 34), (40, 92), (120, 176), (210, 206), (300, 176), (344, 128)]
    right = [(r, y) for y, r in prof]

    def outline():
        c.new_path()
        c.move_to(-34, 0)
        c.line_to(34, 0)
        smooth(c, right, start=False)
        c.curve_to(80, 366, -80, 366, -128, 344)
        smooth(c, [(-x, y) for x, y in right[::-1]], start=False)
        c.close_path()
    outline()
    c.save()
    c.clip()
    wash(c, rad(0, 200, 240, (0, light(MARIGOLD, .75), .25 + .75 * lit), (.5, MARIGOLD, .2 + .7 * lit),
                (1, dark(TERRA, .4), .85)))
    if lit:
        oval(c, 0, 190, 46, 54)
        fill(c, GLOW, lit)
    c.set_source(tile(hexweave(mix(CANE, COFFEE, .25)), .5, 0, 30, 10))
    c.paint()
    for i in range(-4, 5):
        smooth(c, [(i * 8, 0), (i * 44, 120), (i * 50, 210), (i * 32, 350)])
        line(c, dark(CANE_DARK, .3), 6, .8)
    wash(c, lin(-210, 0, 210, 0, (0, SHADE, .45), (.3, GLOW, .10), (.6, SHADE, 0), (1, SHADE, .6)))
    c.restore()
    c.new_path()
    for y, r in ((4, 36), (212, 206), (344, 128)):
        oval(c, 0, y, r, r * .10 + 3, 0, math.pi)
        line(c, dark(CANE_DARK, .25), 13, keep=True)
        line(c, CANE, 8)
    c.restore()


def chair(c, cushion, k=1.0):
    """A veranda chair of bent rattan, from the front and a little to the side."""
    at(c, 0, 0, k)
    ground(c, 10, -6, 260, 46, .6)

    def cane(pts, w=24):
        smooth(c, pts)
        line(c, dark(CANE_DARK, .45), w, keep=True)
        line(c, mix(CANE_DARK, CANE, .5), w * .72, keep=True)
        line(c, light(CANE, .3), w * .2)
    for x in (-150, 160):
        cane([(x, -170), (x * 1.06, -60), (x * 1.1, -10)])
    c.new_path()
    smooth(c, [(-200, -220), (-220, -400), (-160, -560), (0, -610), (160, -560), (220, -400), (200, -220)])
    c.close_path()
    volume(c, CANE, (-220, -610, 220, -200), "flat", .9, tile(hexweave(CANE), .42))
    cane([(-200, -200), (-226, -400), (-166, -566), (0, -616), (166, -566), (226, -400), (200, -200)], 32)
    for x in (-90, 0, 90):
        cane([(x * .9, -220), (x * 1.1, -420), (x * .9, -590 + abs(x) * .2)], 12)
    c.new_path()
    smooth(c, [(-216, -230), (0, -262), (216, -230), (240, -150), (0, -110), (-240, -150)], True)
    volume(c, CANE_DARK, (-240, -262, 240, -110), "flat", .8, tile(weave(CANE, CANE_DARK), .5))
    c.new_path()
    smooth(c, [(-190, -262), (0, -292), (190, -262), (216, -206), (180, -168), (0, -150), (-180, -168), (-216, -206)], True)
    volume(c, cushion, (-216, -300, 216, -150), "flat", 1)
    smooth(c, [(-212, -206), (-100, -186), (100, -186), (212, -206)])
    line(c, dark(cushion, .4), 4, .6)
    c.new_path()
    smooth(c, [(-110, -430), (0, -446), (110, -430), (124, -340), (100, -262), (-100, -262), (-124, -340)], True)
    volume(c, light(cushion, .15), (-124, -446, 124, -262), "ball", .7)
    for side in (-1, 1):
        cane([(side * 216, -400), (side * 286, -350), (side * 290, -250), (side * 250, -170), (side * 240, -10)], 28)
    cane([(-240, -140), (0, -100), (240, -140)], 28)
    cane([(-246, -60), (0, -34), (246, -60)], 16)
    c.restore()


def food_cover(c, natural=True):
    """A dome of bamboo with a knob."""
    strip = CANE if natural else (.72, .27, .18)
    ground(c, 0, 0, 262, 44, .55)
    c.new_path()
    c.move_to(-256, -14)
    c.curve_to(-250, -330, 250, -330, 256, -14)
    c.curve_to(140, 30, -140, 30, -256, -14)
    c.close_path()
    c.save()
    c.clip_preserve()
    fill(c, dark(strip, .68))
    c.set_source(tile(hexweave(strip), .62, 0, 0, 0))
    c.paint()
    for i, col in enumerate((light(strip, .35), dark(strip, .25) if natural else CREAM)):
        c.new_path()
        oval(c, 0, -70 - i * 66, 262 - 34 * i, 50 - 6 * i, 0, math.pi)
        line(c, col, 26 - i * 8)
    wash(c, rad(0, -110, 270, (0, GLOW, .42), (.4, GLOW, 0), (.6, SHADE, .05), (1, SHADE, .55), dx=-100, dy=-110))
    c.restore()
    c.new_path()
    oval(c, 0, -14, 256, 36, 0, math.pi)
    line(c, dark(CANE_DARK, .3), 20, keep=True)
    line(c, light(strip, .15), 13)
    oval(c, 0, -256, 26, 22)
    volume(c, WOOD, (-26, -278, 26, -234), "ball")


def tray(c, r=250, flat=1.0, turn=0.0):
    """A round tray of bamboo twill; flat 1 is from above."""
    ground(c, 10, r * flat * .4, r * .95, r * flat * .72 + 14, .5, .08)
    oval(c, 0, 16 * (1 - flat) + 6, r, r * flat)
    fill(c, dark(CANE_DARK, .55))
    oval(c, 0, 0, r, r * flat)
    volume(c, CANE, (-r, -r * flat, r, r * flat), "flat", .8)
    c.save()
    oval(c, 0, 4, r * .9, r * flat * .9)
    c.clip()
    c.scale(1, flat)
    c.set_source(tile(herringbone(CANE, light(CANE, .25)), r / 330, .785 + turn))
    c.paint()
    wash(c, lin(-r, -r, r, r, (0, SHADE, .42), (.35, SHADE, 0), (.6, GLOW, 0), (1, GLOW, .25)))
    c.restore()
    c.new_path()
    for i in range(56):
        a = TAU * i / 56 + turn
        c.move_to(r * .905 * math.cos(a), r * flat * .905 * math.sin(a))
        c.line_to(r * .99 * math.cos(a + .05), r * flat * .99 * math.sin(a + .05))
    line(c, dark(CANE_DARK, .3), 4, .7)


def straw_hat(c, ribbon, k=1.0):
    """A wide pandan hat with a ribbon, resting on the ground."""
    at(c, 0, 0, k)
    ground(c, 0, 6, 270, 44, .5)
    straw = (.93, .79, .50)
    w = weave(straw, light(straw, .25), 96, dark(straw, .5))
    oval(c, 0, -26, 290, 62)
    volume(c, straw, (-290, -90, 290, 36), "flat", .9, tile(w, .36))
    c.new_path()
    c.move_to(-150, -48)
    c.curve_to(-160, -210, -100, -252, 0, -252)
    c.curve_to(100, -252, 160, -210, 150, -48)
    c.curve_to(100, -16, -100, -16, -150, -48)
    c.close_path()
    volume(c, straw, (-160, -252, 160, -20), "round", 1, tile(w, .36))
    c.new_path()
    c.move_to(-152, -52)
    c.line_to(-155, -112)
    c.curve_to(-90, -80, 90, -80, 155, -112)
    c.line_to(152, -52)
    c.curve_to(100, -20, -100, -20, -152, -52)
    c.close_path()
    volume(c, ribbon, (-155, -112, 155, -20), "round", .9)
    for pts in ([(130, -70), (190, -50), (214, 4), (176, 0)], [(128, -76), (216, -84), (240, -40), (196, -50)]):
        smooth(c, pts, True)
        volume(c, ribbon, (120, -90, 240, 10), "flat", 1)
    oval(c, 0, -26, 288, 60)
    line(c, dark(straw, .4), 5, .7)
    c.restore()


def dry_bag(c, col, k=1.0):
    """A roll-top bag with a buckle."""
    at(c, 0, 0, k)
    ground(c, 0, 0, 140, 28, .6)
    smooth(c, [(128, -330), (196, -270), (190, -90), (124, -40)])
    line(c, dark(INK, .1), 18)
    lathe(c, [(-392, 122), (-330, 132), (-200, 136), (-60, 134), (-10, 118)], col, 1)
    for y in (-336, -64):
        c.new_path()
        oval(c, 0, y, 134, 20, 0, math.pi)
        line(c, dark(col, .4), 7)
    rrect(c, -136, -452, 272, 70, 30)
    volume(c, col, (-136, -452, 136, -382), "flat", 1)
    for y in (-430, -408):
        c.move_to(-120, y)
        c.line_to(120, y)
    line(c, dark(col, .45), 4, .7)
    smooth(c, [(-118, -430), (-150, -500), (0, -540), (150, -500), (118, -430)])
    line(c, INK, 18)
    rrect(c, -32, -556, 64, 36, 8)
    volume(c, (.2, .2, .26), (-32, -556, 32, -520), "flat", 1)
    smooth(c, [(-70, -180), (-40, -214), (-10, -180), (20, -214), (50, -180), (72, -202)])
    line(c, light(col, .75) if col != CREAM else TEAL, 11)
    text(c, "OMBAK KECIL", 0, -120, 27, light(col, .75), align=.5, track=3)
    c.restore()


LEATHER = {"Cokelat": (.55, .29, .15), "Hitam": (.17, .15, .19)}
FLIP = {"Koral": CORAL, "Teal": TEAL, "Marigold": MARIGOLD}
CANVAS = {"Krem": (.93, .86, .70), "Indigo": INDIGO, "Terakota": TERRA}
