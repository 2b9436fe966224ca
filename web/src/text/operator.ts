// The operator's texts: to('audit.title'). Loaded with the operator's screens, not before.
import { catalogue } from './index';
import type { operatorEn } from './operator.en';

export type OperatorKey = keyof typeof operatorEn;

const operator = catalogue<Record<OperatorKey, string>>({ en: () => import('./operator.en'), id: () => import('./operator.id') });
export const loadOperatorText = operator.load;
export const to = operator.text;
