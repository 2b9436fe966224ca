// All that buyers saw of the shop's prices, as it changed: newest first.
import { History } from 'lucide-preact';
import { api, type ShopPriceChange } from '../app/api';
import { formatMoney, moment } from '../text/numbers';
import { td, type PromosKey } from '../text/promos';
import { Badge, Card, EmptyState, Failed, Skeleton, Table } from '../ui/bits';
import { More, usePages } from '../studio/bits';
import { shopId } from '../studio/shop';
import { useNames } from './names';
import { channelName, marketName } from './words';

export function Changes() {
  const shop = shopId.value;
  const list = usePages(`studio/price-changes/${shop}`, before => api.priceChanges({ shop, ...(before ? { before } : {}) }));
  const names = useNames((list.items ?? []).map(c => c.product));
  if (!list.items) return list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={8} />;
  if (list.items.length === 0) return <EmptyState icon={<History size={36} />} title={td('changes.none')}>{td('changes.none_body')}</EmptyState>;
  return (
    <>
      <p class="muted small">{td('changes.lead')}</p>
      <Card>
        <Table<ShopPriceChange> label={td('tab.changes')} rows={list.items} keyOf={c => c.id} columns={[
          { title: td('changes.product'), main: true, cell: c => <Name of={names(c.product, c.variant)} /> },
          { title: td('changes.when'), cell: c => moment(c.at) },
          { title: td('changes.where'), cell: c => `${marketName(c.market)}${c.channel === 'any' ? '' : ` · ${channelName(c.channel)}`}` },
          { title: td('changes.why'), cell: c => <Badge tone={c.kind === 'regular' ? 'plain' : 'link'}>{td(`kind.${c.kind}` as PromosKey)}</Badge> },
          { title: td('changes.price'), end: true, cell: c => <span class="num nowrap">{formatMoney(c.price)}</span> },
        ]} />
      </Card>
      <More list={list} />
    </>
  );
}

export function Name({ of }: { of: { title: string; note: string } }) {
  return <>{of.title}{of.note ? <span class="muted"> · {of.note}</span> : null}</>;
}
