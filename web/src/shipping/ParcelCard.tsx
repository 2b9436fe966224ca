// What a product's variants weigh and measure, on the product's page in the studio.
import { useState } from 'preact/hooks';
import { Package } from 'lucide-preact';
import { parcelPutLimits } from '../api';
import { api, ask, type Parcel, type ParcelPut } from '../app/api';
import { useData } from '../app/cache';
import { hasShippingText, loadShippingText, tz } from '../text/shipping';
import { t } from '../text';
import { Card, Failed, FormError, List, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Field } from '../ui/Field';
import { useForm, type Errors } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { shopId, useShop } from '../studio/shop';
import { kgText, parseKg, parseScaled, scaledText } from './draft';
import './shipping.css';

void loadShippingText();

export type ParcelVariant = { id: string; name: string };

export function ParcelCard({ product, variants, readOnly }: { product: string; variants: ParcelVariant[]; readOnly: boolean }) {
  const key = `studio/parcels/${product}`;
  const parcels = useData(key, () => ask(api.parcelList({ product })));
  const profile = useData(`studio/shipping/${shopId.value}`, () => ask(api.shipProfileGet({ shop: shopId.value })));
  const shop = useShop();
  const [open, setOpen] = useState<ParcelVariant>();
  if (!hasShippingText('parcel.title')) return null;
  const of = (v: ParcelVariant): Parcel => parcels.data?.items.find(p => p.variant === v.id) ?? { variant: v.id };
  return (
    <Card title={tz('parcel.title')} pad={false} class="card-list">
      {shop.data && profile.data ? <p class="muted small zone-hint">{tz('parcel.lead', { weight: kgText(profile.data.weight_g), n: shop.data.dispatch_days })}</p> : null}
      {!parcels.data ? (parcels.problem ? <Failed problem={parcels.problem} retry={parcels.reload} /> : <Skeleton lines={2} />) : (
        <List>{variants.map(v => {
          const row = { start: <Package size={20} />, title: v.name, note: parcelText(of(v)) };
          return readOnly ? <Row key={v.id} {...row} /> : <Row key={v.id} {...row} onClick={() => setOpen(v)} />;
        })}</List>
      )}
      {open && parcels.data ? (
        <ParcelSheet variant={open} parcel={of(open)} all={variants} onClose={() => setOpen(undefined)}
          onSaved={saved => parcels.set({ items: [...parcels.data!.items.filter(p => !saved.some(s => s.variant === p.variant)), ...saved] })} />
      ) : null}
    </Card>
  );
}

function parcelText(p: Parcel): string {
  const cm = (n: number) => scaledText(n, 1);
  return [
    p.weight_g ? `${kgText(p.weight_g)} kg` : '', p.length_mm && p.width_mm && p.height_mm ? tz('parcel.mm', { l: cm(p.length_mm), w: cm(p.width_mm), h: cm(p.height_mm) }) : '',
    p.handling_days === undefined || p.handling_days === null ? '' : tz('zone.days', { n: p.handling_days }),
  ].filter(Boolean).join(' · ') || tz('parcel.shop');
}

type Values = { weight: string; length: string; width: string; height: string; handling: string; all: boolean };
const FIELD_OF: Record<string, keyof Values & string> = { weight_g: 'weight', length_mm: 'length', width_mm: 'width', height_mm: 'height', handling_days: 'handling' };

function checkParcel(v: Values): Errors<Values> {
  const errors: Errors<Values> = {};
  const grams = parseKg(v.weight);
  if (v.weight.trim() && (grams === undefined || grams < 1 || grams > parcelPutLimits.weight_g.max)) errors.weight = tz('bad.kg', { max: parcelPutLimits.weight_g.max / 1000 });
  for (const side of ['length', 'width', 'height'] as const) {
    const mm = parseScaled(v[side], 1);
    if (v[side].trim() && (mm === undefined || mm < 1 || mm > parcelPutLimits.length_mm.max)) errors[side] = tz('bad.cm', { max: parcelPutLimits.length_mm.max / 10 });
  }
  const given = [v.length, v.width, v.height].filter(s => s.trim()).length;
  if (given !== 0 && given !== 3) errors[!v.length.trim() ? 'length' : !v.width.trim() ? 'width' : 'height'] = tz('bad.size');
  if (v.handling.trim() && (!/^\d{1,2}$/.test(v.handling.trim()) || Number(v.handling) > parcelPutLimits.handling_days.max)) errors.handling = tz('bad.days', { max: parcelPutLimits.handling_days.max });
  return errors;
}

function ParcelSheet({ variant, parcel: p, all, onSaved, onClose }: { variant: ParcelVariant; parcel: Parcel; all: ParcelVariant[]; onSaved: (p: Parcel[]) => void; onClose: () => void }) {
  const side = (n: number | null | undefined) => (n ? scaledText(n, 1) : '');
  const form = useForm<Values>({
    values: { weight: p.weight_g ? kgText(p.weight_g) : '', length: side(p.length_mm), width: side(p.width_mm), height: side(p.height_mm), handling: p.handling_days === undefined || p.handling_days === null ? '' : String(p.handling_days), all: false },
    check: checkParcel,
    fieldOf: f => FIELD_OF[f],
    send: async (v): Promise<void> => {
      const cm = (s: string) => parseScaled(s, 1)!;
      const put: ParcelPut = {
        ...(v.weight.trim() ? { weight_g: parseKg(v.weight)! } : {}), ...(v.length.trim() ? { length_mm: cm(v.length), width_mm: cm(v.width), height_mm: cm(v.height) } : {}),
        ...(v.handling.trim() ? { handling_days: Number(v.handling) } : {}),
      };
      const saved: Parcel[] = [];
      for (const x of v.all ? all : [variant]) saved.push(await ask(api.parcelPut({ variant: x.id }, put)));
      onSaved(saved);
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
    },
  });
  // One mistake about all three: it goes when any of them changes.
  const edge = (name: 'length' | 'width' | 'height') => ({ ...form.field(name), onValue: (v: string) => { form.set(name, v); form.fail({}); } });
  return (
    <Sheet title={tz('parcel.of', { name: variant.name })} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={tz('parcel.weight')} optional inputMode="decimal" suffix="kg" class="input num" {...form.field('weight')} />
        <div class="stack-2">
          <div class="parcel-sides">
            <Field label={tz('parcel.length')} inputMode="decimal" suffix="cm" class="input num" {...edge('length')} />
            <Field label={tz('parcel.width')} inputMode="decimal" suffix="cm" class="input num" {...edge('width')} />
            <Field label={tz('parcel.height')} inputMode="decimal" suffix="cm" class="input num" {...edge('height')} />
          </div>
          <p class="field-hint">{tz('parcel.size_hint')}</p>
        </div>
        <Field label={tz('parcel.handling')} optional inputMode="numeric" suffix={tz('days')} class="input num" hint={tz('parcel.handling_hint')} {...form.field('handling')} />
        {all.length > 1 ? <Check label={tz('parcel.all')} {...form.field('all')} /> : null}
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}
