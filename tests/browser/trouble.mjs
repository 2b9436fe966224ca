// What goes wrong while somebody shops, on a running demo market: prices that change, stock that goes, clips and networks
// that break, sessions that end. node tests/browser/trouble.mjs; the environment is described in kit.mjs.
import { base, check, checkIs, finish, inspect, look, openBrowser, openPage, seller, shopper, shot, test, townReady } from './kit.mjs';

await townReady(8);
const browser = await openBrowser();
const shop = await sellerApi();

await test('two shops in one checkout: two orders under one payment, each sum shown', async () => {
  const page = await signedIn('phone');
  const mine = await shop.product(v => v.stock > 6);
  const other = await otherShopProduct(mine.shop.id);
  await put(page, mine.variant, 1);
  await put(page, other, 1);
  await page.goto('/cart');
  await page.locator('.cart-shop').nth(1).waitFor();
  checkIs(await page.locator('.cart-shop').count(), 2, 'shops in the cart');
  await look(page, 'two-shops-cart', { fullPage: true });
  await page.getByRole('link', { name: 'Checkout', exact: true }).click();
  await ready(page);
  checkIs(await page.locator('.checkout-shop .sums-grand').count(), 2, 'shops with a sum of their own');
  await look(page, 'two-shops-checkout', { fullPage: true });
  await page.locator('.choice', { hasText: 'Test payment' }).click();
  await page.locator('.btn-buy:visible').click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  checkIs(await page.locator('.pay .row').count(), 2, 'orders under the payment');
  await look(page, 'two-shops-thanks');
  await page.context().close();
});

await test('a price that changes: said in the cart, and at the last button, where nothing is ordered', async () => {
  const page = await signedIn('phone');
  const mine = await shop.product(v => v.stock > 6);
  await put(page, mine.variant, 1);
  await shop.price(mine, 1_000_000);
  try {
    await page.goto('/cart');
    await page.getByText('when you put it in, now').waitFor();
    await look(page, 'price-changed-cart');
    await page.goto('/checkout');
    await ready(page);
    const before = await page.locator('.sums-grand dd').textContent();
    await shop.price(mine, 2_000_000);
    const orders = await countOrders(page);
    await page.locator('.btn-buy:visible').click();
    await page.getByText('The total is now').waitFor();
    await page.waitForFunction(was => document.querySelector('.sums-grand dd')?.textContent !== was, before);
    await look(page, 'price-changed-checkout');
    checkIs(await countOrders(page), orders, 'orders');
    await page.locator('.btn-buy:visible').click();
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
    checkIs(await countOrders(page), orders + 1, 'orders after agreeing to the new price');
  } finally {
    await shop.price(mine, 0);
  }
  await page.context().close();
});

await test('what sells out: said at the last button and in the cart', async () => {
  const page = await signedIn('desktop');
  const mine = await shop.product(v => v.stock > 6);
  await put(page, mine.variant, 2);
  await page.goto('/checkout');
  await ready(page);
  await shop.stock(mine, -(mine.stock - 1));
  try {
    await page.locator('.btn-buy:visible').click();
    await page.getByText('Something has just sold out.').waitFor();
    await look(page, 'sold-out-checkout');
    await page.getByRole('link', { name: 'Back to the cart' }).click();
    await page.getByText('Only 1 left.').waitFor();
    checkIs(await page.locator('.btn-buy:visible').isDisabled(), true, 'the way on is closed');
    await look(page, 'too-few-cart');
    await page.getByRole('button', { name: 'Take 1' }).click();
    await page.getByRole('link', { name: 'Checkout', exact: true }).waitFor();
    await shop.stock(mine, -1);
    await page.reload();
    await page.getByText('Sold out. Remove it').waitFor();
    await look(page, 'sold-out-cart');
    await page.goto(`/product/${mine.product}`);
    await page.locator('.product-title-large').waitFor();
    await look(page, 'sold-out-product');
    await page.goto('/cart');
    await page.locator('.cart-acts .icon-btn').first().click();
    await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
  } finally {
    await shop.stock(mine, mine.stock);
  }
  await page.context().close();
});

