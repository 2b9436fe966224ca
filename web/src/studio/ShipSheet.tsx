// Handing an order to a carrier: who carries it, the tracking number, and which of the things when not all go at once.
import { useState } from 'preact/hooks';
import { shipmentNewLimits } from '../api';
import { api, ask, type Order, type OrderLine } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { FormError, Picture, Skeleton, Stepper } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';

const CARRIERS = ['JNE', 'J&T', 'SiCepat', 'POS'];
const STORED = 'etalase.studio.carrier';

function usual(): string {
  try { return localStorage.getItem(STORED) ?? ''; } catch { return ''; }
}

const restOf = (l: OrderLine) => l.quantity - (l.shipped ?? 0) - (l.refunded ?? 0);

export function ShipSheet({ order: o, onClose, onDone }: { order: { id: string; number: string }; onClose: () => void; onDone: (o: Order) => void }) {
  const { data } = useData(`studio/order/${o.id}`, () => ask(api.orderGet({ id: o.id })), 5000);
  const [part, setPart] = useState(false);
  const [units, setUnits] = useState<Record<string, number>>({});
  const open = data?.lines.filter(l => restOf(l) > 0) ?? [];
  const rest = open.reduce((n, l) => n + restOf(l), 0);
  const now = (l: OrderLine) => Math.min(restOf(l), units[l.id] ?? restOf(l));
  const going = open.reduce((n, l) => n + now(l), 0);
  const form = useForm({
    values: { carrier: usual(), tracking: '', lines: '' },
    check: v => ({
      ...(v.carrier.trim() ? {} : { carrier: t('form.required') }), ...(v.tracking.trim() ? {} : { tracking: t('form.required') }),
      ...(part && going === 0 ? { lines: ts('ship.nothing') } : {}),
    }),
    send: async (v, key): Promise<void> => {
      const lines = part && going < rest ? open.filter(l => now(l) > 0).map(l => ({ line: l.id, quantity: now(l) })) : undefined;
      const made = await ask(api.shipmentPost({ id: o.id }, { carrier: v.carrier.trim(), tracking: v.tracking.trim(), ...(lines ? { lines } : {}) }, { idempotencyKey: key }));
      try { localStorage.setItem(STORED, v.carrier.trim()); } catch { /* storage may be off */ }
      toast(ts(made.state === 'partly_shipped' ? 'orders.shipped_part' : 'orders.shipped', { number: o.number }), { kind: 'good' });
      onClose();
      onDone(made);
    },
    fieldOf: f => (f === 'quantity' ? 'lines' : undefined),
  });
  return (
    <Sheet title={ts('ship.title', { number: o.number })} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        {!data ? <Skeleton lines={2} /> : data.cancel_asked !== undefined && data.answer_by ? <p class="cart-warn small">{ts('ship.asked')}</p> : null}
        {rest > 1 ? (
          <div class="ship-parts">
            <Check name="part" label={ts('ship.part')} hint={part ? ts('ship.part_hint') : ts('ship.all', { n: rest })} value={part} onValue={setPart} />
            {part ? (
              <ul class="ship-lines">{open.map(l => (
                <li key={l.id}>
                  <Picture class="row-pic" alt="" {...(l.picture ? { url: l.picture } : {})} />
                  <span class="row-text"><span class="clamp2 small">{l.title}</span><span class="small muted">{l.options ? `${l.options} · ` : ''}{ts('ship.left', { n: restOf(l) })}</span></span>
                  <Stepper value={now(l)} min={0} max={restOf(l)} label={to('return.how_many_of', { title: l.title })} onValue={n => { setUnits(u => ({ ...u, [l.id]: n })); form.fail({}); }} />
                </li>))}
              </ul>
            ) : null}
            {form.errors.lines ? <p class="field-error" tabIndex={-1}>{form.errors.lines}</p> : null}
          </div>
        ) : null}
        <div class="stack-2">
          <Field label={t('order.carrier')} autocomplete="off" maxLength={shipmentNewLimits.carrier.max} {...form.field('carrier')} />
          <div class="line suggest" role="group" aria-label={ts('ship.usual')}>
            {CARRIERS.map(c => <button key={c} type="button" class="suggest-one" aria-pressed={form.values.carrier === c} onClick={() => form.set('carrier', c)}>{c}</button>)}
          </div>
        </div>
        <Field label={t('order.tracking')} autocomplete="off" autocapitalize="characters" spellcheck={false} maxLength={shipmentNewLimits.tracking.max} hint={ts('ship.hint')} {...form.field('tracking')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{ts(part && going < rest ? 'ship.action_part' : 'ship.action', { n: going })}</Button>
      </form>
    </Sheet>
  );
}
