// One small cache over the client: a screen shows what it had and fetches anew. Knows no routes of the server.
import { signal, type Signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Refusal } from './api';

export type Entry<T> = { data?: T; problem?: Refusal; busy: boolean; at: number };

const ENTRIES_MAX = 60;
const REST_MS = 250;                         // between the keys of somebody who types
const entries = new Map<string, Signal<Entry<unknown>>>();

function entry<T>(key: string): Signal<Entry<T>> {
  let s = entries.get(key);
  if (!s) {
    s = signal<Entry<unknown>>({ busy: false, at: 0 });
    entries.set(key, s);
    if (entries.size > ENTRIES_MAX) entries.delete(entries.keys().next().value!);
  }
  return s as Signal<Entry<T>>;
}

export async function refresh<T>(key: string, get: () => Promise<T>, s = entry<T>(key)): Promise<void> {
  s.value = { ...s.value, busy: true };
  try {
    s.value = { data: await get(), busy: false, at: Date.now() };
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    s.value = { ...s.value, problem: e, busy: false };
  }
}

export function put<T>(key: string, data: T) {
  entry<T>(key).value = { data, busy: false, at: Date.now() };
}

export function peek<T>(key: string): T | undefined {
  return (entries.get(key)?.peek() as Entry<T> | undefined)?.data;
}

// Everything, or what begins with a prefix.
export function forget(prefix = '') {
  for (const key of [...entries.keys()]) if (key.startsWith(prefix)) entries.delete(key);
}

// const { data, problem, busy, reload } = useData(`order/${id}`, () => ask(api.orderGet({ id })));
// freshMs: how long an answer is shown without asking again.
export function useData<T>(key: string, get: () => Promise<T>, freshMs = 0) {
  const s = useMemo(() => entry<T>(key), [key]);
  // What is on the screen stays what is kept, also when it was forgotten meanwhile.
  const kept = () => { if (entries.get(key) !== s) entries.set(key, s as Signal<Entry<unknown>>); };
  const reload = () => { kept(); return refresh(key, get, s); };
  useEffect(() => {
    if (!s.peek().data || Date.now() - s.peek().at > freshMs) void reload();
  }, [key]);
  return { ...s.value, loading: s.value.data === undefined && !s.value.problem, reload, set: (data: T) => { kept(); put(key, data); } };
}

// The last value that there was: what a screen shows while the next is on its way.
export function useLast<T>(value: T | undefined): T | undefined {
  const last = useRef<T>();
  if (value !== undefined) last.current = value;
  return last.current;
}

// What is typed, once it has rested: for questions that need not be asked at every key.
export function useRested(typed: string): string {
  const [rested, set] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => set(typed), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
}
