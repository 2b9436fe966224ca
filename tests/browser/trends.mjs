// What is rising, and challenges: as a shopper finds them, and as a seller starts one, joins it and ends it.
import { asPerson, check, checkIs, finish, inspect, look, openBrowser, openStill, operator, seller, shot, test, townReady } from './kit.mjs';

await townReady(18);
const browser = await openBrowser();
const page = await openStill(browser, 'phone');
const stamp = Date.now().toString(36);
const COUNTED_MS = 90_000;                   // the demo's visitors come behind its clips, and are counted then
const step = (of, name, run) => test(name, async () => {
  try {
    await run();
  } catch (e) {
    await shot(of, `trends-FAIL-${name.replace(/\W+/g, '-')}`);
    throw e;
  }
  const mistakes = of.mistakes.splice(0);
  check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
});
const get = async path => (await fetch(`${process.env.ETALASE_URL ?? 'http://127.0.0.1:8080'}${path}`)).json();
const rows = () => page.locator('.rising-row');
const sheet = of => of.getByRole('dialog');

for (const until = Date.now() + COUNTED_MS; Date.now() < until; await new Promise(r => setTimeout(r, 500))) {
  const [made] = (await get('/v1/challenges?tag=buatantangan')).items;
  if (made && (await get(`/v1/challenges/${made.id}`)).items[0]?.viewers > 0 && (await get('/v1/trends?limit=1')).items.length) break;
}

await step(page, 'a shopper finds what is rising, from the stage', async () => {
  await page.goto('/');
  await page.locator('.modes-end').click();
  await page.waitForURL('**/trends');
  await rows().first().waitFor();
  await look(page, 'trends-01-page', { fullPage: true });
  const kinds = await page.locator('.trend-kinds .card-title').allTextContents();
  for (const k of ['Hashtags', 'Products', 'Sounds', 'Creators', 'Shops', 'Searches']) check(kinds.includes(k), `${k} among ${kinds.join()}`);
  const line = page.locator('.spark').first();
  check(/People over time/.test(await line.getAttribute('aria-label')), 'a line is told in words');
  checkIs(await page.locator('.spark-line').first().evaluate(p => (p.getAttribute('d').match(/[ML]/g) ?? []).length), 24, 'points of a day');
});

await step(page, 'window, kind, place and kind of product are chosen, and kept in the address', async () => {
  await page.getByRole('tab', { name: 'Last hour' }).click();
  await page.getByRole('button', { name: 'Products', exact: true }).click();
  await page.getByLabel('Where shops are').selectOption('ID');
  await page.getByLabel('Kind of product').selectOption('coffee');
  await page.waitForURL(u => u.search === '?window=hour&kind=product&region=ID&category=coffee');
  await rows().first().waitFor();
  const want = (await get('/v1/trends?window=hour&kind=product&region=ID&category=coffee')).items;
  checkIs(await rows().count(), want.length, 'rows');
  await page.reload();
  await rows().first().waitFor();
  checkIs(await page.getByLabel('Kind of product').inputValue(), 'coffee', 'what was chosen');
  await rows().first().click();
  await page.waitForURL(`**/product/${want[0].product.id}`);
  await page.goto('/trends?region=DE');
  await page.getByText('Nothing rises here yet').waitFor();
  await look(page, 'trends-02-none');
  await page.getByRole('link', { name: 'Show everything' }).click();
  await rows().first().waitFor();
});

await step(page, 'a tag leads to its challenge, and that to whose clips are ahead', async () => {
  await page.goto('/tag/buatantangan');
  await page.locator('.tag-challenge a.row').click();
  await page.waitForURL('**/challenge/*');
  await page.locator('.board-row').first().waitFor();
  await look(page, 'trends-03-challenge', { fullPage: true });
  const id = page.url().split('/').pop();
  const board = await get(`/v1/challenges/${id}`);
  const viewers = board.items.map(e => e.viewers);
  check(viewers[0] >= 5 && viewers.every((n, i) => i === 0 || n <= viewers[i - 1]), `in order: ${viewers}`);
  checkIs(await page.locator('.board-row').count(), board.items.length, 'places');
  await page.getByRole('button', { name: 'Take part' }).click();
  await page.waitForURL('**/sign-in?next=*');
});

await step(page, 'right to left, in Indonesian, and by night it holds', async () => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.goto('/trends?dir=rtl');
  await page.evaluate(() => localStorage.setItem('etalase.locale', 'id'));
  await page.reload();
  await page.getByRole('tab', { name: '24 jam' }).waitFor();
  await rows().first().waitFor();
  await look(page, 'trends-04-rtl');
  await page.goto('/challenge/' + (await get('/v1/challenges?tag=buatantangan')).items[0].id);
  await page.locator('.board-row').first().waitFor();
  await look(page, 'trends-05-challenge-rtl');
});

