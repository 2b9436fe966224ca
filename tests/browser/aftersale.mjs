// After the sale, by buyer, seller and operator together, at both sizes, on a running demo market: cancelling on request; parcels in parts;
// money given back; returns with photos, granted, rejected, disputed and decided. node tests/browser/aftersale.mjs; see kit.mjs.
import { asPerson, base, check, checkIs, finish, look, openBrowser, openStill, operator, shot, test } from './kit.mjs';

const stamp = Date.now().toString(36);
const browser = await openBrowser();
for (const size of (process.env.ETALASE_SIZES ?? 'phone,desktop').split(',')) await everything(size);
await browser.close();
finish();

async function everything(size) {
  const name = n => `after-${size}-${n}`;
  const market = await openMarket(size);
  const buyer = await signedIn(size, market.buyer);
  const seller = await signedIn(size, market.seller);
  const judge = await signedIn(size, operator);
  let broken = '';                                          // each step stands on those before it
  const step = (what, run) => test(`after, ${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      for (const [who, page] of [['buyer', buyer], ['seller', seller], ['operator', judge]]) await shot(page, `${name('FAIL')}-${who}`);
      throw e;
    }
    for (const page of [buyer, seller, judge]) {
      const mistakes = page.mistakes.splice(0);
      check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
    }
  });
  const full = async (page, n) => {
    await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    await look(page, name(n), { fullPage: true });
  };
  const state = {};
  const sheet = page => page.getByRole('dialog').last();
  const toast = (page, text) => page.locator('.toast', { hasText: text }).waitFor();

  await step('the cart says what a line, a parcel and all of it cost, and what changed', async () => {
    await market.ask.buyer('PUT', '/v1/cart/lines', { variant: market.cheap, quantity: 2 });
    await market.price(market.cheap, 6_000_000);
    await buyer.goto('/cart');
    await buyer.getByText(/Was Rp\s50,000 when you put it in, now Rp\s60,000/).waitFor();
    await buyer.getByText('Shipping and arrival for Yogyakarta 55281').waitFor();
    await buyer.getByText(/more for free shipping/).waitFor();
    await full(buyer, '01-cart-changed');
    await buyer.getByRole('button', { name: 'All right' }).click();
    await buyer.getByText('when you put it in').waitFor({ state: 'detached' });
    const total = await buyer.locator('.cart-shop .sums-grand dd').textContent();
    checkIs(total.replace(/\s/g, ' '), 'Rp 135,000', 'two at 60,000 and 15,000 of shipping');
    await market.price(market.cheap, 5_000_000);
    await market.ask.buyer('PUT', '/v1/cart/lines', { variant: market.cheap, quantity: 0 });
  });

  await step('a price that moves at the last moment: both totals, and the question again', async () => {
    await buyer.goto(`/checkout?variant=${market.cheap}&quantity=1`);
    await buyer.locator('.ordered').first().waitFor();
    await buyer.locator('.choice', { hasText: 'Test payment' }).click();
    await full(buyer, '02-checkout');
    await market.price(market.cheap, 5_500_000);
    await buyer.locator('.btn-buy:visible').click();
    await buyer.getByText(/The total is now Rp\s70,000, it was Rp\s65,000/).waitFor();
    await look(buyer, name('03-checkout-changed'));
    await buyer.locator('.btn-buy:visible', { hasText: '70,000' }).click();
    await buyer.getByRole('heading', { name: 'Thank you!' }).waitFor();
    await market.price(market.cheap, 5_000_000);
    await buyer.getByRole('link', { name: 'See the order' }).click();
    await buyer.waitForURL('**/orders/*');
    state.first = idOf(buyer);
  });

  await step('the buyer asks to cancel, the seller sees it first and agrees, the money comes back', async () => {
    await buyer.getByRole('button', { name: 'Ask to cancel' }).click();
    await sheet(buyer).getByText('Another reason').click();
    await sheet(buyer).getByRole('button', { name: 'Ask to cancel' }).click();
    await sheet(buyer).getByText('Please fill this in.').waitFor();
    await sheet(buyer).getByLabel('In your words').fill('My sister has bought the same one.');
    await look(buyer, name('04-ask-to-cancel'));
    await sheet(buyer).getByRole('button', { name: 'Ask to cancel' }).click();
    await buyer.getByRole('heading', { name: 'You asked to cancel' }).waitFor();
    await full(buyer, '05-asked');
    await buyer.goto('/orders');
    await buyer.locator('.order-card', { hasText: 'Cancelling asked for' }).waitFor();
    await look(buyer, name('06-orders'));

    await seller.goto('/studio');
    await seller.getByText('1 buyer asks to cancel').click();
    await seller.locator('[data-order]', { hasText: 'Asks to cancel' }).waitFor();
    await look(seller, name('07-asked-list'));
    await seller.locator('[data-order]').first().getByRole('link').first().click();
    await seller.getByText('My sister has bought the same one.').first().waitFor();
    await full(seller, '08-asked-detail');
    await seller.getByRole('button', { name: 'Cancel the order' }).click();
    await sheet(seller).getByRole('button', { name: 'Cancel the order' }).click();
    await seller.locator('.bar .badge', { hasText: 'Cancelled' }).waitFor();

    await buyer.goto(`/orders/${state.first}`);
    await buyer.locator('.order-head', { hasText: 'Cancelled' }).waitFor();
    await buyer.getByRole('heading', { name: 'Money back' }).waitFor();
    await full(buyer, '09-cancelled');
    const order = await market.ask.buyer('GET', `/v1/orders/${state.first}`);
    checkIs(order.refunded.minor, 7_000_000, 'all of it came back');
  });

  await step('many orders at once: packed together, slips and labels as documents', async () => {
    state.order = await market.buy([[market.cheap, 2], [market.dear, 1]]);
    state.other = await market.buy([[market.cheap, 1]]);
    await seller.goto('/studio/orders');
    await seller.locator('[data-order]').nth(1).waitFor();
    for (const id of [state.order, state.other]) await seller.locator(`[data-order="${id}"] input[type=checkbox]`).check();
    await seller.getByText('2 selected').waitFor();
    await look(seller, name('10-selected'));
    for (const [button, what] of [['Packing slips', 'slips'], ['Labels', 'labels']]) {
      const href = await seller.getByRole('link', { name: button }).getAttribute('href');
      const pdf = await seller.request.get(href);
      checkIs(`${pdf.status()} ${pdf.headers()['content-type']}`, '200 application/pdf', what);
      check((await pdf.body()).length > 1000, `${what} hold something`);
    }
    await seller.getByRole('button', { name: 'Mark 2 packed' }).click();
    await toast(seller, '2 orders are packed');
    await seller.getByRole('heading', { name: 'Nothing to pack' }).waitFor();
  });

  await step('an order goes out in two parcels, and the buyer sees what is in each', async () => {
    await seller.goto(`/studio/orders/${state.order}`);
    await seller.locator('.page-foot').getByRole('button', { name: 'Ship' }).click();
    await sheet(seller).getByText('Send only a part now').click();
    await sheet(seller).getByRole('group', { name: `How many of ${market.dearTitle}` }).getByRole('button', { name: 'One less' }).click();
    await sheet(seller).getByRole('group', { name: `How many of ${market.cheapTitle}` }).getByRole('button', { name: 'One less' }).click();
    await sheet(seller).getByRole('button', { name: 'JNE' }).click();
    await sheet(seller).getByLabel('Tracking number').fill('JNE001');
    await look(seller, name('11-ship-part'));
    await sheet(seller).getByRole('button', { name: 'Ship 1 piece' }).click();
    await seller.locator('.bar .badge', { hasText: 'Partly sent' }).waitFor();
    await full(seller, '12-partly');
    await buyer.goto(`/orders/${state.order}`);
    await buyer.getByRole('heading', { name: 'A part is on its way' }).waitFor();
    await buyer.getByText('1 of 2 sent').waitFor();
    await full(buyer, '13-partly');
    await seller.getByRole('button', { name: 'Ship the rest' }).click();
    await sheet(seller).getByLabel('Tracking number').fill('JNE002');
    await sheet(seller).getByRole('button', { name: 'Mark as shipped' }).click();
    await seller.locator('.bar .badge', { hasText: 'On the way' }).waitFor();
    await seller.getByRole('link', { name: /^Invoice/ }).waitFor();
    await full(seller, '14-shipped');
    await buyer.reload();
    await buyer.getByText('JNE002').first().waitFor();
    checkIs(await buyer.locator('.parcels .parcel').count(), 2, 'parcels');
    const invoice = await buyer.request.get(await buyer.getByRole('link', { name: /^Invoice/ }).getAttribute('href'));
    checkIs(invoice.status(), 200, 'the invoice');
    await buyer.getByRole('button', { name: 'I have received it' }).click();
    await sheet(buyer).getByRole('button', { name: 'I have received it' }).click();
    await buyer.getByText('You may ask for a return until').waitFor();
    await full(buyer, '15-received');
  });

  await step('the seller gives a part back, having seen how much that is', async () => {
    await seller.goto(`/studio/orders/${state.order}`);
    await seller.getByRole('button', { name: /^Give money back/ }).click();
    await sheet(seller).getByRole('button', { name: 'Give it back' }).click();
    await sheet(seller).getByText('Choose at least one piece.').waitFor();
    await sheet(seller).getByRole('tab', { name: 'An amount' }).click();
    await sheet(seller).getByLabel('Amount').fill('10.000');
    await sheet(seller).getByLabel('Why').fill('It came a day late, sorry.');
    await sheet(seller).locator('.sums-total', { hasText: '10,000' }).waitFor();
    await look(seller, name('16-refund'));
    await sheet(seller).getByRole('button', { name: 'Give it back' }).click();
    await toast(seller, 'The buyer gets it back');
    const order = await market.ask.buyer('GET', `/v1/orders/${state.order}`);
    checkIs(order.refunded.minor, 1_000_000, 'what was given back');
    await buyer.goto(`/orders/${state.order}`);
    await buyer.getByText('It came a day late, sorry.').first().waitFor();
  });

  await step('a return is asked for: mistakes in place, photos, what comes back is shown', async () => {
    await buyer.getByRole('link', { name: 'Return or report a problem' }).click();
    await buyer.locator('.return-pick').first().waitFor();
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.getByText('Choose at least one thing.').waitFor();
    await buyer.locator('.return-pick', { hasText: market.cheapTitle }).locator('input').check();
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.getByText('Choose what is wrong.').waitFor();
    await buyer.getByText('It is damaged or broken').click();
    await buyer.getByText('Send it back, money back').click();
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.locator('.field-error', { hasText: 'At least one photo' }).waitFor();
    await buyer.locator('input[type=file]').first().setInputFiles([
      { name: 'sobek.png', mimeType: 'image/png', buffer: await market.picture() }, { name: 'bukan.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('This is no picture.') },
    ]);
    await buyer.locator('.photo-bad').waitFor({ timeout: 30_000 });
    await look(buyer, name('17-return-photos'), { fullPage: true });
    await buyer.getByRole('button', { name: 'Remove photo 2' }).click();
    await buyer.getByRole('img', { name: 'Photo 1' }).waitFor({ timeout: 30_000 });
    await buyer.getByLabel('In your words').fill('Both seams have come open.');
    state.back = (await buyer.locator('.page-foot .price').textContent()).replace(/\s/g, ' ');
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.waitForURL('**/returns/*');
    state.return = idOf(buyer);
    await buyer.getByRole('heading', { name: 'has to answer' }).waitFor();
    await full(buyer, '18-return-asked');
    await buyer.locator('.gallery button').first().click();
    await sheet(buyer).locator('img').waitFor();
    await look(buyer, name('19-photo'));
    await buyer.keyboard.press('Escape');
  });

  await step('the seller finds it by its clock, and grants it with the place to send it to', async () => {
    await seller.goto('/studio');
    await seller.getByText('1 return to answer').click();
    await seller.locator('.order-card', { hasText: 'else it is granted' }).waitFor();
    await look(seller, name('20-returns'));
    await seller.locator('.order-card').first().click();
    await seller.getByText('Both seams have come open.').first().waitFor();
    await full(seller, '21-return-detail');
    await seller.getByRole('button', { name: 'Grant' }).click();
    await sheet(seller).getByRole('button', { name: 'Grant' }).click();
    await sheet(seller).getByText('Please fill this in.').waitFor();
    await sheet(seller).getByLabel('Where the buyer sends it').fill('Toko Purnajual, Jalan Pelabuhan 3, Pekalongan');
    await look(seller, name('22-grant'));
    await sheet(seller).getByRole('button', { name: 'Grant' }).click();
    await toast(seller, 'Granted');
  });

  await step('it goes back, is looked at with one damaged, and is paid: the amount that was shown', async () => {
    await buyer.reload();
    await buyer.getByText('Jalan Pelabuhan 3').first().waitFor();
    await full(buyer, '23-granted');
    await buyer.getByRole('button', { name: 'I have sent it' }).click();
    await sheet(buyer).getByLabel('Carrier').fill('SiCepat');
    await sheet(buyer).getByLabel('Tracking number').fill('BACK77');
    await look(buyer, name('24-send'));
    await sheet(buyer).getByRole('button', { name: 'Sent back' }).click();
    await buyer.getByText('BACK77').first().waitFor();
    const before = await market.stockOf(market.cheap);
    await seller.goto('/studio/returns?state=sent_back');
    await seller.locator('.order-card').first().click();
    await seller.getByRole('button', { name: 'It is here' }).click();
    await sheet(seller).getByRole('group', { name: /^Damaged/ }).getByRole('button', { name: 'One more' }).click();
    await look(seller, name('25-accept'));
    await sheet(seller).getByRole('button', { name: /^Pay back/ }).click();
    await toast(seller, 'Accepted and paid back');
    checkIs(await market.stockOf(market.cheap), before + 1, 'one on the shelf again, one damaged');
    await buyer.reload();
    await buyer.getByRole('heading', { name: 'Money back' }).waitFor();
    await full(buyer, '26-paid-back');
    const paid = (await buyer.locator('.return-amount strong').textContent()).replace(/\s/g, ' ');
    checkIs(paid, state.back, 'what was paid back is what was shown');
    await buyer.goto(`/orders/${state.order}`);
    await buyer.getByText('2 given back').waitFor();
    await full(buyer, '27-order-after-return');
  });

  await step('a rejected return goes to the market, which decides; both sides read why', async () => {
    state.dispute = await market.received([[market.dear, 1]]);
    await buyer.goto(`/orders/${state.dispute}/return`);
    await buyer.getByText('It has not arrived').click();
    await buyer.getByText('You get back').waitFor();
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.waitForURL('**/returns/*');
    state.case = idOf(buyer);
    await seller.goto(`/studio/returns/${state.case}`);
    await seller.getByRole('button', { name: 'Reject' }).click();
    await sheet(seller).getByLabel('Why').fill('The courier has a signature.');
    await look(seller, name('28-reject'));
    await sheet(seller).getByRole('button', { name: 'Reject' }).click();
    await toast(seller, 'Rejected');
    await buyer.reload();
    await buyer.getByText('The courier has a signature.').first().waitFor();
    await full(buyer, '29-rejected');
    await buyer.getByRole('button', { name: 'Ask the market to decide' }).click();
    await sheet(buyer).getByLabel('Why you do not agree').fill('That is not my signature.');
    await sheet(buyer).getByRole('button', { name: 'Ask the market to decide' }).click();
    await buyer.getByRole('heading', { name: 'The market decides' }).waitFor();
    await judge.goto('/operator/returns');
    await judge.locator(`a[href="/operator/returns/${state.case}"]`).waitFor();
    await look(judge, name('30-disputes'));
    await judge.locator(`a[href="/operator/returns/${state.case}"]`).click();
    await judge.getByText('That is not my signature.').first().waitFor();
    await full(judge, '31-dispute');
    await judge.getByRole('button', { name: 'For the buyer' }).click();
    await sheet(judge).getByLabel('Why you decide so').fill('The names differ.');
    await look(judge, name('32-decide'));
    await sheet(judge).getByRole('button', { name: 'Decide' }).click();
    await toast(judge, 'Decided');
    await buyer.reload();
    await buyer.getByText('The names differ.').first().waitFor();
    await buyer.getByRole('heading', { name: 'Paid back' }).waitFor();
    await full(buyer, '33-decided');
    const order = await market.ask.buyer('GET', `/v1/orders/${state.dispute}`);
    checkIs(order.refunded.minor, order.total.minor, 'all of it, shipping too');
  });

  await step('another size instead: chosen, held, sent, received', async () => {
    state.swap = await market.received([[market.small, 1]]);
    await buyer.goto(`/orders/${state.swap}/return`);
    await buyer.getByText('I do not want it any more').click();
    await buyer.getByText('Exchange it').click();
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.getByText('Choose what you want instead.').waitFor();
    await buyer.getByLabel('Instead of Sarung, S').selectOption({ label: 'M' });
    await buyer.getByText('You pay nothing').waitFor();
    await full(buyer, '38-exchange');
    await buyer.getByRole('button', { name: 'Send' }).click();
    await buyer.waitForURL('**/returns/*');
    const id = idOf(buyer);
    await buyer.getByText('Instead: M').waitFor();
    await seller.goto(`/studio/returns/${id}`);
    await seller.getByRole('button', { name: 'Grant' }).click();
    await sheet(seller).getByText('Jalan Pelabuhan 3').waitFor();
    await sheet(seller).getByRole('button', { name: 'Grant' }).click();
    await toast(seller, 'Granted');
    await market.ask.buyer('POST', `/v1/returns/${id}/steps`, { action: 'send', carrier: 'SiCepat', tracking: 'BACK78' });
    await seller.reload();
    await seller.getByRole('button', { name: 'It is here' }).click();
    await sheet(seller).getByText('Then you send the replacement.').waitFor();
    await sheet(seller).getByRole('button', { name: 'Accept' }).click();
    await toast(seller, 'now send the replacement');
    await seller.getByText('Jalan Merpati 12').waitFor();
    await full(seller, '39-to-replace');
    await seller.getByRole('button', { name: 'Send the replacement' }).click();
    await sheet(seller).getByLabel('Carrier').fill('JNE');
    await sheet(seller).getByLabel('Tracking number').fill('NEW79');
    await sheet(seller).getByRole('button', { name: 'Replacement sent' }).click();
    await toast(seller, 'The buyer has been told');
    await buyer.reload();
    await buyer.getByText('NEW79').first().waitFor();
    await full(buyer, '40-replacement-sent');
    await buyer.getByRole('button', { name: 'I have received it' }).click();
    await sheet(buyer).getByRole('button', { name: 'I have received it' }).click();
    await buyer.getByRole('heading', { name: 'Exchanged' }).waitFor();
    await full(buyer, '41-exchanged');
    await buyer.goto(`/orders/${state.swap}`);
    await buyer.locator('.ordered', { hasText: 'Replacement' }).waitFor();
    await full(buyer, '42-order-exchanged');
    const order = await market.ask.buyer('GET', `/v1/orders/${state.swap}`);
    checkIs(order.refunded, undefined, 'no money has moved');
    checkIs(order.lines.map(l => l.options).join(), 'S,M', 'both lines');
  });

  await step('what cannot go back the way it was paid: the buyer says to which account', async () => {
    const order = await market.cash([[market.cheap, 2]]);
    const { lines } = await market.ask.seller('GET', `/v1/orders/${order}`);
    await market.ask.seller('POST', `/v1/orders/${order}/refunds`, { lines: [{ line: lines[0].id, quantity: 1 }], reason: 'A seam has come open' });
    await buyer.goto(`/orders/${order}`);
    await buyer.getByText('Where should the money go?').waitFor();
    await full(buyer, '44-refund-account');
    await buyer.getByRole('button', { name: 'Add account' }).click();
    await sheet(buyer).getByLabel('Account number').fill('12');
    await sheet(buyer).getByRole('button', { name: 'Save' }).click();
    await sheet(buyer).getByText('4 to 40 letters and digits.').waitFor();
    await sheet(buyer).getByText('Please fill this in.').first().waitFor();
    await look(buyer, name('45-refund-account-mistakes'));
    await sheet(buyer).getByLabel('Account number').fill('123 456 7890');
    await sheet(buyer).getByLabel('Account holder').fill('Dewi Anggraini');
    await sheet(buyer).getByLabel('Bank', { exact: true }).fill('BCA');
    await sheet(buyer).getByRole('button', { name: 'Save' }).click();
    await toast(buyer, 'The account is noted');
    await buyer.reload();
    await buyer.getByText('1234567890').waitFor();
    await full(buyer, '46-refund-account-noted');
    await judge.goto('/operator/refunds');
    await judge.getByText('1234567890').first().waitFor();
  });

  await step('the shop’s address for returns, kept and shown', async () => {
    await seller.goto('/studio/settings');
    checkIs(await seller.getByLabel(/^Address/).inputValue(), 'Toko Purnajual, Jalan Pelabuhan 3, Pekalongan', 'said with the first return');
    await seller.getByLabel(/^Address/).fill('Gudang retur\nJalan Melati 9\nPekalongan 51111');
    await full(seller, '47-return-place');
    await seller.getByRole('button', { name: 'Save' }).click();
    await toast(seller, 'Saved');
    const order = await market.received([[market.cheap, 1]]);
    const { lines } = await market.ask.buyer('GET', `/v1/orders/${order}`);
    const made = await market.ask.buyer('POST', `/v1/orders/${order}/returns`, { kind: 'return_refund', reason: 'changed_mind', lines: [{ line: lines[0].id, quantity: 1 }] });
    await seller.goto(`/studio/returns/${made.id}`);
    await seller.getByRole('button', { name: 'Grant' }).click();
    await sheet(seller).getByText('Jalan Melati 9').waitFor();
    await look(seller, name('48-grant-known'));
    await sheet(seller).getByRole('button', { name: 'Grant' }).click();
    await toast(seller, 'Granted');
    await buyer.goto(`/returns/${made.id}`);
    await buyer.getByText('Jalan Melati 9').waitFor();
    await full(buyer, '49-return-where');
  });

  await step('what is asked too late, too often or of others is refused', async () => {
    await buyer.goto(`/orders/${state.dispute}/return`);
    await buyer.getByRole('heading', { name: 'This cannot be returned now' }).waitFor();
    await look(buyer, name('34-no-return'));
    await judge.goto(`/orders/${state.order}/return`);
    await judge.getByRole('heading', { name: 'This cannot be returned now' }).waitFor();
    await buyer.goto(`/studio/returns/${state.case}`);
    await buyer.getByText('Open a shop').first().waitFor();
    const stranger = await signedIn(size, await signUp(`asing-${size}`));
    await stranger.goto(`/returns/${state.case}`);
    await stranger.getByRole('heading', { name: 'There is nothing here' }).last().waitFor();
    await stranger.context().close();
    await buyer.goto('/returns');
    await buyer.locator('.order-card').nth(1).waitFor();
    await look(buyer, name('35-returns'));
  });

  await step('in Indonesian, in the dark and from right to left', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await buyer.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    const seen = [];
    for (const [path, at, n] of [[`/orders/${state.order}`, '.timeline', 'order'], [`/returns/${state.return}`, '.timeline', 'return'], ['/orders', '.order-card', 'orders']]) {
      await other.goto(path);
      await other.locator(at).first().waitFor();
      await other.waitForTimeout(400);
      await look(other, name(`36-dark-${n}`), { fullPage: true });
      seen.push(await other.locator('main').innerText());
    }
    check(!/\b(Order|Return|Refund|Shipping|Delivered|Cancelled)\b/.test(seen.join(' ')), 'no English of ours is left');
    await other.goto(`/orders/${state.order}?dir=rtl`);
    await other.locator('.timeline').waitFor();
    await look(other, name('37-rtl'), { fullPage: true });
    await other.context().close();
  });
  for (const page of [buyer, seller, judge]) await page.context().close();
}

// ------------------------------------------------------------------------------------------------- what the test brings

function idOf(page) {
  return new URL(page.url()).pathname.split('/').pop();
}

async function signUp(who) {
  const login = { email: `${who}-${stamp}@example.com`, password: 'sebelas kata sandi' };
  const r = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...login, name: `Purna ${who}` }) });
  check(r.status < 300, `${who} signs up: ${r.status}`);
  return login;
}

async function signedIn(size, who) {
  const page = await openStill(browser, size);
  await page.addInitScript(() => localStorage.setItem('etalase.locale', 'en'));
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(url => url.pathname !== '/sign-in');
  return page;
}

// A shop of its own with two products, and a buyer with an address; what both do beside their browsers.
async function openMarket(size) {
  const login = { seller: await signUp(`penjual-${size}`), buyer: await signUp(`pembeli-${size}`) };
  const ask = { seller: await asPerson(login.seller), buyer: await asPerson(login.buyer) };
  const idr = minor => ({ minor, currency: 'IDR' });
  const shop = (await ask.seller('POST', '/v1/shops', {
    name: 'Toko Purnajual', handle: `purna${size}${stamp}`, currency: 'IDR', country: 'ID', city: 'Pekalongan', shipping: idr(1_500_000), free_shipping_over: idr(50_000_000), dispatch_days: 1, delivery_min_days: 2, delivery_max_days: 4,
  })).id;
  const product = async (title, price) => ask.seller('POST', `/v1/shops/${shop}/products`, { title, options: [], variants: [{ sku: title.slice(0, 8), options: [], price: idr(price), stock: 30 }], pictures: [], state: 'active' });
  const cheapTitle = 'Kemeja lengan pendek', dearTitle = 'Kain tenun panjang dengan nama yang cukup untuk dua baris di layar kecil';
  const cheap = await product(cheapTitle, 5_000_000), dear = await product(dearTitle, 20_000_000);
  const sized = (sku, size) => ({ sku, options: [size], price: idr(7_500_000), stock: 5 });
  const sarong = await ask.seller('POST', `/v1/shops/${shop}/products`, { title: 'Sarung', options: [{ name: 'Ukuran', values: ['S', 'M'] }], variants: [sized('SR-S', 'S'), sized('SR-M', 'M')], pictures: [], state: 'active' });
  const products = { [cheap.variants[0].id]: cheap.id, [dear.variants[0].id]: dear.id };
  const address = (await ask.buyer('POST', '/v1/addresses', { name: 'Dewi Anggraini', phone: '+62 812 3456 7890', line1: 'Jalan Merpati 12', city: 'Yogyakarta', postcode: '55281', country: 'ID' })).id;
  const buy = async lines => (await ask.buyer('POST', '/v1/checkouts', { address, method: 'test', lines: lines.map(([variant, quantity]) => ({ variant, quantity })) })).orders[0].id;
  return {
    ...login, ask, buy, cheapTitle, dearTitle, cheap: cheap.variants[0].id, dear: dear.variants[0].id, small: sarong.variants[0].id,
    async received(lines) {
      const order = await buy(lines);
      await ask.seller('POST', `/v1/orders/${order}/shipments`, { carrier: 'JNE', tracking: 'JNE009' });
      await ask.seller('POST', `/v1/orders/${order}/delivery`, { kind: 'delivered' });
      return order;
    },
    async cash(lines) {
      const order = (await ask.buyer('POST', '/v1/checkouts', { address, method: 'cod', lines: lines.map(([variant, quantity]) => ({ variant, quantity })) })).orders[0].id;
      await ask.seller('POST', `/v1/orders/${order}/shipments`, { carrier: 'JNE', tracking: 'JNE010' });
      await ask.seller('POST', `/v1/orders/${order}/delivery`, { kind: 'delivered' });
      return order;
    },
    async price(variant, minor) {
      const { product: p } = await ask.seller('GET', `/v1/studio/products/${products[variant]}`);
      await ask.seller('PATCH', `/v1/products/${p.id}`, { variants: p.variants.map(v => ({ id: v.id, sku: v.sku, options: v.options, price: idr(minor) })), version: p.version });
    },
    stockOf: async variant => (await ask.seller('GET', `/v1/studio/products/${products[variant]}`)).variants[0].on_hand,
    picture: async () => Buffer.from(await (await fetch(`${base}/icons/icon-192.png`)).arrayBuffer()),
  };
}
