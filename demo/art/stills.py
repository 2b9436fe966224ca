"""Every product's pictures and every shop's avatar: which thing stands where, in which set. Run by demo/render."""
import math
import os
import sys

from PIL import Image

import cloth
import garden
import play
import vessels
import wear
from kit import (CHILI, CORAL, CREAM, INDIGO, INK, LEAF, MARIGOLD, SAND, SERIF, TEAL, TERRA, at, canvas, dark, fill, glow,
                 ground, light, lin, line, oval, paper, pixels, text, tile, wash)
from patterns import hexweave, mega
from sets import LOOK, deep_room, leaves, room, soft_vignette, table

SIZE, AVATAR = 900, 320


def put(c, x, y, k, thing, *args, turn=0.0, **more):
    """Draws a thing at x, y."""
    at(c, x, y, k, turn)
    thing(c, *args, **more)
    c.restore()
    c.new_path()


def hung(c, x, y, k, thing, *args, rod=230, **more):
    """Hangs a thing on a bar."""
    at(c, x, y, k)
    cloth.rod(c, -rod, rod, 0)
    thing(c, *args, **more)
    c.restore()
    c.new_path()


def drape_parang(name, w, h):
    return lambda c: cloth.drape(c, w, h, cloth.parang_tile(name, .62, -w / 2), cloth.border_of(name))


def drape_kawung(name, w, h):
    return lambda c: cloth.drape(c, w, h, cloth.kawung_tile(name, .5, -w / 2), cloth.border_of(name))


def on_hanger(c, colours):
    cloth.hanger(c)
    cloth.shirt(c, colours)


def whole(source):
    """Fills the picture with a pattern: a close look at the cloth."""
    def draw(c):
        wash(c, source)
        for i in range(5):
            x = 60 + i * 210
            wash(c, lin(x - 110, 0, x + 120, 90, (0, (.14, .1, .23), 0), (.3, (.14, .1, .23), .30), (.5, (1, .96, .87), .16),
                        (1, (1, .96, .87), 0)))
    return draw


def close(shop, k, dx, dy, thing, *args, **more):
    """A detail: the thing large, in the deep room."""
    def draw(c):
        deep_room(c, shop, floor=.86)
        put(c, 450 + dx, 760 + dy, k, thing, *args, **more)
        soft_vignette(c, SIZE, SIZE, .4)
    return draw


def hero(shop, k, thing, *args, shape="arch", y=742, x=450, **more):
    """The first picture: the thing alone, in the shop's room, with leaves on the wall."""
    def draw(c):
        room(c, shop, shape=shape)
        leaves(c, SIZE, SIZE, .22)
        put(c, x, y, k, thing, *args, **more)
    return draw


def hanging(shop, k, thing, *args, shape="window", y=170, rod=230, **more):
    """The first picture of what hangs."""
    def draw(c):
        room(c, shop, shape=shape, floor=.86)
        leaves(c, SIZE, SIZE, .22, 2)
        c.save()
        c.translate(26, 40)
        c.restore()
        hung(c, 450, y, k, thing, *args, rod=rod, **more)
    return draw


def row(shop, *placed, shape="none", deep=False, floor=.70):
    """Several things side by side; placed are (x, y, k, thing, args...)."""
    def draw(c):
        if deep:
            deep_room(c, shop, floor=floor)
        else:
            room(c, shop, shape=shape, floor=floor)
            leaves(c, SIZE, SIZE, .16, 3)
        for x, y, k, thing, *args in placed:
            put(c, x, y, k, thing, *args)
        if deep:
            soft_vignette(c, SIZE, SIZE, .3)
    return draw


def flat(shop, *placed):
    """Things on a table seen from above; placed are (x, y, k, turn, thing, args...)."""
    def draw(c):
        table(c, shop)
        leaves(c, SIZE, SIZE, .20, 5)
        for x, y, k, turn, thing, *args in placed:
            put(c, x, y, k, thing, *args, turn=turn)
    return draw


def lamp_night(c):
    """The lamp lit, its weave thrown on the wall."""
    wash(c, lin(0, 0, 0, 900, (0, (.24, .15, .16)), (1, (.13, .09, .14))))
    glow(c, 450, 430, 640, MARIGOLD, .75)
    c.push_group()
    c.set_source(tile(hexweave((.2, .1, .05)), 3.0, .3, 450, 430))
    c.paint()
    g = c.pop_group()
    c.set_source(g)
    c.paint_with_alpha(.30)
    soft_vignette(c, SIZE, SIZE, .85)
    put(c, 450, 230, 1.05, wear.lamp, 1, 1, 400)


