"""Plants and food, drawn around (0, 0) = where they stand. Knows the kit, the patterns and the jars, not the products."""
import math

import numpy as np

from kit import (CHILI, COFFEE, CREAM, FOREST, GLOW, INK, LEAF, MARIGOLD, NARROW, ROSE, SAND, SCRIPT, SERIF, SHADE, TAU, TEAL,
                 TERRA, WOOD,
                 at, dark, fill, ground, lathe, light, lin, line, mix, oval, poly, rrect, smooth, text, tile, volume, wash)
from patterns import kawung, star, wood
from vessels import glass_jar


def pot(c, col, r=120, h=170, band_col=None):
    """A flower pot whose rim is at (0, -h)."""
    ground(c, 0, 0, r * .95, r * .22, .55)
    lathe(c, [(-h * .74, r * .88), (-h * .3, r * .76), (-4, r * .66)], col, 1)
    lathe(c, [(-h, r), (-h * .74, r * .98)], light(col, .06), 1, mouth=light(col, .12), rim=.2, inside=(.20, .13, .10))
    if band_col:
        c.new_path()
        oval(c, 0, -h * .42, r * .79, r * .15, 0, math.pi)
        line(c, band_col, 9)


def blade(c, length, width, col, bend=0.0, vein=None):
    """A simple pointed leaf from (0, 0) upwards; bend leans its tip to the right."""
    tip = (bend * length, -length)
    c.new_path()
    c.move_to(0, 0)
    c.curve_to(-width, -length * .25, -width * .8 + bend * length * .4, -length * .75, *tip)
    c.curve_to(width * .8 + bend * length * .6, -length * .7, width, -length * .2, 0, 0)
    volume(c, col, (-width, -length, width, 0), "flat", 1)
    c.new_path()
    c.move_to(0, 0)
    c.curve_to(0, -length * .4, bend * length * .4, -length * .7, *tip)
    line(c, vein or light(col, .35), max(2, width * .06), .8)


def monstera_leaf(c, r, col, open_=1.0):
    """A split leaf whose stalk meets it at (0, 0); it points up. open_ below 1 is still rolled."""
    c.save()
    c.scale(.18 + .82 * open_, .6 + .4 * open_)
    n, right = 44, []
    for i in range(n + 1):
        a = i / n
        ang = -math.pi * .5 + (1 - a) * math.pi * 1.18
        w = r * (.98 - .30 * a + .18 * math.sin(a * math.pi))
        cut = 1.0
        for s in (.20, .37, .54, .71):
            cut -= .52 * math.exp(-((a - s) / .022) ** 2)
        right.append((w * cut * math.cos(ang) * .92, -r * .62 + w * cut * math.sin(ang) * 1.12))
    right[-1] = (0, -r * 1.50)
    for side in (1, -1):
        at(c, 0, 0, 1, 0, side < 0)
        c.new_path()
        c.move_to(0, -r * .1)
        for p in right:
            c.line_to(*p)
        c.close_path()
        base = col if side > 0 else light(col, .13)
        volume(c, base, (0 if side > 0 else r, -r * 1.7, r if side > 0 else 0, r * .4), "flat", .9)
        for s in (.12, .285, .455, .625, .80):
            p = right[int(s * n)]
            smooth(c, [(0, -r * (.05 + s * 1.2)), (p[0] * .5, p[1] * .5 - r * (.05 + s * .6)), (p[0] * .86, p[1] * .9)])
            line(c, light(col, .42), r * .018, .65)
        for s in (.30, .46, .62):
            p = right[int(s * n)]
            oval(c, p[0] * .30, p[1] * .4 - r * s * .64, r * .06, r * .035)
            fill(c, dark(col, .7), .75)
        c.restore()
    c.move_to(0, 0)
    c.line_to(0, -r * 1.40)
    line(c, light(col, .5), r * .035)
    c.restore()


MONSTERA = ((-.95, 300, 104, .30), (.95, 290, 100, .15), (-.45, 410, 118, .08), (.52, 400, 114, .22), (.04, 470, 124, 0))


