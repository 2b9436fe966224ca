"""Checks the demo town: what town.json says fits together, and every file that it names is there and of its kind and size."""
import json
import os
import re
import subprocess
import sys

from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FIELDS = {"accounts": "key email password name handle role locale",
          "shops": "key owner handle name about city country shipping_minor free_shipping_over_minor dispatch_days "
                   "delivery_min_days delivery_max_days picture",
          "products": "key shop title description category pictures options variants",
          "clips": "key shop caption language products likes"}
MOST_BYTES, MOST_CLIP_BYTES, MOST_TAGS = 23_000_000, 15_000_000, 3
problems = []


def want(ok, what):
    if not ok:
        problems.append(what)


def keys_of(town, kind):
    keys = [x["key"] for x in town[kind]]
    want(len(keys) == len(set(keys)), f"{kind}: a key is there twice")
    for x in town[kind]:
        want(set(x) == set(FIELDS[kind].split()), f"{kind} {x['key']}: fields {set(x) ^ set(FIELDS[kind].split())}")
    return set(keys)


def check_product(p, skus):
    want(2 <= len(p["pictures"]) <= 3, f"{p['key']}: pictures")
    combos = [tuple(v["options"]) for v in p["variants"]]
    want(len(combos) == len(set(combos)) and combos, f"{p['key']}: variants repeat")
    for v in p["variants"]:
        want(v["sku"] not in skus, f"{v['sku']} is there twice")
        skus.add(v["sku"])
        want(len(v["options"]) == len(p["options"]) and all(o in d["values"] for o, d in zip(v["options"], p["options"])),
             f"{v['sku']}: options")
        was = v.get("compare_at_minor") or v["price_minor"] + 1
        want(0 < v["price_minor"] < was and v["stock"] >= 0, f"{v['sku']}: numbers")


def check_picture(path, size):
    full = os.path.join(ROOT, "pictures", path)
    if not os.path.exists(full):
        problems.append(f"{path} is missing")
        return
    with Image.open(full) as im:
        want(im.size == (size, size) and im.format == "WEBP", f"{path}: {im.format} {im.size}")


def check_clip(key):
    path = os.path.join(ROOT, "clips", key + ".mp4")
    if not os.path.exists(path):
        problems.append(f"clip {key} is missing")
        return
    out = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height:format=duration", "-of",
                          "json", path],
                         capture_output=True, text=True, check=True).stdout
    info = json.loads(out)
    kinds = {s["codec_name"]: s for s in info["streams"]}
    want(set(kinds) == {"h264", "aac"} and (kinds["h264"]["width"], kinds["h264"]["height"]) == (720, 1280),
         f"clip {key}: {sorted(kinds)}")
    want(6 <= float(info["format"]["duration"]) <= 12.1, f"clip {key}: {info['format']['duration']} s")


def total(*folders):
    walks = (w for folder in folders for w in os.walk(os.path.join(ROOT, folder)))
    return sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in walks for f in fs)


def main():
    with open(os.path.join(ROOT, "town.json"), encoding="utf-8") as f:
        town = json.load(f)
    keys = {kind: keys_of(town, kind) for kind in FIELDS}
    for a in town["accounts"]:
        want(a["email"].endswith("@example.com") and re.fullmatch("[a-z0-9]{3,30}", a["handle"]), f"account {a['key']}")
    skus = set()
    for s in town["shops"]:
        want(s["owner"] in keys["accounts"], f"shop {s['key']}: owner")
        check_picture(s["picture"], 320)
    for p in town["products"]:
        want(p["shop"] in keys["shops"], f"product {p['key']}: shop")
        check_product(p, skus)
        for path in p["pictures"]:
            check_picture(path, 900)
    shop_of = {p["key"]: p["shop"] for p in town["products"]}
    for c in town["clips"]:
        want(1 <= len(c["products"]) <= MOST_TAGS and all(k in shop_of for k in c["products"]), f"clip {c['key']}: products")
        check_clip(c["key"])
    want(total("") < MOST_BYTES and total("clips") < MOST_CLIP_BYTES, f"too large: {total('')} bytes, clips {total('clips')}")
    for line in problems:
        print(line)
    print(f"{len(town['shops'])} shops, {len(town['products'])} products, {len(skus)} variants, {len(town['clips'])} clips, "
          f"pictures {total('pictures') // 1024} KB, clips {total('clips') // 1024} KB: {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
