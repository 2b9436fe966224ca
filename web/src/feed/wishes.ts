// What this person wants of the feed: consent, dial, stops, quiet hours. Knows no screens.
import { effect, signal } from '@preact/signals';
import { api, ask, type FeedSettings, type Profiling } from '../app/api';
import { loadMe, me, meKnown } from '../app/session';

export const profiling = signal<Profiling | undefined>(undefined);      // undefined: not known yet
export const settings = signal<FeedSettings | undefined>(undefined);

let of: string | undefined;

// Whoever uses the app now has wishes of their own.
effect(() => {
  const who = me.value;
  if (!who) return;
  const key = who.account?.id ?? (who.csrf ? 'guest' : '');
  if (key === of) return;
  of = key;
  if (!key) {
    profiling.value = { on: false };
    settings.value = { dial: 'open', stop_minutes: 0, stop_clips: 0 };
    return;
  }
  profiling.value = undefined;               // another person's answer is not this one's
  void loadWishes();
});

export async function loadWishes() {
  const who = of;
  const [p, s] = await Promise.all([api.profilingGet(), api.feedSettingsGet()]);
  if (who !== of) return;                    // somebody else has come meanwhile
  if (p.ok) profiling.value = p.value;
  if (s.ok) settings.value = s.value;
}

export async function setProfiling(on: boolean) {
  await meKnown();
  profiling.value = await ask(api.profilingPut({ on }));
  if (!me.peek()?.csrf) {                    // the answer has made a guest of nobody
    of = 'guest';
    await loadMe();
  }
}

export async function setSettings(to: FeedSettings) {
  await meKnown();
  settings.value = await ask(api.feedSettingsPut(to));
  if (!me.peek()?.csrf) {
    of = 'guest';
    await loadMe();
  }
}

// ---------------------------------------------------------------------------------------------- stops

const QUIET_EVERY_MS = 15 * 60_000;
let counted = { clips: 0, from: Date.now(), quiet: 0 };
export const stop = signal<'clips' | 'minutes' | 'quiet' | undefined>(undefined);

export function isQuiet(s: FeedSettings, now = new Date()): boolean {
  const { quiet_from: from, quiet_until: until } = s;
  if (from == null || until == null || from === until) return false;
  const m = now.getHours() * 60 + now.getMinutes();
  return from < until ? m >= from && m < until : m >= from || m < until;
}

// Another clip is on: has it been enough?
export function countClip() {
  const s = settings.peek();
  counted.clips++;
  if (!s) return;
  if (s.stop_clips > 0 && counted.clips > s.stop_clips) stop.value = 'clips';
  else if (s.stop_minutes > 0 && Date.now() - counted.from > s.stop_minutes * 60_000) stop.value = 'minutes';
  else if (isQuiet(s) && Date.now() - counted.quiet > QUIET_EVERY_MS) stop.value = 'quiet';
}

export function goOn() {
  counted = { clips: 0, from: Date.now(), quiet: Date.now() };
  stop.value = undefined;
}
