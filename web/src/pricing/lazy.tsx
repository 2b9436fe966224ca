// The screens of prices and promotions as the studio and the operator list them: a chunk of their own, with their texts.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Refusal } from '../app/api';
import { loadPromosText } from '../text/promos';
import { loadStudioText } from '../text/studio';
import { Failed, Page, Skeleton } from '../ui/bits';

type Props = { params: Record<string, string>; query: URLSearchParams };

function lazy(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let come: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, redraw] = useState(0);
    const [failed, fail] = useState(false);
    useEffect(() => {
      if (come) return;
      Promise.all([load(), loadPromosText(), loadStudioText()]).then(([screen]) => { come = screen; redraw(n => n + 1); }, () => fail(true));
    }, []);
    const Screen = come;
    if (Screen) return <Screen {...props} />;
    if (failed) return <Failed problem={new Refusal({ type: '', slug: 'offline', title: '', status: 0 })} retry={() => location.reload()} />;
    return <Page title="" wide backTo={false}><Skeleton kind="rows" lines={5} /></Page>;
  };
}

export const PromotionsPage = lazy(() => import('./Promotions').then(m => m.PromotionsPage));
export const PlanNewPage = lazy(() => import('./PlanNew').then(m => m.PlanNewPage));
export const OfferPage = lazy(() => import('./OfferPage').then(m => m.OfferPage));
export const PromotionPage = lazy(() => import('./PromotionPage').then(m => m.PromotionPage));
export const PriceListPage = lazy(() => import('./PriceListPage').then(m => m.PriceListPage));
export const OperatorVouchersPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVouchersPage));
export const OperatorVoucherPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVoucherPage));
export const OperatorVoucherNewPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVoucherNewPage));
