// The main job as a shopper, on a running demo market, at both sizes: watch, tap, choose, buy, follow the order.
// node tests/browser/shopper.mjs; the environment is described in kit.mjs.
import { asPerson, base, check, checkIs, finish, inspect, look, openBrowser, openPage, shopper, shot, test, townOwner, townReady } from './kit.mjs';

await townReady(8);
const browser = await openBrowser();
const stamp = Date.now().toString(36);

const sizes = process.env.ETALASE_SIZES?.split(',') ?? ['phone', 'desktop'];
for (const size of sizes) await everything(size);
await once();
await browser.close();
finish();

async function everything(size) {
  const page = await openPage(browser, size);
  const step = (name, run) => test(`${size}: ${name}`, async () => {
    try {
      await run();
    } catch (e) {
      await shot(page, `${size}-FAIL-${name.replace(/\W+/g, '-')}`);
      throw e;
    }
    const mistakes = page.mistakes.splice(0);
    check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
  });
  const name = n => `${size}-${n}`;

  await step('the first thing is a clip that plays', async () => {
    await page.goto('/');
    await playing(page);
    const one = await page.evaluate(() => [...document.querySelectorAll('video')].filter(v => !v.paused).length);
    checkIs(one, 1, 'videos that play');
    await look(page, name('01-feed'));
  });

  await step('keys, wheel and finger change the clip', async () => {
    const first = await current(page);
    await page.keyboard.press('ArrowDown');
    const second = await another(page, first);
    await playing(page);
    await page.keyboard.press('k');
    checkIs(await another(page, second), first, 'the clip after going back');
    if (size === 'desktop') {
      await page.mouse.move(600, 400);
      await page.mouse.wheel(0, 120);
    } else await swipe(page, 600, 160);
    checkIs(await another(page, first), second, 'the clip after the wheel or the swipe');
    await playing(page);
    await page.keyboard.press('Home');
    await another(page, second);
  });

  await step('the next clip shows its first frame at once', async () => {
    for (let i = 0; i < 4; i++) {
      const was = await current(page);
      await page.keyboard.press('ArrowDown');
      await another(page, was);
      await playing(page);
      await page.waitForTimeout(700);
    }
    await page.waitForTimeout(300);
    const ms = await page.evaluate(() => performance.getEntriesByName('clip-change').map(e => Math.round(e.duration)));
    check(ms.length >= 4, `only ${ms.length} changes were measured`);
    const sorted = [...ms].sort((a, b) => a - b);
    console.log(`      clip change to first frame: median ${sorted[sorted.length >> 1]} ms, most ${sorted.at(-1)} ms (${ms.join(', ')})`);
    await page.keyboard.press('Home');
    // By now it has asked whether it may learn: a no is an answer too.
    const no = page.getByRole('region', { name: 'May the feed learn from you?' }).getByRole('button', { name: 'No' });
    await no.click();
    await no.waitFor({ state: 'detached' });
  });

  await step('a tap pauses, another goes on; two like, after signing in', async () => {
    await playing(page);
    await tap(page);
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused));
    await look(page, name('02-feed-paused'));
    await tap(page);
    await playing(page);
    await page.locator('article:not([inert]) .clip-tap').dblclick({ position: { x: 150, y: 250 } });
    await page.getByRole('dialog').waitFor();
    await look(page, name('03-like-sign-in'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await playing(page);
  });

  await step('sound is switched and remembered', async () => {
    await page.locator('article:not([inert]) .rail').getByRole('button', { name: 'Turn sound on' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('video')].some(v => !v.paused && !v.muted));
    checkIs(await page.evaluate(() => localStorage.getItem('etalase.sound')), 'on', 'the remembered sound');
    await page.keyboard.press('m');
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused || v.muted));
  });

  await step('the progress line moves in the clip by key', async () => {
    const line = page.locator('article:not([inert]) input[type=range]');
    await line.focus();
    await page.keyboard.press('p');
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused));
    const before = Number(await line.inputValue());
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(300);
    check(Math.abs(Number(await line.inputValue()) - before - 1) < 0.4, 'the position moved by one second');
    await page.keyboard.press('p');
    await playing(page);
  });

  let productPath = '';
  await step('the product opens over the clip, which goes on', async () => {
    await toClipWith(page, '.chip');
    await page.locator('article:not([inert]) .chip').click();
    await page.locator('.product-sheet .buy-bar').waitFor();
    await playing(page);
    await look(page, name('04-product-sheet'));
    productPath = await page.locator('.product-sheet .full-link').getAttribute('href');
    await page.goBack();
    await page.locator('.product-sheet').waitFor({ state: 'detached' });
    check(/\/$|\/clip\//.test(page.url()), `back closed the sheet and stayed at the clip, not ${page.url()}`);
    await playing(page);
  });

  await step('options say what is sold out; the chosen one goes into the cart', async () => {
    await page.locator('article:not([inert]) .chip').click();
    await page.locator('.product-sheet .buy-bar').waitFor();
    if (await page.locator('.product-sheet .option').count()) {
      await page.getByRole('button', { name: 'Add to cart' }).click();
      await page.locator('.option-told', { hasText: /first/ }).waitFor();
    }
    await choose(page);
    await look(page, name('05-product-chosen'));
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.locator('.toast', { hasText: /In your cart: 1 item/ }).waitFor();
    await page.waitForTimeout(300);
    await shot(page, name('06-added'));
    await page.locator('.toast').getByRole('button', { name: 'View cart' }).click();
    await page.waitForURL('**/cart');
  });

  await step('the cart is grouped by shop and changes in place', async () => {
    await page.locator('.cart-line').first().waitFor();
    await look(page, name('07-cart'));
    const stepper = page.locator('.stepper').first();
    const more = stepper.getByRole('button', { name: 'One more' });
    if (await more.isEnabled()) {
      await more.click();
      await stepper.locator('output', { hasText: '2' }).waitFor();
      await stepper.getByRole('button', { name: 'One less' }).click();
      await stepper.locator('output', { hasText: '1' }).waitFor();
    }
    await page.locator('.cart-acts .icon-btn').first().click();
    await page.getByRole('heading', { name: 'Your cart is empty' }).waitFor();
    await look(page, name('08-cart-empty'));
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.locator('.cart-line').first().waitFor();
  });

  await step('a product has a page of its own, and so has its shop', async () => {
    await page.goto(productPath);
    await page.locator('.product-title-large').waitFor();
    await page.waitForTimeout(500);
    await look(page, name('09-product'), { fullPage: true });
    await page.locator('.seller').first().click();
    await page.waitForURL('**/shop/*');
    await page.locator('.tile').first().waitFor();
    await page.waitForTimeout(500);
    await look(page, name('10-shop'));
    await page.getByRole('tab', { name: 'Clips' }).click();
    await page.locator('.clip-tile').first().waitFor();
    await page.waitForTimeout(500);
    await look(page, name('11-shop-clips'));
    await page.locator('.clip-tile').first().click();
    await page.waitForURL('**/clip/*');
    await playing(page);
  });

  await step('signing in says nothing about who has an account, and the cart follows', async () => {
    await page.goto('/cart');
    await page.getByRole('link', { name: 'Sign in to check out' }).click();
    await page.waitForURL(/\/sign-in\?next=/);
    await look(page, name('12-sign-in'));
    await page.getByLabel('E-mail').fill('nobody@example.com');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The e-mail or the password is not right.').waitFor();
    await look(page, name('13-sign-in-wrong'));
    await page.getByLabel('E-mail').fill(shopper.email);
    await page.getByLabel('Password', { exact: true }).fill(shopper.password);
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/checkout');
    await page.locator('.ordered').first().waitFor();
  });

  await step('an address is checked in place', async () => {
    const change = page.getByRole('button', { name: 'Change' });
    if (await change.count()) {
      await change.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Add an address' }).click();
      await page.getByRole('dialog').getByLabel('Street and number').waitFor();
    }
    const form = page.locator('form');
    await form.getByLabel('Name of the person').fill('Dewi Anggraini');
    await form.getByLabel('Phone').fill('12');
    await form.getByLabel('Street and number').fill(`Jalan Merpati ${size === 'phone' ? 12 : 14}`);
    await form.getByLabel('City').fill('Yogyakarta');
    await form.getByLabel('Postcode').fill('55281');
    await form.getByRole('button', { name: 'Save address' }).click();
    await form.getByText('A phone number has 5 to 30 digits').waitFor();
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'phone');
    await look(page, name('14-address'));
    await form.getByLabel('Phone').fill('+62 812 3456 7890');
    await form.getByRole('button', { name: 'Save address' }).click();
    await page.locator('.me-address', { hasText: `Jalan Merpati ${size === 'phone' ? 12 : 14}` }).waitFor();
  });

  let orders = 0;
  await step('two presses on the last button make one order', async () => {
    orders = await countOrders(page);
    await page.getByText('Cash on delivery', { exact: true }).click();
    await look(page, name('15-checkout'), { fullPage: true });
    await page.locator('.btn-buy:visible').dblclick();
    await page.waitForURL('**/checkout/*/pay');
    await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
    await look(page, name('16-thanks'));
    checkIs(await countOrders(page), orders + 1, 'orders after two presses');
  });

  await step('the order has its page and its timeline; cancelling is asked, and the shop agrees', async () => {
    await page.getByRole('link', { name: 'See the order' }).click();
    await page.waitForURL('**/orders/*');
    await page.locator('.timeline li').first().waitFor();
    await look(page, name('17-order'), { fullPage: true });
    await page.getByRole('button', { name: 'Ask to cancel' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: 'Ask to cancel' }).click();
    await sheet.getByText('Choose a reason.').waitFor();
    await sheet.getByText('I changed my mind').click();
    await look(page, name('18-ask-to-cancel'));
    await sheet.getByRole('button', { name: 'Ask to cancel' }).click();
    await page.getByRole('heading', { name: 'You asked to cancel' }).waitFor();
    checkIs(await page.getByRole('button', { name: 'Ask to cancel' }).count(), 0, 'ways to ask again');
    const id = new URL(page.url()).pathname.split('/').pop();
    const owner = await asPerson(await ownerOf(id, page));
    await owner('POST', `/v1/orders/${id}/cancel-answer`, { grant: true });
    await page.reload();
    await page.locator('.order-head', { hasText: 'Cancelled' }).waitFor();
    await look(page, name('19-order-cancelled'));
    await page.goto('/orders');
    await page.locator('.order-card').first().waitFor();
    await look(page, name('20-orders'));
  });

  await step('buy now with the test provider: paid at once, second step, declined, late', async () => {
    for (const [want, shop] of await testProducts()) {
      await page.goto(`/product/${shop}`);
      await page.locator('.product-title-large').waitFor();
      await choose(page);
      await page.locator('.btn-buy:visible').click();
      await page.waitForURL(/\/checkout\?/);
      await page.locator('.ordered').first().waitFor();
      const test = page.locator('.choice', { hasText: 'Test payment' });
      await test.click();
      if (want === 'paid') await look(page, name('21-checkout-test'), { fullPage: true });
      await page.locator('.btn-buy:visible').click();
      await page.waitForURL('**/checkout/*/pay');
      if (want === 'paid') await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
      if (want === 'step') {
        await page.getByRole('heading', { name: 'Confirm with your bank' }).waitFor();
        await look(page, name('22-bank'));
        await page.getByRole('button', { name: 'Approve' }).click();
        await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
      }
      if (want === 'declined') {
        await page.getByRole('heading', { name: 'The payment did not go through' }).waitFor();
        await look(page, name('23-declined'));
      }
      if (want === 'late') {
        await page.getByRole('heading', { name: 'Waiting for the answer' }).waitFor();
        await look(page, name('24-late'));
        await page.getByRole('heading', { name: 'Thank you!' }).waitFor({ timeout: 60_000 });
      }
    }
  });

  await step('the account: profile, sessions, language', async () => {
    await page.goto('/me');
    await page.locator('.me-head').waitFor();
    await page.locator('.me-sessions .row').first().waitFor();
    await look(page, name('25-me'), { fullPage: true });
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByLabel('Present password').fill('wrong wrong wrong');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
    await page.getByText('That is too short').waitFor();
    await look(page, name('26-password'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('Language').selectOption('id');
    await page.getByRole('heading', { name: 'Saya' }).waitFor();
    checkIs(await page.evaluate(() => document.documentElement.lang), 'id', 'the language of the document');
    await look(page, name('27-me-id'));
    await page.goto('/cart');
    await page.getByRole('heading', { name: 'Keranjang', exact: true }).waitFor();
    await page.goto('/me');
    await page.getByLabel('Bahasa').selectOption('en');
    await page.getByRole('heading', { name: 'Me', exact: true }).waitFor();
  });

  await step('a like by somebody signed in stays, and is taken back', async () => {
    await page.goto('/');
    await playing(page);
    const heart = page.locator('article:not([inert]) .rail-btn').first();
    const was = await heart.getAttribute('aria-pressed');
    await heart.click();
    const now = was === 'true' ? 'false' : 'true';
    await page.locator(`article:not([inert]) .rail-btn[aria-pressed=${now}]`).first().waitFor();
    await page.waitForTimeout(500);
    await shot(page, name('28-liked'));
    await page.goto(`/clip/${await current(page)}`);         // the order of the feed follows the likes
    await playing(page);
    checkIs(await page.locator('article:not([inert]) .rail-btn').first().getAttribute('aria-pressed'), now, 'the like after a reload');
    await page.locator('article:not([inert]) .rail-btn').first().click();
    await page.locator(`article:not([inert]) .rail-btn[aria-pressed=${was}]`).first().waitFor();
  });

  await step('the keyboard alone buys: product, options, cart, back', async () => {
    await page.goto('/');
    await playing(page);
    await toClipWith(page, '.chip');
    await page.keyboard.press('b');
    await page.locator('.product-sheet .buy-bar').waitFor();
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press('Tab');
      const where = await page.evaluate(() => ({ inside: !!document.activeElement?.closest('.sheet, .toasts'), body: document.activeElement === document.body }));
      if (size === 'phone') check(where.inside || where.body, 'the focus stays in the sheet');
    }
    await page.keyboard.press('Escape');
    await page.locator('.product-sheet').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys for the clips' }).waitFor();
    await look(page, name('29-keys'));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.waitForTimeout(200);
  });

  await step('signing up makes an account and signs in', async () => {
    await page.goto('/me');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(url => url.pathname === '/');
    await page.goto('/orders');
    await look(page, name('30-orders-guest'));
    await page.goto('/me');
    await look(page, name('31-me-guest'));
    await page.goto('/sign-up');
    await page.getByLabel('Your name').fill('Sari');
    await page.getByLabel('E-mail').fill('sari');
    await page.getByLabel('Password', { exact: true }).fill('kopi');
    await page.locator('form').getByRole('button', { name: 'Make an account' }).click();
    await page.getByText('That is too short').waitFor();
    await look(page, name('32-sign-up'));
    await page.getByLabel('E-mail').fill(`sari-${stamp}-${size}@example.com`);
    await page.getByLabel('Password', { exact: true }).fill('kopi tubruk di teras');
    await page.locator('form').getByRole('button', { name: 'Make an account' }).click();
    await page.waitForURL('**/me');
    await page.getByRole('heading', { name: 'Sari' }).waitFor();
    await page.goto('/orders');
    await page.getByRole('heading', { name: 'No orders yet' }).waitFor();
    await look(page, name('33-orders-empty'));
  });

  await step('an address that leads nowhere says so', async () => {
    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'There is nothing here' }).last().waitFor();
    await look(page, name('34-missing'));
    await page.goto('/product/1');
    await page.getByRole('heading', { name: 'There is nothing here' }).last().waitFor();
  });

  await step('right to left: feed, sheet, cart', async () => {
    await page.goto('/?dir=rtl');
    await playing(page);
    await look(page, name('35-rtl-feed'));
    await toClipWith(page, '.chip');
    await page.locator('article:not([inert]) .chip').click();
    await page.locator('.product-sheet .buy-bar').waitFor();
    await look(page, name('36-rtl-sheet'));
    await choose(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.locator('.toast').getByRole('button', { name: 'View cart' }).click();
    await page.locator('.cart-line').first().waitFor();
    await look(page, name('37-rtl-cart'));
    await page.evaluate(() => sessionStorage.clear());
  });
  await page.context().close();
}

