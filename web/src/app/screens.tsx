// Which screen belongs to which address. Screens come in chunks of their own, but for the feed, which comes first.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Feed } from '../feed/Feed';
import { match } from './router';

export type ScreenProps = { params: Record<string, string>; query: URLSearchParams };
type Screen = ComponentType<ScreenProps>;
type Loader = () => Promise<Screen>;

export type Surface = 'stage' | 'counter';
type Entry = { pattern: string; surface: Surface; tabs: boolean; load: Loader | Screen };

const lazy = (load: Loader): Loader => load;

const ordersText = () => import('../text/orders').then(m => m.loadOrdersText());

// A screen that speaks of carts and orders comes together with its texts.
const buying = (load: Loader): Loader => async () => (await Promise.all([load(), ordersText()]))[0];

const studio = lazy(async () => {
  const [screen] = await Promise.all([import('../studio/Studio'), import('../text/studio').then(m => m.loadStudioText()), ordersText()]);
  return screen.Studio;
});

const operator = lazy(async () => {
  const [screen] = await Promise.all([import('../operator/Operator'), import('../text/operator').then(m => m.loadOperatorText()), ordersText()]);
  return screen.Operator;
});

const pay = lazy(async () => {
  const [screen] = await Promise.all([import('../orders/PayPage'), import('../text/pay').then(m => m.loadPayText())]);
  return screen.PayPage;
});

const wallet = lazy(async () => {
  const [screen] = await Promise.all([import('../pricing/WalletPage'), import('../text/pricing').then(m => m.loadPricingText())]);
  return screen.WalletPage;
});

const yours = lazy(async () => {
  const [screen] = await Promise.all([import('../feed/FeedSettingsPage'), import('../text/feed').then(m => m.loadFeedText())]);
  return screen.FeedSettingsPage;
});

const ofTheFeed = (which: 'RankingPage' | 'ExposurePage') => lazy(async () => {
  const [screen] = await Promise.all([import('../feed/PublicPages'), import('../text/feed').then(m => m.loadFeedText())]);
  return screen[which];
});

const socialText = () => import('../text/social').then(m => m.loadSocialText());

const ofPeople = (load: Loader): Loader => async () => (await Promise.all([load(), socialText()]))[0];

const invitations = lazy(async () => {
  const [screen] = await Promise.all([import('../staff/InvitationsPage'), import('../text/studio').then(m => m.loadStudioText())]);
  return screen.InvitationsPage;
});

const ofTrends = (load: Loader): Loader => async () => (await Promise.all([load(), import('../text/trends').then(m => m.loadTrendsText())]))[0];

const ofSearch = lazy(async () => {
  const [screen] = await Promise.all([import('../search/SearchPage'), import('../text/search').then(m => m.loadSearchText()), socialText()]);
  return screen.SearchPage;
});

