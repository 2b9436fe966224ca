// The ways to pay in plain words, with the reason where cash on delivery is not to be had.
import type { ComponentChildren } from 'preact';
import { Banknote, CreditCard, FlaskConical, Landmark, QrCode, ReceiptText } from 'lucide-preact';
import type { PaymentMethod, Quote } from '../app/api';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Badge } from '../ui/bits';

const ICONS: Record<PaymentMethod, typeof Banknote> = {
  cod: Banknote, test: FlaskConical, transfer: Landmark, card: CreditCard, qris: QrCode, virtual_account: ReceiptText,
};
const STORED = 'etalase.pay';

export function usualMethod(): PaymentMethod | undefined {
  try { return (localStorage.getItem(STORED) as PaymentMethod | null) ?? undefined; } catch { return undefined; }
}

export function rememberMethod(m: PaymentMethod) {
  try { localStorage.setItem(STORED, m); } catch { /* storage may be off */ }
}

export const paidLater = (m: PaymentMethod) => m === 'transfer' || m === 'virtual_account';

export type MethodOption = { value: PaymentMethod; title: ComponentChildren; note?: ComponentChildren; icon: ComponentChildren; disabled?: boolean };

// Those that the quote offers, and cash on delivery with why not.
export function methodOptions(q: Quote): MethodOption[] {
  const Icon = (m: PaymentMethod) => { const I = ICONS[m]; return <I size={22} />; };
  const options: MethodOption[] = q.methods.map(value => ({
    value, icon: Icon(value),
    title: value === 'test' ? <>{t('checkout.test')} <Badge tone="warn">{t('checkout.test_badge')}</Badge></> : t(`checkout.${value}`),
    note: value === 'test' ? <>{t('checkout.test_note')} {t('checkout.test_rules')}</> : value === 'cod' ? codNote(q) : t(`checkout.${value}_note`),
  }));
  if (q.methods.includes('cod')) return options;
  const why = q.shops.filter(s => !s.cod);
  const told = why.map(s => (q.shops.length > 1 ? to('cod.off_shop', { shop: s.shop.name, why: s.cod_why ?? to('cod.off') }) : s.cod_why ?? to('cod.off')));
  return [...options, { value: 'cod', icon: Icon('cod'), title: t('checkout.cod'), note: <>{told.length ? told.map(x => <span class="block" key={x}>{x}</span>) : to('cod.off_all')}</>, disabled: true }];
}

function codNote(q: Quote): string {
  return q.cod_fee.minor > 0 ? `${t('checkout.cod_note')} ${to('cod.fee', { fee: formatMoney(q.cod_fee) })}` : t('checkout.cod_note');
}
