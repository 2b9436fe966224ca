// The vouchers of a checkout: the best ones are taken by themselves; the buyer may leave one out, or go back to the best. What a quote has
// used is all that this knows: names and amounts come from its discounts.
import { useState } from 'preact/hooks';
import { TicketPercent } from 'lucide-preact';
import type { Discount, Money, VoucherId } from '../app/api';
import { t } from '../text';
import { minus } from '../orders/Breakdown';
import { to } from '../text/orders';
import { Card, List, Row } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check } from '../ui/Field';
import { Sheet } from '../ui/Sheet';

// used: what the quote applied. chosen: what the buyer wants, undefined for "the best". discounts: all of the quote's.
export type VoucherProps = { used: VoucherId[]; chosen: VoucherId[] | undefined; discounts: Discount[]; onChosen: (v: VoucherId[] | undefined) => void; busy?: boolean };

const worth = (discounts: Discount[], id?: VoucherId): Money | undefined => {
  const mine = discounts.filter(d => (d.kind === 'voucher') && (id === undefined || d.promotion === (id as string)));
  return mine.length ? { minor: mine.reduce((n, d) => n + d.amount.minor, 0), currency: mine[0]!.amount.currency } : undefined;
};

export function VoucherPick({ used, chosen, discounts, onChosen, busy }: VoucherProps) {
  const [open, setOpen] = useState(false);
  const [known, setKnown] = useState<VoucherId[]>([]);
  const all = [...new Set([...known, ...used])];
  const off = worth(discounts);
  if (all.length === 0 && chosen === undefined) return null;
  const name = (id: VoucherId) => discounts.find(d => d.promotion === (id as string))?.name ?? to('vouchers.one');
  const toggle = (id: VoucherId, on: boolean) => {
    setKnown(all);
    onChosen(on ? [...used, id] : used.filter(v => v !== id));
  };
  return (
    <Card pad={false}>
      <List>
        <Row start={<TicketPercent size={22} aria-hidden="true" />} title={to('vouchers.title')} note={used.length ? to(chosen ? 'vouchers.used_own' : 'vouchers.used', { n: used.length }) : to('vouchers.none_used')}
          {...(off ? { end: <span class="num sums-good">{minus(off)}</span> } : {})} onClick={() => setOpen(true)} />
      </List>
      {open ? (
        <Sheet title={to('vouchers.title')} onClose={() => setOpen(false)} foot={
          <div class="pair">
            <Button disabled={chosen === undefined} onClick={() => onChosen(undefined)}>{to('vouchers.best')}</Button>
            <Button kind="main" busy={busy} onClick={() => setOpen(false)}>{t('ui.close')}</Button>
          </div>}>
          <p class="muted small">{to('vouchers.lead')}</p>
          {all.map(id => {
            const amount = worth(discounts, id);
            return <Check key={id} name={`voucher-${id}`} label={name(id)} value={used.includes(id)} onValue={on => toggle(id, on)} {...(amount ? { hint: minus(amount) } : {})} />;
          })}
        </Sheet>
      ) : null}
    </Card>
  );
}
