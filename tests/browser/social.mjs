// Comments, saves, tags, people and the inbox on a running demo market, at a phone's size and a desktop's.
// node tests/browser/social.mjs; the environment is described in kit.mjs.
import { spawnSync } from 'node:child_process';
import { asPerson, check, checkIs, finish, look, openBrowser, openStill, shot, seller, test, townReady } from './kit.mjs';

// A silent video of so many seconds.
function videoOf(seconds) {
  const made = spawnSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=s=180x320:r=30', '-t', String(seconds), '-c:v', 'libx264', '-pix_fmt', 'yuv420p',
    '-movflags', 'frag_keyframe+empty_moov', '-f', 'mp4', 'pipe:1'], { maxBuffer: 1 << 24 });
  check(made.status === 0, `ffmpeg: ${made.stderr}`);
  return made.stdout;
}

await townReady(18);
const browser = await openBrowser();
const page = await openStill(browser, 'phone');
const stamp = Date.now().toString(36);
const someone = { email: `social-${stamp}@example.com`, password: 'bicara-pelan-pelan' };
const step = (name, run) => test(name, async () => {
  try {
    await run();
  } catch (e) {
    await shot(page, `social-FAIL-${name.replace(/\W+/g, '-')}`);
    throw e;
  }
  const mistakes = page.mistakes.splice(0);
  check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
});
const here = () => page.locator('article[data-clip]:not([inert])');
const sheet = () => page.getByRole('dialog');
const owner = await asPerson(seller);
const shop = (await owner('GET', '/v1/me')).shops[0];
const [clip] = (await owner('GET', `/v1/shops/${shop.shop}/clips?limit=50`)).items.filter(c => c.caption.includes('#'));
const before = await owner('GET', `/v1/clips/${clip.id}`);

await step('a stranger reads comments and is asked to sign in to write', async () => {
  await page.goto(`/clip/${clip.id}`);
  await here().getByRole('button', { name: /^Comments/ }).click();
  await sheet().getByRole('link', { name: 'Sign in to comment' }).waitFor();
  await page.keyboard.press('Escape');
  await page.evaluate(async who => {
    const r = await fetch('/v1/accounts', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...who, name: 'Sosial' }) });
    if (!r.ok) throw new Error(`sign-up: ${r.status}`);
  }, someone);
  await page.goto(`/sign-in?next=/clip/${clip.id}`);
  await page.getByLabel('E-mail').fill(someone.email);
  await page.getByLabel('Password', { exact: true }).fill(someone.password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await here().waitFor();
});

await step('a comment and a reply stand where they belong, links work', async () => {
  await here().getByRole('button', { name: /^Comments/ }).click();
  const line = sheet().getByRole('textbox');
  await line.fill(`Cantik ${stamp} #batik @${shop.handle} ` + 'panjang'.repeat(20));
  await sheet().getByRole('button', { name: 'Send' }).click();
  const mine = sheet().locator('.comment', { hasText: stamp }).first();
  await mine.waitFor();
  await mine.getByRole('button', { name: /^Reply/ }).click();
  await line.fill('Sungguh <b>sekali</b>');
  await line.press('Enter');
  await sheet().locator('.replies .comment', { hasText: 'Sungguh <b>sekali</b>' }).waitFor();
  await mine.getByRole('button', { name: /^Like this comment/ }).click();
  await mine.getByRole('button', { name: /^Take back/ }).waitFor();
  await look(page, 'social-01-comments');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(wide <= 0, `nothing is wider than the screen: ${wide}`);
  const now = await owner('GET', `/v1/clips/${clip.id}`);
  checkIs(now.comments, before.comments + 2, 'the count of comments');
  await mine.getByRole('link', { name: '#batik' }).click();
  await page.waitForURL('**/tag/batik');
  await page.locator('.clip-tile').first().waitFor();
  await look(page, 'social-02-tag');
});

await step('a clip is saved and found again', async () => {
  await page.goto(`/clip/${clip.id}`);
  await here().getByRole('button', { name: /^Save/ }).click();
  await here().getByRole('button', { name: /^Saved/ }).waitFor();
  await look(page, 'social-03-stage');
  await page.goto('/me/saved');
  await page.locator('.clip-tile').first().waitFor();
  checkIs(await page.locator('.clip-tile').count(), 1, 'saved clips');
});

await step('a person is followed and hears of it, and so of the comment', async () => {
  const handle = before.author.handle;
  await page.goto(`/@${handle}`);
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await page.getByRole('button', { name: 'Following', exact: true }).waitFor();
  await page.locator('.clip-tile').first().waitFor();
  await look(page, 'social-04-person');
  const until = Date.now() + 5000;
  let kinds = [];
  while (Date.now() < until && !(kinds.includes('follow') && kinds.includes('comment'))) kinds = (await owner('GET', '/v1/me/inbox')).items.map(i => i.kind);
  check(kinds.includes('follow') && kinds.includes('comment'), `the inbox: ${kinds.join()}`);
});

