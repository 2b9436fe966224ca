"""The drawing kit: colours, paths, light, texture, text and easing on top of Cairo. Knows nothing of products or clips."""
import math

import cairo
import numpy as np


def rgb(code):
    """'#F2A900' as three numbers from 0 to 1."""
    return tuple(int(code[i:i + 2], 16) / 255 for i in (1, 3, 5))


INK, CREAM, SAND = rgb("#17182C"), rgb("#FBF1DC"), rgb("#EAD3A4")
MARIGOLD, TEAL, INDIGO = rgb("#F2A900"), rgb("#0B6E6E"), rgb("#24396E")
TERRA, CORAL, LEAF = rgb("#C4562F"), rgb("#EE7752"), rgb("#4F8F55")
FOREST, ROSE, SKY = rgb("#1D4A3A"), rgb("#EBA9A0"), rgb("#9FD0CF")
CHILI, WOOD, COFFEE = rgb("#C42B1F"), rgb("#D8A463"), rgb("#4B2A1B")
LAGOON, DUSK, PLUM = rgb("#2AA5A0"), rgb("#F4A26B"), rgb("#5A2E57")
SUN = rgb("#FFD47A")
SHADE, GLOW = rgb("#231a3a"), rgb("#FFF6DF")   # what shadow leans to (violet ink) and what light leans to (warm cream)
TAU = 2 * math.pi

DISPLAY, SERIF, SCRIPT, NARROW = "League Spartan", "EB Garamond", "Lobster Two", "Yanone Kaffeesatz"


# ------------------------------------------------------------------------------------------------ colour and time
def mix(a, b, t):
    """Colour between a (t = 0) and b (t = 1)."""
    return tuple(x + (y - x) * t for x, y in zip(a, b))


def dark(col, k):
    """col in shadow, k from 0 to 1."""
    return mix(col, tuple(s * x * 0.55 + s * 0.45 for s, x in zip(SHADE, col)), k)


def light(col, k):
    """col in light, k from 0 to 1."""
    return mix(col, GLOW, k)


def clamp(x, lo=0.0, hi=1.0):
    return lo if x < lo else hi if x > hi else x


def ramp(t, a, b):
    """0 before a, 1 after b, straight between."""
    return clamp((t - a) / (b - a))


def ease(t, a=0.0, b=1.0):
    """0 before a, 1 after b, smooth at both ends (quintic)."""
    x = ramp(t, a, b)
    return x * x * x * (x * (6 * x - 15) + 10)


def out(t, a=0.0, b=1.0):
    """0 before a, 1 after b, quick at first and slow to settle."""
    return 1 - (1 - ramp(t, a, b)) ** 3.2


def spring(t, a=0.0, b=1.0):
    """Like out, with one soft overshoot."""
    x = ramp(t, a, b)
    return 1 - math.exp(-6.2 * x) * math.cos(7.6 * x) * (1 - x) if x > 0 else 0.0


def wave(t, period, phase=0.0):
    """A sine of the given period in seconds; phase in turns."""
    return math.sin(TAU * (t / period + phase))


# ------------------------------------------------------------------------------------------------ surfaces
def canvas(w, h):
    """A transparent surface and its context."""
    s = cairo.ImageSurface(cairo.FORMAT_ARGB32, int(w), int(h))
    return s, cairo.Context(s)