// What does not depend on the size.
async function once() {
  await test('dark: cart, product, sign-in', async () => {
    const page = await openPage(browser, 'phone', { colorScheme: 'dark' });
    await page.goto('/sign-in');
    await page.locator('form').waitFor();
    await look(page, 'dark-sign-in');
    await page.goto('/');
    await toClipWith(page, '.chip');
    await page.locator('article:not([inert]) .chip').click();
    await page.locator('.product-sheet .buy-bar').waitFor();
    await choose(page);
    await look(page, 'dark-sheet');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await page.locator('.toast').getByRole('button', { name: 'View cart' }).click();
    await page.locator('.cart-line').first().waitFor();
    await look(page, 'dark-cart');
    await page.context().close();
  });

  await test('the player for browsers without HLS of their own plays too', async () => {
    const page = await openPage(browser, 'phone');
    await page.goto('/?player=hls');
    await playing(page);
    const was = await current(page);
    await page.keyboard.press('ArrowDown');
    await another(page, was);
    await playing(page);
    check(await page.evaluate(() => performance.getEntriesByType('resource').some(r => /\/assets\/hls-/.test(r.name))), 'its chunk was fetched');
    checkIs(page.mistakes.length, 0, page.mistakes.join(' | '));
    await page.context().close();
  });

  await test('a hidden tab is silent and still', async () => {
    const page = await openPage(browser, 'phone');
    await page.goto('/');
    await playing(page);
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await page.waitForFunction(() => [...document.querySelectorAll('video')].every(v => v.paused));
    await page.evaluate(() => {
      Object.defineProperty(document, 'hidden', { value: false, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await playing(page);
    await page.context().close();
  });

  await test('offline: a proper page, and back again by itself', async () => {
    const page = await openPage(browser, 'phone');
    await page.goto('/');
    await page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated');
    await page.context().setOffline(true);
    await page.goto('/orders');
    await page.getByRole('heading', { name: 'You are offline' }).waitFor();
    await look(page, 'offline');
    const kept = await page.evaluate(async () => {
      const urls = [];
      for (const n of await caches.keys()) for (const r of await (await caches.open(n)).keys()) urls.push(new URL(r.url).pathname);
      return urls;
    });
    check(!kept.some(u => u.startsWith('/v1') || u.startsWith('/media')), 'nothing personal is in the caches');
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: 'You are offline' }).waitFor({ state: 'detached', timeout: 15_000 });
    await page.context().close();
  });

  await test('one can install it', async () => {
    const page = await openPage(browser, 'phone');
    await page.goto('/');
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json());
    checkIs(manifest.display, 'standalone', 'display');
    for (const icon of manifest.icons) {
      const r = await page.request.get(new URL(icon.src, base).href);
      checkIs(r.status(), 200, icon.src);
    }
    await page.context().close();
  });

  await test('the first load is small', async () => {
    const page = await openPage(browser, 'phone');
    let js = 0;
    const cdp = await page.context().newCDPSession(page);
    const urls = new Map();
    await cdp.send('Network.enable');
    cdp.on('Network.responseReceived', e => urls.set(e.requestId, e.response));
    cdp.on('Network.loadingFinished', e => { const r = urls.get(e.requestId); if (r && /javascript/.test(r.mimeType)) js += e.encodedDataLength; });
    await page.goto('/');
    await playing(page);
    await page.waitForTimeout(1500);
    console.log(`      JavaScript until the first clip plays and the next screens are warm: ${(js / 1024).toFixed(1)} KB on the wire`);
    check(js > 0 && js < 120 * 1024, `${js} bytes of JavaScript`);
    await page.context().close();
  });
}

// The current clip plays: its time goes on.
async function playing(page) {
  await page.waitForFunction(() => {
    const on = [...document.querySelectorAll('video')].find(v => !v.paused && v.readyState > 2);
    if (!on) return false;
    const was = window.__was;
    window.__was = { v: on, t: on.currentTime };
    return was?.v === on && on.currentTime !== was.t;
  }, undefined, { polling: 60 });
}

function current(page) {
  return page.evaluate(() => document.querySelector('article[data-clip]:not([inert])')?.dataset.clip ?? '');
}

async function another(page, than) {
  await page.waitForFunction(was => {
    const now = document.querySelector('article[data-clip]:not([inert])')?.dataset.clip;
    return now && now !== was;
  }, than);
  return current(page);
}

async function toClipWith(page, selector) {
  await page.locator('article:not([inert])').waitFor();
  for (let i = 0; i < 12 && !await page.locator(`article:not([inert]) ${selector}`).count(); i++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(500);
  }
}

async function tap(page) {
  await page.locator('article:not([inert]) .clip-tap').click({ position: { x: 120, y: 260 } });
  await page.waitForTimeout(350);
}

// Once the column lies still: a finger that catches it on its way pulls it on from there.
async function swipe(page, from, to) {
  await page.waitForFunction(() => document.querySelector('.scroller').style.scrollSnapType !== 'none');
  const cdp = await page.context().newCDPSession(page);
  const point = y => [{ x: 150, y }];
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(from) });
  for (let i = 1; i <= 8; i++) {
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: point(from + ((to - from) * i) / 8) });
    await page.waitForTimeout(12);
  }
  await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
}

