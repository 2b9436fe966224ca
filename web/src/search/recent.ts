// What was searched for on this device, by whom: kept by the browser, and nowhere else.
import { signal } from '@preact/signals';
import { account } from '../app/session';

const MOST = 20;
const stored = () => `etalase.search.recent.${account.peek()?.id ?? 'guest'}`;

export const recent = signal<string[]>([]);

export function loadRecent() {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(stored()) ?? '[]');
    recent.value = Array.isArray(list) ? list.filter((q): q is string => typeof q === 'string').slice(0, MOST) : [];
  } catch { recent.value = []; }
}

function keep(list: string[]) {
  recent.value = list;
  try { localStorage.setItem(stored(), JSON.stringify(list)); } catch { /* storage may be off */ }
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

export function noteRecent(q: string) {
  loadRecent();
  keep([q, ...recent.value.filter(x => !same(x, q))].slice(0, MOST));
}

export const dropRecent = (q: string) => keep(recent.value.filter(x => x !== q));
export const clearRecent = () => keep([]);
