// The screens of prices and promotions as the studio and the operator list them.
import { loadPromosText } from '../text/promos';
import { loadStudioText } from '../text/studio';
import { lazy } from '../ui/lazy';

const texts = [loadPromosText, loadStudioText];

export const PromotionsPage = lazy(() => import('./Promotions').then(m => m.PromotionsPage), ...texts);
export const PlanNewPage = lazy(() => import('./PlanNew').then(m => m.PlanNewPage), ...texts);
export const OfferPage = lazy(() => import('./OfferPage').then(m => m.OfferPage), ...texts);
export const PromotionPage = lazy(() => import('./PromotionPage').then(m => m.PromotionPage), ...texts);
export const PriceListPage = lazy(() => import('./PriceListPage').then(m => m.PriceListPage), ...texts);
export const OperatorVouchersPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVouchersPage), ...texts);
export const OperatorVoucherPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVoucherPage), ...texts);
export const OperatorVoucherNewPage = lazy(() => import('./OperatorVouchers').then(m => m.OperatorVoucherNewPage), ...texts);
