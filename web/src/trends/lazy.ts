// The studio's page of trends, as the studio lists it.
import { loadTrendsText } from '../text/trends';
import { lazy } from '../ui/lazy';

export const StudioTrends = lazy(() => import('./StudioTrends').then(m => m.StudioTrends), loadTrendsText);
