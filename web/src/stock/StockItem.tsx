// One variant's stock: its numbers, where it lies, what can be done with it, what it is made of, and all that has moved.
import { useState } from 'preact/hooks';
import { ArrowLeftRight, Boxes, PackagePlus, PencilLine, ShoppingBag } from 'lucide-preact';
import { api, ask, type StockDetail, type StockPlace } from '../app/api';
import { useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { day } from '../text/numbers';
import { tk } from '../text/stock';
import { Badge, Card, Failed, List, Page, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { RoleNote } from '../studio/OpenShop';
import { canManage, shopId } from '../studio/shop';
import { AlertBadge, Bones, count, nameOf, placeName, ready } from './common';
import { AsideList } from './Aside';
import { BundleCard } from './Bundle';
import { DeliveryList } from './Deliveries';
import { Moves } from './Moves';
import { ChangeSheet, ExpectSheet, KeepSheet, LineSheet, MoveSheet } from './sheets';
import './stock.css';

type Doing = 'change' | 'move' | 'keep' | 'expect' | 'line';

export function StockItemPage({ params }: ScreenProps) {
  const variant = params['id']!, shop = shopId.value;
  const d = useData(`studio/stock/item/${variant}`, () => ask(api.stockDetailGet({ variant })));
  const incoming = useData(`studio/stock/incoming/${shop}/of/${variant}`, () => ask(api.incomingList({ shop, variant, state: 'open' })));
  const aside = useData(`studio/stock/aside/${shop}/of/${variant}`, () => ask(api.allocations({ id: shop, variant })));
  const [stamp, setStamp] = useState(0);
  const again = () => {
    void d.reload();
    void incoming.reload();
    void aside.reload();
    setStamp(n => n + 1);
  };
  if (!ready()) return <Bones title="" />;
  return (
    <Page title={d.data ? nameOf(d.data.row) : tk('title')} backTo="/studio/stock" wide>
      {!d.data ? (d.problem ? <Failed problem={d.problem} retry={d.reload} /> : <Skeleton kind="rows" lines={5} />) : (
        <div class="stock-cols">
          <div class="stack">
            {canManage.value ? null : <RoleNote />}
            <Numbers detail={d.data} />
            {canManage.value && !d.data.row.bundle ? <Acts shop={shop} detail={d.data} onDone={again} /> : null}
            {d.data.row.bundle ? null : <Places places={d.data.places} />}
            {incoming.data && incoming.data.items.length > 0 ? <Card title={tk('view.expected')} pad={false} class="card-list"><DeliveryList shop={shop} items={incoming.data.items} onDone={again} /></Card> : null}
            {aside.data && aside.data.items.length > 0 ? <Card title={tk('view.aside')} pad={false} class="card-list"><AsideList shop={shop} items={aside.data.items} onDone={again} /></Card> : null}
            <BundleCard shop={shop} detail={d.data} onDone={again} />
            <Card pad={false}><List><Row start={<ShoppingBag size={20} />} title={tk('item.product')} href={`/studio/products/${d.data.row.product}`} /></List></Card>
          </div>
          {d.data.row.bundle ? null : <Card title={tk('item.moves')}><Moves shop={shop} variant={variant} stamp={stamp} /></Card>}
        </div>
      )}
    </Page>
  );
}

function Numbers({ detail: { row } }: { detail: StockDetail }) {
  const numbers = row.bundle ? [['n.free', row.free, 'n.about_free']] as const
    : [['n.on_hand', row.on_hand, 'n.about_on_hand'], ['n.free', row.free, 'n.about_free'], ['n.held', row.held, 'n.about_held'],
       ['n.aside', row.allocated, 'n.about_aside'], ['n.incoming', row.incoming, 'n.about_incoming']] as const;
  return (
    <Card>
      <div class="stack-2">
        <div class="line"><span class="muted small">{[row.options, row.sku].filter(Boolean).join(' · ')}</span><AlertBadge row={row} />{row.bundle ? <Badge>{tk('list.bundle')}</Badge> : null}{row.on_sale ? null : <Badge>{tk('list.off')}</Badge>}
          {row.low_since ? <span class="small muted">{tk('low.since', { date: day(row.low_since) })}</span> : null}</div>
        <dl class="stock-numbers">{numbers.map(([key, n, about]) => <div key={key} title={tk(about)}><dt>{tk(key)}</dt><dd>{count(n)}</dd></div>)}</dl>
      </div>
    </Card>
  );
}

function Places({ places }: { places: StockPlace[] }) {
  if (places.length < 2) return null;
  return (
    <Card title={tk('item.places')} pad={false} class="card-list">
      <table class="stock-table" aria-label={tk('item.places')}>
        <thead><tr><th scope="col">{tk('item.place')}</th><th scope="col" class="end">{tk('n.on_hand')}</th><th scope="col" class="end stock-wide">{tk('n.held')}</th><th scope="col" class="end stock-wide">{tk('n.aside')}</th><th scope="col" class="end">{tk('n.free')}</th></tr></thead>
        <tbody>{places.map(p => (
          <tr key={p.warehouse}><th scope="row" class="stock-what">{placeName(p)}{p.active ? null : <> <Badge>{tk('item.closed')}</Badge></>}</th>
            <td class="end">{count(p.on_hand)}</td><td class="end stock-wide">{count(p.held)}</td><td class="end stock-wide">{count(p.allocated)}</td><td class="end stock-free">{count(p.free)}</td></tr>))}
        </tbody>
      </table>
    </Card>
  );
}

function Acts({ shop, detail, onDone }: { shop: string; detail: StockDetail; onDone: () => void }) {
  const [doing, start] = useState<Doing>();
  const { row, places } = detail;
  const close = () => start(undefined);
  const line = row.low < 0 ? tk('item.line_never') : tk('item.line', { n: row.low });
  return (
    <>
      <div class="stock-do">
        <Button kind="main" icon={<PencilLine size={18} aria-hidden="true" />} onClick={() => start('change')}>{tk('act.change')}</Button>
        <Button icon={<PackagePlus size={18} aria-hidden="true" />} onClick={() => start('expect')}>{tk('act.expect')}</Button>
        {places.length > 1 ? <Button icon={<ArrowLeftRight size={18} aria-hidden="true" />} disabled={row.on_hand === 0} onClick={() => start('move')}>{tk('act.move')}</Button> : null}
        <Button icon={<Boxes size={18} aria-hidden="true" />} disabled={row.free === 0} onClick={() => start('keep')}>{tk('act.keep')}</Button>
      </div>
      <Card pad={false}><List><Row title={line} note={tk(row.low_own ? 'item.line_own' : 'item.line_shop')} onClick={() => start('line')} /></List></Card>
      {doing === 'change' ? <ChangeSheet row={row} places={places} onClose={close} onDone={onDone} /> : null}
      {doing === 'move' ? <MoveSheet shop={shop} row={row} places={places} onClose={close} onDone={onDone} /> : null}
      {doing === 'keep' ? <KeepSheet row={row} onClose={close} onDone={onDone} /> : null}
      {doing === 'expect' ? <ExpectSheet shop={shop} row={row} places={places} onClose={close} onDone={onDone} /> : null}
      {doing === 'line' ? <LineSheet shop={shop} row={row} onClose={close} onDone={onDone} /> : null}
    </>
  );
}
