// The texts of prices and promotions for those who make them: td('kind.sale'). Loaded with their screens.
import { catalogue } from './index';
import type { promosEn } from './promos.en';

export type PromosKey = keyof typeof promosEn;

const promos = catalogue<Record<PromosKey, string>>({ en: () => import('./promos.en'), id: () => import('./promos.id') });
export const loadPromosText = promos.load;
export const td = promos.text;
