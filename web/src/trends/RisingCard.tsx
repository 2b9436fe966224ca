// On the studio's day: the first few of what rises in the shop's kinds of product, and nothing where nothing rises.
import { api, ask, type TrendPage, type TrendWindow } from '../app/api';
import { useData } from '../app/cache';
import { shopId } from '../studio/shop';
import { tt, useTrendsText } from '../text/trends';
import { Card } from '../ui/bits';
import { RisingList } from './Rising';

const FRESH_MS = 30_000;
const FIRST = 3;

export const useRising = (window: TrendWindow) => useData<TrendPage>(`studio/trends/${shopId.value}/${window}`, () => ask(api.trendStudio({ shop: shopId.value, window })), FRESH_MS);

export function RisingCard() {
  const ready = useTrendsText();
  const { data } = useRising('day');
  if (!ready || !data?.items.length) return null;
  return (
    <Card title={tt('studio.title')} pad={false} class="card-list" action={<a href="/studio/trends">{tt('studio.all')}</a>}>
      <RisingList page={data} items={data.items.slice(0, FIRST)} label={tt('studio.title')} kinds />
    </Card>
  );
}
