#!/usr/bin/env python3
"""The program's commands as an operator uses them, on a real server: help, options, backup and restore while serving,
operator, audit, stopping. Usage: commands_test.py PROGRAM. PostgreSQL too when ETALASE_TEST_PG is set.
Ends with "N passed, N failed".
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

PROGRAM = os.path.abspath(sys.argv[1])
passed, failed = 0, 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED", what, flush=True)


def etalase(*args, **more):
    return subprocess.run([PROGRAM, *args], capture_output=True, text=True, timeout=60, **more)


class Server:
    def __init__(self, *args):
        self.process = subprocess.Popen([PROGRAM, "serve", "--port", "0", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                        text=True)
        self.base = self.process.stdout.readline().strip().rsplit(" ", 1)[1]

    def call(self, method, path, body=None, token=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = "Bearer " + token
        data = json.dumps(body).encode() if body is not None else None
        try:
            with urllib.request.urlopen(urllib.request.Request(self.base + path, data, headers, method=method), timeout=20) as a:
                return a.status, json.loads(a.read() or b"null")
        except urllib.error.HTTPError as e:
            return e.code, json.loads(e.read() or b"null")

    def stop(self, how=signal.SIGTERM):
        start = time.monotonic()
        self.process.send_signal(how)
        code = self.process.wait(12)
        self.log = self.process.stderr.read()
        return code, time.monotonic() - start


def sign_up(server, name):
    who = {"email": f"{name}@example.com", "password": "sepuluh ribu 1"}
    server.call("POST", "/v1/accounts", {**who, "name": name, "handle": name})
    return server.call("POST", "/v1/sessions", who)[1]["token"]


def shop_of(server, token, handle):
    money = {"minor": 0, "currency": "IDR"}
    body = {"name": handle, "handle": handle, "currency": "IDR", "country": "ID", "shipping": money, "dispatch_days": 1,
            "delivery_min_days": 1, "delivery_max_days": 2}
    return server.call("POST", "/v1/shops", body, token)


def words(folder):
    x = etalase("--help")
    named = ("serve", "demo", "audit", "backup", "restore", "openapi", "--db URL")
    check(x.returncode == 0 and all(w in x.stdout for w in named), "help")
    check(etalase("version").stdout.strip().count(".") == 2, "version")
    check(etalase().returncode == 2 and etalase("fly").returncode == 2, "unknown commands")
    check(json.loads(etalase("openapi").stdout)["openapi"].startswith("3.1"), "openapi")
    for bad in (["--port", "x"], ["--port", "70000"], ["--nonsense"], ["--db"], ["--threads", "0"]):
        x = etalase("serve", *bad)
        check(x.returncode == 2 and bad[0] in x.stderr, f"serve {bad}: {x.returncode} {x.stderr}")
    x = etalase("serve", "--port", "0", "--data", folder, "--db", "mysql://x")
    check(x.returncode == 1 and "sqlite:FILE" in x.stderr, "a database of another kind")
    x = etalase("serve", "--listen", "8.8.8.8:80", "--data", folder)
    check(x.returncode == 1 and "cannot listen" in x.stderr, "an address that is not ours")
    check(etalase("backup", "--data", folder).returncode == 2, "backup without a file")


def life(folder, db):
    options = ["--data", folder, *(["--db", db] if db else [])]
    copy = os.path.join(folder, "copy")
    server = Server(*options)
    token = sign_up(server, "sari")
    check(shop_of(server, token, "before")[0] == 201, "a shop")
    x = etalase("serve", "--port", "0", *options)
    check(x.returncode == 1 and "another etalase" in x.stderr, "a second server on the same folder")

    check(server.call("GET", "/v1/shops/by-handle/before")[0] == 200, "the shop before the backup")
    x = etalase("backup", copy, *options)
    check(x.returncode == 0 and os.path.getsize(copy) > 0, f"backup while serving: {x.stderr}")
    check(shop_of(server, token, "after")[0] == 201, "a shop after the backup")
    check(server.call("GET", "/v1/shops/by-handle/after")[0] == 200, "it is there (and now kept in the cache)")
    x = etalase("restore", copy, *options)
    check(x.returncode == 0, f"restore while serving: {x.stdout} {x.stderr}")
    deadline = time.monotonic() + 5
    while server.call("GET", "/v1/shops/by-handle/after")[0] != 404 and time.monotonic() < deadline:
        time.sleep(0.1)
    check(server.call("GET", "/v1/shops/by-handle/after")[0] == 404, "what came after the backup is gone")
    check(server.call("GET", "/v1/shops/by-handle/before")[0] == 200, "what came before is there")
    check(shop_of(server, token, "again")[0] == 201, "the market goes on")
    with open(os.path.join(folder, "junk"), "w") as f:
        f.write("no backup")
    check(etalase("restore", os.path.join(folder, "junk"), *options).returncode == 1, "junk is not restored")

    check(etalase("operator", "nobody-here", *options).returncode == 1, "an operator who does not exist")
    check(etalase("operator", "sari", *options).returncode == 0, "an operator")
    check(server.call("GET", "/v1/me", None, token)[1]["account"]["role"] == "operator", "the role is there at once")
    imports(server, token, folder, options)
    reindexes(server, folder, options)
    x = etalase("audit", *options)
    last = json.loads((x.stdout.splitlines() or ["{}"])[-1])
    check(x.returncode == 0 and last | {"ms": 0} == {"violations": 0, "rules": {}, "ms": 0}, f"audit: {x.stdout} {x.stderr}")
    code, took = server.stop()
    check(code == 0, f"SIGTERM ends with {code}")
    check(took < 10, f"SIGTERM takes {took:.1f} s")
    lines = [json.loads(line) for line in server.log.splitlines()]
    check(lines and all({"at", "level", "event", "text"} <= set(line) for line in lines), "every line of the log is JSON")
    check("sari@example.com" not in server.log and token not in server.log, "the log names nobody")
    x = etalase("reindex", *options)
    check(x.returncode == 0 and "The index is made of" in x.stdout, f"reindex without a server: {x.stdout} {x.stderr}")
    check(etalase("reindex", "--data", os.path.join(folder, "nowhere")).returncode == 1, "reindex where no market is")
    server = Server(*options)
    check(found(server, "again"), "what the command indexed is found by the next server")
    check(server.call("GET", "/v1/me", None, token)[1]["account"]["handle"] == "sari", "after a restart")
    check(server.stop(signal.SIGINT)[0] == 0, "SIGINT")


def found(server, handle):
    """A server that starts reads its index in the background; half a minute is for machines that do much else."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if any(s["handle"] == handle for s in server.call("GET", f"/v1/search?q={handle}")[1]["shops"]):
            return True
        time.sleep(0.1)
    return False


