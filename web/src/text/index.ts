// Which language the app speaks, and its texts: t() for shoppers, catalogue() for parts that are loaded when wanted.
import { signal } from '@preact/signals';
import { format, type Params } from './format';
import type { en } from './en';

export const LOCALES = ['en', 'id'] as const;
export type Locale = (typeof LOCALES)[number];
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', id: 'Bahasa Indonesia' };

type Key = keyof typeof en;
type Texts = Record<string, string>;
type Loaders<T> = { en: () => Promise<{ default: T }>; id: () => Promise<{ default: T }> };

const STORED = 'etalase.locale';
const RTL = ['ar', 'he', 'fa', 'ur'];

export const locale = signal<Locale>(first());
const waiting: (() => Promise<void>)[] = [];

// A catalogue of its own, for a part of the app that comes in a chunk of its own. `await load()` before the first text.
export function catalogue<T extends Texts>(loaders: Loaders<T>) {
  const texts = signal<T | undefined>(undefined);
  // The language may have been changed while the texts of the one before were on their way.
  const load = async (): Promise<void> => {
    const wanted = locale.value;
    const got = (await loaders[wanted]()).default;
    if (wanted !== locale.value) return load();
    texts.value = got;
  };
  const text = (key: keyof T & string, params?: Params): string => {
    const message = texts.value?.[key];
    return message === undefined ? '' : format(message, locale.value, params);
  };
  const has = (key: string) => texts.value !== undefined && key in texts.value;
  return {
    text, has,
    load: async () => {
      if (!waiting.includes(load)) waiting.push(load);
      await load();
    },
  };
}

const shopper = catalogue<Record<Key, string>>({ en: () => import('./en'), id: () => import('./id') });
export const loadText = shopper.load;
export const t = shopper.text;

// The app's own sentence for a refusal, or nothing when it has none.
export function problemText(slug: string): string | undefined {
  const key = `problem.${slug}`;
  return shopper.has(key) ? t(key as Key) : undefined;
}

export async function setLocale(to: Locale, remember = true) {
  if (remember) store(to);
  if (to === locale.value) return mark();
  locale.value = to;
  await Promise.all(waiting.map(load => load()));
  mark();
}

// The language and direction of the document. ?dir=rtl turns the page round, to look at it.
export function mark() {
  const root = document.documentElement;
  root.lang = locale.value;
  const forced = new URLSearchParams(location.search).get('dir');
  if (forced) sessionStorage.setItem('etalase.dir', forced);
  root.dir = forced ?? sessionStorage.getItem('etalase.dir') ?? (RTL.includes(locale.value) ? 'rtl' : 'ltr');
}

export function known(tag: string | undefined | null): Locale | undefined {
  const short = tag?.toLowerCase().split('-')[0];
  return LOCALES.find(l => l === short) ?? (short === 'in' ? 'id' : undefined);   // "in" is the old tag of Indonesian
}

function first(): Locale {
  try {
    const kept = known(localStorage.getItem(STORED));
    if (kept) return kept;
  } catch { /* storage may be off */ }
  for (const tag of navigator.languages ?? [navigator.language]) {
    const l = known(tag);
    if (l) return l;
  }
  return 'en';
}

export function chosen(): boolean {
  try { return localStorage.getItem(STORED) !== null; } catch { return false; }
}

function store(to: Locale) {
  try { localStorage.setItem(STORED, to); } catch { /* storage may be off */ }
}
