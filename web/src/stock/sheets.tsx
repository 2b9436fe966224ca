// What is done with a variant's stock: changed, moved, set aside, expected; and the line below which it is low.
import { stockChangeLimits, stockIncomingNewLimits, stockKeepLimits, stockLineLimits } from '../api';
import { api, ask, Refusal, type StockPlace, type StockReason, type StockRow, type Warehouse } from '../app/api';
import { useData } from '../app/cache';
import { tk } from '../text/stock';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices, Field, Select } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { CountField, words } from '../studio/bits';
import { nameOf, placeName, whole } from './common';

type Done = { onClose: () => void; onDone: () => void };
type ByHand = Extract<StockReason, 'received' | 'corrected' | 'lost' | 'returned' | 'damaged'>;
const REASONS: ByHand[] = ['received', 'corrected', 'lost', 'damaged', 'returned'];
const takes = (r: ByHand) => r === 'lost' || r === 'damaged';

const optionsOf = (places: (StockPlace | Warehouse)[]) => places.map(p => ({ value: 'warehouse' in p ? p.warehouse : p.id, label: placeName(p) }));

// A refusal that says more than the app's own sentence: how many are left, or why not.
async function told(form: { fail: (e: Record<string, string>) => void }, field: string, run: () => Promise<void>) {
  try {
    await run();
  } catch (e) {
    if (!(e instanceof Refusal) || !['sold_out', 'wrong_state'].includes(e.slug)) throw e;
    form.fail({ [e.slug === 'sold_out' ? field : '']: e.detail || words(e) });
  }
}

type Change = { reason: ByHand; place: string; n: string; note: string };