def pixels(surface):
    """The surface's bytes as a height x width x 4 array (blue, green, red, alpha), shared, not copied."""
    surface.flush()
    h, stride = surface.get_height(), surface.get_stride()
    return np.ndarray((h, stride // 4, 4), np.uint8, surface.get_data())[:, :surface.get_width()]


def surface_of(array):
    """A surface from a height x width x 3 (red, green, blue) or x 4 (and alpha) array of numbers from 0 to 1."""
    h, w, n = array.shape
    s = cairo.ImageSurface(cairo.FORMAT_ARGB32, w, h)
    p = pixels(s)
    a = array[..., 3:4] if n == 4 else np.ones((h, w, 1))
    p[..., :3] = np.clip(array[..., 2::-1] * a * 255 + 0.5, 0, 255)
    p[..., 3:] = np.clip(a * 255 + 0.5, 0, 255)
    s.mark_dirty()
    return s


def blur(surface, radius):
    """Softens a surface in place: three box blurs, near enough to a Gaussian."""
    p = pixels(surface)
    a = p.astype(np.float32)
    r = max(1, int(radius))
    for _ in range(3):
        for axis in (0, 1):
            pad = [(0, 0)] * 3
            pad[axis] = (r + 1, r)
            s = np.cumsum(np.pad(a, pad, mode="edge"), axis=axis, dtype=np.float64)
            n = a.shape[axis]
            lo, hi = [slice(None)] * 3, [slice(None)] * 3
            lo[axis], hi[axis] = slice(0, n), slice(2 * r + 1, 2 * r + 1 + n)
            a = ((s[tuple(hi)] - s[tuple(lo)]) / (2 * r + 1)).astype(np.float32)
    p[...] = np.clip(a + 0.5, 0, 255)
    surface.mark_dirty()
    return surface


def noise(w, h, cell, seed, octaves=3, stretch=1.0):
    """Smooth noise from 0 to 1; cell is the size of the largest feature, stretch makes it longer along x."""
    rnd = np.random.default_rng(seed)
    total, size = np.zeros((h, w)), 0.0
    for i in range(octaves):
        cy, cx = max(2.0, cell / 2 ** i), max(2.0, cell * stretch / 2 ** i)
        gy, gx = int(h / cy) + 3, int(w / cx) + 3
        grid = rnd.random((gy, gx))
        y, x = np.arange(h) / cy, np.arange(w) / cx
        iy, ix = y.astype(int), x.astype(int)
        fy, fx = y - iy, x - ix
        fy, fx = (fy * fy * (3 - 2 * fy))[:, None], (fx * fx * (3 - 2 * fx))[None]
        top = grid[iy][:, ix] * (1 - fx) + grid[iy][:, ix + 1] * fx
        low = grid[iy + 1][:, ix] * (1 - fx) + grid[iy + 1][:, ix + 1] * fx
        total += (top * (1 - fy) + low * fy) / 2 ** i
        size += 1 / 2 ** i
    return total / size


def paper(surface, seed=1, strength=1.0):
    """Gouache on paper: slow mottling and a fine tooth over the whole surface, for stills."""
    p = pixels(surface)
    h, w = p.shape[:2]
    field = (noise(w, h, 160, seed, 4) - 0.5) * 17 + (noise(w, h, 5, seed + 1, 2) - 0.5) * 9
    p[..., :3] = np.clip(p[..., :3] + (field * strength)[..., None], 0, 255)
    surface.mark_dirty()


def paint(c, surface, x=0, y=0, alpha=1.0):
    """Puts a surface at x, y."""
    c.set_source_surface(surface, x, y)
    c.paint_with_alpha(alpha)


def tile(surface, scale=1.0, turn=0.0, x=0.0, y=0.0, mirror=False):
    """A repeating pattern of the surface, to be filled with; mirror hides the seams of what does not tile."""
    p = cairo.SurfacePattern(surface)
    p.set_extend(cairo.EXTEND_REFLECT if mirror else cairo.EXTEND_REPEAT)
    p.set_filter(cairo.FILTER_GOOD)
    m = cairo.Matrix()
    m.rotate(-turn)
    m.scale(1 / scale, 1 / scale)
    m.translate(-x, -y)
    p.set_matrix(m)
    return p


# ------------------------------------------------------------------------------------------------ paths
def rrect(c, x, y, w, h, r):
    """A rectangle with round corners, as a new path."""
    r = min(r, w / 2, h / 2)
    c.new_path()
    for cx, cy, a in ((x + w - r, y + r, -0.25), (x + w - r, y + h - r, 0), (x + r, y + h - r, 0.25), (x + r, y + r, 0.5)):
        c.arc(cx, cy, r, a * TAU, (a + 0.25) * TAU)
    c.close_path()


def oval(c, x, y, rx, ry, a=0.0, b=TAU):
    """An ellipse (on its own) or a part of one (joined to the path so far)."""
    if b - a >= TAU:
        c.new_sub_path()
    c.save()
    c.translate(x, y)
    c.scale(max(rx, 1e-3), max(ry, 1e-3))
    c.arc(0, 0, 1, a, b)
    c.restore()


def poly(c, points):
    """Straight lines through the points, closed, as a new path."""
    c.new_path()
    for p in points:
        c.line_to(*p)
    c.close_path()


def smooth(c, pts, closed=False, start=True):
    """A soft curve through the points (Catmull-Rom), as a new path; start=False goes on from where the path is."""
    n = len(pts)
    if start:
        c.new_path()
        c.move_to(*pts[0])
    get = (lambda i: pts[i % n]) if closed else (lambda i: pts[min(max(i, 0), n - 1)])
    for i in range(n if closed else n - 1):
        (ax, ay), (bx, by), (dx, dy), (ex, ey) = get(i - 1), get(i), get(i + 1), get(i + 2)
        c.curve_to(bx + (dx - ax) / 6, by + (dy - ay) / 6, dx - (ex - bx) / 6, dy - (ey - by) / 6, dx, dy)
    if closed:
        c.close_path()


def along(pts, n):
    """n + 1 places on the same soft curve as smooth: (x, y, direction)."""
    out_ = []
    for j in range(n + 1):
        u = j / n * (len(pts) - 1)
        i = min(int(u), len(pts) - 2)
        p, q, r, s = (np.array(pts[min(max(k, 0), len(pts) - 1)], float) for k in (i - 1, i, i + 1, i + 2))
        f = u - i
        xy = .5 * (2 * q + (r - p) * f + (2 * p - 5 * q + 4 * r - s) * f ** 2 + (3 * q - p - 3 * r + s) * f ** 3)
        d = .5 * ((r - p) + 2 * (2 * p - 5 * q + 4 * r - s) * f + 3 * (3 * q - p - 3 * r + s) * f ** 2)
        out_.append((xy[0], xy[1], math.atan2(d[1], d[0])))
    return out_


def fill(c, col, a=1.0, keep=False):
    """Fills the path with a colour."""
    c.set_source_rgba(*col[:3], a)
    (c.fill_preserve if keep else c.fill)()


def line(c, col, width, a=1.0, keep=False):
    """Strokes the path with round ends."""
    c.set_line_cap(cairo.LINE_CAP_ROUND)
    c.set_line_join(cairo.LINE_JOIN_ROUND)
    c.set_line_width(width)
    c.set_source_rgba(*col[:3], a)
    (c.stroke_preserve if keep else c.stroke)()


def lin(x0, y0, x1, y1, *stops):
    """A straight gradient; stops are (place, colour) or (place, colour, alpha)."""
    g = cairo.LinearGradient(x0, y0, x1, y1)
    for s in stops:
        g.add_color_stop_rgba(s[0], *s[1][:3], s[2] if len(s) > 2 else 1)
    return g


def rad(x, y, r, *stops, dx=0, dy=0):
    """A round gradient whose bright point is moved by dx, dy."""
    g = cairo.RadialGradient(x + dx, y + dy, 0, x, y, r)
    for s in stops:
        g.add_color_stop_rgba(s[0], *s[1][:3], s[2] if len(s) > 2 else 1)
    return g


def wash(c, source):
    """Paints everything (within the clip) with a gradient or pattern."""
    c.set_source(source)
    c.paint()


# ------------------------------------------------------------------------------------------------ light
def volume(c, base, box, kind="round", k=1.0, source=None):
    """Fills the path as a body under light from the upper left and consumes it; box is (x0, y0, x1, y1).

    round: a turned body; ball: a sphere; flat: a sheet that catches a little light; source replaces the plain colour."""
    x0, y0, x1, y1 = box
    if source is None:
        c.set_source_rgb(*base)
    else:
        c.set_source(source)
    c.fill_preserve()
    c.save()
    c.clip()
    if kind == "round":
        wash(c, lin(x0, 0, x1, 0, (0, GLOW, .10 * k), (.10, GLOW, .16 * k), (.27, GLOW, .40 * k), (.40, GLOW, .10 * k),
                    (.50, SHADE, 0),
                    (.72, SHADE, .26 * k), (.92, SHADE, .52 * k), (1, SHADE, .36 * k)))
        wash(c, lin(0, y0, 0, y1, (0, GLOW, .08 * k), (.5, SHADE, 0), (1, SHADE, .22 * k)))
    elif kind == "ball":
        r = max(x1 - x0, y1 - y0) / 2
        wash(c, rad((x0 + x1) / 2, (y0 + y1) / 2, r, (0, GLOW, .55 * k), (.32, GLOW, .10 * k), (.58, SHADE, .08 * k),
                    (.88, SHADE, .48 * k), (1, SHADE, .34 * k), dx=-r * .42, dy=-r * .45))
    else:
        wash(c, lin(x0, y0, x1, y1, (0, GLOW, .24 * k), (.42, GLOW, 0), (.55, SHADE, 0), (1, SHADE, .34 * k)))
    c.restore()
    c.new_path()


def ground(c, x, y, rx, ry=None, a=0.5, lean=0.35):
    """The shadow a thing throws on the ground: a dark touch under it and a soft long one to the lower right."""
    rx = max(rx, .5)
    ry = ry or rx * .2
    c.save()
    c.translate(x + rx * lean, y + ry * .25)
    c.scale(rx * 1.5, ry * 1.45)
    wash_circle(c, (0, SHADE, a * .72), (.45, SHADE, a * .42), (.8, SHADE, a * .08), (1, SHADE, 0))
    c.restore()
    c.save()
    c.translate(x + rx * .05, y + ry * .05)
    c.scale(rx * 1.05, ry * .7)
    wash_circle(c, (0, SHADE, a), (.72, SHADE, a * .75), (1, SHADE, 0))
    c.restore()


def wash_circle(c, *stops):
    """A unit circle filled with a round gradient."""
    c.new_path()
    c.arc(0, 0, 1, 0, TAU)
    c.set_source(rad(0, 0, 1, *stops))
    c.fill()


def glow(c, x, y, r, col, a=1.0):
    """A soft light around a point."""
    c.save()
    c.translate(x, y)
    c.scale(r, r)
    wash_circle(c, (0, col, a), (.35, col, a * .5), (.7, col, a * .12), (1, col, 0))
    c.restore()


def at(c, x, y, scale=1.0, turn=0.0, flip=False):
    """Saves the context and moves its origin; the caller restores."""
    c.save()
    c.translate(x, y)
    c.rotate(turn)
    c.scale(-scale if flip else scale, scale)


# ------------------------------------------------------------------------------------------------ turned bodies
def lathe_path(c, profile):
    """The outline of a turned body from (y, radius) points, top to bottom, with a rounded foot."""
    right = [(r, y) for y, r in profile]
    left = [(-r, y) for y, r in reversed(profile)]
    c.new_path()
    c.move_to(*left[-1])
    c.line_to(*right[0])
    smooth(c, right, start=False)
    (fx, fy) = right[-1]
    c.curve_to(fx * .6, fy + fx * .13, -fx * .6, fy + fx * .13, -fx, fy)
    smooth(c, left, start=False)
    c.close_path()


def lathe(c, profile, base, k=1.0, source=None, mouth=None, rim=0.17, inside=None, decor=None):
    """A turned body: profile of (y, radius); mouth draws its opening in that colour; decor(c) paints on it before the light."""
    ys, rs = [p[0] for p in profile], max(p[1] for p in profile)
    lathe_path(c, profile)
    if decor:
        c.save()
        if source is None:
            c.set_source_rgb(*base)
        else:
            c.set_source(source)
        c.fill_preserve()
        c.clip()
        decor(c)
        c.restore()
        lathe_path(c, profile)
        source = cairo.SolidPattern(0, 0, 0, 0)
    volume(c, base, (-rs, ys[0], rs, ys[-1]), "round", k, source)
    if mouth:
        y, r = profile[0]
        oval(c, 0, y, r, r * rim)
        volume(c, mouth, (-r, y - r * rim, r, y + r * rim), "round", k * .8)
        oval(c, 0, y + r * rim * .1, r * .9, r * rim * .82)
        hole = inside or dark(mouth, .75)
        c.set_source(lin(-r, 0, r, 0, (0, dark(hole, .45)), (1, light(hole, .12))))
        c.fill()


def band(c, y, r, height, col, a=1.0, rim=0.17):
    """A ring around a turned body, seen a little from above, between y and y + height (clip to the body first)."""
    c.new_path()
    oval(c, 0, y, r, r * rim, 0, math.pi)
    c.line_to(-r, y + height)
    pts = [(-r * math.cos(math.pi * i / 12), y + height + r * rim * math.sin(math.pi * i / 12)) for i in range(13)]
    for p in pts:
        c.line_to(*p)
    c.close_path()
    fill(c, col, a)


# ------------------------------------------------------------------------------------------------ text
def text(c, s, x, y, size, col=CREAM, font=DISPLAY, bold=True, align=0.0, italic=False, a=1.0, track=0.0):
    """One line of text with its baseline at y; align 0 left, 0.5 middle, 1 right. Answers its width."""
    c.select_font_face(font, cairo.FONT_SLANT_ITALIC if italic else cairo.FONT_SLANT_NORMAL,
                       cairo.FONT_WEIGHT_BOLD if bold else cairo.FONT_WEIGHT_NORMAL)
    c.set_font_size(size)
    w = c.text_extents(s).x_advance + track * max(0, len(s) - 1)
    c.set_source_rgba(*col[:3], a)
    px = x - w * align
    c.new_path()
    if not track:
        c.move_to(px, y)
        c.show_text(s)
        return w
    for ch in s:
        c.move_to(px, y)
        c.show_text(ch)
        px += c.text_extents(ch).x_advance + track
    return w


def rising(c, s, x, y, size, t, start, col=CREAM, font=DISPLAY, stagger=0.035, rise=0.6, end=None, **more):
    """Letters that rise into place one after another behind a hidden edge; they leave upwards at end."""
    align = more.pop("align", 0.0)
    w = text(c, s, 0, -9999, size, col, font, **more)
    px = x - w * align
    c.save()
    c.rectangle(px - size, y - size * 1.02, w + 2 * size, size * 1.34)
    c.clip()
    for i, ch in enumerate(s):
        up = out(t, start + i * stagger, start + i * stagger + rise)
        gone = ease(t, end + i * stagger * .5, end + i * stagger * .5 + .4) if end else 0
        cw = text(c, ch, px, y + size * 1.2 * (1 - up) - size * 1.3 * gone, size, col, font, **more)
        px += cw + more.get("track", 0)
    c.restore()
