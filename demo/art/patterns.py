"""Cloth motifs, weaves, wood and glazes as repeating tiles or whole sheets, made by rule. Knows only the kit."""
import functools
import math

import cairo
import numpy as np

from kit import (GLOW, SHADE, TAU, at, canvas, dark, fill, light, line, mix, noise, oval, pixels, poly, rrect, smooth,
                 surface_of, tile)


def ground_of(c, n, col):
    c.set_source_rgb(*col)
    c.rectangle(0, 0, n, n)
    c.fill()


# ------------------------------------------------------------------------------------------------ batik
@functools.lru_cache(maxsize=None)
def kawung(base, seed, line_col, n=240):
    """Four palm seeds around a point, in rings; seed is the petals' colour."""
    s, c = canvas(n, n)
    ground_of(c, n, base)
    for cx in (0, n / 2, n):
        for cy in (0, n / 2, n):
            if (round(cx / (n / 2)) + round(cy / (n / 2))) % 2:
                continue
            for i in range(4):
                at(c, cx, cy, n / 240, TAU * (i / 4 + 0.125))
                petal(c, 44, 40, 27)
                fill(c, seed)
                petal(c, 44, 33, 20)
                line(c, line_col, 2.6)
                petal(c, 44, 22, 11)
                fill(c, mix(seed, line_col, .25))
                for x in (34, 44, 54):
                    oval(c, x, 0, 2.6, 2.6)
                    fill(c, line_col)
                c.restore()
            oval(c, cx, cy, n * .022, n * .022)
            fill(c, line_col)
    for cx, cy in ((n / 2, 0), (0, n / 2), (n, n / 2), (n / 2, n)):
        at(c, cx, cy, n / 240)
        star(c, 8, 11, 4)
        fill(c, line_col)
        c.restore()
    return s


def petal(c, x, rx, ry):
    """A pointed-round seed lying along x."""
    c.new_path()
    c.move_to(x - rx, 0)
    c.curve_to(x - rx * .6, -ry * 1.3, x + rx * .7, -ry * 1.3, x + rx, 0)
    c.curve_to(x + rx * .7, ry * 1.3, x - rx * .6, ry * 1.3, x - rx, 0)
    c.close_path()


def star(c, arms, outer, inner):
    poly(c, [((outer if i % 2 == 0 else inner) * math.cos(TAU * i / arms / 2), (outer if i % 2 == 0 else inner) *
             math.sin(TAU * i / arms / 2)) for i in range(arms * 2)])


@functools.lru_cache(maxsize=None)
def parang(base, blade, line_col, n=200):
    """Slanting unbroken blades; the tile is meant to be turned by an eighth."""
    s, c = canvas(n, n)
    ground_of(c, n, base)
    for ox in (-n / 2, 0, n / 2, n):
        at(c, ox, 0, n / 200)
        c.new_path()
        c.move_to(14, 20)
        c.curve_to(60, 6, 104, 34, 88, 82)
        c.curve_to(80, 108, 52, 112, 56, 140)
        c.curve_to(58, 156, 74, 162, 86, 158)
        c.curve_to(70, 178, 34, 174, 28, 142)
        c.curve_to(22, 104, 62, 92, 58, 62)
        c.curve_to(55, 42, 36, 34, 14, 20)
        fill(c, blade, keep=True)
        line(c, line_col, 3)
        c.new_path()
        c.move_to(60, 38)
        c.curve_to(82, 62, 66, 88, 50, 104)
        c.curve_to(38, 120, 40, 140, 52, 152)
        line(c, line_col, 3.4)
        for x, y, r in ((27, 62, 8), (96, 122, 8), (22, 92, 4.5), (101, 96, 4.5)):
            oval(c, x, y, r, r)
            fill(c, mix(blade, base, .25))
            oval(c, x, y, r * .4, r * .4)
            fill(c, line_col)
        c.restore()
    for y in (4, n - 12):
        c.rectangle(0, y, n, 3)
        fill(c, blade)
    for i in range(5):
        at(c, n * (i + .5) / 5, n - 1, n / 200)
        poly(c, [(-9, 0), (0, -5), (9, 0), (0, 5)])
        fill(c, blade)
        c.restore()
        at(c, n * (i + .5) / 5, -1, n / 200)
        poly(c, [(-9, 0), (0, -5), (9, 0), (0, 5)])
        fill(c, blade)
        c.restore()
    return s