def monstera(c, pot_col, sway=0.0, newest=1.0, grow=1.0):
    """A monstera in its pot; newest opens its middle leaf; sway in about -1..1."""
    for i, (lean, h, r, d) in enumerate(MONSTERA):
        if i == 3:
            pot(c, pot_col, 132, 190)
        lean += sway * .05 * (1 + i % 2)
        x, y = math.sin(lean) * h * .72, -180 - math.cos(lean * .8) * h * .78 * grow
        smooth(c, [(lean * 22, -184), (x * .42, y * .62 - 40), (x, y)])
        line(c, dark(LEAF, .25), 13, keep=True)
        line(c, LEAF, 8)
        at(c, x, y, 1, lean * 1.05 + sway * .05)
        monstera_leaf(c, r * grow, mix(dark(LEAF, d), FOREST, .3), newest if i == 4 else 1)
        c.restore()


def snake_plant(c, pot_col, k=1.0, sway=0.0):
    """Upright striped leaves with golden edges."""
    at(c, 0, 0, k)
    for i, (x, h, w, b) in enumerate(((-62, 330, 34, -.16), (66, 350, 34, .15), (-30, 450, 38, -.05), (34, 420, 36, .07),
                                      (2, 520, 40, .01),
                                      (-84, 230, 28, -.26), (88, 240, 28, .24))):
        at(c, x, -160, 1, 0)
        b += sway * .02 * (1 + i * .2)

        def leaf(g):
            tip = (b * h, -h)
            c.new_path()
            c.move_to(-w * .7 + g, 10)
            c.curve_to(-w * 1.25 + g, -h * .35, -w * .7 + b * h * .6 + g, -h * .8, tip[0], tip[1] + g * 2)
            c.curve_to(w * .8 + b * h * .7 - g, -h * .75, w * 1.2 - g, -h * .3, w * .7 - g, 10)
            c.close_path()
        leaf(0)
        volume(c, (.88, .76, .36), (-w, -h, w, 0), "flat", .8)
        leaf(9)
        c.save()
        c.clip_preserve()
        fill(c, mix(FOREST, LEAF, .35))
        for j in range(16):
            y = -h * j / 16
            smooth(c, [(-w * 2 + b * h, y), (-w * .4 + b * -y, y - 12), (w * .4 + b * -y, y + 4), (w * 2 + b * h, y - 10)])
            line(c, light(LEAF, .35), 6, .35)
        wash(c, lin(-w, 0, w, 0, (0, GLOW, .2), (.5, SHADE, 0), (1, SHADE, .4)))
        c.restore()
        c.restore()
        c.new_path()
    pot(c, pot_col, 128, 180, CREAM)
    c.restore()


def orchid_bloom(c, r, petal, throat, open_=1.0):
    """A moon orchid seen from the front."""
    if open_ < .08:
        oval(c, 0, 0, r * .22, r * .3)
        volume(c, mix(petal, LEAF, .35), (-r * .22, -r * .3, r * .22, r * .3), "ball", .8)
        return
    at(c, 0, 0, .25 + .75 * open_)
    for i in range(3):
        at(c, 0, 0, 1, TAU * i / 3)
        c.new_path()
        c.move_to(0, 0)
        c.curve_to(-r * .5, -r * .3, -r * .4, -r * .95, 0, -r)
        c.curve_to(r * .4, -r * .95, r * .5, -r * .3, 0, 0)
        volume(c, dark(petal, .12), (-r * .5, -r, r * .5, 0), "flat", .8)
        c.restore()
    for side in (-1, 1):
        at(c, 0, -r * .05, 1, side * 1.28)
        c.new_path()
        c.move_to(0, r * .06)
        c.curve_to(-r * .95, -r * .05, -r * .8, -r * 1.04, 0, -r)
        c.curve_to(r * .8, -r * 1.04, r * .95, -r * .05, 0, r * .06)
        volume(c, petal, (-r * .8, -r, r * .8, 0), "flat", .7)
        for k in (-.3, -.1, .1, .3):
            c.move_to(0, -r * .12)
            c.curve_to(k * r, -r * .4, k * r * 1.5, -r * .7, k * r * 1.3, -r * .86)
        line(c, throat, r * .016, .35)
        c.restore()
    c.new_path()
    smooth(c, [(0, -r * .05), (r * .24, r * .08), (r * .14, r * .34), (0, r * .48), (-r * .14, r * .34), (-r * .24, r * .08)],
           True)
    volume(c, throat, (-r * .24, 0, r * .24, r * .48), "ball", .8)
    oval(c, 0, r * .04, r * .12, r * .1)
    volume(c, MARIGOLD, (-r * .12, -r * .06, r * .12, r * .14), "ball", .9)
    c.restore()


ORCHID_STEM = [(0, -170), (-40, -360), (-30, -540), (70, -640), (190, -640), (280, -570)]
ORCHID_AT = ((-24, -420, .8), (-44, -524, .9), (20, -606, 1.0), (104, -646, 1.0), (186, -632, .92), (248, -578, .72),
             (284, -512, .5))