def reindexes(server, folder, options):
    check(found(server, "again"), "a new shop is found")
    x = etalase("reindex", *options)
    check(x.returncode == 0 and "The index is made of" in x.stdout, f"reindex beside a server: {x.stdout} {x.stderr}")
    check(found(server, "again"), "it is found afterwards")
    left = [name for name in os.listdir(folder) if name in ("search.reindex", "search.progress")]
    check(left == [], f"reindex leaves {left}")
    check(etalase("reindex", "file", *options).returncode == 2, "reindex with a file")


def imports(server, token, folder, options):
    """Tax rates from a file, while serving: all lines or none."""
    head = "country,region,class,from,until,name,percent,base,parts\n"
    good, bad = os.path.join(folder, "good.csv"), os.path.join(folder, "bad.csv")
    with open(good, "w") as f:
        f.write(head + "BR,SP,standard,2025-01-01,,ICMS,18,,\nBR,,standard,2025-01-01,,ICMS,17.5,,\n")
    with open(bad, "w") as f:
        f.write(head + "AR,,standard,2025-01-01,,IVA,21,,\nAR,,cheap,2025-01-01,,IVA,1,,\n")
    x = etalase("import", "tax", good, *options)
    check(x.returncode == 0 and "2 tax rates" in x.stdout, f"import: {x.stdout} {x.stderr}")
    x = etalase("import", "tax", bad, *options)
    check(x.returncode == 1 and "Line 3" in x.stderr and "cheap" in x.stderr, f"a file with a mistake: {x.stderr}")
    check(etalase("import", "tax", os.path.join(folder, "none.csv"), *options).returncode == 1, "a file that is not there")
    check(etalase("import", "weather", good, *options).returncode == 2, "what cannot be imported")
    rates = server.call("GET", "/v1/operator/tax-rates?country=BR", None, token)[1]["items"]
    check([r["rate_ppm"] for r in rates] == [180000, 175000] and not any(r["shipped"] for r in rates), f"the rates: {rates}")
    check(server.call("GET", "/v1/operator/tax-rates?country=AR", None, token)[1]["items"] == [], "nothing of the bad file")


