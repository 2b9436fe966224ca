// What carts, checkouts, orders and returns say, to buyers, sellers and the operator: to('next.unpaid'). Loaded with their screens.
import { catalogue } from './index';
import type { ordersEn } from './orders.en';

export type OrdersKey = keyof typeof ordersEn;

const orders = catalogue<Record<OrdersKey, string>>({ en: () => import('./orders.en'), id: () => import('./orders.id') });
export const loadOrdersText = orders.load;
export const to = orders.text;
export const hasOrdersText = orders.has;
