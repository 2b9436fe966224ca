"""Which music each clip has: its length, its scale, its voices and its place. No two are alike."""
from music import PELOG, PENTA, SLENDRO, WARM, compose

# key: (seed, seconds, bars, scale, tonic Hz, lead, more)
SCORES = {
    "kopi-seduh": (11, 8.0, 3, PENTA, 196, "kalimba", dict(second="marimba", beat="soft", place="wind", place_gain=.08)),
    "ombak-senja": (12, 8.0, 4, PENTA, 220, "pluck",
                    dict(second="kalimba", bass="walk", beat="walk", place="sea", place_gain=.34)),
    "batik-angin": (13, 8.0, 3, PELOG, 174.6, "saron", dict(second="bonang", bass="gong", place="wind", place_gain=.16)),
    "tanah-putar": (14, 8.0, 3, SLENDRO, 185, "bonang", dict(second="saron", bass="gong", beat="soft")),
    "langkah-pasir": (15, 8.0, 4, PENTA, 233, "marimba",
                      dict(second="angklung", bass="walk", beat="walk", place="sea", place_gain=.28)),
    "anyam-lampu": (16, 8.0, 2, PELOG, 155.6, "saron",
                    dict(second="kalimba", bass="gong", place="night", place_gain=.12, density=.5)),
    "kebun-daun": (17, 8.0, 3, PENTA, 207.7, "suling", dict(second="kalimba", density=.4, place="wind", place_gain=.06)),
    "dapur-keripik": (18, 7.0, 4, SLENDRO, 220, "marimba",
                      dict(second="angklung", bass="walk", beat="dance", place="sizzle", place_gain=.05)),
    "kayu-truk": (19, 8.0, 4, PENTA, 261.6, "marimba", dict(second="kalimba", bass="walk", beat="walk", density=.75)),
    "batik-motif": (20, 9.0, 4, PELOG, 196, "saron", dict(second="angklung", bass="gong", beat="soft", density=.8)),
    "kopi-sangrai": (21, 8.0, 4, WARM, 164.8, "bonang",
                     dict(second="marimba", bass="walk", beat="dance", place="sizzle", place_gain=.04)),
    "tanah-glasir": (22, 8.0, 2, WARM, 174.6, "kalimba", dict(second="saron", density=.5)),
    "ombak-karang": (23, 9.0, 3, SLENDRO, 196, "bonang", dict(second="kalimba", place="under", place_gain=.30, density=.5)),
    "dapur-sambal": (24, 7.5, 4, PELOG, 207.7, "marimba", dict(second="bonang", bass="walk", beat="dance", density=.8)),
    "kebun-hujan": (25, 10.0, 3, WARM, 155.6, "kalimba", dict(second="suling", place="rain", place_gain=.30, density=.45)),
    "kayu-pelangi": (26, 8.0, 4, PENTA, 293.7, "kalimba", dict(second="marimba", bass="walk", beat="soft", density=.7)),
    "langkah-dermaga": (27, 7.5, 4, WARM, 185, "pluck", dict(second="marimba", bass="walk", beat="dance")),
    "anyam-silang": (28, 8.0, 4, SLENDRO, 196, "angklung", dict(second="marimba", bass="walk", beat="soft", density=.85)),
    "kopi-mercusuar": (29, 10.0, 3, WARM, 146.8, "suling",
                       dict(second="saron", bass="gong", place="sea", place_gain=.30, density=.4)),
    "dapur-pasar": (30, 9.0, 4, SLENDRO, 174.6, "saron",
                    dict(second="bonang", bass="gong", beat="walk", place="market", place_gain=.20)),
    "tanah-teko": (31, 8.0, 3, PENTA, 174.6, "kalimba", dict(second="bonang", beat="soft", density=.55)),
    "kebun-anggrek": (32, 9.0, 3, PELOG, 185, "suling", dict(second="saron", bass="gong", density=.4)),
    "batik-kemeja": (33, 8.0, 4, SLENDRO, 207.7, "bonang", dict(second="pluck", bass="walk", beat="walk", density=.7)),
    "ombak-pantai": (34, 8.0, 4, PENTA, 246.9, "pluck",
                     dict(second="angklung", bass="walk", beat="soft", place="sea", place_gain=.30)),
    "kayu-jukung": (35, 8.0, 3, PENTA, 220, "angklung", dict(second="suling", place="sea", place_gain=.22, density=.55)),
    "uji-paket": (36, 7.0, 4, PENTA, 196, "marimba", dict(second="bonang", bass="walk", beat="walk", density=.7)),
}

# every clip is a loop; these begin at another moment than their story does, so that the first frame already shows the thing
FIRST = {"kayu-pelangi": 5.6, "anyam-silang": 5.4, "kebun-anggrek": 5.0, "kopi-seduh": 1.9, "dapur-sambal": 1.3,
         "uji-paket": .9, "batik-motif": 1.3,
         "tanah-putar": 6.6, "tanah-glasir": 1.3, "tanah-teko": 2.4, "batik-kemeja": .9, "kebun-daun": 4.2,
         "kopi-mercusuar": 2.0, "dapur-pasar": 1.6,
         "langkah-dermaga": .9, "ombak-pantai": 5.4, "ombak-karang": 3.0, "kayu-jukung": 1.4, "dapur-keripik": 1.2,
         "ombak-senja": 1.3,
         "kopi-sangrai": 1.8, "anyam-lampu": 1.6, "kebun-hujan": 1.6, "kayu-truk": 1.6}


def length(key):
    return SCORES[key][1]


def sound(key):
    """The clip's stereo sound."""
    seed, seconds, bars, scale, tonic, lead, more = SCORES[key]
    return compose(seed, seconds, bars, scale, tonic, lead, **more)
