// Money on its way back to the buyer: why, how much, and whether it has been sent; and where to, when the buyer has to say.
import { useState } from 'preact/hooks';
import { Check, CircleAlert } from 'lucide-preact';
import { payToLimits } from '../api';
import { api, ask, type BuyerRefund, type OrderRefund } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { formatMoney, moment } from '../text/numbers';
import { to } from '../text/orders';
import { Banner, Card, FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { causeOf, ownWords } from './words';

type Props = { refunds: OrderRefund[]; cash: boolean; seller?: boolean; checkout?: string };

// checkout: the buyer's, who may say to which account goes what cannot go back the way it was paid.
export function Refunds({ refunds, cash, seller, checkout }: Props) {
  const open = !seller && checkout !== undefined && refunds.some(r => r.state !== 'sent');
  const ways = useData(open ? `refund-ways/${checkout}` : 'refund-ways/', async () => (open ? waysOf(checkout) : []));
  if (refunds.length === 0) return null;
  const put = (b: BuyerRefund) => ways.set((ways.data ?? []).map(x => (x.id === b.id ? b : x)));
  return (
    <Card title={to('refund.title')}>
      <ul class="refunds">{refunds.map(r => <One key={r.id} refund={r} cash={cash} seller={seller} way={ways.data?.find(b => b.id === r.id)} onWay={put} />)}</ul>
    </Card>
  );
}

async function waysOf(checkout: string): Promise<BuyerRefund[]> {
  const { payment } = await ask(api.checkoutGet({ id: checkout }));
  return (await ask(api.paymentRefundList({ id: payment.id }))).items;
}

function One({ refund: r, cash, seller, way, onWay }: { refund: OrderRefund; cash: boolean; seller: boolean | undefined; way: BuyerRefund | undefined; onWay: (b: BuyerRefund) => void }) {
  const reached = r.state === 'sent' ? 2 : 1;
  const steps = [to('refund.step_due'), r.state === 'failed' ? to('refund.step_failed') : to('refund.step_sent')];
  const byHand = way?.by_hand && r.state !== 'sent';
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
      {byHand ? <Account of={way!} onDone={onWay} />
        : <p class="muted small">{to(r.state === 'sent' ? cash ? 'refund.sent_cash' : 'refund.sent_body' : r.state === 'failed' ? 'refund.failed_body' : 'refund.due_body', { who: seller ? 'seller' : 'buyer' })}</p>}
    </li>
  );
}

function Account({ of: b, onDone }: { of: BuyerRefund; onDone: (b: BuyerRefund) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      {b.pay_to ? (
        <div class="spread refund-account">
          <span class="small"><span class="muted">{to('refund.account_to')}</span> {b.pay_to.bank} <span class="num">{b.pay_to.account_number}</span><br />{b.pay_to.account_name}</span>
          <Button size="small" onClick={() => setOpen(true)}>{to('refund.account_change')}</Button>
        </div>
      ) : <Banner tone="warn" title={to('refund.account_ask')} action={<Button size="small" kind="main" onClick={() => setOpen(true)}>{to('refund.account_add')}</Button>}>{to('refund.account_ask_body')}</Banner>}
      {b.pay_to ? <p class="muted small">{to('refund.hand_body')}</p> : null}
      {open ? <AccountSheet of={b} onClose={() => setOpen(false)} onDone={onDone} /> : null}
    </>
  );
}

function AccountSheet({ of: b, onClose, onDone }: { of: BuyerRefund; onClose: () => void; onDone: (b: BuyerRefund) => void }) {
  const form = useForm({
    values: { bank: b.pay_to?.bank ?? '', account_number: b.pay_to?.account_number ?? '', account_name: b.pay_to?.account_name ?? '' },
    check: v => ({
      ...(v.account_name.trim() ? {} : { account_name: t('form.required') }),
      ...(v.bank.trim() ? {} : { bank: t('form.required') }),
      ...(/^[\p{L}\p{N}]{4,40}$/u.test(v.account_number.replace(/[\s.-]/g, '')) ? {} : { account_number: to('refund.number_bad') }),
    }),
    send: async v => {
      onDone(await ask(api.refundAccountPut({ id: b.id }, { bank: v.bank.trim(), account_number: v.account_number.replace(/[\s.-]/g, '').toUpperCase(), account_name: v.account_name.trim() })));
      toast(to('refund.account_saved'), { kind: 'good' });
      onClose();
    },
  });
  return (
    <Sheet title={to('refund.account_title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{to('refund.account_lead')}</p>
        <FormError text={form.errors['']} />
        <Field label={to('refund.holder')} maxLength={payToLimits.account_name.max} autocomplete="name" {...form.field('account_name')} />
        <Field label={to('refund.bank')} maxLength={payToLimits.bank.max} autocomplete="off" {...form.field('bank')} />
        <Field label={to('refund.number')} maxLength={payToLimits.account_number.max} autocomplete="off" spellcheck={false} class="input num" {...form.field('account_number')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}
