// The studio's texts: ts('orders.title'). Loaded with the studio, not before.
import { catalogue } from './index';
import type { studioEn } from './studio.en';

const studio = catalogue<Record<keyof typeof studioEn, string>>({ en: () => import('./studio.en'), id: () => import('./studio.id') });
export const loadStudioText = studio.load;
export const ts = studio.text;
