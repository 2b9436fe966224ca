"""What the hostile tests share: a client that distrusts every answer, and a market made through the API alone."""
import base64
import http.client
import itertools
import json
import struct
import threading
import time
import urllib.parse
import zlib

PASSWORD = "Kopi-tubruk-pagi-7"
BROKEN = []                  # what was wrong with answers whatever the test was about
TESTS = []
INNER_NESTING = 10000        # as deep as the largest body that is read at all


class Failed(Exception):
    pass


def test(function):
    TESTS.append(function)
    return function


def expect(holds, *said):
    if not holds:
        raise Failed(" ".join(str(s) for s in said))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def header(self, name):
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    @property
    def json(self):
        return json.loads(self.body) if self.body else None

    @property
    def slug(self):
        return self.json.get("slug") if self.status >= 400 and self.body else None

    def __str__(self):
        return f"{self.status} {self.body[:300]!r}"


class Server:
    def __init__(self, base):
        parts = urllib.parse.urlsplit(base)
        self.host, self.port = parts.hostname, parts.port or 80
        self.name = f"{self.host}:{self.port}"


def judge(method, path, a):
    """What must be true of every answer."""
    where = f"{method} {path[:100]} -> {a.status}"
    if a.status >= 500:
        BROKEN.append(f"{where}: {a.body[:200]!r}")
    if a.header("X-Content-Type-Options") != "nosniff":
        BROKEN.append(f"{where}: no nosniff")
    if "default-src 'none'" not in (a.header("Content-Security-Policy") or ""):
        BROKEN.append(f"{where}: no strict Content-Security-Policy")
    if not path.startswith("/v1/"):
        return
    if "no-store" not in (a.header("Cache-Control") or ""):
        BROKEN.append(f"{where}: no no-store")
    if a.status >= 400 and method != "HEAD":
        try:
            p = a.json
            good = (p["slug"] and p["detail"] and p["title"] and p["status"] == a.status
                    and p["type"] == "/problems/" + p["slug"])
        except (ValueError, KeyError, TypeError, AttributeError):
            good = False
        if not good or a.header("Content-Type") != "application/problem+json":
            BROKEN.append(f"{where}: not a problem: {a.body[:200]!r}")


class Client:
    """One person, or nobody. With `cookie` it behaves as a browser does, otherwise it sends its token."""
    numbers = itertools.count(1)

    def __init__(self, server, token=None):
        self.server, self.token, self.cookie, self.csrf = server, token, None, None
        self.id, self.handle, self.email = None, None, None
        self.c = None

    def send(self, method, path, body=None, headers=None):
        for again in (False, True):
            if not self.c:
                self.c = http.client.HTTPConnection(self.server.host, self.server.port, timeout=30)
            try:
                self.c.request(method, path, body=body, headers=headers or {})
                r = self.c.getresponse()
                a = Answer(r.status, r.getheaders(), r.read())
                break
            except (http.client.RemoteDisconnected, ConnectionError, http.client.CannotSendRequest):
                self.c.close()
                self.c = None
                if again:
                    raise
        judge(method, path, a)
        return a

    def call(self, method, path, body=None, raw=None, **more):
        headers = {}
        if self.token:
            headers["Authorization"] = "Bearer " + self.token
        if self.cookie:
            headers["Cookie"] = "etalase_session=" + self.cookie
            if self.csrf:
                headers["X-CSRF-Token"] = self.csrf
        if body is not None:
            raw = json.dumps(body).encode()
        if raw is not None:
            headers["Content-Type"] = "application/json"
        headers.update({k.replace("_", "-"): v for k, v in more.items()})
        return self.send(method, path, raw, {k: v for k, v in headers.items() if v is not None})

    def get(self, path, **more):
        return self.call("GET", path, **more)

    def post(self, path, body=None, **more):
        return self.call("POST", path, body, **more)

    def put(self, path, body=None, **more):
        return self.call("PUT", path, body, **more)

    def patch(self, path, body=None, **more):
        return self.call("PATCH", path, body, **more)

    def delete(self, path, **more):
        return self.call("DELETE", path, **more)

    def must(self, method, path, body=None, **more):
        a = self.call(method, path, body, **more)
        expect(200 <= a.status < 300, f"{method} {path} should work:", a)
        return a.json

    def cart(self, variant, n, **more):
        return self.put("/v1/cart/lines", {"variant": variant, "quantity": n, **more})

    def checkout(self, address, method="test", **more):
        extra = {k: more.pop(k) for k in list(more) if k[0].isupper()}
        return self.post("/v1/checkouts", {"address": address, "method": method, **more}, **extra)


