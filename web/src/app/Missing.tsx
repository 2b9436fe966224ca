// The page for an address that leads nowhere.
import { Compass } from 'lucide-preact';
import { t } from '../text';
import { Button } from '../ui/Button';
import { EmptyState, Page } from '../ui/bits';

export function Missing() {
  return (
    <Page title={t('missing.title')} hideTitle>
      <EmptyState icon={<Compass size={36} />} title={t('missing.title')} action={<Button kind="main" href="/">{t('missing.action')}</Button>}>
        {t('missing.body')}
      </EmptyState>
    </Page>
  );
}
