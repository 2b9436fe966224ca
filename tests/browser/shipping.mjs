// Shipping and markets on a running demo market, at both sizes: a seller makes zones and tries them, a shopper sees what they mean on a
// product's page, the operator changes a market's number and its calendar and puts them back. The environment is described in kit.mjs.
import { base, check, checkIs, finish, look, openBrowser, openStill, operator, shot, test } from './kit.mjs';

const stamp = Date.now().toString(36);
const browser = await openBrowser();

try {
  await Promise.all((process.env.ETALASE_SIZES ?? 'phone,desktop').split(',').map(async size => {
    const trade = await setUp(size);
    await sell(size, trade);
    await buy(size, trade);
  }));
  for (const size of (process.env.ETALASE_SIZES ?? 'phone,desktop').split(',')) await operate(size);       // one market's numbers
} finally {
  await browser.close();
}
finish();

async function call(method, path, token, body) {
  const r = await fetch(base + path, { method, headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) });
  const got = await r.json();
  if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${JSON.stringify(got)}`);
  return got;
}

// A shop of its own, so that the demo's stay as they are.
async function setUp(size) {
  const me = { email: `kirim-${size}-${stamp}@example.com`, password: 'sebelas kata sandi' };
  await call('POST', '/v1/accounts', '', { ...me, name: 'Sari Pengirim', locale: 'en' });
  const { token } = await call('POST', '/v1/sessions', '', me);
  const money = minor => ({ minor, currency: 'IDR' });
  const shop = await call('POST', '/v1/shops', token, {
    name: `Kirim ${size}`, handle: `kirim-${size}-${stamp}`, currency: 'IDR', country: 'ID', city: 'Jepara', shipping: money(1200000), dispatch_days: 2, delivery_min_days: 1, delivery_max_days: 4,
  });
  const product = await call('POST', `/v1/shops/${shop.id}/products`, token, {
    title: `Keranjang rotan ${size}`, pictures: [], options: [{ name: 'Size', values: ['Small', 'Large'] }],
    variants: ['Small', 'Large'].map(o => ({ sku: `K-${size}-${o}`, options: [o], price: money(9000000), stock: 5 })),
  });
  return { me, token, shop, product };
}

function stepper(size, who, page) {
  let broken = '';                                          // each step stands on those before it
  return (what, run) => test(`${who}, ${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      await shot(page, `shipping-${size}-FAIL-${who}-${what.replace(/\W+/g, '-').slice(0, 50)}`);
      throw e;
    }
    const mistakes = page.mistakes.splice(0);
    check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
  });
}

async function signIn(page, email, password, next) {
  await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(`**${next}`);
}

async function full(page, name) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await look(page, name, { fullPage: true });
}

