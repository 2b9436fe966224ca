// Where buyers send what they give back: one address of the shop, kept in the settings.
import { useState } from 'preact/hooks';
import { returnPlaceLimits } from '../api';
import { api, ask, type Shop } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { ts } from '../text/studio';
import { Card, Failed, FormError, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { toast } from '../ui/Toast';
import { useGuard } from './guard';

export const placeKey = (shop: string) => `studio/return-place/${shop}`;

export function ReturnPlaceCard({ shop: s }: { shop: Shop }) {
  const { data, problem, reload, set } = useData(placeKey(s.id), () => ask(api.shopReturnPlace({ shop: s.id })));
  if (!data) return <Card title={ts('place.title')}>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={3} />}</Card>;
  return <Place key={s.id} shop={s.id} address={data.address} onSaved={address => set({ address })} />;
}

function Place({ shop, address, onSaved }: { shop: string; address: string; onSaved: (a: string) => void }) {
  const [base, setBase] = useState(address);
  const form = useForm({
    values: { address: base },
    send: async v => {
      const saved = await ask(api.shopReturnPlacePut({ shop }, { address: v.address.trim() }));
      setBase(saved.address);
      form.reset({ address: saved.address });
      onSaved(saved.address);
      toast(t('ui.saved'), { kind: 'good' });
    },
  });
  const dirty = form.values.address !== base;
  useGuard(dirty);
  return (
    <form onSubmit={form.submit} noValidate>
      <Card title={ts('place.title')}>
        <div class="stack">
          <p class="muted small">{ts('place.lead')}</p>
          <FormError text={form.errors['']} />
          <Field label={ts('place.address')} optional multiline rows={4} maxLength={returnPlaceLimits.address.max} hint={ts('place.hint')} {...form.field('address')} />
          {dirty ? (
            <div class="pair">
              <Button onClick={() => form.reset({ address: base })}>{t('ui.not_now')}</Button>
              <Button kind="main" type="submit" busy={form.busy}>{t('ui.save')}</Button>
            </div>
          ) : null}
        </div>
      </Card>
    </form>
  );
}
