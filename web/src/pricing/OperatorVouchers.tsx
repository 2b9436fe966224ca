// The market's own vouchers and free shipping: the same forms as a shop's, paid for by the platform.
import { useState } from 'preact/hooks';
import { Plus, TicketPercent } from 'lucide-preact';
import { api } from '../app/api';
import { td } from '../text/promos';
import { EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { More, usePages } from '../studio/bits';
import { PromotionForm } from './PromotionForm';
import { OnePromotion } from './PromotionPage';
import { ChooseKind, Groups, ofPromotion } from './Promotions';
import './promos.css';

const AT = '/operator/vouchers';

export function OperatorVouchersPage() {
  const [choosing, choose] = useState(false);
  const list = usePages('operator/promotions', before => api.promotionListPlatform(before ? { before } : {}));
  return (
    <Page title={td('title_platform')} wide backTo={false} end={<Button kind="main" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => choose(true)}>{td('new')}</Button>}>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={5} />)
        : list.items.length === 0 ? <EmptyState icon={<TicketPercent size={36} />} title={td('empty_platform')} action={<Button kind="main" onClick={() => choose(true)}>{td('new_title')}</Button>}>{td('empty_platform_body')}</EmptyState>
        : <Groups items={list.items.map(p => ofPromotion(p, AT))} />}
      <More list={list} />
      {choosing ? <ChooseKind kinds={['voucher', 'shipping']} platform onClose={() => choose(false)} to={kind => `${AT}/new?kind=${kind}`} /> : null}
    </Page>
  );
}

export function OperatorVoucherPage({ params }: { params: Record<string, string> }) {
  return <OnePromotion id={params['id']!} backTo={AT} />;
}

export function OperatorVoucherNewPage({ query }: { query: URLSearchParams }) {
  return <PromotionForm kind={query.get('kind') === 'shipping' ? 'shipping' : 'voucher'} platform />;
}
