// QRIS and virtual accounts against a peer that speaks Xendit's interface as its reference describes it (Payments API v3, refunds,
// Payouts v2): a real server, real sockets, callbacks with their token. Nothing here is Xendit's own software: docs/payments.md
// says what that leaves open. node tests/payments/xendit.mjs
import { randomUUID } from 'node:crypto';
import { buy, check, detail, end, giveUp, listen, openMarket, order, payment, people, until } from './kit.mjs';

const SECRET = 'xnd_development_etalase', TOKEN = 'callback-token-of-the-dashboard';

async function openXendit() {
  const requests = new Map(), refunds = new Map(), keys = new Map(), seen = [];
  const refuse = (status, error_code, message) => ({ status, json: { error_code, message } });
  const server = await listen(async (request, body) => {
    const url = new URL(request.url, 'http://peer');
    seen.push({ method: request.method, path: url.pathname, headers: request.headers, body });
    if (request.headers.authorization !== `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}`) return refuse(401, 'INVALID_API_KEY', 'API key is not valid');
    const json = body ? JSON.parse(body) : {};
    const key = request.headers['idempotency-key'];
    if (key && keys.has(key)) return keys.get(key);
    const keep = answer => { if (key) keys.set(key, answer); return answer; };
    if (request.method === 'POST' && url.pathname === '/v3/payment_requests') {
      if (request.headers['api-version'] !== '2024-11-11') return refuse(400, 'API_VALIDATION_ERROR', 'api-version');
      if (!Number.isInteger(json.request_amount)) return refuse(400, 'API_VALIDATION_ERROR', 'request_amount');
      const qr = json.channel_code === 'QRIS', id = `pr-${randomUUID()}`;
      if (!qr && !/^(BCA|BNI|BRI|MANDIRI|PERMATA|CIMB|BSI)_VIRTUAL_ACCOUNT$/.test(json.channel_code)) return refuse(400, 'CHANNEL_CODE_NOT_SUPPORTED', json.channel_code);
      if (!qr && !(Date.parse(json.channel_properties.expires_at) > Date.now() && json.channel_properties.display_name)) return refuse(400, 'API_VALIDATION_ERROR', 'channel_properties');
      requests.set(id, {
        business_id: 'b', payment_request_id: id, reference_id: json.reference_id, type: json.type, country: json.country, currency: json.currency,
        request_amount: json.request_amount, capture_method: 'AUTOMATIC', channel_code: json.channel_code, channel_properties: json.channel_properties,
        status: 'REQUIRES_ACTION', created: new Date().toISOString(), updated: new Date().toISOString(),
        actions: [{ type: 'PRESENT_TO_CUSTOMER', descriptor: qr ? 'QR_STRING' : 'VIRTUAL_ACCOUNT_NUMBER', value: qr ? '00020101021226570011ID.DANA.WWW011893600915302259148102090225914810303UMI51440014ID.CO.QRIS.WWW' : `88089990${requests.size}` }],
      });
      return keep({ status: 201, json: requests.get(id) });
    }
    const [, one, cancel] = /^\/v3\/payment_requests\/(pr-[0-9a-f-]+)(\/cancel)?$/.exec(url.pathname) ?? [];
    if (one) {
      const r = requests.get(one);
      if (!r) return refuse(404, 'DATA_NOT_FOUND', 'no such payment request');
      if (cancel && r.status !== 'REQUIRES_ACTION') return refuse(400, 'INVALID_STATUS', r.status);
      if (cancel) r.status = 'CANCELED';
      return { status: 200, json: r };
    }
    if (request.method === 'POST' && url.pathname === '/refunds') {
      const r = requests.get(json.payment_request_id);
      if (r?.status !== 'SUCCEEDED' || r.channel_code !== 'QRIS') return refuse(400, 'REFUND_NOT_SUPPORTED', 'not refundable');
      const refund = { id: `rfd-${randomUUID()}`, payment_request_id: r.payment_request_id, reference_id: json.reference_id, amount: json.amount, currency: json.currency, status: 'PENDING', reason: json.reason };
      refunds.set(refund.id, refund);
      return keep({ status: 200, json: refund });
    }
    if (url.pathname.startsWith('/refunds/')) {
      const r = refunds.get(url.pathname.slice('/refunds/'.length));
      return r ? { status: 200, json: r } : refuse(404, 'DATA_NOT_FOUND', 'no such refund');
    }
    if (url.pathname === '/transactions') return { status: 200, json: { has_more: false, data: [{ product_id: url.searchParams.get('product_id'), fee: { xendit_fee: 420, value_added_tax: 46.2, third_party_withholding_tax: 0, status: 'COMPLETED' } }] } };
    return refuse(404, 'NOT_FOUND', url.pathname);
  });
  return { ...server, requests, refunds, seen };
}

const call = async (market, body, token = TOKEN) => {
  const answer = await fetch(`${market.base}/v1/webhooks/xendit`, { method: 'POST', headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { 'x-callback-token': token }) }, body: JSON.stringify(body) });
  await answer.arrayBuffer();
  return answer.status;
};

const capture = (r, status = 'SUCCEEDED') => ({
  event: status === 'SUCCEEDED' ? 'payment.capture' : 'payment.failure', business_id: 'b', created: new Date().toISOString(),
  data: { payment_id: `py-${r.payment_request_id.slice(3)}`, business_id: 'b', status, payment_request_id: r.payment_request_id, request_amount: r.request_amount, channel_code: r.channel_code, country: 'ID', currency: r.currency, reference_id: r.reference_id, type: 'SINGLE_PAYMENT', captures: [{ capture_amount: r.request_amount, capture_id: 'cptr-1' }] },
});

