// What an order's state means and what happens next if nobody does anything; what its timeline says. Knows no screens.
import type { Order, OrderCard, OrderEvent, OrderState, RefundCause, Side } from '../app/api';
import { t } from '../text';
import { formatMoney, weekdayRange, when } from '../text/numbers';
import { hasOrdersText, to, type OrdersKey } from '../text/orders';

export type Tone = 'plain' | 'good' | 'bad' | 'warn' | 'link';

export const TONES: Record<OrderState, Tone> = {
  unpaid: 'warn', on_hold: 'link', awaiting_shipment: 'link', packed: 'link', partly_shipped: 'link', in_transit: 'link', delivered: 'good', completed: 'good', cancelled: 'plain',
};

const fresh = (s: OrderState) => s === 'awaiting_shipment' || s === 'packed';

// One short line for a list: "arrives Tue 2 – Thu 4 Dec", "pay until today, 14:05".
export function nextLine(o: OrderCard): string {
  if (o.answer_by && fresh(o.state)) return to('line.asked', { when: when(o.answer_by) });
  const arrives = o.deliver_from && o.deliver_to ? to('line.arrives', { range: weekdayRange(o.deliver_from, o.deliver_to) }) : '';
  switch (o.state) {
    case 'unpaid': return o.pay_by ? to('line.unpaid', { when: when(o.pay_by) }) : '';
    case 'on_hold': return o.deadline ? to('line.on_hold', { when: when(o.deadline) }) : '';
    case 'awaiting_shipment':
    case 'packed':
    case 'partly_shipped':
    case 'in_transit': return o.deliver_to && Date.parse(o.deliver_to) < Date.now() ? to('line.overdue') : arrives;
    case 'delivered': return o.deadline ? to('line.delivered', { when: when(o.deadline) }) : '';
    case 'cancelled': return o.refunded ? to('line.refunded', { amount: formatMoney(o.refunded) }) : '';
    case 'completed': return o.refunded ? to('line.refunded', { amount: formatMoney(o.refunded) }) : '';
  }
}

// The head of an order's page, in a title and a sentence: what is, and what happens by itself when someone stays silent.
export function headOf(o: Order, seller = false): { title: string; body: string } {
  const who = seller ? 'seller' : 'buyer';
  const cod = o.method === 'cod' ? 'yes' : 'no';
  const at = o.deadline ? when(o.deadline) : '';
  const range = o.deliver_from && o.deliver_to ? weekdayRange(o.deliver_from, o.deliver_to) : '';
  const say = (key: string, more: Record<string, string> = {}) => to(`head.${key}` as OrdersKey, { who, cod, at, range, shop: o.shop.name, ...more });
  if (fresh(o.state) && o.cancel_asked !== undefined) return { title: say('asked'), body: o.answer_by ? say('asked_body', { at: when(o.answer_by) }) : '' };
  const by = o.ship_by ? when(o.ship_by) : '';
  const late = o.ship_by !== undefined && Date.parse(o.ship_by) < Date.now();
  switch (o.state) {
    case 'unpaid': return { title: say('unpaid'), body: o.pay_by ? say('unpaid_body', { at: when(o.pay_by) }) : '' };
    case 'on_hold': return { title: say('on_hold'), body: say('on_hold_body') };
    case 'awaiting_shipment':
    case 'packed': return { title: say(o.state), body: say(late ? 'ship_late' : 'ship_body', { by }) };
    case 'partly_shipped': return { title: say('partly_shipped'), body: say('partly_body') };
    case 'in_transit': return { title: range ? say('in_transit') : t('state.in_transit'), body: at ? say('in_transit_body') : '' };
    case 'delivered': return { title: say('delivered', { at: o.delivered ? when(o.delivered) : '' }), body: say('delivered_body') };
    case 'completed': return { title: say('completed'), body: o.return_by && Date.parse(o.return_by) > Date.now() ? say('completed_body', { at: when(o.return_by) }) : '' };
    case 'cancelled': return { title: say('cancelled'), body: cancelledWhy(o, seller) };
  }
}

// Who called it off, and why.
function cancelledWhy(o: Order, seller: boolean): string {
  const e = [...o.timeline].reverse().find(x => ['cancelled', 'cancel_granted', 'expired', 'refused', 'lost'].includes(x.kind));
  if (!e) return '';
  const note = noteOf(e);
  const why = e.kind === 'refused' || e.kind === 'lost' || e.kind === 'expired' ? t(`event.${e.kind}`) : e.side === 'clock' ? to('head.cancelled_clock') : to('head.cancelled_by', { side: sideOf(e.side, o.shop.name, seller ? 'seller' : 'buyer') });
  return note ? `${why}: ${note}` : `${why}.`;
}

export type Viewer = 'buyer' | 'seller' | 'operator';

export function sideOf(side: Side, shop: string, viewer: Viewer = 'buyer'): string {
  if (side === 'seller') return viewer === 'seller' ? to('side.your_shop') : shop;
  if (side === 'buyer') return to(viewer === 'buyer' ? 'side.you' : 'side.buyer');
  return to(`side.${side}`);
}

// What the server itself writes into a timeline, in the reader's language; what people wrote stays as it is.
const OWN: Record<string, OrdersKey> = {
  'not sent in time': 'own.not_sent', 'nobody said otherwise': 'own.nobody', 'the seller did not answer': 'own.silent', 'the buyer asks to cancel': 'own.asks', cancelled: 'own.cancelled',
  'lost on the way': 'own.lost', declined: 'own.declined', 'nobody answered in time': 'own.unanswered', returned: 'own.returned',
};

export function ownWords(note: string): string {
  const key = OWN[note];
  if (key && hasOrdersText(key)) return to(key);
  const money = /^(\d{1,16}) ([A-Z]{3})$/.exec(note);
  return money ? formatMoney({ minor: Number(money[1]), currency: money[2]! }) : note;
}

export function noteOf(e: OrderEvent): string {
  return e.note === undefined ? '' : ownWords(e.note);
}

const BAD: OrderEvent['kind'][] = ['payment_failed', 'expired', 'cancelled', 'cancel_granted', 'late', 'refused', 'lost', 'refund_failed', 'disputed', 'dispute_lost', 'return_rejected'];
export const isBad = (kind: OrderEvent['kind']) => BAD.includes(kind);

export const causeOf = (cause: RefundCause) => to(`cause.${cause}`);