// Picks the first value that can be bought, of each option.
async function choose(page) {
  const options = page.locator('.option:visible');
  for (let i = 0; i < await options.count(); i++) {
    const one = options.nth(i);
    if (await one.locator('.value-on').count()) continue;
    await one.locator('.value:not(.value-off)').first().click();
  }
}

// Who keeps the shop that an order was placed in.
async function ownerOf(order, page) {
  return townOwner(await page.evaluate(async id => (await (await fetch(`/v1/orders/${id}`)).json()).shop.handle, order));
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

// The demo's test shop has a product for each way a payment can go.
async function testProducts() {
  let items = [];
  let id;
  for (let i = 0; i < 300 && items.length < 4; i++) {            // the town may still be moving in
    if (i) await new Promise(r => setTimeout(r, 1000));
    const shop = id ? undefined : await fetch(`${base}/v1/shops/by-handle/tokouji`);
    if (shop?.ok) ({ id } = await shop.json());
    if (id) ({ items } = await (await fetch(`${base}/v1/shops/${id}/products?limit=50`)).json());
  }
  check(id, 'the demo has its test shop');
  const ways = { 1: 'declined', 2: 'step', 3: 'late' };
  const found = new Map();
  for (const p of items) if (p.available) found.set(ways[p.price_from.minor % 100] ?? 'paid', p.id);
  checkIs(found.size, 4, 'ways to pay in the test shop');
  return ['paid', 'step', 'declined', 'late'].map(w => [w, found.get(w)]);
}
