// Tax in the browser: a seller gives legal details and a product's class, sends an order, and has its invoice as page, PDF and table; the
// operator adds a rate and takes it away. Against the demo market (see kit.mjs for the environment).
import { base, check, checkIs, finish, look, openBrowser, openStill, seller, test } from './kit.mjs';

const operator = { email: 'operator@example.com', password: 'jaga-pasar-malam' };

async function ask(token, method, path, body) {
  const answer = await fetch(base + path, {
    method, headers: { 'content-type': 'application/json', 'accept-language': 'en', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  const value = text.startsWith('{') ? JSON.parse(text) : text;
  return { status: answer.status, type: answer.headers.get('content-type'), value };
}

const tokenOf = async who => (await ask('', 'POST', '/v1/sessions', who)).value.token;

async function signIn(page, who) {
  await page.goto('/sign-in');
  await page.fill('input[name=email]', who.email);
  await page.fill('input[name=password]', who.password);
  await page.click('form button[type=submit]');
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
}

// Nobody else buys with this account: others, who work beside, count their orders.
async function newBuyer() {
  const who = { email: `tax-${Date.now()}-${Math.random().toString(36).slice(2)}@example.com`, password: 'sepuluh ribu 1' };
  await ask('', 'POST', '/v1/accounts', { ...who, name: 'Tom Hartley' });
  return tokenOf(who);
}

// An order of this shop that has been sent, so that it has an invoice.
async function sentOrder(shop, product) {
  const [buyer, owner] = [await newBuyer(), await tokenOf(seller)];
  const variant = (await ask('', 'GET', `/v1/products/${product}`)).value.variants.find(v => v.available);
  await ask(owner, 'POST', `/v1/variants/${variant.id}/stock`, { delta: 2, reason: 'received' });
  const ship_to = { name: 'Tom Hartley', phone: '+62 811 222 333', line1: 'Jl. Kemang Raya 12', city: 'Jakarta', postcode: '12730', country: 'ID' };
  const made = await ask(buyer, 'POST', '/v1/checkouts', { ship_to, method: 'cod', lines: [{ variant: variant.id, quantity: 1 }] });
  checkIs(made.status, 201, `a checkout: ${JSON.stringify(made.value)}`);
  const order = made.value.orders[0].id;
  const sent = await ask(owner, 'POST', `/v1/orders/${order}/shipments`, { carrier: 'JNE', tracking: 'JNE0012345' });
  checkIs(sent.status, 201, `sent: ${JSON.stringify(sent.value)}`);
  return { order, buyer, owner };
}

async function run(browser, size) {
  const step = (name, act) => test(`${size}: ${name}`, act);
  const page = await openStill(browser, size);
  const token = await tokenOf(seller);
  const shop = (await ask(token, 'GET', '/v1/me')).value.shops[0].shop;
  const product = (await ask('', 'GET', `/v1/shops/${shop}/products`)).value.items.find(p => p.available).id;
  const prefix = `${size === 'phone' ? 'P' : 'D'}${Date.now() % 1000}/`;
  await signIn(page, seller);
  await page.evaluate(() => localStorage.setItem('etalase.locale', 'en'));

  await step('legal details are refused with a sentence, then kept', async () => {
    await page.goto('/studio/settings');
    await page.getByLabel('NPWP').fill('01.234.567.8-801.000');
    await page.getByLabel('Legal name').fill('');
    await page.getByLabel('Before invoice numbers').fill('a b');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Use capitals A-Z, digits, - and / only.').waitFor();
    await page.getByText('A tax number needs the legal name').waitFor();
    await page.getByLabel('Legal name').fill('CV Segara Rasa');
    await page.getByLabel('Business address').fill('Jl. Pantai Barat 8\nMakassar 90111');
    await page.getByLabel('Before invoice numbers').fill(prefix);
    await look(page, `tax-${size}-1-settings`, { fullPage: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    const kept = (await ask(token, 'GET', `/v1/studio/shops/${shop}/tax-details`)).value;
    checkIs([kept.legal_name, kept.prefix, kept.charges_tax].join(), `CV Segara Rasa,${prefix},true`, 'what is kept');
  });

  await step('a product is given its class', async () => {
    await page.goto(`/studio/products/${product}`);
    const field = page.getByLabel('What it is for tax');
    await field.selectOption('books');
    await page.getByText('It counts from the next order on.').waitFor();
    checkIs((await ask(token, 'GET', `/v1/products/${product}/tax`)).value.class, 'books', 'the class');
    await field.selectOption('standard');
    await page.waitForTimeout(400);
    await look(page, `tax-${size}-2-product`);
    await page.reload();
    checkIs(await page.getByLabel('What it is for tax').inputValue(), 'standard', 'after a reload');
  });

  await step('an invoice as page, PDF and row of a table', async () => {
    const { order, buyer } = await sentOrder(shop, product);
    const invoice = (await ask(buyer, 'GET', `/v1/orders/${order}/invoice`)).value;
    check(invoice.number.startsWith(`${prefix}INV-`), `its number: ${invoice.number}`);
    await page.goto('/studio/invoices');
    await page.getByRole('link', { name: `Open ${invoice.number} as a page` }).waitFor();
    await look(page, `tax-${size}-3-invoices`);
    const pdf = await page.request.get(`/v1/invoices/${invoice.id}.pdf`);
    checkIs([pdf.status(), pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()].join(), '200,application/pdf,%PDF-', 'the PDF');
    const link = await page.getByRole('link', { name: 'Download table' }).getAttribute('href');
    const table = await (await page.request.get(link)).text();
    check(table.includes(`${invoice.number},invoice,`), 'the table has it');
    await page.goto(`/v1/invoices/${invoice.id}.html`);
    await page.getByText('CV Segara Rasa').waitFor();
    await look(page, `tax-${size}-4-page`, { fullPage: true });
  });

  await step('the operator adds a rate and removes it', async () => {
    await page.context().clearCookies();
    await signIn(page, operator);
    await page.goto('/operator/tax-rates?country=KE');
    await page.getByText('No rates for this country').waitFor();
    await page.getByRole('button', { name: 'Add rate' }).first().click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name on invoices').fill('VAT');
    await form.getByLabel('Per cent').fill('16,00001');
    await form.getByRole('button', { name: 'Add rate' }).click();
    await form.getByText('Give 0 to 100 with at most four decimals.').waitFor();
    await form.getByLabel('Per cent').fill('16');
    await form.getByLabel('From the day').fill('2025-01-01');
    await look(page, `tax-${size}-5-rate`);
    await form.getByRole('button', { name: 'Add rate' }).click();
    await page.getByText('VAT 16%').waitFor();
    await look(page, `tax-${size}-6-rates`);
    await page.getByRole('button', { name: /Remove: VAT 16%/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No rates for this country').waitFor();
  });

  checkIs(page.mistakes.join('\n'), '', 'mistakes of the page');
  await page.context().close();
}

const browser = await openBrowser();
for (const size of ['phone', 'desktop']) await run(browser, size);
await browser.close();
finish();
