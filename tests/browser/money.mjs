// A seller's money through the browser, with the operator on the other side: account, verification, a correction, a payout, the
// file for the bank, books, audit. At both sizes. Needs a running demo market.
import { readFileSync } from 'node:fs';
import { base, check, checkIs, finish, look, openBrowser, openStill, seller, test } from './kit.mjs';

const operator = { email: 'operator@example.com', password: 'jaga-pasar-malam' };
const run = Date.now().toString(36);

async function call(token, method, path, body) {
  const answer = await fetch(base + path, { method, headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body ? { 'Content-Type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}
const logIn = async who => (await call('', 'POST', '/v1/sessions', who)).token;

async function signIn(page, who) {
  await page.addInitScript(() => localStorage.setItem('etalase.locale', 'en'));
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(who.email);
  await page.getByLabel('Password', { exact: true }).fill(who.password);
  await page.locator('form').getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(u => !String(u).includes('/sign-in'));
}

async function journey(browser, size) {
  const name = n => `money-${size}-${n}`;
  const token = await logIn(seller);
  // A shop of its own: nothing that the town did is in its books.
  const shop = await call(token, 'POST', '/v1/shops', { name: `Kas ${size}`, handle: `kas-${size}-${run}`, currency: 'IDR', country: 'ID', city: 'Jepara', shipping: { minor: 0, currency: 'IDR' },
    dispatch_days: 1, delivery_min_days: 1, delivery_max_days: 2 });
  const page = await openStill(browser, size, { acceptDownloads: true }), desk = await openStill(browser, size, { acceptDownloads: true });
  const step = (text, f) => test(`${size}: ${text}`, f);
  const dialog = at => at.getByRole('dialog');

  await step('a seller without money is told what to do', async () => {
    await signIn(page, seller);
    await page.goto(`/studio/${shop.id}`);
    await page.waitForURL('**/studio');
    await page.goto('/studio/money');
    await page.getByRole('heading', { name: 'Where should your money go?' }).waitFor();
    check(await page.getByRole('button', { name: 'Pay out' }).isDisabled(), 'nothing can be paid out yet');
    await look(page, name('1-empty'), { fullPage: true });
  });

  await step('a wrong account number is said at its field; a right one waits to be verified', async () => {
    await page.getByRole('button', { name: 'Add account' }).click();
    await dialog(page).getByLabel('Account holder').fill('Ratna Dewi');
    await dialog(page).getByLabel('Bank', { exact: true }).fill('ABN AMRO');
    await dialog(page).getByLabel('IBAN or account number').fill('NL91 ABNA 0417 1643 01');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await dialog(page).getByText('check digits disagree').waitFor();
    await look(page, name('2-account'));
    await dialog(page).getByLabel('IBAN or account number').fill('NL91 ABNA 0417 1643 00');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Waiting to be verified').waitFor();
    await page.getByText('•••• 4300').waitFor();
  });

  await step('the operator sees the whole number and verifies it', async () => {
    await signIn(desk, operator);
    await desk.goto('/operator');
    await desk.getByRole('link', { name: /Sellers.*To verify/ }).waitFor();
    await look(desk, name('3-operator'), { fullPage: true });
    await desk.goto(`/operator/sellers/${shop.id}`);
    await desk.getByText('NL91ABNA0417164300').waitFor();
    await desk.getByRole('button', { name: 'Verify', exact: true }).click();
    await dialog(desk).getByRole('button', { name: 'Verify' }).click();
    await desk.getByRole('button', { name: 'Take verification back' }).waitFor();
    await look(desk, name('4-seller'), { fullPage: true });
  });

  await step('a correction in the seller’s favour', async () => {
    await desk.getByRole('button', { name: 'Correct the balance' }).click();
    await dialog(desk).getByLabel('Amount').fill('250000');
    await dialog(desk).getByLabel('Reason').fill('Opening bonus');
    await dialog(desk).getByRole('button', { name: 'Book by hand' }).click();
    await desk.getByText('Rp 250,000').first().waitFor();
  });

  await step('the seller asks for less than there is, and not for more', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Pay out' }).click();
    const field = dialog(page).getByLabel('Amount');
    await field.fill('999999');
    await dialog(page).getByRole('button', { name: 'Pay out' }).click();
    await dialog(page).getByText('At most Rp').waitFor();
    await field.fill('200000');
    await dialog(page).getByRole('button', { name: 'Pay out' }).click();
    await page.getByText('Being checked').waitFor();
    await page.locator('.chart canvas').waitFor();
    await look(page, name('5-money'), { fullPage: true });
  });

  await step('approved into a file, which the bank can read', async () => {
    await desk.goto('/operator/payouts');
    await desk.getByText('No account yet').or(desk.getByText('Pasar Etalase')).first().waitFor();
    if (await desk.getByText('No account yet').count()) {
      await desk.getByRole('button', { name: 'Add account' }).click();
      await dialog(desk).getByLabel('Account holder').fill('Pasar Etalase');
      await dialog(desk).getByLabel('Bank', { exact: true }).fill('BCA');
      await dialog(desk).getByLabel('IBAN or account number').fill('0987654321');
      await dialog(desk).getByLabel('BIC').fill('CENAIDJA');
      await dialog(desk).getByRole('button', { name: 'Save' }).click();
      await desk.getByText('Pasar Etalase').first().waitFor();
    }
    const waiting = await call(await logIn(operator), 'GET', '/v1/operator/payouts?state=requested');
    const ours = desk.getByRole('row', { name: new RegExp(`Kas ${size}`) }).first();
    await ours.waitFor();
    checkIs(await ours.getByRole('button', { name: 'Through the provider' }).count(), waiting.items[0].by_provider ? 1 : 0, 'ways through a provider');
    await desk.getByRole('checkbox', { name: new RegExp(`Kas ${size}`) }).first().check();
    await look(desk, name('6-approve'), { fullPage: true });
    await desk.getByRole('button', { name: /^Approve 1 payout/ }).click();
    await dialog(desk).getByRole('button', { name: /^Approve/ }).click();
    await desk.getByRole('button', { name: 'Mark as sent' }).first().waitFor();
    const [file] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: /pain.001/ }).first().click()]);
    const xml = readFileSync(await file.path(), 'utf8');
    check(xml.includes('<IBAN>NL91ABNA0417164300</IBAN>') && xml.includes('<CtrlSum>200000.00</CtrlSum>'), 'the file says who gets how much');
    const [sheet] = await Promise.all([desk.waitForEvent('download'), desk.getByRole('link', { name: 'CSV' }).first().click()]);
    check(readFileSync(await sheet.path(), 'utf8').includes(',200000.00,IDR,Ratna Dewi,NL91ABNA0417164300,'), 'and so does the table');
    await look(desk, name('7-files'), { fullPage: true });
  });

  await step('sent, and sent back by the bank', async () => {
    await desk.getByRole('button', { name: 'Mark as sent' }).first().click();
    await dialog(desk).getByRole('button', { name: 'Mark as sent' }).click();
    await desk.getByText('Marked as sent.').waitFor();
    await desk.getByRole('tab', { name: 'All' }).click();
    const row = desk.getByRole('row', { name: new RegExp(`Kas ${size}`) }).first();
    await row.getByRole('button', { name: 'It came back' }).click();
    await dialog(desk).getByLabel('Reason').fill('The account is closed');
    await dialog(desk).getByRole('button', { name: 'It came back' }).click();
    await row.getByText('The account is closed').waitFor();
    await look(desk, name('8-all'), { fullPage: true });
  });

  await step('the statement says all of it, and its end is the balance', async () => {
    await page.goto('/studio/money/statement');
    await page.getByText('Payout came back').waitFor();
    await look(page, name('9-statement'), { fullPage: true });
    checkIs(await page.locator('.money-lines tbody tr').count(), 3, 'entries');
    const end = await page.locator('.money-ends strong').last().innerText();
    checkIs(end.replace(/\s/g, ' '), 'Rp 250,000', 'the closing balance');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download CSV' }).click()]);
    checkIs(readFileSync(await file.path(), 'utf8').trim().split('\r\n').length, 4, 'lines of the file');
  });

  await step('books that are level, down to a posting', async () => {
    await desk.goto('/operator/books');
    await desk.getByRole('row', { name: /^Sum/ }).waitFor();
    checkIs((await desk.locator('.money-lines tfoot td').last().innerText()).trim(), '=', 'debits and credits');
    await look(desk, name('10-books'), { fullPage: true });
    await desk.getByRole('link', { name: 'Losses and corrections' }).click();
    await desk.getByText('Opening bonus').first().waitFor();
    await look(desk, name('11-postings'), { fullPage: true });
  });

  await step('the audit finds nothing wrong', async () => {
    await desk.goto('/operator/audit');
    await desk.getByRole('button', { name: 'Check now' }).click();
    await desk.getByRole('heading', { name: 'Everything holds' }).waitFor({ timeout: 60_000 });
    await look(desk, name('12-audit'));
  });

  await step('in Indonesian, in the dark, from right to left', async () => {
    const other = await openStill(browser, size, { colorScheme: 'dark', locale: 'id-ID', storageState: await page.context().storageState() });
    await other.addInitScript(() => localStorage.setItem('etalase.locale', 'id'));
    await other.goto('/studio/money?dir=rtl');
    await other.locator('.money-balance').waitFor();
    await look(other, name('13-dark-rtl'), { fullPage: true });
    check(!/\b(Available|Payouts|Statements|Reserve)\b/.test(await other.locator('.page').innerText()), 'no English is left');
    await other.context().close();
  });

  for (const p of [page, desk]) {
    checkIs(p.mistakes.join('\n'), '', 'mistakes of the pages');
    await p.context().close();
  }
}

const browser = await openBrowser();
for (const size of ['phone', 'desktop']) await journey(browser, size);
await browser.close();
finish();
