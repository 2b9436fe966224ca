// The names and prices of a shop's variants, by product: fetched once each and kept. Knows no screens.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { api, type Money, type Picture, type StudioProduct } from '../app/api';

const known = signal(new Map<string, StudioProduct | undefined>());
const asked = new Set<string>();

async function fetchOne(id: string) {
  if (asked.has(id)) return;
  asked.add(id);
  const r = await api.studioProductGet({ id });
  known.value = new Map(known.value).set(id, r.ok ? r.value : undefined);
}

export async function loadProduct(id: string): Promise<StudioProduct | undefined> {
  const r = await api.studioProductGet({ id });
  if (!r.ok) return undefined;
  asked.add(id);
  known.value = new Map(known.value).set(id, r.value);
  return r.value;
}

export type Named = { title: string; note: string; name: string; picture?: Picture; price?: Money };

// named(product, variant): what is known of it by now.
export function useNames(products: string[]): (product: string, variant?: string) => Named {
  const all = [...new Set(products)];
  useEffect(() => { for (const id of all) void fetchOne(id); }, [all.join()]);
  const have = known.value;
  return (product, variant) => named(have.get(product), variant);
}

export function named(p: StudioProduct | undefined, variant?: string): Named {
  if (!p) return { title: '…', note: '', name: '…' };
  const v = variant ? p.variants.find(x => x.id === variant) : undefined;
  const note = v?.options.join(' · ') ?? '';
  const picture = p.product.pictures[0];
  return { title: p.product.title, note, name: note ? `${p.product.title}, ${note}` : p.product.title, ...(picture ? { picture } : {}), ...(v ? { price: v.price } : {}) };
}
