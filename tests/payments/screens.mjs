// The pay screens in a browser, at both sizes, against a real server and providers on this machine. Stripe's script cannot be had
// here: a stand-in takes its place, which shows that the page lets it in, gives it the right keys and believes the market alone.
// ETALASE_ARTIFACTS: where screenshots go.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, end, listen, openMarket, people, until } from './kit.mjs';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axe = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');
const artifacts = process.env.ETALASE_ARTIFACTS;
if (artifacts) mkdirSync(artifacts, { recursive: true });
const SIZES = { phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }, desktop: { viewport: { width: 1280, height: 800 } } };
const TOKEN = 'callback-token';
const QR = '00020101021226570011ID.DANA.WWW011893600915302259148102090225914810303UMI5204581253033605802ID5912Toko Rotan6007Jepara6304A13B';

// Both providers in one: what they are asked for is made, and nothing happens to it by itself.
async function openProviders() {
  const made = new Map(), payouts = [];
  const server = await listen(async (request, body) => {
    const path = new URL(request.url, 'http://peer').pathname, id = /(pr-[0-9a-f-]+|pi_\d+)/.exec(path)?.[1];
    if (id) {
      if (path.endsWith('/cancel')) made.get(id).status = id.startsWith('pi_') ? 'canceled' : 'CANCELED';
      return { status: 200, json: made.get(id) };
    }
    if (path === '/v2/payouts') {
      payouts.push(JSON.parse(body));
      return { status: 200, json: { id: `disb-${payouts.length}`, status: 'ACCEPTED', amount: payouts.at(-1).amount, currency: 'IDR' } };
    }
    if (path === '/v3/payment_requests') {
      const j = JSON.parse(body), qr = j.channel_code === 'QRIS', r = `pr-${randomUUID()}`;
      made.set(r, { ...j, payment_request_id: r, status: 'REQUIRES_ACTION', actions: [{ descriptor: qr ? 'QR_STRING' : 'VIRTUAL_ACCOUNT_NUMBER', value: qr ? QR : '8808999012345678' }] });
      return { status: 201, json: made.get(r) };
    }
    const f = new URLSearchParams(body), r = `pi_${made.size + 1}`;
    made.set(r, { id: r, status: 'requires_payment_method', amount: Number(f.get('amount')), currency: 'idr', client_secret: `${r}_secret_x`, latest_charge: null });
    return { status: 200, json: made.get(r) };
  });
  return { ...server, made, payouts };
}

// As far as the page uses it. It says what it was given, and declines.
const STAND_IN = `window.Stripe = key => ({
  elements: o => ({ create: () => { let run; return { on(e, f) { if (e === 'ready') run = f; }, mount(at) {
    const box = document.createElement('input'); box.setAttribute('aria-label', 'Card number'); box.value = key + ' ' + o.clientSecret; at.append(box); setTimeout(() => run({}), 20); }, destroy() {} }; } }),
  confirmPayment: async () => ({ error: { message: 'Your card has insufficient funds.' } }) });`;

const providers = await openProviders();
const market = await openMarket({
  ETALASE_XENDIT_SECRET_KEY: 'xnd', ETALASE_XENDIT_CALLBACK_TOKEN: TOKEN, ETALASE_XENDIT_URL: providers.url, ETALASE_BANK_TRANSFER: 'Bank Jepara;1234567890;Koperasi Etalase',
  ETALASE_STRIPE_SECRET_KEY: 'sk', ETALASE_STRIPE_PUBLISHABLE_KEY: 'pk_test', ETALASE_STRIPE_WEBHOOK_SECRET: 'whsec', ETALASE_STRIPE_URL: providers.url,
});
const all = await people(market);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

