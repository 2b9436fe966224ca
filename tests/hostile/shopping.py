"""Carts, checkouts, orders, payments and stock, by people who want more than they pay for."""
from kit import ADDRESS, Client, add_product, at_once, expect, fresh, guest, idr, open_shop, person, product_new, test

SECOND_STEP, DECLINED, LATE = 2, 1, 3        # the last digits of what the test provider is asked for
SHIPPING = 1000000


def stock(m, variant, seller=None, product=None):
    """(on hand, held) as the studio sees it."""
    for v in (seller or m.seller).must("GET", f"/v1/studio/products/{product or m.product}")["variants"]:
        if v["id"] == variant:
            return v["on_hand"], v["held"]
    return None


def goods(m, price=100000, n=10):
    return add_product(m.seller, m.shop, price, n)


def buyer(m, name="beli"):
    who = person(m.server, name)
    who.address = who.must("POST", "/v1/addresses", ADDRESS)["id"]
    return who


def buy(who, variant, n=1, method="test", **more):
    return who.checkout(who.address, method, lines=[{"variant": variant, "quantity": n}], **more)


def order_of(who, checkout):
    return who.must("GET", "/v1/orders/" + checkout["orders"][0]["id"])


# ---------------------------------------------------------------------------------------------- quantities

@test
def quantities_that_cannot_be(m):
    product, variant = goods(m, n=5)
    who = buyer(m)
    for n in (-1, 100, 2 ** 31, 2 ** 63, -2 ** 63, 1.0, "1", True, None):
        a = who.cart(variant, n)
        expect(a.status in (400, 422), "cart", n, a)
        a = buy(who, variant, n, "cod")
        expect(a.status in (400, 422), "checkout", n, a)
    expect(buy(who, variant, 0, "cod").status == 422, "none is bought")
    a = who.cart(variant, 6)
    expect(a.status == 409 and a.slug == "sold_out" and a.json["field"] == "quantity" and "5" in a.json["detail"], a)
    a = buy(who, variant, 6, "cod")
    expect(a.status == 409 and a.slug == "sold_out" and "5" in a.json["detail"], a)
    a = who.checkout(who.address, "cod", lines=[{"variant": variant, "quantity": 3}] * 2)
    expect(a.status == 422, "one variant in two lines", a)
    expect(stock(m, variant, product=product) == (5, 0), stock(m, variant, product=product))
    expect(who.must("GET", "/v1/orders")["items"] == [], "an order was made")


@test
def nothing_is_bought_by_mistake(m):
    who = buyer(m)
    who.cart(m.variant, 1)
    a = who.checkout(who.address, "cod", lines=[])
    expect(a.status == 409 and a.slug == "cart_empty", "an empty list bought the whole cart", a)
    for more in ({}, {"address": who.address, "ship_to": ADDRESS}):
        a = who.post("/v1/checkouts", {"method": "cod", **more})
        expect(a.status == 422 and a.json["field"] == "address", a)
    for n in (0, 1, 2 ** 62):
        a = who.checkout(who.address, "cod", expected=idr(min(n, 10 ** 15)))
        expect(a.status == 409 and a.slug == "price_changed" and a.json["field"] == "expected", a)
    a = who.checkout(who.address, "cod", expected=idr(100000 + SHIPPING, "USD"))
    expect(a.status == 409, "another currency", a)
    expect(who.checkout(who.address, "cod", expected=idr(100000 + SHIPPING)).status == 201, "the right sum")
    expect(who.checkout(who.address, "cod").slug == "cart_empty", "the cart is bought twice")


@test
def prices_that_changed(m):
    product, variant = goods(m)
    who = buyer(m)
    who.must("PUT", "/v1/cart/lines", {"variant": variant, "quantity": 1})
    sku = m.seller.get(f"/v1/studio/products/{product}").json["variants"][0]["sku"]
    m.seller.must("PATCH", f"/v1/products/{product}", {"version": 1, "variants": [
        {"id": variant, "sku": sku, "options": [], "price": idr(900000)}]})
    cart = who.must("GET", "/v1/cart")["shops"][0]["lines"][0]
    expect(cart["problem"] == "price_changed" and cart["seen_price"] == idr(100000) and cart["price"] == idr(900000), cart)
    a = who.checkout(who.address, "cod", expected=idr(100000 + SHIPPING))
    expect(a.status == 409 and a.slug == "price_changed", "the old sum", a)
    a = who.checkout(who.address, "cod")
    expect(a.status == 409 and a.slug == "price_changed", "nobody has said yes to the new price", a)
    a = who.checkout(who.address, "cod", expected=idr(900000 + SHIPPING))
    expect(a.status == 201 and a.json["total"] == idr(900000 + SHIPPING), "the new sum, seen", a)
    a = m.seller.patch(f"/v1/products/{product}", {"version": 1, "title": "Lain"})
    expect(a.status == 409 and a.slug == "stale" and a.json["field"] == "version", "an edit of an old version", a)


