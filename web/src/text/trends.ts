// The texts of trends and challenges: tt('title'). Loaded when first wanted.
import { useEffect, useState } from 'preact/hooks';
import { catalogue } from './index';
import type { trendsEn } from './trends.en';

export type TrendsKey = keyof typeof trendsEn;

const trends = catalogue<Record<TrendsKey, string>>({ en: () => import('./trends.en'), id: () => import('./trends.id') });
export const loadTrendsText = trends.load;
export const tt = trends.text as (key: string, params?: Parameters<typeof trends.text>[1]) => string;

// For a part of a screen of another chunk: false until the texts are here.
export function useTrendsText(): boolean {
  const [ready, setReady] = useState(trends.has('title'));
  useEffect(() => { void trends.load().then(() => setReady(true)); }, []);
  return ready;
}
