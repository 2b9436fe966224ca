// Search on a running demo market, at a phone's size and a desktop's: box, suggestions, results, filters, corrections, recent ones.
// node tests/browser/search.mjs; the environment is described in kit.mjs.
import { asPerson, check, checkIs, finish, look, openBrowser, openStill, seller, shot, test, townReady } from './kit.mjs';

await townReady(18);
const browser = await openBrowser();
let page = await openStill(browser, 'phone');
const step = (name, run) => test(name, async () => {
  try {
    await run();
  } catch (e) {
    await shot(page, `search-FAIL-${name.replace(/\W+/g, '-')}`);
    throw e;
  }
  const mistakes = page.mistakes.splice(0);
  check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
});
const box = () => page.getByRole('combobox', { name: 'Search' });
const tiles = () => page.locator('.grid .tile');
const kind = name => page.getByRole('navigation', { name: 'What to show' }).getByRole('button', { name, exact: true });
const found = async what => { await tiles().filter({ hasText: what }).first().waitFor(); };
const owner = await asPerson(seller);
const shop = (await owner('GET', '/v1/me')).shops[0];
const stamp = Date.now().toString(36).replace(/\d/g, d => 'abcdefghij'[d]);

await step('the start says what can be done', async () => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  await box().waitFor();
  await look(page, 'search-01-start');
});

await step('suggestions come as one types, and the keyboard walks through them', async () => {
  await box().pressSequentially('bat');
  const list = page.getByRole('listbox', { name: 'Suggestions' });
  await list.getByRole('option').first().waitFor();
  await look(page, 'search-02-suggestions');
  await box().press('ArrowDown');
  checkIs(await list.getByRole('option').first().getAttribute('aria-selected'), 'true', 'the first is chosen');
  check(await box().getAttribute('aria-activedescendant'), 'the box says which one');
  await box().press('Escape');
  checkIs(await list.isVisible(), false, 'Escape closes the list');
  await box().press('ArrowDown');
  await list.getByRole('option').first().waitFor();
  await box().press('ArrowDown');
  await box().press('Enter');
  await page.waitForURL(/\/search\?q=batik/);
});

