// The operator's texts of payments and refunds: po('payments.title'). Loaded with their pages.
import { catalogue } from './index';
import type { payopsEn } from './payops.en';

export type PayopsKey = keyof typeof payopsEn;

const payops = catalogue<Record<PayopsKey, string>>({ en: () => import('./payops.en'), id: () => import('./payops.id') });
export const loadPayopsText = payops.load;
export const po = payops.text;
