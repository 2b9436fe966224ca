// Why an order is to be cancelled: a reason from a few, or words of one's own. The buyer's and the seller's are different ones.
import { useState } from 'preact/hooks';
import { to, type OrdersKey } from '../text/orders';
import { t } from '../text';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices, Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';

export const REASON_MAX = 200;
const BUYER = ['mind', 'address', 'mistake', 'slow', 'other'] as const;
const SELLER = ['stock', 'damaged', 'price', 'address', 'other'] as const;

// send gets the reason in the words that the other side will read.
export function CancelSheet({ title, lead, action, seller, onClose, send }: {
  title: string; lead: string; action: string; seller?: boolean; onClose: () => void; send: (reason: string, key: string) => Promise<void>;
}) {
  const list: readonly string[] = seller ? SELLER : BUYER;
  const [pick, setPick] = useState<string>('');
  const words = (p: string) => to(`${seller ? 'why_seller' : 'why'}.${p}` as OrdersKey);
  const form = useForm({
    values: { reason: '' },
    check: v => (pick === '' ? { '': to('why.choose') } : pick === 'other' && !v.reason.trim() ? { reason: t('form.required') } : {}),
    send: async (v, key) => {
      const more = v.reason.trim();
      await send(pick === 'other' ? more : more ? `${words(pick)}: ${more}`.slice(0, REASON_MAX) : words(pick), key);
    },
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{lead}</p>
        <FormError text={form.errors['']} />
        <Choices<string> label={to('why.label')} name="why" value={pick} onValue={p => { setPick(p); form.fail({}); }} options={list.map(value => ({ value, title: words(value) }))} />
        {pick ? <Field label={to(pick === 'other' ? 'why.words' : 'why.more')} optional={pick !== 'other'} multiline rows={2} maxLength={REASON_MAX} {...form.field('reason')} /> : null}
        <div class="pair">
          <Button onClick={onClose}>{t('ui.not_now')}</Button>
          <Button kind="danger" type="submit" busy={form.busy}>{action}</Button>
        </div>
      </form>
    </Sheet>
  );
}
