"""Uploads, pictures, clips, their files, and the pages that other sites read: bytes and texts that mean harm."""
import base64
import html.parser
import json
import re
import socket
import struct
import zlib

from kit import OCTETS, TUS, Client, add_product, at_once, avi, expect, fresh, open_shop, person, png, test
from kit import upload_send, upload_start, upload_whole

SCRIPTS = ("<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
        "' onload='x",
           "</title><svg onload=alert(1)>", "<!--<script>", "]]>", "javascript:alert(1)", "{{7*7}}", "${7*7}",
                   "a\u2028\u2029b",
           "&lt;script&gt;", "%3Cscript%3E", "\u202e gnp.exe", "\\u003cscript\\u003e", "</ScRiPt >")


# ---------------------------------------------------------------------------------------------- uploads

def offset(who, upload):
    return int(who.call("HEAD", f"/v1/uploads/{upload}", **TUS).header("Upload-Offset"))


@test
def uploads_tell_the_truth(m):
    who = m.seller
    for length in ("", "0", "-1", "x", "1e3", "+5", " 5 5", "9" * 30, "500000001000", "0x10", None):
        a = who.call("POST", "/v1/uploads", Upload_Length=length, **TUS)
        expect(a.status in (413, 422) and a.json.get("field") == "Upload-Length" or a.status == 413, repr(length), a)
    a = who.call("POST", "/v1/uploads", Upload_Defer_Length="1", **TUS)
    expect(a.status == 422, "an upload of unknown length", a)
    for meta in ("filename !!!", "filename YQ", "filename YQ==,filename YQ==", ",", "file name YQ==", "\xff YQ==",
                 "filename " + base64.b64encode(b"\xff\xfe").decode(), "filename " + base64.b64encode(b"a\0b").decode(),
                 "filename " + base64.b64encode(b"x" * 300).decode(), "k" * 3000 + " YQ==", ",".join(f"k{i} YQ=="
                         for i in range(40))):
        a = who.call("POST", "/v1/uploads", Upload_Length="5", Upload_Metadata=meta, **TUS)
        expect(a.status == 422 and a.json["field"] == "Upload-Metadata" or a.status == 400, repr(meta[:40]), a)
    for version in (None, "", "0.2.2", "1.0", "2.0.0", "1.0.0, 2.0.0"):
        for method, path in (("POST", "/v1/uploads"), ("HEAD", f"/v1/uploads/{m.upload}"), ("PATCH",
                f"/v1/uploads/{m.upload}"),
                             ("DELETE", f"/v1/uploads/{m.upload}")):
            a = who.call(method, path, Upload_Length="5", Upload_Offset="0", Content_Type=OCTETS, Tus_Resumable=version)
            expect(a.status == 412 and a.header("Tus-Version") == "1.0.0", method, repr(version), a)


@test
def bytes_go_where_they_belong(m):
    who = m.seller
    upload = upload_start(who, 100)
    for at in ("1", "-1", "100", "101", "x", "", "9" * 30, "0x0", "+0", None):
        a = upload_send(who, upload, 0, b"x" * 10, Upload_Offset=at)
        expect(a.status in (409, 422) and a.json["field"] == "Upload-Offset", repr(at), a)
    a = upload_send(who, upload, 0, b"x" * 101)
    expect(a.status == 413, "more than was announced", a)
    a = upload_send(who, upload, 0, b"x" * 10, Content_Type="application/octet-stream")
    expect(a.status == 415, a)
    expect(offset(who, upload) == 0, "something was written")
    expect(upload_send(who, upload, 0, b"a" * 60).header("Upload-Offset") == "60")
    expect(upload_send(who, upload, 0, b"b" * 60).status == 409, "the same bytes again")
    expect(upload_send(who, upload, 60, b"b" * 41).status == 413, "past the end")
    a = who.post("/v1/clips", {"upload": upload, "shop": m.shop, "caption": "", "products": []})
    expect(a.status == 409 and a.slug == "wrong_state" and a.json["field"] == "upload", "half an upload is a clip", a)
    expect(upload_send(who, upload, 60, b"b" * 40).header("Upload-Offset") == "100")
    expect(upload_send(who, upload, 100, b"").status == 204, "nothing, at the end")
    expect(upload_send(who, upload, 100, b"c").status == 413, "one more than all")
    made = at_once(*[lambda c=Client(m.server, who.token): c.post("/v1/clips", {"upload": upload, "shop": m.shop,
            "caption": "",
                     "products": []}) for _ in range(3)])
    expect(sorted(a.status for a in made) == [201, 409, 409], "one upload is several clips", [str(a) for a in made])
    expect(upload_send(who, upload, 100, b"").status in (404, 409), "a used upload is written")
    expect(who.delete(f"/v1/uploads/{upload}", **TUS).status == 404, "a used upload is deleted")


