// The studio's texts: ts('orders.title'). Loaded with the studio, not before.
import { catalogue } from './index';
import type { studioEn } from './studio.en';

export type StudioKey = keyof typeof studioEn;

const studio = catalogue<Record<StudioKey, string>>({ en: () => import('./studio.en'), id: () => import('./studio.id') });
export const loadStudioText = studio.load;
export const ts = studio.text;
export const hasStudioText = studio.has;
