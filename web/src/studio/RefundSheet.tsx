// A part of an order goes back: units of its lines, or an amount; what the buyer gets and what is left is asked of the server first.
import { useEffect, useState } from 'preact/hooks';
import { refundNewLimits } from '../api';
import { api, ask, Refusal, type Order, type RefundPreview, type RefundPreviewNew } from '../app/api';
import { leftOf } from '../returns/words';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { FormError, Stepper, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { MoneyField, words } from './bits';
import { parseMoney } from './money';

const left = leftOf;

export function RefundSheet({ order: o, onClose, onDone }: { order: Order; onClose: () => void; onDone: (o: Order) => void }) {
  const open = o.lines.filter(l => left(l) > 0);
  const currency = o.total.currency;
  const [by, setBy] = useState<'lines' | 'amount'>(open.length ? 'lines' : 'amount');
  const [units, setUnits] = useState<Record<string, number>>({});
  const [shipping, setShipping] = useState(false);
  const lines = Object.entries(units).filter(([, n]) => n > 0).map(([line, quantity]) => ({ line, quantity }));
  const form = useForm({
    values: { amount: '', reason: '' },
    check: v => ({
      ...(by === 'lines' && lines.length === 0 ? { '': ts('refund.choose') } : {}),
      ...(by === 'amount' && !parseMoney(v.amount, currency) ? { amount: ts('refund.bad_amount') } : {}),
      ...(v.reason.trim() ? {} : { reason: t('form.required') }),
    }),
    send: async (v, key): Promise<void> => {
      const made = await ask(api.orderRefundPost({ id: o.id }, { ...wish(v.amount)!, reason: v.reason.trim() }, { idempotencyKey: key }));
      onClose();
      onDone(made);
    },
  });
  const wish = (amount: string): RefundPreviewNew | undefined => {
    const minor = parseMoney(amount, currency);
    if (by === 'amount') return minor ? { amount: { minor, currency } } : undefined;
    return lines.length ? { lines, ...(shipping ? { shipping } : {}) } : undefined;
  };
  const hasShipping = o.shipping.minor - o.shipping_discount.minor + o.cod_fee.minor > 0;
  return (
    <Sheet title={ts('refund.title')} onClose={onClose} foot={<Preview order={o} wish={wish(form.values.amount)} />}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        {open.length ? <Tabs label={ts('refund.by')} value={by} onValue={v => { setBy(v); form.fail({}); }} options={[{ value: 'lines', label: ts('refund.by_lines') }, { value: 'amount', label: ts('refund.by_amount') }]} /> : null}
        {by === 'lines' ? (
          <>
            <ul class="ship-lines">{open.map(l => (
              <li key={l.id}>
                <span class="row-text"><span class="clamp2 small">{l.title}</span><span class="small muted">{l.options ? `${l.options} · ` : ''}{ts('refund.left', { n: left(l) })}</span></span>
                <Stepper value={units[l.id] ?? 0} min={0} max={left(l)} label={to('return.how_many_of', { title: l.title })} onValue={n => { setUnits(u => ({ ...u, [l.id]: n })); form.fail({}); }} />
              </li>))}
            </ul>
            {hasShipping ? <Check name="shipping" label={ts('refund.shipping')} value={shipping} onValue={setShipping} /> : null}
          </>
        ) : <MoneyField currency={currency} label={ts('refund.amount')} hint={ts('refund.amount_hint')} {...form.field('amount')} />}
        <Field label={ts('refund.reason')} multiline rows={2} maxLength={refundNewLimits.reason.max} hint={ts('refund.reason_hint')} {...form.field('reason')} />
        <Button kind="danger" type="submit" wide busy={form.busy}>{ts('refund.action')}</Button>
      </form>
    </Sheet>
  );
}

// The server's own sums for exactly this; while they are on their way the old ones stay, dimmed.
function Preview({ order: o, wish }: { order: Order; wish: RefundPreviewNew | undefined }) {
  const [shown, setShown] = useState<{ of: string; value?: RefundPreview; problem?: string }>();
  const of = wish ? JSON.stringify(wish) : '';
  useEffect(() => {
    if (!wish) return setShown(undefined);
    let on = true;
    const timer = setTimeout(() => void api.orderRefundPreviewPost({ id: o.id }, wish).then(r => {
      if (on) setShown({ of, ...(r.ok ? { value: r.value } : { problem: words(new Refusal(r.problem)) }) });
    }), 150);
    return () => { on = false; clearTimeout(timer); };
  }, [of]);
  if (!wish) return <p class="muted small">{ts('refund.preview_none', { left: formatMoney({ minor: o.total.minor - (o.refunded?.minor ?? 0), currency: o.total.currency }) })}</p>;
  if (shown?.problem && shown.of === of) return <p class="bad small" role="status">{shown.problem}</p>;
  return (
    <div role="status"><dl class={`sums sums-plain${shown?.of === of ? '' : ' checkout-stale'}`}>
      <div class="sums-total"><dt>{ts('refund.buyer_gets')}</dt><dd class="num">{shown?.value ? formatMoney(shown.value.amount) : '…'}</dd></div>
      <div><dt>{ts('refund.then_left')}</dt><dd class="num">{shown?.value ? formatMoney(shown.value.left) : '…'}</dd></div>
    </dl></div>
  );
}
