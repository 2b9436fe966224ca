// Handing an order to a carrier: who carries it and the tracking number.
import { shipmentNewLimits } from '../api';
import { api, ask, type Order } from '../app/api';
import { t } from '../text';
import { ts } from '../text/studio';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';

const CARRIERS = ['JNE', 'J&T', 'SiCepat', 'POS'];
const STORED = 'etalase.studio.carrier';

function usual(): string {
  try { return localStorage.getItem(STORED) ?? ''; } catch { return ''; }
}

export function ShipSheet({ order: o, onClose, onDone }: { order: { id: string; number: string }; onClose: () => void; onDone: (o: Order) => void }) {
  const form = useForm({
    values: { carrier: usual(), tracking: '' },
    check: v => ({ ...(v.carrier.trim() ? {} : { carrier: t('form.required') }), ...(v.tracking.trim() ? {} : { tracking: t('form.required') }) }),
    send: async (v, key): Promise<void> => {
      const made = await ask(api.shipmentPost({ id: o.id }, { carrier: v.carrier.trim(), tracking: v.tracking.trim() }, { idempotencyKey: key }));
      try { localStorage.setItem(STORED, v.carrier.trim()); } catch { /* storage may be off */ }
      toast(ts('orders.shipped', { number: o.number }), { kind: 'good' });
      onClose();
      onDone(made);
    },
  });
  return (
    <Sheet title={ts('ship.title', { number: o.number })} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <div class="stack-2">
          <Field label={t('order.carrier')} autocomplete="off" maxLength={shipmentNewLimits.carrier.max} {...form.field('carrier')} />
          <div class="line suggest" role="group" aria-label={ts('ship.usual')}>
            {CARRIERS.map(c => <button key={c} type="button" class="suggest-one" aria-pressed={form.values.carrier === c} onClick={() => form.set('carrier', c)}>{c}</button>)}
          </div>
        </div>
        <Field label={t('order.tracking')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={shipmentNewLimits.tracking.max} hint={ts('ship.hint')} {...form.field('tracking')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{ts('ship.action')}</Button>
      </form>
    </Sheet>
  );
}
