// The returns inbox: what waits for an answer, what is on its way back, and the rest; each with its clock.
import { useEffect } from 'preact/hooks';
import { Undo2 } from 'lucide-preact';
import { api, type ReturnState } from '../app/api';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { ReturnRow } from '../returns/parts';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { More, usePages } from './bits';
import { shopId } from './shop';
import { ShopButton } from './Studio';

const TABS = ['asked', 'sent_back', 'awaiting_replacement', 'awaiting_return', 'replacement_sent', 'disputed', 'rejected', 'refunded', 'exchanged', 'closed', 'all'] as const;
type Tab = (typeof TABS)[number];
const PAGE = 20;
const POLL_MS = 30_000;

export const returnsPath = (tab: Tab) => (tab === 'asked' ? '/studio/returns' : `/studio/returns?state=${tab}`);

// How many wait in a state, as far as one page tells.
export function useWaiting(state: ReturnState) {
  const shop = shopId.value;
  return usePages(`studio/returns/${shop}/${state}`, before => api.studioReturnList({ shop, state, before }));
}

export function ReturnsPage({ query }: ScreenProps) {
  const shop = shopId.value;
  const asked = query.get('state') as Tab;
  const tab: Tab = TABS.includes(asked) ? asked : 'asked';
  const list = usePages(`studio/returns/${shop}/${tab}`, before => api.studioReturnList({ shop, before, ...(tab === 'all' ? {} : { state: tab }) }));
  const first = useWaiting('asked'), second = useWaiting('sent_back'), third = useWaiting('awaiting_replacement');
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden && (list.items?.length ?? 0) <= PAGE) void list.reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [shop, tab, list.items?.length]);
  const count = (value: Tab): { count?: number } => {
    const n = value === 'asked' ? first.items?.length : value === 'sent_back' ? second.items?.length : value === 'awaiting_replacement' ? third.items?.length : undefined;
    return n ? { count: n } : {};
  };
  return (
    <Page title={to('returns.title')} wide backTo="/studio/orders" end={<ShopButton />}>
      <Tabs label={ts('returns.states')} value={tab} onValue={x => go(returnsPath(x), { replace: true })} options={TABS.map(value => ({ value, label: ts(`returns.tab_${value}`), ...count(value) }))} />
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={5} />)
        : list.items.length === 0 ? <EmptyState icon={<Undo2 size={32} />} title={ts(`returns.none_${tab}`)} action={<Button href="/studio/orders">{ts('nav.orders')}</Button>}>{ts('returns.none_body')}</EmptyState>
        : <ul class="returns-grid">{list.items.map(r => <ReturnRow key={r.id} of={r} viewer="seller" href={`/studio/returns/${r.id}`} onEnd={() => void list.reload()} />)}</ul>}
      <More list={list} />
    </Page>
  );
}
