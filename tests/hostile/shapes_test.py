"""Bodies and parameters of every wrong shape, on every route that GET /v1/openapi.json names."""
import json
import re

from kit import INNER_NESTING, expect, test
from shapes import RAW, Spec, encode

SHOWN = 8


def spec(m):
    return Spec(m.nobody.must("GET", "/v1/openapi.json"))


def real(path):
    return re.sub(r"\{[^}]*\}", "1", path.replace("{rule}", "pay_minutes").replace("{country}", "ID"))


def names(answer, path):
    """Does the refusal name this field, or the one that it is a part of?"""
    field = answer.json.get("field") or ""
    return field and (field.startswith(path) or path.startswith(field))


@test
def every_field_in_every_wrong_way(m):
    wrong, tried = [], 0
    s = spec(m)
    for method, path, schema in s.writes():
        for what, at, body in s.broken(schema):
            raw = encode(body)
            a = m.buyer.call(method, real(path), raw=raw)
            tried += 1
            fine = a.status == 422 and a.slug == "bad_field" and (names(a, at) or not at)
            # What no reader of JSON takes (bad UTF-8, NUL, a number past int64 or double) has no field yet.
            no_json = RAW in json.dumps(body) or any(x in what for x in ("e+40", "1e+300", "00000000000", "9223372036854775"))
            fine = fine or (a.status == 400 and a.slug == "bad_json" and no_json)
            if not fine:
                wrong.append(f"{method} {path} {at}: {what}: {a}")
    expect(tried > 2000, "only", tried, "bodies were tried")
    expect(not wrong, len(wrong), "of", tried, "bodies:\n" + "\n".join(wrong[:SHOWN]))


@test
def bodies_that_are_no_object(m):
    for raw in (b"", b" ", b"null", b"[]", b"1", b'"x"', b"{", b"}", b'{"variant"', b"{,}", b'{"a":1,}', b"{'a':1}", b"NaN",
                b'{"quantity":NaN}', b'{"quantity":Infinity}', b'{"quantity":01}', b'{"quantity":+1}', b'{"quantity":1.}',
                b'{"variant":"1","quantity":1}{}', b'{"variant":"1","quantity":1}x', b"\xef\xbb\xbf{}", b"\xff\xfe{\0}\0",
                b'{"variant":"1","variant":"2","quantity":1}', b'{"quantity":1e999,"variant":"1"}', b"/**/{}", b"\0",
                b'{"variant":"1","quantity":1}\0'):
        a = m.buyer.call("PUT", "/v1/cart/lines", raw=raw)
        expect(a.status in (400, 422) and a.slug in ("bad_json", "bad_field"), raw, a)


