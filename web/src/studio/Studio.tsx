// The seller's studio: who may come in, which shop, which screen. Knows the addresses below /studio and nothing of what they show.
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BadgePercent, Boxes, CircleHelp, CirclePlay, Clapperboard, ClipboardList, Ellipsis, Handshake, House, Settings as Gear, ShoppingBag, Store, TrendingUp, Undo2, Wallet } from 'lucide-preact';
import { go, match, place } from '../app/router';
import { account, me, shops, signedIn } from '../app/session';
import { t } from '../text';
import { ts } from '../text/studio';
import { Avatar, EmptyState, List, Page, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Sheet, sheetsOpen } from '../ui/Sheet';
import { dismiss } from '../ui/Toast';
import { ClipEditPage } from './ClipEdit';
import { ClipNewPage } from './ClipNew';
import { ClipsPage } from './Clips';
import { helpOpen, KeyHelp, useKeys } from './keys';
import { OpenShop } from './OpenShop';
import { OrderDetailPage } from './OrderDetail';
import { OrdersPage } from './Orders';
import { ProductPage } from './ProductEdit';
import { ProductsPage } from './Products';
import { ReturnDetailPage } from './ReturnDetail';
import { ReturnsPage } from './Returns';
import { SettingsPage } from './Settings';
import { canManage, chooseShop, COUNT_MAX, countOrders, here, knownShop, orderCounts, shopId, useShop } from './shop';
import { InvoicesPage } from '../tax/Invoices';
import { MoneyPage, StatementPage } from '../money/lazy';
import { OfferPage, PlanNewPage, PriceListPage, PromotionPage, PromotionsPage } from '../pricing/lazy';
import { TodayPage } from './Today';
import { ShippingPage } from '../shipping/ShippingPage';
import { StockItemPage } from '../stock/StockItem';
import { StudioComments } from '../social/StudioComments';
import { StockPage } from '../stock/StockPage';
import { WarehousesPage } from '../stock/Warehouses';
import { StudioTrends } from '../trends/lazy';
import { running, UploadChip } from './uploads';
import './studio.css';

type Inside = ComponentType<{ params: Record<string, string>; query: URLSearchParams }>;

// nav: whether the studio's own places are shown on a phone; screens with an action at their foot hide them.
const SCREENS: { pattern: string; nav: boolean; screen: Inside; manager?: boolean }[] = [
  { pattern: '/studio', nav: true, screen: TodayPage },
  { pattern: '/studio/products', nav: true, screen: ProductsPage },
  { pattern: '/studio/products/new', nav: false, screen: ProductPage, manager: true },
  { pattern: '/studio/products/:id', nav: false, screen: ProductPage },
  { pattern: '/studio/clips', nav: true, screen: ClipsPage },
  { pattern: '/studio/clips/new', nav: false, screen: ClipNewPage, manager: true },
  { pattern: '/studio/clips/:id', nav: false, screen: ClipEditPage },
  { pattern: '/studio/orders', nav: true, screen: OrdersPage },
  { pattern: '/studio/orders/:id', nav: false, screen: OrderDetailPage },
  { pattern: '/studio/returns', nav: true, screen: ReturnsPage },
  { pattern: '/studio/returns/:id', nav: false, screen: ReturnDetailPage },
  { pattern: '/studio/promotions', nav: true, screen: PromotionsPage, manager: true },
  { pattern: '/studio/promotions/new', nav: false, screen: PlanNewPage, manager: true },
  { pattern: '/studio/promotions/offers/:id', nav: false, screen: OfferPage, manager: true },
  { pattern: '/studio/promotions/lists/:id', nav: false, screen: PriceListPage, manager: true },
  { pattern: '/studio/promotions/:id', nav: false, screen: PromotionPage, manager: true },
  { pattern: '/studio/settings', nav: true, screen: SettingsPage },
  { pattern: '/studio/money', nav: true, screen: MoneyPage, manager: true },
  { pattern: '/studio/money/statement', nav: true, screen: StatementPage, manager: true },
  { pattern: '/studio/invoices', nav: true, screen: InvoicesPage, manager: true },
  { pattern: '/studio/shipping', nav: true, screen: ShippingPage },
  { pattern: '/studio/stock', nav: true, screen: StockPage },
  { pattern: '/studio/stock/:id', nav: true, screen: StockItemPage },
  { pattern: '/studio/comments', nav: true, screen: StudioComments },
  { pattern: '/studio/trends', nav: true, screen: StudioTrends },
  { pattern: '/studio/warehouses', nav: true, screen: WarehousesPage },
];