@test
def two_writers_of_one_upload(m):
    who = m.seller
    upload = upload_start(who, 400000)
    s = socket.create_connection((m.server.host, m.server.port))
    s.sendall((f"PATCH /v1/uploads/{upload} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {who.token}\r\n"
               f"Tus-Resumable: 1.0.0\r\nContent-Type: {OCTETS}\r\nUpload-Offset: 0\r\n"
               f"Content-Length: 400000\r\n\r\n").encode() + b"x" * 200000)
    for _ in range(100):
        if offset(who, upload) == 200000:
            break
    a = upload_send(who, upload, 200000, b"y" * 10)
    expect(a.status == 423 and a.slug == "locked", "a second writer", a)
    expect(who.delete(f"/v1/uploads/{upload}", **TUS).status == 423, "deleted under a writer")
    s.close()
    for _ in range(200):
        a = upload_send(who, upload, 200000, b"y" * 200000)
        if a.status != 423:
            break
    expect(a.status == 204, "after the first one went away", a)
    seen = at_once(*[lambda c=Client(m.server, who.token): c.delete(f"/v1/uploads/{upload}", **TUS) for _ in range(3)])
    expect([x.status for x in seen].count(204) == 1 and {x.status for x in seen} <= {204, 404, 423}, [x.status for x in seen])


@test
def uploads_are_bounded(m):
    who = person(m.server, "penuh")
    seen = [who.call("POST", "/v1/uploads", Upload_Length="5", **TUS).status for _ in range(24)]
    expect(seen == [201] * 20 + [409] * 4, seen)


@test
def wrong_files_get_a_plain_reason(m):
    """Each becomes a failed clip whose reason a seller understands, and nothing else."""
    whole = avi()
    files = {"text": b"This is no video at all. " * 50, "html": b"<html><script>alert(1)</script></html>" * 20,
            "a picture": png(),
             "half a video": whole[:len(whole) // 200], "zeros": b"\0" * 5000,
                     "a playlist": b"#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n",
             "a list of files": b"ffconcat version 1.0\nfile /etc/passwd\n", "one byte": b"x"}
    clips = {}
    for name, data in files.items():
        clips[name] = m.seller.must("POST", "/v1/clips", {"upload": upload_whole(m.seller, data), "shop": m.shop, "caption": name,
                                                          "products": []})["id"]
    for name, clip in clips.items():
        c = m.wait_clip(clip, "failed", "ready")
        expect(c["state"] == "failed" and c["fault"] and len(c["detail"]) > 20 and c["may_retry"] is False, name, c)
        expect("/" not in c["detail"] and "passwd" not in c["detail"], name, c)
        a = m.seller.post(f"/v1/clips/{clip}/retry")
        expect(a.status == 409 and a.slug == "wrong_state", name, a)


@test
def pictures_are_pictures(m):
    def send(data, kind="image/png"):
        return m.seller.call("POST", "/v1/pictures", raw=data, Content_Type=kind)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13)
    ihdr = b"IHDR" + struct.pack(">IIBBBBB", 20000, 20000, 8, 2, 0, 0, 0)
    bomb = head + ihdr + struct.pack(">I", zlib.crc32(ihdr)) + struct.pack(">I", 20) + b"IDAT" + zlib.compress(b"\0" * 1000)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    for name, data in {"text": b"no picture", "svg": svg, "20,000 wide": bomb, "cut": png()[:60], "html": b"<html>" * 9,
                       "one byte": b"\x89", "a video": avi()}.items():
        a = send(data)
        expect(a.status == 422 and a.slug == "bad_media" and len(a.json["detail"]) > 10, name, a)
    expect(send(b"").slug == "bad_media", "nothing at all")
    for kind in (None, "text/html", "application/json", "image", "video/mp4"):
        expect(send(png(), kind).status == 415, kind)
    expect(send(svg, "image/svg+xml").status in (415, 422), "an SVG is taken")
    expect(m.nobody.call("POST", "/v1/pictures", raw=png(), Content_Type="image/png").status == 401, "nobody's picture")


