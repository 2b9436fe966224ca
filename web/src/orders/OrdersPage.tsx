// The orders of an account, newest first, each with what happens next.
import { useState } from 'preact/hooks';
import { Package } from 'lucide-preact';
import { api, ask, Refusal, type OrderCard, type OrderState } from '../app/api';
import { useData } from '../app/cache';
import { me, signedIn } from '../app/session';
import { t } from '../text';
import { day } from '../text/numbers';
import { to } from '../text/orders';
import { Avatar, Badge, EmptyState, Failed, Page, Picture, Price, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { minus } from './Breakdown';
import { Left, soon } from './Clock';
import { nextLine, TONES } from './words';
import './orders.css';

const PAGE = 20;

export function OrdersPage() {
  if (!me.value) return <Page title={t('orders.title')} backTo={false}><Skeleton kind="rows" /></Page>;
  if (signedIn.value) return <Mine />;
  return (
    <Page title={t('orders.title')} backTo={false}>
      <EmptyState icon={<Package size={36} />} title={t('orders.sign_in')} action={<Button kind="main" href="/sign-in?next=/orders">{t('in.action')}</Button>}>{t('orders.sign_in_body')}</EmptyState>
    </Page>
  );
}

function Mine() {
  const { data, problem, reload, set } = useData('orders', () => ask(api.orderList({ limit: PAGE })));
  const [busy, setBusy] = useState(false);
  const more = async () => {
    if (!data?.next) return;
    setBusy(true);
    const r = await api.orderList({ limit: PAGE, before: data.next });
    setBusy(false);
    if (r.ok) set({ items: [...data.items, ...r.value.items], ...(r.value.next ? { next: r.value.next } : {}) });
    else toast(say(new Refusal(r.problem)), { kind: 'bad' });
  };
  return (
    <Page title={t('orders.title')} backTo={false} end={<Button size="small" kind="quiet" href="/returns">{to('returns.title')}</Button>}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />)
        : data.items.length === 0
          ? <EmptyState icon={<Package size={36} />} title={t('orders.empty')} action={<Button kind="main" href="/">{t('cart.empty_action')}</Button>}>{t('orders.empty_body')}</EmptyState>
          : <ul class="stack">{data.items.map(o => <One key={o.id} order={o} reload={() => void reload()} />)}</ul>}
      {data?.next ? <Button busy={busy} onClick={() => void more()}>{t('ui.load_more')}</Button> : null}
    </Page>
  );
}

export function StateBadge({ state }: { state: OrderState }) {
  return <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>;
}

function One({ order: o, reload }: { order: OrderCard; reload: () => void }) {
  const clock = o.state === 'unpaid' && o.pay_by && soon(o.pay_by) ? o.pay_by : undefined;
  const next = nextLine(o);
  return (
    <li>
      <a class="card order-card" href={`/orders/${o.id}`}>
        <span class="order-card-head"><Avatar name={o.shop.name} url={o.shop.picture} size={24} /><strong class="small">{o.shop.name}</strong>
          {o.cancel_asked && o.answer_by ? <Badge tone="warn">{to('orders.asked')}</Badge> : <StateBadge state={o.state} />}</span>
        <span class="order-card-body">
          <Picture url={o.picture} alt="" size={320} />
          <span class="order-card-what">
            <span class="clamp2">{o.title}</span>
            <span class="muted small">{t('orders.count', { n: o.count })} · {day(o.placed)}</span>
          </span>
          <span class="order-card-sum"><Price money={o.total} />{o.refunded && o.state !== 'cancelled' ? <span class="small sums-good num">{minus(o.refunded)}</span> : null}</span>
        </span>
        {clock ? <span class="order-card-next">{to('line.unpaid_left')} <Left until={clock} onEnd={reload} /></span> : next ? <span class="order-card-next">{next}</span> : null}
      </a>
    </li>
  );
}
