// Prices and promotions in the browser, at both sizes: a seller plans one of each kind, a shopper sees and uses them, the simulator says what
// the checkout says, the operator gives a voucher of the market. Wrong input is told and loses nothing. Needs a running demo market.
import { asPerson, base, check, checkIs, finish, look, openBrowser, openStill, operator, shot, test } from './kit.mjs';

const stamp = Date.now().toString(36);
const rupiah = minor => ({ minor, currency: 'IDR' });
const plain = text => text.replace(/\s/g, ' ').trim();
const LONG = 'Kain tenun ikat panjang dari benang kapas yang dicelup dengan warna alam, ditenun tangan di Jepara';

// What <input type=datetime-local> takes: the device's own time, so many hours from now.
function local(hours = 0) {
  const at = new Date(Date.now() + hours * 3_600_000), two = n => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

async function person(name, size) {
  const who = { email: `${name}-${size}-${stamp}@example.com`.toLowerCase(), password: 'sebelas kata sandi' };
  const r = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...who, name, locale: 'en' }) });
  check(r.ok, `an account for ${name}: ${r.status}`);
  return { ...who, ask: await asPerson(who) };
}

// A shop of its own, with five products.
async function setUp(size) {
  const seller = await person('Sari', size), shopper = await person('Dimas', size);
  const shop = await seller.ask('POST', '/v1/shops', { name: `Tenun ${size}`, handle: `tenun-${size}-${stamp}`, currency: 'IDR', country: 'ID', city: 'Jepara', shipping: rupiah(1500000),
    dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 3 });
  const goods = {};
  for (const [key, title, price, options] of [['cloth', LONG, 25000000, ['Merah', 'Biru']], ['scarf', 'Selendang', 10000000], ['hat', 'Topi', 6000000], ['bag', 'Tas rotan', 8000000], ['cup', 'Cangkir', 3000000]]) {
    goods[key] = await seller.ask('POST', `/v1/shops/${shop.id}/products`, { title, pictures: [], options: options ? [{ name: 'Warna', values: options }] : [],
      variants: (options ?? ['']).map((o, i) => ({ sku: `${key}-${i}`, options: o ? [o] : [], price: rupiah(price), stock: 40 })) });
  }
  await shopper.ask('POST', '/v1/addresses', { name: 'Dimas', phone: '+62 811 222 333', line1: 'Jl. Kemang Raya 12', city: 'Jakarta', postcode: '12730', country: 'ID' });
  return { seller, shopper, shop, goods };
}

// Steps stand on those before them: after one that broke, the others are not tried.
function stepper(size, who, page) {
  let broken = '';
  return (what, run) => test(`${who}, ${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      await shot(page, `promo-${size}-FAIL-${what.replace(/\W+/g, '-').slice(0, 50)}`);
      throw e;
    }
    checkIs(page.mistakes.splice(0).join('\n'), '', 'mistakes of the page');
  });
}

async function signIn(page, who, next) {
  await page.addInitScript(() => { if (!localStorage.getItem('etalase.locale')) localStorage.setItem('etalase.locale', 'en'); });
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${next}`);
}

async function full(page, name) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await look(page, name, { fullPage: true });
}

// A picture alone: of a screen that has been inspected in much the same state.
const glance = (page, name) => shot(page, name, { fullPage: true });

// In a form of the studio: chooses products by name.
async function pick(page, ...names) {
  await page.getByRole('button', { name: /^Choose (products|more)$/ }).click();
  const sheet = page.getByRole('dialog');
  for (const n of names) await sheet.getByRole('button', { name: n }).click();
  await sheet.getByRole('button', { name: /^Take / }).click();
  await sheet.waitFor({ state: 'detached' });
}

// A sale of last month, which this one is not the first of.
async function earlier({ seller, shop, goods }) {
  const was = await seller.ask('POST', `/v1/studio/shops/${shop.id}/offers`, { kind: 'sale', name: 'Bulan lalu', starts: new Date().toISOString(), ends: new Date(Date.now() + 3_600_000).toISOString(),
    items: [{ variant: goods.hat.variants[0].id, percent: 20 }] });
  await new Promise(done => setTimeout(done, 1500));                  // long enough for the timer to note it
  await seller.ask('POST', `/v1/studio/offers/${was.offer.id}/end`);
}

