// The ways to pay as choices: what each is called, and what it means for the shopper.
import { Banknote, CreditCard, FlaskConical, Landmark, QrCode, ReceiptText } from 'lucide-preact';
import type { PaymentMethod } from '../app/api';
import { t } from '../text';
import { Badge } from '../ui/bits';

// What a quote offers, in its order.
export function methodChoices(methods: PaymentMethod[], cod: boolean) {
  return methods.map(m => ({ value: m, ...CHOICES[m](m !== 'cod' || cod) }));
}

const CHOICES: Record<PaymentMethod, (on: boolean) => { title: preact.ComponentChildren; note: preact.ComponentChildren; icon: preact.ComponentChildren; disabled?: boolean }> = {
  qris: () => ({ title: t('checkout.qris'), note: t('checkout.qris_note'), icon: <QrCode size={22} /> }),
  virtual_account: () => ({ title: t('checkout.virtual_account'), note: t('checkout.virtual_account_note'), icon: <Landmark size={22} /> }),
  card: () => ({ title: t('checkout.card'), note: t('checkout.card_note'), icon: <CreditCard size={22} /> }),
  transfer: () => ({ title: t('checkout.transfer'), note: t('checkout.transfer_note'), icon: <ReceiptText size={22} /> }),
  cod: on => ({ title: t('checkout.cod'), note: on ? t('checkout.cod_note') : t('checkout.cod_off'), icon: <Banknote size={22} />, disabled: !on }),
  test: () => ({
    title: <>{t('checkout.test')} <Badge tone="warn">{t('checkout.test_badge')}</Badge></>,
    note: <>{t('checkout.test_note')} {t('checkout.test_rules')}</>, icon: <FlaskConical size={22} />,
  }),
};
