// What is searched for, as it stands in the address: so that it can be shared, and "back" leads to it.
import { searchKindValues, searchSortValues } from '../api/types';
import type { SearchKind, SearchSort } from '../app/api';

export type Wanted = {
  q: string; kind?: SearchKind; sort: SearchSort; exact: boolean; category: string; currency: string; min?: number; max?: number; inStock: boolean; delivers: string;
};

const whole = (text: string | null) => (text && /^\d{1,13}$/.test(text) ? Number(text) : undefined);

export function read(query: URLSearchParams): Wanted {
  const kind = searchKindValues.find(k => k === query.get('kind')), min = whole(query.get('min')), max = whole(query.get('max'));
  return {
    q: (query.get('q') ?? '').trim().slice(0, 200), ...(kind ? { kind } : {}), sort: searchSortValues.find(s => s === query.get('sort')) ?? 'best',
    exact: query.get('exact') === '1', category: (query.get('category') ?? '').slice(0, 60), currency: /^[A-Z]{3}$/.test(query.get('currency') ?? '') ? query.get('currency')! : '',
    ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), inStock: query.get('in_stock') === '1',
    delivers: /^[A-Z]{2}$/.test(query.get('delivers') ?? '') ? query.get('delivers')! : '',
  };
}

export function address(w: Wanted): string {
  const q = new URLSearchParams();
  if (w.q) q.set('q', w.q);
  if (w.kind) q.set('kind', w.kind);
  if (w.sort !== 'best') q.set('sort', w.sort);
  if (w.exact) q.set('exact', '1');
  if (w.category) q.set('category', w.category);
  if (w.min !== undefined || w.max !== undefined) q.set('currency', w.currency);
  if (w.min !== undefined) q.set('min', String(w.min));
  if (w.max !== undefined) q.set('max', String(w.max));
  if (w.inStock) q.set('in_stock', '1');
  if (w.delivers) q.set('delivers', w.delivers);
  return `/search${String(q) ? `?${q}` : ''}`;
}

// The same as the server is asked; filters are of products alone.
export const args = (w: Wanted) => ({
  q: w.q, ...(w.kind ? { kind: w.kind } : {}), ...(w.sort === 'best' ? {} : { sort: w.sort }), ...(w.exact ? { exact: true } : {}),
  ...(w.category ? { category: w.category } : {}), ...(w.currency ? { currency: w.currency } : {}), ...(w.min === undefined ? {} : { price_min: w.min }),
  ...(w.max === undefined ? {} : { price_max: w.max }), ...(w.inStock ? { in_stock: true } : {}), ...(w.delivers ? { delivers: w.delivers } : {}),
});

export function without(w: Wanted, what: 'category' | 'price' | 'stock' | 'delivers'): Wanted {
  const { min, max, ...rest } = w;
  if (what === 'price') return { ...rest, currency: '' };
  return { ...w, ...(what === 'category' ? { category: '' } : what === 'stock' ? { inStock: false } : { delivers: '' }) };
}

export const plain = (w: Wanted): Wanted => ({ q: w.q, ...(w.kind ? { kind: w.kind } : {}), sort: w.sort, exact: w.exact, category: '', currency: '', inStock: false, delivers: '' });
export const used = (w: Wanted) => [w.category, w.min !== undefined || w.max !== undefined, w.inStock, w.delivers].filter(Boolean).length;
