// Money on its way back to the buyer: why, how much, and whether it has been sent.
import { Check, CircleAlert } from 'lucide-preact';
import type { OrderRefund } from '../app/api';
import { formatMoney, moment } from '../text/numbers';
import { to } from '../text/orders';
import { Card } from '../ui/bits';
import { causeOf, ownWords } from './words';

export function Refunds({ refunds, cash, seller }: { refunds: OrderRefund[]; cash: boolean; seller?: boolean }) {
  if (refunds.length === 0) return null;
  return <Card title={to('refund.title')}><ul class="refunds">{refunds.map(r => <One key={r.id} refund={r} cash={cash} seller={seller} />)}</ul></Card>;
}

function One({ refund: r, cash, seller }: { refund: OrderRefund; cash: boolean; seller: boolean | undefined }) {
  const reached = r.state === 'sent' ? 2 : 1;
  const steps = [to('refund.step_due'), r.state === 'failed' ? to('refund.step_failed') : to('refund.step_sent')];
  return (
    <li>
      <p class="spread"><strong>{causeOf(r.cause)}</strong><strong class="num">{formatMoney(r.amount)}</strong></p>
      <p class="muted small">{ownWords(r.reason)} · <time dateTime={r.at}>{moment(r.at)}</time></p>
      <ol class={`refund-way${r.state === 'failed' ? ' refund-failed' : ''}`}>
        {steps.map((text, i) => (
          <li key={text} class={i < reached ? 'done' : r.state === 'failed' ? 'failed' : ''}>
            <span aria-hidden="true">{i < reached ? <Check size={12} strokeWidth={3} /> : r.state === 'failed' ? <CircleAlert size={12} /> : null}</span>{text}
            {i < reached ? <span class="hidden"> {to('refund.done')}</span> : null}
          </li>
        ))}
      </ol>
      <p class="muted small">{to(r.state === 'sent' ? cash ? 'refund.sent_cash' : 'refund.sent_body' : r.state === 'failed' ? 'refund.failed_body' : 'refund.due_body', { who: seller ? 'seller' : 'buyer' })}</p>
    </li>
  );
}