async function plan(page, kind) {
  await page.goto('/studio/promotions');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: new RegExp(`^${kind}`) }).click();
  await page.getByRole('heading', { name: kind, level: 1 }).waitFor();
}

const dates = async (page, hours) => {
  await page.getByLabel('Begins').fill(local());
  await page.getByLabel('Ends').fill(local(hours));
};

async function sell(size, town) {
  const { seller, shop, goods } = town;
  const page = await openStill(browser, size);
  const step = stepper(size, 'seller', page);
  const name = n => `promo-${size}-${n}`;
  const dialog = () => page.getByRole('dialog');
  const save = () => page.getByRole('button', { name: /^Plan (it|the sale)$/ }).click();
  const saved = () => page.locator('.toast', { hasText: 'Saved' }).waitFor();

  await step('begins with nothing planned', async () => {
    await signIn(page, seller, '/studio/promotions');
    await page.getByRole('heading', { name: 'Nothing planned yet' }).waitFor();
    await full(page, name('01-empty'));
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await dialog().getByRole('button', { name: /^Free shipping/ }).waitFor();
    await glance(page, name('02-kinds'));
    await earlier(town);
  });

  await step('a sale: mistakes are told at their fields, and nothing typed is lost', async () => {
    await plan(page, 'Sale');
    await page.getByLabel('Begins').fill(local(5));
    await page.getByLabel('Ends').fill(local(4));
    await page.getByLabel('Per cent').fill('0');
    await save();
    for (const text of ['Please fill this in.', 'This must be later than the beginning.', 'A whole number from 1 to 99.']) await page.getByText(text).first().waitFor();
    check(await page.evaluate(() => document.activeElement?.getAttribute('aria-invalid') === 'true'), 'the first mistake has the focus');
    await full(page, name('03-sale-mistakes'));
    checkIs(await page.getByLabel('Per cent').inputValue(), '0', 'what was typed');
    await page.getByLabel('Name', { exact: true }).fill('Topi murah');
    await dates(page, 24 * 400);
    await page.getByLabel('Per cent').fill('20');
    await pick(page, /^Topi/);
    await save();
    await page.getByText('A sale lasts at most 365 days.').waitFor();       // only the server knows
    checkIs(await page.getByLabel('Name', { exact: true }).inputValue(), 'Topi murah', 'the name is still there');
    await page.getByText('Topi', { exact: true }).waitFor();
    await page.getByLabel('Ends').fill(local(24 * 6));
    await full(page, name('04-sale'));
    await save();
    await saved();
    await page.getByRole('heading', { name: 'Topi murah' }).waitFor();
  });

  await step('a flash sale with its own stock', async () => {
    await plan(page, 'Flash sale');
    await page.getByLabel('Name', { exact: true }).fill('Kilat');
    await dates(page, 5);
    await pick(page, /^Tas rotan/, /^Kain tenun/);
    await page.getByLabel('Price', { exact: true }).first().fill('90000');
    await save();
    await page.getByText(/This must be below Rp/).first().waitFor();
    await full(page, name('05-flash-mistakes'));
    const prices = page.getByLabel('Price', { exact: true }), stocks = page.getByLabel('Set aside', { exact: true });
    for (const [i, price, stock] of [[0, '60000', '5'], [1, '240000', '3'], [2, '240000', '41']]) {
      await prices.nth(i).fill(price);
      await stocks.nth(i).fill(stock);
    }
    await page.getByLabel(/^At most per buyer/).fill('2');
    await save();
    await page.locator('.field-error, .banner-bad').first().waitFor();     // 41 of 40
    await glance(page, name('06-flash-refused'));
    await stocks.nth(2).fill('4');
    await save();
    await saved();
    await page.getByRole('heading', { name: 'Kilat' }).waitFor();
    await page.getByText('5 / 5').waitFor();
    await full(page, name('07-flash'));
  });

  await step('a public voucher, and one by code', async () => {
    await plan(page, 'Voucher');
    await page.getByLabel('Name', { exact: true }).fill('Terima kasih');
    await dates(page, 24 * 10);
    await page.getByLabel('Per cent').fill('101');
    await page.getByRole('radio', { name: 'By a code only' }).check();
    await page.getByLabel('Code', { exact: true }).fill('a b');
    await page.getByLabel(/^From a value/).fill('seratus');
    await save();
    for (const text of ['A whole number from 1 to 100.', '4 to 20 letters, digits or -.', 'An amount above zero.']) await page.getByText(text).waitFor();
    await full(page, name('08-voucher-mistakes'));
    await page.getByLabel('Per cent').fill('10');
    await page.getByRole('radio', { name: /^On the shop/ }).check();
    await page.getByLabel(/^From a value/).fill('100.000');
    await page.getByLabel(/^At most/).fill('50000');
    await page.getByLabel(/^Uses in all/).fill('100');
    await save();
    await saved();
    await page.getByRole('heading', { name: 'Terima kasih' }).waitFor();
    await full(page, name('09-voucher'));
    await plan(page, 'Voucher');
    await page.getByLabel('Name', { exact: true }).fill('Untuk teman');
    await dates(page, 24 * 10);
    await page.getByRole('radio', { name: 'An amount' }).check();
    await page.getByLabel('Amount', { exact: true }).fill('25000');
    await page.getByRole('radio', { name: 'By a code only' }).check();
    await page.getByLabel('Code', { exact: true }).fill(`t-${stamp}-${size}`);
    await save();
    await saved();
    await page.getByText(`T-${stamp}-${size}`.toUpperCase()).waitFor();
  });

  await step('a bundle, buy more save more, free shipping', async () => {
    await plan(page, 'Bundle');
    await page.getByLabel('Name', { exact: true }).fill('Pasangan');
    await dates(page, 24 * 20);
    await pick(page, /^Cangkir/);
    await save();
    await page.getByText('A bundle has at least two units.').first().waitFor();
    await page.getByRole('textbox', { name: 'Units' }).fill('3');
    await page.getByLabel('Price of the bundle').fill('75000');
    await page.getByText(/One by one: Rp.90,000/).waitFor();
    await full(page, name('10-bundle'));
    await save();
    await saved();
    await page.getByRole('heading', { name: 'Pasangan' }).waitFor();
    await glance(page, name('11-bundle-made'));

    await plan(page, 'Buy more, save more');
    await page.getByLabel('Name', { exact: true }).fill('Borong selendang');
    await dates(page, 24 * 20);
    await page.getByLabel('Per cent').fill('5');
    await page.getByRole('button', { name: 'Another step' }).click();
    await page.getByLabel('Per cent').last().fill('4');
    await page.getByRole('radio', { name: 'Only some' }).check();
    await pick(page, /^Selendang/);
    await save();
    await page.getByText('Each step needs more units').waitFor();
    await full(page, name('12-tiers'));
    await page.getByLabel('Per cent').last().fill('10');
    await save();
    await saved();

    await plan(page, 'Free shipping');
    await page.getByLabel('Name', { exact: true }).fill('Ongkir gratis');
    await dates(page, 24 * 30);
    await page.getByLabel(/^From a value/).fill('300000');
    await glance(page, name('13-shipping'));
    await save();
    await saved();
  });

  await step('all of it in a plan and a calendar', async () => {
    await seller.ask('POST', `/v1/studio/shops/${shop.id}/promotions`, { kind: 'voucher', name: LONG.slice(0, 78), starts: new Date(Date.now() + 3 * 86_400_000).toISOString(),
      ends: new Date(Date.now() + 9 * 86_400_000).toISOString(), amount: rupiah(1000000), products: [], categories: [], bundle: [], tiers: [], followers: true });
    await page.goto('/studio/promotions');
    await page.getByRole('heading', { name: 'Coming' }).waitFor();
    checkIs(await page.locator('.calendar-bar').count(), 9, 'bars of the calendar');
    await full(page, name('14-plan'));
    await page.getByLabel('Show').selectOption('flash');
    await page.getByRole('link', { name: /Kilat/ }).last().waitFor();
    checkIs(await page.locator('.card-list .row').count(), 1, 'flash sales');
  });

  await step('changes a running voucher within what was promised, ends one that has not begun', async () => {
    await page.getByLabel('Show').selectOption('voucher');
    await page.locator('.card-list').getByRole('link', { name: /Terima kasih/ }).click();
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await dialog().getByLabel('Name', { exact: true }).fill('');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Please fill this in.').waitFor();
    await look(page, name('15-edit'));
    await dialog().getByLabel('Name', { exact: true }).fill('Terima kasih banyak');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Terima kasih banyak' }).waitFor();
    await page.goto('/studio/promotions');
    await page.locator('.card-list').getByRole('link', { name: /Kain tenun ikat/ }).click();
    await page.getByRole('button', { name: 'Cancel it' }).click();
    await dialog().getByText('It has not begun, and will not.').waitFor();
    await glance(page, name('16-cancel'));
    await dialog().getByRole('button', { name: 'Cancel it' }).click();
    await page.locator('.badge', { hasText: 'Cancelled' }).waitFor();
  });

  await step('a price list for Singapore', async () => {
    await page.goto('/studio/promotions?tab=lists');
    await page.getByRole('button', { name: 'Add a country' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Please fill this in.').waitFor();
    await dialog().getByText('An amount above zero.').waitFor();
    await look(page, name('17-rate'));
    await dialog().getByLabel('Country').selectOption('SG');
    await dialog().getByLabel('is so much there').fill('8.50');
    await dialog().getByLabel('Round to steps of').fill('0.10');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await glance(page, name('18-lists'));
    await page.getByRole('link', { name: /^Singapore/ }).click();
    await page.getByText('$8.50').first().waitFor();
    await page.getByRole('button', { name: 'Set' }).first().click();
    await dialog().getByLabel(/^Every channel/).fill('x');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('An amount above zero.').waitFor();
    await dialog().getByLabel(/^Every channel/).fill('19.90');
    await glance(page, name('19-own-price'));
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().waitFor({ state: 'detached' });
    await page.getByText('$19.90').first().waitFor();
    await full(page, name('20-list'));
    await page.goto('/studio/promotions?tab=changes');
    await page.getByText('All that buyers saw').waitFor();
    await page.getByText('Tas rotan').first().waitFor();
    await full(page, name('21-changes'));
  });

  await step('the simulator says what someone would pay, and why', async () => {
    await page.goto('/studio/promotions?tab=simulator');
    await page.getByRole('button', { name: 'Calculate' }).click();
    await page.getByText('Choose what is in the cart.').waitFor();
    await full(page, name('22-simulator-empty'));
    await pick(page, /^Selendang/, /^Topi/, /^Tas rotan/, /^Cangkir/);
    for (const [title, n] of [['Selendang', 2], ['Cangkir', 3]]) await page.locator('.chosen', { hasText: title }).getByRole('textbox', { name: 'Units' }).fill(String(n));
    await page.getByRole('button', { name: 'Calculate' }).click();
    await page.getByRole('heading', { name: 'This is what the buyer pays' }).waitFor();
    town.total = plain(await page.locator('.sim-total dd').innerText());
    await full(page, name('23-simulator'));
  });

  await step('in Indonesian, dark, from right to left', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await page.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    await other.goto('/studio/promotions?dir=rtl');
    await other.locator('.calendar-bar').first().waitFor();
    await full(other, name('24-plan-rtl'));
    check(!/\b(Running|Voucher of|Coming|Calendar)\b/.test(await other.locator('.page').innerText()), 'no English is left');
    checkIs(other.mistakes.join('\n'), '', 'mistakes of the page');
    await other.context().close();
  });
  await page.context().close();
}

async function operate(size) {
  const page = await openStill(browser, size);
  const step = stepper(size, 'operator', page);
  const name = n => `promo-${size}-${n}`;
  let id;
  await step('a voucher of the market', async () => {
    await signIn(page, operator, '/operator/vouchers');
    await page.getByRole('heading', { name: 'The market’s vouchers' }).waitFor();
    await look(page, name('30-market'));
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Voucher/ }).click();
    await page.getByRole('heading', { name: 'Voucher', level: 1 }).waitFor();
    await dates(page, 24 * 3);
    await page.getByRole('radio', { name: 'An amount' }).check();
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.getByText('An amount above zero.').waitFor();
    await full(page, name('31-market-mistakes'));
    await page.getByLabel('Name', { exact: true }).fill(`Selamat datang ${stamp} ${size}`);
    await page.getByLabel('Amount', { exact: true }).fill('15000');
    await page.getByLabel(/^Budget/).fill('150000');
    await page.getByRole('button', { name: 'Plan it' }).click();
    await page.getByRole('heading', { name: `Selamat datang ${stamp} ${size}` }).waitFor();
    await full(page, name('32-market-voucher'));
    id = page.url().split('/').pop();
    await page.goto('/operator/vouchers');
    await page.getByRole('link', { name: new RegExp(`Selamat datang ${stamp} ${size}`) }).waitFor();
    await glance(page, name('33-market-list'));
  });
  return { page, id };
}