async function sell(size, { me, shop, product }) {
  const page = await openStill(browser, size);
  const step = stepper(size, 'seller', page);
  const name = n => `shipping-${size}-${n}`;
  const dialog = () => page.getByRole('dialog').last();
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });

  await step('finds shipping in the settings, and the flat terms', async () => {
    await signIn(page, me.email, me.password, '/studio/settings');
    await page.getByRole('link', { name: /^Shipping/ }).click();
    await page.getByRole('heading', { name: 'One price for everywhere' }).waitFor();
    checkIs(await page.locator('.studio-nav [aria-current=page]:visible').innerText(), 'Settings', 'the place that is lit');
    await full(page, name('01-flat'));
  });

  await step('makes a zone by weight; mistakes are said where they are', async () => {
    await page.getByRole('button', { name: 'Add a zone' }).first().click();
    await dialog().getByRole('button', { name: 'Done' }).click();
    await dialog().getByText('Give the zone a name.').waitFor();
    await dialog().getByLabel('Name', { exact: true }).fill('Java');
    await dialog().getByLabel(/^Region/).fill('Jawa Tengah');
    await dialog().getByRole('button', { name: 'Add an area' }).click();
    await dialog().getByLabel(/^Postcodes/).last().fill('1*, 50000..59999, !!');
    await dialog().getByRole('radio', { name: /^Weight/ }).check();
    await dialog().getByLabel('Up to kg').fill('1');
    await dialog().getByLabel('Price', { exact: true }).fill('10000');
    await dialog().getByRole('button', { name: 'Add a step' }).click();
    await dialog().getByLabel('Up to kg').last().fill('0,5');
    await dialog().getByLabel('Price', { exact: true }).last().fill('18.000');
    await dialog().getByRole('button', { name: 'Done' }).click();
    await dialog().getByText('Each step reaches further than the one before.').waitFor();
    await dialog().getByText('“!!” is none of').waitFor();
    await look(page, name('02-mistakes'));
    await dialog().getByLabel('Up to kg').last().fill('3');
    await dialog().getByLabel(/^Postcodes/).last().fill('1*, 50000..59999');
    await dialog().getByLabel('More than that is sent, too').check();
    await dialog().getByLabel('For each further kg').fill('1');
    await dialog().getByRole('textbox', { name: 'costs' }).fill('6000');
    await dialog().getByLabel('Buyers may pay at the door').check();
    await dialog().getByLabel(/^Fixed fee/).fill('2000');
    await dialog().getByLabel(/^Share/).fill('1');
    await look(page, name('03-zone'));
    await dialog().getByRole('button', { name: 'Done' }).click();
    await closed();
  });

  await step('cuts an island out', async () => {
    await page.getByRole('button', { name: 'Add a zone' }).first().click();
    await dialog().getByLabel('Name', { exact: true }).fill('Karimunjawa');
    await dialog().getByRole('radio', { name: /We do not send here/ }).check();
    await dialog().getByLabel(/^Postcodes/).fill('59455');
    await dialog().getByRole('button', { name: 'Done' }).click();
    await closed();
    await page.getByText('Not served').first().waitFor();
  });

  await step('tries the draft before it is saved', async () => {
    const box = page.locator('.shipping-side');
    await box.getByLabel(/^Postcode/).fill('10110');
    await box.getByLabel('Weight in kg').fill('4,2');
    await box.getByRole('button', { name: 'Try' }).click();
    await box.getByText('Zone Java').waitFor();
    checkIs((await box.locator('.test-result strong').innerText()).replace(/\s/g, ' '), 'Rp 30,000', 'the price of 4.2 kg');
    await box.getByLabel(/^Postcode/).fill('59455');
    await box.getByRole('button', { name: 'Try' }).click();
    await box.getByText('The shop does not send to this area').waitFor();
    await full(page, name('04-zones'));
  });

  await step('saves, and it is still there', async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    await page.waitForTimeout(500);                         // what kept the unsaved draft lets go of the history
    await page.reload();
    await page.getByRole('button', { name: /^Java/ }).click();
    checkIs(await dialog().getByLabel('Up to kg').last().inputValue(), '3', 'the second step');
    checkIs(await dialog().getByLabel(/^Postcodes/).last().inputValue(), '1*, 50000..59999', 'the postcodes');
    await page.keyboard.press('Escape');
    await closed();
  });

  await step('gives a variant its weight', async () => {
    await page.goto(`/studio/products/${product.id}`);
    await page.locator('.card-list').filter({ hasText: 'Weight and parcel' }).getByRole('button', { name: /^Large/ }).click();
    await dialog().getByLabel(/^Weight/).fill('2,5');
    await dialog().getByLabel(/^Length/).fill('60');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Give all three sides, or none.').waitFor();
    await dialog().getByLabel(/^Length/).fill('');
    await look(page, name('05-parcel'));
    await dialog().getByRole('button', { name: 'Save' }).click();
    await closed();
    await page.getByText(/^2[.,]5 kg$/).waitFor();
    await full(page, name('06-product'));
  });

  await step('in Indonesian and from right to left it holds together', async () => {
    await page.evaluate(() => localStorage.setItem('etalase.locale', 'id'));
    await page.goto('/studio/shipping?dir=rtl');
    await page.getByRole('heading', { name: 'Zona' }).waitFor();
    await full(page, name('07-rtl'));
  });
  await page.context().close();
  return shop;
}

