// Deliveries: what is expected, of one variant or of the whole shop; received in parts or whole, or given up.
import { useState } from 'preact/hooks';
import { PackagePlus } from 'lucide-preact';
import { api, ask, type StockIncoming } from '../app/api';
import { day } from '../text/numbers';
import { tk } from '../text/stock';
import { Badge, Card, EmptyState, Failed, FormError, Progress, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { attempt, CountField, More, usePages } from '../studio/bits';
import { canManage } from '../studio/shop';
import { nameOf, placeOf, useWarehouses, whole } from './common';

export function Deliveries({ shop }: { shop: string }) {
  const [show, setShow] = useState<'open' | 'past'>('open');
  const list = usePages(`studio/stock/incoming/${shop}/${show}`, before => api.incomingList({ shop, before, ...(show === 'open' ? { state: 'open' } : {}) }));
  const items = list.items?.filter(d => (show === 'open' ? d.state === 'open' : d.state !== 'open'));
  return (
    <div class="stack-2">
      <Tabs label={tk('in.show')} value={show} onValue={setShow} options={[{ value: 'open', label: tk('in.open') }, { value: 'past', label: tk('in.closed') }]} />
      {!items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={3} />)
        : items.length === 0 ? <EmptyState icon={<PackagePlus size={32} />} title={tk('in.none')}>{tk('in.none_body')}</EmptyState>
        : <Card pad={false}><DeliveryList shop={shop} items={items} named onDone={() => void list.reload()} /></Card>}
      <More list={list} />
    </div>
  );
}

export function DeliveryList({ shop, items, named, onDone }: { shop: string; items: StockIncoming[]; named?: boolean; onDone: () => void }) {
  const places = useWarehouses(shop).data?.items;
  const [receiving, receive] = useState<StockIncoming>();
  const cancel = async (d: StockIncoming) => {
    const n = d.quantity - d.received;
    if (!await confirm({ title: tk('in.cancel_title'), body: tk('in.cancel_body', { n }), action: tk('in.cancel_act'), danger: true })) return;
    if (await attempt(api.incomingCancel({ id: d.id }))) onDone();
  };
  return (
    <>
      <ul class="list">{items.map(d => (
        <li key={d.id} class="row-item stock-line">
          <span class="row-text">
            {named ? <a class="row-title clamp2" href={`/studio/stock/${d.variant}`}>{nameOf(d)}</a> : null}
            <span class={named ? 'row-note' : 'row-title'}>{tk('in.of', { received: d.received, quantity: d.quantity })}</span>
            <span class="row-note">{[d.note, places && places.length > 1 ? placeOf(places, d.warehouse) : ''].filter(Boolean).join(' · ')}</span>
            {d.state === 'open' && d.received > 0 ? <Progress value={d.received / d.quantity} label={tk('in.of', { received: d.received, quantity: d.quantity })} /> : null}
            <When delivery={d} />
          </span>
          {d.state === 'open' && canManage.value ? (
            <span class="stock-acts">
              <Button size="small" kind="main" onClick={() => receive(d)}>{tk('in.receive')}</Button>
              <Button size="small" kind="quiet" onClick={() => void cancel(d)}>{tk('in.cancel')}</Button>
            </span>
          ) : null}
        </li>))}
      </ul>
      {receiving ? <ReceiveSheet delivery={receiving} onClose={() => receive(undefined)} onDone={onDone} /> : null}
    </>
  );
}

function When({ delivery: d }: { delivery: StockIncoming }) {
  if (d.state !== 'open') return <span class="row-note">{tk(d.state === 'received' ? 'in.received' : 'in.cancelled', { date: day(d.closed ?? d.created) })}</span>;
  if (!d.expected) return null;
  return new Date(d.expected).getTime() < Date.now() - 86_400_000
    ? <span><Badge tone="warn">{tk('in.late', { date: day(d.expected) })}</Badge></span> : <span class="row-note">{tk('in.expected', { date: day(d.expected) })}</span>;
}

function ReceiveSheet({ delivery: d, onClose, onDone }: { delivery: StockIncoming; onClose: () => void; onDone: () => void }) {
  const left = d.quantity - d.received;
  const form: Form<{ n: string; note: string }> = useForm<{ n: string; note: string }>({
    values: { n: String(left), note: '' },
    fieldOf: f => (f === 'quantity' ? 'n' : f === 'note' ? 'note' : undefined),
    check: v => {
      const n = whole(v.n);
      if (n === undefined) return { n: tk('bad.number') };
      if (n === 0) return { n: tk('bad.least') };
      return n > left ? { n: tk('bad.most', { max: left }) } : {};
    },
    send: async (v, key) => {
      await ask(api.incomingReceive({ id: d.id }, { quantity: Number(v.n), ...(v.note.trim() ? { note: v.note.trim() } : {}) }, { idempotencyKey: key }));
      toast(tk('in.receive_done', { n: Number(v.n) }), { kind: 'good' });
      onDone();
      onClose();
    },
  });
  return (
    <Sheet title={tk('in.receive_title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{nameOf(d)}</p>
        <FormError text={form.errors['']} />
        <CountField label={tk('in.receive_n')} min={1} max={left} hint={tk('in.receive_left', { n: left })} {...form.field('n')} />
        <Field label={tk('change.note')} optional maxLength={200} {...form.field('note')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('in.receive_save')}</Button>
      </form>
    </Sheet>
  );
}