def broken_key(folder):
    os.makedirs(folder)
    with open(os.path.join(folder, "master.key"), "w") as f:
        f.write("not a key")
    x = etalase("serve", "--port", "0", "--data", folder)
    check(x.returncode == 1 and "64 hex digits" in x.stderr, "a damaged master key is not replaced")


def another_key(folder):
    server = Server("--data", folder)
    server.stop()
    with open(os.path.join(folder, "master.key"), "w") as f:
        f.write("0123456789abcdef" * 4)
    x = etalase("serve", "--port", "0", "--data", folder)
    check(x.returncode == 1 and "not the one that this database" in x.stderr, "another master key is not taken")


def left_overs(folder):
    os.makedirs(os.path.join(folder, "tmp"))
    with open(os.path.join(folder, "tmp", "left-over"), "w") as f:
        f.write("x")
    Server("--data", folder).stop()
    check(os.listdir(os.path.join(folder, "tmp")) == [], "what a killed process left is swept")


def measured(*args):
    x = etalase("eval", *args)
    check(x.returncode == 0, f"eval {args}: {x.returncode} {x.stderr}")
    return json.loads(x.stdout) if x.returncode == 0 else {}


def evals(folder):
    """People walk around a ring of forty things, onwards or back: what comes next can be told, and popularity cannot tell it."""
    os.makedirs(folder)
    walks = [[(p * 7 + k * (1 if p % 2 else 39)) % 40 for k in range(4 + p % 5)] for p in range(300)]
    paths = {name: os.path.join(folder, name) for name in ("lines", "pairs", "train", "test", "nonsense", "empty")}
    for name, text in (("lines", "".join(f"u{p} " + " ".join(f"i{i}" for i in w) + "\n" for p, w in enumerate(walks))),
                       ("pairs", "".join(f"u{p}\ti{i}\r\n" for p, w in enumerate(walks) for i in w)),
                       ("train", "".join(" ".join(f"i{i}" for i in w) + "\n" for w in walks[:250])),
                       ("test", "".join(" ".join(f"i{i}" for i in w) + "\n" for w in walks[250:])),
                       ("empty", "\n \n")):
        with open(paths[name], "w", encoding="utf-8", newline="") as f:
            f.write(text)
    with open(paths["nonsense"], "wb") as f:
        f.write(b"a b\n\xff\xfe\0 c d\n")
    lines, again, pairs = (measured("sequences", paths[f], "--negatives", "20", "--seed", "3")
                           for f in ("lines", "lines", "pairs"))
    for x in (lines, again, pairs):
        x.pop("seconds")
    check(lines == again == pairs, "the same histories in both forms, twice: the same numbers")
    check(lines["users"] == 300 and lines["items"] == 40 and lines["seed"] == 3 and lines["hr@5"] > 0.8, f"sequences: {lines}")
    full = measured("sequences", paths["lines"], "--full")
    check(full["hr@5"] > 0.8 and full["ndcg@5"] <= full["ndcg@10"] <= full["ndcg@20"] <= 1, f"full: {full}")
    served, unfitted = (measured("sequences", paths["lines"], "--served", *more) for more in ((), ("--unfitted",)))
    check(served["users"] == 300 and served["fitted"] and not unfitted["fitted"], f"served: {served}")
    check(served["hr@5"] > 1.3 * unfitted["hr@5"], f"served: {served}, unfitted: {unfitted}")
    check(0 < served["ndcg@5"] <= served["ndcg@10"] <= served["ndcg@20"] <= 1, f"served: {served}")
    sessions = measured("sessions", paths["train"], paths["test"])
    check(sessions["p@20"] > 0.9 and sessions["mrr@20"] > 0.5 and sessions["asked"] == 50, f"sessions: {sessions}")
    sets = measured("pairs", paths["lines"], paths["lines"])
    check(sets["recall@20"] == 0 and sets["asked"] == 300, "what is in train is not ranked")
    for bad in (["sequences", paths["nonsense"]], ["sessions", paths["nonsense"], paths["test"]], ["pairs", paths["lines"]],
                ["sequences", paths["empty"]], ["sequences", os.path.join(folder, "none")], ["sequences"], ["taste"],
                ["sequences", paths["lines"], "--negatives", "0"], ["sequences", paths["lines"], "--served", "--full"],
                ["sequences", paths["lines"], "--unfitted"], ["sequences", paths["lines"], "--max-len", "x"]):
        x = etalase("eval", *bad)
        check(x.returncode == 2 and x.stderr.startswith("etalase: ") and not x.stdout, f"eval {bad}: {x.returncode} {x.stderr}")
    check("line 2" in etalase("eval", "sequences", paths["nonsense"]).stderr, "the line is named")


