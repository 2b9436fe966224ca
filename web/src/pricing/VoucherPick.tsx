// The vouchers of a checkout: the best ones are taken by themselves; the buyer may choose others from the wallet, add a code, or go back to
// the best. What is lawful together the server decides; its refusal is said here, where it can be mended.
import { useState } from 'preact/hooks';
import { TicketPercent } from 'lucide-preact';
import { api, ask, Refusal, type Discount, type Money, type ShopId, type Voucher, type VoucherId } from '../app/api';
import { useData } from '../app/cache';
import { minus } from '../orders/Breakdown';
import { t } from '../text';
import { formatMoney, when } from '../text/numbers';
import { to } from '../text/orders';
import { Banner, Card, FormError, List, Row } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import './voucherPick.css';

const CODE_MAX = 40;

// used: what the quote applied. chosen: what the buyer wants, undefined for "the best". discounts: all of the quote's. shops: those in it.
export type VoucherProps = {
  used: VoucherId[]; chosen: VoucherId[] | undefined; discounts: Discount[]; shops: ShopId[]; problem?: Refusal | undefined; busy?: boolean;
  onChosen: (v: VoucherId[] | undefined) => void; onNew: () => void;
};

// A voucher's id is its promotion's.
function worth(discounts: Discount[], id?: VoucherId): Money | undefined {
  const mine = discounts.filter(d => d.kind === 'voucher' && (id === undefined || d.promotion === (id as string)));
  return mine.length ? { minor: mine.reduce((n, d) => n + d.amount.minor, 0), currency: mine[0]!.amount.currency } : undefined;
}

export function VoucherPick(p: VoucherProps) {
  const [open, setOpen] = useState(false);
  const wallet = useData('wallet', () => ask(api.walletGet()));
  const mine = wallet.data?.items ?? [];
  const off = worth(p.discounts);
  const note = p.problem ? <span class="bad">{p.problem.detail}</span>
    : p.used.length ? to(p.chosen ? 'vouchers.used_own' : 'vouchers.used', { n: p.used.length })
    : mine.length ? to('vouchers.none_used', { n: mine.length }) : to('vouchers.none');
  return (
    <Card pad={false}>
      <List>
        <Row start={<TicketPercent size={22} aria-hidden="true" />} title={to('vouchers.title')} note={note} {...(off && !p.problem ? { end: <span class="num sums-good">{minus(off)}</span> } : {})} onClick={() => setOpen(true)} />
      </List>
      {open ? <Wallet {...p} mine={mine} reload={wallet.reload} close={() => setOpen(false)} /> : null}
    </Card>
  );
}

function Wallet({ used, chosen, discounts, shops, problem, busy, onChosen, onNew, mine, reload, close }: VoucherProps & { mine: Voucher[]; reload: () => Promise<void>; close: () => void }) {
  // What the buyer chose, also while the server does not agree; else what it used.
  const on = chosen ?? used;
  const toggle = (id: VoucherId, yes: boolean) => onChosen(yes ? [...on, id] : on.filter(v => v !== id));
  return (
    <Sheet title={to('vouchers.title')} onClose={close} foot={
      <div class="pair">
        <Button disabled={chosen === undefined} onClick={() => onChosen(undefined)}>{to('vouchers.best')}</Button>
        <Button kind="main" busy={busy} onClick={close}>{t('ui.close')}</Button>
      </div>}>
      <div class="stack">
        {problem ? <Banner tone="bad">{problem.detail}</Banner> : null}
        <Code onDone={() => { void reload(); onNew(); }} />
        {mine.length ? (
          <div role="group" aria-label={to('vouchers.title')}>
            <p class="muted small">{to('vouchers.lead')}</p>
            {mine.map(v => <One key={v.id} voucher={v} on={on.includes(v.id)} here={!v.shop || shops.includes(v.shop.id)} worth={problem ? undefined : worth(discounts, v.id)} toggle={yes => toggle(v.id, yes)} />)}
          </div>
        ) : <p class="muted small">{to('vouchers.empty')}</p>}
      </div>
    </Sheet>
  );
}

function One({ voucher: v, on, here, worth: off, toggle }: { voucher: Voucher; on: boolean; here: boolean; worth: Money | undefined; toggle: (yes: boolean) => void }) {
  const why = !v.usable ? to('vouchers.not_now') : !here ? to('vouchers.not_here') : '';
  const facts = [v.shop?.name ?? to('vouchers.of_market'), v.minimum ? to('vouchers.minimum', { amount: formatMoney(v.minimum) }) : '', to('vouchers.until', { when: when(v.ends) })].filter(Boolean).join(' · ');
  if (why) return <div class="voucher-none"><span>{v.name}</span><span class="field-hint">{facts}</span><span class="field-hint">{why}</span></div>;
  return <Check name={`voucher-${v.id}`} label={v.name} value={on} onValue={toggle} hint={<>{facts}{off ? <strong class="num sums-good voucher-worth">{minus(off)}</strong> : null}</>} />;
}

function Code({ onDone }: { onDone: () => void }) {
  const form = useForm({
    values: { code: '' },
    check: v => (v.code.trim() ? {} : { code: t('form.required') }),
    send: async (v): Promise<void> => {
      const r = await api.walletPost({ code: v.code.trim() });
      if (!r.ok) {
        if (r.problem.slug === 'not_found') return form.fail({ code: to('vouchers.wrong') });
        throw new Refusal(r.problem);
      }
      form.reset({ code: '' });
      toast(to('vouchers.redeemed'), { kind: 'good' });
      onDone();
    },
  });
  return (
    <form onSubmit={form.submit} noValidate>
      <FormError text={form.errors['']} />
      <div class="voucher-code">
        <Field label={to('vouchers.code')} maxLength={CODE_MAX} autocomplete="off" autocapitalize="characters" spellcheck={false} {...form.field('code')} />
        <Button type="submit" busy={form.busy}>{to('vouchers.redeem')}</Button>
      </div>
    </form>
  );
}
