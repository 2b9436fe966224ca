// The texts of the delivery box: td('arrives', { range }). The box loads them itself, wherever it is shown.
import { catalogue } from './index';
import type { deliveryEn } from './delivery.en';

export type DeliveryKey = keyof typeof deliveryEn;

const delivery = catalogue<Record<DeliveryKey, string>>({ en: () => import('./delivery.en'), id: () => import('./delivery.id') });
export const loadDeliveryText = delivery.load;
export const hasDeliveryText = delivery.has;
export const td = delivery.text;
