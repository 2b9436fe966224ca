// A seller's stock in the browser, at both sizes: levels, changes with a reason, warehouses, moving, what is set aside, deliveries, bundles, what
// runs low, the files. Wrong numbers are told at their field. Needs a running demo market.
import { readFileSync } from 'node:fs';
import { asPerson, base, check, checkIs, finish, look, openBrowser, openStill, shot, test } from './kit.mjs';

const stamp = Date.now().toString(36);
const rupiah = minor => ({ minor, currency: 'IDR' });
const LONG = 'Kursi teras dari rotan pilihan dengan sandaran tinggi, dianyam tangan oleh perajin di Jepara';

async function setUp(size) {
  const who = { email: `gudang-${size}-${stamp}@example.com`, password: 'sebelas kata sandi' };
  const r = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...who, name: 'Lastri Gudang', locale: 'en' }) });
  check(r.ok, `an account: ${r.status}`);
  const ask = await asPerson(who);
  const shop = await ask('POST', '/v1/shops', { name: `Gudang ${size}`, handle: `gudang-${size}-${stamp}`, currency: 'IDR', country: 'ID', city: 'Jepara', shipping: rupiah(1500000),
    dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 3 });
  return { who, ask, shop };
}

const fill = ({ ask, shop }) => Promise.all([['chair', LONG, ['Cokelat', 'Hitam'], 12], ['table', 'Meja teras', undefined, 4], ['set', 'Set teras', undefined, 0]].map(async ([key, title, options, stock]) =>
  [key, await ask('POST', `/v1/shops/${shop.id}/products`, { title, pictures: [], options: options ? [{ name: 'Warna', values: options }] : [],
    variants: (options ?? ['']).map((o, i) => ({ sku: `${key.toUpperCase()}-${i}`, options: o ? [o] : [], price: rupiah(9000000), stock })) })])).then(Object.fromEntries);