CLOUD = ((0, 0, 46), (54, -22, 40), (104, -6, 36), (146, 8, 24), (-48, 10, 32), (-88, 18, 20), (30, 22, 34), (82, 24, 30))


def cloud(c, grow):
    """The outline of one cloud, larger by grow; wide tails make it drift."""
    for x, y, r in CLOUD:
        c.new_sub_path()
        oval(c, x, y, r + grow, r * .86 + grow)
    c.new_sub_path()
    oval(c, 10, 34, 170 + grow * 1.2, 12 + grow * .8)


@functools.lru_cache(maxsize=None)
def mega(sky, deep, pale, n=480, bands=6):
    """Mega mendung: clouds in bands from deep to pale."""
    s, c = canvas(n, n)
    ground_of(c, n, sky)
    places = [(110, 90, 1.0, 0), (360, 175, .82, 1), (120, 310, .9, 1), (350, 410, 1.04, 0)]
    for x, y, k, flip in places:
        for dx in (-n, 0, n):
            for dy in (-n, 0, n):
                at(c, x * n / 480 + dx, y * n / 480 + dy, k * n / 480, 0, bool(flip))
                for i in range(bands):
                    cloud(c, 26 - i * 9.5)
                    fill(c, mix(deep, pale, i / (bands - 1)))
                for px, py in ((50, -12), (-8, 8), (100, 4)):
                    spiral(c, px, py, 15, 1.6)
                    line(c, deep, 3.2)
                c.restore()
    return s


def spiral(c, x, y, r, turns):
    smooth(c, [(x + r * (1 - i / 26) * math.cos(TAU * turns * i / 26), y + r * (1 - i / 26) * math.sin(TAU * turns * i / 26))
               for i in range(26)])


@functools.lru_cache(maxsize=None)
def truntum(base, flower, n=120):
    """Small stars on a quiet sky."""
    s, c = canvas(n, n)
    ground_of(c, n, base)
    for cx, cy, k in ((0, 0, 1), (n, 0, 1), (0, n, 1), (n, n, 1), (n / 2, n / 2, 1), (n / 2, 0, .34), (0, n / 2, .34),
                      (n, n / 2, .34),
                      (n / 2, n, .34)):
        at(c, cx, cy, k * n / 120)
        for i in range(8):
            c.save()
            c.rotate(TAU * i / 8)
            petal(c, 17, 10 if i % 2 else 13, 4.2)
            fill(c, flower)
            c.restore()
        oval(c, 0, 0, 4.5, 4.5)
        fill(c, flower)
        c.restore()
    return s