def bowls_apart(c):
    room(c, "tanah", shape="sun")
    leaves(c, SIZE, SIZE, .2)
    put(c, 450, 770, .95, vessels.bowls, 96)


def box_of(thing, mark):
    def draw(c):
        deep_room(c, "uji")
        put(c, 430, 730, 1.1, thing, mark, 1.0, False)
        put(c, 450, 330, 1.7, play.ticket, mark, play.TEST[mark])
        text(c, f"total ends in {mark}", 450, 530, 54, CREAM, SERIF, False, .5, True)
    return draw


def textiles():
    M, T = cloth.MEGA, cloth
    return {
        "kain-parang": (hanging("batik", 1.25, lambda c: drape_parang("Indigo", 400, 470)(c), rod=260),
                        row("batik", (250, 560, .62, T.folded, lambda i, k: T.parang_tile("Soga", .42 * k), 3, 430, 64,
                                      (.36, .19, .1)),
                            (620, 590, .66, T.folded, lambda i, k: T.parang_tile("Indigo", .42 * k), 4, 430, 64, INDIGO),
                            (400, 800, .78, T.folded, lambda i, k: T.parang_tile("Mengkudu", .42 * k), 2, 430, 64,
                             (.52, .12, .14))),
                        whole(T.parang_tile("Indigo", 1.7, 30, 10))),
        "kain-kawung": (row("batik", (450, 760, 1.25, T.folded, lambda i,
                                      k: T.kawung_tile(("Marigold", "Teal")[i % 2], .4 * k), 4), shape="arch"),
                        hanging("batik", 1.2, lambda c: drape_kawung("Teal", 420, 500)(c), shape="sun")),
        "kemeja-mega": (hanging("batik", 1.18, lambda c: (c.translate(0, 100), on_hanger(c, M["Biru"])), shape="arch", y=130,
                                rod=300),
                        hanging("batik", .80, lambda c: [put(c, x, 100, 1, on_hanger, M[n]) for x,
                                                         n in ((-190, "Biru"), (210, "Terakota"))],
                                y=200, rod=500),
                        whole(tile(mega(*M["Biru"]), 1.35, 0, 120, 60))),
        "selendang-ikat": (hanging("batik", 1.3, lambda c: T.scarf(c, T.IKAT["Senja"]), shape="arch", y=170),
                           hanging("batik", .92, lambda c: [put(c, x, 0, 1, T.scarf, T.IKAT[n]) for x, n in
                                                            ((-270, "Laut"), (0, "Hutan"), (270, "Senja"))], y=200, rod=440)),
        "tote-truntum": (hero("batik", 1.1, T.tote, INK, SAND, SAND),
                         row("batik", (270, 740, .84, T.tote, INK, SAND, SAND), (620, 790, .9, T.tote, CREAM, INDIGO, INDIGO),
                             shape="sun")),
        "handuk-garis": (hanging("ombak", 1.25, lambda c: T.towel(c, (TERRA, TEAL)), shape="sun", y=180),
                         row("ombak", (420, 610, .9, T.towel_roll, (INDIGO, LAGOON_)),
                             (480, 740, 1.1, T.towel_roll, (TERRA, TEAL)), shape="window")),
        "tas-kering": (hero("ombak", 1.12, wear.dry_bag, MARIGOLD, shape="sun", x=436),
                       row("ombak", (220, 740, .78, wear.dry_bag, TEAL), (660, 740, .78, wear.dry_bag, INK),
                           (440, 790, .9, wear.dry_bag, MARIGOLD),
                           deep=True)),
        "topi-lebar": (hero("ombak", 1.15, wear.straw_hat, INDIGO, shape="sun", y=700),
                       row("ombak", (360, 560, .9, wear.straw_hat, INDIGO), (540, 800, 1.1, wear.straw_hat, CORAL),
                           shape="window")),
    }


LAGOON_ = (.16, .65, .63)


