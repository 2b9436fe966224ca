#!/usr/bin/env python3
"""kill -9 while people buy, pay, cancel, pack, send, receive and give back; then a restart: what was answered is so, what was
not is whole or absent, nothing is sold twice, and no unit stays held.
Usage: crash_test.py PROGRAM [KILLS] [--db URL]. Ends with "N passed, N failed".
"""
import http.client
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

CLIENTS = 8
STOCK = 200000
# Prices by what the test provider does with a sum that ends so: pays, declines, asks for a second step, answers late.
PRICES = [100000, 100000, 100001, 100002, 100003]
passed, failed = 0, 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED", what, flush=True)
    return ok


class Server:
    def __init__(self, program, args):
        self.process = subprocess.Popen([program, "serve", "--demo", "--port", "0", "--sign-ups-per-hour", "10000", "--quiet",
                                         *args], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.port = int(line.strip().rsplit(":", 1)[1]) if ":" in line else 0

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(12)


class Client:
    def __init__(self, port, token=None):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.token = token

    def call(self, method, path, body=None, key=None):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if key:
            headers["Idempotency-Key"] = key
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None


def sign_up(port, name):
    c = Client(port)
    who = {"email": f"{name}@example.com", "password": "sepuluh ribu 1"}
    c.call("POST", "/v1/accounts", {**who, "name": name})
    return c.call("POST", "/v1/sessions", who)[1]["token"]


class Market:
    """What the test knows: people, goods, and of every order the last state that was answered."""

    def __init__(self, port):
        self.seller = sign_up(port, "seller")
        seller = Client(port, self.seller)
        money = {"minor": 100000, "currency": "IDR"}
        _, shop = seller.call("POST", "/v1/shops", {"name": "Crash", "handle": "crash", "currency": "IDR", "country": "ID",
                                                    "shipping": money, "dispatch_days": 1, "delivery_min_days": 1,
                                                    "delivery_max_days": 2})
        self.goods = []
        for i, price in enumerate(PRICES):
            _, p = seller.call("POST", f"/v1/shops/{shop['id']}/products", {
                "title": "T", "options": [], "pictures": [],
                "variants": [{"sku": f"T{i}", "options": [], "price": {"minor": price, "currency": "IDR"}, "stock": STOCK}]})
            self.goods.append((p["id"], p["variants"][0]["id"]))
        self.buyers = []
        for i in range(CLIENTS):
            token = sign_up(port, f"buyer{i}")
            where = {"name": "B", "phone": "0812345678", "line1": "Jl. 1", "city": "Solo", "country": "ID"}
            self.buyers.append((token, Client(port, token).call("POST", "/v1/addresses", where)[1]["id"]))
        self.orders = {}


class Order:
    def __init__(self, number, buyer, answer, units, variant):
        self.id, self.payment = number, answer["payment"]["id"]
        self.buyer, self.units, self.variant = buyer, units, variant
        self.state = answer["orders"][0]["state"]
        self.paid = answer["payment"]["state"]
        self.line, self.refunded, self.asked, self.over = None, 0, False, False


# What may follow from a state without anyone's request: the provider answers late.
BY_ITSELF = {"unpaid": ("unpaid", "awaiting_shipment", "cancelled")}


class Worker(threading.Thread):
    """One buyer and the seller's clerk for this buyer's orders: so of each order only one request is under way."""

    def __init__(self, market, port, number, run):
        super().__init__()
        self.market, self.port, self.number, self.run_name = market, port, number, run
        self.token, self.address = market.buyers[number]
        self.mine = [o for o in market.orders.values() if o.buyer == number and not o.over][-40:]
        self.done, self.hanging, self.random = 0, None, random.Random(f"{run}-{number}-{random.random()}")

    def run(self):
        self.buyer, self.seller = Client(self.port, self.token), Client(self.port, self.market.seller)
        for n in range(1000000):
            request = self.choose()
            try:
                self.hanging = request
                status, answer = self.send(request, f"{self.run_name}-{self.number}-{n}")
                self.hanging = {"what": "look", "order": request["order"]} if "order" in request else None
                self.note(request, status, answer)
                self.hanging = None
            except (OSError, http.client.HTTPException):
                return

    def choose(self):
        mine = [o for o in self.mine if not o.over]
        if len(mine) < 3 or self.random.random() < 0.3:
            good = self.random.randrange(len(PRICES))
            return {"what": "checkout", "good": good, "units": self.random.choice([1, 1, 2]) if good < 2 else 1,
                    "method": self.random.choice(["cod", "test"])}
        order = self.random.choice(mine)
        whats = {"unpaid": ["step", "retry", "cancel", "look", "look"],
                 "awaiting_shipment": ["pack", "ship", "call_off", "refund", "cancel"],
                 "packed": ["ship", "ship", "call_off"], "in_transit": ["receipt", "delivered", "refused"],
                 "delivered": ["receipt", "refund"], "completed": ["refund", "look"]}
        return {"what": self.random.choice(whats.get(order.state, ["look"])), "order": order}

    def send(self, r, key):
        r["key"] = key
        if r["what"] == "checkout":
            body = {"address": self.address, "method": r["method"],
                    "lines": [{"variant": self.market.goods[r["good"]][1], "quantity": r["units"]}]}
            return self.buyer.call("POST", "/v1/checkouts", body, key)
        o = r["order"]
        at = f"/v1/orders/{o.id}"
        calls = {
            "step": (self.buyer, f"/v1/payments/{o.payment}/step", {"approve": True}),
            "retry": (self.buyer, f"/v1/payments/{o.payment}/retry", None),
            "cancel": (self.buyer, f"{at}/cancel", {}),
            "call_off": (self.seller, f"{at}/cancel", {"reason": "none left"}),
            "pack": (self.seller, f"{at}/pack", None),
            "ship": (self.seller, f"{at}/shipments", {"carrier": "JNE", "tracking": "1"}),
            "delivered": (self.seller, f"{at}/delivery", {"kind": "delivered"}),
            "refused": (self.seller, f"{at}/delivery", {"kind": "refused"}),
            "receipt": (self.buyer, f"{at}/receipt", None),
            "refund": (self.seller, f"{at}/refunds", {"reason": "sorry", "amount": {"minor": 7, "currency": "IDR"}}),
        }
        if r["what"] == "look":
            return self.buyer.call("GET", at)
        client, path, body = calls[r["what"]]
        return client.call("POST", path, body, key)

    def note(self, r, status, answer):
        self.done += 1
        if status not in (200, 201):
            check(status == 409, f"{r['what']} was answered with {status}: {answer}")
            if "order" in r and r["what"] != "look":
                self.note({"what": "look", "order": r["order"]}, *self.buyer.call("GET", f"/v1/orders/{r['order'].id}"))
            return
        if r["what"] == "checkout":
            for card in answer["orders"]:
                o = Order(card["id"], self.number, answer, r["units"], r["good"])
                self.market.orders[o.id] = o
                self.mine.append(o)
            return
        o = r["order"]
        if r["what"] in ("step", "retry"):
            o.paid = answer["state"]
            o.state = "awaiting_shipment" if o.paid == "succeeded" else o.state
            return
        o.state, o.refunded = answer["state"], answer.get("refunded", {}).get("minor", 0)
        o.over = o.state == "cancelled" or (o.state == "completed" and self.random.random() < 0.5)


def verify_order(port, market, o, hanging):
    """The order is as it was last answered, or one step further when its last request got no answer."""
    status, got = Client(port, market.buyers[o.buyer][0]).call("GET", f"/v1/orders/{o.id}")
    if not check(status == 200, f"the acknowledged order {o.id} is {status}"):
        return
    fine = got["state"] in BY_ITSELF.get(o.state, (o.state,))
    if hanging:
        fine = True                           # either: the same key below gives the one answer that holds
    check(fine, f"order {o.id} was answered as {o.state} and is {got['state']}")
    refunded = got.get("refunded", {}).get("minor", 0)
    check(refunded >= o.refunded, f"order {o.id} had given back {o.refunded} and has {refunded}")
    check(len(got["lines"]) == 1 and got["lines"][0]["quantity"] == o.units, f"order {o.id} has lost its line")
    o.state, o.refunded = got["state"], refunded


def settle_hanging(port, market, workers):
    """The same key once more: the first answer if it had been done, or now for the first time; never twice."""
    for w in workers:
        r = w.hanging
        if r is None or r["what"] == "look":
            continue
        w.buyer, w.seller = Client(port, w.token), Client(port, market.seller)
        status, answer = w.send(r, r["key"])
        again_status, again = w.send(r, r["key"])
        if check(status in (200, 201, 409), f"the hanging {r['what']} is {status} {answer}") and status != 409:
            check((status, answer) == (again_status, again), f"the hanging {r['what']} was done twice")
            w.note(r, status, answer)
        if "order" in r:
            r["order"].state = Client(port, w.token).call("GET", f"/v1/orders/{r['order'].id}")[1]["state"]


def one_kill(program, args, server, number, market):
    workers = [Worker(market, server.port, i, f"k{number}") for i in range(CLIENTS)]
    for w in workers:
        w.start()
    time.sleep(random.uniform(0.05, 0.6))
    server.kill()
    for w in workers:
        w.join()
    touched = {id(o): o for w in workers for o in w.mine}
    server = Server(program, args)
    if random.random() < 0.15:                # and again while it has hardly begun
        server.kill()
        server = Server(program, args)
    if not check(server.port, "the server does not start again"):
        return None
    hanging = {id(w.hanging["order"]) for w in workers if w.hanging and "order" in w.hanging}
    for o in touched.values():
        verify_order(server.port, market, o, id(o) in hanging)
    settle_hanging(server.port, market, workers)
    audit = subprocess.run([program, "audit", "--quiet", *args], capture_output=True, text=True)
    check(audit.returncode == 0, f"audit: {audit.stdout[:2000]} {audit.stderr[:500]}")
    if number % 10 == 9:
        print(f"kill {number + 1}: {sum(w.done for w in workers)} answered, {len(hanging)} hanging, {len(market.orders)} orders, "
              "all accounted for", flush=True)
    return server


def make_due(folder, db):
    """All that a clock would do to unpaid checkouts is due now."""
    sql = "UPDATE task SET due = 1, lease = 0 WHERE kind IN ('checkout_expire', 'test_provider')"
    if db:
        subprocess.run(["psql", "-q", db, "-c", sql], check=True)
    else:
        c = sqlite3.connect(os.path.join(folder, "etalase.db"))
        c.execute(sql)
        c.commit()
        c.close()


def check_units(port, market):
    """After every clock has run nothing is held, and each unit that is gone is in an order."""
    sold = [0] * len(PRICES)
    for o in market.orders.values():
        got = Client(port, market.buyers[o.buyer][0]).call("GET", f"/v1/orders/{o.id}")[1]
        check(got["state"] != "unpaid", f"order {o.id} is unpaid after its time")
        if got["state"] not in ("unpaid", "cancelled"):
            sold[o.variant] += o.units
    for i, (product, _) in enumerate(market.goods):
        v = Client(port, market.seller).call("GET", f"/v1/studio/products/{product}")[1]["variants"][0]
        check(v["held"] == 0, f"{v['held']} units of {i} are held by nobody")
        check(STOCK - v["on_hand"] == sold[i], f"{STOCK - v['on_hand']} units of {i} are gone, {sold[i]} are in orders")


def run(program, kills, folder, args, db):
    server = Server(program, args)
    market = Market(server.port)
    for number in range(kills):
        server = one_kill(program, args, server, number, market)
        if server is None:
            return
    check(len(market.orders) > 4 * kills, f"only {len(market.orders)} orders were made")
    check(server.stop() == 0, "the server did not stop well")
    make_due(folder, db)
    server = Server(program, args)
    for _ in range(100):
        time.sleep(0.1)
        left = [o for o in market.orders.values() if o.state == "unpaid"]
        if not left or Client(server.port, market.buyers[left[-1].buyer][0]).call("GET", f"/v1/orders/{left[-1].id}")[1][
                "state"] != "unpaid":
            break
    time.sleep(0.5)
    check_units(server.port, market)
    check(server.stop() == 0, "the server did not stop well")
    audit = subprocess.run([program, "audit", "--quiet", *args], capture_output=True, text=True)
    check(audit.returncode == 0, f"audit at the end: {audit.stdout[:2000]}")
    states = {}
    for o in market.orders.values():
        states[o.state] = states.get(o.state, 0) + 1
    print(f"{kills} kills, {len(market.orders)} orders: " + ", ".join(f"{n} {s}" for s, n in sorted(states.items())))


def main():
    program = os.path.abspath(sys.argv[1])
    kills = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 50
    folder = tempfile.mkdtemp(prefix="crash-", dir=os.environ.get("CRASH_FOLDER"))
    args, db = ["--data", folder], None
    if "--db" in sys.argv:
        db = sys.argv[sys.argv.index("--db") + 1]
        args += ["--db", db]
    try:
        run(program, kills, folder, args, db)
    finally:
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