@test
def what_is_no_longer_sold(m):
    product, variant = goods(m)
    who = buyer(m)
    who.must("PUT", "/v1/cart/lines", {"variant": variant, "quantity": 1})
    m.seller.must("PATCH", f"/v1/products/{product}", {"version": 1, "state": "archived"})
    expect(who.must("GET", "/v1/cart")["shops"][0]["lines"][0]["problem"] == "archived", "the cart does not say")
    for a in (who.cart(variant, 2), who.checkout(who.address, "cod"), buy(who, variant), who.post("/v1/quotes", {})):
        expect(a.status == 409 and a.slug == "archived", a)
    expect(who.cart(variant, 0).status == 200, "it cannot be taken out")
    seller = person(m.server, "tutup")
    shop = open_shop(seller)
    _, variant = add_product(seller, shop)
    seller.must("PATCH", f"/v1/shops/{shop}", {"state": "closed"})
    expect(buy(who, variant, 1, "cod").slug == "archived", "a closed shop sells")
    for v in ("1", "9" * 18):
        a = who.cart(v, 1)
        expect(a.status == 404 and a.json["field"] == "variant", a)


@test
def sums_do_not_overflow(m):
    most = 10 ** 12
    who = buyer(m)
    lines = []
    for i in range(12):
        _, v = add_product(m.seller, m.shop, most, 1000000)
        lines.append({"variant": v, "quantity": 99})
    a = who.checkout(who.address, "cod", lines=lines[:2])
    expect(a.status == 201 and a.json["total"]["minor"] == 2 * 99 * most + SHIPPING, a)
    for n in (3, 12):
        a = who.checkout(who.address, "cod", lines=lines[:n])
        expect(a.status == 409 and a.slug == "limit", n, a)
        a = who.post("/v1/quotes", {"lines": lines[:n]})
        expect(a.status == 409 and a.slug == "limit", n, a)
    for i, line in enumerate(lines):
        a = who.put("/v1/cart/lines", line)
        expect(a.status in (200, 409), i, a)
        expect(who.get("/v1/cart").status == 200, "the cart can no longer be read")
    for line in lines:
        a = who.cart(line["variant"], 0)
        expect(a.status == 200, "a cart that is too large cannot be emptied", a)


@test
def currencies_are_not_mixed(m):
    who = buyer(m)
    lines = [{"variant": m.variant, "quantity": 1}, {"variant": m.far_variant, "quantity": 1}]
    for a in (who.checkout(who.address, "cod", lines=lines), who.post("/v1/quotes", {"lines": lines})):
        expect(a.status == 409 and a.slug == "currency", a)
    for line in lines:
        who.must("PUT", "/v1/cart/lines", line)
    cart = who.must("GET", "/v1/cart")
    expect(len(cart["totals"]) == 2 and not cart["ready"], cart)
    expect(who.checkout(who.address, "cod").slug == "currency", "the cart of two currencies")
    for body in (product_new(1000, 1, "USD"), {**product_new(1000, 1), "variants": [
            {"sku": "x", "options": [], "price": idr(5), "compare_at": idr(9, "USD")}]}):
        a = m.seller.post(f"/v1/shops/{m.shop}/products", body)
        expect(a.status == 409 and a.slug == "currency", a)
    a = m.seller.patch(f"/v1/shops/{m.shop}", {"shipping": idr(1, "USD")})
    expect(a.status == 422 and a.json["field"] == "shipping", a)


