// The texts of tax and invoices: tx('details.title'). Loaded with the first screen that needs them.
import { useEffect, useState } from 'preact/hooks';
import { catalogue } from './index';
import type { taxEn } from './tax.en';

export type TaxKey = keyof typeof taxEn;

const tax = catalogue<Record<TaxKey, string>>({ en: () => import('./tax.en'), id: () => import('./tax.id') });
export const loadTaxText = tax.load;
export const tx = tax.text;

// For a part of a screen of another chunk: false until the texts are here.
export function useTaxText(): boolean {
  const [ready, setReady] = useState(tax.has('details.title'));
  useEffect(() => { void tax.load().then(() => setReady(true)); }, []);
  return ready;
}
