"""Things of others: every route with an id, asked by everyone whom it does not belong to."""
import re

from shapes import Spec
from kit import ADDRESS, TUS, Client, browser, expect, guest, hire, idr, product_new, test, upload_send

SHOP_EDIT, STAFF = {"name": "Toko lain"}, {"handle": "x-nobody-x", "role": "owner"}
SHIPMENT, STEP, STOCK = {"carrier": "JNE", "tracking": "1"}, {"approve": True}, {"delta": 1, "reason": "received"}


def edit(m):
    return {"title": "Milikku", "version": 1}


def routes(m, order):
    """(method, path, body, what the packer of that very shop gets): none of them may be done by a stranger."""
    o, pay, checkout = order["orders"][0]["id"], order["payment"]["id"], order["id"]
    s = f"/v1/shops/{m.shop}"
    yield "GET", f"/v1/orders/{o}", None, 200
    yield "POST", f"/v1/orders/{o}/cancel", {"reason": "no"}, 403
    yield "POST", f"/v1/orders/{o}/receipt", None, 403
    yield "GET", f"/v1/checkouts/{checkout}", None, 404
    yield "GET", f"/v1/payments/{pay}", None, 404
    yield "POST", f"/v1/payments/{pay}/step", STEP, 404
    yield "POST", f"/v1/payments/{pay}/retry", None, 404
    yield "PUT", f"/v1/addresses/{m.address}", ADDRESS, 404
    yield "DELETE", f"/v1/addresses/{m.address}", None, 404
    yield "PATCH", s, SHOP_EDIT, 403
    yield "PATCH", s, {"state": "closed"}, 403
    yield "GET", s + "/staff", None, 200
    yield "POST", s + "/staff", {"handle": m.stranger.handle, "role": "owner"}, 403
    yield "POST", s + "/staff", {"handle": m.packer.handle, "role": "owner"}, 403
    yield "DELETE", f"{s}/staff/{m.seller.id}", None, 403
    yield "DELETE", f"{s}/invitations/{m.invitation}", None, 403
    yield "POST", f"/v1/me/invitations/{m.invitation}/accept", None, 404
    yield "DELETE", f"/v1/me/invitations/{m.invitation}", None, 404
    yield "POST", s + "/products", product_new(1000, 1), 403
    yield "PATCH", f"/v1/products/{m.product}", edit(m), 403
    yield "GET", f"/v1/studio/shops/{m.shop}/products", None, 200
    yield "GET", f"/v1/studio/products/{m.product}", None, 200
    yield "GET", f"/v1/studio/shops/{m.shop}/orders", None, 200
    yield "GET", f"/v1/studio/shops/{m.shop}/clips", None, 200
    yield "POST", f"/v1/variants/{m.variant}/stock", STOCK, 403
    yield "GET", f"/v1/variants/{m.variant}/stock", None, 200
    yield "PATCH", f"/v1/clips/{m.clip}", {"caption": "milikku"}, 403
    yield "DELETE", f"/v1/clips/{m.clip}", None, 403
    yield "POST", f"/v1/clips/{m.bad_clip}/retry", None, 403
    yield "POST", "/v1/clips", {"upload": m.upload, "shop": m.shop, "caption": "", "products": []}, 403
    yield "DELETE", f"/v1/uploads/{m.upload}", None, 404
    yield "HEAD", f"/v1/uploads/{m.upload}", None, 404
    # Last of all, so that the refusals above are not of the state.
    yield "POST", f"/v1/orders/{o}/pack", None, 200
    yield "POST", f"/v1/orders/{o}/shipments", SHIPMENT, 201


def ask(who, method, path, body):
    return who.call(method, path, body, **(TUS if "/uploads" in path else {}))