await test('a like by a guest is given once signed in', async () => {
  const page = await openPage(browser, 'phone');
  await page.goto('/');
  await playing(page);
  const clip = await page.locator('article:not([inert])').getAttribute('data-clip');
  await page.locator('article:not([inert]) .rail-btn').first().click();
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('E-mail').fill(shopper.email);
  await sheet.getByLabel('Password', { exact: true }).fill(shopper.password);
  await sheet.getByRole('button', { name: 'Sign in', exact: true }).click();
  await sheet.waitFor({ state: 'detached' });
  await page.locator('article:not([inert]) .rail-btn[aria-pressed=true]').first().waitFor();
  checkIs(await page.locator('article:not([inert])').getAttribute('data-clip'), clip, 'the clip');
  await playing(page);
  await page.locator('article:not([inert]) .rail-btn').first().click();
  await page.locator('article:not([inert]) .rail-btn[aria-pressed=false]').first().waitFor();
  await page.waitForTimeout(400);
  await page.context().close();
});

await test('a clip that does not come says so and plays on retry', async () => {
  const page = await openPage(browser, 'phone');
  await page.route('**/media/clips/**', r => r.abort());
  await page.goto('/');
  await page.locator('.clip-failed').waitFor();
  await look(page, 'clip-broken');
  await page.unroute('**/media/clips/**');
  await page.locator('.clip-failed').getByRole('button', { name: 'Try again' }).click();
  await playing(page);
  checkIs(await page.locator('.clip-failed').count(), 0, 'signs of failure');
  await page.context().close();
});

await test('a feed that does not come says so and goes on after retry', async () => {
  const page = await openPage(browser, 'phone');
  await page.route('**/v1/feed**', r => r.abort());
  await page.goto('/');
  await page.getByRole('heading', { name: 'That did not load' }).waitFor();
  await look(page, 'feed-broken');
  await page.unroute('**/v1/feed**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await playing(page);
  await page.context().close();
});

await test('the feed has an end that says what to do', async () => {
  const page = await openPage(browser, 'phone');
  await page.goto('/');
  await playing(page);
  for (let i = 0; i < 60 && !await page.locator('.clip-end:not([inert])').count(); i++) {
    await page.keyboard.press('j');
    await page.waitForTimeout(320);
  }
  await page.getByRole('heading', { name: 'That was all for now' }).waitFor();
  checkIs(await page.evaluate(() => [...document.querySelectorAll('video')].filter(v => !v.paused).length), 0, 'videos that play');
  await look(page, 'feed-end');
  await page.getByRole('button', { name: 'Watch from the start' }).click();
  await playing(page);
  await page.context().close();
});

await test('the sheet is pulled down by a finger', async () => {
  const page = await openPage(browser, 'phone');
  await page.goto('/');
  await playing(page);
  for (let i = 0; i < 8 && !await page.locator('article:not([inert]) .chip').count(); i++) {
    await page.keyboard.press('j');
    await page.waitForTimeout(400);
  }
  await page.locator('article:not([inert]) .chip').click();
  await page.locator('.product-sheet .buy-bar').waitFor();
  await page.waitForTimeout(350);
  const cdp = await page.context().newCDPSession(page);
  const at = y => [{ x: 195, y }];
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(246) });
  for (let y = 250; y <= 520; y += 18) {
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(y) });
    await page.waitForTimeout(10);
    if (y > 400 && y < 420) await shot(page, 'sheet-pulled');
  }
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.locator('.product-sheet').waitFor({ state: 'detached' });
  check(!/about:blank/.test(page.url()), 'the page is still there');
  await playing(page);
  await page.context().close();
});

await test('a session that has ended elsewhere leads to sign-in, not to an error', async () => {
  const page = await signedIn('phone');
  await page.goto('/orders');
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/v1/me')).json();
    await fetch('/v1/sessions/current', { method: 'DELETE', headers: { 'X-CSRF-Token': csrf } });
  });
  await page.reload();
  await page.getByRole('heading', { name: 'Sign in to see your orders' }).waitFor();
  await inspect(page, 'orders of nobody');
  await page.context().close();
});

await test('a tablet and a phone on its side show the whole clip', async () => {
  for (const [name, viewport] of [['tablet', { width: 768, height: 1024 }], ['side', { width: 844, height: 390 }]]) {
    const page = await openPage(browser, 'phone', { viewport });
    await page.goto('/');
    await playing(page);
    await look(page, `feed-${name}`);
    await page.context().close();
  }
});

await test('motion is left out where people ask for none', async () => {
  const page = await openPage(browser, 'phone', { reducedMotion: 'reduce' });
  await page.goto('/');
  await playing(page);
  await page.keyboard.press('j');
  await page.waitForTimeout(60);
  const off = await page.evaluate(() => { const s = document.querySelector('.scroller'); return s.scrollTop % s.clientHeight; });
  checkIs(off, 0, 'pixels between two clips');
  await page.context().close();
});

await browser.close();
finish();