def shoppers():
    """The engine, in a small town whose tastes nobody tuned it to, against the same town with other feeds."""
    town = json.loads(etalase("simulate", "--shoppers", "400", "--days", "3", "--seed", "7").stdout)
    engine, popularity, chance, oracle = (town[feed] for feed in ("engine", "popularity", "random", "oracle"))
    for what, least, far in (("watch_hours", 1.05, 1.6), ("kept_orders", 1.25, 2.5)):
        check(engine[what] > least * popularity[what], f"{what} {engine[what]}, popularity {popularity[what]}")
        check(engine[what] > far * chance[what], f"{what} {engine[what]}, random {chance[what]}")
        check(oracle[what] > engine[what], f"{what} {engine[what]}, more than the oracle's {oracle[what]}")
    for feed in (engine, popularity, chance, oracle):
        check(0 < feed["kept_orders"] < feed["orders"] < feed["views"], f"orders: {feed}")
    other = [etalase("simulate", "--shoppers", "10", "--days", "1", "--seed", seed) for seed in ("7", "23")]
    check(json.loads(other[0].stdout)["random"] != json.loads(other[1].stdout)["random"], "a seed is another town")
    bad = etalase("simulate", "--shoppers", "1")
    check(bad.returncode == 2 and not bad.stdout, "a town of one is refused")


def main():
    folder = tempfile.mkdtemp(prefix="commands-")
    try:
        words(os.path.join(folder, "words"))
        life(os.path.join(folder, "sqlite"), None)
        url = os.environ.get("ETALASE_TEST_PG")
        if url:
            life(os.path.join(folder, "postgres"), url)
        broken_key(os.path.join(folder, "key"))
        another_key(os.path.join(folder, "other"))
        evals(os.path.join(folder, "evals"))
        shoppers()
        left_overs(os.path.join(folder, "left"))
    finally:
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
