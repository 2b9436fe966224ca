"""The project's own mark, a shop window that is also a play button, in every size the web wants. Run by demo/identity."""
import math
import os
import sys

from PIL import Image

import cloth
import garden
import vessels
from kit import (CREAM, DISPLAY, INK, MARIGOLD, SERIF, TERRA, at, canvas, dark, fill, glow, light, lin, line, pixels, rrect, text,
                 wash)

INK_HEX, MARIGOLD_HEX, CREAM_HEX = "#17182C", "#F2A900", "#FBF1DC"

# On a 512 grid: an awning of four scallops over a window whose glass is a play triangle. Kept so plain that 16 px still shows it.
AWNING_X, AWNING_Y, AWNING_W, AWNING_H, SCALLOPS = 96, 112, 320, 62, 4
SCALE = 1.2                       # of the mark within its square
WINDOW = (120, 196, 272, 212)
TRIANGLE = ((214, 246), (214, 370), (318, 308))


def scallops():
    """Left edges and the radius of the awning's scallops."""
    w = AWNING_W / SCALLOPS
    return [AWNING_X + i * w for i in range(SCALLOPS)], w / 2


def svg(background=True, round_=112):
    """The mark as SVG text."""
    xs, r = scallops()
    parts = [f'<rect width="512" height="512" rx="{round_}" fill="{INK_HEX}"/>'] if background else []
    parts.append(f'<g transform="translate(256 256) scale({SCALE}) translate(-256 -260)">')
    x, y, w, h = WINDOW
    parts.append(f'<path d="M{x} {y - 30}h{w}v{h + 8}a22 22 0 0 1-22 22h-{w - 44}a22 22 0 0 1-22-22z" fill="{MARIGOLD_HEX}"/>')
    (ax, ay), (bx, by), (cx, cy) = TRIANGLE
    parts.append(f'<path d="M{ax} {ay}L{cx} {cy}L{bx} {by}z" fill="{INK_HEX}" '
                 f'stroke="{INK_HEX}" stroke-width="22" stroke-linejoin="round"/>')
    for i, sx in enumerate(xs):
        col = MARIGOLD_HEX if i % 2 == 0 else CREAM_HEX
        parts.append(f'<path d="M{sx:g} {AWNING_Y}h{2 * r:g}v{AWNING_H}a{r:g} {r:g} 0 0 1-{2 * r:g} 0z" fill="{col}" '
                     f'stroke="{INK_HEX}" stroke-width="8"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">{"".join(parts)}</g></svg>\n'


def mark(c, ink=INK, gold=MARIGOLD, cream=CREAM):
    """The mark drawn on the 512 grid, without a ground."""
    xs, r = scallops()
    x, y, w, h = WINDOW
    rrect(c, x, y - 30, w, h + 30, 22)
    fill(c, gold)
    c.rectangle(x, y - 30, w, 40)
    fill(c, gold)
    c.new_path()
    for px, py in (TRIANGLE[0], TRIANGLE[2], TRIANGLE[1]):
        c.line_to(px, py)
    c.close_path()
    line(c, ink, 22, keep=True)
    fill(c, ink)
    for i, sx in enumerate(xs):
        c.new_path()
        c.move_to(sx, AWNING_Y)
        c.line_to(sx + 2 * r, AWNING_Y)
        c.line_to(sx + 2 * r, AWNING_Y + AWNING_H)
        c.arc(sx + r, AWNING_Y + AWNING_H, r, 0, math.pi)
        c.close_path()
        line(c, ink, 8, keep=True)
        fill(c, gold if i % 2 == 0 else cream)


def icon(size, round_=0.22, scale=SCALE):
    """A square icon: round_ is the corner as a share of its size, scale shrinks the mark (for masks)."""
    s, c = canvas(size, size)
    c.scale(size / 512, size / 512)
    rrect(c, 0, 0, 512, 512, round_ * 512) if round_ else c.rectangle(0, 0, 512, 512)
    fill(c, INK)
    at(c, 256, 256, scale)
    c.translate(-256, -260)
    mark(c)
    c.restore()
    return s


def picture(surface):
    p = pixels(surface)
    return Image.fromarray(p[..., [2, 1, 0, 3]].copy(), "RGBA")


def og():
    """The picture that other sites show for a link: the town's things in front of its window."""
    s, c = canvas(1200, 630)
    wash(c, lin(0, 0, 500, 630, (0, light(INK, .12)), (1, INK)))
    glow(c, 860, 330, 560, MARIGOLD, .42)
    c.new_path()
    c.arc(880, 330, 250, math.pi, 0)
    c.line_to(1130, 560)
    c.line_to(630, 560)
    c.close_path()
    c.set_source(lin(630, 80, 1130, 560, (0, light(MARIGOLD, .30)), (1, MARIGOLD)))
    c.fill()
    c.rectangle(0, 556, 1200, 80)
    c.set_source(lin(0, 556, 0, 630, (0, dark(TERRA, .35)), (1, dark(TERRA, .65))))
    c.fill()
    at(c, 884, 146, .80)
    cloth.drape(c, 400, 300, cloth.parang_tile("Indigo", .5, -200), cloth.border_of("Indigo"))
    c.restore()
    cloth.rod(c, 700, 1068, 144, 12)
    for x, y, k, thing, *args in ((1096, 566, .62, garden.monstera, TERRA), (668, 570, .60, vessels.coffee_bag, "Gayo"),
                                  (838, 592, .60, vessels.mug, "Laut"),
                                  (990, 590, .62, garden.sambal, "Berani")):
        at(c, x, y, k)
        thing(c, *args)
        c.restore()
    at(c, 66, 92, .34)
    mark(c)
    c.restore()
    text(c, "Etalase", 78, 366, 128, CREAM, DISPLAY)
    text(c, "Watch a clip, tap it, buy it:", 82, 430, 42, MARIGOLD, SERIF, False, italic=True)
    text(c, "small shops, seen.", 82, 482, 42, MARIGOLD, SERIF, False, italic=True)
    return s


def main(where):
    os.makedirs(where, exist_ok=True)
    path = lambda name: os.path.join(where, name)
    with open(path("icon.svg"), "w", encoding="utf-8") as f:
        f.write(svg())
    for name, args in (("icon-192.png", (192,)), ("icon-512.png", (512,)), ("maskable-512.png", (512, 0, .92)),
                       ("apple-touch-icon.png", (180, 0, 1.1))):
        picture(icon(*args)).save(path(name), optimize=True)
    big = picture(icon(256, .18, 1.36))
    big.save(path("favicon.ico"), sizes=[(16, 16), (32, 32), (48, 48)])
    picture(og()).convert("RGB").save(path("og-default.jpg"), quality=84, optimize=True, progressive=True)


if __name__ == "__main__":
    main(sys.argv[1])
