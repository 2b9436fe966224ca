// Cards with what people really use: npm stripe-stateful-mock as Stripe's side, webhooks signed by Stripe's own library, a real
// server between them. Run from anywhere: node tests/payments/stripe.mjs (after npm ci in this folder, with build/etalase there).
//
// The mock knows charges, refunds, disputes, keys and idempotency, but no PaymentIntents. So a thin front of our own stands before
// it: an intent is kept here, and paying it makes a charge in the mock, whose answer decides. Everything else goes through.
import { createRequire } from 'node:module';
import Stripe from 'stripe';
import { buy, check, detail, end, giveUp, listen, openMarket, order, payment, people, until } from './kit.mjs';

const require = createRequire(import.meta.url);
const SECRET = 'sk_test_etalase', PUBLIC = 'pk_test_etalase', HOOK = 'whsec_now', HOOK_BEFORE = 'whsec_before';
const stripe = new Stripe(SECRET);

// ---------------------------------------------------------------------------------------------- Stripe's side

async function openStripe() {
  process.env.LOG_LEVEL = 'silent';
  require('loglevel').setLevel('silent');
  const mock = require('stripe-stateful-mock').createExpressApp();
  const behind = await new Promise(done => { const s = mock.listen(0, '127.0.0.1', () => done(s)); });
  const mockUrl = `http://127.0.0.1:${behind.address().port}`;
  const intents = new Map(), keys = new Map();
  const ask = async (method, path, headers, body) => {
    const answer = await fetch(mockUrl + path, { method, headers, body });
    return { status: answer.status, json: await answer.json() };
  };
  const auth = { Authorization: `Bearer ${SECRET}` };
  const form = fields => ({ headers: { ...auth, 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() });
  const shown = (i, expand) => ({ ...i, latest_charge: i.charge && expand ? { id: i.charge, balance_transaction: { fee: Math.round(i.amount / 50), currency: i.currency } } : i.charge ?? null });

  async function createIntent(request, body) {
    const known = await ask('GET', '/v1/charges?limit=1', { Authorization: request.headers.authorization ?? '' });
    if (known.status !== 200) return known;                        // the mock looks after keys
    const key = request.headers['idempotency-key'];
    if (keys.has(key)) return { status: 200, json: shown(intents.get(keys.get(key))) };
    const f = new URLSearchParams(body), id = `pi_${intents.size + 1}`;
    if (!(Number(f.get('amount')) > 0)) return { status: 400, json: { error: { message: 'Invalid positive integer' } } };
    intents.set(id, {
      id, object: 'payment_intent', amount: Number(f.get('amount')), amount_received: 0, currency: f.get('currency'), status: 'requires_payment_method',
      client_secret: `${id}_secret_${key}`, metadata: { etalase: f.get('metadata[etalase]') }, charge: undefined, last_payment_error: null,
    });
    keys.set(key, id);
    return { status: 200, json: shown(intents.get(id)) };
  }

  const front = await listen(async (request, body) => {
    const url = new URL(request.url, mockUrl);
    const [, one, cancel] = /^\/v1\/payment_intents\/(pi_\d+)(\/cancel)?$/.exec(url.pathname) ?? [];
    if (request.method === 'POST' && url.pathname === '/v1/payment_intents') return createIntent(request, body);
    if (one) {
      const i = intents.get(one);
      if (!i) return { status: 404, json: { error: { message: 'No such payment_intent' } } };
      if (cancel) {
        if (i.status === 'succeeded') return { status: 400, json: { error: { message: 'It has succeeded' } } };
        i.status = 'canceled';
      }
      return { status: 200, json: shown(i, url.searchParams.has('expand[0]')) };
    }
    const headers = { Authorization: request.headers.authorization ?? '', 'Content-Type': request.headers['content-type'] ?? '' };
    if (request.headers['idempotency-key']) headers['Idempotency-Key'] = request.headers['idempotency-key'];
    return ask(request.method, request.url, headers, request.method === 'GET' ? undefined : body);
  });

  // What Stripe's element does with the buyer's card, with one of the mock's.
  async function pay(id, source) {
    const i = intents.get(id);
    const { headers, body } = form({ amount: String(i.amount), currency: i.currency, source });
    const charge = await ask('POST', '/v1/charges', headers, body);
    if (charge.status !== 200) {
      i.last_payment_error = { message: charge.json.error.message, decline_code: charge.json.error.decline_code };
      return { type: 'payment_intent.payment_failed', object: shown(i) };
    }
    Object.assign(i, { status: 'succeeded', amount_received: i.amount, charge: charge.json.id, last_payment_error: null });
    return { type: 'payment_intent.succeeded', object: shown(i), charge: charge.json };
  }
  return {
    url: front.url, intents, pay,
    charge: id => ask('GET', `/v1/charges/${id}`, auth).then(a => a.json),
    dispute: id => ask('GET', `/v1/disputes/${id}`, auth).then(a => a.json),
    stop: async () => { await front.stop(); behind.closeAllConnections(); await new Promise(done => behind.close(done)); },
  };
}

let numbers = 0;
const event = ({ type, object }, at = Date.now()) => ({ id: `evt_${++numbers}`, object: 'event', api_version: '2024-06-20', created: Math.floor(at / 1000), type, livemode: false, data: { object } });

// Signed by Stripe's own library, and read back by it.
async function send(market, e, { secret = HOOK, timestamp = Math.floor(Date.now() / 1000), change = x => x, header } = {}) {
  const payload = JSON.stringify(e);
  const signature = header ?? stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const answer = await fetch(`${market.base}/v1/webhooks/stripe`, { method: 'POST', headers: { 'Stripe-Signature': signature, 'Content-Type': 'application/json' }, body: change(payload) });
  await answer.arrayBuffer();
  return answer.status;
}

// ---------------------------------------------------------------------------------------------- the tests

async function started(market, all, provider, method = 'card') {
  const b = await buy(market, all, method);
  check('a payment is written before anybody is asked', b.first.state === 'pending' && !b.first.client_secret, b.first);
  const p = await until('the client secret comes by polling', payment(market, all, b.payment), x => x.client_secret !== undefined);
  return { ...b, intent: p.client_secret.split('_secret_')[0], shown: p };
}

async function paysAndRefunds(market, all, provider) {
  const b = await started(market, all, provider);
  check('the publishable key comes with it', b.shown.publishable_key === PUBLIC && b.shown.next_step === 'card', b.shown);
  const said = event(await provider.pay(b.intent, 'tok_visa'));
  check('the library reads what it signed', stripe.webhooks.constructEvent(JSON.stringify(said), stripe.webhooks.generateTestHeaderString({ payload: JSON.stringify(said), secret: HOOK }), HOOK).id === said.id);
  check('a signed webhook is taken', (await send(market, said)) === 200);
  await until('the order is paid', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  check('a replay is taken and changes nothing', (await send(market, said)) === 200);
  const again = { ...said, id: 'evt_another_name' };
  check('the same news under another name is taken', (await send(market, again)) === 200);
  const d = await detail(market, all, b.payment);
  check('it counts once', d.payment.received.minor === 6000000, d.payment);
  await giveUp(market, all.seller, b);
  await until('the money is sent back', async () => (await market.api('GET', `/v1/payments/${b.payment}/refunds`, all.buyer.token)).json, x => x.items[0]?.state === 'sent');
  const charge = await provider.charge(provider.intents.get(b.intent).charge);
  check('the mock has given back exactly that', charge.amount_refunded === 6000000 && charge.refunded === true, charge);
}

async function fails(market, all, provider) {
  const b = await started(market, all, provider);
  check('a declined card is told', (await send(market, event(await provider.pay(b.intent, 'tok_chargeDeclined')))) === 200);
  const p = await until('its reason is shown and the payment stays open', payment(market, all, b.payment), x => x.reason !== undefined);
  check('another card may be tried', p.state === 'action_needed' && p.client_secret !== undefined, p);
  const broke = event(await provider.pay(b.intent, 'tok_chargeDeclinedInsufficientFunds'));
  await send(market, broke);
  check('then it works', (await send(market, event(await provider.pay(b.intent, 'tok_visa')))) === 200);
  await until('and is paid', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  await send(market, { ...broke, id: 'evt_late_failure' });
  check('a failure that comes late changes nothing', (await payment(market, all, b.payment)()).state === 'succeeded');
}

async function forged(market, all, provider) {
  const b = await started(market, all, provider);
  const paid = event({ type: 'payment_intent.succeeded', object: { ...provider.intents.get(b.intent), status: 'succeeded', amount_received: 6000000 } });
  const now = Math.floor(Date.now() / 1000);
  check('another secret', (await send(market, paid, { secret: 'whsec_guessed' })) === 400);
  check('no signature', (await send(market, paid, { header: '' })) === 400);
  check('a signature without a version', (await send(market, paid, { header: `t=${now}` })) === 400);
  check('other bytes than were signed', (await send(market, paid, { change: x => x.replace('6000000', '6000001') })) === 400);
  check('one more blank', (await send(market, paid, { change: x => `${x} ` })) === 400);
  check('ten minutes old', (await send(market, paid, { timestamp: now - 600 })) === 400);
  check('ten minutes early', (await send(market, paid, { timestamp: now + 600 })) === 400);
  const d = await detail(market, all, b.payment);
  check('nothing was stored', d.events.length === 0 && d.payment.state === 'action_needed', d);
  check('an unknown kind is stored and left alone', (await send(market, event({ type: 'customer.created', object: { id: 'cus_1' } }))) === 200);
  check("somebody else's intent", (await send(market, event({ type: 'payment_intent.succeeded', object: { id: 'pi_999', amount_received: 1, currency: 'idr' } }))) === 200);
  check('four minutes old is taken', (await send(market, event(await provider.pay(b.intent, 'tok_visa')), { timestamp: now - 240 })) === 200);
  await until('and pays', order(market, all, b.order), o => o.state === 'awaiting_shipment');
}

async function secondSecretAndOrder(market, all, provider) {
  const b = await started(market, all, provider);
  const at = Date.now();
  const processing = event({ type: 'payment_intent.processing', object: { ...provider.intents.get(b.intent) } }, at - 60_000);
  const success = event(await provider.pay(b.intent, 'tok_visa'), at);
  check('the secret from before is taken', (await send(market, success, { secret: HOOK_BEFORE })) === 200);
  check('what was before it comes after it', (await send(market, processing)) === 200);
  check('and once more', (await send(market, processing)) === 200);
  await until('the order is paid all the same', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  check('and stays so', (await payment(market, all, b.payment)()).state === 'succeeded');
}

// No webhook at all, and the server killed meanwhile: what hangs is asked about.
async function lost(market, all, provider) {
  const b = await started(market, all, provider);
  await provider.pay(b.intent, 'tok_visa');
  await market.kill('SIGKILL');
  await market.restart();
  await market.api('POST', `/v1/operator/payments/${b.payment}/check`, all.operator.token);
  await until('the reconciler finds the payment', order(market, all, b.order), o => o.state === 'awaiting_shipment');
}

async function disputed(market, all, provider) {
  const b = await started(market, all, provider);
  const paid = await provider.pay(b.intent, 'tok_createDispute');
  await send(market, event(paid));
  await until('paid', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  const charge = await provider.charge(paid.charge.id);
  const dispute = await provider.dispute(charge.dispute);
  check("the mock's own dispute is taken", (await send(market, event({ type: 'charge.dispute.created', object: dispute }))) === 200);
  await until('it is told to the orders', async () => detail(market, all, b.payment), d => d.events.some(e => e.kind === 'disputed' && e.applied));
  await send(market, event({ type: 'charge.dispute.closed', object: { ...dispute, status: 'won' } }));
  await until('and its end', async () => detail(market, all, b.payment), d => d.events.some(e => e.kind === 'dispute_won' && e.applied));
}

const provider = await openStripe();
const market = await openMarket({
  ETALASE_STRIPE_SECRET_KEY: SECRET, ETALASE_STRIPE_PUBLISHABLE_KEY: PUBLIC, ETALASE_STRIPE_WEBHOOK_SECRET: HOOK,
  ETALASE_STRIPE_WEBHOOK_SECRET_2: HOOK_BEFORE, ETALASE_STRIPE_URL: provider.url,
});
try {
  const all = await people(market);
  for (const run of [paysAndRefunds, fails, forged, secondSecretAndOrder, disputed, lost]) await run(market, all, provider);
  await new Promise(r => setTimeout(r, 500));
  const audit = market.audit();
  check('the audit is clean', /"violations":0/.test(audit), audit);
} catch (e) {
  check(String(e.stack), false);
} finally {
  await market.close();
  await provider.stop();
}
end();