# ---------------------------------------------------------------------------------------------- files

def file_of(m):
    return m.picture["url"] + "/640.webp"


@test
def ranges_that_make_no_sense(m):
    whole = m.nobody.get(file_of(m))
    size = len(whole.body)
    expect(whole.status == 200 and whole.header("Accept-Ranges") == "bytes", whole.headers)
    ranges = {"bytes=0-0": 206, "bytes=-1": 206, f"bytes={size - 1}-": 206, "bytes=0-": 206, f"bytes=0-{size * 9}": 206,
            f"bytes={size}-": 416,
              "bytes=-0": 416, f"bytes=-{'9' * 30}": 206, f"bytes={'9' * 30}-": 416, "bytes=5-2": 200, "bytes=-": 200,
                      "bytes=": 200,
              "bytes": 200, "bytes=a-b": 200, "items=0-1": 200, "bytes=0-1,2-3": 200, "bytes=--1": 200, "bytes=0x1-2": 200,
              "bytes=1-1-1": 200, "bytes= 0-1": 206, "bytes=+0-1": 200, "bytes=" + ",".join(["0-"] * 1000): 200}
    for text, status in ranges.items():
        a = m.nobody.get(file_of(m), Range=text)
        expect(a.status == status, text[:40], a.status, "not", status)
        if status == 206:
            first, last, of = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", a.header("Content-Range")).groups())
            expect(of == size and a.body == whole.body[first:last + 1], text, a.headers)
        if status == 416:
            expect(a.header("Content-Range") == f"bytes */{size}" and not a.body, text, a.headers)
        if status == 200:
            expect(a.body == whole.body, text[:40])
    a = m.nobody.get(file_of(m), Range="bytes=0-0", If_Range='"other"')
    expect(a.status == 200, "If-Range of another file", a.status)
    expect(m.nobody.get(file_of(m), If_None_Match=whole.header("ETag")).status == 304, "ETag")
    a = m.nobody.call("HEAD", file_of(m), Range="bytes=0-9")
    expect(a.status == 206 and not a.body, a.status)


def plain_get(m, target):
    """A request line exactly as it stands: http.client would refuse or mend some."""
    s = socket.create_connection((m.server.host, m.server.port), timeout=10)
    s.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    out = b""
    while piece := s.recv(65536):
        out += piece
    s.close()
    return int(out.split(b" ", 2)[1]), out


@test
def no_path_leads_out(m):
    key = m.picture["url"].rsplit("/", 1)[1].encode()
    here = b"/media/pictures/" + key
    for tail in (b"/../../../etalase.db", b"/..%2f..%2f..%2fetalase.db", b"/%2e%2e/%2e%2e/%2e%2e/master.key",
            b"/640.webp/../../../../master.key",
                 b"/640.webp%00.jpg", b"/640.webp/", b"//640.webp", b"/./640.webp", b"/640.webp.", b"/640.WEBP",
                         b"/..\\..\\master.key",
                 b"/640%2ewebp", b"/", b"", b"/.", b"/..", b"/640.webp;x", b"/640.html", b"/\xc0\xae\xc0\xae/640.webp",
                         b"/~root", b"/640.webp%20"):
        status, out = plain_get(m, here + tail)
        expect(status in (400, 404), tail, out[:200])
    for target in (b"/media/../master.key", b"/media/%2e%2e/master.key", b"/../master.key", b"/media//etc/passwd",
            b"/media/uploads/x.mp4",
                   b"/media", b"/media/", b"/media/pictures/", b"/media/clips/", b"/uploads/x", b"/tmp/x.jpg",
                           b"/etalase.db", b"/master.key",
                   b"//etc/passwd", b"/..", b"/.git/config", b"/index.html/../../master.key", b"/assets/../../master.key",
                           b"/v1/../media/x.mp4"):
        status, out = plain_get(m, target)
        expect(status in (200, 400, 404) and b"SQLite" not in out and b"root:" not in out, target, out[:200])
        expect(status != 200 or b"<!doctype html>" in out.lower(), target, out[:200])
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        expect(m.nobody.call(method, file_of(m)).status == 405, method, "of a file")