def pottery():
    V = vessels
    return {
        "cangkir-ombak": (hero("tanah", 1.55, V.mug, "Laut", x=410),
                          row("tanah", (230, 640, .95, V.mug, "Arang"), (560, 650, .95, V.mug, "Pasir"),
                              (390, 800, 1.1, V.mug, "Laut"), shape="sun"),
                          close("tanah", 2.6, -40, 60, V.mug, "Laut", 1.0)),
        "piring-terumbu": (flat("tanah", (450, 450, 1.4, 0, V.plate, "Karang")),
                           flat("tanah", (330, 350, 1.05, 0, V.plate, "Senja", 250, 1, 4),
                                (600, 640, .9, .4, V.plate, "Karang", 250, 1, 7))),
        "teko-senja": (hero("tanah", 1.2, V.teapot, "Terakota", x=410, shape="sun"),
                       row("tanah", (300, 620, .78, V.teapot, "Teal"), (560, 800, .98, V.teapot, "Terakota")),
                       close("tanah", 2.0, -60, 90, V.teapot, "Teal")),
        "vas-bulan": (hero("tanah", .92, V.moon_vase, 1.0, shape="sun"),
                      row("tanah", (250, 700, .9, V.moon_vase, .62, "Bulan", False),
                          (470, 730, .9, V.moon_vase, .85, "Bulan", True),
                          (710, 790, .9, V.moon_vase, .46, "Terakota", False), deep=True)),
        "mangkuk-pasang": (hero("tanah", 1.3, V.bowls, y=750), bowls_apart),
    }


def coffee():
    V = vessels
    bag = V.coffee_bag
    return {
        "kopi-gayo": (hero("kopi", 1.16, bag, "Gayo", shape="sun"),
                      row("kopi", (330, 740, .92, bag, "Gayo"), (600, 770, .7, V.cup_of_coffee), deep=True),
                      close("kopi", 1.9, 0, 250, bag, "Gayo")),
        "kopi-flores": (hero("kopi", 1.16, bag, "Flores"),
                        row("kopi", (280, 720, .86, bag, "Flores"), (590, 790, 1.0, bag, "Flores"), shape="window")),
        "cold-brew": (hero("kopi", 1.15, V.bottle, shape="arch"),
                      row("kopi", (300, 740, .75, V.bottle), (470, 740, 1.15, V.bottle), (640, 770, .75, V.bottle, .9, CORAL),
                          deep=True)),
        "dripper-set": (hero("kopi", 1.24, V.dripper, "Putih", .5, False, shape="arch"),
                        row("kopi", (280, 700, .82, V.dripper, "Tinta", .2, False), (610, 790, .95, V.dripper, "Putih", .7),
                            shape="sun"),
                        close("kopi", 2.0, 0, 130, V.dripper, "Putih", .6)),
        "drip-bag": (hero("kopi", 1.25, V.drip_box, "Gayo", shape="window"),
                     row("kopi", (260, 690, .74, V.drip_box, "Campur"), (640, 690, .74, V.drip_box, "Gayo"),
                         (440, 810, .92, V.drip_box, "Flores"),
                         shape="sun")),
    }


def footwear():
    W, F = wear, wear.FLIP
    pair = lambda x, y, k, turn, col: ((x - 84 * k, y, k, turn, W.flipflop, col, True),
                                       (x + 84 * k, y + 14 * k, k, turn, W.flipflop, col))
    U = cloth.IKAT
    return {
        "sandal-pantai": (flat("langkah", *pair(450, 450, 1.5, .22, F["Koral"])),
                          flat("langkah", *pair(210, 330, .86, -.15, F["Teal"]), *pair(660, 300, .86, .2, F["Koral"]),
                               *pair(450, 670, .86, -.05, F["Marigold"])),
                          flat("langkah", *pair(440, 560, 2.6, .5, F["Teal"]))),
        "sandal-kulit": (hero("langkah", 1.45, W.sandal, W.LEATHER["Cokelat"], shape="sun", y=720),
                         row("langkah", (400, 560, 1.0, W.sandal, W.LEATHER["Hitam"]),
                             (480, 790, 1.2, W.sandal, W.LEATHER["Cokelat"]))),
        "sepatu-kanvas": (hero("langkah", 1.32, W.sneaker, W.CANVAS["Krem"], shape="sun", y=730),
                          row("langkah", (400, 400, .8, W.sneaker, W.CANVAS["Indigo"]),
                              (500, 600, .9, W.sneaker, W.CANVAS["Terakota"]),
                              (420, 820, 1.0, W.sneaker, W.CANVAS["Krem"]), deep=True, floor=.3),
                          close("langkah", 2.5, 330, 60, W.sneaker, W.CANVAS["Indigo"])),
        "selop-tenun": (hero("langkah", 1.45, W.slipper, U["Senja"], shape="arch", y=730),
                        row("langkah", (380, 600, 1.0, W.slipper, U["Senja"]), (520, 790, 1.15, W.slipper, U["Senja"]),
                            shape="window")),
    }