const COUNT_MS = 60_000;

export function Studio() {
  const { path, query } = place.value;
  const known = me.value !== undefined;
  useEffect(() => {
    if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(path + (String(query) ? `?${query}` : ''))}`, { replace: true });
  }, [known, signedIn.value]);

  // /studio/17: choose the shop, then to its day.
  const direct = /^\/studio\/(\d+)$/.exec(path)?.[1];
  useEffect(() => {
    if (!direct || !known) return;
    chooseShop(direct);
    go('/studio', { replace: true });
  }, [direct, known]);

  if (!known || !signedIn.value || direct) return <Page title={ts('studio.title')} wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  if (path === '/studio/open' || (path === '/studio' && shops.value.length === 0)) return <OpenShop />;
  if (!here.value) {
    return (
      <Page title={ts('studio.title')} backTo={false}>
        <EmptyState icon={<Store size={36} />} title={ts('open.first')} action={<Button kind="main" href="/studio">{ts('open.title')}</Button>}>{ts('open.lead')}</EmptyState>
      </Page>
    );
  }
  for (const s of SCREENS) {
    const params = match(s.pattern, path);
    if (!params) continue;
    return (
      <Frame nav={s.nav} path={path}>
        {s.manager && !canManage.value ? <NotYours /> : <s.screen key={`${s.pattern} ${shopId.value} ${params['id'] ?? ''}`} params={params} query={query} />}
      </Frame>
    );
  }
  return (
    <Frame nav path={path}>
      <Page title={t('missing.title')} hideTitle backTo="/studio">
        <EmptyState icon={<Store size={36} />} title={t('missing.title')} action={<Button kind="main" href="/studio">{ts('nav.today')}</Button>}>{t('missing.body')}</EmptyState>
      </Page>
    </Frame>
  );
}

function NotYours() {
  return (
    <Page title={ts('studio.title')} backTo="/studio">
      <EmptyState icon={<Store size={36} />} title={ts('role.no_title')} action={<Button kind="main" href="/studio/orders">{ts('nav.orders')}</Button>}>{ts('role.no_body')}</EmptyState>
    </Page>
  );
}

// The first ones have room on a phone, the others stand behind "More".
const ON_PHONE = 4;
const PLACES = [
  { href: '/studio', icon: House, text: 'nav.today', key: 't' },
  { href: '/studio/orders', icon: ClipboardList, text: 'nav.orders', key: 'o' },
  { href: '/studio/products', icon: ShoppingBag, text: 'nav.products', key: 'p' },
  { href: '/studio/clips', icon: Clapperboard, text: 'nav.clips', key: 'c' },
  { href: '/studio/stock', icon: Boxes, text: 'nav.stock', key: 'k' },
  { href: '/studio/returns', icon: Undo2, text: 'nav.returns', key: 'r' },
  { href: '/studio/money', icon: Wallet, text: 'nav.money', key: 'm' },
  { href: '/studio/promotions', icon: BadgePercent, text: 'nav.promotions', key: 'd' },
  { href: '/studio/trends', icon: TrendingUp, text: 'nav.trends', key: 'n' },
  { href: '/studio/settings', icon: Gear, text: 'nav.settings', key: 's' },
] as const;

// What stands in the settings has addresses of its own.
const SETTINGS = ['/studio/invoices', '/studio/shipping', '/studio/warehouses'];

function Frame({ nav, path, children }: { nav: boolean; path: string; children: ComponentChildren }) {
  const [picking, pick] = useState(false);
  const [more, setMore] = useState(false);
  const shop = shopId.value;
  const { data } = useShop(shop);
  useEffect(() => {
    void countOrders();
    const timer = setInterval(() => { if (!document.hidden) void countOrders(); }, COUNT_MS);
    return () => clearInterval(timer);
  }, [shop]);
  useKeys([
    ...PLACES.map(p => ({ key: `g ${p.key}`, label: ts('keys.go', { to: ts(p.text) }), run: () => go(p.href) })),
    { key: '?', label: ts('keys.help'), run: () => { helpOpen.value = true; } },
  ]);
  // Old news does not lie over a sheet that opens.
  const sheets = sheetsOpen.value;
  useEffect(() => { if (sheets > 0) dismiss(); }, [sheets]);
  const n = orderCounts.value?.awaiting_shipment ?? 0;
  const at = (href: string) => (path === href || (href !== '/studio' && path.startsWith(href + '/')) || (href === '/studio/settings' && SETTINGS.includes(path)) ? 'page' : undefined);
  const s = here.value!;
  const rest = PLACES.slice(ON_PHONE);
  const open = rest.find(p => at(p.href));
  return (
    <div class={`studio${nav ? ' studio-placed' : ''}`}>
      <nav class="studio-nav" aria-label={ts('nav.label')}>
        <button type="button" class="studio-shop" onClick={() => pick(true)}>
          <Avatar name={s.name} url={data?.picture} size={36} />
          <span><strong>{data?.name ?? s.name}</strong><small>{ts(`role.${s.role}`)}</small></span><span class="hidden">{ts('switch.change')}</span>
        </button>
        {PLACES.map((p, i) => (
          <a key={p.href} href={p.href} class={`studio-place${i >= ON_PHONE ? ' studio-rest' : ''}`} aria-current={at(p.href)}>
            <span class="places-icon"><p.icon size={22} aria-hidden="true" />{p.text === 'nav.orders' && n > 0 ? <b class="count">{n > COUNT_MAX ? `${COUNT_MAX}+` : n}<span class="hidden"> {ts('nav.to_pack')}</span></b> : null}</span>
            <span>{ts(p.text)}</span>
          </a>
        ))}
        <button type="button" class="studio-place studio-more" aria-current={open ? 'page' : undefined} onClick={() => setMore(true)}>
          <Ellipsis size={22} aria-hidden="true" /><span>{open ? ts(open.text) : ts('nav.more')}</span>
        </button>
        <span class="studio-nav-end">
          <a class="studio-place" href={`/shop/${s.handle}`}><Store size={20} aria-hidden="true" /><span>{ts('nav.my_shop')}</span></a>
          <button type="button" class="studio-place" onClick={() => { helpOpen.value = true; }}><CircleHelp size={20} aria-hidden="true" /><span>{ts('keys.title')}</span></button>
        </span>
      </nav>
      <div class="studio-main">{children}</div>
      {running.value.length > 0 && path !== '/studio/clips/new' ? <UploadChip /> : null}
      <KeyHelp />
      {picking ? <ShopSheet onClose={() => pick(false)} /> : null}
      {more ? (
        <Sheet title={ts('nav.more')} onClose={() => setMore(false)}>
          <List>{rest.map(p => <Row key={p.href} start={<p.icon size={22} />} title={ts(p.text)} href={p.href} />)}</List>
        </Sheet>
      ) : null}
    </div>
  );
}

// On a phone: which shop this is, in the bar of the studio's places.
export function ShopButton() {
  const [picking, pick] = useState(false);
  const { data } = useShop();
  const s = here.value;
  if (!s) return null;
  return (
    <>
      <button type="button" class="icon-btn studio-phone" aria-label={ts('switch.label', { name: s.name })} onClick={() => pick(true)}>
        <Avatar name={s.name} url={data?.picture} size={32} />
      </button>
      {picking ? <ShopSheet onClose={() => pick(false)} /> : null}
    </>
  );
}

function ShopSheet({ onClose }: { onClose: () => void }) {
  const choose = (id: string) => {
    chooseShop(id);
    onClose();
    go('/studio');
  };
  return (
    <Sheet title={ts('switch.title')} onClose={onClose}>
      <List>
        {shops.value.map(s => (
          <Row key={s.shop} start={<Avatar name={s.name} url={knownShop(s.shop)?.picture} size={40} />} title={s.name}
            note={`@${s.handle} · ${ts(`role.${s.role}`)}${s.shop === shopId.value ? ` · ${ts('switch.now')}` : ''}`} onClick={() => choose(s.shop)} />
        ))}
        {me.value?.invited ? <Row start={<Handshake size={22} />} title={ts('invited.title')} note={ts('invited.row', { n: me.value.invited })} href="/me/invitations" /> : null}
        <Row start={<Store size={22} />} title={ts('switch.open')} href="/studio/open" />
        <Row start={<Store size={22} />} title={ts('nav.my_shop')} note={ts('nav.my_shop_note')} href={`/shop/${here.value?.handle ?? ''}`} />
        <Row start={<CirclePlay size={22} />} title={ts('nav.market')} note={account.value?.name ?? ''} href="/" />
      </List>
    </Sheet>
  );
}
