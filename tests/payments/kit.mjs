// What the tests with real payment clients share: a market of its own in a folder of its own, people in it, and a checker.
import { spawn, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = new URL('../../build/etalase', import.meta.url).pathname;
const WAIT_MS = 20_000;
let passed = 0, failed = 0;

export function check(what, good, detail = '') {
  if (good) passed++;
  else {
    failed++;
    console.error(`FAILED: ${what} ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`);
  }
}

export function end() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

// A server on this machine: `handle(request, body)` gives { status, json } or { status, text }.
export async function listen(handle) {
  const server = http.createServer((request, answer) => {
    const parts = [];
    request.on('data', piece => parts.push(piece));
    request.on('end', async () => {
      let said;
      try {
        said = await handle(request, Buffer.concat(parts).toString());
      } catch (e) {
        said = { status: 500, json: { message: String(e) } };
      }
      answer.writeHead(said.status, { 'Content-Type': 'application/json' });
      answer.end(said.text ?? JSON.stringify(said.json));
    });
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}`, stop: () => new Promise(done => { server.closeAllConnections(); server.close(done); }) };
}

// `build/etalase serve` with these settings; ends only what it started.
export async function openMarket(environment) {
  const folder = mkdtempSync(join(tmpdir(), 'etalase-payments-'));
  const data = join(folder, 'data');
  const start = () => new Promise((done, refuse) => {
    const child = spawn(program, ['serve', '--port', '0', '--data', data, '--quiet', '--sign-ups-per-hour', '100000'],
      { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'inherit'] });
    const timer = setTimeout(() => refuse(new Error('the server did not start')), WAIT_MS);
    let text = '';
    child.stdout.on('data', piece => {
      text += piece;
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text);
      if (found) { clearTimeout(timer); done({ child, base: found[0] }); }
    });
    child.on('exit', code => { clearTimeout(timer); refuse(new Error(`the server ended with ${code}`)); });
  });
  const market = { data, ...(await start()) };
  market.kill = signal => new Promise(done => { market.child.on('exit', done); market.child.kill(signal); });
  market.restart = async () => Object.assign(market, await start());
  market.close = async () => { await market.kill('SIGTERM'); rmSync(folder, { recursive: true, force: true }); };
  market.audit = () => {
    try {
      return execFileSync(program, ['audit', '--data', data], { encoding: 'utf8' });
    } catch (e) {
      return String(e.stdout);
    }
  };
  market.api = async (method, path, token, body, headers = {}) => {
    const answer = await fetch(market.base + path, {
      method,
      headers: { Accept: 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, json: text ? JSON.parse(text) : undefined };
  };
  return market;
}

const must = (got, status) => {
  if (got.status !== status) throw new Error(`${got.status}, not ${status}: ${JSON.stringify(got.json)}`);
  return got.json;
};

async function person(market, name) {
  const email = `${name}-${randomBytes(6).toString('hex')}@example.com`, password = randomBytes(12).toString('base64url');
  must(await market.api('POST', '/v1/accounts', undefined, { email, password, name, handle: `${name}${randomBytes(3).toString('hex')}` }), 201);
  const made = must(await market.api('POST', '/v1/sessions', undefined, { email, password }), 201);
  return { token: made.token, handle: made.account.handle };
}

// A buyer, a seller with one product of 50,000 rupiah (and 10,000 for the parcel), an operator.
export async function people(market) {
  const buyer = await person(market, 'ana'), seller = await person(market, 'sari'), operator = await person(market, 'oma');
  execFileSync(program, ['operator', operator.handle, '--data', market.data]);
  const shop = must(await market.api('POST', '/v1/shops', seller.token, {
    name: 'Toko Rotan', handle: `rotan-${randomBytes(4).toString('hex')}`, currency: 'IDR', country: 'ID', city: 'Jepara',
    shipping: { minor: 1000000, currency: 'IDR' }, dispatch_days: 2, delivery_min_days: 1, delivery_max_days: 4,
  }), 201);
  const product = must(await market.api('POST', `/v1/shops/${shop.id}/products`, seller.token, {
    title: 'Keranjang rotan', options: [], pictures: [], variants: [{ sku: 'KR-1', options: [], price: { minor: 5000000, currency: 'IDR' }, stock: 500 }],
  }), 201);
  return { buyer, seller, operator, shop: shop.id, variant: product.variants[0].id };
}

// A checkout of one unit; its payment is polled as the app does, until it has got that far.
export async function buy(market, all, method) {
  const made = must(await market.api('POST', '/v1/checkouts', all.buyer.token, {
    ship_to: { name: 'Ana Lestari', phone: '+62 812 3456 789', line1: 'Jl. Mawar 3', city: 'Jepara', postcode: '59411', country: 'ID' },
    method, lines: [{ variant: all.variant, quantity: 1 }],
  }), 201);
  return { payment: made.payment.id, order: made.orders[0].id, first: made.payment };
}

// A paid order is called off by its seller; one that nobody has paid for yet, by its buyer.
export async function giveUp(market, who, b) {
  const gone = await market.api('POST', `/v1/orders/${b.order}/cancel`, who.token, { reason: 'changed our minds' });
  check('the order is given up', gone.status === 200 && gone.json.state === 'cancelled', gone);
}

export async function until(what, ask, good) {
  let got;
  for (const end = Date.now() + WAIT_MS; Date.now() < end; await new Promise(r => setTimeout(r, 100))) {
    got = await ask();
    if (good(got)) { check(what, true); return got; }
  }
  check(what, false, got);
  return got;
}

export const payment = (market, all, id) => async () => (await market.api('GET', `/v1/payments/${id}`, all.buyer.token)).json;
export const order = (market, all, id) => async () => (await market.api('GET', `/v1/orders/${id}`, all.buyer.token)).json;
export const detail = async (market, all, id) => (await market.api('GET', `/v1/operator/payments/${id}`, all.operator.token)).json;