def fresh(prefix):
    return f"{prefix}{time.time_ns() % 10**12:012d}{next(Client.numbers)}"


def person(server, name):
    """A new account, signed in."""
    c = Client(server)
    c.handle = fresh(name)
    c.email = f"{c.handle}@example.com"
    c.must("POST", "/v1/accounts", {"email": c.email, "password": PASSWORD, "name": name.title(), "handle": c.handle})
    made = c.must("POST", "/v1/sessions", {"email": c.email, "password": PASSWORD})
    c.token, c.id = made["token"], made["account"]["id"]
    return c


def take_cookie(b, a):
    b.cookie = a.header("Set-Cookie").split(";")[0].split("=", 1)[1]
    b.csrf = b.must("GET", "/v1/me")["csrf"]
    return b


def browser(server, who):
    """A browser in which `who` has signed in."""
    b = Client(server)
    a = b.post("/v1/sessions", {"email": who.email, "password": PASSWORD})
    expect(a.status == 201, "a browser's sign-in", a)
    return take_cookie(b, a)


def guest(m, n=1):
    """A browser of someone without an account, n units in the cart."""
    b = Client(m.server)
    a = b.cart(m.variant, n)
    expect(a.status == 200 and a.header("Set-Cookie"), "a guest's first line", a)
    return take_cookie(b, a)


def idr(minor, currency="IDR"):
    return {"minor": minor, "currency": currency}


ADDRESS = {"name": "Ana", "phone": "+62 812 3456 789", "line1": "Jalan Mawar 1", "city": "Bandung", "country": "ID"}


def shop_new(handle, currency="IDR", name="Toko Uji"):
    return {"name": name, "handle": handle, "currency": currency, "country": "ID", "shipping": idr(1000000, currency),
            "dispatch_days": 1, "delivery_min_days": 1, "delivery_max_days": 3}


def open_shop(seller, currency="IDR", **more):
    return seller.must("POST", "/v1/shops", {**shop_new(fresh("toko"), currency), **more})["id"]


def product_new(price, stock, currency="IDR", title="Kain batik"):
    return {"title": title, "options": [], "pictures": [],
            "variants": [{"sku": fresh("K-"), "options": [], "price": idr(price, currency), "stock": stock}]}


def add_product(seller, shop, price=100000, stock=10, currency="IDR", **more):
    p = seller.must("POST", f"/v1/shops/{shop}/products", {**product_new(price, stock, currency), **more})
    return p["id"], p["variants"][0]["id"]


def png(width=64, height=64):
    """A real picture, from nothing but zlib."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"".join(bytes((x * 4 % 256, y * 4 % 256, 128)) for x in range(width)) for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def avi(width=96, height=160, frames=20, rate=10):
    """A real video without sound: uncompressed pictures in an AVI."""
    def chunk(kind, data):
        return kind + struct.pack("<I", len(data)) + data + (b"\0" if len(data) % 2 else b"")

    def lists(kind, data):
        return chunk(b"LIST", kind + data)
    size = width * height * 3
    picture = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, size, 0, 0, 0, 0)
    stream = struct.pack("<4s4sIHHIIIIIIIIhhhh", b"vids", b"DIB ", 0, 0, 0, 0, 1, rate, 0, frames, size, 0xFFFFFFFF, 0,
                         0, 0, width, height)
    head = struct.pack("<14I", 1000000 // rate, size * rate, 0, 0, frames, 0, 1, size, width, height, 0, 0, 0, 0)
    movie = b"".join(chunk(b"00db", bytes([i * 12 % 256]) * size) for i in range(frames))
    body = lists(b"hdrl", chunk(b"avih", head) + lists(b"strl", chunk(b"strh", stream) + chunk(b"strf", picture)))
    return b"RIFF" + struct.pack("<I", 4 + len(body) + len(movie) + 12) + b"AVI " + body + lists(b"movi", movie)


TUS = {"Tus_Resumable": "1.0.0"}
OCTETS = "application/offset+octet-stream"


def upload_start(who, length, name="klip.avi"):
    meta = "filename " + base64.b64encode(name.encode()).decode()
    a = who.call("POST", "/v1/uploads", Upload_Length=str(length), Upload_Metadata=meta, **TUS)
    expect(a.status == 201, "an upload begins", a)
    return a.header("Location").rsplit("/", 1)[1]


def upload_send(who, upload, offset, data, **more):
    return who.call("PATCH", f"/v1/uploads/{upload}", raw=data,
                    **{"Content_Type": OCTETS, "Upload_Offset": str(offset), **TUS, **more})


def upload_whole(who, data):
    upload = upload_start(who, len(data))
    a = upload_send(who, upload, 0, data)
    expect(a.status == 204, "an upload ends", a)
    return upload


def at_once(*calls):
    """Runs all at the same time; their results in order."""
    out, barrier = [None] * len(calls), threading.Barrier(len(calls))

    def run(i):
        barrier.wait()
        try:
            out[i] = calls[i]()
        except Exception as e:                        # pylint: disable=broad-except
            out[i] = e
    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(calls))]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for x in out:
        if isinstance(x, Exception):
            raise x
    return out


def invite(owner, shop, who, role):
    """Asks somebody to work there; the invitation's id."""
    return owner.must("POST", f"/v1/shops/{shop}/staff", {"handle": who.handle, "role": role})["invitation"]


