// The studio's entry. Its screens come next.
import { ts } from '../text/studio';

export function Studio() {
  return <div class="page"><div class="page-body">{ts('studio.title')}</div></div>;
}