def woven():
    W = wear
    return {
        "keranjang-pasar": (hero("anyam", 1.2, W.basket, MARIGOLD),
                            row("anyam", (220, 700, .62, W.basket, INK), (700, 730, .78, W.basket, INK),
                                (440, 800, 1.0, W.basket, MARIGOLD),
                                shape="sun"),
                            close("anyam", 2.3, 60, 240, W.basket, MARIGOLD)),
        "lampu-rotan": (hanging_lamp, lamp_night,
                        row("anyam", (290, 190, .66, W.lamp, 1, 1, 400), (620, 330, .92, W.lamp, 1, .6, 500), deep=True,
                                                      floor=.9)),
        "kursi-beranda": (hero("anyam", 1.05, W.chair, CREAM, shape="window", y=780),
                          row("anyam", (270, 720, .68, W.chair, CREAM), (610, 800, .82, W.chair, TEAL), shape="sun")),
        "tudung-saji": (hero("anyam", 1.3, W.food_cover, True, shape="sun", y=730),
                        row("anyam", (390, 560, .9, W.food_cover, True), (500, 800, 1.1, W.food_cover, False))),
        "nampan-bambu": (flat("anyam", (450, 450, 1.45, 0, W.tray)),
                         flat("anyam", (380, 400, 1.2, .4, W.tray), (640, 660, .8, 1.0, W.tray, 250, 1, .5))),
    }


def hanging_lamp(c):
    room(c, "anyam", shape="arch", floor=.86)
    leaves(c, SIZE, SIZE, .2)
    put(c, 450, 250, 1.15, wear.lamp, 1, .75, 400)


def plants():
    G = garden
    return {
        "monstera": (hero("kebun", .98, G.monstera, TERRA, y=800),
                     row("kebun", (280, 730, .72, G.monstera, TERRA), (620, 800, .84, G.monstera, CREAM),
                     shape="sun"), close("kebun", 2.1, -40, 560, G.monstera, TERRA)),
        "lidah-mertua": (hero("kebun", 1.08, G.snake_plant, CREAM, shape="sun", y=790),
                         row("kebun", (280, 760, .62, G.snake_plant, TERRA), (590, 800, 1.0, G.snake_plant, CREAM),
                             shape="window")),
        "anggrek-bulan": (hero("kebun", 1.02, G.orchid, (.99, .97, .93), (.86, .42, .52), y=790, x=420),
                          hero("kebun", 1.02, G.orchid, (.96, .70, .76), (.70, .16, .36), shape="sun", y=790, x=420),
                          close("kebun", 2.3, -230, 900, G.orchid, (.99, .97, .93), (.86, .42, .52))),
        "kaktus-tiga": (row("kebun", (210, 760, .95, G.cactus, 0, TERRA), (450, 790, 1.05, G.cactus, 1, TEAL),
                            (690, 770, .95, G.cactus, 2, CREAM),
                            shape="arch"),
                        close("kebun", 2.0, 0, 60, G.cactus, 2, CORAL)),
        "sirih-gading": (lambda c: (room(c, "kebun", shape="window", floor=.92), leaves(c, 900, 900, .2),
                                    put(c, 450, 40, 1.15, G.pothos, SAND)),
                         lambda c: (deep_room(c, "kebun", floor=.95), put(c, 260, 20, .9, G.pothos, CREAM),
                                    put(c, 640, 60, 1.1, G.pothos, (.72, .52, .30)))),
    }


