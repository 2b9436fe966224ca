// What an operator books by hand: money handed over, tax paid, corrections, what will never be paid.
import { api, ask, type BookingKind, type BookingNew, type LedgerAccount, type PaymentMethod, type ShopCard } from '../app/api';
import { MoneyField } from '../studio/bits';
import { parseMoney } from '../studio/money';
import { t } from '../text';
import { tm } from '../text/money';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';

const METHODS: PaymentMethod[] = ['cod', 'card', 'qris', 'virtual_account', 'transfer', 'test'];
const AGAINST: LedgerAccount[] = ['loss', 'fees', 'shipping', 'promotions'];
const KINDS: BookingKind[] = ['remitted', 'tax_paid', 'written_off'];

// With a shop it corrects that shop's balance; without one it books what is no seller's.
export function BookSheet({ shop, currency, onClose, onDone }: { shop?: ShopCard; currency: string; onClose: () => void; onDone: () => Promise<void> }) {
  const form = useForm({
    values: { kind: (shop ? 'adjusted' : 'remitted') as string, amount: '', charge: '', method: 'cod', country: '', direction: 'to', against: 'loss', reason: '' },
    check: v => ({
      amount: parseMoney(v.amount, currency) ? undefined : tm('pay.bad_amount', { example: '100' }),
      charge: v.charge && parseMoney(v.charge, currency) === undefined ? tm('pay.bad_amount', { example: '100' }) : undefined,
      country: v.kind === 'tax_paid' && !/^[A-Za-z]{2}$/.test(v.country.trim()) ? tm('books.country_hint') : undefined,
      reason: v.reason.trim().length >= 3 ? undefined : t('form.required'),
    }) as Record<string, string>,
    send: async (v, idempotencyKey): Promise<void> => {
      const minor = parseMoney(v.amount, currency)!, charge = v.charge ? parseMoney(v.charge, currency)! : 0;
      const body: BookingNew = { kind: v.kind as BookingKind, amount: { minor, currency }, reason: v.reason.trim() };
      if (v.kind === 'adjusted') Object.assign(body, { shop: shop!.id, from_seller: v.direction === 'from', against: v.against });
      else if (v.kind === 'tax_paid') body.country = v.country.trim().toUpperCase();
      else body.method = v.method as PaymentMethod;
      if (v.kind === 'remitted' && charge) body.charge = { minor: charge, currency };
      await ask(api.operatorBookingPost(body, { idempotencyKey }));
      toast(tm('books.booked'), { kind: 'good' });
      await onDone();
    },
    fieldOf: f => (f.startsWith('amount') ? 'amount' : f.startsWith('charge') ? 'charge' : f === 'from_seller' ? 'direction' : undefined),
  });
  const v = form.values;
  return (
    <Sheet title={shop ? tm('seller.adjust') : tm('books.book')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        {shop ? <p><strong>{shop.name}</strong> <span class="muted">@{shop.handle}</span></p>
          : <Select label={tm('books.kind')} options={KINDS.map(k => ({ value: k, label: tm(`books.${k}` as 'books.remitted') }))} {...form.field('kind')} />}
        {v.kind === 'adjusted' ? (
          <>
            <Select label={tm('books.direction')} options={[{ value: 'to', label: tm('books.to_seller') }, { value: 'from', label: tm('books.from_seller') }]} {...form.field('direction')} />
            <Select label={tm('books.against')} options={AGAINST.map(a => ({ value: a, label: tm(`ledger.${a}`) }))} {...form.field('against')} />
          </>
        ) : v.kind === 'tax_paid' ? <Field label={tm('books.country')} maxLength={2} autocapitalize="characters" autocomplete="off" hint={tm('books.country_hint')} {...form.field('country')} />
          : <Select label={tm('books.method')} options={METHODS.map(m => ({ value: m, label: tm(`method.${m}`) }))} {...form.field('method')} />}
        <MoneyField label={tm('books.amount')} currency={currency} {...form.field('amount')} />
        {v.kind === 'remitted' ? <MoneyField label={tm('books.charge')} optional currency={currency} hint={tm('books.charge_hint')} {...form.field('charge')} /> : null}
        <Field label={tm('books.reason')} maxLength={200} hint={tm('books.reason_hint')} {...form.field('reason')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tm('books.book')}</Button>
      </form>
    </Sheet>
  );
}
