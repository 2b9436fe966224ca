"""What the clips' scenes share: backdrops kept ready, sprites, water, rails of text, drops. Knows the kit, not the products."""
import math

from kit import (CREAM, DISPLAY, GLOW, SHADE, TAU, canvas, dark, ease, fill, glow, light, lin, line, oval, paint, rising,
                 rrect, smooth,
                 spring, text)

W, H = 720, 1280


def backdrop(draw):
    """A whole picture drawn once and painted every frame."""
    s, c = canvas(W, H)
    draw(c)
    return s


class Sprite:
    """A thing drawn once and stamped many times; ox, oy is where its own (0, 0) lies in the surface."""

    def __init__(self, w, h, ox, oy, draw, *args, scale=1.0, **more):
        self.ox, self.oy = ox * scale, oy * scale
        self.surface, c = canvas(math.ceil(w * scale), math.ceil(h * scale))
        c.scale(scale, scale)
        c.translate(ox, oy)
        draw(c, *args, **more)

    def stamp(self, c, x, y, k=1.0, turn=0.0, a=1.0, kx=1.0):
        c.save()
        c.translate(x, y)
        c.rotate(turn)
        c.scale(k * kx, k)
        paint(c, self.surface, -self.ox, -self.oy, a)
        c.restore()


def swell(c, y, amp, length, phase, col, crest=None, w=W, h=H, sharp=0.0):
    """A sheet of water whose top edge is a wave at y; crest draws a bright line on it."""
    pts = []
    for i in range(-1, 26):
        x = i * w / 24
        u = TAU * x / length + phase
        pts.append((x, y + amp * (math.sin(u) + sharp * math.sin(2 * u + 1.3) * .5 + .3 * math.sin(u * .5 + 2))))
    smooth(c, pts)
    if crest:
        line(c, crest, 7, .9, keep=True)
    c.line_to(w + 60, h + 20)
    c.line_to(-60, h + 20)
    c.close_path()
    if isinstance(col, tuple):
        c.set_source(lin(0, y - amp, 0, y + 260, (0, light(col, .14)), (1, dark(col, .18))))
    else:
        c.set_source(col)
    c.fill()


def title(c, t, start, big, small="", x=48, y=190, size=92, col=CREAM, font=DISPLAY, end=None, small_font=None,
          small_col=None, italic=False, bold=True):
    """A large word that rises in, with a quiet line under it."""
    rising(c, big, x, y, size, t, start, col, font, end=end, italic=italic, bold=bold)
    if small:
        a = ease(t, start + .45, start + 1.05) * (1 - (ease(t, end, end + .35) if end else 0))
        text(c, small, x + 4, y + size * .20 + 38 + 14 * (1 - a), 36, small_col or col, small_font or "EB Garamond", False,
             italic=True, a=a)


def drops(c, items, t, col):
    """Falling drops; items are (x, y from, y to, period, phase, size)."""
    for x, y0, y1, period, phase, r in items:
        u = (t / period + phase) % 1
        y = y0 + (y1 - y0) * u * u
        c.new_path()
        c.move_to(x, y - r * 2.2)
        c.curve_to(x + r * .3, y - r, x + r, y - r * .4, x + r, y + r * .2)
        c.arc(x, y + r * .2, r, 0, math.pi)
        c.curve_to(x - r, y - r * .4, x - r * .3, y - r, x, y - r * 2.2)
        fill(c, col)


def rays(c, x, y, r, n, turn, col, a=1.0, share=.5):
    """A sunburst."""
    for i in range(n):
        a0 = turn + TAU * i / n
        c.new_path()
        c.move_to(x, y)
        c.line_to(x + r * math.cos(a0), y + r * math.sin(a0))
        c.line_to(x + r * math.cos(a0 + TAU / n * share), y + r * math.sin(a0 + TAU / n * share))
        c.close_path()
        fill(c, col, a)


def dusk_floor(c, a=.34):
    """A soft dark at the foot of the picture, so that a caption can be read on it."""
    c.rectangle(0, H * .62, W, H * .38)
    c.set_source(lin(0, H * .62, 0, H, (0, SHADE, 0), (1, SHADE, a)))
    c.fill()


def puff(c, x, y, k, t, col=GLOW, a=.35):
    """A little cloud of steam or dust."""
    for i in range(3):
        glow(c, x + math.sin(i * 2 + t) * 18 * k, y - i * 22 * k, (40 + 12 * i) * k, col, a * (1 - i * .25))


def pop(t, start, length=.5):
    """A scale that springs from 0 to 1."""
    return max(0.0, spring(t, start, start + length * 1.6))


def pill(c, s, x, y, size, col, ink, font=DISPLAY, a=1.0):
    """Words on a round label."""
    c.push_group()
    w = text(c, s, 0, -9999, size, ink, font)
    rrect(c, x - size * .6, y - size * 1.05, w + size * 1.2, size * 1.55, size * .78)
    fill(c, col)
    text(c, s, x, y, size, ink, font)
    c.pop_group_to_source()
    c.paint_with_alpha(a)


def sun_path(c, x, y, w, h, t, col, n=9):
    """The sun's road on the water: bars that breathe."""
    for i in range(n):
        u = (i + .5) / n
        ww = w * (.35 + .65 * u) * (.62 + .38 * math.sin(TAU * (t / 4 + i * .37)))
        rrect(c, x - ww / 2 + math.sin(TAU * (t / 8 + i * .21)) * 14, y + h * u * u, ww, 5 + 9 * u, 5)
        fill(c, col, .75 - .4 * u)


def loop(t, length, hold=.6):
    """1 while the loop runs, sinking to 0 and rising from 0 at its seam: to fade the seam over."""
    return min(ease(t, 0, hold), 1 - ease(t, length - hold, length))


def stars(c, seeds, t, col=CREAM):
    for i, (x, y, r) in enumerate(seeds):
        oval(c, x, y, r, r)
        fill(c, col, .45 + .4 * math.sin(TAU * (t / 5 + i * .173)))