@test
def a_cart_holds_sixty_lines(m):
    who, seller = buyer(m), person(m.server, "rak")
    shop = open_shop(seller)
    sizes = [f"s{i}" for i in range(31)]
    variants = []
    for _ in range(2):
        p = seller.must("POST", f"/v1/shops/{shop}/products", {"title": "Rak", "pictures": [], "options": [{"name": "Size",
                "values": sizes}],
                        "variants": [{"sku": fresh("r"), "options": [s], "price": idr(1000), "stock": 5} for s in sizes]})
        variants += [v["id"] for v in p["variants"]]
    for v in variants[:60]:
        who.must("PUT", "/v1/cart/lines", {"variant": v, "quantity": 1})
    a = who.cart(variants[60], 1)
    expect(a.status == 409 and a.slug == "cart_full" and "60" in a.json["detail"], a)
    # A guest's full cart that follows into a full one: nothing breaks, nothing is bought that is not shown.
    one = guest(m)
    one.must("POST", "/v1/sessions", {"email": who.email, "password": "Kopi-tubruk-pagi-7"})
    shown = who.must("GET", "/v1/cart")
    expect(shown["count"] == 60, shown["count"])
    a = who.checkout(who.address, "cod", expected=shown["totals"][0])
    expect(a.status == 201 and len(order_of(who, a.json)["lines"]) == 60, a)
    a = who.checkout(who.address, "cod", lines=[{"variant": v, "quantity": 1} for v in variants[:61]])
    expect(a.status == 422 and a.json["field"] == "lines" and "60" in a.json["detail"], a)


# ---------------------------------------------------------------------------------------------- at the same time

@test
def the_last_unit_is_sold_once(m):
    people = [buyer(m) for _ in range(6)]
    for _ in range(5):
        product, variant = goods(m, n=1)
        seen = at_once(*[lambda w=w: buy(w, variant, 1, "cod") for w in people])
        expect(sorted(a.status for a in seen) == [201] + [409] * 5, [str(a) for a in seen])
        expect({a.slug for a in seen if a.status == 409} == {"sold_out"}, [a.slug for a in seen])
        expect(stock(m, variant, product=product) == (0, 0), stock(m, variant, product=product))


@test
def one_cart_is_bought_once(m):
    who = buyer(m)
    who.must("PUT", "/v1/cart/lines", {"variant": m.variant, "quantity": 1})
    tabs = [Client(m.server, who.token) for _ in range(5)]
    seen = at_once(*[lambda c=c: c.checkout(who.address, "cod") for c in tabs])
    expect(sorted(a.status for a in seen) == [201] + [409] * 4, [str(a) for a in seen])
    expect(len(who.must("GET", "/v1/orders")["items"]) == 1, "two orders")


@test
def a_key_makes_one_order(m):
    who = buyer(m)
    key, tabs = fresh("key"), [Client(m.server, who.token) for _ in range(5)]
    body = {"address": who.address, "method": "cod", "lines": [{"variant": m.variant, "quantity": 1}]}
    seen = at_once(*[lambda c=c: c.post("/v1/checkouts", body, Idempotency_Key=key) for c in tabs])
    expect({a.status for a in seen} == {201}, [str(a) for a in seen])
    expect(len({a.json["id"] for a in seen}) == 1, "one key made several checkouts")
    expect(len(who.must("GET", "/v1/orders")["items"]) == 1, "several orders")
    expect([bool(a.header("Idempotency-Replayed")) for a in seen].count(False) == 1, "who was first?")
    for path, other in (("/v1/checkouts", {**body, "method": "test"}), ("/v1/addresses", ADDRESS), ("/v1/quotes", {})):
        a = who.post(path, other, Idempotency_Key=key)
        expect(a.status == 422 and a.slug == "idempotency_key" and a.json["field"] == "Idempotency-Key", path, a)
    stranger = buyer(m)
    a = stranger.post("/v1/checkouts", {**body, "address": stranger.address}, Idempotency_Key=key)
    expect(a.status == 201 and a.json["id"] != seen[0].json["id"], "a stranger's key gives another's answer", a)
    for bad in ("", "x" * 121):
        a = who.post("/v1/checkouts", body, Idempotency_Key=bad)
        expect(a.status == 422 and a.json["field"] == "Idempotency-Key", repr(bad), a)
    # A refusal is not kept: with the same key the same request may succeed later.
    product, variant = goods(m, n=0)
    body = {"address": who.address, "method": "cod", "lines": [{"variant": variant, "quantity": 1}]}
    key = fresh("key")
    expect(who.post("/v1/checkouts", body, Idempotency_Key=key).slug == "sold_out", "nothing is there")
    m.seller.must("POST", f"/v1/variants/{variant}/stock", {"delta": 1, "reason": "received"})
    expect(who.post("/v1/checkouts", body, Idempotency_Key=key).status == 201, "a refusal was kept")
    expect(stock(m, variant, product=product) == (0, 0), "stock")


