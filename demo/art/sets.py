"""The shops' sets: walls, floors, arches, plinths, window light and leaf shadows, each shop in its own colours."""
import functools
import math

from kit import (CHILI, CORAL, CREAM, DUSK, GLOW, INDIGO, LAGOON, MARIGOLD, PLUM, ROSE, SAND, SHADE, SKY, SUN, at, blur,
                 canvas, dark, fill, ground, lathe, light, lin, line, mix, oval, paint, rad, rgb, smooth, wash)

# wall, floor, accent, deep: each shop is known by these four
LOOK = {
    "batik": (CREAM, SAND, (.62, .72, .80), INDIGO),
    "tanah": (rgb("#F3D9BE"), rgb("#E2B48C"), CREAM, rgb("#8E3B24")),
    "kopi": (rgb("#F6E2B3"), rgb("#D9AE6B"), MARIGOLD, rgb("#143C45")),
    "langkah": (rgb("#FBD9C3"), rgb("#F2C49B"), CORAL, rgb("#0D5B63")),
    "anyam": (rgb("#EFE6CC"), rgb("#D2BE93"), rgb("#A9B98A"), rgb("#39492F")),
    "kebun": (rgb("#F5DDD6"), rgb("#E6C3B5"), ROSE, rgb("#23503F")),
    "dapur": (rgb("#FFE3A3"), rgb("#F3BE5A"), CHILI, rgb("#7A1717")),
    "kayu": (rgb("#D9EEEA"), rgb("#F1D9B0"), SKY, rgb("#27567A")),
    "ombak": (rgb("#CDEBE6"), rgb("#F0DDB2"), LAGOON, rgb("#0E4F66")),
    "uji": (rgb("#E7E4EA"), rgb("#CFCAD6"), MARIGOLD, rgb("#2B2C47")),
}