@test
def strangers_get_nothing(m):
    order = m.order(n=1)
    ended = browser(m.server, m.stranger)
    ended.must("DELETE", "/v1/sessions/current")
    everyone = ("a stranger", m.stranger), ("the rival", m.rival), ("the rival's packer", m.packer_of_rival)
    for method, path, body, _ in routes(m, order):
        for name, who in everyone:
            a = ask(who, method, path, body)
            expect(a.status in (403, 404), f"{name}: {method} {path}", a)
        for name, who in (("nobody", m.nobody), ("a guest", guest(m)), ("an ended session", ended),
                          ("a made-up token", Client(m.server, "A" * 43))):
            a = ask(who, method, path, body)
            expect(a.status in (401, 403), f"{name}: {method} {path}", a)


@test
def packers_only_pack(m):
    order = m.order(n=1)
    for method, path, body, status in routes(m, order):
        a = ask(m.packer, method, path, body)
        expect(a.status == status, f"the packer: {method} {path} should be {status}:", a)
    a = m.seller.get(f"/v1/shops/{m.shop}/staff").json["items"]
    expect({x.get("account"): x["role"] for x in a} == {m.seller.id: "owner", m.packer.id: "packer", None: "owner"},
            "the staff changed", a)


@test
def who_is_invited_may_nothing_yet(m):
    me = m.invited
    order = m.order(n=1)
    for method, path, body, _ in routes(m, order):
        if "/me/invitations/" not in path:
            a = ask(me, method, path, body)
            expect(a.status in (403, 404), f"who is invited: {method} {path}", a)
    a = m.nobody.get(f"/v1/people/{me.handle}")
    expect(a.json["shops"] == [], "an invitation shows on the profile", a)
    a = m.seller.get(f"/v1/shops/{m.shop}/staff")
    asked = [x for x in a.json["items"] if "invitation" in x]
    expect(len(asked) == 1 and asked[0]["handle"] == me.handle and asked[0]["name"] == "", "what the shop sees", a)
    name = me.must("GET", "/v1/me")["account"]["name"]
    expect(name and name not in [x["name"] for x in a.json["items"]], "the shop sees the registered name", a)
    expect(me.must("GET", "/v1/me")["shops"] == [], "the shop is listed as a place of work")


@test
def every_route_with_an_id_was_asked(m):
    order = {"orders": [{"id": "1"}], "payment": {"id": "1"}, "id": "1"}
    asked = {(method, tuple(p for p in path.split("/") if not p.isdigit())) for method, path, _, _ in routes(m, order)}
    # What anyone may read, a person's own likes and sessions, the bytes of uploads: tests of their own.
    asked |= {(method, tuple(path.split("/"))) for method, path in (
        ("GET", "/v1/products"), ("GET", "/v1/shops"), ("GET", "/v1/shops/products"), ("GET", "/v1/shops/clips"),
        ("GET", "/v1/clips"),
        ("GET", "/v1/shops/by-handle"), ("PUT", "/v1/clips/like"), ("DELETE", "/v1/clips/like"), ("DELETE", "/v1/sessions"),
        ("PATCH", "/v1/uploads"), ("PUT", "/v1/shops/follow"), ("DELETE", "/v1/shops/follow"))}
    api = Spec(m.nobody.must("GET", "/v1/openapi.json"))
    real = m.order(n=1)["orders"][0]["id"]
    for path, operations in api.paths.items():
        plain = tuple(p for p in path.split("/") if not p.startswith("{"))
        for method, operation in operations.items():
            public = any(not need for need in operation.get("security", []))
            if "{" in path and not public and (method.upper(), plain) not in asked:
                stranger_is_refused(m, api, method.upper(), path, operation, real)


