// Studio: what rises in the kinds of product that the shop sells, in its country; and its challenges.
import { useState } from 'preact/hooks';
import { TrendingUp } from 'lucide-preact';
import type { TrendWindow } from '../app/api';
import { canManage, shopId } from '../studio/shop';
import { tt } from '../text/trends';
import { Card, EmptyState, Failed, Page, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { ShopChallenges } from './Challenges';
import { RisingList } from './Rising';
import { useRising } from './RisingCard';
import { WINDOWS } from './TrendsPage';
import './trends.css';

export function StudioTrends() {
  const [window, setWindow] = useState<TrendWindow>('day');
  const { data, problem, reload } = useRising(window);
  return (
    <Page title={tt('studio.title')} wide backTo="/studio">
      <div class="today">
        <div class="stack">
          <p class="muted">{tt('studio.note')} {tt('studio.idea')}</p>
          <Tabs label={tt('window')} value={window} onValue={setWindow} options={WINDOWS.map(value => ({ value, label: tt(`window.${value}`) }))} />
          {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />)
            : data.items.length === 0
              ? <EmptyState icon={<TrendingUp size={36} />} title={tt('studio.none')} action={<Button href="/trends">{tt('studio.public')}</Button>}>{tt('studio.none_body')}</EmptyState>
              : <><Card pad={false}><RisingList page={data} items={data.items} label={tt('studio.title')} kinds /></Card><p><a href="/trends">{tt('studio.public')}</a></p></>}
        </div>
        <div class="stack"><ShopChallenges key={shopId.value} shop={shopId.value} may={canManage.value} /></div>
      </div>
    </Page>
  );
}
