// The seller's day: what waits to be packed, clips on their way or failed, what runs out, and what to do next.
import { useEffect } from 'preact/hooks';
import { CircleCheck, Clapperboard, Clock, MessageCircleQuestion, PackageCheck, Repeat2, ShoppingBag, Truck, Undo2 } from 'lucide-preact';
import { api, ask, type Clip, type OrderCard, type OrderCounts } from '../app/api';
import { useData } from '../app/cache';
import { ago } from '../text/numbers';
import { ts } from '../text/studio';
import { Badge, Banner, Card, Failed, List, Page, Picture, Price, Progress, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { faultText, Poster, Unfinished, usePolled } from './Clips';
import { usePages } from './bits';
import { countText, late, orderTabPath } from './Orders';
import { returnsPath, useWaiting } from './Returns';
import { canManage, countOrders, here, orderCounts, shopId, useShop } from './shop';
import { LowCard } from '../stock/LowCard';
import { RisingCard } from '../trends/RisingCard';
import { ShopButton } from './Studio';

const SHOWN = 5;
const POLL_MS = 30_000;

export function TodayPage() {
  const shop = shopId.value;
  const s = useShop();
  const orders = useData(`studio/today/orders/${shop}`, () => ask(api.studioOrderList({ shop, state: 'awaiting_shipment', limit: SHOWN })));
  const counts = orderCounts.value;
  const returns = useWaiting('asked'), replace = useWaiting('awaiting_replacement');
  const clips = usePages(`studio/clips/${shop}`, before => api.studioClipList({ shop, before, limit: 24 }));
  const products = useData(`studio/today/products/${shop}`, () => ask(api.studioProductList({ shop, limit: 1 })));
  usePolled(clips.items, clips.setItems);
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) { void orders.reload(); void returns.reload(); void replace.reload(); void countOrders(); } }, POLL_MS);
    return () => clearInterval(timer);
  }, [shop]);
  const waiting = orders.data?.items ?? [];
  const making = (clips.items ?? []).filter(c => c.state === 'processing');
  const failed = (clips.items ?? []).filter(c => c.state === 'failed');
  const begin = products.data?.items.length === 0 || clips.items?.length === 0;
  return (
    <Page title={here.value?.name ?? ts('nav.today')} wide backTo={false} end={<ShopButton />}>
      {s.data?.state === 'closed' ? <Banner tone="warn" action={<Button size="small" href="/studio/settings">{ts('nav.settings')}</Button>}>{ts('today.closed')}</Banner> : null}
      {orders.problem && !orders.data ? <Failed problem={orders.problem} retry={orders.reload} /> : (
        <div class="today">
          <div class="stack">
            <div class="figures">
              <Figure href="/studio/orders" icon={PackageCheck} n={counts?.awaiting_shipment} text={ts('today.to_pack')} main />
              <Figure href="/studio/orders?state=packed" icon={Truck} n={counts?.packed} text={ts('today.to_ship')} />
              <Figure href="/studio/clips" icon={Clapperboard} n={clips.items && making.length} text={ts('today.making')} />
            </div>
            <Pressing counts={counts} returns={returns.items?.length ?? 0} replace={replace.items?.length ?? 0} />
            {canManage.value && begin ? <Begin product={products.data?.items.length === 0} clip={clips.items?.length === 0} /> : null}
            <Card title={ts('today.orders')} pad={false} class="card-list" action={(counts?.awaiting_shipment ?? 0) > SHOWN ? <a href="/studio/orders">{ts('today.all', { n: counts!.awaiting_shipment })}</a> : null}>
              {!orders.data ? <div class="card-pad"><Skeleton lines={4} /></div>
                : waiting.length === 0 ? <p class="calm"><CircleCheck size={20} aria-hidden="true" /> {ts('today.none')}</p>
                : <List>{waiting.slice(0, SHOWN).map(o => <OrderLine key={o.id} order={o} />)}</List>}
            </Card>
          </div>
          <div class="stack">
            {canManage.value ? (
              <div class="pair quick">
                <Button kind="main" href="/studio/clips/new" icon={<Clapperboard size={20} aria-hidden="true" />}>{ts('clips.new')}</Button>
                <Button href="/studio/products/new" icon={<ShoppingBag size={20} aria-hidden="true" />}>{ts('products.new')}</Button>
              </div>
            ) : null}
            {canManage.value ? <Unfinished /> : null}
            {making.length + failed.length > 0 ? (
              <Card title={ts('nav.clips')} pad={false} class="card-list"><ul class="list">{[...failed, ...making].slice(0, SHOWN).map(c => <ClipLine key={c.id} clip={c} />)}</ul></Card>
            ) : null}
            <LowCard shop={shop} />
            <RisingCard />
          </div>
        </div>
      )}
    </Page>
  );
}

