// A shop's shipping while it is edited: what stands in the fields, and what is sent. Numbers are text until they are read. No screens.
import { shipProfilePutLimits, shipStepLimits, shipZoneLimits } from '../api';
import type { ShipProfile, ShipProfilePut, ShipRate, ShipZone } from '../app/api';
import { locale, t } from '../text';
import { moneyText, parseMoney } from '../studio/money';
import { tz } from '../text/shipping';

export type DraftArea = { key: number; country: string; region: string; postcodes: string };
export type DraftStep = { key: number; upTo: string; price: string };
export type DraftZone = {
  key: number; name: string; excluded: boolean; areas: DraftArea[]; currency: string; rate: ShipRate; price: string; steps: DraftStep[];
  beyond: boolean; beyondEach: string; beyondPrice: string; free: string; min: string; max: string;
  cod: boolean; codFee: string; codPercent: string; codMost: string; codOrderMost: string;
};
export type Draft = { version: number; zones: DraftZone[]; weight: string; volume: number; cutoff: string };
export type Mistakes = Record<string, string>;

let keys = 0;
export const nextKey = () => ++keys;

const decimal = () => new Intl.NumberFormat(locale.value === 'en' ? 'en-GB' : locale.value).formatToParts(1.5).find(p => p.type === 'decimal')?.value ?? '.';

// "0.5" or "0,5" -> 500, for `digits` = 3. Digits are moved as text: no fractions anywhere.
export function parseScaled(text: string, digits: number): number | undefined {
  const m = /^(\d{1,9})(?:[.,](\d+))?$/.exec(text.trim());
  if (!m || (m[2]?.length ?? 0) > digits) return undefined;
  return Number(m[1]! + (m[2] ?? '').padEnd(digits, '0'));
}

export function scaledText(n: number, digits: number): string {
  const all = String(n).padStart(digits + 1, '0');
  const fraction = all.slice(-digits).replace(/0+$/, '');
  return all.slice(0, -digits) + (fraction ? decimal() + fraction : '');
}

export const parseKg = (text: string) => parseScaled(text, 3);
export const kgText = (grams: number) => scaledText(grams, 3);

function areaOf(a: ShipZone['areas'][number]): DraftArea {
  return { key: nextKey(), country: a.country, region: a.region ?? '', postcodes: a.postcodes.join(', ') };
}

function zoneOf(z: ShipZone): DraftZone {
  const m = (n: number | null | undefined) => (n ? moneyText(n, z.currency) : '');
  const measure = (n: number) => (z.rate === 'weight' ? kgText(n) : String(n));
  return {
    key: nextKey(), name: z.name, excluded: z.excluded, areas: z.areas.map(areaOf), currency: z.currency, rate: z.rate,
    price: z.rate === 'flat' ? moneyText(z.price, z.currency) : '',
    steps: z.steps.map(s => ({ key: nextKey(), upTo: measure(s.up_to), price: moneyText(s.price, z.currency) })),
    beyond: Boolean(z.beyond), beyondEach: z.beyond ? measure(z.beyond.up_to) : '', beyondPrice: z.beyond ? moneyText(z.beyond.price, z.currency) : '',
    free: m(z.free_over), min: String(z.transit_min), max: String(z.transit_max),
    cod: z.cod, codFee: m(z.cod_fee), codPercent: z.cod_fee_ppm ? scaledText(z.cod_fee_ppm, 4) : '', codMost: m(z.cod_fee_most), codOrderMost: m(z.cod_order_most),
  };
}

export function draftOf(p: ShipProfile): Draft {
  return {
    version: p.version, zones: p.zones.map(zoneOf), weight: kgText(p.weight_g), volume: p.volume_divisor,
    cutoff: p.cutoff_minutes >= 1440 ? '' : `${String(Math.floor(p.cutoff_minutes / 60)).padStart(2, '0')}:${String(p.cutoff_minutes % 60).padStart(2, '0')}`,
  };
}

export const newArea = (country: string): DraftArea => ({ key: nextKey(), country, region: '', postcodes: '' });

export function newZone(country: string, currency: string): DraftZone {
  return {
    key: nextKey(), name: '', excluded: false, areas: [newArea(country)], currency, rate: 'flat', price: '', steps: [{ key: nextKey(), upTo: '', price: '' }],
    beyond: false, beyondEach: '', beyondPrice: '', free: '', min: '1', max: '3', cod: false, codFee: '', codPercent: '', codMost: '', codOrderMost: '',
  };
}

// Blanks do not part them: SW1A 1AA is one.
export const postcodesOf = (text: string) => text.split(/[,;\n]+/).map(s => s.trim()).filter(Boolean);
const PATTERN = /^[A-Za-z0-9 -]*[A-Za-z0-9](\*|\.\.[A-Za-z0-9 -]*[A-Za-z0-9])?$/;

// ---- mistakes: by the field's name in the sheet of a zone

function checkSteps(z: DraftZone, bad: Mistakes, money: (text: string) => boolean) {
  const kg = z.rate === 'weight';
  const measure = (text: string) => (kg ? parseKg(text) : /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined);
  const wrong = (n: number | undefined) => n === undefined || n < 1 || n > shipStepLimits.up_to.max;
  const says = kg ? tz('bad.kg', { max: shipStepLimits.up_to.max / 1000 }) : tz('bad.units');
  let last = 0;
  for (const s of z.steps) {
    const n = measure(s.upTo);
    if (wrong(n)) bad[`step.${s.key}`] = says;
    else if (n! <= last) bad[`step.${s.key}`] = tz('bad.step_order');
    else last = n!;
    if (!money(s.price)) bad[`price.${s.key}`] = like(z.currency);
  }
  if (z.steps.length === 0) bad['steps'] = tz('bad.steps');
  if (!z.beyond) return;
  if (wrong(measure(z.beyondEach))) bad['beyondEach'] = says;
  if (!money(z.beyondPrice)) bad['beyondPrice'] = like(z.currency);
}

