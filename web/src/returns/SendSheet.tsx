// A parcel that goes out for a return, either way: who carries it, and its number.
import { returnStepLimits } from '../api';
import { t } from '../text';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';

export function SendSheet({ title, lead, hint, action, onClose, send }: {
  title: string; lead: string; hint?: string; action: string; onClose: () => void; send: (carrier: string, tracking: string, key: string) => Promise<void>;
}) {
  const form = useForm({
    values: { carrier: '', tracking: '' },
    check: v => ({ ...(v.carrier.trim() ? {} : { carrier: t('form.required') }), ...(v.tracking.trim() ? {} : { tracking: t('form.required') }) }),
    send: (v, key) => send(v.carrier.trim(), v.tracking.trim(), key),
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{lead}</p>
        <FormError text={form.errors['']} />
        <Field label={t('order.carrier')} autocomplete="off" maxLength={returnStepLimits.carrier.max} {...form.field('carrier')} />
        <Field label={t('order.tracking')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={returnStepLimits.tracking.max} hint={hint} {...form.field('tracking')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{action}</Button>
      </form>
    </Sheet>
  );
}
