// A feed that learns, explains itself and does what it is told, on a running demo market: at a phone's size, the pages at both.
// node tests/browser/feed.mjs; the environment is described in kit.mjs.
import { asPerson, base, check, checkIs, finish, look, openBrowser, openPage, shot, test, townReady } from './kit.mjs';

await townReady(18);
const browser = await openBrowser();
const page = await openPage(browser, 'phone');
const stamp = Date.now().toString(36);
const someone = { email: `feed-${stamp}@example.com`, password: 'belajar-pelan-pelan' };

const step = (name, run) => test(name, async () => {
  try {
    await run();
  } catch (e) {
    await shot(page, `feed-FAIL-${name.replace(/\W+/g, '-')}`);
    throw e;
  }
  const mistakes = page.mistakes.splice(0);
  check(mistakes.length === 0, `the page reported: ${mistakes.join(' | ')}`);
});
const current = () => page.locator('article:not([inert])').getAttribute('data-clip');
const next = async () => {
  const was = await current();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(id => document.querySelector('article:not([inert])')?.getAttribute('data-clip') !== id, was);
};
const patiently = async (what, find, ms = 15_000) => {
  for (const until = Date.now() + ms; Date.now() < until; await new Promise(r => setTimeout(r, 250))) if (await find()) return;
  throw new Error(what);
};

await step('two people of the town see different feeds, and why', async () => {
  const pages = [];
  for (const email of ['dewi@example.com', 'tom@example.com']) {
    const ask = await asPerson({ email, password: 'belanja-di-pasar' });
    await patiently(`${email} has no tastes`, async () => (await ask('GET', '/v1/me/profile')).traits.length > 0, 120_000);
    const feed = await ask('GET', '/v1/feed?limit=8');
    checkIs(feed.mode, 'for_you', 'the mode of who has agreed');
    check(feed.whys.some(w => w.reasons.length > 0), 'reasons');
    pages.push(feed.items.map(c => c.id).join());
  }
  check(pages[0] !== pages[1], 'the two feeds differ');
});

await step('nobody is learned from before a yes', async () => {
  const sent = page.waitForRequest(r => r.url().endsWith('/v1/events') && r.method() === 'POST');
  await page.goto('/');
  await page.locator('article:not([inert])').waitFor();
  checkIs(await page.locator('.mode[aria-current]').textContent(), 'Popular', 'the mode of a stranger');
  for (let i = 0; i < 3; i++) await next();
  await page.getByRole('region', { name: 'May the feed learn from you?' }).waitFor();
  await look(page, 'feed-01-ask');
  const kinds = (await sent).postDataJSON().events.map(e => e.kind);
  check(kinds.every(k => k === 'impression' || k === 'watch'), `only views are told: ${kinds.join()}`);
});

await step('after a yes it learns from a few swipes', async () => {
  await page.getByRole('button', { name: 'Yes, learn' }).click();
  await page.waitForFunction(() => document.querySelector('.mode[aria-current]')?.textContent === 'For you');
  await page.locator('article:not([inert])').waitFor();
  for (let i = 0; i < 4; i++) {
    await page.waitForTimeout(500);
    await next();
  }
  await patiently('nothing was learned', () => page.evaluate(async () => (await (await fetch('/v1/me/profile')).json()).traits.length > 0));
});

await step('what is not wanted goes away', async () => {
  const gone = await current();
  await page.locator('article:not([inert])').getByRole('button', { name: 'More about this clip' }).click();
  const sheet = page.getByRole('dialog', { name: 'About this clip' });
  await sheet.getByText('Why you see this').waitFor();
  await look(page, 'feed-02-menu');
  await sheet.getByRole('button', { name: /^Nothing of / }).click();
  await page.waitForFunction(id => document.querySelector('article:not([inert])')?.getAttribute('data-clip') !== id, gone);
  const rules = await page.evaluate(async () => (await (await fetch('/v1/feed/rules')).json()).items);
  checkIs(rules.length, 1, 'rules');
  checkIs(rules[0].kind, 'shop', 'the rule');
});

await step('the dial, what was learned, and starting over', async () => {
  await page.goto('/me/feed');
  await page.getByRole('heading', { name: 'What the feed has learned' }).waitFor();
  await page.locator('.trait').first().waitFor();
  await look(page, 'feed-03-settings', { fullPage: true });
  await page.getByRole('radio', { name: /^None/ }).check();
  await patiently('the dial is kept', () => page.evaluate(async () => (await (await fetch('/v1/me/feed')).json()).dial === 'none'));
  const selling = await page.evaluate(async () => (await (await fetch('/v1/feed?limit=20')).json()).items.filter(c => c.products.length > 0).length);
  checkIs(selling, 0, 'clips that sell');
  const [first] = await page.evaluate(async () => (await (await fetch('/v1/me/profile')).json()).traits);
  await page.locator('.trait button').first().click();
  await patiently('the trait is taken away', () => page.evaluate(async t => (await (await fetch('/v1/me/profile')).json()).traits.every(x => x.trait !== t), first.trait));
  const file = page.waitForEvent('download');
  await page.getByRole('button', { name: /Take it along/ }).click();
  checkIs((await file).suggestedFilename(), 'etalase-feed.json', 'the file');
  await page.getByRole('button', { name: /Start over as if new/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /Start over/ }).click();
  await page.getByText('Nothing yet. Watch a few clips.').waitFor();
  await page.getByRole('radio', { name: /As it comes/ }).check();
});