def orchid(c, petal, throat, opened=1.0, sway=0.0):
    """A moon orchid in a glazed pot; opened from 0 to 1 opens its blooms one by one."""
    at(c, -60, 0)
    for side, ln, b in ((-1, 190, -1.0), (1, 200, .9), (1, 150, 1.5), (-1, 140, -1.55)):
        at(c, side * 20, -160, 1, b * .72)
        blade(c, ln, 44, mix(FOREST, LEAF, .4), .12 * side)
        c.restore()
    pts = [(x + sway * 14 * (i / 5) ** 2, y + abs(sway) * 3 * i) for i, (x, y) in enumerate(ORCHID_STEM)]
    smooth(c, pts)
    line(c, dark(LEAF, .35), 10, keep=True)
    line(c, LEAF, 6)
    pot(c, TEAL, 112, 176, light(TEAL, .5))
    for i, (x, y, k) in enumerate(ORCHID_AT):
        o = min(1, max(0, opened * (len(ORCHID_AT) + 1.5) - i)) if opened < 1 else 1
        o = o * o * (3 - 2 * o)
        at(c, x + sway * 14 * ((i + 2) / 8) ** 2, y, 1, .12 * math.sin(i * 2.1) + sway * .05)
        orchid_bloom(c, 104 * k, petal, throat, o)
        c.restore()
    c.restore()


def cactus(c, kind, pot_col, k=1.0):
    """One of three characters: round, tall, in bloom."""
    at(c, 0, 0, k)
    col = (mix(LEAF, TEAL, .35), mix(LEAF, FOREST, .3), mix(LEAF, (.7, .8, .4), .45))[kind]
    parts = (((0, -196, 92, 88),), ((0, -300, 62, 180), (92, -330, 30, 74), (-88, -270, 28, 58)), ((0, -206, 84, 104),))[kind]
    for x, y, rx, ry in parts[1:]:
        smooth(c, [(0, y + ry * .7), (x * .7, y + ry * .95), (x, y + ry * .5)])
        line(c, dark(col, .25), rx * 1.6)
    for x, y, rx, ry in parts:
        rrect(c, x - rx, y - ry, 2 * rx, 2 * ry, rx)
        volume(c, col, (x - rx, y - ry, x + rx, y + ry), "round", 1)
        for j in range(-3, 4):
            smooth(c, [(x + j * 6, y - ry * .97), (x + rx * math.sin(j * .42), y), (x + j * 6, y + ry * .97)])
            line(c, dark(col, .4), 3, .5)
            for i in range(-3, 4):
                px, py = x + rx * math.sin(j * .42) * (1 - (i / 5) ** 2), y + i * ry * .26
                for d in (-1, 0, 1):
                    c.move_to(px, py)
                    c.line_to(px + d * 5, py - 9)
        line(c, CREAM, 2, .8)
    if kind == 2:
        for x, y, r in ((-10, -312, 34), (44, -290, 24)):
            at(c, x, y)
            for ring, col2 in ((1, ROSE), (.62, (.93, .45, .55))):
                star(c, 9, r * ring * 1.3, r * ring * .62)
                fill(c, col2)
            oval(c, 0, 0, r * .24, r * .24)
            fill(c, MARIGOLD)
            c.restore()
    pot(c, pot_col, 104, 130, CREAM if kind != 1 else MARIGOLD)
    c.restore()


