"""Films: draws a scene frame by frame, gives it its music and writes one compact MP4, or a contact sheet. Run by demo/render."""
import os
import subprocess
import sys
import tempfile

import cairo

import music
import scores
from kit import canvas

W, H, FPS = 720, 1280, 30
VIDEO = ("-c:v", "libx264", "-preset", "slow", "-crf", "26", "-maxrate", "490k", "-bufsize", "1100k", "-pix_fmt", "yuv420p",
         "-profile:v", "high",
         "-g", "60", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
AUDIO = ("-c:a", "aac", "-b:a", "72k", "-ar", "44100")


def scene_of(key):
    """The scene's drawing function: (context, seconds, length), begun at its best moment."""
    import scenes_craft
    import scenes_home
    import scenes_shore
    import scenes_taste
    for module in (scenes_craft, scenes_home, scenes_shore, scenes_taste):
        if key in module.SCENES:
            draw, first = module.SCENES[key](), scores.FIRST.get(key, 0)
            return lambda c, t, length: draw(c, (t + first) % length, length)
    raise SystemExit(f"no scene {key}")


def frame(draw, surface, c, t, length):
    c.identity_matrix()
    c.reset_clip()
    c.new_path()
    c.set_operator(cairo.OPERATOR_OVER)
    draw(c, t, length)
    surface.flush()


def render(key, path):
    """Writes the clip."""
    draw, length = scene_of(key), scores.length(key)
    frames = round(length * FPS)
    surface, c = canvas(W, H)
    with tempfile.TemporaryDirectory() as tmp:
        wav = os.path.join(tmp, "sound.wav")
        music.write(wav, scores.sound(key))
        cmd = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr0", "-s", f"{W}x{H}", "-r", str(FPS), "-i",
               "-", "-i", wav,
               "-vf", "scale=out_color_matrix=bt709:out_range=tv", *VIDEO, *AUDIO, "-t", f"{frames / FPS:.4f}",
               "-map_metadata", "-1",
               "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "2", "-movflags",
               "+faststart", path]
        p = subprocess.Popen(cmd, stdin=subprocess.PIPE)
        for i in range(frames):
            frame(draw, surface, c, i / FPS, length)
            p.stdin.write(surface.get_data())
        p.stdin.close()
        if p.wait():
            raise SystemExit(f"ffmpeg failed on {key}")


def contact(keys, path, count=6, scale=.3):
    """A sheet with a row for each clip: count frames at even times."""
    w, h = int(W * scale), int(H * scale)
    sheet, sc = canvas(w * count, h * len(keys))
    surface, c = canvas(W, H)
    for row, key in enumerate(keys):
        draw, length = scene_of(key), scores.length(key)
        for i in range(count):
            frame(draw, surface, c, length * (i + .15) / count, length)
            sc.save()
            sc.translate(i * w, row * h)
            sc.scale(scale, scale)
            sc.set_source_surface(surface)
            sc.rectangle(0, 0, W - 6, H - 6)
            sc.fill()
            sc.restore()
    sheet.write_to_png(path)


if __name__ == "__main__":
    if sys.argv[1] == "contact":
        contact(sys.argv[3:], sys.argv[2])
    else:
        for name in sys.argv[2:] or list(scores.SCORES):
            render(name, os.path.join(sys.argv[1], name + ".mp4"))
            print(name, os.path.getsize(os.path.join(sys.argv[1], name + ".mp4")) // 1024, "KB", flush=True)