export function ChangeSheet({ row, places, onClose, onDone }: { row: StockRow; places: StockPlace[] } & Done) {
  const form: Form<Change> = useForm<Change>({
    values: { reason: 'received', place: places.find(p => p.active)?.warehouse ?? places[0]!.warehouse, n: '', note: '' },
    fieldOf: f => (f === 'delta' ? 'n' : f === 'warehouse' ? 'place' : f === 'note' ? 'note' : undefined),
    check: v => {
      const n = whole(v.n), at = places.find(p => p.warehouse === v.place)!;
      if (n === undefined) return { n: tk('bad.number') };
      if (n > stockChangeLimits.delta.max) return { n: tk('bad.most', { max: stockChangeLimits.delta.max }) };
      if (v.reason === 'corrected' ? n === at.on_hand : n === 0) return { n: tk('bad.same') };
      const bound = at.held + at.allocated;
      if (takes(v.reason) && n > at.on_hand - bound) return { n: bound ? tk('bad.taken', { n: at.on_hand - bound }) : tk('bad.most', { max: at.on_hand }) };
      if (v.reason === 'corrected' && n < bound) return { n: tk('bad.below', { n: bound }) };
      return {};
    },
    send: (v, key) => told(form, 'n', async () => {
      const n = Number(v.n), at = places.find(p => p.warehouse === v.place)!;
      const delta = v.reason === 'corrected' ? n - at.on_hand : takes(v.reason) ? -n : n;
      const now = await ask(api.stockPost({ variant: row.variant }, { delta, reason: v.reason, warehouse: v.place, ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
      toast(tk('change.done', { n: now.on_hand }), { kind: 'good' });
      onDone();
      onClose();
    }),
  });
  const v = form.values, n = whole(v.n), at = places.find(p => p.warehouse === v.place)!;
  const after = n === undefined ? undefined : v.reason === 'corrected' ? n : takes(v.reason) ? at.on_hand - n : at.on_hand + n;
  return (
    <Sheet title={tk('change.title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{nameOf(row)}</p>
        <FormError text={form.errors['']} />
        <div class="reasons"><Choices label={tk('change.why')} {...form.field('reason')} options={REASONS.map(value => ({ value, title: tk(`reason.${value}`) }))} /></div>
        {places.length > 1 ? <Select label={tk('change.where')} {...form.field('place')} options={optionsOf(places)} /> : null}
        <CountField label={tk(v.reason === 'corrected' ? 'change.count' : takes(v.reason) ? 'change.take' : 'change.put')} max={stockChangeLimits.delta.max} {...form.field('n')}
          {...(after !== undefined && after >= 0 ? { hint: tk(places.length > 1 ? 'change.after_there' : 'change.after', { n: after }) } : {})} />
        <Field label={tk('change.note')} optional maxLength={stockChangeLimits.note.max} {...form.field('note')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('change.save')}</Button>
      </form>
    </Sheet>
  );
}

type Transfer = { from: string; to: string; n: string; note: string };

export function MoveSheet({ shop, row, places, onClose, onDone }: { shop: string; row: StockRow; places: StockPlace[] } & Done) {
  const freeAt = (id: string) => { const p = places.find(x => x.warehouse === id)!; return p.on_hand - p.held - p.allocated; };
  const most = [...places].sort((a, b) => freeAt(b.warehouse) - freeAt(a.warehouse))[0]!;
  const form: Form<Transfer> = useForm<Transfer>({
    values: { from: most.warehouse, to: places.find(p => p.active && p.warehouse !== most.warehouse)?.warehouse ?? '', n: '', note: '' },
    fieldOf: f => (f.startsWith('lines') ? 'n' : f === 'to' ? 'to' : undefined),
    check: v => {
      const n = whole(v.n);
      if (v.from === v.to) return { to: tk('move.same') };
      if (n === undefined) return { n: tk('bad.number') };
      if (n === 0) return { n: tk('bad.least') };
      return n > freeAt(v.from) ? { n: tk('bad.most', { max: freeAt(v.from) }) } : {};
    },
    send: (v, key) => told(form, 'n', async () => {
      await ask(api.stockTransferPost({ shop }, { from: v.from, to: v.to, lines: [{ variant: row.variant, quantity: Number(v.n) }], ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
      toast(tk('move.done'), { kind: 'good' });
      onDone();
      onClose();
    }),
  });
  return (
    <Sheet title={tk('move.title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{nameOf(row)}</p>
        <FormError text={form.errors['']} />
        <div class="pair pair-roomy">
          <Select label={tk('move.from')} {...form.field('from')} options={optionsOf(places)} />
          <Select label={tk('move.to')} {...form.field('to')} options={optionsOf(places.filter(p => p.active))} />
        </div>
        <CountField label={tk('move.n')} min={1} max={Math.max(1, freeAt(form.values.from))} hint={tk('move.free', { n: freeAt(form.values.from) })} {...form.field('n')} />
        <Field label={tk('change.note')} optional maxLength={200} {...form.field('note')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('move.save')}</Button>
      </form>
    </Sheet>
  );
}

export function KeepSheet({ row, onClose, onDone }: { row: StockRow } & Done) {
  const form: Form<{ n: string; note: string }> = useForm<{ n: string; note: string }>({
    values: { n: '', note: '' },
    fieldOf: f => (f === 'quantity' ? 'n' : f === 'note' ? 'note' : undefined),
    check: v => {
      const n = whole(v.n);
      if (n === undefined) return { n: tk('bad.number') };
      if (n === 0) return { n: tk('bad.least') };
      return n > row.free ? { n: tk('bad.most', { max: row.free }) } : {};
    },
    send: (v, key) => told(form, 'n', async () => {
      await ask(api.stockKeepPost({ variant: row.variant }, { quantity: Number(v.n), ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
      toast(tk('keep.done'), { kind: 'good' });
      onDone();
      onClose();
    }),
  });
  return (
    <Sheet title={tk('keep.title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{tk('keep.lead')}</p>
        <FormError text={form.errors['']} />
        <CountField label={tk('keep.n')} min={1} max={Math.max(1, Math.min(row.free, stockKeepLimits.quantity.max))} hint={tk('keep.free', { n: row.free })} {...form.field('n')} />
        <Field label={tk('keep.note')} optional maxLength={stockKeepLimits.note.max} {...form.field('note')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('keep.save')}</Button>
      </form>
    </Sheet>
  );
}

type Line = { kind: 'shop' | 'own' | 'never'; n: string };

export function LineSheet({ shop, row, onClose, onDone }: { shop: string; row: StockRow } & Done) {
  const settings = useData(`studio/stock/settings/${shop}`, () => ask(api.stockSettingsGet({ shop })), 60_000).data;
  const form: Form<Line> = useForm<Line>({
    values: { kind: !row.low_own ? 'shop' : row.low < 0 ? 'never' : 'own', n: String(Math.max(0, row.low)) },
    fieldOf: f => (f === 'low' ? 'n' : undefined),
    check: v => (v.kind === 'own' && whole(v.n) === undefined ? { n: tk('bad.number') } : {}),
    send: async v => {
      await ask(api.stockLine({ variant: row.variant }, v.kind === 'shop' ? {} : { low: v.kind === 'never' ? -1 : Number(v.n) }));
      onDone();
      onClose();
    },
  });
  return (
    <Sheet title={tk('line.title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Choices label={tk('line.title')} {...form.field('kind')} options={[
          { value: 'shop', title: tk('line.shop'), note: !settings ? undefined : settings.low < 0 ? tk('line.shop_never') : tk('line.shop_note', { n: settings.low }) },
          { value: 'own', title: tk('line.own') },
          { value: 'never', title: tk('line.never') },
        ]} />
        {form.values.kind === 'own' ? <CountField label={tk('line.n')} max={stockLineLimits.low.max} {...form.field('n')} /> : null}
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('line.save')}</Button>
      </form>
    </Sheet>
  );
}

type Expect = { n: string; when: string; place: string; note: string };

export function ExpectSheet({ shop, row, places, onClose, onDone }: { shop: string; row: StockRow; places: StockPlace[] } & Done) {
  const open = places.filter(p => p.active);
  const form: Form<Expect> = useForm<Expect>({
    values: { n: '', when: '', place: open[0]?.warehouse ?? places[0]!.warehouse, note: '' },
    fieldOf: f => (f === 'quantity' ? 'n' : f === 'expected' ? 'when' : f === 'warehouse' ? 'place' : f === 'note' ? 'note' : undefined),
    check: v => {
      const n = whole(v.n);
      if (n === undefined) return { n: tk('bad.number') };
      return n === 0 ? { n: tk('bad.least') } : {};
    },
    send: (v, key) => told(form, 'n', async () => {
      await ask(api.incomingPost({ shop }, { variant: row.variant, quantity: Number(v.n), warehouse: v.place, ...(v.when ? { expected: new Date(`${v.when}T12:00:00`).toISOString() } : {}),
        ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
      toast(tk('expect.done'), { kind: 'good' });
      onDone();
      onClose();
    }),
  });
  return (
    <Sheet title={tk('expect.title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{nameOf(row)}</p>
        <FormError text={form.errors['']} />
        <CountField label={tk('expect.n')} min={1} max={stockIncomingNewLimits.quantity.max} {...form.field('n')} />
        <Field label={tk('expect.when')} optional type="date" {...form.field('when')} />
        {open.length > 1 ? <Select label={tk('expect.where')} {...form.field('place')} options={optionsOf(open)} /> : null}
        <Field label={tk('expect.note')} optional maxLength={stockIncomingNewLimits.note.max} placeholder={tk('expect.note_hint')} {...form.field('note')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('expect.save')}</Button>
      </form>
    </Sheet>
  );
}

