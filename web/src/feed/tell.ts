// Tells the server what is watched and tapped, a few seconds later and all at once, also when the page closes. Knows no screens.
import { effect } from '@preact/signals';
import { csrf, newKey } from '../app/api';
import { locale } from '../text';
import type { Clip, FeedEvent, FeedEventKind } from '../app/api';
import { playing } from './player';
import { profiling } from './wishes';

const EVERY_MS = 5000;
const AGAIN_MS = 15_000;                     // after a refusal of the network
const QUEUE_MAX = 400;                       // the oldest go when the server cannot be reached for long
const BATCH_MAX = 200;
const SKIP_MS = 2000;                        // left sooner, and before half of it: a skip
const UNNAMED: FeedEventKind[] = ['impression', 'watch', 'report'];

let queue: FeedEvent[] = [];
let timer = 0;
let sending: Promise<void> | undefined;

export function tell(kind: FeedEventKind, clip: string, more: { value?: number; share?: number; product?: string } = {}) {
  if (!profiling.peek()?.on && !UNNAMED.includes(kind)) return;      // it would be refused: there is to be no profile
  queue.push({ id: newKey(), kind, clip, at: new Date().toISOString(), ...more });
  if (queue.length > QUEUE_MAX) queue = queue.slice(-QUEUE_MAX);
  timer ||= window.setTimeout(() => void flush(), EVERY_MS);
}

// What is known so far goes out now: before the next page is asked for, so that it is made of it.
export function flush(closing = false): Promise<void> {
  clearTimeout(timer);
  timer = 0;
  if (sending && !closing) return sending;
  const batch = queue.splice(0, BATCH_MAX);
  if (batch.length === 0) return Promise.resolve();
  const mine = send(batch, closing).then(gone => {
    if (!gone) {
      queue = [...batch, ...queue].slice(-QUEUE_MAX);
      timer ||= window.setTimeout(() => void flush(), AGAIN_MS);
    } else if (queue.length) timer ||= window.setTimeout(() => void flush(), EVERY_MS);
  }).finally(() => { if (sending === mine) sending = undefined; });
  sending = mine;
  return mine;
}

// false: worth sending again. A refusal is final, but for "too many" and "busy".
async function send(events: FeedEvent[], closing: boolean): Promise<boolean> {
  try {
    const answer = await fetch('/v1/events', {
      method: 'POST', keepalive: closing, credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': locale.peek(), ...(csrf.peek() ? { 'X-CSRF-Token': csrf.peek() } : {}) },
      body: JSON.stringify({ sent_at: new Date().toISOString(), events }),
    });
    return answer.status !== 429 && answer.status < 500;
  } catch {
    return false;
  }
}

// ---------------------------------------------------------------------------------------------- watching

let on: { clip: Clip; played: number; since: number } | undefined;

effect(() => {
  const now = performance.now();
  if (on && on.since) on.played += now - on.since;
  if (on) on.since = playing.value ? now : 0;
  else void playing.value;
});

// Another clip is on the screen, or none.
export function watching(clip: Clip | undefined) {
  if (clip && on?.clip.id === clip.id) return;
  settle();
  on = clip && { clip, played: 0, since: playing.peek() ? performance.now() : 0 };
  if (clip) tell('impression', clip.id);
}

// What has been watched so far is told; from now on it is counted anew.
function settle() {
  if (!on) return;
  const now = performance.now();
  const ms = Math.round(on.played + (on.since ? now - on.since : 0));
  const share = on.clip.duration_ms > 0 ? Math.min(100_000, Math.round(ms / on.clip.duration_ms * 1000)) : 0;
  on.played = 0;
  if (on.since) on.since = now;
  if (ms < 100) return;
  tell('watch', on.clip.id, { value: ms, share });
  if (ms < SKIP_MS && share < 500) tell('skip', on.clip.id);
}

export const watched = () => (on ? on.played + (on.since ? performance.now() - on.since : 0) : 0);

addEventListener('pagehide', () => { settle(); void flush(true); });
document.addEventListener('visibilitychange', () => { if (document.hidden) { settle(); void flush(true); } });