def food():
    G = garden
    return {
        "keripik-singkong": (hero("dapur", 1.12, G.crisp_bag, "Balado", shape="sun"),
                             row("dapur", (230, 730, .78, G.crisp_bag, "Asin"), (680, 740, .78, G.crisp_bag, "Jeruk purut"),
                                 (450, 800, .95, G.crisp_bag, "Balado")),
                             flat("dapur", *[(130 + (i % 5) * 165, 150 + (i // 5) * 190 + (i % 2) * 40, 1.15, i * 1.3, G.chip,
                                              92, CHILI, i)
                                             for i in range(20)])),
        "sambal-roa": (hero("dapur", 1.5, G.sambal, "Berani", shape="arch"),
                       row("dapur", (180, 730, .84, G.sambal, "Santai"), (720, 730, .84, G.sambal, "Nekat"),
                           (450, 800, 1.0, G.sambal, "Berani"), deep=True),
                       row("dapur", (420, 720, 1.15, G.mortar, .4), (120, 800, 1.2, G.chilli, 170),
                           (300, 830, 1.2, G.chilli, 190), shape="sun")),
        "nastar-toples": (hero("dapur", 1.35, G.nastar_jar, shape="sun", y=760),
                          flat("dapur", *[(120 + (i % 6) * 132, 130 + (i // 6) * 128, 1.28, i * .7,
                                           G.nastar) for i in range(36)])),
        "gula-aren": (hero("dapur", 1.35, G.palm_sugar, 3, shape="arch", y=730), close("dapur", 2.0, 20, 0, G.palm_sugar, 2)),
        "kacang-telur": (hero("dapur", 1.4, G.peanut_jar, shape="sun", y=750),
                         row("dapur", (300, 720, .8, G.peanut_jar), (580, 790, 1.15, G.peanut_jar), deep=True)),
    }


def toys():
    P = play
    three = lambda c, name, y, k: [put(c, x, y + d, k, P.top, cols, None, 1, tilt) for (x, d, tilt), cols in
                                   zip(((230, 0, -.12), (450, 40, 0), (680, 10, .14)), P.TOPS[name])]
    return {
        "truk-kayu": (hero("kayu", 1.28, P.truck, P.TRUCKS["Merah"], shape="sun", y=740),
                      row("kayu", (410, 420, .8, P.truck, P.TRUCKS["Teal"], .3, 3),
                          (520, 620, .86, P.truck, P.TRUCKS["Marigold"], .8, 6),
                          (400, 820, .95, P.truck, P.TRUCKS["Merah"], 0, 4), floor=.32),
                      close("kayu", 2.1, -170, 60, P.truck, P.TRUCKS["Teal"])),
        "pelangi-susun": (hero("kayu", 1.25, P.rainbow, 7, shape="none", y=740),
                          lambda c: (room(c, "kayu", shape="window"), rainbow_play(c))),
        "perahu-jukung": (hero("kayu", 1.12, P.jukung, True, .4, shape="sun", y=745),
                          row("kayu", (300, 640, .72, P.jukung, False, .2), (560, 800, .92, P.jukung, True, .6), deep=True,
                              floor=.62)),
        "gajah-tarik": (hero("kayu", 1.3, P.elephant, shape="sun", y=745, x=410),
                        close("kayu", 2.2, -130, 180, P.elephant, .6)),
        "gasing": (lambda c: (room(c, "kayu", shape="arch"), leaves(c, 900, 900, .2), three(c, "Pagi", 750, 1.5)),
                   lambda c: (deep_room(c, "kayu"), three(c, "Malam", 760, 1.5))),
    }


def rainbow_play(c):
    """The arches taken apart and stacked another way."""
    leaves(c, SIZE, SIZE, .2)
    for x, y, i, turn in ((270, 760, 0, 0), (270, 760, 2, 0), (640, 780, 1, 0), (640, 534, 3, 0), (640, 780, 4, 0),
                          (640, 404, 5, 0), (270, 470, 4, math.pi),
                          (480, 820, 6, 0)):
        at(c, x, y, .98, turn)
        play.arch(c, 290 - i * 40, 38, play.RAINBOW[i])
        c.restore()


def beach():
    P = play
    return {
        "papan-ikan": (lambda c: (room(c, "ombak", shape="sun", floor=.80), leaves(c, 900, 900, .24),
                                  shade_of_board(c, 470, 800),
                                  put(c, 450, 450, 1.18, P.surfboard, "Senja", turn=.05)),
                       lambda c: (room(c, "ombak", shape="window", floor=.84),
                                  [(shade_of_board(c, x + 10, 820, .8), put(c, x, 500, .96, P.surfboard, n,
                                  turn=t)) for x, n, t in ((190, "Laguna", -.05), (460, "Senja", 0), (720, "Krem", .05))]),
                       close("ombak", 2.6, 0, -90, P.surfboard, "Laguna")),
        "masker-snorkel": (hero("ombak", 1.3, P.snorkel, TEAL, shape="sun", x=420, y=730),
                           row("ombak", (330, 600, .85, P.snorkel, CORAL), (500, 800, 1.05, P.snorkel, TEAL), deep=True)),
    }


def shade_of_board(c, x, y, k=1.0):
    ground(c, x, y, 150 * k, 26 * k, .5)


def tests():
    return {f"uji-{n}": (hero("uji", 1.3, play.parcel, m, shape="sun", x=420), box_of(play.parcel, m))
            for n, m in (("berhasil", "00"), ("ditolak", "01"), ("langkah", "02"), ("terlambat", "03"))}


AVATARS = {
    "batik": lambda c: (wash(c, cloth.parang_tile("Indigo", .9)), disc(c, INDIGO),
                        put(c, 160, 250, .36, cloth.folded, lambda i, k:
                        cloth.kawung_tile(("Marigold", "Teal")[i % 2], .4 * k))),
    "tanah": lambda c: (room(c, "tanah", 320, 320, shape="sun"),
                        put(c, 156, 262, .56, vessels.moon_vase, 1, "Terakota", False)),
    "kopi": lambda c: (wash(c, lin(0, 0, 0, 320, (0, LOOK["kopi"][3]), (1, dark(LOOK["kopi"][3], .4)))),
                       put(c, 160, 176, 1.25, vessels.lighthouse_mark,
                       1, CREAM, MARIGOLD)),
    "langkah": lambda c: (wash(c, lin(0, 0, 0, 320, (0, CORAL), (1, TERRA))),
                          put(c, 118, 160, .56, wear.flipflop, TEAL, True, turn=-.1),
                          put(c, 204, 166, .56, wear.flipflop, MARIGOLD, turn=.1)),
    "anyam": lambda c: (room(c, "anyam", 320, 320, shape="arch"), put(c, 160, 276, .46, wear.basket, MARIGOLD)),
    "kebun": lambda c: (room(c, "kebun", 320, 320, shape="sun"), put(c, 160, 296, .40, garden.monstera, TERRA)),
    "dapur": lambda c: (wash(c, lin(0, 0, 0, 320, (0, MARIGOLD), (1, (.93, .55, .12)))),
                        put(c, 160, 276, .66, garden.sambal, "Berani")),
    "kayu": lambda c: (room(c, "kayu", 320, 320, shape="none"), put(c, 160, 252, .46, play.rainbow, 7)),
    "ombak": lambda c: (room(c, "ombak", 320, 320, shape="sun"), put(c, 160, 160, .43, play.surfboard, "Senja", turn=.16)),
    "uji": lambda c: (wash(c, lin(0, 0, 0, 320, (0, LOOK["uji"][3]), (1, INK))),
                      put(c, 150, 256, .5, play.parcel, "00", 0, False),
                      put(c, 160, 190, .8, play.ticket, "00", LEAF)),
}


def disc(c, col):
    oval(c, 160, 160, 128, 128)
    fill(c, CREAM)
    oval(c, 160, 160, 128, 128)
    line(c, light(col, .1), 8)


def save(surface, path, quality=76):
    p = pixels(surface)
    Image.fromarray(p[..., 2::-1].copy()).save(path, "WEBP", quality=quality, method=6)


def all_pictures():
    """Product key -> its drawings, in order."""
    every = {}
    for part in (textiles, pottery, coffee, footwear, woven, plants, food, toys, beach, tests):
        every.update(part())
    return every


def main(where, only=()):
    """Draws everything, or the keys named, below the folder where."""
    for sub in ("products", "shops"):
        os.makedirs(os.path.join(where, sub), exist_ok=True)
    for n, (key, pictures) in enumerate(all_pictures().items()):
        if only and key not in only:
            continue
        for i, draw in enumerate(pictures):
            s, c = canvas(SIZE, SIZE)
            draw(c)
            paper(s, n * 10 + i)
            save(s, os.path.join(where, "products", f"{key}-{i + 1}.webp"))
    for n, (key, draw) in enumerate(AVATARS.items()):
        if only and key not in only:
            continue
        s, c = canvas(AVATAR, AVATAR)
        draw(c)
        paper(s, 900 + n, .7)
        save(s, os.path.join(where, "shops", f"{key}.webp"), 84)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
