// A product's options and the variants that they make: what is typed, kept by combination. Pure; knows no screens.
import type { StudioProduct, VariantNew } from '../app/api';
import { moneyText, parseMoney } from './money';

export type Option = { key: number; name: string; values: string[] };

export type Row = {
  id?: string;               // a variant that is there already: its stock changes by movements only
  sku: string;
  typed: boolean;            // the SKU is the seller's own; else it follows the title
  price: string;
  compare: string;
  stock: string;
  onHand: number;
  held: number;
  off: boolean;              // this combination is not offered
};

export type Rows = Record<string, Row>;

const GAP = '\u001f';
export const keyOf = (values: string[]) => values.join(GAP);
export const valuesOf = (key: string) => (key === '' ? [] : key.split(GAP));

export const blankRow = (): Row => ({ sku: '', typed: false, price: '', compare: '', stock: '', onHand: 0, held: 0, off: false });

// Options without a value make no variants yet.
export const live = (options: Option[]) => options.filter(o => o.values.length > 0);

export function combinations(options: Option[]): string[][] {
  return live(options).reduce<string[][]>((all, o) => all.flatMap(c => o.values.map(v => [...c, v])), [[]]);
}

export function fromStudio(s: StudioProduct): { options: Option[]; rows: Rows } {
  const currency = s.product.price_from.currency;
  const rows: Rows = {};
  // Those off sale too: a value that comes back finds its old variant. The active one wins.
  for (const v of [...s.variants].sort((a, b) => Number(a.active) - Number(b.active))) {
    rows[keyOf(v.options)] = {
      id: v.id, sku: v.sku, typed: true, price: moneyText(v.price.minor, currency),
      compare: v.compare_at ? moneyText(v.compare_at.minor, currency) : '', stock: '', onHand: v.on_hand, held: v.held, off: !v.active,
    };
  }
  const options = s.product.options.map((o, i) => ({ key: i + 1, name: o.name, values: o.values }));
  // What never was a variant is not offered; only values that are added from here on are.
  for (const c of combinations(options)) rows[keyOf(c)] ??= { ...rowOf(rows, c), off: true };
  return { options, rows };
}

// A combination without a row of its own begins with the prices of its neighbours.
export function rowOf(rows: Rows, combination: string[]): Row {
  const key = keyOf(combination);
  if (rows[key]) return rows[key];
  const like = Object.values(rows).find(r => r.price) ?? blankRow();
  return { ...blankRow(), price: like.price, compare: like.compare };
}

// After an option came or went: every old row goes on in the first combination that contains it.
export function reshape(rows: Rows, before: Option[], after: Option[]): Rows {
  const was = live(before), now = live(after);
  if (was.length === now.length && was.every((o, i) => o.key === now[i]!.key)) return rows;
  const out: Rows = {};
  const used = new Set<string>();
  const old = Object.keys(rows).map(key => ({ key, values: valuesOf(key) })).filter(o => o.values.length === was.length);
  for (const combination of combinations(after)) {
    const fits = old.filter(o => was.every((w, i) => {
      const at = now.findIndex(n => n.key === w.key);
      return at < 0 || combination[at] === o.values[i];
    }));
    const first = fits.find(o => !used.has(o.key));
    const like = rows[(first ?? fits[0])?.key ?? ''];
    if (first) used.add(first.key);
    if (like) out[keyOf(combination)] = first ? like : { ...blankRow(), price: like.price, compare: like.compare };
  }
  return out;
}

// "Kemeja batik", ["M", "Biru"], "7K2" -> "KEMBAT-7K2-M-BIRU"
export function suggestSku(title: string, values: string[], salt: string): string {
  const code = (s: string, n: number) => s.normalize('NFD').replace(/[^A-Za-z0-9 ]/g, '').trim().toUpperCase().slice(0, n);
  const words = title.split(/\s+/).map(w => code(w, 3)).filter(Boolean).slice(0, 2);
  return [words.join('') || 'SKU', salt, ...values.map((v, i) => code(v.replace(/\s+/g, ''), 6) || String(i + 1))].join('-').slice(0, 64);
}

export const skuOf = (row: Row, title: string, values: string[], salt: string) => (row.typed ? row.sku.trim() : suggestSku(title, values, salt));

export type RowField = 'sku' | 'price' | 'compare' | 'stock';
export type RowErrors = Record<string, string>;           // "M␟Biru/price" -> a sentence
export const errorKey = (key: string, field: RowField) => `${key}/${field}`;

export const STOCK_MAX = 1_000_000;
export const PRICE_MAX = 1_000_000_000_000;

type Says = { price: string; priceMax: string; compare: string; sku: string; skuTwice: string; stock: string };

// What is offered, in order, as the server wants it; or what is wrong with it, by row and field.
export function build(o: { options: Option[]; rows: Rows; title: string; salt: string; currency: string; says: Says }):
  { variants: VariantNew[]; keys: string[]; errors: RowErrors } {
  const variants: VariantNew[] = [], keys: string[] = [], errors: RowErrors = {};
  const seen = new Map<string, string>();
  for (const values of combinations(o.options)) {
    const row = rowOf(o.rows, values);
    if (row.off) continue;
    const key = keyOf(values);
    const price = parseMoney(row.price, o.currency);
    const compare = row.compare.trim() ? parseMoney(row.compare, o.currency) : undefined;
    const sku = skuOf(row, o.title, values, o.salt);
    if (price === undefined || price < 1) errors[errorKey(key, 'price')] = o.says.price;
    else if (price > PRICE_MAX) errors[errorKey(key, 'price')] = o.says.priceMax;
    if (row.compare.trim() && (compare === undefined || compare <= (price ?? 0))) errors[errorKey(key, 'compare')] = o.says.compare;
    if (!sku) errors[errorKey(key, 'sku')] = o.says.sku;
    else if (seen.has(sku)) errors[errorKey(key, 'sku')] = o.says.skuTwice;
    seen.set(sku, key);
    const stock = row.id ? undefined : Number(row.stock.replace(/[\s.,]/g, '') || '0');
    if (stock !== undefined && (!/^[\d\s.,]*$/.test(row.stock) || stock > STOCK_MAX)) errors[errorKey(key, 'stock')] = o.says.stock;
    keys.push(key);
    variants.push({
      ...(row.id ? { id: row.id } : { stock: stock ?? 0 }), sku, options: values,
      price: { minor: price ?? 0, currency: o.currency },
      ...(compare !== undefined ? { compare_at: { minor: compare, currency: o.currency } } : {}),
    });
  }
  return { variants, keys, errors };
}
