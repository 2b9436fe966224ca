// The texts of prices and vouchers: tp('tag.low'). Loaded with the first screen that needs them.
import { useEffect, useState } from 'preact/hooks';
import { catalogue } from './index';
import type { pricingEn } from './pricing.en';

export type PricingKey = keyof typeof pricingEn;

const pricing = catalogue<Record<PricingKey, string>>({ en: () => import('./pricing.en'), id: () => import('./pricing.id') });
export const loadPricingText = pricing.load;
export const tp = pricing.text;

// For a part of a screen of another chunk: false until the texts are here.
export function usePricingText(): boolean {
  const [ready, setReady] = useState(pricing.has('tag.low'));
  useEffect(() => { void pricing.load().then(() => setReady(true)); }, []);
  return ready;
}
