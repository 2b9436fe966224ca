// What the browser tests share: a browser, a runner, axe, screenshots. Knows no screens.
//
//   ETALASE_URL        where the market is open          http://127.0.0.1:8080
//   ETALASE_ARTIFACTS  where screenshots go              none are made without it
//   ETALASE_SCREENS    failed: only of what failed       all
//   ETALASE_SHOPPER    e-mail:password of a shopper      tom of the demo town
//   ETALASE_SELLER     e-mail:password of a seller       ratna of the demo town
//   ETALASE_OPERATOR   e-mail:password of the operator   that of the demo town
//   CHROMIUM           the browser                       /usr/bin/chromium-headless-shell (a quarter less work than chromium)
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = web('playwright-core');
const axeSource = readFileSync(web.resolve('axe-core/axe.min.js'), 'utf8');

export const base = (process.env.ETALASE_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
const artifacts = process.env.ETALASE_ARTIFACTS ?? '';
const onlyFailed = process.env.ETALASE_SCREENS === 'failed';
if (artifacts) mkdirSync(artifacts, { recursive: true });

const logIn = text => ({ email: text.slice(0, text.indexOf(':')), password: text.slice(text.indexOf(':') + 1) });
export const shopper = logIn(process.env.ETALASE_SHOPPER ?? 'tom@example.com:belanja-di-pasar');
export const seller = logIn(process.env.ETALASE_SELLER ?? 'ratna@example.com:buka-toko-pagi');
export const operator = logIn(process.env.ETALASE_OPERATOR ?? 'operator@example.com:jaga-pasar-malam');

export const SIZES = {
  // Nobody looks at the finer pixels where no screenshots are kept; to draw them is a tenth of the work.
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: onlyFailed ? 1 : 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
};

const TOWN_MS = 300_000;                     // transcoding the demo's clips, on a machine with one core to spare

// Somebody without a browser: asks the server by token. asPerson(login) -> ask(method, path, body).
export async function asPerson(who) {
  const open = await fetch(`${base}/v1/sessions`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(who) });
  if (!open.ok) throw new Error(`${who.email} cannot sign in: ${open.status}`);
  const { token } = await open.json();
  return async (method, path, body) => {
    const r = await fetch(base + path, { method, headers: { Authorization: `Bearer ${token}`, ...(body ? { 'Content-Type': 'application/json' } : {}) }, body: body && JSON.stringify(body) });
    const text = await r.text();
    if (!r.ok) throw new Error(`${method} ${path}: ${r.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

// The log-in of whoever keeps this shop of the demo town.
export function townOwner(handle) {
  const town = JSON.parse(readFileSync(new URL('../../demo/town.json', import.meta.url), 'utf8'));
  const shop = town.shops.find(s => s.handle === handle);
  const { email, password } = town.accounts.find(a => a.key === shop.owner);
  return { email, password };
}

let passed = 0;
let failed = 0;
const STEP_MS = 30_000;                      // nothing takes so long, but on a machine that does much else

export async function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--disable-dev-shm-usage', '--mute-audio'],
  });
}

// The demo's clips come one by one, as they are transcoded.
export async function townReady(clips) {
  for (const until = Date.now() + TOWN_MS; Date.now() < until; await new Promise(r => setTimeout(r, 500))) {
    const answer = await fetch(`${base}/v1/feed?limit=20`).catch(() => undefined);
    if (answer?.ok && (await answer.json()).items.length >= clips) return;
  }
  console.log(`the market at ${base} does not show ${clips} clips`);
}

// The browser itself has failed; nothing that was asked of the page will ever be answered. Of the pages it says nothing: ./test begins
// the journey again.
function crashed() {
  console.log('the browser has crashed');
  process.exit(75);
}

// A fresh person: no cookies, no storage. Mistakes of the page itself are collected in page.mistakes.
export async function openPage(browser, size, more = {}) {
  const context = await browser.newContext({ ...SIZES[size], locale: 'en-GB', baseURL: base, ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(STEP_MS);
  page.mistakes = [];
  page.on('crash', crashed);
  page.on('pageerror', e => page.mistakes.push(String(e.stack ?? e)));
  page.on('console', m => {
    // A refusal (4xx) is logged by the browser as an error; it is not one of the page.
    if (m.type() === 'error' && !/Failed to load resource/.test(m.text())) page.mistakes.push(m.text());
  });
  return page;
}

// Without its worker and without motion, which are a fifth of the work: for journeys that are about neither. The shopper's, the
// feed's and those in trouble have both.
export const openStill = (browser, size, more = {}) => openPage(browser, size, { serviceWorkers: 'block', reducedMotion: 'reduce', ...more });

export async function test(name, run) {
  const from = Date.now();
  try {
    await run();
    passed++;
    console.log(`ok    ${name} (${Date.now() - from} ms)`);
  } catch (e) {
    failed++;
    console.log(`FAIL  ${name}\n      ${String(e?.stack ?? e).split('\n').slice(0, 12).join('\n      ')}`);
  }
}

export function check(what, text) {
  if (!what) throw new Error(text);
}

export function checkIs(have, want, text) {
  if (have !== want) throw new Error(`${text}: have ${JSON.stringify(have)}, want ${JSON.stringify(want)}`);
}

// Nothing serious or critical, and nothing wider than the screen.
export async function inspect(page, name) {
  if (!await page.evaluate(() => Boolean(window.axe))) {
    const cdp = await page.context().newCDPSession(page);           // the page's own policy forbids eval
    await cdp.send('Runtime.evaluate', { expression: axeSource });
    await cdp.detach();
  }
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'], preload: false }));
  const bad = found.violations.filter(v => v.impact === 'serious' || v.impact === 'critical');
  check(bad.length === 0, `${name}: axe finds ${bad.map(v => `${v.id} (${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} ${n.failureSummary?.split('\n')[1]?.trim() ?? ''}`).join(' | ')})`).join('; ')}`);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  check(over <= 0, `${name}: the page is ${over} px wider than the screen`);
}

export async function shot(page, name, how = {}) {
  if (artifacts && (!onlyFailed || name.includes('FAIL'))) await page.screenshot({ path: join(artifacts, `${name}.png`), ...how });
}

// Screenshot and inspection in one, after what moves has come to rest.
export async function look(page, name, how = {}) {
  await page.waitForTimeout(350);
  await shot(page, name, how);
  await inspect(page, name);
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
