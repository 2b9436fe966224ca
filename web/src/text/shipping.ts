// The studio's texts about shipping: tz('zones.add'). Loaded with those screens, not before.
import { catalogue } from './index';
import type { shippingEn } from './shipping.en';

export type ShippingKey = keyof typeof shippingEn;

const shipping = catalogue<Record<ShippingKey, string>>({ en: () => import('./shipping.en'), id: () => import('./shipping.id') });
export const loadShippingText = shipping.load;
export const hasShippingText = shipping.has;
export const tz = shipping.text;
