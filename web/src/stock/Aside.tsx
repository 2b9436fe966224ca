// What is set aside: for sales, shows, creators and by hand; given back when it was by hand.
import { useState } from 'preact/hooks';
import { Boxes } from 'lucide-preact';
import { api, ask, Refusal, type StockAllocation } from '../app/api';
import { useData } from '../app/cache';
import { day } from '../text/numbers';
import { tk } from '../text/stock';
import { t } from '../text';
import { Badge, Card, EmptyState, Failed, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { toast } from '../ui/Toast';
import { attempt, tell } from '../studio/bits';
import { canManage } from '../studio/shop';
import { nameOf, poolText } from './common';

export function Aside({ shop }: { shop: string }) {
  const [show, setShow] = useState<'now' | 'ended'>('now');
  const ended = show === 'ended';
  const d = useData(`studio/stock/aside/${shop}/${show}`, () => ask(api.allocations({ id: shop, ended })));
  const [busy, setBusy] = useState(false);
  const more = async () => {
    if (!d.data?.next || busy) return;
    setBusy(true);
    const r = await api.allocations({ id: shop, ended, before: d.data.next, ...(d.data.next_item ? { before_item: d.data.next_item } : {}) });
    setBusy(false);
    if (r.ok) d.set({ ...r.value, items: [...d.data.items, ...r.value.items] });
    else tell(new Refusal(r.problem));
  };
  return (
    <div class="stack-2">
      <Tabs label={tk('aside.show')} value={show} onValue={setShow} options={[{ value: 'now', label: tk('aside.now') }, { value: 'ended', label: tk('aside.ended') }]} />
      {!d.data ? (d.problem ? <Failed problem={d.problem} retry={d.reload} /> : <Skeleton kind="rows" lines={3} />)
        : d.data.items.length === 0 ? <EmptyState icon={<Boxes size={32} />} title={tk('aside.none')}>{tk('aside.none_body')}</EmptyState>
        : <Card pad={false}><AsideList shop={shop} items={d.data.items} named onDone={() => void d.reload()} /></Card>}
      {d.data?.next ? <Button busy={busy} onClick={() => void more()}>{t('ui.load_more')}</Button> : null}
    </div>
  );
}

export function AsideList({ shop, items, named, onDone }: { shop: string; items: StockAllocation[]; named?: boolean; onDone: () => void }) {
  const back = async (a: StockAllocation) => {
    if (!await confirm({ title: tk('aside.back_title'), body: tk('aside.back_body', { n: a.left }), action: tk('aside.back') })) return;
    if (!await attempt(api.allocationEnd({ shop, id: a.pool_id }))) return;
    toast(tk('aside.back_done'), { kind: 'good' });
    onDone();
  };
  return (
    <ul class="list">{items.map(a => (
      <li key={`${a.pool}/${a.pool_id}/${a.variant}`} class="row-item stock-line">
        <span class="row-text">
          {named ? <a class="row-title clamp2" href={`/studio/stock/${a.variant}`}>{nameOf(a)}</a> : null}
          <span class="line"><Badge tone={a.pool === 'kept' ? 'plain' : 'link'}>{poolText(a.pool)}</Badge>{a.note ? <span class="small">{a.note}</span> : null}</span>
          <span class="row-note num">{tk('aside.line', { left: a.left, held: a.held, sold: a.sold })}</span>
          <span class="row-note">{a.ended ? tk('aside.until', { date: day(a.ended) }) : tk('aside.since', { date: day(a.at) })}</span>
        </span>
        {a.pool === 'kept' && !a.ended && canManage.value ? <span class="stock-acts"><Button size="small" onClick={() => void back(a)}>{tk('aside.back')}</Button></span> : null}
      </li>))}
    </ul>
  );
}
