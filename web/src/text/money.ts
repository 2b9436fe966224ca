// The texts of a seller's money and of the operator's books: tm('balance.available'). Loaded with those screens.
import { catalogue } from './index';
import type { moneyEn } from './money.en';

export type MoneyKey = keyof typeof moneyEn;

const money = catalogue<Record<MoneyKey, string>>({ en: () => import('./money.en'), id: () => import('./money.id') });
export const loadMoneyText = money.load;
export const tm = money.text;