async function buy(size, town) {
  const { seller, shopper, shop, goods } = town;
  const page = await openStill(browser, size);
  const step = stepper(size, 'shopper', page);
  const name = n => `promo-${size}-${n}`;
  const dialog = () => page.getByRole('dialog');

  await step('finds and takes the shop’s voucher', async () => {
    await signIn(page, shopper, `/shop/${shop.handle}`);
    await page.getByRole('button', { name: 'Take the voucher Terima kasih banyak' }).waitFor();
    await glance(page, name('40-shop'));
    await page.getByRole('button', { name: 'Take the voucher Terima kasih banyak' }).click();
    await page.locator('.toast', { hasText: 'It is yours' }).waitFor();
    await page.locator('.voucher', { hasText: 'Yours' }).waitFor();
  });

  await step('a flash sale: what it was, the lowest before, until when, how many are left', async () => {
    await page.goto(`/product/${goods.bag.id}`);
    const block = page.locator('.price-block').first();
    await block.getByText('Lowest price of the 30 days before').waitFor();
    await block.getByText(/^Ends in 4:\d\d:\d\d$/).waitFor();
    await block.getByText('5 left at this price').waitFor();
    await full(page, name('41-flash'));
    await block.getByRole('button', { name: 'Price history' }).click();
    await block.locator('.chart canvas').waitFor();
    await full(page, name('42-chart'));
  });

  await step('a sale that came back says so', async () => {
    await page.goto(`/product/${goods.hat.id}`);
    await page.getByText('came up once before within a year').first().waitFor();
    await page.getByRole('button', { name: 'Price history' }).first().click();
    await page.locator('.chart canvas').first().waitFor();
    await page.getByText('As a table').first().click();
    await full(page, name('43-came-back'));
    await page.goto(`/product/${goods.cloth.id}`);
    await page.getByRole('button', { name: 'Biru' }).first().click();
    await page.getByText('4 left at this price').first().waitFor();
    await glance(page, name('44-long'));
  });

  await step('the wallet: a wrong code is told, a right one is kept, the market’s is taken', async () => {
    await page.goto('/me/vouchers');
    await page.getByLabel('Voucher code').fill('SALAH');
    await page.getByRole('button', { name: 'Redeem' }).click();
    await page.getByText('No voucher has that code.').waitFor();
    checkIs(await page.getByLabel('Voucher code').inputValue(), 'SALAH', 'what was typed');
    await glance(page, name('45-wallet-wrong'));
    await page.getByLabel('Voucher code').fill(`t-${stamp}-${size}`);
    await page.getByRole('button', { name: 'Redeem' }).click();
    await page.locator('.toast', { hasText: 'in your wallet' }).waitFor();
    await page.getByRole('button', { name: `Take the voucher Selamat datang ${stamp} ${size}` }).click();
    await page.locator('.toast', { hasText: 'It is yours' }).waitFor();
    await page.locator('.vouchers').first().locator('.voucher').nth(2).waitFor();
    await full(page, name('46-wallet'));
  });

  await step('the cart shows every discount, and says plainly when a price has changed', async () => {
    for (const [key, n] of [['scarf', 2], ['hat', 1], ['bag', 1], ['cup', 3]]) {
      await shopper.ask('PUT', '/v1/cart/lines', { variant: goods[key].variants[0].id, quantity: n });
    }
    await page.goto('/cart');
    await page.getByText('Borong selendang').first().waitFor();
    await full(page, name('47-cart'));
    const cost = async to => {
      const cup = await seller.ask('GET', `/v1/studio/products/${goods.cup.id}`);
      await seller.ask('PATCH', `/v1/products/${goods.cup.id}`, { version: cup.product.version, variants: cup.variants.map(v => ({ id: v.id, sku: v.sku, options: v.options, price: rupiah(to) })) });
    };
    await cost(3500000);
    await page.reload();
    await page.getByText(/Was Rp.30,000 when you put it in, now Rp.35,000/).waitFor();
    await full(page, name('48-price-changed'));
    await page.getByRole('button', { name: 'All right' }).click();
    await page.getByText(/when you put it in/).waitFor({ state: 'detached' });
    await cost(3000000);
    await page.reload();
    await page.getByText(/Good news: was Rp.35,000/).waitFor();
    await page.getByRole('button', { name: 'All right' }).click();
    await page.getByText(/when you put it in/).waitFor({ state: 'detached' });
  });

  await step('the checkout takes what the simulator said', async () => {
    await page.goto('/checkout');
    await page.getByRole('heading', { name: 'Summary' }).waitFor();
    const button = page.getByRole('button', { name: /^Place order/, disabled: false }).first();
    await button.waitFor();
    await full(page, name('49-checkout'));
    const total = plain(await page.locator('.sums-large .sums-grand dd').innerText());
    checkIs(total, town.total, 'the sum');
    await page.getByRole('button', { name: /^Vouchers/ }).click();
    await dialog().getByLabel('Voucher code').fill('BUKAN');
    await dialog().getByRole('button', { name: 'Add', exact: true }).click();
    await dialog().getByText('No voucher has that code.').waitFor();
    await look(page, name('50-vouchers'));
    await dialog().getByRole('button', { name: 'Close' }).last().click();
    await dialog().waitFor({ state: 'detached' });
  });

  await step('and the order keeps it', async () => {
    await page.getByRole('radio', { name: /^Cash on delivery/ }).check();
    await page.waitForTimeout(600);
    await page.getByRole('button', { name: /^Place order/ }).first().click();
    await page.waitForURL('**/checkout/*/pay');
    await page.goto('/orders');
    await page.locator('a[href^="/orders/"]').first().click();
    await page.getByText('Borong selendang').first().waitFor();
    await full(page, name('51-order'));
  });
  await step('in Indonesian, dark, from right to left', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await page.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    await other.goto('/me/vouchers?dir=rtl');
    await other.locator('.voucher').first().waitFor();
    await full(other, name('52-wallet-rtl'));
    await other.goto(`/product/${goods.bag.id}?dir=rtl`);
    await other.locator('.price-offer').first().waitFor();
    await full(other, name('53-flash-rtl'));
    checkIs(other.mistakes.join('\n'), '', 'mistakes of the page');
    await other.context().close();
  });
  await page.context().close();
}

async function both(size) {
  const town = await setUp(size);
  const market = await operate(size);
  await sell(size, town);
  await buy(size, town);
  await (await asPerson(operator))('POST', `/v1/studio/promotions/${market.id}/end`);
  await market.page.context().close();
}

const browser = await openBrowser();
await Promise.all((process.env.ETALASE_SIZES ?? 'phone,desktop').split(',').map(both));      // they share nothing but the market
await browser.close();
finish();