async function buy(size, { product }) {
  const page = await openStill(browser, size);
  const step = stepper(size, 'shopper', page);
  const name = n => `shipping-${size}-${n}`;
  const place = async postcode => {
    await page.locator('.delivery').getByRole('button', { name: /Change|Choose your place/ }).click();
    await page.getByRole('dialog').getByLabel(/^Postcode/).fill(postcode);
    await page.getByRole('dialog').getByRole('button', { name: 'Use this place' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  await step('sees a first estimate without a place', async () => {
    await page.goto(`/product/${product.id}`);
    await page.locator('.delivery').getByText(/^Arrives/).waitFor();
    await page.locator('.delivery').getByText('Within Indonesia').waitFor();
    await full(page, name('11-product'));
  });

  await step('for a place, what it costs, by the variant’s weight', async () => {
    await place('10110');
    await page.locator('.delivery').getByText(/10,000/).waitFor();
    await page.getByRole('button', { name: 'Large' }).click();
    await page.locator('.delivery').getByText(/18,000/).waitFor();
    await page.locator('.delivery').getByText('Cash on delivery, fee').waitFor();
    await full(page, name('12-place'));
  });

  await step('where it is not sent, why', async () => {
    await place('59455');
    await page.locator('.delivery').getByText('The shop does not send to this area').waitFor();
    await full(page, name('13-not'));
    await page.reload();                                    // the place is remembered
    await page.locator('.delivery').getByText('The shop does not send to this area').waitFor();
  });
  await page.context().close();
}

async function operate(size) {
  const page = await openStill(browser, size);
  const step = stepper(size, 'operator', page);
  const name = n => `markets-${size}-${n}`;
  const dialog = () => page.getByRole('dialog').last();
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const back = async () => {
    await page.getByRole('button', { name: /^Time to ask again/ }).click();
    await dialog().getByLabel('Why').fill(`Back again, ${stamp}`);
    await dialog().getByRole('button', { name: 'As in all markets' }).click();
    await closed();
  };

  await step('finds a market', async () => {
    await signIn(page, operator.email, operator.password, '/operator/markets');
    await page.getByRole('heading', { name: 'Markets' }).waitFor();
    await full(page, name('01-list'));
    await page.getByLabel('Find a country').fill('malay');
    await page.getByRole('link', { name: /^Malaysia/ }).click();
    await page.getByRole('heading', { name: 'Malaysia' }).waitFor();
    await full(page, name('02-numbers'));
  });

  await step('changes a number within its limits and with a reason', async () => {
    await page.getByRole('button', { name: /^Time to ask again/ }).click();
    const field = dialog().getByLabel('Time to ask again', { exact: true });
    await field.fill('9999');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText(/From 0 hours to 720 hours/).first().waitFor();
    await dialog().getByText('Please fill this in.').waitFor();
    await field.fill('72');
    await dialog().getByLabel('Why').fill(`Longer holidays, ${stamp}`);
    await look(page, name('03-number'));
    await dialog().getByRole('button', { name: 'Save' }).click();
    await closed();
    await page.getByText('All markets: 48 hours').waitFor();
  });

  await step('sees it in the history, and puts it back', async () => {
    await back();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText(`Longer holidays, ${stamp}`).first().waitFor();
    await page.getByText('48 hours').first().waitFor({ state: 'detached' }).catch(() => {});
    await full(page, name('04-history'));
  });

  await step('the calendar: adds a day, removes it, takes that back', async () => {
    await page.getByRole('tab', { name: 'Holidays' }).click();
    await page.getByText('Malaysia Day').waitFor();
    await page.getByLabel('Day', { exact: true }).fill(`${new Date().getFullYear()}-07-07`);
    await page.getByLabel('Name', { exact: true }).fill('A day of our own');
    await page.getByRole('button', { name: 'Add a holiday' }).click();
    await page.locator('.day-row', { hasText: 'A day of our own' }).waitFor();
    await full(page, name('05-holidays'));
    await page.getByRole('button', { name: 'Remove A day of our own' }).click();
    await page.locator('.day-row', { hasText: 'A day of our own' }).waitFor({ state: 'detached' });
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
    await page.locator('.day-row', { hasText: 'A day of our own' }).waitFor();
    await page.getByRole('button', { name: 'Remove A day of our own' }).click();
    await page.locator('.day-row', { hasText: 'A day of our own' }).waitFor({ state: 'detached' });
  });

  await step('an empty year says what it means', async () => {
    for (let y = new Date().getFullYear(); y < 2028; y++) await page.getByRole('button', { name: 'Year after' }).click();
    await page.getByRole('heading', { name: 'No holidays in 2028' }).waitFor();
    await look(page, name('06-empty-year'));
  });
  await page.context().close();
}