async function open(size, token, script = STAND_IN) {
  const context = await browser.newContext({ ...SIZES[size], baseURL: market.base, locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
  await context.addCookies([{ name: 'etalase_session', value: token, url: market.base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.mistakes = [];
  page.on('pageerror', e => page.mistakes.push(String(e)));
  page.on('console', m => { if (m.type() === 'error' && !/Failed to load resource|net::ERR/.test(m.text())) page.mistakes.push(m.text()); });
  await page.route('https://js.stripe.com/**', r => (script ? r.fulfill({ contentType: 'text/javascript', body: script }) : r.abort()));
  return page;
}

async function look(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] }).then(r => r.violations.map(v => `${v.id}: ${v.nodes[0]?.html}`)));
  check(`${name} can be used by everyone`, found.length === 0, found);
  check(`${name} does not scroll sideways`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  check(`${name} makes no mistakes`, page.mistakes.length === 0, page.mistakes);
  if (artifacts) await page.screenshot({ path: join(artifacts, `pay-${name}.png`), fullPage: true });
}

const buy = async method => (await market.api('POST', '/v1/checkouts', all.buyer.token, {
  ship_to: { name: 'Ana Lestari', phone: '+62 812 3456 789', line1: 'Jl. Mawar 3', city: 'Jepara', postcode: '59411', country: 'ID' }, method, lines: [{ variant: all.variant, quantity: 1 }],
})).json;
const paid = c => {
  const r = [...providers.made.values()].reverse().find(x => x.reference_id?.startsWith(`etalase-${c.payment.id}-`));
  return fetch(`${market.base}/v1/webhooks/xendit`, { method: 'POST', headers: { 'x-callback-token': TOKEN }, body: JSON.stringify({ event: 'payment.capture', data: { ...r, payment_id: `py-${r.payment_request_id}`, status: 'SUCCEEDED' } }) });
};

async function qris(size) {
  const c = await buy('qris'), page = await open(size, all.buyer.token);
  await page.goto(`/checkout/${c.id}/pay`);
  const qr = page.getByRole('img', { name: /QRIS code for/ });
  await qr.waitFor();
  const modules = await qr.evaluate(e => e.querySelector('path').getAttribute('d').split('M').length - 1);
  check('the code has a code’s worth of squares', modules > 400, String(modules));
  check('with a clock', /^\d\d:\d\d$/.test((await page.getByRole('timer').textContent()).trim()));
  await look(page, `qris-${size}`);
  await paid(c);
  await page.getByText('Thank you!').waitFor();
  await look(page, `paid-${size}`);
  await page.context().close();
}

async function account(size) {
  const c = await buy('virtual_account'), page = await open(size, all.buyer.token);
  await page.goto(`/checkout/${c.id}/pay`);
  await page.getByRole('radio', { name: 'Mandiri' }).check({ force: true });
  await page.getByRole('button', { name: 'Get the account number' }).click();
  await page.getByText('8808 9990 1234 5678').waitFor();
  await page.getByRole('button', { name: 'Copy Virtual account number' }).click();
  check('what is copied has no blanks', (await page.evaluate(() => navigator.clipboard.readText())) === '8808999012345678');
  await look(page, `account-${size}`);
  await page.context().close();
}

async function transfer(size) {
  const c = await buy('transfer'), page = await open(size, all.buyer.token), desk = await open(size, all.operator.token);
  await page.goto(`/checkout/${c.id}/pay`);
  await page.getByText(c.payment.reference).waitFor();
  await look(page, `transfer-${size}`);
  await desk.goto('/operator/payments');
  await desk.getByLabel('Reference on the bank statement').fill(c.payment.reference.toLowerCase());
  await desk.getByRole('button', { name: 'Find' }).click();
  await desk.getByRole('link', { name: c.payment.reference }).click();
  for (const [amount, number] of [['40000', '1'], ['25000', '2']]) {
    await desk.getByRole('button', { name: 'Mark as received' }).click();
    await desk.getByLabel('Amount on the statement').fill(amount);
    await desk.getByLabel('The bank’s own number of the entry').fill(`BJ-${size}-${number}`);
    await desk.getByRole('button', { name: 'Note it' }).click();
    await desk.getByText(`receipt-BJ-${size}-${number}`).waitFor();
    if (number === '1') {
      await page.getByText('Rp 40,000 has arrived, Rp 20,000 is missing').waitFor();
      await look(page, `transfer-part-${size}`);
    }
  }
  await page.getByText('Thank you!').waitFor();
  await desk.getByText('Too much paid').waitFor();
  await look(desk, `operator-payment-${size}`);
  await desk.goto('/operator/refunds');
  await desk.getByRole('button', { name: 'Paid…' }).first().click();
  await desk.getByLabel('The bank’s number of the transfer').fill('OUT-1');
  await desk.getByRole('button', { name: 'It is paid' }).click();
  await desk.getByText('Nothing to pay back').waitFor();
  await look(desk, `operator-refunds-${size}`);
  await page.context().close();
  await desk.context().close();
}

async function card(size) {
  const c = await buy('card'), page = await open(size, all.buyer.token);
  // From within the app: the page is loaded anew, since only its own document may load the form.
  await page.goto('/orders');
  await page.evaluate(to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }, `/checkout/${c.id}/pay`);
  const form = page.getByLabel('Card number');
  await form.waitFor();
  check('the form has the keys of this payment', /^pk_test pi_\d+_secret_x$/.test(await form.inputValue()), await form.inputValue());
  await page.getByRole('button', { name: /^Pay Rp/ }).click();
  await page.getByText('insufficient funds').waitFor();
  check('a refusal in the form leaves the payment open', (await market.api('GET', `/v1/payments/${c.payment.id}`, all.buyer.token)).json.state === 'action_needed');
  await look(page, `card-${size}`);
  await page.context().close();
  const without = await open(size, all.buyer.token, '');
  await without.goto(`/checkout/${c.id}/pay`);
  await without.getByText('The card form could not be loaded').waitFor();
  await look(without, `card-missing-${size}`);
  await without.context().close();
}

// A seller's money that the operator has the provider send, out of what lies there: from the button to the books.
async function payout(size) {
  const studio = `/v1/studio/shops/${all.shop}`, sum = { minor: 15000000, currency: 'IDR' };
  const good = (got, status = 200) => { check(`${size}: ${status}`, got.status === status, got); return got.json; };
  const given = good(await market.api('PUT', `${studio}/payout-account`, all.seller.token, { holder: 'Sari Dewi', bank: 'BCA', number: '1230004567', bank_code: 'ID_BCA' }));
  good(await market.api('POST', `/v1/operator/sellers/${all.shop}/account-check`, all.operator.token, { given: given.given, verified: true }));
  good(await market.api('POST', '/v1/operator/ledger/bookings', all.operator.token, { kind: 'adjusted', amount: sum, shop: all.shop, reason: 'Opening bonus' }), 201);
  const asked = good(await market.api('POST', `${studio}/payouts`, all.seller.token, { currency: 'IDR' }), 201);
  const page = await open(size, all.operator.token);
  await page.goto('/operator/payouts');
  const row = page.getByRole('row', { name: /Toko Rotan/ });
  await row.getByRole('button', { name: 'Through the provider' }).waitFor();
  await look(page, `payout-${size}`);
  await row.getByRole('button', { name: 'Through the provider' }).click();
  await page.getByRole('dialog').getByText('out of what lies with it').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Through the provider' }).click();
  await page.getByText('Handed to the provider.').waitFor();
  await page.getByText('Nothing to approve').waitFor();
  const told = await until('the provider is asked', async () => providers.payouts.find(x => x.reference_id === `etalase-payout-${asked.id}`), x => x !== undefined);
  check('for so much, to that account', told.amount === 150000 && told.channel_code === 'ID_BCA' && told.channel_properties.account_number === '1230004567', told);
  await fetch(`${market.base}/v1/webhooks/xendit`, { method: 'POST', headers: { 'x-callback-token': TOKEN },
    body: JSON.stringify({ event: 'payout.succeeded', created: new Date().toISOString(), data: { id: `disb-${size}`, reference_id: told.reference_id, status: 'SUCCEEDED', amount: 150000, currency: 'IDR' } }) });
  await until('it is sent', async () => good(await market.api('GET', `${studio}/payouts`, all.seller.token)).items[0].state, s => s === 'sent');
  const books = good(await market.api('GET', '/v1/operator/ledger/accounts', all.operator.token)).items;
  check('out of what lies with the provider', books.find(l => l.account === 'clearing' && l.part === 'xendit')?.credit === sum.minor * (size === 'phone' ? 1 : 2), books);
  const posted = good(await market.api('GET', '/v1/operator/ledger/postings?account=payout', all.operator.token)).items;
  check('and not of our own account', posted.length > 0 && !posted.some(p => p.credit === 'bank'), posted);
  await page.goto('/operator/payouts?list=all');
  await page.getByText('Through the provider').first().waitFor();
  await look(page, `payouts-${size}`);
  await page.context().close();
}

try {
  for (const size of ['phone', 'desktop']) for (const run of [qris, account, transfer, card, payout]) await run(size);
} catch (e) {
  check(String(e.stack), false);
} finally {
  await browser.close();
  await market.close();
  await providers.stop();
}
end();