def stranger_is_refused(m, api, method, path, operation, order):
    """With a body that its schema allows and, where there is one, the id of a thing that is really there."""
    ids = {"shop": m.shop, "variant": m.variant, "product": m.product, "order": order, "country": "ID", "rule": "pay_minutes"}
    of = {"orders": order, "products": m.product, "shops": m.shop, "variants": m.variant}
    at = re.sub(r"\{(\w+)\}", lambda x: str(ids.get(x[1]) or of.get(path.split("/")[2]) or 1), path)
    content = operation.get("requestBody", {}).get("content", {})
    body = api.sample(content["application/json"]["schema"]) if "application/json" in content else None
    for who in (m.stranger, m.rival):
        a = who.call(method, at, body)
        expect(a.status in (403, 404, 422), "a stranger:", method, at, a)


@test
def drafts_and_unready_clips_are_not_there(m):
    m.wait_clip(m.bad_clip, "failed")
    hidden = m.seller.must("POST", "/v1/clips", {"upload": upload_of(m), "shop": m.shop, "caption": "Belum",
            "products": []})["id"]
    for who in (m.nobody, m.stranger, m.rival, m.packer_of_rival):
        for path in (f"/v1/products/{m.draft}", f"/v1/clips/{m.bad_clip}"):
            a = who.get(path)
            expect(a.status == 404, path, a)
        for page in (f"/product/{m.draft}", f"/clip/{m.bad_clip}"):
            expect(who.get(page, Accept="text/html").status == 404, page)
        for cards in (f"/v1/shops/{m.shop}/products?limit=50", f"/v1/shops/{m.shop}/clips?limit=50", "/v1/feed?limit=20"):
            ids = [x["id"] for x in who.must("GET", cards)["items"]]
            expect(not {m.draft, m.bad_clip} & set(ids), cards, "shows what is not public")
    expect(m.stranger.put(f"/v1/clips/{m.bad_clip}/like").status == 404, "a like of an unready clip")
    a = m.buyer.cart(m.draft_variant, 1)
    expect(a.status in (404, 409), "a draft in the cart", a)
    a = m.buyer.checkout(m.address, "cod", lines=[{"variant": m.draft_variant, "quantity": 1}])
    expect(a.status in (404, 409), "a draft is bought", a)
    expect(m.seller.delete(f"/v1/clips/{hidden}").status == 204, "a clip goes while it is converted")
    expect(m.seller.get(f"/v1/clips/{hidden}").status == 404, "a deleted clip")


def upload_of(m):
    from kit import avi, upload_whole
    return upload_whole(m.seller, avi(frames=10))


@test
def things_are_not_mixed_across_shops(m):
    """One's own shop with someone else's clip, product, picture, variant or upload."""
    a = m.rival.post("/v1/clips", {"upload": m.upload, "shop": m.rival_shop, "caption": "", "products": []})
    expect(a.status == 404, "someone else's upload becomes a clip", a)
    a = m.rival.patch(f"/v1/products/{m.rival_product}", {"version": 1, "pictures": [m.picture["id"]]})
    expect(a.status == 422 and a.json["field"] == "pictures[0]", "someone else's picture", a)
    a = m.rival.patch(f"/v1/shops/{m.rival_shop}", {"picture": m.picture["id"]})
    expect(a.status == 422 and a.json["field"] == "picture", "someone else's picture", a)
    mine = m.rival.get(f"/v1/studio/products/{m.rival_product}").json["variants"][0]
    a = m.rival.patch(f"/v1/products/{m.rival_product}", {"version": 1, "variants": [
        {"id": m.variant, "sku": mine["sku"], "options": [], "price": mine["price"]}]})
    expect(a.status == 422 and a.json["field"] == "variants[0].id", "someone else's variant", a)
    a = m.seller.patch(f"/v1/clips/{m.bad_clip}", {"products": [m.rival_product]})
    expect(a.status == 404, "someone else's product is tagged", a)
    a = m.buyer.cart(m.rival_variant, 1, clip=m.clip)
    expect(a.status == 422 and a.json["field"] == "clip", "a clip that does not show it", a)
    a = m.buyer.checkout(m.other_address, "cod", lines=[{"variant": m.variant, "quantity": 1}])
    expect(a.status == 404, "someone else's address", a)