def hire(owner, shop, who, role):
    """Somebody works there from now on: asked, and with a yes."""
    who.must("POST", f"/v1/me/invitations/{invite(owner, shop, who, role)}/accept")


class Market:
    """Two shops of one currency, one of another, who works and buys there, and something of each kind of thing."""

    def __init__(self, server):
        self.server = server
        self.nobody = Client(server)
        self.seller, self.rival, self.far = (person(server, n) for n in ("sari", "tono", "ferry"))
        self.buyer, self.other, self.stranger = (person(server, n) for n in ("ana", "budi", "susi"))
        self.packer, self.packer_of_rival = (person(server, n) for n in ("paket", "bungkus"))
        self.invited = person(server, "undang")
        self.shop, self.rival_shop = open_shop(self.seller), open_shop(self.rival)
        self.far_shop = open_shop(self.far, "USD")
        for owner, shop, packer in ((self.seller, self.shop, self.packer), (self.rival, self.rival_shop,
                self.packer_of_rival)):
            hire(owner, shop, packer, "packer")
        self.invitation = invite(self.seller, self.shop, self.invited, "owner")
        self.product, self.variant = add_product(self.seller, self.shop, 100000, 1000)
        self.draft, self.draft_variant = add_product(self.seller, self.shop, 100000, 5, state="draft")
        self.rival_product, self.rival_variant = add_product(self.rival, self.rival_shop, 100000, 1000)
        self.far_product, self.far_variant = add_product(self.far, self.far_shop, 1000, 1000, "USD")
        self.address = self.buyer.must("POST", "/v1/addresses", ADDRESS)["id"]
        self.other_address = self.other.must("POST", "/v1/addresses", ADDRESS)["id"]
        self.demo = self.nobody.must("GET", "/v1/me")["demo"]
        a = self.seller.call("POST", "/v1/pictures", raw=png(), Content_Type="image/png")
        expect(a.status == 201, "a picture", a)
        self.picture = a.json
        self.upload = upload_start(self.seller, 1000)
        self.video = upload_whole(self.seller, avi())
        self.clip = self.seller.must("POST", "/v1/clips", {"upload": self.video, "shop": self.shop, "caption": "Uji",
                                                           "products": [self.product]})["id"]
        text = upload_whole(self.seller, b"This is no video at all. " * 100)
        self.bad_clip = self.seller.must("POST", "/v1/clips", {"upload": text, "shop": self.shop, "caption": "Bukan video",
                                                               "products": []})["id"]

    def order(self, who=None, n=1, method="cod", variant=None, address=None):
        who = who or self.buyer
        address = address or (self.address if who is self.buyer else self.other_address)
        a = who.checkout(address, method, lines=[{"variant": variant or self.variant, "quantity": n}])
        expect(a.status == 201, "a checkout", a)
        return a.json

    def wait_clip(self, clip, *states, seconds=40):
        until = time.time() + seconds
        while True:
            c = self.seller.must("GET", f"/v1/clips/{clip}")
            if c["state"] in states:
                return c
            expect(time.time() < until, "the clip is still", c["state"])
            time.sleep(0.2)