const like = (currency: string) => tz('bad.money', { like: moneyText(currency === 'IDR' || currency === 'VND' ? 1000000 : 500, currency) });

export function checkZone(z: DraftZone, others: DraftZone[]): Mistakes {
  const bad: Mistakes = {};
  if (!z.name.trim()) bad['name'] = tz('bad.name');
  else if (others.some(o => o.key !== z.key && o.name.trim().toLowerCase() === z.name.trim().toLowerCase())) bad['name'] = tz('bad.name_taken');
  if (z.areas.length === 0) bad['areas'] = tz('bad.areas');
  for (const a of z.areas) {
    const wrong = postcodesOf(a.postcodes).find(p => !PATTERN.test(p));
    if (wrong) bad[`postcodes.${a.key}`] = tz('bad.postcode', { text: wrong });
  }
  if (z.excluded) return bad;
  const money = (text: string) => { const n = parseMoney(text, z.currency); return n !== undefined && n <= shipZoneLimits.price.max; };
  const maybe = (name: 'free' | 'codFee' | 'codMost' | 'codOrderMost') => { if (z[name].trim() && parseMoney(z[name], z.currency) === undefined) bad[name] = like(z.currency); };
  if (z.rate === 'flat') { if (!money(z.price)) bad['price'] = like(z.currency); } else checkSteps(z, bad, money);
  maybe('free');
  for (const [name, max] of [['min', shipZoneLimits.transit_min.max], ['max', shipZoneLimits.transit_max.max]] as const)
    if (!/^\d{1,3}$/.test(z[name].trim()) || Number(z[name]) > max) bad[name] = tz('bad.days', { max });
  if (!bad['min'] && !bad['max'] && Number(z.max) < Number(z.min)) bad['max'] = tz('bad.days_order');
  if (!z.cod) return bad;
  for (const name of ['codFee', 'codMost', 'codOrderMost'] as const) maybe(name);
  const ppm = z.codPercent.trim() ? parseScaled(z.codPercent, 4) : 0;
  if (ppm === undefined || ppm > shipZoneLimits.cod_fee_ppm.max) bad['codPercent'] = tz('bad.percent');
  return bad;
}

export function checkGeneral(d: Draft): Mistakes {
  const bad: Mistakes = {};
  const grams = parseKg(d.weight);
  if (grams === undefined || grams < 1 || grams > shipProfilePutLimits.weight_g.max) bad['weight'] = tz('bad.kg', { max: shipProfilePutLimits.weight_g.max / 1000 });
  if (d.cutoff && !/^([01]\d|2[0-3]):[0-5]\d$/.test(d.cutoff)) bad['cutoff'] = tz('bad.time');
  return bad;
}

// ---- what is sent; only after the checks have found nothing

function zoneOut(z: DraftZone): ShipZone {
  const m = (text: string) => parseMoney(text, z.currency) ?? 0;
  const measure = (text: string) => (z.rate === 'weight' ? parseKg(text) ?? 0 : Number(text));
  const sends = !z.excluded, steps = sends && z.rate !== 'flat';
  return {
    name: z.name.trim(), excluded: z.excluded, currency: z.currency, rate: sends ? z.rate : 'flat',
    areas: z.areas.map(a => ({ country: a.country, ...(a.region.trim() && a.country !== '*' ? { region: a.region.trim() } : {}), postcodes: a.country === '*' ? [] : postcodesOf(a.postcodes) })),
    price: sends && z.rate === 'flat' ? m(z.price) : 0, steps: steps ? z.steps.map(s => ({ up_to: measure(s.upTo), price: m(s.price) })) : [],
    ...(steps && z.beyond ? { beyond: { up_to: measure(z.beyondEach), price: m(z.beyondPrice) } } : {}),
    ...(sends && m(z.free) > 0 ? { free_over: m(z.free) } : {}),
    transit_min: sends ? Number(z.min) : 0, transit_max: sends ? Number(z.max) : 0,
    cod: sends && z.cod, cod_fee: sends && z.cod ? m(z.codFee) : 0, cod_fee_ppm: sends && z.cod && z.codPercent.trim() ? parseScaled(z.codPercent, 4) ?? 0 : 0,
    ...(sends && z.cod && z.codMost.trim() ? { cod_fee_most: m(z.codMost) } : {}), ...(sends && z.cod && m(z.codOrderMost) > 0 ? { cod_order_most: m(z.codOrderMost) } : {}),
  };
}

export function draftOut(d: Draft): ShipProfilePut {
  const [hours = 0, minutes = 0] = d.cutoff.split(':').map(Number);
  return {
    version: d.version, zones: d.zones.map(zoneOut), weight_g: parseKg(d.weight) ?? 0, volume_divisor: d.volume,
    cutoff_minutes: d.cutoff ? hours * 60 + minutes : 1440,
  };
}

// The server's "zones[2].steps[0].price": which zone, and the sentence with its name.
export function zoneMistake(d: Draft, field: string | undefined, text: string): { zone?: DraftZone; text: string } {
  const i = /^zones\[(\d+)\]/.exec(field ?? '')?.[1];
  const zone = i === undefined ? undefined : d.zones[Number(i)];
  return zone ? { zone, text: tz('bad.zone', { name: zone.name || t('form.required'), text }) } : { text };
}
