// What a return's state means, for each side, and what happens when someone stays silent. Knows no screens.
import type { OrderLine, Return, ReturnCard, ReturnEvent, ReturnKind, ReturnReason, ReturnState } from '../app/api';
import { returnReasonValues } from '../api';
import { ownWords, sideOf, type Tone, type Viewer } from '../orders/words';
import { when } from '../text/numbers';
import { to, type OrdersKey } from '../text/orders';

export const RETURN_TONE: Record<ReturnState, Tone> = {
  asked: 'warn', awaiting_return: 'link', sent_back: 'link', disputed: 'warn', rejected: 'bad', refunded: 'good', closed: 'plain',
  awaiting_replacement: 'warn', replacement_sent: 'link', exchanged: 'good',
};

export function returnHead(r: Return, viewer: Viewer): { title: string; body: string } {
  const params = { who: viewer, shop: r.shop.name, at: r.deadline ? when(r.deadline) : '', kind: r.kind };
  const say = (key: string) => to(`return.${key}` as OrdersKey, params);
  return { title: say(`head_${r.state}`), body: r.deadline || r.state === 'refunded' || r.state === 'closed' || r.state === 'exchanged' ? say(`body_${r.state}`) : '' };
}

// One line for a list: who has to move until when.
export function returnLine(r: ReturnCard, viewer: Viewer): string {
  return r.deadline ? to(`return.line_${r.state}` as OrdersKey, { who: viewer, at: when(r.deadline) }) : '';
}

// The last word of the shop or of the market. Silence says nothing.
export function answerOf(r: Return): { side: 'seller' | 'operator'; text: string } | undefined {
  const said = r.answer === undefined ? undefined : [...r.timeline].reverse().find(e => e.note === r.answer && e.side !== 'buyer');
  return said?.side === 'seller' || said?.side === 'operator' ? { side: said.side, text: r.answer! } : undefined;
}

export function returnEvents(r: Return, viewer: Viewer) {
  return r.timeline.map((e: ReturnEvent) => ({
    what: to(`return.event_${e.state}`), who: sideOf(e.side, r.shop.name, viewer), at: e.at, note: e.note === undefined ? '' : ownWords(e.note), bad: e.state === 'rejected',
  }));
}

// ---------------------------------------------------------------------------------------------- what may be asked for

export const NEEDS_PHOTO: ReturnReason[] = ['damaged', 'wrong_item', 'not_as_described', 'incomplete'];

// A parcel that is late can only be reported as not arrived.
export const reasonsFor = (inTransit: boolean): ReturnReason[] => (inTransit ? ['not_arrived'] : [...returnReasonValues]);

export function kindsFor(reason: ReturnReason, exchange: boolean): ReturnKind[] {
  if (reason === 'not_arrived') return ['refund_only'];
  const kinds: ReturnKind[] = reason === 'changed_mind' || reason === 'other' ? ['return_refund'] : ['return_refund', 'refund_only'];
  return exchange ? [...kinds, 'exchange'] : kinds;
}

// Units of it that the buyer has and has paid for: of what was exchanged the replacement is a line of its own.
export const leftOf = (l: OrderLine) => l.quantity - (l.refunded ?? 0) - (l.exchanged ?? 0);