@test
def uploads_are_of_one_person(m):
    for who in (m.stranger, m.rival, m.packer):
        a = upload_send(who, m.upload, 0, b"x" * 1000)
        expect(a.status == 404, "someone else's bytes", a)
        expect(m.upload not in [u["id"] for u in who.must("GET", "/v1/uploads")["items"]], "someone else's list")
    a = upload_send(m.nobody, m.upload, 0, b"x")
    expect(a.status == 401, a)
    a = m.seller.call("HEAD", f"/v1/uploads/{m.upload}", **TUS)
    expect(a.header("Upload-Offset") == "0", "something was written", a.headers)


@test
def sessions_are_of_one_person(m):
    theirs = m.seller.must("GET", "/v1/sessions")["items"][0]["id"]
    expect(m.stranger.delete(f"/v1/sessions/{theirs}").status == 404, "someone else's session")
    expect(m.seller.get("/v1/orders").status == 200, "it was ended")
    for s in m.seller.must("GET", "/v1/sessions")["items"]:
        expect(not {"token", "token_hash", "csrf"} & set(s), "a session's list tells too much", s)


@test
def orders_show_addresses_only_to_those_who_send(m):
    order = m.order(n=1)["orders"][0]["id"]
    expect("ship_to" in m.seller.must("GET", f"/v1/orders/{order}"), "the seller cannot send it")
    m.buyer.must("POST", f"/v1/orders/{order}/cancel", {})
    m.seller.must("POST", f"/v1/orders/{order}/cancel-answer", {"grant": True})
    expect(m.seller.must("GET", f"/v1/orders/{order}").get("ship_to") is None, "the address stays after a cancel")
    for p in ("/v1/studio/shops/%s/orders" % m.shop, ):
        for card in m.seller.must("GET", p)["items"]:
            expect("account" not in card and "ship_to" not in card, "a card tells too much", card)


@test
def roles_cannot_be_taken(m):
    me = m.stranger
    for body in ({"role": "operator"}, {"is_operator": True}, {"id": "1"}, {"email": "x@example.com"}):
        a = me.patch("/v1/me", body)
        expect(a.status == 422, body, a)
    a = me.post("/v1/accounts", {"email": "op@example.com", "password": "Kopi-tubruk-pagi-7", "name": "x",
            "role": "operator"})
    expect(a.status == 422 and a.json["field"] == "role", a)
    expect(me.must("GET", "/v1/me")["account"]["role"] == "user", "an operator was made")
    # The packer cannot leave someone else out, but may leave; the last owner may not.
    a = m.seller.delete(f"/v1/shops/{m.shop}/staff/{m.seller.id}")
    expect(a.status == 409 and a.slug == "wrong_state", "the last owner went", a)
    a = m.seller.post(f"/v1/shops/{m.shop}/staff", {"handle": m.seller.handle, "role": "packer"})
    expect(a.status == 409, "the last owner made himself a packer", a)
    hire(m.rival, m.rival_shop, m.stranger, "manager")
    for body in ({"cod": False}, {"state": "closed"}):
        expect(m.stranger.patch(f"/v1/shops/{m.rival_shop}", body).status == 403, "a manager does what an owner may", body)
    a = m.stranger.post(f"/v1/shops/{m.rival_shop}/staff", {"handle": m.stranger.handle, "role": "owner"})
    expect(a.status == 403, "a manager makes himself an owner", a)
    m.rival.must("DELETE", f"/v1/shops/{m.rival_shop}/staff/{m.stranger.id}")
    a = m.stranger.patch(f"/v1/products/{m.rival_product}", {"version": 1, "title": "x"})
    expect(a.status == 403, "one who has left still changes things", a)
    a = m.buyer.patch(f"/v1/shops/{m.shop}", {"shipping": idr(1)})
    expect(a.status == 403, a)
