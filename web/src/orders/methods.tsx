// The ways to pay as choices: what each is called, and what it means for the shopper; why cash on delivery is not to be had; the usual one.
import { Banknote, CreditCard, FlaskConical, Landmark, QrCode, ReceiptText } from 'lucide-preact';
import type { PaymentMethod, Quote } from '../app/api';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Badge } from '../ui/bits';

type Choice = { title: preact.ComponentChildren; note: preact.ComponentChildren; icon: preact.ComponentChildren };

// What a quote offers, in its order; cash on delivery stands there all the same, with the reason why not.
export function methodChoices(q: Quote) {
  const options = q.methods.filter(m => m !== 'cod' || q.cod).map(m => ({ value: m, disabled: false, ...CHOICES[m](q) }));
  return q.cod && q.methods.includes('cod') ? options : [...options, { value: 'cod' as const, disabled: true, ...CHOICES.cod(q), note: <CodWhy quote={q} /> }];
}

const CHOICES: Record<PaymentMethod, (q: Quote) => Choice> = {
  qris: () => ({ title: t('checkout.qris'), note: t('checkout.qris_note'), icon: <QrCode size={22} /> }),
  virtual_account: () => ({ title: t('checkout.virtual_account'), note: t('checkout.virtual_account_note'), icon: <Landmark size={22} /> }),
  card: () => ({ title: t('checkout.card'), note: t('checkout.card_note'), icon: <CreditCard size={22} /> }),
  transfer: () => ({ title: t('checkout.transfer'), note: t('checkout.transfer_note'), icon: <ReceiptText size={22} /> }),
  cod: q => ({ title: t('checkout.cod'), note: q.cod_fee.minor > 0 ? `${t('checkout.cod_note')} ${to('cod.fee', { fee: formatMoney(q.cod_fee) })}` : t('checkout.cod_note'), icon: <Banknote size={22} /> }),
  test: () => ({
    title: <>{t('checkout.test')} <Badge tone="warn">{t('checkout.test_badge')}</Badge></>,
    note: <>{t('checkout.test_note')} {t('checkout.test_rules')}</>, icon: <FlaskConical size={22} />,
  }),
};

function CodWhy({ quote: q }: { quote: Quote }) {
  const off = q.shops.filter(s => !s.cod);
  if (off.length === 0) return <>{to('cod.off_all')}</>;
  return <>{off.map(s => <span class="block" key={s.shop.id}>{q.shops.length > 1 ? to('cod.off_shop', { shop: s.shop.name, why: s.cod_why ?? to('cod.off') }) : s.cod_why ?? to('cod.off')}</span>)}</>;
}

// Money that travels by bank arrives after the order has been placed.
export const paidLater = (m: PaymentMethod) => m === 'transfer' || m === 'virtual_account';

const STORED = 'etalase.pay';

export function usualMethod(): PaymentMethod | undefined {
  try { return (localStorage.getItem(STORED) as PaymentMethod | null) ?? undefined; } catch { return undefined; }
}

export function rememberMethod(m: PaymentMethod) {
  try { localStorage.setItem(STORED, m); } catch { /* storage may be off */ }
}