await step('who wrote a comment hears that it is liked, and is led to it', async () => {
  const { items } = await owner('GET', `/v1/clips/${clip.id}/comments`);
  const mine = items.find(c => c.body.includes(stamp));
  const [reply] = (await owner('GET', `/v1/comments/${mine.id}/replies`)).items;
  await owner('PUT', `/v1/comments/${reply.id}/like`);
  await page.goto('/inbox');
  const row = page.locator('.inbox-item', { hasText: /likes your comment/ });
  await row.waitFor();
  await look(page, 'social-07-comment-like');
  await row.click();
  await sheet().locator('.comment.wanted', { hasText: 'Sungguh' }).waitFor();
  await look(page, 'social-08-comment-wanted');
  await owner('DELETE', `/v1/comments/${reply.id}/like`);
  await page.goto('/inbox');
  const left = await page.evaluate(async () => (await (await fetch('/v1/me/inbox')).json()).items.map(i => i.kind));
  check(!left.includes('comment_like'), `taken back, it is gone: ${left.join()}`);
});

await step('a sound has its page; who cannot publish is told how one can', async () => {
  await page.goto(`/clip/${clip.id}`);
  const link = here().locator('.clip-sound');
  check(/^Original sound of /.test(await link.innerText()), 'whose sound it is');
  await link.click();
  await page.waitForURL(`**/sound/${clip.id}`);
  checkIs(await page.locator('.clip-tile').first().getAttribute('href'), `/clip/${clip.id}`, 'the one that it is from comes first');
  await page.locator('.clip-tile-mark').waitFor();
  await page.getByRole('button', { name: 'Use this sound' }).click();
  await sheet().getByRole('button', { name: 'Open a shop' }).waitFor();
  await look(page, 'social-09-sound');
  await page.keyboard.press('Escape');
  await sheet().waitFor({ state: 'detached' });          // it goes by a step back, which a reload must not meet
  await owner('PATCH', `/v1/clips/${clip.id}`, { sound_free: false });
  await page.reload();
  await page.getByText('keeps it for their own clips').waitFor();
  checkIs(await page.getByRole('button', { name: 'Use this sound' }).count(), 0, 'no button that would be refused');
  await owner('PATCH', `/v1/clips/${clip.id}`, { sound_free: true });
});

const desk = await openStill(browser, 'desktop');
await desk.addInitScript(() => localStorage.setItem('etalase.locale', 'en'));
await step('whose clips they are reads, removes and forbids a word', async () => {
  await desk.goto('/sign-in?next=/inbox');
  await desk.getByLabel('E-mail').fill(seller.email);
  await desk.getByLabel('Password', { exact: true }).fill(seller.password);
  await desk.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await desk.locator('.inbox-item').first().waitFor();
  await look(desk, 'social-05-inbox');
  await desk.goto('/studio/comments');
  const row = desk.locator('.comment', { hasText: `Cantik ${stamp}` });
  await row.waitFor();
  await desk.getByLabel('Word').fill(`kata${stamp}`);
  await desk.getByRole('button', { name: 'Add' }).click();
  await desk.locator('.words li', { hasText: `kata${stamp}` }).waitFor();
  await look(desk, 'social-06-studio');
  await row.getByRole('button', { name: 'Remove' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  checkIs((await owner('GET', `/v1/clips/${clip.id}`)).comments, before.comments, 'the count is as it was');
  check(desk.mistakes.length === 0, desk.mistakes.join());
});

await step('a seller makes a clip with a sound', async () => {
  await desk.goto(`/sound/${clip.id}`);
  await desk.getByRole('button', { name: 'Use this sound' }).click();
  await desk.waitForURL('**/studio/clips/new?sound=*');
  await desk.locator('.chosen-sound', { hasText: 'Original sound of' }).waitFor();
  await desk.locator('input[type=file]').first().setInputFiles({ name: 'klip.mp4', mimeType: 'video/mp4', buffer: videoOf(2) });
  await desk.locator('.making .chosen-sound').waitFor();
  await look(desk, 'social-10-chosen');
  await desk.getByRole('button', { name: /^Publish/ }).click();
  await desk.waitForURL(/\/studio\/clips\/\d+$/);
  const id = new URL(desk.url()).pathname.split('/').pop();
  let made;
  for (const until = Date.now() + 60_000; Date.now() < until; await new Promise(r => setTimeout(r, 500))) {
    made = await owner('GET', `/v1/clips/${id}`);
    if (made.state !== 'processing') break;
  }
  checkIs(made.state, 'ready', 'the clip');
  checkIs(made.audio, clip.id, 'whose sound it has');
  check(made.sound, 'the video was silent; the clip is not');
  await desk.goto(`/sound/${clip.id}`);
  checkIs(await desk.locator('.clip-tile').nth(1).getAttribute('href'), `/clip/${id}`, 'it stands below the one that the sound is from');
  await look(desk, 'social-11-sound');
  await owner('DELETE', `/v1/clips/${id}`);
});

await step('a word that is not wanted is refused in words', async () => {
  await page.goto(`/clip/${clip.id}?comments`);
  await sheet().getByRole('textbox').fill(`ini KATA${stamp}!`);
  await sheet().getByRole('button', { name: 'Send' }).click();
  await sheet().getByRole('alert').waitFor();
  page.mistakes.splice(0);                                         // the refusal itself is in the console
  await owner('DELETE', `/v1/studio/shops/${shop.shop}/words/kata${stamp}`);
});

await browser.close();
finish();