async function signedIn(size) {
  const page = await openPage(browser, size);
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(shopper.email);
  await page.getByLabel('Password', { exact: true }).fill(shopper.password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/me');
  // The carts of earlier tests are not this one's business; an address is.
  await page.evaluate(async () => {
    const me = await (await fetch('/v1/me')).json();
    const send = (method, url, body) => fetch(url, { method, headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf }, body: JSON.stringify(body) });
    const cart = await (await fetch('/v1/cart')).json();
    for (const s of cart.shops) for (const l of s.lines) await send('PUT', '/v1/cart/lines', { variant: l.variant, quantity: 0 });
    const { items } = await (await fetch('/v1/addresses')).json();
    if (!items.length) await send('POST', '/v1/addresses', { name: 'Tom Hartley', phone: '+62 811 222 3344', line1: 'Jalan Kenanga 8', city: 'Denpasar', country: 'ID' });
  });
  return page;
}

async function put(page, variant, quantity) {
  const status = await page.evaluate(async ([v, q]) => {
    const me = await (await fetch('/v1/me')).json();
    const r = await fetch('/v1/cart/lines', { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': me.csrf }, body: JSON.stringify({ variant: v, quantity: q }) });
    return r.status;
  }, [variant, quantity]);
  checkIs(status, 200, 'the line in the cart');
}

async function ready(page) {
  await page.waitForURL('**/checkout');
  await page.locator('.ordered').first().waitFor();
  await page.locator('.me-address').first().waitFor();
  await page.locator('.btn-buy:visible:enabled').waitFor();           // the price with the way to pay, too
}

async function playing(page) {
  await page.waitForFunction(() => {
    const on = [...document.querySelectorAll('video')].find(v => !v.paused && v.readyState > 2);
    if (!on) return false;
    const was = window.__was;
    window.__was = { v: on, t: on.currentTime };
    return was?.v === on && on.currentTime !== was.t;
  }, undefined, { polling: 60 });
}

async function countOrders(page) {
  return page.evaluate(async () => {
    let n = 0;
    for (let before = ''; ;) {
      const r = await (await fetch(`/v1/orders?limit=50${before ? `&before=${before}` : ''}`)).json();
      n += r.items.length;
      if (!r.next) return n;
      before = r.next;
    }
  });
}

// A seller beside the shopper, who changes prices and stock meanwhile.
async function sellerApi() {
  const session = await (await fetch(`${base}/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(seller) })).json();
  const call = async (method, path, body) => {
    const r = await fetch(base + path, {
      method, headers: { Authorization: `Bearer ${session.token}`, 'Content-Type': 'application/json', 'Idempotency-Key': `t${Math.random()}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${await r.text()}`);
    return r.status === 204 ? undefined : r.json();
  };
  const me = await call('GET', '/v1/me');
  const { items } = await call('GET', `/v1/studio/shops/${me.shops[0].shop}/products?state=active&limit=50`);
  let next = 0;
  return {
    // A variant that fits, another at each call, so that one test does not stand in another's way.
    async product(fits) {
      for (; next < items.length;) {
        const { product, variants } = await call('GET', `/v1/studio/products/${items[next++].id}`);
        const v = variants.find(x => x.active && fits({ ...x, stock: x.on_hand - x.held }));
        if (v) return { product: product.id, shop: product.shop, variant: v.id, stock: v.on_hand - v.held };
      }
      throw new Error('no product of the seller fits');
    },
    // The price as it was at first, and so much more.
    async price(mine, more) {
      const { product } = await call('GET', `/v1/studio/products/${mine.product}`);
      mine.was ??= product.variants.find(v => v.id === mine.variant).price.minor;
      const variants = product.variants.map(v => ({
        id: v.id, sku: v.sku, options: v.options, ...(v.compare_at ? { compare_at: v.compare_at } : {}),
        price: v.id === mine.variant ? { minor: mine.was + more, currency: v.price.currency } : v.price,
      }));
      await call('PATCH', `/v1/products/${mine.product}`, { variants, version: product.version });
    },
    stock: (mine, delta) => call('POST', `/v1/variants/${mine.variant}/stock`, { delta, reason: 'corrected' }),
  };
}

async function otherShopProduct(not) {
  for (const c of (await (await fetch(`${base}/v1/feed?limit=20`)).json()).items) {
    if (c.shop.id === not) continue;
    for (const card of c.products) {
      const p = await (await fetch(`${base}/v1/products/${card.id}`)).json();
      const v = p.variants.find(x => x.available && x.stock === undefined);
      if (v) return v.id;
    }
  }
  throw new Error('no product of another shop');
}