@test
def keys_on_all_that_creates(m):
    who, seller = buyer(m), person(m.server, "kunci")
    for path, body in (("/v1/addresses", ADDRESS), ("/v1/shops", {"name": "Toko Kunci", "handle": fresh("kunci"),
            "currency": "IDR",
                       "country": "ID", "shipping": idr(0), "dispatch_days": 0, "delivery_min_days": 0,
                               "delivery_max_days": 1})):
        c, key = (who if "addr" in path else seller), fresh("key")
        one, two = c.post(path, body, Idempotency_Key=key), c.post(path, body, Idempotency_Key=key)
        expect(one.status == two.status == 201 and one.body == two.body, path, one, two)
    key, body = fresh("key"), product_new(1000, 1)
    one, two = (m.seller.post(f"/v1/shops/{m.shop}/products", body, Idempotency_Key=key) for _ in (1, 2))
    expect(one.status == two.status == 201 and one.json["id"] == two.json["id"], one, two)
    a = m.seller.post(f"/v1/shops/{m.shop}/products", product_new(2000, 1), Idempotency_Key=key)
    expect(a.status == 422 and a.slug == "idempotency_key", "another body", a)


# ---------------------------------------------------------------------------------------------- payments

@test
def payments_end_once(m):
    if not m.demo:
        return
    product, variant = goods(m, 100000 + SECOND_STEP)
    who = buyer(m)
    made = buy(who, variant, 1).json
    pay = f"/v1/payments/{made['payment']['id']}"
    expect(made["payment"]["state"] == "action_needed" and stock(m, variant, product=product) == (10, 1), made["payment"])
    expect(who.post(pay + "/retry").status == 409, "a retry of what has not failed")
    seen = at_once(*[lambda c=Client(m.server, who.token): c.post(pay + "/step", {"approve": True}) for _ in range(4)])
    expect(sorted(a.status for a in seen) == [200, 409, 409, 409], [str(a) for a in seen])
    for path, body in ((pay + "/step", {"approve": False}), (pay + "/retry", None)):
        a = who.post(path, body)
        expect(a.status == 409 and a.slug in ("payment_over", "wrong_state"), path, a)
    expect(stock(m, variant, product=product) == (9, 0), stock(m, variant, product=product))
    expect([e["kind"] for e in order_of(who, made)["timeline"]] == ["placed", "paid"], "paid twice")
    cancelled(m, who, made["orders"][0]["id"])
    p = who.must("GET", pay)
    expect(p["state"] == "refunded" and p["refunded"] == p["amount"], p)
    a = who.post(f"/v1/orders/{made['orders'][0]['id']}/cancel", {})
    expect(a.status == 409 and a.slug == "wrong_state", "refunded twice", a)
    expect(stock(m, variant, product=product) == (10, 0), stock(m, variant, product=product))


def cancelled(m, who, order):
    """The buyer asks, the shop that has the order grants it."""
    who.must("POST", f"/v1/orders/{order}/cancel", {})
    seller = m.seller if m.seller.get(f"/v1/orders/{order}").status == 200 else m.rival
    seller.must("POST", f"/v1/orders/{order}/cancel-answer", {"grant": True})


@test
def paying_and_cancelling_at_once(m):
    """Whoever is first: nobody has paid for a cancelled order, and every unit is back."""
    if not m.demo:
        return
    product, variant = goods(m, 100000 + SECOND_STEP)
    who = buyer(m)
    for _ in range(6):
        made = buy(who, variant).json
        pay, order = f"/v1/payments/{made['payment']['id']}", f"/v1/orders/{made['orders'][0]['id']}"
        seen = at_once(lambda p=pay: Client(m.server, who.token).post(p + "/step", {"approve": True}),
                       lambda o=order: Client(m.server, who.token).post(o + "/cancel", {}))
        expect(seen[1].status == 200 and seen[0].status in (200, 409), [str(a) for a in seen])
        if who.must("GET", order)["state"] != "cancelled":        # paid first: then it is a request
            m.seller.must("POST", order + "/cancel-answer", {"grant": True})
        p = who.must("GET", pay)
        expect(p["state"] == ("refunded" if seen[0].status == 200 else "cancelled"), p, [str(a) for a in seen])
        expect(who.must("GET", order)["state"] == "cancelled" and stock(m, variant, product=product) == (10, 0), "units are gone")


