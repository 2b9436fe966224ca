// Where money goes to: the account's form, for a shop and for the platform itself.
import { api, ask, type PayoutAccount, type PayoutAccountNew } from '../app/api';
import { t } from '../text';
import { tm } from '../text/money';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';

// Without a shop: the operator's own.
export function AccountSheet({ shop, account, onSaved, onClose }: {
  shop?: string; account?: PayoutAccount; onSaved: (a: PayoutAccount) => void; onClose: () => void;
}) {
  const form = useForm({
    // The number is shown masked, so it is written anew.
    values: { holder: account?.holder ?? '', bank: account?.bank ?? '', number: '', bic: account?.bic ?? '', bank_code: account?.bank_code ?? '' },
    check: v => ({
      holder: v.holder.trim() ? undefined : t('form.required'),
      bank: v.bank.trim() ? undefined : t('form.required'),
      number: v.number.trim() ? undefined : t('form.required'),
    }) as Record<string, string>,
    send: async v => {
      const out: PayoutAccountNew = { holder: v.holder.trim(), bank: v.bank.trim(), number: v.number.trim(),
        ...(v.bic.trim() ? { bic: v.bic.trim() } : {}), ...(v.bank_code.trim() ? { bank_code: v.bank_code.trim() } : {}) };
      const saved = await ask(shop ? api.payoutAccountPut({ shop }, out) : api.operatorBankPut(out));
      toast(shop ? tm('account.saved') : t('ui.saved'), { kind: 'good' });
      onSaved(saved);
    },
  });
  return (
    <Sheet title={shop ? tm('account.title') : tm('op.from')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        {account && shop ? <p class="muted small">{tm('account.again')}</p> : null}
        <FormError text={form.errors['']} />
        <Field label={tm('account.holder')} maxLength={140} autocomplete="off" hint={tm('account.holder_hint')} {...form.field('holder')} />
        <Field label={tm('account.bank')} maxLength={140} autocomplete="off" {...form.field('bank')} />
        <Field label={tm('account.number')} maxLength={42} autocomplete="off" autocapitalize="characters" spellcheck={false} hint={tm('account.number_hint')} {...form.field('number')} />
        <Field label={tm('account.bic')} optional maxLength={11} autocomplete="off" autocapitalize="characters" spellcheck={false} hint={tm('account.bic_hint')} {...form.field('bic')} />
        <Field label={tm('account.code')} optional maxLength={20} autocomplete="off" spellcheck={false} hint={tm('account.code_hint')} {...form.field('bank_code')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}