await step('results of all kinds, then of one', async () => {
  await found('Batik');
  await page.getByRole('heading', { name: 'Clips' }).waitFor();
  await look(page, 'search-03-all');
  await kind('Shops').click();
  await page.getByRole('link', { name: /Batik Segara/ }).waitFor();
  await look(page, 'search-04-shops');
  await kind('Hashtags').click();
  await page.getByRole('link', { name: /#batik/ }).first().waitFor();
  await kind('People').click();
  await page.waitForURL(/kind=person/);
  await page.waitForTimeout(300);
  await look(page, 'search-05-people');
});

await step('filters of products hold, are said and can be taken off', async () => {
  await page.goto('/search?q=batik&kind=product');
  await found('Batik');
  const before = await tiles().count();
  await page.getByRole('button', { name: /^Filters/ }).click();
  const sheet = page.getByRole('dialog', { name: 'Filters' });
  await look(page, 'search-06-filters');
  await sheet.getByRole('button', { name: /textiles/ }).click();
  await sheet.getByLabel('In stock').check();
  await sheet.getByLabel('To', { exact: true }).fill('nonsense');
  await sheet.getByRole('button', { name: 'Show products' }).click();
  await sheet.getByText('Enter an amount').waitFor();              // and the sheet stays
  await sheet.getByLabel('To', { exact: true }).fill('260000');
  await sheet.getByRole('button', { name: 'Show products' }).click();
  await page.getByRole('button', { name: 'Remove filter: textiles' }).waitFor();
  await page.waitForURL(/category=textiles.*max=26000000/);
  await found('Selendang');
  checkIs(await tiles().count(), 1, 'products below the price');
  await look(page, 'search-07-filtered');
  await page.reload();                                             // all of it is in the address
  await found('Selendang');
  checkIs(await tiles().count(), 1, 'products after a reload');
  await page.getByRole('button', { name: /Remove filter: Up to/ }).click();
  await page.getByRole('button', { name: 'Remove filter: textiles' }).click();
  await page.getByRole('button', { name: 'Remove filter: In stock' }).click();
  await page.waitForFunction(n => document.querySelectorAll('.grid .tile').length === n, before);
  await page.getByLabel('Sort').selectOption('price_down');
  await page.waitForURL(/sort=price_down/);
  await page.waitForTimeout(400);
  const prices = (await tiles().locator('.price-now').allTextContents()).map(t => Number(t.replace(/\D/g, '')));
  check(prices.length > 1 && prices.every((p, i) => i === 0 || p <= prices[i - 1]), `the dearest first: ${prices}`);
});

await step('a misspelt word is corrected, said, and can be had as typed', async () => {
  await page.goto('/search?q=kemja');
  await page.getByText('Showing results for').waitFor();
  await found('Kemeja');
  await look(page, 'search-08-corrected');
  await page.getByRole('link', { name: /Search for “kemja” instead/ }).click();
  await page.getByText('Nothing found for “kemja”').waitFor();
  await look(page, 'search-09-nothing');
});

await step('what a shop changes is found within a second', async () => {
  const [card] = (await owner('GET', `/v1/shops/${shop.shop}/products?limit=1`)).items;
  const { product: p } = await owner('GET', `/v1/studio/products/${card.id}`);
  const edited = await owner('PATCH', `/v1/products/${card.id}`, { version: p.version, title: `${p.title} ${stamp}` });
  const from = Date.now();
  let n = 0;
  while (!n && Date.now() - from < 5000) {
    const r = await (await fetch(`${process.env.ETALASE_URL ?? 'http://127.0.0.1:8080'}/v1/search?q=${stamp}&exact=true`)).json();
    n = r.products.length;
    if (!n) await new Promise(done => setTimeout(done, 50));
  }
  console.log(`      found after ${Date.now() - from} ms`);
  checkIs(n, 1, 'the new title');
  await owner('PATCH', `/v1/products/${card.id}`, { version: edited.version, title: p.title });
});

await step('what one searched for is remembered here, and can be forgotten', async () => {
  await page.goto('/search');
  for (const q of ['lampu', 'kopi susu <b>']) {
    await box().fill(q);
    await box().press('Enter');
    await page.waitForURL(new RegExp(`q=${q.slice(0, 4)}`));
    await page.goto('/search');
  }
  await page.getByRole('link', { name: 'kopi susu <b>' }).waitFor();
  await look(page, 'search-10-recent');
  await page.getByRole('button', { name: /Remove “kopi susu <b>”/ }).click();
  checkIs(await page.getByRole('link', { name: 'kopi susu <b>' }).count(), 0, 'entries');
  await page.getByRole('button', { name: 'Clear all' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Clear all' }).click();
  await page.waitForFunction(() => !document.body.textContent.includes('Recent searches'));
});

await step('nonsense breaks nothing', async () => {
  for (const q of ['"', '-', '((', 'a'.repeat(200), '\u202eabc', '%', 'مرحبا', '👟', '"kopi"-"']) {
    await page.goto(`/search?q=${encodeURIComponent(q)}&kind=product`);
    await page.locator('.empty, .grid').first().waitFor();
  }
  await page.goto(`/search?q=${'kemeja'.repeat(30)}`);
  await page.locator('.empty, .grid').first().waitFor();
  await look(page, 'search-11-long');
  await page.goto('/search?q=kopi&kind=nonsense&min=x&delivers=zz&sort=9');
  await found('Gayo');
});

await page.context().close();
page = await openStill(browser, 'desktop');

await step('at a desktop the filters stand at the side', async () => {
  await page.goto('/search?q=batik&kind=product');
  await found('Batik');
  await page.getByRole('complementary', { name: 'Filters' }).getByRole('button', { name: /textiles/ }).click();
  await page.waitForURL(/category=textiles/);
  await page.waitForTimeout(300);
  await look(page, 'search-20-desktop-products');
  await page.goto('/search?q=kopi');
  await found('Gayo');
  await look(page, 'search-21-desktop-all');
  await box().fill('kem');
  await page.getByRole('option').first().waitFor();
  await look(page, 'search-22-desktop-suggestions');
});

await step('from right to left', async () => {
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await page.goto('/search?q=batik&kind=product');
  await page.evaluate(() => { document.documentElement.dir = 'rtl'; });
  await found('Batik');
  await look(page, 'search-23-desktop-rtl');
  await page.setViewportSize({ width: 390, height: 844 });
  await box().fill('bat');
  await page.getByRole('option').first().waitFor();
  await look(page, 'search-24-phone-rtl');
});

await browser.close();
finish();