@test
def a_declined_payment_gives_the_units_back(m):
    if not m.demo:
        return
    product, variant = goods(m, 100000 + DECLINED, 1)
    who, other = buyer(m), buyer(m)
    made = buy(who, variant).json
    expect(made["payment"]["state"] == "failed" and stock(m, variant, product=product) == (1, 0), made)
    expect(buy(other, variant, 1, "cod").status == 201, "the unit is not free")
    a = who.post(f"/v1/payments/{made['payment']['id']}/retry")
    expect(a.status == 409 and a.slug == "sold_out", "the same unit is held twice", a)
    expect(order_of(who, made)["state"] == "unpaid", "the order moved on")
    who.must("POST", f"/v1/orders/{made['orders'][0]['id']}/cancel", {})
    a = who.post(f"/v1/payments/{made['payment']['id']}/retry")
    expect(a.status == 409 and a.slug == "payment_over", a)


@test
def retries_end(m):
    """A payment that is declined again and again must not fill the order's timeline without end."""
    if not m.demo:
        return
    _, variant = goods(m, 100000 + DECLINED)
    who = buyer(m)
    made = buy(who, variant).json
    seen = [who.post(f"/v1/payments/{made['payment']['id']}/retry") for _ in range(40)]
    expect(seen[0].status == 200 and seen[-1].status == 409 and seen[-1].slug == "payment_over", [a.status for a in seen])
    expect(len(order_of(who, made)["timeline"]) < 40, "the timeline is full")


@test
def what_is_not_for_sale_is_not_paid_again(m):
    if not m.demo:
        return
    product, variant = goods(m, 100000 + DECLINED)
    who = buyer(m)
    made = buy(who, variant).json
    m.seller.must("PATCH", f"/v1/products/{product}", {"version": 1, "state": "archived"})
    a = who.post(f"/v1/payments/{made['payment']['id']}/retry")
    expect(a.status == 409 and a.slug == "archived", a)


@test
def a_checkout_of_two_shops_is_cancelled_in_parts(m):
    who = buyer(m)
    methods = ("test", "cod") if m.demo else ("cod",)
    for method in methods:
        a = who.checkout(who.address, method, lines=[{"variant": m.variant, "quantity": 1}, {"variant": m.rival_variant,
                "quantity": 1}])
        expect(a.status == 201 and len(a.json["orders"]) == 2, a)
        first, second = (o["id"] for o in a.json["orders"])
        pay = f"/v1/payments/{a.json['payment']['id']}"
        cancelled(m, who, first)
        state = who.must("GET", f"/v1/orders/{second}")["state"]
        expect(state == "awaiting_shipment", "the other order is", state)
        seller = m.rival if m.rival.get(f"/v1/orders/{second}").status == 200 else m.seller
        seller.must("POST", f"/v1/orders/{second}/shipments", {"carrier": "JNE", "tracking": "1"})
        expect(who.post(f"/v1/orders/{second}/cancel", {}).slug == "wrong_state", "cancelled after it was sent")
        who.must("POST", f"/v1/orders/{second}/receipt")
        p = who.must("GET", pay)
        expect(p["state"] == "succeeded" and p["refunded"]["minor"] == 100000 + SHIPPING, method, p)
        a = who.checkout(who.address, method, lines=[{"variant": m.variant, "quantity": 1}, {"variant": m.rival_variant,
                "quantity": 1}])
        for o in a.json["orders"]:
            cancelled(m, who, o["id"])
        p = who.must("GET", f"/v1/payments/{a.json['payment']['id']}")
        expect(p["state"] == ("refunded" if method == "test" else "cancelled"), method, p)


@test
def cash_that_nobody_pays_is_not_collected(m):
    """The parcel of one shop arrives first, then the other order is cancelled: the checkout must not wait for ever."""
    who = buyer(m)
    a = who.checkout(who.address, "cod", lines=[{"variant": m.variant, "quantity": 1}, {"variant": m.rival_variant,
            "quantity": 1}])
    first, second = (o["id"] for o in a.json["orders"])
    seller = m.seller if m.seller.get(f"/v1/orders/{first}").status == 200 else m.rival
    seller.must("POST", f"/v1/orders/{first}/shipments", {"carrier": "JNE", "tracking": "1"})
    who.must("POST", f"/v1/orders/{first}/receipt")
    expect(who.must("GET", f"/v1/payments/{a.json['payment']['id']}")["state"] == "succeeded", "cash of the first is there")
    cancelled(m, who, second)
    p = who.must("GET", f"/v1/payments/{a.json['payment']['id']}")
    expect(p["state"] == "succeeded" and p["refunded"]["minor"] == 100000 + SHIPPING, p)