function Figure({ href, icon: Icon, n, text, main }: { href: string; icon: typeof Truck; n: number | undefined; text: string; main?: boolean }) {
  return (
    <a class={`figure${main && n ? ' figure-main' : ''}`} href={href}>
      <Icon size={20} aria-hidden="true" /><strong class="num">{countText(n)}</strong><span>{text}</span>
    </a>
  );
}

// What somebody waits for, or what is past its day: nothing is shown when nothing is.
function Pressing({ counts, returns, replace }: { counts: OrderCounts | undefined; returns: number; replace: number }) {
  const rows = [
    { n: counts?.cancel_asked ?? 0, icon: MessageCircleQuestion, title: ts('today.cancel_asked', { n: counts?.cancel_asked ?? 0 }), note: ts('today.cancel_asked_note'), href: orderTabPath('cancel_asked') },
    { n: returns, icon: Undo2, title: ts('today.returns', { n: returns }), note: ts('today.returns_note'), href: '/studio/returns' },
    { n: replace, icon: Repeat2, title: ts('today.replace', { n: replace }), note: ts('today.replace_note'), href: returnsPath('awaiting_replacement') },
    { n: counts?.late ?? 0, icon: Clock, title: ts('today.late', { n: counts?.late ?? 0 }), note: ts('today.late_note'), href: orderTabPath('late') },
  ].filter(r => r.n > 0);
  if (rows.length === 0) return null;
  return <Card pad={false} class="card-list pressing"><List>{rows.map(r => <Row key={r.href} start={<r.icon size={22} />} title={r.title} note={r.note} href={r.href} />)}</List></Card>;
}

function Begin({ product, clip }: { product?: boolean; clip?: boolean }) {
  const steps = [
    { done: !product, title: ts('begin.product'), note: ts('begin.product_note'), href: '/studio/products/new' },
    { done: !clip, title: ts('begin.clip'), note: ts('begin.clip_note'), href: '/studio/clips/new' },
  ];
  return (
    <Card title={ts('begin.title')} pad={false} class="card-list">
      <List>{steps.map((s, i) => (
        <Row key={s.href} start={<span class={`step-mark${s.done ? ' step-done' : ''}`}>{s.done ? <CircleCheck size={22} aria-label={ts('begin.done')} /> : i + 1}</span>} title={s.title} note={s.done ? ts('begin.done') : s.note} {...(s.done ? {} : { href: s.href })} />
      ))}</List>
    </Card>
  );
}

function OrderLine({ order: o }: { order: OrderCard }) {
  return <Row href={`/studio/orders/${o.id}`} start={<Picture class="row-pic" alt="" {...(o.picture ? { url: o.picture } : {})} />}
    title={<span class="spread"><span class="order-number">{o.number}</span><Price money={o.total} size="small" /></span>}
    note={<><span class="clamp2">{o.title}{o.count > 1 ? ` · ${ts('orders.items', { n: o.count })}` : ''}</span>{ago(o.placed)}{late(o) ? <> <Badge tone="bad">{ts('orders.late')}</Badge></> : null}</>} />;
}

function ClipLine({ clip: c }: { clip: Clip }) {
  const fault = c.state === 'failed' ? faultText(c) : undefined;
  return <Row href={`/studio/clips/${c.id}`} start={<Poster clip={c} class="poster-small" />} title={<span class="clamp2">{c.caption || ts('clips.no_caption')}</span>}
    note={fault ? <span class="bad">{fault.why}</span> : <><Progress {...(c.progress > 0 ? { value: c.progress / 1000 } : {})} label={ts('clips.making')} /><span class="num">{c.progress > 0 ? ts('clips.percent', { percent: Math.floor(c.progress / 10) }) : ts('clips.queued')}</span></>} />;
}
