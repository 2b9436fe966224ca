"""Our own small orchestra: metallophones, kalimba, marimba, bamboo, flute, drums, sea and rain, mixed into loops."""
import wave as wavefile

import numpy as np

RATE = 44100
SLENDRO = (0, 240, 480, 720, 960)                       # cents above the tonic: five near-equal steps
PELOG = (0, 120, 270, 675, 785)
PENTA = (0, 200, 400, 700, 900)
WARM = (0, 300, 500, 700, 1000)


def pitch(scale, step, tonic):
    """Frequency of a step of a scale; steps past its end go into the next octave."""
    return tonic * 2 ** (step // len(scale) + scale[step % len(scale)] / 1200)


def times(seconds):
    return np.arange(int(seconds * RATE)) / RATE


def partials(f, seconds, parts, attack=.003):
    """A sum of decaying sines; parts are (ratio, strength, seconds to fall to a third)."""
    t = times(seconds)
    s = sum(a * np.sin(2 * np.pi * f * r * t) * np.exp(-t / d) for r, a, d in parts)
    return s * np.minimum(1, t / attack)


def saron(f):
    """A bronze bar: pairs that beat slowly."""
    return partials(f, 2.6, ((1, .6, .8), (1.004, .4, .7), (2.76, .22, .26), (2.78, .14, .24), (5.40, .10, .08),
                             (8.93, .05, .03)))


def bonang(f):
    """A small knobbed gong: rounder and shorter."""
    return partials(f, 1.4, ((1, .8, .42), (1.52, .22, .20), (2.03, .18, .16), (3.4, .08, .06)))


def kalimba(f):
    return partials(f, 1.6, ((1, .9, .55), (2.0, .10, .3), (3.01, .12, .16), (6.27, .10, .03)), .002)


def marimba(f):
    return partials(f, 1.1, ((1, 1, .30), (3.93, .22, .08), (9.2, .08, .02)), .002)


def angklung(f):
    """Bamboo tubes shaken: a quick tremble."""
    t = times(.75)
    shake = (.5 + .5 * np.sin(2 * np.pi * 13 * t)) ** 1.5
    tone = np.sin(2 * np.pi * f * t) + .5 * np.sin(2 * np.pi * 2 * f * t + .4) + .12 * np.sin(2 * np.pi * 5.1 * f * t)
    return tone * shake * np.minimum(1, t / .02) * np.exp(-((t / .45) ** 3)) * .7


def suling(f, seconds=1.0):
    """A bamboo flute with breath."""
    t = times(seconds)
    vib = 1 + .005 * np.sin(2 * np.pi * 5.2 * t) * np.minimum(1, t / .5)
    ph = 2 * np.pi * f * np.cumsum(vib) / RATE
    env = np.minimum(1, t / .09) * np.minimum(1, (seconds - t) / .18)
    breath = soften(np.random.default_rng(int(f)).normal(0, 1, len(t)), 6) * .05
    return (np.sin(ph) + .22 * np.sin(2 * ph) + .06 * np.sin(3 * ph) + breath) * env * .6


def pluck(f, seconds=1.6, bright=.5):
    """A plucked string (Karplus and Strong 1983), a whole period at a time."""
    n = int(RATE / f)
    rnd = np.random.default_rng(n)
    buf = soften(rnd.uniform(-1, 1, n), 1 + int(3 * (1 - bright)))
    out = []
    for _ in range(int(seconds * RATE / n) + 1):
        out.append(buf)
        buf = .996 * (.5 * buf + .5 * np.roll(buf, 1))
    raw = np.concatenate(out)
    t = times(seconds)
    s = np.interp(np.arange(len(t)) * (n + .5) * f / RATE, np.arange(len(raw)), raw)     # the loop's own period is n + 1/2
    return s * np.exp(-t / .7) * np.minimum(1, (seconds - t) / .05) * 1.2


def gong(f):
    return partials(f, 5.5, ((1, .9, 1.9), (1.006, .5, 1.7), (1.48, .3, .9), (2.05, .22, .7), (2.74, .1, .4)), .03)


def drum(low=True):
    """A hand drum: a deep stroke or a slap."""
    if low:
        t = times(.5)
        f = 72 + 70 * np.exp(-t / .035)
        return np.sin(2 * np.pi * np.cumsum(f) / RATE) * np.exp(-t / .16) * np.minimum(1, t / .004)
    t = times(.16)
    return (soften(np.random.default_rng(3).normal(0, 1, len(t)), 4) * .9 + .5 * np.sin(2 * np.pi * 330 * t)) * np.exp(-t / .03)


def shaker():
    t = times(.09)
    n = np.random.default_rng(4).normal(0, 1, len(t))
    return (n - soften(n, 5)) * np.exp(-((t - .03) / .02) ** 2) * .3


def bubble(f=500):
    """A drop: a sine that slides up."""
    t = times(.12)
    return np.sin(2 * np.pi * np.cumsum(f * (1 + 5 * t)) / RATE) * np.exp(-t / .03) * np.minimum(1, t / .003)


def pad(freqs, seconds):
    """A slow warm chord that joins its own end."""
    t = times(seconds)
    s = np.zeros(len(t))
    for i, f in enumerate(freqs):
        f = round(f * seconds) / seconds
        for d, a in ((0, .5), (1, .3), (-1, .3)):
            s += a * np.sin(2 * np.pi * (f + d / seconds) * t + i)
            s += a * .25 * np.sin(2 * np.pi * 2 * (f + d / seconds) * t + i * 2)
    return s / len(freqs) * (.75 + .25 * np.sin(2 * np.pi * t / seconds))


def soften(x, n):
    """A moving average: takes the edge off noise."""
    k = np.ones(n) / n
    return np.convolve(np.concatenate([x[-n:], x, x[:n]]), k, "same")[n:-n] if n > 1 else x


def noise_band(seconds, low, high, seed):
    """Noise between two frequencies that joins its own end."""
    n = int(seconds * RATE)
    spec = np.fft.rfft(np.random.default_rng(seed).normal(0, 1, n))
    f = np.fft.rfftfreq(n, 1 / RATE)
    spec *= np.exp(-np.maximum(0, np.log((f + 1) / high)) * 2.2) * np.exp(-np.maximum(0, np.log(low / (f + 1))) * 2.2)
    x = np.fft.irfft(spec, n)
    return x / (np.abs(x).max() + 1e-9)


def ambience(kind, seconds):
    """The place: sea, rain, wind, sizzle, night, market or under water; left and right differ."""
    t = times(seconds)
    sides = []
    for side in (0, 1):
        turn = 2 * np.pi * t / seconds
        if kind == "sea":
            x = noise_band(seconds, 200, 1400, 10 + side) * (.35 + .65 * (.5 - .5 * np.cos(2 * turn + .4 * side)) ** 2)
        elif kind == "rain":
            x = noise_band(seconds, 1200, 6000, 20 + side) * .5
            rnd = np.random.default_rng(5 + side)
            for at_ in rnd.uniform(0, seconds - .2, 60):
                b = bubble(rnd.uniform(900, 2400)) * rnd.uniform(.05, .25)
                i = int(at_ * RATE)
                x[i:i + len(b)] += b
        elif kind == "wind":
            x = noise_band(seconds, 120, 600, 30 + side) * (.5 + .4 * np.sin(turn + side))
        elif kind == "sizzle":
            x = noise_band(seconds, 2500, 9000, 40 + side) * (.4 + .2 * noise_band(seconds, 1, 9, 41 + side))
        elif kind == "night":
            trill = (np.sin(2 * np.pi * 21 * t) > .2) * (np.sin(2 * turn * 3 + side * 2) > .35)
            x = soften(np.sin(2 * np.pi * 3900 * t) * trill * .16, 12) + noise_band(seconds, 100, 500, 50 + side) * .25
        elif kind == "market":
            x = noise_band(seconds, 250, 900, 60 + side) * (.5 + .4 * noise_band(seconds, 1, 4, 61 + side)) * .7
        else:
            x = noise_band(seconds, 60, 320, 70 + side)
        sides.append(x)
    return np.stack(sides, 1)


class Mix:
    """A stereo loop: what sounds past its end comes in again at its beginning."""

    def __init__(self, seconds):
        self.n = int(seconds * RATE)
        self.dry = np.zeros((self.n, 2))

    def add(self, sound, at_s, gain=1.0, pan=0.0):
        i = int(at_s * RATE) + np.arange(len(sound))
        for side, g in ((0, 1 - max(0, pan)), (1, 1 + min(0, pan))):
            np.add.at(self.dry[:, side], i % self.n, sound * gain * g)

    def finish(self, wet=.28, room_s=1.6, level=.125):
        """Adds the room (circular, so the loop stays whole), evens the loudness and keeps peaks below the ceiling."""
        t = np.arange(min(self.n, int(room_s * 2 * RATE))) / RATE
        out = np.empty_like(self.dry)
        for side in (0, 1):
            tail = np.random.default_rng(80 + side).normal(0, 1, len(t)) * np.exp(-t / (room_s / 3))
            tail = soften(tail, 5)
            tail /= np.sqrt((tail ** 2).sum())
            spec = np.fft.rfft(self.dry[:, side])
            out[:, side] = self.dry[:, side] + wet * np.fft.irfft(spec * np.fft.rfft(tail, self.n), self.n)
        out *= level / np.sqrt((out ** 2).mean())
        return np.tanh(out * 1.15) / 1.15 * .92


LEADS = {"saron": saron, "bonang": bonang, "kalimba": kalimba, "marimba": marimba, "angklung": angklung, "pluck": pluck,
         "suling": suling}


def motif(rnd, steps, span, density):
    """A phrase of scale steps (None is a rest): mostly neighbours, a leap now and then, home at the end."""
    notes, now = [], int(rnd.integers(0, span))
    for i in range(steps):
        move = int(rnd.choice((-2, -1, -1, 0, 1, 1, 2, 3)))
        now = int(np.clip(now + move, 0, span))
        notes.append(now if rnd.random() < density or i % 4 == 0 else None)
    return notes


def compose(seed, seconds, bars, scale, tonic, lead, second=None, bass="soft", beat=None, place=None, place_gain=.2,
            density=.62, pads=True):
    """A loop of so many bars: a motif that returns with a turn, an answer by a second voice, a bass, a beat and a place."""
    rnd = np.random.default_rng(seed)
    m, step = Mix(seconds), seconds / (bars * 8)
    a, b = motif(rnd, 8, 7, density), motif(rnd, 8, 8, density)
    turn = a[:4] + b[4:]
    order = [a, b, a, turn] if bars == 4 else [a, turn, b] if bars == 3 else [a, b]
    for bar in range(bars):
        for i, n in enumerate(order[bar % len(order)]):
            t = (bar * 8 + i) * step + rnd.normal(0, .004) * (i % 2)
            if n is not None:
                m.add(LEADS[lead](pitch(scale, n, tonic * 2)), max(0, t),
                      .34 * (1.15 if i % 4 == 0 else rnd.uniform(.7, .95)), -.25 + .5 * (i % 2))
            if second and i % 2 == 1 and rnd.random() < .62:
                k = (order[bar % len(order)][i - 1] or 0) + int(rnd.choice((2, 3, 5)))
                m.add(LEADS[second](pitch(scale, k, tonic * 2)), t, .17, .45 if i % 4 == 1 else -.45)
        root = (0, 2, 3, 1)[bar % 4] if bar else 0
        if bass == "gong":
            if bar % 2 == 0:
                m.add(gong(pitch(scale, root, tonic / 2)), bar * 8 * step, .55)
        else:
            for i in (0, 3, 6) if bass == "walk" else (0, 5):
                m.add(marimba(pitch(scale, root if i < 6 else root + 2, tonic / 2)) if bass == "walk" else
                      kalimba(pitch(scale, root, tonic / 2)), (bar * 8 + i) * step, .42)
    rhythm(m, beat, bars, step)
    if pads:
        m.add(pad([tonic, pitch(scale, 3, tonic), pitch(scale, 2, tonic * 2)], seconds), 0, .085)
    if place:
        m.dry += ambience(place, seconds)[:m.n] * place_gain
    return m.finish()


def rhythm(m, beat, bars, step):
    """Hand drums and shakers: none, soft, walk or dance."""
    if not beat:
        return
    low, slap, sh = drum(True), drum(False), shaker()
    marks = {"soft": ((0,), (), (2, 6)), "walk": ((0, 4), (2, 6), (1, 3, 5, 7)),
             "dance": ((0, 3, 6), (2, 4, 7), range(8))}[beat]
    for bar in range(bars):
        for i in marks[0]:
            m.add(low, (bar * 8 + i) * step, .42)
        for i in marks[1]:
            m.add(slap, (bar * 8 + i) * step, .10, .2)
        for i in marks[2]:
            m.add(sh, (bar * 8 + i) * step, .22, -.3 + .2 * (i % 3))


def write(path, stereo):
    """16-bit WAV."""
    with wavefile.open(path, "wb") as w:
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(RATE)
        w.writeframes((np.clip(stereo, -1, 1) * 32767).astype("<i2").tobytes())