@test
def orders_move_only_forward(m):
    made = m.order(n=1)
    o = f"/v1/orders/{made['orders'][0]['id']}"
    expect(m.buyer.post(o + "/receipt").slug == "wrong_state", "received before it was sent")
    expect(m.buyer.post(o + "/pack").status == 403 or m.buyer.post(o + "/pack").status == 404, "the buyer packs")
    m.buyer.must("POST", o + "/cancel", {})
    seen = at_once(lambda: Client(m.server, m.seller.token).post(o + "/cancel-answer", {"grant": True}),
                   lambda: Client(m.server, m.seller.token).post(o + "/shipments", {"carrier": "JNE", "tracking": "1"}))
    expect(sorted(a.status for a in seen) in ([200, 409], [201, 409]), [str(a) for a in seen])
    made = m.order(n=1)
    o = f"/v1/orders/{made['orders'][0]['id']}"
    m.seller.must("POST", o + "/pack")
    ship = {"carrier": "JNE", "tracking": "<script>alert(1)</script>"}
    seen = at_once(*[lambda c=Client(m.server, m.seller.token): c.post(o + "/shipments", ship) for _ in range(3)])
    expect(sorted(a.status for a in seen) == [201, 409, 409], [str(a) for a in seen])
    expect(len(m.buyer.must("GET", o)["shipments"]) == 1, "sent twice")
    for path in ("/pack", "/shipments"):
        expect(m.seller.post(o + path, ship if path == "/shipments" else None).slug == "wrong_state", path)
    m.buyer.must("POST", o + "/receipt")
    for path, body in (("/receipt", None), ("/cancel", {})):
        expect(m.buyer.post(o + path, body).slug == "wrong_state", path)
    expect(m.seller.must("GET", o).get("ship_to") is None, "the address stays after the end")


@test
def ways_to_pay(m):
    who = buyer(m)
    a = who.checkout(who.address, "test", lines=[{"variant": m.variant, "quantity": 1}])
    expect(a.status == (201 if m.demo else 409) and (m.demo or a.slug == "method_off"), a)
    seller = person(m.server, "tunai")
    shop = open_shop(seller)
    _, variant = add_product(seller, shop)
    seller.must("PATCH", f"/v1/shops/{shop}", {"cod": False})
    a = who.checkout(who.address, "cod", lines=[{"variant": variant, "quantity": 1}])
    expect(a.status == 409 and a.slug == "method_off" and a.json["field"] == "method", a)
    made = m.order(n=1)
    for step in ("/step", "/retry"):
        a = m.buyer.post(f"/v1/payments/{made['payment']['id']}{step}", {"approve": True} if step == "/step" else None)
        expect(a.status == 409, "cash is paid by a click", a)


# ---------------------------------------------------------------------------------------------- stock by hand

@test
def stock_stays_within_its_bounds(m):
    product, variant = goods(m, 100000 + (SECOND_STEP if m.demo else 0), 3)
    where = f"/v1/variants/{variant}/stock"
    if m.demo:
        expect(buy(buyer(m), variant, 1).json["payment"]["state"] == "action_needed", "a hold")
    for delta, reason in ((-4, "lost"), (-3 if m.demo else -4, "corrected"), (1000001, "received"), (0, "corrected"), (1,
            "lost"), (-1, "received"),
                          (1, "sold"), (1, "opening"), (-1, "returned")):
        a = m.seller.post(where, {"delta": delta, "reason": reason})
        expect(a.status in (409, 422) and a.json["field"] in ("delta", "reason"), delta, reason, a)
    seen = at_once(*[lambda c=Client(m.server, m.seller.token): c.post(where, {"delta": -1, "reason": "lost"})
            for _ in range(6)])
    expect([a.status for a in seen].count(200) == (2 if m.demo else 3), [str(a) for a in seen])
    expect(stock(m, variant, product=product) == ((1, 1) if m.demo else (0, 0)), stock(m, variant, product=product))
