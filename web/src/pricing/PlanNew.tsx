// Planning something new: which form belongs to which kind.
import { td } from '../text/promos';
import { EmptyState, Page } from '../ui/bits';
import { Button } from '../ui/Button';
import { OfferForm } from './OfferForm';
import { PromotionForm } from './PromotionForm';
import { KINDS } from './Promotions';
import type { Kind } from './words';
import './promos.css';

export function PlanNewPage({ query }: { query: URLSearchParams }) {
  const kind = query.get('kind') as Kind;
  if (!KINDS.includes(kind)) {
    return <Page title={td('new_title')} backTo="/studio/promotions"><EmptyState title={td('new_title')} action={<Button kind="main" href="/studio/promotions">{td('title')}</Button>} /></Page>;
  }
  return kind === 'sale' || kind === 'flash' ? <OfferForm key={kind} kind={kind} /> : <PromotionForm key={kind} kind={kind} />;
}