def pothos(c, rope, sway=0.0):
    """A trailing plant in a knotted hanger; (0, 0) is the nail, it hangs 620 down."""
    smooth(c, [(0, 0), (0, 60)])
    line(c, rope, 9)
    for x in (-96, 96, -40, 40):
        smooth(c, [(0, 60), (x * .8, 170), (x, 250), (x * .8, 340), (0, 400)])
        line(c, dark(rope, .3), 8, keep=True)
        line(c, rope, 5)
    at(c, 0, 384)
    lathe(c, [(-150, 104), (-90, 108), (-20, 80), (-4, 60)], CREAM, 1, mouth=light(CREAM, .1), rim=.2, inside=(.2, .13, .1),
          source=tile(kawung(CREAM, (.86, .76, .58), TERRA), .3))
    c.restore()
    for x in (-60, 60):
        smooth(c, [(x, 210), (x * 1.5, 300), (x * .6, 392)])
        line(c, rope, 6)
    oval(c, 0, 400, 15, 12)
    fill(c, dark(rope, .2))
    rnd = np.random.default_rng(4)
    for v, (x, ln) in enumerate(((-92, 330), (86, 400), (-46, 230), (40, 200), (104, 170), (0, 120))):
        pts = [(x * (.8 + .3 * u) + math.sin(u * 3 + v) * 16 + sway * 16 * u * u,
                236 + ln * u - 60 * math.sin(u * 3.1) * (1 - u)) for u in
               [i / 8 for i in range(9)]]
        smooth(c, pts)
        line(c, LEAF, 4)
        for i, (px, py) in enumerate(pts):
            g = rnd.uniform(.8, 1.15) * (1 - .03 * i)
            at(c, px, py, g, (math.pi * .62 if i % 2 else -math.pi * .62) + sway * .08 + rnd.uniform(-.3, .3) + math.pi * .12)
            heart(c, 46, mix(LEAF, (.75, .80, .35), rnd.uniform(0, .5)))
            c.restore()


def heart(c, s, col):
    """A heart-shaped leaf from its stalk at (0, 0) upwards."""
    c.new_path()
    c.move_to(0, 0)
    c.curve_to(-s * .9, s * .1, -s * .8, -s * .9, 0, -s * 1.25)
    c.curve_to(s * .8, -s * .9, s * .9, s * .1, 0, 0)
    volume(c, col, (-s * .7, -s * 1.2, s * .7, 0), "flat", 1)
    c.move_to(0, 0)
    c.line_to(0, -s * 1.1)
    line(c, light(col, .5), 2.4, .8)


# ------------------------------------------------------------------------------------------------ food
CRISP = {"Balado": ((.80, .16, .10), MARIGOLD), "Jeruk purut": ((.25, .50, .25), (.95, .90, .55)),
         "Asin": ((.16, .30, .50), CREAM)}


def chip(c, r, seasoning, seed=0, turn=0.0, flip=1.0):
    """One thin curled crisp; flip from -1 to 1 turns it over in the air."""
    at(c, 0, 0, 1, turn)
    c.scale(1, max(.14, abs(flip)) * (1 if flip >= 0 else -1))
    pts = [(r * (1 + .09 * math.sin(i * 1.9 + seed)) * math.cos(TAU * i / 12), r * .82 * (1 + .09 * math.cos(i * 2.3 + seed)) *
            math.sin(TAU * i / 12)) for i in range(12)]
    smooth(c, pts, True)
    volume(c, (.96, .78, .42) if flip >= 0 else (.88, .66, .32), (-r, -r, r, r), "flat", .9)
    smooth(c, [(x * .8, y * .8) for x, y in pts], True)
    line(c, (.80, .55, .22), r * .05, .4)
    rnd = np.random.default_rng(seed + 11)
    for _ in range(16):
        a, d, q = rnd.uniform(0, TAU), r * .72 * math.sqrt(rnd.random()), r * rnd.uniform(.03, .09)
        oval(c, d * math.cos(a), d * .8 * math.sin(a), q, q * .8)
        fill(c, seasoning, .85)
    c.restore()


def crisp_bag(c, flavour, k=1.0, opened=False):
    """A pillow bag of crisps with a window on its contents."""
    base, accent = CRISP[flavour]
    at(c, 0, 0, k)
    ground(c, 0, 0, 180, 30, .55)
    c.new_path()
    c.move_to(-168, -476)
    c.line_to(168, -476)
    c.curve_to(150, -430, 192, -300, 182, -200)
    c.curve_to(190, -120, 160, -60, 172, 0)
    c.line_to(-172, 0)
    c.curve_to(-160, -60, -190, -120, -182, -200)
    c.curve_to(-192, -300, -150, -430, -168, -476)
    c.close_path()
    volume(c, base, (-184, -476, 184, 0), "round", 1)
    for y in (-476, -26):
        c.rectangle(-170, y, 340, 26)
        fill(c, dark(base, .2))
        for i in range(34):
            c.move_to(-168 + i * 10, y + 3)
            c.line_to(-168 + i * 10, y + 23)
        line(c, light(base, .3), 2, .4)
    oval(c, 0, -164, 112, 92)
    c.save()
    c.clip_preserve()
    fill(c, dark(base, .6))
    for i in range(12):
        at(c, -90 + (i * 67) % 190, -236 + (i * 41) % 150)
        chip(c, 46, base, i, i)
        c.restore()
    c.restore()
    oval(c, 0, -164, 112, 92)
    line(c, accent, 9)
    text(c, "KERIPIK", 0, -376, 66, accent, align=.5, track=1)
    text(c, "singkong", 0, -318, 54, CREAM, SCRIPT, align=.5, italic=True)
    text(c, flavour.upper(), 0, -280, 26, CREAM, align=.5, track=5)
    for x, a in ((-150, .25), (132, .18)):
        smooth(c, [(x, -430), (x + 14, -300), (x + 2, -160), (x + 12, -50)])
        line(c, GLOW, 9, a)
    if opened:
        poly(c, [(-168, -476), (-120, -500), (-60, -482), (0, -506), (70, -484), (120, -500), (168, -476)])
        fill(c, dark(base, .5))
    c.restore()


