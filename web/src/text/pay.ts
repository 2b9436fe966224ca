// The pay screen's texts: tp('qr.title'). Loaded with it, not before.
import { catalogue } from './index';
import type { payEn } from './pay.en';

export type PayKey = keyof typeof payEn;

const pay = catalogue<Record<PayKey, string>>({ en: () => import('./pay.en'), id: () => import('./pay.id') });
export const loadPayText = pay.load;
export const tp = pay.text;
export const hasPayText = pay.has;