@functools.lru_cache(maxsize=None)
def leaf_shadow(w, h, seed=1, radius=3):
    """Palm leaves as a soft shadow, to be laid over a wall; drawn at half size with a margin, so that it can sway."""
    m = 80
    s, c = canvas((w + 2 * m) // 2, (h + 2 * m) // 2)
    c.scale(.5, .5)
    c.translate(m, m)
    turn = .10 * math.sin(seed * 3)
    for x, y, a, k in ((w * 1.04, -h * .06, 2.40 + turn, 1.0), (w * .72, -h * .09, 1.95 - turn, .80),
                       (w * 1.08, h * .22, 2.78 + turn, .82)):
        at(c, x, y, k * w / 820, a)
        for side in (-1, 1):
            for j in range(17):
                u = 40 + j * 38
                bx, by = u, 34 * math.sin(u / 230)
                ln = 245 * math.sin(math.pi * (j + 3) / 21)
                c.new_path()
                c.move_to(bx - 4, by)
                c.curve_to(bx + ln * .16, by + side * ln * .40, bx + ln * .40, by + side * ln * .74, bx + ln * .66,
                           by + side * ln)
                c.curve_to(bx + ln * .46 + 17, by + side * ln * .66, bx + ln * .20 + 20, by + side * ln * .34, bx + 7, by)
                fill(c, SHADE, .8)
        smooth(c, [(0, 0), (260, 30), (600, 18)])
        line(c, SHADE, 9, .8)
        c.restore()
    return blur(s, radius)


def leaves(c, w, h, a=.32, seed=1, dx=0.0, dy=0.0, radius=3):
    """Lays the leaf shadow over a w x h picture."""
    c.save()
    c.scale(2, 2)
    paint(c, leaf_shadow(w, h, seed, radius), (dx - 80) / 2, (dy - 80) / 2, a * .62)
    c.restore()


def window_light(c, w, h, a=.34, lean=.38):
    """Slanting panes of sun on a wall."""
    for i in range(2):
        for j in range(3):
            x, y = w * (.12 + .25 * i), h * (.06 + .2 * j)
            c.new_path()
            for px, py in ((x, y), (x + w * .22, y), (x + w * .22, y + h * .17), (x, y + h * .17)):
                c.line_to(px + (py - h * .1) * lean, py)
            c.close_path()
            fill(c, GLOW, a * (1 - .18 * j))


def room(c, shop, w=900, h=900, floor=.70, shape="arch"):
    """A wall and a floor with one large shape behind the thing: arch, sun, window or none."""
    wall, ground_col, accent, deep = LOOK[shop]
    wash(c, lin(0, 0, w * .2, h * floor, (0, light(wall, .35)), (1, dark(wall, .10))))
    if shape == "arch":
        r, cx = w * .33, w * .5
        c.new_path()
        c.arc(cx, h * .42, r, math.pi, 0)
        c.line_to(cx + r, h * floor)
        c.line_to(cx - r, h * floor)
        c.close_path()
        c.save()
        c.clip_preserve()
        c.set_source(lin(cx - r, 0, cx + r, 0, (0, dark(accent, .28)), (.16, dark(accent, .08)), (1, light(accent, .16))))
        c.fill()
        c.restore()
        c.new_path()
        c.arc(cx, h * .42, r - 2, math.pi * .98, math.pi * 1.5)
        line(c, SHADE, 5, .14)
    elif shape == "sun":
        oval(c, w * .5, h * .40, w * .33, w * .33)
        c.set_source(lin(0, h * .08, 0, h * .72, (0, light(accent, .22)), (1, dark(accent, .05))))
        c.fill()
    elif shape == "window":
        window_light(c, w, h, .5)
    c.rectangle(0, h * floor, w, h)
    c.set_source(lin(0, h * floor, 0, h, (0, dark(ground_col, .14)), (.12, ground_col), (1, light(ground_col, .28))))
    c.fill()
    wash(c, lin(0, h * (floor - .05), 0, h * floor, (0, SHADE, 0), (1, SHADE, .10)))
    return deep


def deep_room(c, shop, w=900, h=900, floor=.74):
    """The same room at night, or in the shop's deep colour with a spot of light."""
    wall, ground_col, accent, deep = LOOK[shop]
    wash(c, rad(w * .42, h * .40, w * .85, (0, light(deep, .24)), (.5, deep), (1, dark(deep, .42))))
    c.rectangle(0, h * floor, w, h)
    c.set_source(lin(0, h * floor, 0, h, (0, dark(deep, .30)), (1, light(deep, .12))))
    c.fill()
    return accent


def table(c, shop, w=900, h=900):
    """A table seen from above, for flat things."""
    wall, ground_col, accent, deep = LOOK[shop]
    wash(c, lin(0, 0, w, h, (0, light(ground_col, .42)), (.6, ground_col), (1, dark(ground_col, .14))))
    c.new_path()
    smooth(c, [(-50, h * .62), (w * .22, h * .56), (w * .46, h * .72), (w * .74, h * .66), (w + 60, h * .84),
               (w + 60, h + 60), (-60, h + 60)],
           True)
    fill(c, mix(accent, ground_col, .25), .8)
    window_light(c, w, h, .30)


def plinth(c, x, y, r, h, col):
    """A low round plinth whose top is at y."""
    at(c, x, y)
    ground(c, 0, h, r * 1.05, r * .22, .4)
    lathe(c, [(0, r), (h, r)], col, .7)
    oval(c, 0, 0, r, r * .17)
    c.set_source(lin(-r, 0, r, 0, (0, light(col, .4)), (1, light(col, .12))))
    c.fill()
    c.restore()


def sky_dusk(c, w, h, top=PLUM, mid=DUSK, low=SUN, horizon=.6):
    """An evening sky down to the horizon."""
    c.rectangle(0, 0, w, h)
    c.set_source(lin(0, 0, 0, h * horizon, (0, top), (.5, mix(top, mid, .65)), (.8, mid), (1, low)))
    c.fill()


def soft_vignette(c, w, h, a=.25):
    """Corners a little darker."""
    wash(c, rad(w * .46, h * .42, max(w, h) * .78, (0, SHADE, 0), (.6, SHADE, 0), (1, SHADE, a)))


