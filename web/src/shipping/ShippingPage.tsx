// The studio's shipping: zones and what holds for all parcels, saved as a whole, with a box to try them in.
import { useState } from 'preact/hooks';
import { ArrowUp, Ban, MapPinned, Plus, Truck } from 'lucide-preact';
import { shipProfilePutLimits } from '../api';
import { api, ask, Refusal, type Shop, type ShipProfile } from '../app/api';
import { useData } from '../app/cache';
import { countryName } from '../accounts/AddressForm';
import { t } from '../text';
import { loadDeliveryText } from '../text/delivery';
import { formatMoney, moment } from '../text/numbers';
import { hasShippingText, loadShippingText, tz } from '../text/shipping';
import { ts } from '../text/studio';
import { Badge, Banner, Card, EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { toast } from '../ui/Toast';
import { words } from '../studio/bits';
import { useGuard } from '../studio/guard';
import { parseMoney } from '../studio/money';
import { RoleNote } from '../studio/OpenShop';
import { canManage, shopId, useShop } from '../studio/shop';
import { ZoneSheet } from './ZoneSheet';
import { checkGeneral, checkZone, draftOf, draftOut, newZone, postcodesOf, zoneMistake, type Draft, type DraftZone, type Mistakes } from './draft';
import { TestBox } from './TestBox';
import './shipping.css';

void loadDeliveryText();
void loadShippingText();

const DIVISORS = [0, 5000, 6000];

export function ShippingPage() {
  const shop = useShop();
  const profile = useData(`studio/shipping/${shopId.value}`, () => ask(api.shipProfileGet({ shop: shopId.value })));
  const problem = shop.problem ?? profile.problem;
  if (!hasShippingText('title')) return <Page title={ts('nav.settings')} backTo="/studio/settings" wide><Skeleton kind="rows" lines={4} /></Page>;
  return (
    <Page title={tz('title')} backTo="/studio/settings" wide>
      {shop.data && profile.data
        ? <Editor key={profile.data.shop} shop={shop.data} profile={profile.data} onSaved={profile.set} reload={async () => (await profile.reload(), undefined)} />
        : problem ? <Failed problem={problem} retry={() => { void shop.reload(); void profile.reload(); }} /> : <Skeleton kind="rows" lines={4} />}
    </Page>
  );
}

function Editor({ shop, profile, onSaved, reload }: { shop: Shop; profile: ShipProfile; onSaved: (p: ShipProfile) => void; reload: () => Promise<void> }) {
  const [base, setBase] = useState(() => draftOf(profile));
  const [d, set] = useState(base);
  const [bad, setBad] = useState<Mistakes>({});
  const [told, tell] = useState<{ key?: number; text: string }>();
  const [stale, setStale] = useState(false);
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState<DraftZone>();
  const dirty = d !== base, readOnly = !canManage.value;
  useGuard(dirty);
  const put = (change: Partial<Draft>) => { set(now => ({ ...now, ...change })); setBad({}); tell(undefined); };
  const begin = (p: ShipProfile) => { const fresh = draftOf(p); setBase(fresh); set(fresh); setStale(false); tell(undefined); setBad({}); };
  const mistake = (zone: DraftZone, text: string) => { tell({ key: zone.key, text }); setOpen(zone); };

  const save = async () => {
    const found = checkGeneral(d);
    setBad(found);
    if (Object.keys(found).length > 0 || busy) return;
    const wrong = d.zones.find(z => Object.keys(checkZone(z, d.zones)).length > 0);
    if (wrong) return mistake(wrong, Object.values(checkZone(wrong, d.zones))[0]!);
    setBusy(true);
    const r = await api.shipProfilePut({ shop: shop.id }, draftOut(d));
    setBusy(false);
    if (r.ok) {
      onSaved(r.value);
      begin(r.value);
      toast(t('ui.saved'), { kind: 'good' });
    } else if (r.problem.slug === 'stale') setStale(true);
    else {
      const m = zoneMistake(d, r.problem.field, words(new Refusal(r.problem)));
      tell({ ...(m.zone ? { key: m.zone.key } : {}), text: m.text });
    }
  };
  const theirs = async () => {
    await reload();
    begin(await ask(api.shipProfileGet({ shop: shop.id })));
  };
  const keep = (z: DraftZone) => {
    put({ zones: d.zones.some(x => x.key === z.key) ? d.zones.map(x => (x.key === z.key ? z : x)) : [...d.zones, z] });
    setOpen(undefined);
  };

  return (
    <div class="shipping">
      <div class="stack shipping-main">
        {readOnly ? <RoleNote /> : null}
        {stale ? <Banner tone="warn" title={tz('save.stale')} action={<Button size="small" onClick={() => void theirs()}>{tz('save.load')}</Button>}>{tz('save.stale_body')}</Banner> : null}
        {told ? <Banner tone="bad">{told.text}</Banner> : null}
        <Zones shop={shop} draft={d} readOnly={readOnly} told={told?.key} onOpen={setOpen} put={put} />
        <General draft={d} put={put} bad={bad} readOnly={readOnly} />
        {profile.version > 0 && profile.at && profile.by ? <p class="muted small">{tz('changed', { by: profile.by, at: moment(profile.at) })}</p> : null}
        {dirty && !readOnly ? (
          <div class="save-bar">
            <Button onClick={() => { set(base); setBad({}); tell(undefined); }}>{ts('edit.discard')}</Button>
            <Button kind="main" busy={busy} onClick={() => void save()}>{t('ui.save')}</Button>
          </div>
        ) : null}
      </div>
      <div class="shipping-side"><TestBox shop={shop.id} draft={d} country={shop.country} currency={shop.currency} onMistake={mistake} /></div>
      {open ? (
        <ZoneSheet key={open.key} zone={open} others={d.zones} shopCod={shop.cod} {...(told && told.key === open.key ? { told: told.text } : {})} onClose={() => setOpen(undefined)} onDone={keep}
          {...(d.zones.some(x => x.key === open.key) ? { onRemove: () => { put({ zones: d.zones.filter(x => x.key !== open.key) }); setOpen(undefined); } } : {})} />
      ) : null}
    </div>
  );
}

function Zones({ shop, draft: d, readOnly, told, onOpen, put }: {
  shop: Shop; draft: Draft; readOnly: boolean; told: number | undefined; onOpen: (z: DraftZone) => void; put: (change: Partial<Draft>) => void;
}) {
  const add = () => onOpen(newZone(shop.country, shop.currency));
  const button = readOnly ? undefined : <Button kind="main" size="small" icon={<Plus size={18} aria-hidden="true" />} disabled={d.zones.length >= shipProfilePutLimits.zones.max} onClick={add}>{tz('zones.add')}</Button>;
  if (d.zones.length === 0) {
    const price = formatMoney({ minor: shop.shipping_minor, currency: shop.currency });
    return (
      <Card title={tz('zones.title')}>
        <EmptyState icon={<MapPinned size={36} />} title={tz('flat.title')} action={<div class="line">{button}<Button size="small" href="/studio/settings">{tz('flat.settings')}</Button></div>}>
          {tz('flat.body', { price, n: shop.dispatch_days })} {tz('flat.leave')}
        </EmptyState>
      </Card>
    );
  }
  const up = (i: number) => put({ zones: d.zones.map((z, k) => (k === i - 1 ? d.zones[i]! : k === i ? d.zones[i - 1]! : z)) });
  return (
    <Card title={tz('zones.title')} action={button} pad={false} class="card-list">
      <ul class="list">
        {d.zones.map((z, i) => (
          <li key={z.key} class={`row-item zone-row${told === z.key ? ' zone-bad' : ''}`}>
            <button type="button" class="row" disabled={readOnly} onClick={() => onOpen(z)}>
              <span class="row-start">{z.excluded ? <Ban size={22} aria-hidden="true" /> : <Truck size={22} aria-hidden="true" />}</span>
              <span class="row-text"><span class="row-title">{z.name}</span><span class="row-note">{areasText(z)}</span>
                <span class="row-note zone-facts">{z.excluded ? <Badge tone="bad">{tz('zone.not')}</Badge> : <><span class="num">{priceText(z)}</span><span>{daysText(z)}</span>{z.cod ? <Badge>{tz('zone.with_cod')}</Badge> : null}</>}</span></span>
            </button>
            {readOnly || i === 0 ? null : <IconButton label={tz('zones.up', { name: z.name })} onClick={() => up(i)}><ArrowUp size={20} /></IconButton>}
          </li>
        ))}
      </ul>
      <p class="muted small zone-hint">{tz('zones.count', { n: d.zones.length, max: shipProfilePutLimits.zones.max })}. {tz('zones.hint')}</p>
    </Card>
  );
}

const AREAS_SHOWN = 3;

function areasText(z: DraftZone): string {
  const names = z.areas.map(a => {
    const country = a.country === '*' ? tz('zone.anywhere') : countryName(a.country);
    const codes = postcodesOf(a.postcodes);
    const more = codes.length > 0 ? (codes.length > 2 ? tz('zone.more', { text: codes[0]!, n: codes.length - 1 }) : codes.join(', ')) : '';
    return [country, a.region.trim(), more].filter(Boolean).join(' · ');
  });
  const shown = names.slice(0, AREAS_SHOWN).join('; ');
  return names.length > AREAS_SHOWN ? tz('zone.more', { text: shown, n: names.length - AREAS_SHOWN }) : shown;
}

function priceText(z: DraftZone): string {
  const first = parseMoney(z.rate === 'flat' ? z.price : z.steps[0]?.price ?? '', z.currency);
  const price = first === undefined ? '–' : formatMoney({ minor: first, currency: z.currency });
  const free = parseMoney(z.free, z.currency);
  return [z.rate === 'flat' ? price : tz('zone.from', { price }), free ? tz('zone.free_from', { price: formatMoney({ minor: free, currency: z.currency }) }) : ''].filter(Boolean).join(', ');
}

function daysText(z: DraftZone): string {
  return z.min === z.max ? tz('zone.days', { n: Number(z.min) }) : tz('zone.days_range', { from: z.min, to: z.max });
}

function General({ draft: d, put, bad, readOnly }: { draft: Draft; put: (change: Partial<Draft>) => void; bad: Mistakes; readOnly: boolean }) {
  const e = (name: string) => (bad[name] ? { error: bad[name]! } : {});
  const divisors = DIVISORS.includes(d.volume) ? DIVISORS : [...DIVISORS, d.volume];
  return (
    <Card title={tz('general.title')}>
      <div class="stack">
        <Field label={tz('general.weight')} name="weight" inputMode="decimal" suffix="kg" class="input num" disabled={readOnly} value={d.weight} onValue={weight => put({ weight })} {...e('weight')} />
        <Field label={tz('general.cutoff')} name="cutoff" type="time" optional hint={tz('general.cutoff_hint')} disabled={readOnly} value={d.cutoff} onValue={cutoff => put({ cutoff })} {...e('cutoff')} />
        <Select label={tz('general.volume')} name="volume" hint={tz('general.volume_hint')} disabled={readOnly} value={String(d.volume)} onValue={v => put({ volume: Number(v) })}
          options={divisors.map(n => ({ value: String(n), label: n === 0 ? tz('general.volume_0') : tz('general.volume_n', { n }) }))} />
      </div>
    </Card>
  );
}
