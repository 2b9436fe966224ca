#!/usr/bin/env python3
"""kill -9 during writes, then a restart: what was answered is there, what was not is whole or absent, and nothing is sold
twice. Usage: crash_test.py PROGRAM [ROUNDS] [--db URL]. Ends with "N passed, N failed".
"""
import http.client
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

CLIENTS = 8
STOCK = 200000
passed, failed = 0, 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAILED", what, flush=True)


class Server:
    def __init__(self, program, args):
        self.process = subprocess.Popen([program, "serve", "--port", "0", "--sign-ups-per-hour", "10000", "--quiet", *args],
                                        stdout=subprocess.PIPE, text=True)
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


def prepare(port):
    seller = Client(port, sign_up(port, "seller"))
    money = {"minor": 100000, "currency": "IDR"}
    _, shop = seller.call("POST", "/v1/shops", {"name": "Crash", "handle": "crash", "currency": "IDR", "country": "ID",
                                                "shipping": money, "dispatch_days": 1, "delivery_min_days": 1,
                                                "delivery_max_days": 2})
    _, product = seller.call("POST", f"/v1/shops/{shop['id']}/products", {
        "title": "T", "options": [], "pictures": [], "variants": [{"sku": "T", "options": [], "price": money, "stock": STOCK}]})
    buyers = []
    for i in range(CLIENTS):
        token = sign_up(port, f"buyer{i}")
        where = {"name": "B", "phone": "0812345678", "line1": "Jl. 1", "city": "Solo", "country": "ID"}
        _, address = Client(port, token).call("POST", "/v1/addresses", where)
        buyers.append((token, address["id"]))
    return seller.token, product["id"], product["variants"][0]["id"], buyers


def body_of(address, variant):
    return {"address": address, "method": "cod", "lines": [{"variant": variant, "quantity": 1}]}


def buy_until_dead(port, buyer, variant, name, answered, hanging):
    """Buys until the server is gone; the last request of each client hangs: nobody knows what became of it."""
    c = Client(port, buyer[0])
    for n in range(1000000):
        key = f"{name}-{n}"
        try:
            status, answer = c.call("POST", "/v1/checkouts", body_of(buyer[1], variant), key)
        except (OSError, http.client.HTTPException):
            hanging.append((buyer, key))
            return
        if status == 201:
            answered.append((buyer, key, answer["orders"][0]["id"]))
        else:
            check(False, f"a checkout was answered with {status}: {answer}")
            return


def one_round(program, args, number, state):
    server = Server(program, args)
    seller, product, variant, buyers = state or prepare(server.port)
    answered, hanging = [], []
    threads = [threading.Thread(target=buy_until_dead, args=(server.port, b, variant, f"{number}-{i}", answered, hanging))
               for i, b in enumerate(buyers)]
    for t in threads:
        t.start()
    time.sleep(random.uniform(0.3, 1.2))
    server.kill()
    for t in threads:
        t.join()

    server = Server(program, args)
    for buyer, key, order in answered:
        status, got = Client(server.port, buyer[0]).call("GET", f"/v1/orders/{order}")
        if status != 200 or len(got["lines"]) != 1 or got["state"] != "awaiting_shipment":
            check(False, f"the acknowledged order {order} is {status} {got}")
            break
    check(len(answered) > CLIENTS, f"round {number}: only {len(answered)} were answered")
    # The same key once more: the first answer if it had been done, or now for the first time; never twice.
    orders = {order for _, _, order in answered}
    for buyer, key in hanging:
        status, got = Client(server.port, buyer[0]).call("POST", "/v1/checkouts", body_of(buyer[1], variant), key)
        check(status == 201, f"the hanging {key} is {status}")
        orders.add(got["orders"][0]["id"])
    state = (seller, product, variant, buyers)
    _, studio = Client(server.port, seller).call("GET", f"/v1/studio/products/{product}")
    state_stock = studio["variants"][0]["on_hand"]
    code = server.stop()
    check(code == 0, f"the server stopped with {code}")
    audit = subprocess.run([program, "audit", "--quiet", *args], capture_output=True, text=True)
    check(audit.returncode == 0, f"audit: {audit.stdout} {audit.stderr}")
    print(f"round {number}: {len(answered)} acknowledged, {len(hanging)} hanging, all accounted for", flush=True)
    return state, len(orders), state_stock


def main():
    program = os.path.abspath(sys.argv[1])
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 5
    folder = tempfile.mkdtemp(prefix="crash-", dir=os.environ.get("CRASH_FOLDER"))
    args = ["--data", folder]
    if "--db" in sys.argv:
        args += ["--db", sys.argv[sys.argv.index("--db") + 1]]
    state, sold = None, 0
    try:
        for number in range(rounds):
            state, n, stock = one_round(program, args, number, state)
            sold += n
            check(STOCK - stock == sold, f"{STOCK - stock} units are gone and {sold} orders were made")
    finally:
        shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main())
