"""The command: reads everything, checks it, and writes what changed."""
import argparse
import os
import sys

from . import write_c, write_features
from .check import check, read_slugs
from .check_sqlite import check_sqlite
from .model import Problems, World
from .read_api import ApiReader
from .read_migrations import read_migration
from .read_sql import read_sql
from .write_openapi import openapi_text
from .write_ts import ts_files

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def read_text(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def sources(root):
    """(features' folders, paths of all inputs), both sorted."""
    src, features, paths = os.path.join(root, "src"), [], []
    for name in sorted(os.listdir(src)):
        folder = os.path.join(src, name)
        if os.path.isdir(folder):
            mine = sorted(f for f in os.listdir(folder) if f.endswith((".api", ".sql")))
            paths += [os.path.join(folder, f) for f in mine]
            features += [name] if mine else []
    migrations = os.path.join(src, "db", "migrations")
    if os.path.isdir(migrations):
        paths += [os.path.join(migrations, f) for f in sorted(os.listdir(migrations)) if f.endswith(".sql")]
    return features, paths


def read_world(root, problems):
    world, (features, paths) = World(), sources(root)
    world.slugs = read_slugs(read_text(os.path.join(root, "src", "base", "err.h")))
    for name in features:
        world.features.setdefault(name, "")
    for path in sorted(paths, key=lambda p: "migrations" not in p):
        shown, folder = os.path.relpath(path, root), os.path.basename(os.path.dirname(path))
        text = read_text(path)
        if folder == "migrations":
            read_migration(world, problems, shown, os.path.basename(path), text)
        elif path.endswith(".api"):
            ApiReader(world, problems, folder, shown).read(text)
        else:
            read_sql(world, problems, folder, shown, text)
    check(world, problems)
    if not problems.found:
        check_sqlite(world, problems)
    return world


def c_outputs(features):
    """The names of the C files, in the order in which meson lists them."""
    names = ["ids.gen.h", "types.gen.h", "program.gen.h"]
    names += [f"{f}.gen.h" for f in features]
    names += ["types.gen.c", "queries.gen.c", "migrations.gen.c", "openapi.gen.c", "routes.gen.c"]
    return names + [f"{f}.gen.c" for f in features]


def c_files(world, features):
    queries = sorted(world.queries, key=lambda q: (q.feature, q.name))
    index_of = {q.name: i for i, q in enumerate(queries)}
    files = {"ids.gen.h": write_c.ids_h(world), "types.gen.h": write_c.types_h(world), "types.gen.c": write_c.types_c(world),
             "program.gen.h": write_features.program_h(world), "queries.gen.c": write_features.queries_c(world, queries),
             "migrations.gen.c": write_features.migrations_c(world), "routes.gen.c": write_features.routes_c(world),
             "openapi.gen.c": write_features.openapi_c(openapi_text(world))}
    for f in features:
        files[f + ".gen.h"] = write_features.feature_h(world, f)
        files[f + ".gen.c"] = write_features.feature_c(world, f, index_of)
    return files


def write_files(folder, files):
    """Rewrites only what changed, so that only that is compiled again. Returns how many."""
    changed = 0
    for name, text in files.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path) or read_text(path) != text:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            changed += 1
    return changed


def write_depfile(path, target, root):
    """The inputs for ninja: files, and the folders in which a new one could appear."""
    features, paths = sources(root)
    src, here = os.path.join(root, "src"), os.path.dirname(os.path.abspath(__file__))
    folders = [src, os.path.join(src, "db", "migrations")] + [os.path.join(src, f) for f in features]
    tools = [os.path.join(here, f) for f in sorted(os.listdir(here)) if f.endswith(".py")]
    with open(path, "w", encoding="utf-8") as f:
        f.write(target + ": " + " ".join(p.replace(" ", "\\ ") for p in paths + folders + tools) + "\n")


def web_files(world):
    files = {"openapi.json": openapi_text(world)}
    for name, text in ts_files(world).items():
        files["src/api/" + name] = text
    return files


def check_web(folder, files):
    """Says which committed files differ from what would be written. Exit code."""
    stale = 0
    for name, text in files.items():
        path = os.path.join(folder, name)
        old = read_text(path) if os.path.exists(path) else None
        if old == text:
            continue
        stale += 1
        if old is None:
            print(f"web/{name}: missing")
            continue
        a, b = old.splitlines(), text.splitlines()
        first = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
        print(f"web/{name}: stale from line {first + 1} on ({len(a)} lines, should be {len(b)})")
        print(f"  is:        {a[first] if first < len(a) else '(end)'}\n  should be: {b[first] if first < len(b) else '(end)'}")
    print("run tools/gen --web" if stale else f"web: {len(files)} generated files are current")
    return 1 if stale else 0


def main(argv):
    p = argparse.ArgumentParser(prog="tools/gen", description="Writes C, OpenAPI and TypeScript: see docs/generated.md.")
    p.add_argument("--out", help="folder for the C")
    p.add_argument("--depfile", help="with --out: the inputs, for ninja")
    p.add_argument("--web", action="store_true", help="write web/openapi.json and web/src/api")
    p.add_argument("--check", action="store_true", help="exit 1 when the committed web files are stale")
    p.add_argument("--outputs", action="store_true", help="print the names of the C files")
    p.add_argument("--root", default=ROOT, help="the tree to read (its src/)")
    args = p.parse_args(argv)
    if args.outputs:
        print("\n".join(c_outputs(sources(args.root)[0])))
        return 0
    problems = Problems()
    world = read_world(args.root, problems)
    if problems.found:
        print("\n".join(problems.found), file=sys.stderr)
        print(f"tools/gen: {len(problems.found)} mistakes, nothing written", file=sys.stderr)
        return 1
    if args.out:
        features = sources(args.root)[0]
        write_files(args.out, c_files(world, features))
        if args.depfile:
            write_depfile(args.depfile, os.path.join(args.out, c_outputs(features)[0]), args.root)
    if args.web:
        write_files(os.path.join(args.root, "web"), web_files(world))
    return check_web(os.path.join(args.root, "web"), web_files(world)) if args.check else 0