await step('a stop comes when it was asked for', async () => {
  await page.evaluate(async () => {
    const csrf = (await (await fetch('/v1/me')).json()).csrf;
    await fetch('/v1/me/feed', { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf }, body: JSON.stringify({ dial: 'open', stop_minutes: 0, stop_clips: 1 }) });
  });
  await page.goto('/');
  await page.locator('article:not([inert])').waitFor();
  // Clips count once it is known what was asked for.
  for (let i = 0; i < 12 && !await page.locator('.stop').isVisible(); i++) {
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(500);
  }
  await look(page, 'feed-04-stop');
  await page.getByRole('button', { name: 'Go on watching' }).click();
  await page.locator('.stop').waitFor({ state: 'detached' });
});

await step('the numbers are public', async () => {
  for (const [path, title, name] of [['/ranking', 'How clips are ordered', 'feed-05-ranking'], ['/exposure', 'Who is seen', 'feed-06-exposure']]) {
    await page.goto(path);
    await page.getByRole('heading', { name: title }).waitFor();
    await page.getByRole('table').waitFor();
    await look(page, name, { fullPage: true });
  }
  const wide = await openPage(browser, 'desktop');
  await wide.goto('/me/feed');
  await wide.getByRole('heading', { name: 'What the feed has learned' }).waitFor();
  await look(wide, 'feed-07-settings-wide', { fullPage: true });
  check(wide.mistakes.length === 0, wide.mistakes.join(' | '));
});

await step('everybody on one device is asked for themselves', async () => {
  const shared = await openPage(browser, 'phone');
  const question = shared.getByRole('region', { name: 'May the feed learn from you?' });
  // Some clips on, and the app knows who uses it: is the question there?
  const watchSome = async () => {
    await shared.goto('/');
    await shared.locator('article:not([inert])').waitFor();
    for (let i = 0; i < 4; i++) {
      const was = await shared.locator('article:not([inert])').getAttribute('data-clip');
      await shared.keyboard.press('ArrowDown');
      await shared.waitForFunction(id => document.querySelector('article:not([inert])')?.getAttribute('data-clip') !== id, was);
    }
  };
  // The one before is out; what the device keeps stays.
  const signIn = async who => {
    await shared.context().clearCookies();
    await shared.goto('/sign-in');
    await shared.getByLabel('E-mail').fill(who.email);
    await shared.getByLabel('Password', { exact: true }).fill(who.password);
    await shared.locator('form').getByRole('button', { name: 'Sign in' }).click();
    await shared.waitForURL(u => u.pathname !== '/sign-in');
  };
  const others = [1, 2].map(n => ({ email: `feed-${stamp}-${n}@example.com`, password: someone.password }));
  for (const who of others) {
    const made = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...who, name: 'Feed', locale: 'en' }) });
    check(made.ok, `sign-up: ${made.status}`);
  }
  await watchSome();
  await question.getByRole('button', { name: 'No', exact: true }).click();
  await question.waitFor({ state: 'detached' });
  await watchSome();
  checkIs(await question.count(), 0, 'a guest who said no is asked again');
  for (const who of others) {
    await signIn(who);
    await watchSome();
    await question.waitFor();
    await question.getByRole('button', { name: 'No', exact: true }).click();
    await question.waitFor({ state: 'detached' });
    await watchSome();
    checkIs(await question.count(), 0, 'an account that said no is asked again');
  }
  check(shared.mistakes.length === 0, shared.mistakes.join(' | '));
});

await step('following is by time, of the shops and people who are followed', async () => {
  const made = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...someone, name: 'Feed', locale: 'en' }) });
  check(made.ok, `sign-up: ${made.status}`);
  const ask = await asPerson(someone);
  const phone = await openPage(browser, 'phone');
  await phone.goto('/sign-in');
  await phone.getByLabel('E-mail').fill(someone.email);
  await phone.getByLabel('Password', { exact: true }).fill(someone.password);
  await phone.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await phone.waitForURL(u => u.pathname !== '/sign-in');
  await phone.goto('/');
  await phone.locator('article:not([inert])').waitFor();
  await phone.getByRole('button', { name: 'Following' }).click();
  await phone.getByText('You follow nobody yet').waitFor();
  await look(phone, 'feed-08-nobody');
  const clip = (await ask('GET', '/v1/feed?limit=1')).items[0];
  await ask('PUT', `/v1/shops/${clip.shop.id}/follow`);
  const feed = await ask('GET', '/v1/feed?mode=following');
  check(feed.items.length > 0 && feed.items.every(c => c.shop.id === clip.shop.id), 'only that shop');
  check(feed.items.every((c, i) => i === 0 || c.created <= feed.items[i - 1].created), 'the newest first');
  // Now the person who made it, and not the shop; the menu says whom one follows.
  await ask('DELETE', `/v1/shops/${clip.shop.id}/follow`);
  await ask('PUT', `/v1/people/${clip.author.handle}/follow`);
  const theirs = await ask('GET', '/v1/feed?mode=following');
  check(theirs.items.length > 0 && theirs.items.every(c => c.author.handle === clip.author.handle), 'only of that person');
  await phone.goto('/');
  await phone.locator('article:not([inert])').waitFor();
  const came = phone.waitForResponse(r => r.url().includes('mode=following'));       // the other feed may begin with the same clip
  await phone.getByRole('button', { name: 'Following' }).click();
  await came;
  await phone.locator(`article[data-clip="${theirs.items[0].id}"]:not([inert])`).waitFor();
  await phone.locator('article:not([inert])').getByRole('button', { name: 'More about this clip' }).click();
  await phone.getByRole('dialog').getByText(`You follow ${clip.author.name || clip.author.handle}`).waitFor();
  await look(phone, 'feed-09-followed');
  check(phone.mistakes.length === 0, phone.mistakes.join(' | '));
});

await browser.close();
finish();
