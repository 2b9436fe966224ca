// The operator's texts about markets: tm('title'). Loaded with those screens, not before.
import { catalogue } from './index';
import type { marketsEn } from './markets.en';

export type MarketsKey = keyof typeof marketsEn;

const markets = catalogue<Record<MarketsKey, string>>({ en: () => import('./markets.en'), id: () => import('./markets.id') });
export const loadMarketsText = markets.load;
export const hasMarketsText = markets.has;
export const tm = markets.text;
