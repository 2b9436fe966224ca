// Who works in a shop on a running market, at a phone's size and a desktop's: somebody is invited, declines, accepts, is asked to
// own it; and an invitation that is taken back. node tests/browser/staff.mjs; the environment is described in kit.mjs.
import { asPerson, base, check, checkIs, finish, look, openBrowser, openStill, shot, test } from './kit.mjs';

const stamp = Date.now().toString(36);
const SHOPS_OWNED_MAX = 10;
const browser = await openBrowser();

try {
  for (const size of ['phone', 'desktop']) await everything(size);
} finally {
  await browser.close();
}
finish();

// A new account: who signs in on a page, and asks the server on the side.
async function person(name, handle) {
  const who = { email: `${handle}@example.com`, password: 'empat belas kata', name, handle };
  const r = await fetch(`${base}/v1/accounts`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(who) });
  check(r.ok, `sign-up: ${r.status}`);
  return { ...who, ask: await asPerson({ email: who.email, password: who.password }) };
}

function shopOf(who, handle, name) {
  return who.ask('POST', '/v1/shops', {
    name, handle, currency: 'IDR', country: 'ID', city: 'Jepara', shipping: { minor: 0, currency: 'IDR' }, dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 2,
  });
}

async function signedIn(who, size, next, more = {}) {
  const page = await openStill(browser, size, more);
  if (more.locale) await page.addInitScript(to => localStorage.setItem('etalase.locale', to), more.locale.slice(0, 2));
  await page.goto(`/sign-in?next=${next}`);
  await page.locator('input[type=email]').fill(who.email);
  await page.locator('input[type=password]').fill(who.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(`**${next}`);
  return page;
}

async function everything(size) {
  const name = n => `staff-${size}-${n}`, tail = `${size}${stamp}`;
  const pages = [];
  let broken = '';                                          // each step stands on those before it
  const step = (what, run) => test(`staff, ${size}: ${what}`, async () => {
    check(!broken, `not tried, because of: ${broken}`);
    try {
      await run();
    } catch (e) {
      broken = what;
      for (const [i, p] of pages.entries()) await shot(p, `${name('FAIL')}-${what.replace(/\W+/g, '-').slice(0, 60)}-${i}`);
      throw e;
    }
    const mistakes = pages.flatMap(p => p.mistakes.splice(0));
    check(mistakes.length === 0, `the pages reported: ${mistakes.join(' | ')}`);
  });
  const toast = (page, text) => page.locator('.toast', { hasText: text }).waitFor();
  const dialog = page => page.getByRole('dialog').last();
  const closed = page => page.getByRole('dialog').waitFor({ state: 'detached' });
  const people = page => page.locator('.people .row');
  const full = async (page, n) => {
    await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    await look(page, name(n), { fullPage: true });
  };
  const invite = async (page, handle, role) => {
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await dialog(page).getByLabel('Their handle').fill(`@${handle}`);
    if (role) await dialog(page).getByText(role, { exact: true }).click();
    await dialog(page).getByRole('button', { name: 'Invite someone' }).click();
  };
  const owner = await person('Rahasia Pemilik', `tuan.${tail}`), guest = await person('Rahasia Tamu', `tamu.${tail}`);
  const shop = await shopOf(owner, `toko-${tail}`, `Toko Rotan ${size}`);
  let mine, theirs;

  await step('an owner invites by handle, and sees no name', async () => {
    pages.push(mine = await signedIn(owner, size, '/studio/settings'));
    await mine.getByRole('button', { name: 'Invite someone' }).click();
    await dialog(mine).getByLabel('Their handle').fill('nobody-has-this-one');
    await dialog(mine).getByRole('button', { name: 'Invite someone' }).click();
    await dialog(mine).getByText('Nobody here has that handle.').waitFor();
    await look(mine, name('01-invite'));
    await mine.keyboard.press('Escape');
    await closed(mine);
    await invite(mine, guest.handle);
    await toast(mine, `@${guest.handle} has been invited as Packer.`);
    await closed(mine);
    await people(mine).filter({ hasText: `@${guest.handle}` }).getByText('no answer yet').waitFor();
    check(!(await mine.locator('.people').innerText()).includes('Tamu'), 'the registered name is shown to the shop');
    await full(mine, '02-settings-invited');
  });

  await step('who is invited is told, in the inbox and at Me', async () => {
    pages.push(theirs = await signedIn(guest, size, '/me'));
    await theirs.getByRole('link', { name: /Invitations/ }).waitFor();
    await full(theirs, '03-me');
    await theirs.goto('/studio');
    await theirs.getByText('A shop asks you to work there').waitFor();
    await look(theirs, name('04-studio'));
    await theirs.goto('/inbox');
    await theirs.getByText(`${shop.name} asks you to work there`).waitFor();
    await look(theirs, name('05-inbox'));
    await theirs.getByText(`${shop.name} asks you to work there`).click();
    await theirs.waitForURL('**/me/invitations');
    await theirs.getByRole('heading', { name: shop.name }).waitFor();
    await theirs.getByText(`@${owner.handle}`).waitFor();
    await look(theirs, name('06-invitation'));
  });

  await step('who declines works nowhere', async () => {
    await theirs.getByRole('button', { name: `Decline: ${shop.name}` }).click();
    await look(theirs, name('07-decline'));
    await dialog(theirs).getByRole('button', { name: 'Decline' }).click();
    await theirs.getByText('No invitations').waitFor();
    await look(theirs, name('08-none'));
    checkIs((await guest.ask('GET', '/v1/me')).shops.length, 0, 'shops of who has declined');
    await mine.reload();
    await people(mine).first().waitFor();
    checkIs(await people(mine).count(), 1, 'people after the answer');
  });

  await step('who accepts is in the studio', async () => {
    await invite(mine, guest.handle, 'Manager');
    await closed(mine);
    await theirs.goto('/me');
    await theirs.getByRole('link', { name: /Invitations/ }).click();
    await theirs.getByRole('button', { name: `Accept: ${shop.name}` }).click();
    await theirs.waitForURL('**/studio');
    await toast(theirs, `You now work at ${shop.name} as Manager.`);
    await look(theirs, name('09-studio'));
    await mine.reload();
    await people(mine).filter({ hasText: 'Rahasia Tamu' }).waitFor();
  });

  await step('an owner is asked, and is one with a yes', async () => {
    await people(mine).filter({ hasText: 'Rahasia Tamu' }).getByRole('button', { name: 'Role: Manager' }).click();
    await dialog(mine).getByText('Owner', { exact: true }).click();
    await dialog(mine).getByText('They become an owner once they have said yes').waitFor();
    await dialog(mine).getByLabel('The handle of Rahasia Tamu, to be sure').fill(guest.handle);
    await look(mine, name('10-role'));
    await dialog(mine).getByRole('button', { name: 'Save' }).click();
    await toast(mine, `@${guest.handle} has been invited as Owner.`);
    await people(mine).filter({ hasText: `@${guest.handle}` }).waitFor();
    checkIs(await people(mine).count(), 3, 'two who work here, one of whom is asked');
    await full(mine, '11-settings-owner');
    await theirs.goto('/me/invitations');
    await theirs.getByText('An owner answers for the shop').waitFor();
    await look(theirs, name('12-owner'));
    checkIs((await guest.ask('GET', '/v1/me')).shops[0].role, 'manager', 'the role before the answer');
    await theirs.getByRole('button', { name: `Accept: ${shop.name}` }).click();
    await theirs.waitForURL('**/studio');
    checkIs((await guest.ask('GET', '/v1/me')).shops[0].role, 'owner', 'the role after it');
  });

  await step('an invitation is taken back', async () => {
    const third = await person('Rahasia Ketiga', `tiga.${tail}`);
    await mine.reload();
    await invite(mine, third.handle);
    await closed(mine);
    await mine.getByRole('button', { name: `Take back the invitation: @${third.handle}` }).click();
    await look(mine, name('13-withdraw'));
    await dialog(mine).getByRole('button', { name: 'Take it back' }).click();
    await toast(mine, 'The invitation has been taken back.');
    checkIs((await third.ask('GET', '/v1/me/invitations')).items.length, 0, 'invitations of who was asked');
  });

  await step('who owns ten shops already is told so', async () => {
    const many = await person('Rahasia Banyak', `banyak.${tail}`);
    for (let i = 0; i < SHOPS_OWNED_MAX; i++) await shopOf(many, `b${i}-${tail}`, `Toko ${i}`);
    await owner.ask('POST', `/v1/shops/${shop.id}/staff`, { handle: many.handle, role: 'owner' });
    const page = await signedIn(many, size, '/me/invitations');
    pages.push(page);
    await page.getByRole('button', { name: `Accept: ${shop.name}` }).click();
    await page.getByText('as many shops as is possible').waitFor();
    await look(page, name('14-full'));
    await page.goto('/studio');
    await page.getByRole('button', { name: /^(Shop: |Toko)/ }).first().click();
    await dialog(page).getByText('A shop asks you to work there').waitFor();
    await look(page, name('15-shops'));
  });

  await step('in Indonesian and in the dark', async () => {
    const late = await person('Rahasia Malam', `malam.${tail}`);
    await owner.ask('POST', `/v1/shops/${shop.id}/staff`, { handle: late.handle, role: 'owner' });
    const dark = { colorScheme: 'dark', locale: 'id-ID' };
    const page = await signedIn(late, size, '/me/invitations', dark);
    pages.push(page);
    await page.getByRole('heading', { name: shop.name }).waitFor();
    await look(page, name('16-id-invitation'));
    await page.goto('/me');
    await page.getByRole('link', { name: /Undangan/ }).waitFor();
    await full(page, '17-id-me');
    const other = await signedIn(owner, size, '/studio/settings', dark);
    pages.push(other);
    await people(other).filter({ hasText: 'belum menjawab' }).first().waitFor();
    await full(other, '18-id-settings');
  });

  for (const p of pages) await p.context().close();
}