@test
def a_megabyte_of_nesting(m):
    for opening, closing in ((b"[", b"]"), (b'{"a":', b"}")):
        n = 1000000 // len(opening)
        for raw in (opening * n, opening * (n // 2) + closing * (n // 2), opening * INNER_NESTING + closing * INNER_NESTING,
                    b'{"variant":"1","quantity":' + opening * INNER_NESTING):
            a = m.buyer.call("PUT", "/v1/cart/lines", raw=raw)
            expect(a.status in (400, 413, 422), len(raw), a)


@test
def types_of_bodies(m):
    good = json.dumps({"variant": m.variant, "quantity": 1}).encode()
    for kind in (None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
                 "application/jsonx", "application/json-patch+json"):
        a = m.buyer.call("PUT", "/v1/cart/lines", raw=good, Content_Type=kind)
        expect(a.status == 415 and a.slug == "unsupported_type", kind, a)
    for kind in ("application/json;charset=utf-8", "APPLICATION/JSON"):
        expect(m.buyer.call("PUT", "/v1/cart/lines", raw=good, Content_Type=kind).status == 200, kind)
    a = m.buyer.call("PUT", "/v1/cart/lines", raw=b" " * 70000 + good)
    expect(a.status == 413 and a.slug == "too_large", a)
    a = m.buyer.call("PUT", f"/v1/clips/{m.clip}/like", raw=b'{"a":1}')
    expect(a.status == 400, "a body where none belongs", a)


@test
def parameters_of_queries(m):
    for path in ("/v1/feed", "/v1/orders", f"/v1/shops/{m.shop}/products", f"/v1/shops/{m.shop}/clips"):
        for q in ("limit=0", "limit=-1", "limit=51", "limit=x", "limit=", "limit=1.5", "limit=99999999999999999999",
                "limit=1&limit=2",
                  "nosuch=1", "limit=%00", "limit=%ff", "limit=%", "limit=%2", "before=x&after=x", "&".join(["a=1"] * 40)):
            a = m.buyer.get(f"{path}?{q}")
            expect(a.status in (400, 422, 431) and a.slug in ("bad_field", "bad_request", "head_too_large"), path, q, a)
            if q.startswith("limit=") and "%" not in q:
                expect(a.json.get("field") == "limit", path, q, "names no field", a)
    for cursor in ("x", "1", "1_", "_1", "-1_1", "1_-1", "01_1", "9" * 40 + "_1", "1_1_1", "1_1%20", "%00", "x" * 101, ""):
        a = m.buyer.get(f"/v1/feed?after={cursor}")
        expect(a.status in (400, 422), "after", cursor, a)
    for cursor in ("0", "-1", "x", "9" * 19, "1.5", "%20", "1%00"):
        a = m.buyer.get(f"/v1/orders?before={cursor}")
        expect(a.status in (400, 422), "before", cursor, a)


@test
def ids_that_cannot_be(m):
    for path, operations in spec(m).paths.items():
        if "{" not in path or "{handle}" in path or "{tag}" in path:
            continue
        for bad in ("0", "-1", "x", "1.5", "9" * 19, "9" * 30, "01", "%31%00", "1%20", "%2e%2e", "1;x=1", "%ff",
                "\u0661".encode().hex(), "1" * 3000):
            for method in operations:
                if method == "options":
                    continue
                url = re.sub(r"\{[^}]*\}", lambda _, b=bad: b, path)
                body = b"{}" if method in ("post", "put", "patch") else None
                a = m.buyer.call(method.upper(), url, raw=body, Content_Type="application/json" if body else None,
                                 Tus_Resumable="1.0.0")
                expect(400 <= a.status < 500, method, url[:120], a)


@test
def handles_that_cannot_be(m):
    for bad in ("%00", "%ff", "%2e%2e", "' OR 1=1".replace(" ", "%20"), "x" * 5000, "%3Cscript%3E", "A",
            "\u0430".encode().hex(), "a%2fb"):
        a = m.buyer.get("/v1/shops/by-handle/" + bad)
        expect(a.status == 404 and a.slug == "not_found", bad[:40], a)


@test
def tags_that_cannot_be(m):
    for bad in ("%00", "a%00b", "%ff", "%2e%2e", "a%2fb", "%23%23", "a%20b", "1;x=1", "%3Cscript%3E", "x" * 200, "1" * 3000):
        a = m.buyer.get("/v1/tags/" + bad)
        expect(400 <= a.status < 500 and a.slug in ("not_found", "bad_field", "bad_request"), bad[:40], a)


@test
def methods_and_addresses(m):
    for path in ("/v1/nothing", "/v1/", "/v1//cart", "/v1/cart/", "/v1/../v1/cart", "/v1/cart%2f", "/v1/Cart",
            "/v1/cart/lines/1"):
        a = m.buyer.get(path)
        expect(a.status == 404 and a.slug == "not_found", path, a)
    for method, path in (("DELETE", "/v1/cart"), ("PATCH", "/v1/cart/lines"), ("TRACE", "/v1/cart"), ("POST", "/v1/feed"),
            ("BREW", "/v1/me"),
                         ("PUT", "/v1/checkouts"), ("DELETE", f"/v1/orders/{m.clip}"), ("POST", "/v1/openapi.json")):
        a = m.buyer.call(method, path)
        expect(a.status in (404, 405), method, path, a)
        expect(a.status == 404 or a.header("Allow"), method, path, "without Allow", a)


@test
def headers_that_reach_the_database(m):
    """Bytes of a header that is kept must not break a query."""
    body = {"delta": 1, "reason": "received"}
    for key in ("k\xff\xfe", "\xc3\x28", "x" * 200, "caf\xe9", "a\tb"):
        a = m.seller.post(f"/v1/variants/{m.variant}/stock", body, Idempotency_Key=key)
        expect(a.status in (200, 400, 422), repr(key), a)
    for agent in ("\xff\xfe\xe9", "x" * 199 + "\xc3\xa9", "x" * 198 + "\xf0\x9f\x98\x80", "x" * 3000, "\x7f", "<script>",
            "\xc3\xa9"):
        a = m.nobody.post("/v1/sessions", {"email": m.buyer.email, "password": "Kopi-tubruk-pagi-7"}, User_Agent=agent)
        expect(a.status in (201, 400), repr(agent), a)
    for token in ("", "x", "\xff\xfe", "x" * 8000, "a b c", "\u00e9", "' OR 1=1 --"):
        a = m.nobody.get("/v1/orders", Authorization="Bearer " + token)
        expect(a.status == 401 and a.slug == "sign_in", repr(token[:20]), a)
        a = m.nobody.get("/v1/orders", Cookie="etalase_session=" + token)
        expect(a.status in (401, 431), repr(token[:20]), a)
