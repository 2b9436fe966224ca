// The frame around every screen: the five places (below on a phone, at the side on a desktop), sheets and news.
import { Component, type ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { CirclePlay, CircleUserRound, Package, Search, ShieldCheck, ShoppingBag, Store, TrendingUp, WifiOff } from 'lucide-preact';
import { LikeSheet } from '../feed/LikeSheet';
import { CommentsHost } from '../social/CommentsHost';
import { t } from '../text';
import { Button } from '../ui/Button';
import { ConfirmHost } from '../ui/Confirm';
import { Mark } from '../ui/Mark';
import { EmptyState, Failed, Skeleton } from '../ui/bits';
import { Refusal } from './api';
import { place } from './router';
import { find, useScreen, type Surface } from './screens';
import { account, cartCount, loadMe, me, offline, shops, signedIn } from './session';

export function Shell() {
  const { path, query } = place.value;
  const { entry, params } = find(path);
  const { screen: Screen, failed } = useScreen(entry);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);

  useEffect(() => {
    document.documentElement.dataset['surface'] = entry.surface;
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', entry.surface === 'stage' ? '#000000' : '');
  }, [entry]);

  // A screen reader hears where it has come to; the first screen is the document's own business.
  useEffect(() => {
    if (first.current) { first.current = false; return; }
    main.current?.focus({ preventScroll: true });
  }, [path]);

  const lost = offline.value && !me.value;
  return (
    <div class={`shell shell-${entry.surface}${entry.tabs ? ' shell-tabs' : ''}`}>
      <a class="skip" href="#main" onClick={e => { e.preventDefault(); main.current?.focus(); }}>{t('nav.skip')}</a>
      <Places surface={entry.surface} shown={entry.tabs} path={path} />
      <main id="main" ref={main} tabIndex={-1}>
        {lost ? <Offline />
          : failed ? <Failed problem={new Refusal({ type: '', slug: 'offline', title: '', status: 0 })} retry={() => location.reload()} />
          : Screen ? <Guard key={entry.pattern}><Screen params={params} query={query} /></Guard>
          : entry.surface === 'stage' ? null : <div class="page"><div class="page-body"><Skeleton kind="rows" lines={5} /></div></div>}
      </main>
      <LikeSheet />
      <CommentsHost />
      <ConfirmHost />
    </div>
  );
}

function Places({ surface, shown, path }: { surface: Surface; shown: boolean; path: string }) {
  const n = cartCount.value;
  const unread = me.value?.unread ?? 0;
  const at = (p: string) => (path === p || (p !== '/' && path.startsWith(p + '/')) || (p === '/' && path.startsWith('/clip/')) ? 'page' : undefined);
  return (
    <nav class={`places places-${surface}${shown ? '' : ' places-off'}`} aria-label={t('nav.label')}>
      <a class="places-mark" href="/" aria-label="Etalase"><Mark /></a>
      <a href="/" aria-current={at('/')}><CirclePlay size={24} aria-hidden="true" /><span>{t('nav.feed')}</span></a>
      <a href="/search" aria-current={at('/search')}><Search size={24} aria-hidden="true" /><span>{t('nav.search')}</span></a>
      <a class="places-wide" href="/trends" aria-current={at('/trends')}><TrendingUp size={24} aria-hidden="true" /><span>{t('nav.trends')}</span></a>
      <a href="/cart" aria-current={at('/cart')}>
        <span class="places-icon"><ShoppingBag size={24} aria-hidden="true" />{n > 0 ? <b class="count" aria-hidden="true">{n > 99 ? '99+' : n}</b> : null}</span>
        <span>{t('nav.cart')}<span class="hidden">{t('nav.cart_count', { n })}</span></span>
      </a>
      <a href="/orders" aria-current={at('/orders')}><Package size={24} aria-hidden="true" /><span>{t('nav.orders')}</span></a>
      <a href={signedIn.value || !me.value ? '/me' : '/sign-in'} aria-current={at('/me') ?? at('/sign-in') ?? at('/sign-up')}>
        <span class="places-icon"><CircleUserRound size={24} aria-hidden="true" />{unread > 0 ? <b class="count" aria-hidden="true">{unread > 99 ? '99+' : unread}</b> : null}</span>
        <span>{signedIn.value || !me.value ? t('nav.me') : t('nav.sign_in')}{unread > 0 ? <span class="hidden">{t('nav.inbox_count', { n: unread })}</span> : null}</span>
      </a>
      {shops.value.length > 0
        ? <a class="places-studio" href="/studio" aria-current={at('/studio')}><Store size={24} aria-hidden="true" /><span>{t('nav.studio')}</span></a>
        : null}
      {account.value?.role === 'operator'
        ? <a class="places-studio" href="/operator" aria-current={at('/operator')}><ShieldCheck size={24} aria-hidden="true" /><span>{t('nav.operator')}</span></a>
        : null}
    </nav>
  );
}

export function Offline() {
  useEffect(() => {
    const again = () => void loadMe();
    addEventListener('online', again);
    const timer = setInterval(again, 5000);
    return () => { removeEventListener('online', again); clearInterval(timer); };
  }, []);
  return (
    <div class="page"><div class="page-body page-middle">
      <EmptyState icon={<WifiOff size={36} />} title={t('offline.title')} action={<Button kind="main" onClick={() => void loadMe()}>{t('ui.retry')}</Button>}>
        {t('offline.body')}
      </EmptyState>
    </div></div>
  );
}

// A screen that breaks takes only itself down.
class Guard extends Component<{ children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };
  override componentDidCatch(e: unknown) {
    console.error(e);
    this.setState({ broken: true });
  }
  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div class="page"><div class="page-body page-middle">
        <EmptyState title={t('crash.title')} action={<Button kind="main" onClick={() => location.reload()}>{t('update.action')}</Button>}>{t('crash.body')}</EmptyState>
      </div></div>
    );
  }
}