function stepper(size, page) {
  let broken = '';                                          // each step stands on those before it
  return (what, run) => test(`${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      await shot(page, `stock-${size}-FAIL-${what.replace(/\W+/g, '-').slice(0, 50)}`);
      throw e;
    }
    checkIs(page.mistakes.splice(0).join('\n'), '', 'mistakes of the page');
  });
}

async function full(page, name) {
  await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
  await look(page, name, { fullPage: true });
}

async function journey(size) {
  const town = await setUp(size);
  const page = await openStill(browser, size, { acceptDownloads: true });
  const step = stepper(size, page);
  const name = n => `stock-${size}-${n}`;
  const dialog = () => page.getByRole('dialog').last();
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const number = key => page.locator('.stock-numbers > div', { hasText: key }).locator('dd').innerText();
  const numbers = async want => {
    for (const [key, n] of Object.entries(want)) {
      await page.waitForFunction(([k, v]) => [...document.querySelectorAll('.stock-numbers > div')].find(d => d.querySelector('dt')?.textContent === k)?.querySelector('dd')?.textContent === v, [key, String(n)])
        .catch(async () => checkIs(await number(key), String(n), key));
    }
  };
  const act = text => page.locator('.stock-do').getByRole('button', { name: text }).click();
  let goods;

  await step('begins empty, and says what to do', async () => {
    await page.addInitScript(() => { if (!localStorage.getItem('etalase.locale')) localStorage.setItem('etalase.locale', 'en'); });
    await page.goto(`/sign-in?next=${encodeURIComponent('/studio/stock')}`);
    await page.getByLabel('E-mail').fill(town.who.email);
    await page.getByLabel('Password', { exact: true }).fill(town.who.password);
    await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'No stock yet' }).waitFor();
    for (const place of await page.locator('.studio-place').all()) check(await place.locator('svg').count() <= 1, 'one icon a place');
    await full(page, name('01-empty'));
    goods = await fill(town);
  });

  await step('all variants, and finding one', async () => {
    await page.reload();
    await page.getByRole('link', { name: /Meja teras/ }).waitFor();
    checkIs(await page.locator('.stock-table tbody tr').count(), 4, 'variants');
    await full(page, name('02-levels'));
    await page.getByRole('searchbox').fill('lemari');
    await page.getByRole('heading', { name: 'Nothing of that name' }).waitFor();
    await full(page, name('03-none'));
    await page.getByRole('searchbox').fill('hitam');
    await page.waitForFunction(() => document.querySelectorAll('.stock-table tbody tr').length === 1);
    await page.getByRole('link', { name: /Kursi teras/ }).click();
    await numbers({ 'On the shelf': 12, 'Can be sold': 12 });
  });

  await step('a change has a reason; what cannot be is told at the field', async () => {
    await act('Change stock');
    await dialog().getByRole('button', { name: 'Change stock' }).click();
    await dialog().getByText('A whole number, please.').waitFor();
    await dialog().getByRole('radio', { name: 'Lost' }).check();
    await dialog().getByLabel('How many are gone').first().fill('13');
    await dialog().getByRole('button', { name: 'Change stock' }).click();
    await dialog().getByText('At most 12.').waitFor();
    await look(page, name('04-change'));
    await dialog().getByLabel('How many are gone').first().fill('2');
    await dialog().getByText('Then 10 on the shelf').waitFor();
    await dialog().getByLabel(/^Note/).fill('Jatuh dari truk, tidak bisa diperbaiki lagi');
    await dialog().getByRole('button', { name: 'Change stock' }).click();
    await closed();
    await numbers({ 'On the shelf': 10 });
    await page.getByText(/Jatuh dari truk/).waitFor();
    await full(page, name('05-item'));
  });

  await step('a second warehouse, and the line below which things are low', async () => {
    await page.goto('/studio/warehouses');
    await page.getByRole('button', { name: 'Add a warehouse' }).click();
    await dialog().getByRole('button', { name: 'Save' }).click();
    await dialog().getByText('Please fill this in.').waitFor();
    await look(page, name('06-warehouse'));
    await dialog().getByLabel('Name', { exact: true }).fill('Gudang Semarang');
    await dialog().getByLabel(/^City/).fill('Semarang');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await closed();
    await page.getByText('Gudang Semarang').first().waitFor();
    await page.getByRole('textbox', { name: 'Low at' }).fill('x');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A whole number, please.').waitFor();
    await page.getByRole('textbox', { name: 'Low at' }).fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.locator('.toast', { hasText: 'Saved' }).waitFor();
    await full(page, name('07-warehouses'));
  });

  await step('moving between them', async () => {
    await page.goto(`/studio/stock/${goods.chair.variants[1].id}`);
    await act('Move');
    await dialog().getByRole('textbox', { name: 'How many' }).fill('11');
    await dialog().getByRole('button', { name: 'Move', exact: true }).click();
    await dialog().getByText('At most 10.').waitFor();
    await look(page, name('08-move'));
    await dialog().getByRole('textbox', { name: 'How many' }).fill('3');
    await dialog().getByRole('button', { name: 'Move', exact: true }).click();
    await closed();
    await page.locator('.stock-table', { hasText: 'Gudang Semarang' }).getByRole('row', { name: /Gudang Semarang.* 3/ }).waitFor();
  });

  await step('setting aside, and giving back', async () => {
    await act('Set aside');
    await dialog().getByRole('textbox', { name: 'How many' }).fill('11');
    await dialog().getByRole('button', { name: 'Set aside' }).click();
    await dialog().getByText('At most 10.').waitFor();
    await dialog().getByRole('textbox', { name: 'How many' }).fill('2');
    await dialog().getByLabel(/^What for/).fill('Pameran');
    await look(page, name('09-aside'));
    await dialog().getByRole('button', { name: 'Set aside' }).click();
    await closed();
    await numbers({ 'Set aside': 2, 'Can be sold': 8 });
  });

  await step('a delivery that comes in parts', async () => {
    await act('Add delivery');
    await dialog().getByRole('button', { name: 'Add delivery' }).click();
    await dialog().getByText('A whole number, please.').waitFor();
    await dialog().getByRole('textbox', { name: 'How many' }).fill('20');
    await dialog().getByLabel(/^Expected on/).fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
    await dialog().getByLabel(/^Note/).fill('CV Rotan Jaya, pesanan 4711');
    await look(page, name('10-expect'));
    await dialog().getByRole('button', { name: 'Add delivery' }).click();
    await closed();
    await numbers({ 'On its way': 20 });
    await page.getByRole('button', { name: 'It came' }).click();
    await dialog().getByRole('textbox', { name: 'How many came' }).fill('21');
    await dialog().getByRole('button', { name: 'Put on the shelf' }).click();
    await dialog().getByText('At most 20.').waitFor();
    await look(page, name('11-receive'));
    await dialog().getByRole('textbox', { name: 'How many came' }).fill('5');
    await dialog().getByRole('button', { name: 'Put on the shelf' }).click();
    await closed();
    await numbers({ 'On the shelf': 15, 'On its way': 15 });
    await full(page, name('12-item'));
    await town.ask('POST', `/v1/shops/${town.shop.id}/incoming`, { variant: goods.table.variants[0].id, quantity: 6, expected: new Date(Date.now() - 4 * 86_400_000).toISOString() });
    await page.goto('/studio/stock?view=expected');
    await page.getByText(/^late: expected/).waitFor();
    await full(page, name('13-deliveries'));
    await page.goto('/studio/stock?view=aside');
    await page.getByText('Pameran').waitFor();
    await full(page, name('14-aside-list'));
    await page.getByRole('button', { name: 'Give back' }).click();
    await dialog().getByRole('button', { name: 'Give back' }).click();
    await page.getByRole('heading', { name: 'Nothing is set aside' }).waitFor();
    await full(page, name('15-aside-none'));
  });

  await step('a bundle has no stock of its own', async () => {
    await page.goto(`/studio/stock/${goods.set.variants[0].id}`);
    await page.getByRole('button', { name: 'Make it a bundle' }).click();
    await dialog().getByRole('button', { name: 'Save the bundle' }).click();
    await dialog().getByText('Add at least one part.').waitFor();
    await dialog().getByRole('searchbox').fill('hitam');
    await dialog().getByRole('button', { name: /Cokelat/ }).waitFor({ state: 'detached' });
    await dialog().getByRole('button', { name: /Hitam/ }).click();
    await dialog().getByLabel('How many in one').first().waitFor();
    await dialog().getByLabel('How many in one').first().fill('0');
    await dialog().getByRole('button', { name: 'Save the bundle' }).click();
    await dialog().getByText('At least one.').waitFor();
    await look(page, name('16-bundle'));
    await dialog().getByLabel('How many in one').first().fill('2');
    await dialog().getByRole('button', { name: 'Add a part' }).click();
    await dialog().getByRole('button', { name: /Meja teras/ }).click();
    await dialog().getByRole('button', { name: 'Save the bundle' }).click();
    await closed();
    await numbers({ 'Can be sold': 4 });                    // fifteen chairs make seven, four tables four
    await full(page, name('17-bundle-made'));
  });

  await step('what runs low, here and in the seller’s day', async () => {
    await page.goto('/studio/stock?view=low');
    await page.getByRole('link', { name: /Meja teras/ }).waitFor();
    await full(page, name('18-low'));
    await page.goto('/studio');
    await page.getByRole('heading', { name: 'Running low' }).waitFor();
    await full(page, name('19-today'));
  });

  await step('all movements, narrowed down, and the files', async () => {
    await page.goto('/studio/stock?view=moves');
    await page.getByText('Came in').or(page.getByText('Received')).first().waitFor();
    await full(page, name('20-moves'));
    await page.getByRole('button', { name: 'Narrow down' }).click();
    await page.getByLabel('Why').selectOption('lost');
    await page.waitForFunction(() => document.querySelectorAll('.stock-moves li').length === 1);
    await full(page, name('21-narrow'));
    const [moves] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()]);
    const lines = readFileSync(await moves.path(), 'utf8').trim().split('\r\n');
    checkIs(lines.length, 2, 'a heading and the loss');
    check(lines[1].includes(',-2,') && lines[1].includes('Jatuh dari truk'), `the loss: ${lines[1]}`);
    await page.getByLabel('Why').selectOption('damaged');
    await page.getByRole('heading', { name: 'Nothing moved that fits' }).waitFor();
    await page.goto('/studio/stock');
    const [levels] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()]);
    check(readFileSync(await levels.path(), 'utf8').includes('CHAIR-1'), 'the levels');
    await full(page, name('22-levels'));
  });

  await step('in Indonesian, dark, from right to left', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await page.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    await other.goto('/studio/stock?dir=rtl');
    await other.locator('.stock-table').waitFor();
    await full(other, name('23-levels-rtl'));
    await other.goto(`/studio/stock/${goods.chair.variants[1].id}?dir=rtl`);
    await other.locator('.stock-numbers').waitFor();
    await full(other, name('24-item-rtl'));
    check(!/\b(On the shelf|Can be sold|Received|Moved)\b/.test(await other.locator('.page').innerText()), 'no English is left');
    checkIs(other.mistakes.join('\n'), '', 'mistakes of the page');
    await other.context().close();
  });
  await page.context().close();
}

const browser = await openBrowser();
await Promise.all((process.env.ETALASE_SIZES ?? 'phone,desktop').split(',').map(journey));      // they share nothing but the market
await browser.close();
finish();
