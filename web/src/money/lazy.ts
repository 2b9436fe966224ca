// The money screens as the studio lists them.
import { loadMoneyText } from '../text/money';
import { lazy } from '../ui/lazy';

export const MoneyPage = lazy(() => import('./Money').then(m => m.MoneyPage), loadMoneyText);
export const StatementPage = lazy(() => import('./Statement').then(m => m.StatementPage), loadMoneyText);
