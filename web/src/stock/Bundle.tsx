// Bundles: what a variant is made of, and in which others it is a part.
import { useState } from 'preact/hooks';
import { Package, Plus, Search, X } from 'lucide-preact';
import { stockBundleLimits, stockBundlePartLimits } from '../api';
import { api, Refusal, type StockDetail, type StockRow } from '../app/api';
import { useLast, useRested } from '../app/cache';
import { tk } from '../text/stock';
import { Card, Failed, FormError, List, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { CountField, usePages, words } from '../studio/bits';
import { canManage } from '../studio/shop';
import { count, nameOf, whole } from './common';

export function BundleCard({ shop, detail, onDone }: { shop: string; detail: StockDetail; onDone: () => void }) {
  const [editing, edit] = useState(false);
  const { row, parts, bundles } = detail;
  if (!row.bundle && !canManage.value && bundles.length === 0) return null;
  return (
    <Card title={tk('bundle.title')} pad={false} class="card-list">
      {row.bundle ? (
        <List>{parts.map(p => (
          <Row key={p.part} href={`/studio/stock/${p.part}`} title={<span class="clamp2">{tk('bundle.part', { n: p.quantity, name: nameOf(p) })}</span>} note={p.sku}
            end={<span class="num muted">{tk('bundle.part_free', { n: p.free })}</span>} />))}
        </List>
      ) : bundles.length === 0 ? <p class="card-pad muted small stock-lead">{tk('bundle.none')}</p> : null}
      {bundles.length > 0 ? (
        <>
          <p class="label stock-sub">{tk('bundle.in')}</p>
          <List>{bundles.map(b => <Row key={b.variant} href={`/studio/stock/${b.variant}`} start={<Package size={20} />} title={<span class="clamp2">{nameOf(b)}</span>} note={b.sku}
            end={<span class="num muted">{tk('bundle.part_free', { n: b.free })}</span>} />)}</List>
        </>
      ) : null}
      {canManage.value && bundles.length === 0 ? (
        <div class="card-pad">
          {!row.bundle && row.on_hand > 0 ? <p class="muted small">{tk('bundle.own_stock', { n: row.on_hand })}</p>
            : <Button size="small" onClick={() => edit(true)}>{tk(row.bundle ? 'bundle.edit' : 'bundle.make')}</Button>}
        </div>
      ) : null}
      {editing ? <BundleSheet shop={shop} detail={detail} onClose={() => edit(false)} onDone={onDone} /> : null}
    </Card>
  );
}

type Part = { variant: string; name: string; n: string };

function BundleSheet({ shop, detail, onClose, onDone }: { shop: string; detail: StockDetail; onClose: () => void; onDone: () => void }) {
  const most = stockBundleLimits.parts.max;
  const [parts, setParts] = useState<Part[]>(detail.parts.map(p => ({ variant: p.part, name: nameOf(p), n: String(p.quantity) })));
  const [adding, add] = useState(detail.parts.length === 0);
  const [wrong, setWrong] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async (list: Part[], done: string) => {
    setBusy(true);
    setWrong(undefined);
    const r = await api.stockBundleSet({ variant: detail.row.variant }, { parts: list.map(p => ({ part: p.variant, quantity: Number(p.n) })) });
    setBusy(false);
    if (!r.ok) return setWrong(r.problem.detail || words(new Refusal(r.problem)));
    toast(done, { kind: 'good' });
    onDone();
    onClose();
  };
  const bad = (p: Part) => { const n = whole(p.n); return n === undefined || n < 1 ? tk('bad.least') : n > stockBundlePartLimits.quantity.max ? tk('bad.most', { max: stockBundlePartLimits.quantity.max }) : undefined; };
  const save = (e: Event) => {
    e.preventDefault();
    if (busy) return;
    if (parts.length === 0) return setWrong(tk('bundle.empty'));
    if (!parts.some(bad)) void send(parts, tk('bundle.done'));
  };
  const end = async () => {
    if (await confirm({ title: tk('bundle.end_title'), body: tk('bundle.end_body'), action: tk('bundle.end'), danger: true })) await send([], tk('bundle.ended'));
  };
  return (
    <Sheet title={tk('bundle.title')} onClose={onClose}>
      <form class="stack" onSubmit={save} noValidate>
        <p class="muted">{tk('bundle.lead')}</p>
        <FormError text={wrong} />
        {parts.map((p, i) => (
          <div key={p.variant} class="stock-part" role="group" aria-label={p.name}>
            <p class="stock-part-what clamp2">{p.name}</p>
            <CountField label={tk('bundle.n')} name={`part-${i}`} min={1} max={stockBundlePartLimits.quantity.max} value={p.n} {...(p.n !== '' && bad(p) ? { error: bad(p)! } : {})}
              onValue={n => setParts(all => all.map(x => (x.variant === p.variant ? { ...x, n } : x)))} />
            <IconButton label={tk('bundle.remove', { name: p.name })} onClick={() => setParts(all => all.filter(x => x.variant !== p.variant))}><X size={20} /></IconButton>
          </div>
        ))}
        {parts.length >= most ? <p class="field-hint">{tk('bundle.most', { max: most })}</p>
          : adding ? <PickPart shop={shop} taken={[detail.row.variant, ...parts.map(p => p.variant)]} onPick={r => { setParts(all => [...all, { variant: r.variant, name: nameOf(r), n: '1' }]); setWrong(undefined); add(false); }} />
          : <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => add(true)}>{tk('bundle.add')}</Button></div>}
        <Button kind="main" type="submit" wide busy={busy}>{tk('bundle.save')}</Button>
        {detail.row.bundle ? <Button kind="danger" wide onClick={() => void end()}>{tk('bundle.end')}</Button> : null}
      </form>
    </Sheet>
  );
}

// Variants of the shop that can be a part: no bundles, and none that is one already.
function PickPart({ shop, taken, onPick }: { shop: string; taken: string[]; onPick: (r: StockRow) => void }) {
  const [typed, type] = useState('');
  const search = useRested(typed.trim());
  const list = usePages(`studio/stock/pick/${shop}/${search}`, before => api.stockListGet({ shop, before, ...(search ? { search } : {}) }));
  // Rows stay until the next ones come: none goes from under a finger.
  const items = useLast(list.items)?.filter(r => !r.bundle && !taken.includes(r.variant));
  return (
    <div class="stack-2">
      <div class="pick-search"><Search size={18} aria-hidden="true" /><input class="input" type="search" maxLength={100} aria-label={tk('bundle.find')} placeholder={tk('bundle.find')} value={typed} onInput={e => type(e.currentTarget.value)} /></div>
      {!list.items && list.problem ? <Failed problem={list.problem} retry={list.reload} /> : !items ? <Skeleton lines={3} />
        : items.length === 0 ? <p class="muted">{tk('find.none')}</p>
        : <ul class="picks stock-picks">{items.slice(0, 8).map(r => (
            <li key={r.variant}><button type="button" class="pick" onClick={() => onPick(r)}>
              <span class="row-text"><span class="row-title clamp2">{nameOf(r)}</span><span class="row-note">{r.sku}</span></span>
              <span class="num muted">{count(r.free)}</span>
            </button></li>))}
          </ul>}
    </div>
  );
}
