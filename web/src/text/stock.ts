// The studio's texts about stock: tk('item.title'). Loaded with those screens, not before.
import { catalogue } from './index';
import type { stockEn } from './stock.en';

export type StockKey = keyof typeof stockEn;

const stock = catalogue<Record<StockKey, string>>({ en: () => import('./stock.en'), id: () => import('./stock.id') });
export const loadStockText = stock.load;
export const hasStockText = stock.has;
export const tk = stock.text;
