// The texts of search: tq('placeholder'). Loaded when first wanted.
import { catalogue } from './index';
import type { searchEn } from './search.en';

export type SearchKey = keyof typeof searchEn;

const search = catalogue<Record<SearchKey, string>>({ en: () => import('./search.en'), id: () => import('./search.id') });
export const loadSearchText = search.load;
export const tq = search.text as (key: string, params?: Parameters<typeof search.text>[1]) => string;
