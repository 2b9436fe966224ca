// A shop: who it is, its clips and its products.
import { useState } from 'preact/hooks';
import { CirclePlay, Heart, MapPin, Share2, ShoppingBag, Truck } from 'lucide-preact';
import { api, ask, Refusal, type Clip, type ClipPage, type ProductCardPage, type Shop } from '../app/api';
import { useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { ProductGrid } from '../catalog/ProductPage';
import { Follow } from '../pricing/Follow';
import { ShopVouchers } from '../pricing/Voucher';
import { t } from '../text';
import { compact, formatMoney } from '../text/numbers';
import { Avatar, Banner, EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { say } from '../ui/form';
import { shareLink } from '../ui/share';
import { toast } from '../ui/Toast';
import '../catalog/product.css';
import './shop.css';

const FRESH_MS = 30_000;
const PAGE = 24;

export function ShopPage({ params }: ScreenProps) {
  const handle = params['handle']!;
  const { data, problem, reload, set } = useData(`shop/${handle}`, () => ask(api.shopByHandle({ handle })), FRESH_MS);
  if (!data) return <Page title={`@${handle}`} wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />}</Page>;
  return <Loaded key={data.id} shop={data} onChange={set} />;
}

function Loaded({ shop: s, onChange }: { shop: Shop; onChange: (s: Shop) => void }) {
  const [tab, setTab] = useState<'products' | 'clips'>('products');
  const products = useData(`shop-all/${s.id}`, () => ask(api.productList({ shop: s.id, limit: PAGE })), FRESH_MS);
  const clips = useData(`shop-clips/${s.id}`, () => ask(api.clipList({ shop: s.id, limit: PAGE })), FRESH_MS);
  const shipping = s.shipping_minor === 0 ? t('product.shipping_free') : t('product.shipping', { price: formatMoney({ minor: s.shipping_minor, currency: s.currency }) });
  return (
    <Page title={`@${s.handle}`} wide end={<IconButton label={t('feed.share')} onClick={() => void shareLink({ title: s.name, path: `/shop/${s.handle}` })}><Share2 size={22} /></IconButton>}>
      <div class="shop-head">
        <Avatar name={s.name} url={s.picture} size={88} />
        <div class="shop-who">
          <h2>{s.name}</h2>
          <p class="muted small shop-facts">
            {s.city ? <span><MapPin size={14} aria-hidden="true" /> {s.city}</span> : null}
            <span><Truck size={14} aria-hidden="true" /> {t('shop.sends', { n: s.dispatch_days })} · {shipping}</span>
          </p>
          <Follow shop={s} onChange={onChange} />
        </div>
      </div>
      {s.state === 'closed' ? <Banner tone="warn">{t('shop.closed')}</Banner> : null}
      {s.about ? <About text={s.about} /> : null}
      <ShopVouchers shop={s.id} />
      <Tabs label={s.name} value={tab} onValue={setTab} options={[{ value: 'products', label: t('shop.products') }, { value: 'clips', label: t('shop.clips') }]} />
      {tab === 'products' ? <Products data={products} shop={s} /> : <Clips data={clips} shop={s} />}
    </Page>
  );
}

const LONG = 180;

function About({ text }: { text: string }) {
  const [full, setFull] = useState(text.length < LONG);
  return (
    <div class="shop-about">
      <p class={full ? '' : 'clamp2'}>{text}</p>
      {text.length < LONG ? null : <button type="button" class="shop-more" aria-expanded={full} onClick={() => setFull(!full)}>{full ? t('feed.less') : t('feed.more')}</button>}
    </div>
  );
}

type Loads<T> = ReturnType<typeof useData<T>>;

function Products({ data: d, shop }: { data: Loads<ProductCardPage>; shop: Shop }) {
  if (!d.data) return d.problem ? <Failed problem={d.problem} retry={d.reload} /> : <Skeleton kind="grid" lines={6} />;
  if (d.data.items.length === 0) return <EmptyState icon={<ShoppingBag size={32} />} title={t('shop.no_products')}>{t('shop.no_body')}</EmptyState>;
  return <><ProductGrid products={d.data.items} /><More data={d} get={before => api.productList({ shop: shop.id, limit: PAGE, before })} /></>;
}

function Clips({ data: d, shop }: { data: Loads<ClipPage>; shop: Shop }) {
  if (!d.data) return d.problem ? <Failed problem={d.problem} retry={d.reload} /> : <Skeleton kind="grid" lines={6} />;
  if (d.data.items.length === 0) return <EmptyState icon={<CirclePlay size={32} />} title={t('shop.no_clips')}>{t('shop.no_body')}</EmptyState>;
  return <><ul class="clip-grid">{d.data.items.map(c => <Tile key={c.id} clip={c} />)}</ul><More data={d} get={before => api.clipList({ shop: shop.id, limit: PAGE, before })} /></>;
}

function Tile({ clip: c }: { clip: Clip }) {
  return (
    <li>
      <a class="clip-tile" href={`/clip/${c.id}`}>
        <span class="hidden">{t('shop.play', { caption: c.caption || c.shop.name, n: c.likes })}</span>
        {c.poster ? <img src={c.poster} alt="" loading="lazy" /> : null}
        {c.likes > 0 ? <span class="clip-tile-likes" aria-hidden="true"><Heart size={14} fill="currentColor" /> {compact(c.likes)}</span> : null}
      </a>
    </li>
  );
}

type PageOf<I> = { items: I[]; next?: string };

function More<I>({ data: d, get }: { data: { data?: PageOf<I>; set: (p: PageOf<I>) => void }; get: (before: string) => Promise<{ ok: true; value: PageOf<I> } | { ok: false; problem: ConstructorParameters<typeof Refusal>[0] }> }) {
  const [busy, setBusy] = useState(false);
  const page = d.data;
  if (!page?.next) return null;
  const more = async () => {
    setBusy(true);
    const r = await get(page.next!);
    setBusy(false);
    if (r.ok) d.set({ items: [...page.items, ...r.value.items], ...(r.value.next ? { next: r.value.next } : {}) });
    else toast(say(new Refusal(r.problem)), { kind: 'bad' });
  };
  return <Button busy={busy} onClick={() => void more()}>{t('ui.load_more')}</Button>;
}
