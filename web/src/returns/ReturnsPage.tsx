// The returns of an account, newest first; and those of one order, on its page.
import { useEffect } from 'preact/hooks';
import { Undo2 } from 'lucide-preact';
import { api, ask, type Order } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { me, signedIn } from '../app/session';
import { More, usePages } from '../studio/bits';
import { to } from '../text/orders';
import { Card, EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { ReturnRow } from './parts';

export function ReturnsPage() {
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go('/sign-in?next=/returns', { replace: true }); }, [known, signedIn.value]);
  if (!signedIn.value) return <Page title={to('returns.title')} backTo="/orders"><Skeleton kind="rows" /></Page>;
  return <Mine />;
}

function Mine() {
  const list = usePages('returns', before => api.returnList({ before }));
  return (
    <Page title={to('returns.title')} backTo="/orders">
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />)
        : list.items.length === 0 ? <EmptyState icon={<Undo2 size={36} />} title={to('returns.none')} action={<Button kind="main" href="/orders">{to('returns.to_orders')}</Button>}>{to('returns.none_body')}</EmptyState>
        : <ul class="stack">{list.items.map(r => <ReturnRow key={r.id} of={r} viewer="buyer" href={`/returns/${r.id}`} onEnd={() => void list.reload()} />)}</ul>}
      <More list={list} />
    </Page>
  );
}

export function ReturnsOf({ order: o, studio }: { order: Order; studio?: boolean }) {
  if (!o.timeline.some(e => e.kind === 'return_asked')) return null;
  return <Some order={o} studio={studio} />;
}

function Some({ order: o, studio }: { order: Order; studio: boolean | undefined }) {
  const { data, reload } = useData(`returns/order/${o.id}`, () => ask(api.returnOfOrder({ order: o.id })));
  if (!data?.items.length) return null;
  return <Card title={to('returns.title')}><ul class="stack-2">{data.items.map(r => <ReturnRow key={r.id} of={r} viewer={studio ? 'seller' : 'buyer'} href={studio ? `/studio/returns/${r.id}` : `/returns/${r.id}`} onEnd={() => void reload()} />)}</ul></Card>;
}
