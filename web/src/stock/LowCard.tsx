// What runs low, for the seller's day: the first few, with how long they last.
import { api, ask } from '../app/api';
import { useData } from '../app/cache';
import { tk } from '../text/stock';
import { Badge, Card, List, Row } from '../ui/bits';
import { nameOf, ready } from './common';
import { lasts } from './StockPage';

const SHOWN = 6;
const FRESH_MS = 30_000;

export function LowCard({ shop }: { shop: string }) {
  const { data } = useData(`studio/stock/low/${shop}`, () => ask(api.stockLowGet({ shop })), FRESH_MS);
  if (!data || !ready() || data.items.length === 0) return null;
  // What is out first, then what lasts least.
  const items = [...data.items].sort((a, b) => a.row.on_hand - b.row.on_hand || (a.days ?? Infinity) - (b.days ?? Infinity)).slice(0, SHOWN);
  return (
    <Card title={tk('today.title')} pad={false} class="card-list" action={data.low > items.length ? <a href="/studio/stock?view=low">{tk('today.all', { n: data.low })}</a> : null}>
      <List>{items.map(l => (
        <Row key={l.row.variant} href={`/studio/stock/${l.row.variant}`} title={<span class="clamp2">{nameOf(l.row)}</span>} note={l.row.on_hand === 0 ? l.row.sku : lasts(l)}
          end={<Badge tone={l.row.on_hand === 0 ? 'bad' : 'warn'}>{l.row.on_hand === 0 ? tk('alert.out') : tk('today.left', { n: l.row.on_hand })}</Badge>} />
      ))}</List>
    </Card>
  );
}