const requestOf = (peer, id) => [...peer.requests.values()].reverse().find(r => r.reference_id.startsWith(`etalase-${id}-`));

async function qris(market, all, peer) {
  const b = await buy(market, all, 'qris');
  const p = await until('the code comes by polling', payment(market, all, b.payment), x => x.qr !== undefined);
  check('it is a QRIS code, with an end', p.qr.startsWith('000201') && p.next_step === 'qr' && p.expires !== undefined, p);
  const r = requestOf(peer, b.payment);
  check('whole rupiah are asked for', r.request_amount === 60000, r);
  check('a wrong token is refused', (await call(market, capture(r), 'guessed')) === 400);
  check('and no token', (await call(market, capture(r), '')) === 400);
  check('nothing was stored', (await detail(market, all, b.payment)).events.length === 0);
  check('a failed scan does not end it', (await call(market, capture(r, 'FAILED'))) === 200);
  r.status = 'SUCCEEDED';
  r.latest_payment_id = `py-${r.payment_request_id.slice(3)}`;
  check('the callback', (await call(market, capture(r))) === 200);
  check('and once more', (await call(market, capture(r))) === 200);
  await until('paid', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  await giveUp(market, all.seller, b);
  const refund = await until('the refund is asked for', async () => [...peer.refunds.values()].at(-1), x => x !== undefined);
  check('of the whole', refund.amount === 60000, refund);
  check('it is on its way', (await market.api('GET', `/v1/payments/${b.payment}/refunds`, all.buyer.token)).json.items[0].state === 'due');
  refund.status = 'SUCCEEDED';
  check('its callback, wrapped', (await call(market, { event: 'refund.succeeded', business_id: 'b', created: new Date().toISOString(), data: { event: 'refund.succeeded', data: refund } })) === 200);
  await until('sent', async () => (await market.api('GET', `/v1/payments/${b.payment}/refunds`, all.buyer.token)).json, x => x.items[0].state === 'sent');
}

async function virtualAccount(market, all, peer) {
  const b = await buy(market, all, 'virtual_account');
  check('the bank is asked for first', b.first.next_step === 'choose_bank', b.first);
  check('a bank that is none', (await market.api('POST', `/v1/payments/${b.payment}/bank`, all.buyer.token, { bank: 'x' })).status === 422);
  check('a bank', (await market.api('POST', `/v1/payments/${b.payment}/bank`, all.buyer.token, { bank: 'mandiri' })).status === 200);
  const p = await until('the number comes by polling', payment(market, all, b.payment), x => x.account_number !== undefined);
  check('of that bank', p.bank === 'mandiri' && /^\d+$/.test(p.account_number), p);
  const r = requestOf(peer, b.payment);
  check('with an end of its own', Math.abs(Date.parse(r.channel_properties.expires_at) - Date.parse(p.expires)) < 1000, r);
  await call(market, capture(r));
  r.status = 'SUCCEEDED';
  await until('paid', order(market, all, b.order), o => o.state === 'awaiting_shipment');
  await giveUp(market, all.seller, b);
  const list = await until('it goes back by hand', async () => (await market.api('GET', '/v1/operator/refunds?by_hand=true', all.operator.token)).json, x => x.items.length === 1);
  check('nobody was asked to send it', ![...peer.refunds.values()].some(x => x.payment_request_id === r.payment_request_id));
  const paid = await market.api('POST', `/v1/operator/refunds/${list.items[0].id}/paid`, all.operator.token, { paid_on: new Date().toISOString().slice(0, 10), reference: 'MDR-1' });
  check('and is noted as paid', paid.status === 200 && paid.json.state === 'sent', paid);
}

async function givenUp(market, all, peer) {
  const b = await buy(market, all, 'qris');
  await until('a code', payment(market, all, b.payment), x => x.qr !== undefined);
  const r = requestOf(peer, b.payment);
  await giveUp(market, all.buyer, b);
  await until('is called off when the order is given up', async () => r.status, s => s === 'CANCELED');
  await call(market, capture(r));                                // paid at the very same moment
  r.status = 'SUCCEEDED';
  await until('and what is paid all the same goes back', payment(market, all, b.payment), x => x.state === 'refunded');
  await until('through the provider', async () => [...peer.refunds.values()].some(x => x.payment_request_id === r.payment_request_id), x => x);
}

const peer = await openXendit();
const market = await openMarket({ ETALASE_XENDIT_SECRET_KEY: SECRET, ETALASE_XENDIT_CALLBACK_TOKEN: TOKEN, ETALASE_XENDIT_URL: peer.url });
try {
  const all = await people(market);
  for (const run of [qris, virtualAccount, givenUp]) await run(market, all, peer);
  check('every request that makes something has a key', peer.seen.filter(s => s.method === 'POST' && !s.path.endsWith('/cancel')).every(s => s.headers['idempotency-key']?.startsWith('etalase-')));
  await new Promise(r => setTimeout(r, 500));
  const audit = market.audit();
  check('the audit is clean', /"violations":0/.test(audit), audit);
} catch (e) {
  check(String(e.stack), false);
} finally {
  await market.close();
  await peer.stop();
}
end();