@test
def files_cannot_run(m):
    clip = m.wait_clip(m.clip, "ready")
    playlist = m.nobody.get(clip["playlist"])
    names = re.findall(r"[\w/]+\.m3u8", playlist.body.decode())
    folder = clip["playlist"].rsplit("/", 1)[0]
    kinds = set()
    for path in [clip["playlist"], clip["poster"], file_of(m), m.picture["url"] + "/og.jpg"] + [f"{folder}/{n}" for n in names]:
        a = m.nobody.get(path)
        expect(a.status == 200, path, a.status)
        kinds.add(a.header("Content-Type"))
        expect("sandbox" in a.header("Content-Security-Policy") and "immutable" in a.header("Cache-Control"), path, a.headers)
        expect(a.header("Set-Cookie") is None, path, "sets a cookie")
    expect(kinds <= {"application/vnd.apple.mpegurl", "image/webp", "image/jpeg", "video/mp4", "video/iso.segment"}, kinds)


# ---------------------------------------------------------------------------------------------- texts

class Reading(html.parser.HTMLParser):
    """What a browser would make of a page: every element with its attributes, and what stands in scripts."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.data, self.here = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.here = tag if tag == "script" and dict(attrs).get("type") == "application/ld+json" else None

    def handle_endtag(self, tag):
        self.here = None

    def handle_data(self, data):
        if self.here:
            self.data.append(data)


def harmless(page, text):
    r = Reading(page)
    for tag, attrs in r.elements:
        expect(tag not in ("img", "svg", "iframe", "object"), "an element came in:", tag, attrs, "from", text)
        expect(not [k for k in attrs if k.startswith("on")], "a handler came in:", attrs, "from", text)
        if tag == "script":
            expect(attrs.get("src", "").startswith("/") or attrs.get("type") == "application/ld+json", "a script came in:", attrs)
    return r


def json_ld(r):
    return json.loads("".join(r.data))


@test
def texts_come_back_as_texts(m):
    seller = person(m.server, "nakal")
    for text in SCRIPTS:
        shop = open_shop(seller, name=text.strip(), about=text, city=text) if text == SCRIPTS[0] else shop
        seller.must("PATCH", f"/v1/shops/{shop}", {"name": text.strip(), "about": text, "city": text})
        product, variant = add_product(seller, shop, title=text.strip(), description=text, category=text)
        page = Client(m.server).get(f"/product/{product}", Accept="text/html")
        p = m.nobody.must("GET", f"/v1/products/{product}")
        expect(p["title"] == text.strip() and p["description"] == text and p["category"] == text, p)
        expect(p["shop"]["name"] == text.strip(), p["shop"])
        expect(page.status == 200, page)
        ld = json_ld(harmless(page.body.decode(), text))
        expect(ld["name"] == text.strip() and ld["offers"]["seller"]["name"] == text.strip(), ld)
        harmless(m.nobody.get(f"/shop/{m.nobody.must('GET', f'/v1/shops/{shop}')['handle']}").body.decode(), text)
        seller.must("PATCH", "/v1/me", {"name": text})
        expect(seller.must("GET", "/v1/me")["account"]["name"] == text.strip(), "the name")
        who = m.buyer
        a = who.post("/v1/addresses", {"name": text, "phone": "+62 811 111", "line1": text, "city": text, "country": "ID"})
        expect(a.status == 201 and a.json["line1"] == text, a)
        who.must("DELETE", f"/v1/addresses/{a.json['id']}")


@test
def captions_come_back_as_texts(m):
    m.wait_clip(m.clip, "ready")
    for text in SCRIPTS:
        m.seller.must("PATCH", f"/v1/clips/{m.clip}", {"caption": text})
        expect(m.nobody.must("GET", f"/v1/clips/{m.clip}")["caption"] == text, text)
        page = m.nobody.get(f"/clip/{m.clip}")
        expect(page.status == 200 and page.header("Content-Type").startswith("text/html"), page.headers)
        ld = json_ld(harmless(page.body.decode(), text))
        expect(ld["@type"] == "VideoObject", ld)
    csp = page.header("Content-Security-Policy")
    expect("unsafe" not in csp and "script-src 'self'" in csp and "frame-ancestors 'none'" in csp
            and "base-uri 'none'" in csp, csp)
    expect(page.header("Referrer-Policy") and page.header("X-Frame-Options") == "DENY", page.headers)


@test
def addresses_of_pages_are_no_way_in(m):
    for path in ("/clip/%22%3E%3Cscript%3E", "/product/<script>", "/shop/<script>", "/shop/%3Cscript%3E", "/clip/1%22",
            "/product/' OR 1=1",
                 "/shop/" + "x" * 3000, "/%3Cscript%3E", "/cart?x=<script>", "/problems/<script>", "/problems/bad_field",
                         "/product/9999999999999999999"):
        status, out = plain_get(m, path.encode().replace(b" ", b"%20"))
        expect(status in (200, 400, 404), path[:60], out[:100])
        harmless(out.split(b"\r\n\r\n", 1)[1].decode(), path)
    for host in ("evil.example", '"><script>', "x" * 300, "a b", "evil.example/path", "[::1]:99"):
        s = socket.create_connection((m.server.host, m.server.port), timeout=10)
        s.sendall(f"GET /product/{m.product} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        out = b""
        while piece := s.recv(65536):
            out += piece
        s.close()
        harmless(out.split(b"\r\n\r\n", 1)[1].decode(), host)


@test
def likes_are_counted_once(m):
    m.wait_clip(m.clip, "ready")
    who = person(m.server, "suka")
    before = m.nobody.must("GET", f"/v1/clips/{m.clip}")["likes"]
    at_once(*[lambda c=Client(m.server, who.token): c.put(f"/v1/clips/{m.clip}/like") for _ in range(8)])
    expect(m.nobody.must("GET", f"/v1/clips/{m.clip}")["likes"] == before + 1, "a like counts several times")
    at_once(*[lambda c=Client(m.server, who.token): c.delete(f"/v1/clips/{m.clip}/like") for _ in range(8)])
    expect(m.nobody.must("GET", f"/v1/clips/{m.clip}")["likes"] == before, "a like is taken back several times")
    expect(m.nobody.put(f"/v1/clips/{m.clip}/like").status == 401, "nobody likes")
    a = m.nobody.get("/v1/feed?limit=20")
    expect(all("liked" in c and c["liked"] is False for c in a.json["items"]), "a kept answer of someone else's")


@test
def tags_are_bounded(m):
    products = [add_product(m.seller, m.shop, title=fresh("t"))[0] for _ in range(11)]
    a = m.seller.patch(f"/v1/clips/{m.clip}", {"products": products})
    expect(a.status == 422 and a.json["field"] == "products" and "10" in a.json["detail"], a)
    a = m.seller.patch(f"/v1/clips/{m.clip}", {"products": [m.product, m.product]})
    expect(a.status == 422 and a.json["field"] == "products[1]", a)
    a = m.seller.patch(f"/v1/clips/{m.clip}", {"products": [m.draft]})
    expect(a.status in (404, 409) and a.json["field"] == "products[0]", a)
    m.seller.must("PATCH", f"/v1/clips/{m.clip}", {"products": [m.product]})