// tabs: whether the bar with the app's five places is shown on a phone; screens with an action of their own hide it.
const ENTRIES: Entry[] = [
  { pattern: '/', surface: 'stage', tabs: true, load: Feed },
  { pattern: '/clip/:id', surface: 'stage', tabs: true, load: Feed },
  { pattern: '/product/:id', surface: 'counter', tabs: false, load: lazy(() => import('../catalog/ProductPage').then(m => m.ProductPage)) },
  { pattern: '/shop/:handle', surface: 'counter', tabs: true, load: lazy(() => import('../shops/ShopPage').then(m => m.ShopPage)) },
  { pattern: '/cart', surface: 'counter', tabs: true, load: buying(() => import('../cart/CartPage').then(m => m.CartPage)) },
  { pattern: '/checkout', surface: 'counter', tabs: false, load: buying(() => import('../orders/CheckoutPage').then(m => m.CheckoutPage)) },
  { pattern: '/checkout/:id/pay', surface: 'counter', tabs: false, load: pay },
  { pattern: '/orders', surface: 'counter', tabs: true, load: buying(() => import('../orders/OrdersPage').then(m => m.OrdersPage)) },
  { pattern: '/orders/:id', surface: 'counter', tabs: false, load: buying(() => import('../orders/OrderPage').then(m => m.OrderPage)) },
  { pattern: '/orders/:id/return', surface: 'counter', tabs: false, load: buying(() => import('../returns/ReturnNewPage').then(m => m.ReturnNewPage)) },
  { pattern: '/returns', surface: 'counter', tabs: true, load: buying(() => import('../returns/ReturnsPage').then(m => m.ReturnsPage)) },
  { pattern: '/returns/:id', surface: 'counter', tabs: false, load: buying(() => import('../returns/ReturnPage').then(m => m.ReturnPage)) },
  { pattern: '/me', surface: 'counter', tabs: true, load: lazy(() => import('../accounts/MePage').then(m => m.MePage)) },
  { pattern: '/me/vouchers', surface: 'counter', tabs: true, load: wallet },
  { pattern: '/me/saved', surface: 'counter', tabs: true, load: ofPeople(() => import('../social/GridPages').then(m => m.SavedPage)) },
  { pattern: '/me/invitations', surface: 'counter', tabs: true, load: invitations },
  { pattern: '/inbox', surface: 'counter', tabs: true, load: ofPeople(() => import('../social/InboxPage').then(m => m.InboxPage)) },
  { pattern: '/tag/:tag', surface: 'counter', tabs: true, load: ofPeople(() => import('../social/GridPages').then(m => m.TagPage)) },
  { pattern: '/sound/:id', surface: 'counter', tabs: true, load: ofPeople(() => import('../social/GridPages').then(m => m.SoundPage)) },
  { pattern: '/@:handle', surface: 'counter', tabs: true, load: ofPeople(() => import('../social/PersonPage').then(m => m.PersonPage)) },
  { pattern: '/search', surface: 'counter', tabs: true, load: ofSearch },
  { pattern: '/trends', surface: 'counter', tabs: true, load: ofTrends(() => import('../trends/TrendsPage').then(m => m.TrendsPage)) },
  { pattern: '/challenge/:id', surface: 'counter', tabs: true, load: ofTrends(() => import('../trends/ChallengePage').then(m => m.ChallengePage)) },
  { pattern: '/me/feed', surface: 'counter', tabs: true, load: yours },
  { pattern: '/ranking', surface: 'counter', tabs: true, load: ofTheFeed('RankingPage') },
  { pattern: '/exposure', surface: 'counter', tabs: true, load: ofTheFeed('ExposurePage') },
  { pattern: '/sign-in', surface: 'counter', tabs: true, load: lazy(() => import('../accounts/SignPages').then(m => m.SignInPage)) },
  { pattern: '/sign-up', surface: 'counter', tabs: true, load: lazy(() => import('../accounts/SignPages').then(m => m.SignUpPage)) },
  { pattern: '/studio/*', surface: 'counter', tabs: false, load: studio },
  { pattern: '/studio', surface: 'counter', tabs: false, load: studio },
  { pattern: '/operator/*', surface: 'counter', tabs: false, load: operator },
  { pattern: '/operator', surface: 'counter', tabs: false, load: operator },
];

const MISSING: Entry = { pattern: '*', surface: 'counter', tabs: true, load: lazy(() => import('./Missing').then(m => m.Missing)) };

export function find(path: string): { entry: Entry; params: Record<string, string> } {
  for (const entry of ENTRIES) {
    const params = match(entry.pattern, path);
    if (params) return { entry, params };
  }
  return { entry: MISSING, params: {} };
}

const come = new Map<Entry['load'], Screen>([[Feed, Feed]]);

// The entry's screen, or undefined while its chunk is on its way.
export function useScreen(entry: Entry): { screen: Screen | undefined; failed: boolean } {
  const [, redraw] = useState(0);
  const [failed, setFailed] = useState<Entry>();
  useEffect(() => {
    if (come.has(entry.load)) return;
    let on = true;
    (entry.load as Loader)().then(
      screen => { come.set(entry.load, screen); if (on) redraw(n => n + 1); },
      () => { if (on) setFailed(entry); },
    );
    return () => { on = false; };
  }, [entry]);
  return { screen: come.get(entry.load), failed: failed === entry };
}

// Fetches the chunks that are likely to be wanted next, when nothing else is going on.
export function warm(...paths: string[]) {
  const idle = (window as { requestIdleCallback?: (f: () => void) => void }).requestIdleCallback ?? (f => setTimeout(f, 1500));
  idle(() => {
    for (const path of paths) {
      const { entry } = find(path);
      if (!come.has(entry.load)) (entry.load as Loader)().then(s => come.set(entry.load, s), () => {});
    }
  });
}