def chilli(c, ln, col=CHILI, bend=.3):
    """A chilli along x from its stalk at (0, 0)."""
    c.new_path()
    c.move_to(0, -ln * .09)
    c.curve_to(ln * .3, -ln * .16, ln * .7, -ln * .06 + bend * ln * .2, ln, bend * ln)
    c.curve_to(ln * .66, ln * .10 + bend * ln * .3, ln * .3, ln * .14, 0, ln * .09)
    c.close_path()
    volume(c, col, (0, -ln * .15, ln, ln * .3), "flat", 1.1)
    smooth(c, [(ln * .1, -ln * .05), (ln * .4, -ln * .06), (ln * .7, bend * ln * .3)])
    line(c, GLOW, ln * .03, .6)
    oval(c, 0, 0, ln * .06, ln * .1)
    fill(c, LEAF)
    smooth(c, [(0, 0), (-ln * .1, -ln * .03), (-ln * .17, -ln * .1)])
    line(c, dark(LEAF, .2), ln * .045)


HEAT = {"Santai": (1, (.87, .45, .17)), "Berani": (2, CHILI), "Nekat": (3, (.48, .07, .10))}


def sambal(c, heat="Berani"):
    """A jar of sambal with one to three chillies on its label."""
    n, col = HEAT[heat]

    def contents(q):
        q.rectangle(-160, -300, 320, 320)
        fill(q, col)
        rnd = np.random.default_rng(n)
        for _ in range(150):
            x, y, r = rnd.uniform(-150, 150), rnd.uniform(-296, 0), rnd.uniform(2, 9)
            oval(q, x, y, r, r * .7)
            fill(q, (light(col, .35), dark(col, .4), MARIGOLD, (.95, .85, .6))[int(rnd.integers(4))], .7)

    def label(q):
        q.rectangle(-160, -222, 320, 168)
        fill(q, CREAM)
        q.rectangle(-160, -222, 320, 9)
        q.rectangle(-160, -63, 320, 9)
        fill(q, col)
        text(q, "Sambal Roa", 0, -164, 50, col, SCRIPT, align=.5)
        for i in range(n):
            at(q, -22 + (i - (n - 1) / 2) * 64, -128, 1, .1)
            chilli(q, 50, col)
            q.restore()
        text(q, heat.upper(), 0, -76, 28, INK, align=.5, track=4)
    glass_jar(c, 145, 300, contents, INK if heat == "Nekat" else dark(col, .1), label)


def nastar(c, r=44):
    """A pineapple tart: a golden ball with a clove."""
    oval(c, 0, 0, r, r * .92)
    volume(c, (.94, .68, .24), (-r, -r, r, r), "ball", 1)
    oval(c, -r * .2, -r * .3, r * .45, r * .28)
    fill(c, GLOW, .28)
    for i in range(5):
        c.save()
        c.translate(r * .06, -r * .3)
        c.rotate(TAU * i / 5)
        oval(c, 0, -r * .11, r * .06, r * .1)
        fill(c, dark(COFFEE, .2))
        c.restore()


def nastar_jar(c, lid=(.78, .20, .18)):
    """A wide jar full of nastar."""
    def contents(q):
        q.rectangle(-200, -340, 400, 350)
        fill(q, (.70, .46, .18))
        for row in range(6):
            for i in range(7):
                at(q, -186 + i * 62 + (31 if row % 2 else 0), -28 - row * 54)
                nastar(q, 36)
                q.restore()

    def label(q):
        oval(q, 0, -160, 104, 84)
        fill(q, CREAM)
        oval(q, 0, -160, 95, 75)
        line(q, lid, 4)
        text(q, "Nastar", 0, -158, 58, lid, SCRIPT, align=.5)
        text(q, "DAPUR BU RAHAYU", 0, -128, 15, INK, align=.5, track=1)
        text(q, "500 g", 0, -106, 20, COFFEE, SERIF, False, .5, True)
    glass_jar(c, 190, 330, contents, lid, label)


