// The seller's whole job on a running demo market, at both sizes: open a shop, add a product, upload a real video over a line
// that breaks, be seen, sell, pack and ship. node tests/browser/seller.mjs; the environment is described in kit.mjs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, check, checkIs, finish, inspect, look, openBrowser, openStill, shot, test } from './kit.mjs';

const MADE_MS = 180_000;            // a clip of some seconds, on a busy machine
const UPLOAD_BYTES_S = 3_000_000;   // slow enough to break the line in the middle
const stamp = Date.now().toString(36);
const folder = mkdtempSync(join(tmpdir(), 'etalase-seller-'));
const files = media();
const browser = await openBrowser();

try {
  for (const size of (process.env.ETALASE_SIZES ?? 'phone,desktop').split(',')) await everything(size);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
finish();

async function everything(size) {
  const page = await openStill(browser, size);
  const phone = size === 'phone';
  const name = n => `seller-${size}-${n}`;
  const me = { email: `toko-${size}-${stamp}@example.com`, password: 'sebelas kata sandi' };
  const handle = `uji-${size}-${stamp}`;
  const title = `Kemeja uji ${size}`;
  const state = { shop: '', product: '', clip: '', order: '' };
  let broken = '';                                          // each step stands on those before it
  const step = (what, run) => test(`seller, ${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      await shot(page, `${name('FAIL')}-${what.replace(/\W+/g, '-').slice(0, 60)}`);
      throw e;
    }
    const mistakes = page.mistakes.splice(0);
    check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
  });
  const toast = text => page.locator('.toast', { hasText: text }).waitFor();
  // The whole page from its top: what sticks to the screen's edges would otherwise lie in the middle of the picture.
  const full = async n => {
    await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    await look(page, n, { fullPage: true });
  };
  const dialog = () => page.getByRole('dialog').last();
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });

  await step('signs up on the way to the studio', async () => {
    await page.goto('/studio');
    await page.waitForURL('**/sign-in?next=*');
    await page.locator('main').getByRole('link', { name: 'Make an account' }).click();
    await page.getByLabel('Your name').fill('Sari Penjual');
    await page.getByLabel('E-mail').fill(me.email);
    await page.getByLabel('Password', { exact: true }).fill(me.password);
    await page.locator('form').getByRole('button', { name: 'Make an account' }).click();
    await page.getByRole('heading', { name: 'Open your shop' }).waitFor();
    await full(name('01-open'));
  });

  await step('mistakes in the form are said where they are', async () => {
    const form = page.locator('form');
    await form.getByRole('button', { name: 'Open a shop' }).click();
    await form.getByText('Please fill this in.').first().waitFor();
    await page.waitForTimeout(100);
    checkIs(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'name', 'the field that has the focus');
    await (await person(`lain-${size}`)).ask('POST', '/v1/shops', {
      name: 'Milik Lain', handle: `milik${stamp}${size}`, currency: 'IDR', country: 'ID', shipping: { minor: 0, currency: 'IDR' }, dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 2,
    });
    await form.getByLabel('Name of the shop').fill(`Milik ${stamp} ${size}`);
    checkIs(await form.getByLabel('Handle').inputValue(), `milik${stamp}${size}`, 'the handle that follows the name');
    await form.getByText('That handle is taken.').waitFor();
    await form.getByLabel('Shipping fee').fill('a lot');
    await form.getByRole('textbox', { name: 'On its way, at most' }).fill('1');
    await form.getByRole('button', { name: 'Open a shop' }).click();
    await form.getByText('Write an amount').waitFor();
    await form.getByText('This cannot be less than the shortest time.').waitFor();
    await full(name('02-open-mistakes'));
  });

  await step('opens the shop', async () => {
    const form = page.locator('form');
    await form.getByLabel('Name of the shop').fill(`Toko Uji ${size}`);
    await form.getByLabel('Handle').fill(handle.toUpperCase());
    await form.getByText(`@${handle} is free`).waitFor();
    await form.getByLabel('About the shop').fill('Kemeja dari tiga rumah di gang yang sama.');
    await form.getByLabel('City').fill('Pekalongan');
    await form.getByLabel('Shipping fee').fill('15.000');
    await form.getByLabel('Free shipping from').fill('500000');
    await form.getByRole('textbox', { name: 'On its way, at most' }).fill('4');
    await form.getByRole('button', { name: 'One more: On its way, at most' }).click();
    await full(name('03-open-filled'));
    await form.getByRole('button', { name: 'Open a shop' }).click();
    await page.getByText('First steps').waitFor();
    const shop = await get(`/v1/shops/by-handle/${handle}`);
    checkIs(shop.shipping_minor, 1500000, 'the fee in minor units');
    checkIs(shop.free_over_minor, 50000000, 'the free limit in minor units');
    checkIs(shop.delivery_max_days, 5, 'days at most');
    state.shop = shop.id;
    await page.waitForTimeout(500);
    await full(name('04-today-new'));
  });

  await step('empty places say what to do next', async () => {
    const nav = page.getByRole('navigation', { name: 'Studio' });
    await nav.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('heading', { name: 'Nothing on sale yet' }).waitFor();
    await look(page, name('05-products-empty'));
    await page.getByRole('tab', { name: 'Drafts' }).click();
    await page.getByRole('heading', { name: 'No drafts' }).waitFor();
    check(page.url().endsWith('?state=draft'), 'the tab is in the address');
    await nav.getByRole('link', { name: 'Clips' }).click();
    await page.getByRole('heading', { name: 'No clips yet' }).waitFor();
    await look(page, name('06-clips-empty'));
    await nav.getByRole('link', { name: 'Orders' }).click();
    await page.getByRole('heading', { name: 'Nothing to pack' }).waitFor();
    await look(page, name('07-orders-empty'));
  });

  await step('pictures go up, several at once, and change their order', async () => {
    await page.goto('/studio/products/new');
    await full(name('08-product-new'));
    await page.locator('.shot-pick input').first().setInputFiles([files.red, files.large, files.blue]);
    await page.locator('.shot .shot-part').first().waitFor();
    await shot(page, name('09-pictures-going'));
    await page.locator('.shot').nth(2).waitFor();
    await page.waitForFunction(() => document.querySelectorAll('.shot').length === 3 && !document.querySelector('.shot-part'), undefined, { timeout: 60_000 });
    await page.getByRole('button', { name: 'Move picture 3 forward' }).click();
    const order = () => page.evaluate(() => [...document.querySelectorAll('.shot img')].map(i => i.getAttribute('src')));
    const before = await order();
    if (!phone) {                                           // by hand
      const from = await page.locator('.shot').nth(2).boundingBox(), to = await page.locator('.shot').nth(0).boundingBox();
      await page.mouse.move(from.x + 30, from.y + 60);
      await page.mouse.down();
      await page.mouse.move(to.x + 70, to.y + 60, { steps: 12 });
      await page.mouse.up();
      const after = await order();
      checkIs(after[0], before[2], 'the picture that was dragged to the front');
    } else await page.getByRole('button', { name: 'Move picture 2 forward' }).click();
    check((await order())[0] !== before[0], 'another picture is the cover');
    // A file that only says that it is a picture.
    await page.locator('.shot-pick input').first().setInputFiles(files.broken);
    await page.locator('.shot-told').waitFor({ timeout: 30_000 });
    await look(page, name('10-picture-broken'));
    await page.getByRole('button', { name: 'Remove picture 4' }).click();
    checkIs(await page.locator('.shot').count(), 3, 'pictures');
  });

  await step('options make variants; what is wrong with one is said there', async () => {
    await page.getByRole('button', { name: 'Add an option' }).click();
    await page.getByLabel('Option', { exact: true }).fill('Ukuran');
    const sizes = page.getByLabel('Values of Ukuran');
    await sizes.fill('S, M,');
    await page.getByRole('button', { name: 'Add another option' }).click();
    await page.getByLabel('Option', { exact: true }).nth(1).fill('Warna');
    await page.getByLabel('Values of Warna').fill('Nila');
    await page.keyboard.press('Enter');
    await page.getByLabel('Values of Warna').fill('Soga');
    await page.keyboard.press('Enter');
    await page.locator('main').getByRole('button', { name: 'Put on sale' }).click();
    await toast('Look at the marked fields first.');
    await page.getByText('Please fill this in.').first().waitFor();
    await page.getByText('Write an amount').first().waitFor();
    await full(name('11-product-mistakes'));
    await page.getByLabel('Name of the product').fill(title);
    await page.getByLabel('Description').fill('Katun, dicelup enam kali.\nCuci dengan tangan.');
    await page.getByLabel('Category').fill('Pakaian');
    await page.getByRole('button', { name: 'Fill in all' }).click();
    await dialog().locator('[name=fill-price]').fill('389.000');
    await dialog().locator('[name=fill-stock]').fill('6');
    await look(page, name('12-fill'));
    await dialog().getByRole('button', { name: 'Fill in 4 variants' }).click();
    await closed();
    if (phone) {
      await page.locator('.variant-line', { hasText: 'M · Soga' }).click();
      await dialog().locator('[name=price]').fill('399000,50');
      await dialog().locator('[name=compare]').fill('450.000');
      await dialog().locator('[name=stock]').fill('2');
      await look(page, name('13-variant'));
      await dialog().getByRole('button', { name: 'Done' }).click();
      await closed();
      await page.locator('.variant-line', { hasText: 'S · Soga' }).click();
      await dialog().getByLabel('Offered').uncheck();
      await dialog().getByRole('button', { name: 'Done' }).click();
      await closed();
    } else {
      await page.getByLabel('Price, M · Soga').fill('399000,50');
      await page.getByLabel('Price before, M · Soga').fill('450.000');
      await page.getByLabel('Stock, M · Soga').fill('2');
      await page.getByLabel('Offered: S · Soga').uncheck();
    }
    await full(name('14-product-filled'));
    await page.locator('main').getByRole('button', { name: 'Put on sale' }).click();
    await toast(`${title} is on sale`);
    await page.locator('.product-row', { hasText: title }).waitFor();
    await page.waitForTimeout(400);
    await look(page, name('15-products'));
    const list = await get(`/v1/shops/${state.shop}/products`);
    const p = await get(`/v1/products/${list.items[0].id}`);
    state.product = p.id;
    checkIs(p.variants.length, 3, 'variants on sale');
    const of = (...options) => p.variants.find(v => v.options.join() === options.join());
    checkIs(of('M', 'Soga').price.minor, 39900050, 'the price, to the unit');
    checkIs(of('M', 'Soga').compare_at.minor, 45000000, 'the price before');
    checkIs(of('M', 'Soga').stock, 2, 'the stock of the last one');
    checkIs(of('S', 'Nila').price.minor, 38900000, 'the price of the others');
    check(!of('S', 'Soga'), 'what is not offered is not there');
    checkIs(p.pictures.length, 3, 'pictures');
    check(p.pictures.every(x => x.width <= 1280 && x.height <= 1280), 'pictures have come in sizes for screens');
    const webp = await fetch(`${base}${p.pictures[0].url}/640.webp`);
    checkIs(webp.headers.get('content-type'), 'image/webp', 'the type of a picture');
  });

  await step('nothing that was typed is lost by accident', async () => {
    await page.locator('.product-row', { hasText: title }).click();
    await page.getByLabel('Name of the product').fill(`${title} baru`);
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await dialog().getByRole('heading', { name: 'Leave without saving?' }).waitFor();
    await look(page, name('16-unsaved'));
    await dialog().getByRole('button', { name: 'Not now' }).click();
    await closed();
    await page.waitForTimeout(300);
    await page.goBack();
    await dialog().getByRole('button', { name: 'Not now' }).click();
    await closed();
    await page.waitForTimeout(300);
    if (!phone) {
      await page.getByRole('navigation', { name: 'Studio' }).getByRole('link', { name: 'Orders' }).click();
      await dialog().getByRole('button', { name: 'Not now' }).click();
      await closed();
    }
    checkIs(await page.getByLabel('Name of the product').inputValue(), `${title} baru`, 'what was typed');
    // Meanwhile a colleague saves.
    const mine = await session(page);
    const p = await get(`/v1/products/${state.product}`);
    await mine('PATCH', `/v1/products/${state.product}`, { version: p.version, category: 'Busana' });
    await page.locator('main').getByRole('button', { name: 'Save' }).click();
    await dialog().getByRole('heading', { name: 'Someone changed this meanwhile' }).waitFor();
    await look(page, name('17-clash'));
    await dialog().getByRole('button', { name: 'Keep my changes' }).click();
    await closed();
    await page.waitForTimeout(300);
    await page.locator('main').getByRole('button', { name: 'Save' }).click();
    await toast('Saved');
    checkIs((await get(`/v1/products/${state.product}`)).title, `${title} baru`, 'the title after the clash');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await page.locator('.product-row', { hasText: `${title} baru` }).waitFor();
    check(new URL(page.url()).pathname === '/studio/products', `back leads to the list, not to ${page.url()}`);
  });

  await step('stock moves with a reason, and the history says so', async () => {
    await page.locator('.product-row', { hasText: `${title} baru` }).click();
    await page.getByLabel('Name of the product').waitFor();
    await page.waitForTimeout(400);
    await full(name('18-product'));
    if (phone) await page.locator('.variant-line', { hasText: 'S · Soga' }).getByText('Not offered').waitFor();
    else check(!await page.getByLabel('Offered: S · Soga').isChecked(), 'what was not offered is still not offered');
    if (phone) {
      await page.locator('.variant-line', { hasText: 'M · Soga' }).click();
      await dialog().getByRole('button', { name: '2 in stock' }).click();
    } else await page.getByRole('button', { name: 'Stock, M · Soga: 2' }).click();
    const sheet = dialog();
    await sheet.getByText('Received', { exact: true }).click();
    await sheet.getByRole('textbox', { name: 'How many came in' }).fill('5');
    await sheet.getByText('Then 7 on the shelf').waitFor();
    await sheet.getByLabel('Note').fill('Dari penjahit');
    await sheet.getByRole('button', { name: 'Change stock' }).click();
    await toast('Stock changed: 7 on the shelf');
    await sheet.locator('.moves li', { hasText: 'Dari penjahit' }).waitFor();
    await sheet.getByText('Lost', { exact: true }).click();
    await sheet.getByRole('textbox', { name: 'How many are gone' }).fill('99');
    await sheet.getByRole('button', { name: 'Change stock' }).click();
    await sheet.getByText('At most 7').waitFor();
    await look(page, name('19-stock'));
    await page.keyboard.press('Escape');
    if (phone) { await page.waitForTimeout(300); await page.keyboard.press('Escape'); }
    await closed();
    check(!await page.locator('main').getByRole('button', { name: 'Save' }).count(), 'a movement leaves nothing to save');
  });

  await step('archives a product and puts it on sale again', async () => {
    await page.getByRole('button', { name: 'Archive' }).click();
    await dialog().getByRole('button', { name: 'Archive' }).click();
    await toast('Archived');
    checkIs((await get(`/v1/products/${state.product}`)).state, 'archived', 'the state');
    await page.getByRole('button', { name: 'Put on sale again' }).click();
    await toast('On sale now');
    checkIs((await get(`/v1/products/${state.product}`)).state, 'active', 'the state');
    checkIs((await get(`/v1/products/${state.product}`)).variants.length, 3, 'variants on sale');
    // Who wants to leave, leaves, and nothing was saved.
    await page.getByLabel('Name of the product').fill('Bukan ini');
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await dialog().getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL(u => u.pathname === '/studio/products');
    checkIs((await get(`/v1/products/${state.product}`)).title, `${title} baru`, 'the title');
  });

  await step('what is no video, or too long, is said before anything is sent', async () => {
    await page.goto('/studio/clips/new');
    await page.getByRole('heading', { name: 'Choose a video' }).waitFor();
    await look(page, name('20-clip-new'));
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles(files.red);
    await page.getByText('This is not a video.').waitFor();
    await input.setInputFiles(files.long);
    await page.getByText('This video lasts 10:05; at most 10 minutes are possible.').waitFor();
    await look(page, name('21-clip-too-long'));
    checkIs((await (await session(page))('GET', '/v1/uploads')).items.length, 0, 'uploads begun');
  });

  await step('a video goes up over a line that breaks, and goes on where it was', async () => {
    const places = [];
    page.on('request', r => { if (r.method() === 'PATCH' && r.url().includes('/v1/uploads/')) places.push(Number(r.headers()['upload-offset'])); });
    const cdp = await page.context().newCDPSession(page);
    const line = offline => cdp.send('Network.emulateNetworkConditions', { offline, latency: 5, downloadThroughput: -1, uploadThroughput: UPLOAD_BYTES_S });
    await line(false);
    await page.locator('input[type=file]').first().setInputFiles(files.video);
    await page.waitForFunction(() => (document.querySelector('.way [role=progressbar]')?.getAttribute('aria-valuenow') ?? 0) >= 20, undefined, { timeout: 60_000 });
    await page.getByText(/\/s/).first().waitFor();
    await look(page, name('22-clip-going'));
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('.way strong', { hasText: 'Paused' }).waitFor();
    const held = await page.locator('.way [role=progressbar]').getAttribute('aria-valuenow');
    await page.waitForTimeout(800);
    checkIs(await page.locator('.way [role=progressbar]').getAttribute('aria-valuenow'), held, 'progress while it is paused');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.locator('.way strong', { hasText: 'On its way' }).waitFor();
    await page.waitForFunction(() => Number(document.querySelector('.way [role=progressbar]')?.getAttribute('aria-valuenow')) >= 45, undefined, { timeout: 60_000 });
    await line(true);
    await page.locator('.way strong', { hasText: 'Waiting for the network' }).waitFor({ timeout: 40_000 });
    await look(page, name('23-clip-offline'));
    await line(false);
    await page.locator('.way strong', { hasText: 'On its way' }).waitFor({ timeout: 30_000 });
    check(places.some(p => p > 0), `it began anew: ${places}`);

    // Words while it goes; then the page is left as by a crash, and loaded again.
    await page.getByLabel('Caption').fill('Tiga cara memakainya #batik');
    await page.waitForURL('**&upload=*');
    await page.waitForTimeout(300);
    const address = page.url();
    page.once('dialog', d => void d.accept());
    await page.goto('/studio/clips');
    await page.locator('.unfinished-one').waitFor();
    await look(page, name('24-clips-unfinished'));
    await page.locator('.unfinished-one a').click();
    await page.getByRole('heading', { name: 'Go on with the upload' }).waitFor();
    check(address.includes(new URL(page.url()).searchParams.get('upload')), 'the same upload');
    await page.locator('input[type=file]').first().setInputFiles(files.short);
    await page.getByText('That is another file.').waitFor();
    await look(page, name('25-clip-go-on'));
    const sent = places.length;
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: UPLOAD_BYTES_S });
    await page.locator('input[type=file]').first().setInputFiles(files.video);
    await page.locator('.way').waitFor();
    checkIs(await page.getByLabel('Caption').inputValue(), 'Tiga cara memakainya #batik', 'the words that were kept');
    await page.getByRole('button', { name: 'Tag products' }).click();
    await dialog().locator('.pick', { hasText: title }).click();
    await look(page, name('26-tags'));
    await dialog().getByRole('button', { name: 'Done, 1 product' }).click();
    await closed();
    await page.getByRole('button', { name: /^Publish/ }).click();
    await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await toast('Published. It plays as soon as it is ready.');
    const resumed = places[sent];
    check(resumed > 0, `after the reload it went on at ${resumed}`);
    await page.waitForURL(/\/studio\/clips\/\d+$/);
    state.clip = new URL(page.url()).pathname.split('/').pop();
    await look(page, name('27-clip-making'));
  });

  await step('the clip is made, and plays in the feed', async () => {
    await page.goto('/studio/clips');
    await page.locator('.clip-card').first().waitFor();
    await shot(page, name('28-clips-making'));
    await page.locator('.clip-card .badge', { hasText: 'Playing' }).first().waitFor({ timeout: MADE_MS });
    await page.waitForTimeout(600);
    await look(page, name('29-clips'));
    const clip = await get(`/v1/clips/${state.clip}`);
    check(clip.sound, 'it has its sound');
    check(Math.abs(clip.duration_ms - 8000) < 400, `it lasts ${clip.duration_ms} ms`);
    checkIs(clip.products[0]?.id, state.product, 'its product');
    let shows = false;
    for (let next = ''; next !== undefined && !shows;) {
      const feed = await get(`/v1/feed?mode=popular&limit=20${next && `&after=${next}`}`);
      shows = feed.items.some(c => c.id === state.clip);
      next = feed.next;
    }
    check(shows, 'the feed shows it');
    await page.goto(`/clip/${state.clip}`);
    await page.waitForFunction(() => [...document.querySelectorAll('video')].some(v => !v.paused && v.currentTime > 0.2), undefined, { timeout: 20_000 });
    await shot(page, name('30-feed'));
  });

  await step('words and products of a clip change; it is hidden and shown again', async () => {
    await page.goto(`/studio/clips/${state.clip}`);
    await page.getByLabel('Caption').fill('Empat cara memakainya');
    await full(name('31-clip-edit'));
    await page.getByRole('button', { name: 'Save' }).click();
    await toast('Saved');
    checkIs((await get(`/v1/clips/${state.clip}`)).caption, 'Empat cara memakainya', 'the caption');
    await page.getByRole('button', { name: 'Hide' }).click();
    await page.getByText('Nobody sees this clip.').waitFor();
    checkIs((await fetch(`${base}/v1/clips/${state.clip}`)).status, 404, 'a stranger’s answer');
    await look(page, name('32-clip-hidden'));
    await page.getByRole('button', { name: 'Show again' }).click();
    await toast('Playing again');
  });

  await step('a file that is no video fails with a reason', async () => {
    await page.goto('/studio/clips/new');
    await page.locator('input[type=file]').first().setInputFiles(files.nonsense);
    await page.getByRole('button', { name: /^Publish/ }).click();
    await page.waitForURL(/\/studio\/clips\/\d+$/);
    await page.getByText('This file is not a video that can be read.').waitFor({ timeout: MADE_MS });
    await look(page, name('33-clip-failed'));
    await page.goto('/studio');
    await page.locator('.row', { hasText: 'not a video' }).waitFor();
    await page.waitForTimeout(500);
    await full(name('34-today-failed'));
    await page.locator('.row', { hasText: 'not a video' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/studio/clips');
    await page.locator('.clip-card').first().waitFor();
    checkIs(await page.locator('.clip-card').count(), 1, 'clips that are left');
  });

  let staff;
  await step('settings: cash on delivery, a picture, people and their roles', async () => {
    staff = await person(`pengemas-${size}`, `pengemas.${size}.${stamp}`.slice(0, 30));
    await page.goto('/studio/settings');
    await page.getByLabel('Name of the shop').waitFor();
    const cod = page.getByRole('switch', { name: /Cash on delivery/ });
    if (await cod.getAttribute('aria-checked') === 'false') {
      await cod.click();
      await toast('Saved');
    }
    await page.locator('.face-pick input').setInputFiles(files.blue);
    await page.locator('.face img.avatar').waitFor({ timeout: 30_000 });
    await page.getByLabel('City').fill('Solo');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Save' }).waitFor({ state: 'detached' });
    const shop = await get(`/v1/shops/${state.shop}`);
    checkIs([shop.city, shop.cod, Boolean(shop.picture)].join(), 'Solo,true,true', 'the shop as it is kept');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await dialog().getByLabel('Their handle').fill(staff.handle);
    await dialog().getByRole('button', { name: 'Invite someone' }).click();
    await closed();
    const [invitation] = (await staff.ask('GET', '/v1/me/invitations')).items;
    await staff.ask('POST', `/v1/me/invitations/${invitation.id}/accept`);
    await page.reload();
    await page.locator('.people .row', { hasText: 'pengemas' }).waitFor();
    await page.waitForTimeout(300);
    await full(name('36-settings'));
  });

  await step('an order comes in: seen today, packed and shipped', async () => {
    const buyer = await person(`pembeli-${size}`);
    const p = await get(`/v1/products/${state.product}`);
    const bought = await buyer.ask('POST', '/v1/checkouts', {
      ship_to: { name: 'Dewi Anggraini', phone: '+62 812 3456 7890', line1: 'Jalan Merpati 12', city: 'Yogyakarta', postcode: '55281', country: 'ID' }, method: 'cod',
      lines: [{ variant: p.variants[0].id, quantity: 2, clip: state.clip }, { variant: p.variants.at(-1).id, quantity: 1 }],
    });
    state.order = bought.orders[0].id;
    await buyer.ask('POST', '/v1/checkouts', {
      ship_to: { name: 'Dewi Anggraini', phone: '+62 812 3456 7890', line1: 'Jalan Merpati 12', city: 'Yogyakarta', postcode: '55281', country: 'ID' }, method: 'cod',
      lines: [{ variant: p.variants[0].id, quantity: 1 }],
    });
    await page.goto('/studio');
    await page.locator('.figure strong', { hasText: '2' }).first().waitFor();
    await page.waitForTimeout(500);
    await full(name('37-today'));
    await page.goto('/studio/orders');
    await page.locator('[data-order]').nth(1).waitFor();
    await page.waitForTimeout(400);
    await look(page, name('38-orders'));
    if (phone) await page.locator(`[data-order="${state.order}"]`).getByRole('link').first().click();
    else {
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await look(page, name('39-orders-keys'));
      await page.keyboard.press('Shift+?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      await look(page, name('40-keys'));
      await page.keyboard.press('Escape');
      await closed();
      await page.keyboard.press('o');
    }
    await page.waitForURL(`**/studio/orders/${state.order}`);
    await page.getByText('Jalan Merpati 12').waitFor();
    await page.waitForTimeout(400);
    await full(name('41-order'));
    if (phone) await page.getByRole('button', { name: 'Mark packed' }).click();
    else await page.keyboard.press('p');
    await toast('is packed');
    await page.locator('.bar .badge', { hasText: 'Packed' }).waitFor();
    if (phone) await page.locator('.page-foot').getByRole('button', { name: 'Ship' }).click();
    else await page.keyboard.press('s');
    await dialog().getByRole('button', { name: 'Mark as shipped' }).click();
    await dialog().getByText('Please fill this in.').first().waitFor();
    await dialog().getByRole('button', { name: 'SiCepat' }).click();
    await dialog().getByLabel('Tracking number').fill(`SCP${stamp.toUpperCase()}`);
    await look(page, name('42-ship'));
    await dialog().getByRole('button', { name: 'Mark as shipped' }).click();
    await toast('is on its way');
    await page.locator('.bar .badge', { hasText: 'On the way' }).waitFor();
    await page.waitForTimeout(300);
    await full(name('43-order-shipped'));
    const seen = await buyer.ask('GET', `/v1/orders/${state.order}`);
    checkIs(seen.state, 'in_transit', 'the buyer’s order');
    checkIs(`${seen.shipments[0].carrier} ${seen.shipments[0].tracking}`, `SiCepat SCP${stamp.toUpperCase()}`, 'the tracking that the buyer sees');
    await page.goto('/studio/orders?state=all');
    await page.locator('[data-order]').nth(1).waitFor();
    await look(page, name('44-orders-all'));
  });

  await step('a packer sees everything and changes no product', async () => {
    const other = await openStill(browser, size);
    await other.goto('/sign-in?next=/studio');
    await other.getByLabel('E-mail').fill(staff.email);
    await other.getByLabel('Password', { exact: true }).fill(staff.password);
    await other.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await other.waitForURL('**/studio');
    await other.locator('.figure').first().waitFor();
    check(!await other.getByRole('link', { name: 'New clip' }).count(), 'no way to a new clip');
    await other.goto(`/studio/products/${state.product}`);
    await other.getByText('Changing it takes a manager').waitFor();
    await look(other, name('45-packer'));
    check(!await other.getByRole('button', { name: 'Archive' }).count(), 'nothing to archive');
    await other.goto('/studio/products/new');
    await other.getByRole('heading', { name: 'This takes a manager' }).waitFor();
    await other.context().close();
    await page.goto('/studio/settings');
    await page.getByRole('button', { name: /^Remove: pengemas/ }).click();
    await dialog().getByRole('button', { name: 'Remove' }).click();
    await toast('no longer works here');
  });

  await step('in Indonesian and in the dark', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await page.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    const seen = [];
    for (const [path, at, n] of [['/studio', '.figure', 'today'], ['/studio/orders?state=all', '[data-order]', 'orders'], ['/studio/products', '.product-row', 'products'],
      [`/studio/products/${state.product}`, '.shot', 'product'], ['/studio/clips', '.clip-card', 'clips'], [`/studio/orders/${state.order}`, '.order-lines', 'order'], ['/studio/settings', '.people .row', 'settings']]) {
      await other.goto(path);
      await other.locator(at).first().waitFor();
      await other.waitForTimeout(500);
      await look(other, name(`46-dark-${n}`), { fullPage: true });
      seen.push(await other.locator('body').innerText());
    }
    check(!/\b(Products|Orders|Settings|To pack)\b/.test(seen.join()), 'no English is left');
    await other.goto('/studio?dir=rtl');
    await other.locator('.figure').first().waitFor();
    await other.waitForTimeout(400);
    await shot(other, name('47-rtl'));
    await inspect(other, 'right to left');
    await other.context().close();
  });

  await page.context().close();
}

// ------------------------------------------------------------------------------------------------- what the test brings

function ffmpeg(...args) {
  execFileSync('nice', ['ffmpeg', '-v', 'error', '-y', ...args]);
}

function media() {
  const at = n => join(folder, n);
  const picture = (n, source) => { ffmpeg('-f', 'lavfi', '-i', source, '-frames:v', '1', at(n)); return at(n); };
  const made = {
    red: picture('merah.jpg', 'mandelbrot=s=900x900:end_pts=1'),
    blue: picture('biru.png', 'gradients=s=800x1000:c0=#24507a:c1=#c9a227:n=2'),
    large: picture('besar.jpg', 'testsrc2=s=4000x3000'),
    broken: at('rusak.jpg'), nonsense: at('rusak.mp4'), video: at('klip.mp4'), short: at('pendek.mp4'), long: at('panjang.mp4'),
  };
  writeFileSync(made.broken, 'This is no picture at all, whatever its name says.');
  writeFileSync(made.nonsense, Buffer.alloc(60_000, 'not a video '));
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=720x1280:r=25:d=8', '-f', 'lavfi', '-i', 'sine=f=440:d=8', '-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '26M', '-minrate', '26M',
    '-maxrate', '26M', '-bufsize', '8M', '-x264-params', 'nal-hrd=cbr', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', made.video);
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=10:d=2', '-pix_fmt', 'yuv420p', made.short);
  ffmpeg('-f', 'lavfi', '-i', 'color=s=32x64:r=1:d=605', '-pix_fmt', 'yuv420p', made.long);
  check(statSync(made.video).size > 17_000_000, 'the video has several chunks');
  return made;
}

async function answer(r, what) {
  const text = await r.text();
  if (!r.ok) throw new Error(`${what}: ${r.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

async function get(path) {
  return answer(await fetch(base + path), path);
}

// Another person, without a browser.
async function person(name, handle) {
  const who = { email: `${name}-${stamp}-${Math.random().toString(36).slice(2, 8)}@example.com`, password: 'dua belas kata', handle };
  const post = (path, body, headers = {}) => fetch(base + path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) });
  await answer(await post('/v1/accounts', { email: who.email, password: who.password, name, ...(handle ? { handle } : {}) }), 'sign-up');
  const { token } = await answer(await post('/v1/sessions', { email: who.email, password: who.password }), 'sign-in');
  const ask = async (method, path, body) => answer(await fetch(base + path, {
    method, headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) }, body: body && JSON.stringify(body),
  }), `${method} ${path}`);
  return { ...who, ask };
}

// The page's own session, for what a colleague does meanwhile.
async function session(page) {
  const { csrf } = await page.evaluate(async () => (await fetch('/v1/me')).json());
  return (method, path, body) => page.evaluate(async o => {
    const r = await fetch(o.path, { method: o.method, headers: { 'X-CSRF-Token': o.csrf, ...(o.body ? { 'Content-Type': 'application/json' } : {}) }, body: o.body && JSON.stringify(o.body) });
    if (!r.ok) throw new Error(`${o.method} ${o.path}: ${r.status} ${await r.text()}`);
    return r.status === 204 ? undefined : r.json();
  }, { method, path, body, csrf });
}
