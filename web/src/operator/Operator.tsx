// The operator's frame: who may come in, and which screen. A page more is one line in SCREENS and its name in text/operator.*.ts.
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Banknote, BookOpenCheck, CirclePlay, Ellipsis, Globe, HandCoins, LayoutDashboard, Percent, Scale, ScanSearch, ShieldCheck, Store, TicketPercent, WalletCards } from 'lucide-preact';
import { Refusal } from '../app/api';
import { go, match, place } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { account, me, signedIn } from '../app/session';
import { t } from '../text';
import { loadMoneyText } from '../text/money';
import { to, type OperatorKey } from '../text/operator';
import { loadPayopsText } from '../text/payops';
import { EmptyState, Failed, List, Page, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import '../studio/studio.css';
import './operator.css';

type Screen = ComponentType<ScreenProps>;
type Entry = { path: string; load: () => Promise<Screen>; icon?: typeof Ellipsis; text?: OperatorKey };

const withMoney = (load: () => Promise<Screen>) => async () => (await Promise.all([load(), loadMoneyText()]))[0];
const withPayops = (load: () => Promise<Screen>) => async () => (await Promise.all([load(), loadPayopsText()]))[0];

// In the order of the places; the first ones have room on a phone, the others stand behind "More". Without text a page is no place.
export const SCREENS: Entry[] = [
  { path: '/operator', text: 'nav.home', icon: LayoutDashboard, load: withMoney(() => import('./Home').then(m => m.HomePage)) },
  { path: '/operator/payouts', text: 'nav.payouts', icon: Banknote, load: withMoney(() => import('./Payouts').then(m => m.PayoutsPage)) },
  { path: '/operator/returns', text: 'nav.returns', icon: Scale, load: () => import('./Returns').then(m => m.ReturnsPage) },
  { path: '/operator/returns/:id', load: () => import('./Returns').then(m => m.ReturnPage) },
  { path: '/operator/sellers', text: 'nav.sellers', icon: Store, load: withMoney(() => import('./Sellers').then(m => m.SellersPage)) },
  { path: '/operator/sellers/:id', load: withMoney(() => import('./Sellers').then(m => m.SellerPage)) },
  { path: '/operator/books', text: 'nav.books', icon: BookOpenCheck, load: withMoney(() => import('./Books').then(m => m.BooksPage)) },
  { path: '/operator/books/:account', load: withMoney(() => import('./Books').then(m => m.PostingsPage)) },
  { path: '/operator/tax-rates', text: 'nav.tax', icon: Percent, load: () => import('./TaxRates').then(m => m.TaxRatesPage) },
  { path: '/operator/payments', text: 'nav.payments', icon: WalletCards, load: withPayops(() => import('./Payments').then(m => m.PaymentsPage)) },
  { path: '/operator/payments/:id', load: withPayops(() => import('./PaymentDetail').then(m => m.PaymentDetailPage)) },
  { path: '/operator/refunds', text: 'nav.refunds', icon: HandCoins, load: withPayops(() => import('./Refunds').then(m => m.RefundsPage)) },
  { path: '/operator/markets', text: 'nav.markets', icon: Globe, load: () => import('./Markets').then(m => m.MarketsPage) },
  { path: '/operator/markets/:country', load: () => import('./Market').then(m => m.MarketPage) },
  { path: '/operator/vouchers', text: 'nav.vouchers', icon: TicketPercent, load: () => import('../pricing/lazy').then(m => m.OperatorVouchersPage) },
  { path: '/operator/vouchers/new', load: () => import('../pricing/lazy').then(m => m.OperatorVoucherNewPage) },
  { path: '/operator/vouchers/:id', load: () => import('../pricing/lazy').then(m => m.OperatorVoucherPage) },
  { path: '/operator/audit', text: 'nav.audit', icon: ScanSearch, load: () => import('./Audit').then(m => m.AuditPage) },
];
const ON_PHONE = 4;

const come = new Map<Entry, Screen>();

function useLoaded(entry: Entry | undefined): { screen: Screen | undefined; failed: boolean } {
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState<Entry>();
  useEffect(() => {
    if (!entry || come.has(entry)) return;
    let on = true;
    entry.load().then(
      screen => { come.set(entry, screen); if (on) redraw(n => n + 1); },
      () => { if (on) setFailed(entry); },
    );
    return () => { on = false; };
  }, [entry]);
  return { screen: entry && come.get(entry), failed: entry !== undefined && failed === entry };
}

function find(path: string): { entry: Entry; params: Record<string, string> } | undefined {
  for (const entry of SCREENS) {
    const params = match(entry.path, path);
    if (params) return { entry, params };
  }
  return undefined;
}

export function Operator() {
  const { path, query } = place.value;
  const known = me.value !== undefined;
  const found = find(path);
  const { screen: Inside, failed } = useLoaded(found?.entry);
  useEffect(() => {
    if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(path + (String(query) ? `?${query}` : ''))}`, { replace: true });
  }, [known, signedIn.value]);

  if (!known || !signedIn.value) return <Page title={to('title')} wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  if (account.value?.role !== 'operator') {
    return (
      <Page title={to('title')} backTo={false}>
        <EmptyState icon={<ShieldCheck size={36} />} title={to('no_title')} action={<Button kind="main" href="/">{to('nav.market')}</Button>}>{to('no_body')}</EmptyState>
      </Page>
    );
  }
  return (
    <Frame path={path}>
      {!found ? <Page title={t('missing.title')} hideTitle backTo="/operator"><EmptyState title={t('missing.title')} action={<Button kind="main" href="/operator">{to('nav.home')}</Button>}>{t('missing.body')}</EmptyState></Page>
        : failed ? <Failed problem={new Refusal({ type: '', slug: 'offline', title: '', status: 0 })} retry={() => location.reload()} />
        : Inside ? <Inside key={path} params={found.params} query={query} />
        : <Page title={to('title')} wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>}
    </Frame>
  );
}

export const PLACES = SCREENS.filter((s): s is Entry & { text: OperatorKey; icon: typeof Ellipsis } => s.text !== undefined && s.icon !== undefined);

function Frame({ path, children }: { path: string; children: ComponentChildren }) {
  const [more, setMore] = useState(false);
  const at = (p: string) => (path === p || (p !== '/operator' && path.startsWith(p + '/')) ? 'page' : undefined);
  const rest = PLACES.slice(ON_PHONE);
  const open = rest.find(p => at(p.path));
  return (
    <div class="studio studio-placed operator">
      <nav class="studio-nav" aria-label={to('nav.label')}>
        <span class="studio-shop operator-head"><ShieldCheck size={28} aria-hidden="true" /><span><strong>{to('title')}</strong><small>{account.value?.name}</small></span></span>
        {PLACES.map((p, i) => (
          <a key={p.path} href={p.path} class={`studio-place${i >= ON_PHONE ? ' operator-wide' : ''}`} aria-current={at(p.path)}>
            <p.icon size={22} aria-hidden="true" /><span>{to(p.text)}</span>
          </a>
        ))}
        <button type="button" class="studio-place operator-more" aria-current={open ? 'page' : undefined} onClick={() => setMore(true)}>
          <Ellipsis size={22} aria-hidden="true" /><span>{open ? to(open.text) : to('nav.more')}</span>
        </button>
        <span class="studio-nav-end"><a class="studio-place" href="/"><CirclePlay size={20} aria-hidden="true" /><span>{to('nav.market')}</span></a></span>
      </nav>
      <div class="studio-main">{children}</div>
      {more ? (
        <Sheet title={to('title')} onClose={() => setMore(false)}>
          <List>
            {rest.map(p => <Row key={p.path} start={<p.icon size={22} />} title={to(p.text)} href={p.path} />)}
            <Row start={<CirclePlay size={22} />} title={to('nav.market')} href="/" />
          </List>
        </Sheet>
      ) : null}
    </div>
  );
}