@functools.lru_cache(maxsize=None)
def ikat(cols, w=480, h=480, seed=3):
    """Woven diamonds whose edges tremble thread by thread; cols are (ground, first, second, bright)."""
    rnd = np.random.default_rng(seed)
    y, x = np.mgrid[0:h, 0:w].astype(float)
    jit = np.repeat(rnd.normal(0, 1, w // 3 + 1), 3)[:w]
    yy = (y + jit * 7) % h
    u, v = (x % 160) / 160 - .5, (yy % 240) / 240 - .5
    d = abs(u) * 1.15 + abs(v) * 1.0
    img = np.empty((h, w, 3))
    img[:] = cols[0]
    for lo, hi, i in ((.44, .52, 1), (.32, .40, 2), (.16, .30, 1), (.08, .16, 3), (0, .05, 2)):
        img[(d >= lo) & (d < hi)] = cols[i]
    edge = (d > .57) & (np.abs(np.sin(yy / h * TAU * 12)) > .75)
    img[edge] = cols[3]
    img *= (.94 + .06 * np.sin(x * TAU / 3))[..., None]
    return surface_of(img)


# ------------------------------------------------------------------------------------------------ weaves and wood
@functools.lru_cache(maxsize=None)
def weave(a, b, n=96, gap=None):
    """Over and under strips of two colours, each with its own light."""
    s, c = canvas(n, n)
    ground_of(c, n, gap or dark(mix(a, b, .5), .75))
    m = n / 4
    for i in range(4):
        for j in range(4):
            over = (i + j) % 2 == 0
            x, y = i * m, j * m
            col = a if over else b
            g = cairo.LinearGradient(*((x, 0, x + m, 0) if over else (0, y, 0, y + m)))
            for p, k in ((0, dark(col, .30)), (.3, light(col, .22)), (.7, col), (1, dark(col, .34))):
                g.add_color_stop_rgb(p, *k)
            c.set_source(g)
            rrect(c, *((x + m * .07, y - m * .16, m * .86, m * 1.32) if over else (x - m * .16, y + m * .07, m * 1.32,
                                                                                   m * .86)), m * .16)
            c.fill()
    for i in range(4):                                   # the ends that go under are in shadow
        for j in range(4):
            x, y = i * m, j * m
            if (i + j) % 2 == 0:
                c.rectangle(x, y - m * .02, m, m * .10)
                c.rectangle(x, y + m * .92, m, m * .10)
            else:
                c.rectangle(x - m * .02, y, m * .10, m)
                c.rectangle(x + m * .92, y, m * .10, m)
    fill(c, SHADE, .28)
    return s


@functools.lru_cache(maxsize=None)
def herringbone(a, b, n=128):
    """Bamboo in a twill: strips that step by one."""
    s, c = canvas(n, n)
    ground_of(c, n, dark(a, .45))
    m = n / 8
    for i in range(-1, 9):
        for j in range(-1, 9):
            if (i + j) % 4 == 0:
                for vertical in (0, 1):
                    x, y = (i * m, j * m) if not vertical else ((i + 2) * m, j * m)
                    col = b if vertical else a
                    c.set_source_rgb(*light(col, .10))
                    rrect(c, *((x, y + m * .06, m * 2, m * .88) if not vertical else (x + m * .06, y - m, m * .88, m * 2)),
                          m * .1)
                    c.fill()
                    rrect(c, *((x, y + m * .55, m * 2, m * .36) if not vertical else (x + m * .58, y - m, m * .36, m * 2)),
                          m * .1)
                    fill(c, SHADE, .18)
    return s


@functools.lru_cache(maxsize=None)
def hexweave(strip, n=120):
    """Open hexagonal weave on nothing: for covers and lamps."""
    w, h = n, int(round(n * math.sqrt(3)))
    s, c = canvas(w, h)
    for turn in (0, 1, 2):
        for k in range(-4, 5):
            at(c, w / 2, h / 2, 1, turn * TAU / 6)
            for off in (-.13, .13):
                y = (k * math.sqrt(3) / 2 + off) * n / 2 + n * .216
                c.move_to(-3 * n, y)
                c.line_to(3 * n, y)
            line(c, dark(strip, .35), n * .075, keep=True)
            line(c, light(strip, .12 - .12 * turn), n * .05)
            c.restore()
    return s


@functools.lru_cache(maxsize=None)
def wood(base, seed=1, w=512, h=512, rings=9):
    """Long grain along x, with the slow rings of a plank."""
    n = noise(w, h, 150, seed, 3, 5.0)
    fine = noise(w, h, 7, seed + 5, 2, 26.0)
    r = np.sin((n * rings + np.linspace(0, 2.2, h)[:, None]) * TAU)
    v = .5 + .5 * r
    img = np.empty((h, w, 3))
    lo, hi = np.array(dark(base, .34)), np.array(light(base, .24))
    img[:] = lo + (hi - lo) * (.35 + .5 * v * .6 + .35 * (fine - .5))[..., None]
    return surface_of(img)


# ------------------------------------------------------------------------------------------------ cloth in the wind
def cloth_sheet(tile_surface, w, h, scale, turn, border=None):
    """A flat sheet of patterned cloth as an array (for waving), with an optional border (colour, line colour)."""
    s, c = canvas(w, h)
    c.set_source(tile(tile_surface, scale, turn))
    c.paint()
    if border:
        b = h * .07
        for y in (0, h - b):
            c.rectangle(0, y, w, b)
            fill(c, border[0])
            n = int(w / (b * .8))
            for i in range(n + 1):
                x = i * w / n
                tip = y + b * .9 if y == 0 else y + b * .1
                flat = y + b * .12 if y == 0 else y + b * .88
                poly(c, [(x, flat), (x + w / n / 2, tip), (x + w / n, flat)])
                fill(c, border[1])
    return pixels(s)[..., :3].astype(np.float32)


def waving(sheet, w, h, u, v, shade):
    """The sheet bent: u, v say for each of w x h pixels which point of the sheet is seen there (outside it is nothing);
    shade is a field about 0 that lights and darkens; answers a surface with soft edges."""
    sh, sw = sheet.shape[:2]
    x0, y0 = np.clip(u, 0, sw - 2).astype(np.int32), np.clip(v, 0, sh - 2).astype(np.int32)
    fx = np.clip(u - x0, 0, 1)[..., None].astype(np.float32)
    fy = np.clip(v - y0, 0, 1)[..., None].astype(np.float32)
    top = sheet[y0, x0] * (1 - fx) + sheet[y0, x0 + 1] * fx
    low = sheet[y0 + 1, x0] * (1 - fx) + sheet[y0 + 1, x0 + 1] * fx
    col = top * (1 - fy) + low * fy
    k = np.clip(shade, -.75, .75)[..., None].astype(np.float32)
    glow = np.array(GLOW[::-1], np.float32) * 255
    dim = np.array(SHADE[::-1], np.float32) * 255
    col += np.where(k > 0, (glow - col) * k, (col - dim) * k)
    a = np.clip(np.minimum(np.minimum(u, sw - 1 - u), np.minimum(v, sh - 1 - v)) + .5, 0, 1)[..., None]
    s = cairo.ImageSurface(cairo.FORMAT_ARGB32, w, h)
    p = pixels(s)
    p[..., :3] = np.clip(col * a, 0, 255)
    p[..., 3:] = a * 255
    s.mark_dirty()
    return s


# ------------------------------------------------------------------------------------------------ glazes on a turned body
def tide(c, r, y, top, base, low, waves=5, drip=0.5, phase=0.0):
    """A glaze that ends in a wavy tide line at y, with a bright thin edge; top covers above, low shows the clay below."""
    c.rectangle(-r * 1.2, y - 2000, r * 2.4, 4000)
    fill(c, low)
    for grow, col in ((14, light(mix(top, base, .5), .35)), (0, top)):
        c.new_path()
        c.move_to(-r * 1.2, y - 2000)
        c.line_to(-r * 1.2, y + grow)
        for i in range(41):
            u = i / 40 * 2 - 1
            d = math.sin(u * waves + phase) * 12 + math.sin(u * waves * 2.3 + 1 + phase) * 9 * drip
            c.line_to(u * r * 1.2, y + d + grow + math.sqrt(max(0, 1 - u * u)) * r * .17)
        c.line_to(r * 1.2, y - 2000)
        c.close_path()
        fill(c, col)


def speckles(c, box, col, n, seed, size=2.2, a=.5):
    """Iron specks of a fired clay."""
    rnd = np.random.default_rng(seed)
    for x, y, r in zip(rnd.uniform(box[0], box[2], n), rnd.uniform(box[1], box[3], n), rnd.uniform(.4, 1, n) * size):
        oval(c, x, y, r, r)
        fill(c, col, a)


def reef(c, x, y, r, flat, cols, seed=1):
    """A plate's reactive glaze: blooming rings from the rim inwards; cols from rim to middle."""
    rnd = np.random.default_rng(seed)
    n = len(cols) * 2
    for i in range(n):
        k = 1 - i / n
        ph = rnd.uniform(0, TAU, 4)
        pts = []
        for j in range(64):
            a = TAU * j / 64
            w = 1 + .05 * math.sin(5 * a + ph[0]) + .035 * math.sin(9 * a + ph[1]) + .02 * math.sin(17 * a + ph[2])
            pts.append((x + r * k * w * math.cos(a), y + r * k * w * math.sin(a) * flat))
        smooth(c, pts, True)
        u = i / max(1, n - 1) * (len(cols) - 1)
        a, b = cols[int(u)], cols[min(int(u) + 1, len(cols) - 1)]
        fill(c, mix(a, b, u - int(u)))


def stripes(w, h, cols, widths):
    """Lengthwise stripes as a sheet."""
    s, c = canvas(w, h)
    total, x = sum(widths), 0.0
    for col, k in zip(cols, widths):
        c.rectangle(x, 0, k / total * w + 1, h)
        fill(c, col)
        x += k / total * w
    return s


