// The stock of one variant: changed by movements with a reason, and what has moved so far.
import { useState } from 'preact/hooks';
import { stockChangeLimits } from '../api';
import { api, ask, Refusal, type StockLevel, type StockReason } from '../app/api';
import { t } from '../text';
import { moment } from '../text/numbers';
import { ts } from '../text/studio';
import { Failed, FormError, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices, Field } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { CountField, More, usePages, words } from './bits';

type ByHand = Extract<StockReason, 'received' | 'corrected' | 'lost' | 'returned' | 'damaged'>;
const REASONS: ByHand[] = ['received', 'corrected', 'lost', 'damaged', 'returned'];
const takes = (r: ByHand) => r === 'lost' || r === 'damaged';

// "corrected" is a count: what is really on the shelf. The others add to it or take from it.
export function StockSheet({ variant, name, level: begin, readOnly, onClose, onLevel }: {
  variant: string; name: string; level: { on_hand: number; held: number }; readOnly?: boolean; onClose: () => void; onLevel: (l: StockLevel) => void;
}) {
  const [level, setLevel] = useState(begin);
  const list = usePages(`studio/stock/${variant}`, before => api.stockMovements({ id: variant, before }));
  const form: Form<{ reason: ByHand; n: string; note: string }> = useForm<{ reason: ByHand; n: string; note: string }>({
    values: { reason: 'received', n: '', note: '' },
    fieldOf: f => (f === 'delta' ? 'n' : f === 'note' ? 'note' : undefined),
    check: v => {
      if (!/^\d{1,7}$/.test(v.n.trim())) return { n: ts('stock.bad') };
      const n = Number(v.n);
      if (n > stockChangeLimits.delta.max) return { n: ts('stock.too_many', { max: stockChangeLimits.delta.max }) };
      if (v.reason === 'corrected' ? n === level.on_hand : n === 0) return { n: ts('stock.same') };
      const free = level.on_hand - level.held;
      if (takes(v.reason) && n > free) return { n: level.held ? ts('stock.held', { n: free, held: level.held }) : ts('stock.too_many', { max: free }) };
      if (v.reason === 'corrected' && n < level.held) return { n: ts('stock.below_held', { held: level.held }) };
      return {};
    },
    send: async (v, key): Promise<void> => {
      const n = Number(v.n);
      const delta = v.reason === 'corrected' ? n - level.on_hand : takes(v.reason) ? -n : n;
      try {
        const now = await ask(api.stockPost({ variant }, { delta, reason: v.reason, ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
        setLevel(now);
        onLevel(now);
        form.reset({ reason: v.reason, n: '', note: '' });
        toast(ts('stock.done', { n: now.on_hand }), { kind: 'good' });
        await list.reload();
      } catch (e) {
        if (!(e instanceof Refusal) || !['sold_out', 'wrong_state'].includes(e.slug)) throw e;
        form.fail({ [e.slug === 'sold_out' ? 'n' : '']: e.detail || words(e) });
      }
    },
  });
  const v = form.values;
  const n = /^\d{1,7}$/.test(v.n.trim()) ? Number(v.n) : undefined;
  const after = n === undefined ? undefined : v.reason === 'corrected' ? n : takes(v.reason) ? level.on_hand - n : level.on_hand + n;
  return (
    <Sheet title={ts('stock.title', { name })} onClose={onClose}>
      <dl class="levels">
        <div><dt>{ts('stock.on_hand')}</dt><dd>{level.on_hand}</dd></div>
        <div><dt>{ts('stock.held_title')}</dt><dd>{level.held}</dd></div>
        <div><dt>{ts('stock.free')}</dt><dd>{level.on_hand - level.held}</dd></div>
      </dl>
      {readOnly ? null : (
        <form class="stack" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <div class="reasons"><Choices label={ts('stock.why')} {...form.field('reason')} options={REASONS.map(value => ({ value, title: ts(`stock.${value}`) }))} /></div>
          <CountField label={ts(v.reason === 'corrected' ? 'stock.count' : takes(v.reason) ? 'stock.take' : 'stock.put')} max={stockChangeLimits.delta.max} {...form.field('n')}
            {...(after !== undefined && after >= 0 ? { hint: ts('stock.after', { n: after }) } : {})} />
          <Field label={ts('stock.note')} optional maxLength={stockChangeLimits.note.max} {...form.field('note')} />
          <Button kind="main" type="submit" wide busy={form.busy}>{ts('stock.save')}</Button>
        </form>
      )}
      <h3 class="sub">{ts('stock.history')}</h3>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton lines={3} />)
        : list.items.length === 0 ? <p class="muted">{ts('stock.none')}</p>
        : <ul class="moves">{list.items.map(m => (
            <li key={m.id}><span class="row-text"><strong>{ts(`stock.${m.reason}`)}</strong>{m.note ? <span class="small muted">{m.note}</span> : null}<time class="small muted" dateTime={m.at}>{moment(m.at)}</time></span>
              <b class={`num ${m.on_hand_delta < 0 ? 'minus' : 'plus'}`}>{m.on_hand_delta > 0 ? `+${m.on_hand_delta}` : `−${-m.on_hand_delta}`}</b></li>))}
          </ul>}
      <More list={list} />
      <Button wide href={`/studio/stock/${variant}`}>{ts('stock.all')}</Button>
      {readOnly ? <Button wide onClick={onClose}>{t('ui.close')}</Button> : null}
    </Sheet>
  );
}