def palm_sugar(c, n=2):
    """Half domes of palm sugar, one on a leaf wrapping."""
    ground(c, 0, 0, 240, 36, .5)
    for a, ln in ((-1.35, 300), (1.3, 300), (-1.12, 240), (1.1, 250)):
        at(c, 0, -8, 1, a)
        blade(c, ln, 54, mix(LEAF, (.6, .6, .25), .3))
        c.restore()
    for x, y, r, k in ((-98, -6, 116, 0), (106, -2, 112, .05), (4, -112, 108, -.02))[:max(2, n)]:
        c.new_path()
        c.move_to(x - r, y)
        c.curve_to(x - r * .98, y - r * 1.2, x + r * .98, y - r * 1.2, x + r, y)
        c.curve_to(x + r * .5, y + r * .2, x - r * .5, y + r * .2, x - r, y)
        volume(c, mix((.58, .30, .12), COFFEE, .1 + k), (x - r, y - r, x + r, y + r * .2), "round", 1)
        oval(c, x - r * .3, y - r * .62, r * .3, r * .12)
        fill(c, GLOW, .25)
        smooth(c, [(x - r * .96, y - 20), (x, y + r * .06), (x + r * .96, y - 20)])
        line(c, SAND, 9, keep=True)
        c.set_dash([6, 5])
        line(c, dark(SAND, .4), 9, .5)
        c.set_dash([])


def peanut_jar(c, k=1.0):
    """A jar of coated peanuts."""
    at(c, 0, 0, k)

    def contents(q):
        q.rectangle(-160, -340, 320, 350)
        fill(q, (.74, .50, .25))
        rnd = np.random.default_rng(2)
        for row in range(12):
            for i in range(9):
                x, y = -150 + i * 37 + (18 if row % 2 else 0), -12 - row * 28
                at(q, x, y, 1, rnd.uniform(0, 3))
                oval(q, 0, 0, 23, 16)
                volume(q, mix((.95, .80, .52), (.80, .55, .28), rnd.random()), (-23, -16, 23, 16), "ball", .9)
                q.restore()

    def label(q):
        q.rectangle(-160, -246, 320, 140)
        fill(q, TEAL)
        text(q, "KACANG", 0, -188, 58, CREAM, NARROW, align=.5, track=5)
        text(q, "telur bawang", 0, -148, 40, MARIGOLD, SCRIPT, align=.5, italic=True)
        text(q, "RENYAH", 0, -120, 17, CREAM, align=.5, track=6)
    glass_jar(c, 138, 330, contents, MARIGOLD, label)
    c.restore()


def mortar(c, turn=0.0, paste=CHILI):
    """A stone mortar with its pestle; turn moves the pestle around."""
    stone = (.36, .35, .39)
    ground(c, 0, 0, 250, 40, .6)
    lathe(c, [(-130, 262), (-90, 250), (-30, 190), (0, 150)], stone, .9, mouth=light(stone, .12), rim=.26,
          inside=dark(stone, .35))
    oval(c, 0, -122, 196, 46)
    volume(c, paste, (-196, -168, 196, -76), "flat", .8)
    rnd = np.random.default_rng(5)
    for _ in range(60):
        a, d = rnd.uniform(0, TAU) + turn * .4, math.sqrt(rnd.random())
        oval(c, 185 * d * math.cos(a), -122 + 42 * d * math.sin(a), 6, 3)
        fill(c, (MARIGOLD, (.95, .85, .6), dark(paste, .5), light(paste, .3))[int(rnd.integers(4))], .8)
    x, y = 88 * math.cos(turn), -122 + 22 * math.sin(turn)
    smooth(c, [(x, y), (x + 90 + 20 * math.cos(turn), y - 130), (x + 150 + 46 * math.cos(turn), y - 200)])
    line(c, dark(stone, .4), 64, keep=True)
    line(c, stone, 54, keep=True)
    line(c, light(stone, .3), 12, .6)


def board(c, w=520, h=34, seed=2):
    """A wooden board to stand things on; its top is at (0, 0)."""
    rrect(c, -w / 2, 0, w, h, 12)
    volume(c, WOOD, (-w / 2, 0, w / 2, h), "flat", .6, tile(wood(WOOD, seed), .7, mirror=True))