const desk = await openStill(browser, 'desktop');
await desk.addInitScript(() => localStorage.setItem('etalase.locale', 'en'));
const owner = await asPerson(seller);
const [clip] = (await owner('GET', `/v1/people/${(await owner('GET', '/v1/me')).account.handle}/clips?limit=1`)).items;

await step(desk, 'a seller sees what rises in what they sell, and starts a challenge', async () => {
  await desk.goto('/sign-in?next=/studio');
  await desk.getByLabel('E-mail').fill(seller.email);
  await desk.getByLabel('Password', { exact: true }).fill(seller.password);
  await desk.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await desk.locator('.card', { hasText: 'Rising in what you sell' }).locator('.rising-row').first().waitFor();
  await desk.goto('/studio/trends');
  await desk.locator('.rising-row').first().waitFor();
  for (const row of await desk.locator('.rising-row').allTextContents()) check(/textiles|clothing|bags/.test(row), `what the shop sells: ${row}`);
  await look(desk, 'trends-06-studio');
  await desk.getByRole('button', { name: 'Start a challenge' }).click();
  await sheet(desk).getByLabel('Tag').fill('buatantangan');
  await sheet(desk).getByLabel('Title').fill('Kain dan angin');
  await sheet(desk).getByRole('button', { name: 'Start a challenge' }).click();
  await sheet(desk).getByText('still open. Choose another').waitFor();
  await look(desk, 'trends-07-start');
  await sheet(desk).getByLabel('Tag').fill(`angin_${stamp}`);
  await sheet(desk).getByRole('button', { name: 'Start a challenge' }).click();
  await desk.waitForURL('**/challenge/*');
  await desk.getByRole('heading', { name: 'No clips yet' }).waitFor();
});

await step(desk, 'lets a clip join, takes it out, lets it join again, and ends it', async () => {
  const join = async () => {
    await desk.getByRole('button', { name: 'Take part' }).click();
    await sheet(desk).locator('.clip-pick-one').first().click();
    await desk.locator('.board-row').first().waitFor();
  };
  await join();
  await look(desk, 'trends-08-joined');
  await desk.getByRole('button', { name: /^Take out:/ }).click();
  await sheet(desk).getByRole('button', { name: 'Take out' }).click();
  await desk.locator('.board-row').waitFor({ state: 'detached' });
  await join();
  await desk.getByRole('button', { name: 'End now' }).click();
  await sheet(desk).getByRole('button', { name: 'End now' }).click();
  await desk.locator('.badge', { hasText: 'Ended' }).waitFor();
  checkIs(await desk.getByRole('button', { name: 'Take part' }).count(), 0, 'ways to join what is over');
  const id = desk.url().split('/').pop();
  const until = Date.now() + 10_000;
  while (Date.now() < until && !(await get(`/v1/challenges/${id}`)).challenge.final) await new Promise(r => setTimeout(r, 300));
  check((await get(`/v1/challenges/${id}`)).challenge.final, 'all is counted');
  checkIs((await get(`/v1/challenges/${id}`)).items[0].clip.author.handle, clip.author.handle, 'whose clip stays');
});

await step(desk, 'and a stranger’s challenge can be reported', async () => {
  await desk.goto('/tag/slowmorning');
  await desk.locator('.tag-challenge a.row').click();
  await desk.getByRole('button', { name: 'Report this challenge' }).click();
  await sheet(desk).getByText('Something else').click();
  await sheet(desk).getByRole('button', { name: 'Report', exact: true }).click();
  await sheet(desk).waitFor({ state: 'detached' });
  await inspect(desk, 'reported');
});

const office = await openStill(browser, 'phone');
await step(office, 'the operator sees what was reported, and removes what must go', async () => {
  const { id } = await owner('POST', '/v1/challenges', { tag: `salah_${stamp}`, title: 'Salah', rules: '', hours: 24 });
  await office.goto('/sign-in?next=/operator');
  await office.getByLabel('E-mail').fill(operator.email);
  await office.getByLabel('Password', { exact: true }).fill(operator.password);
  await office.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await office.locator('.card', { hasText: 'Reported challenges' }).getByText('One slow morning').waitFor();
  await look(office, 'trends-09-reported', { fullPage: true });
  await office.goto(`/challenge/${id}`);
  await office.getByRole('button', { name: 'Remove' }).click();
  await sheet(office).getByLabel('Reason').fill('Bukan tantangan.');
  await sheet(office).getByRole('button', { name: 'Remove' }).click();
  await office.getByText('Bukan tantangan.').waitFor();
  await look(office, 'trends-10-removed');
  checkIs((await fetch(`${new URL(office.url()).origin}/v1/challenges/${id}`)).status, 404, 'what strangers see of it');
  checkIs((await owner('GET', `/v1/challenges/${id}`)).challenge.reason, 'Bukan tantangan.', 'what its starter reads');
});

await browser.close();
finish();
