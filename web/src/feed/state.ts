// The clips that have come so far, which one is on, and likes. Knows nothing of video elements or of the screen.
import { signal } from '@preact/signals';
import { api, ask, Refusal, type Clip, type FeedMode, type FeedReason } from '../app/api';
import { account, signedIn } from '../app/session';
import { flush } from './tell';

export const clips = signal<Clip[]>([]);
export const mode = signal<FeedMode | undefined>(undefined);      // undefined: as the server thinks best for this person
export const whys = signal<Record<string, FeedReason[]>>({});
export const at = signal(0);
export const ended = signal(false);
export const problem = signal<Refusal | undefined>(undefined);
export const muted = signal(stored('etalase.sound') !== 'on');
export const soundAsked = signal(stored('etalase.sound') !== null);
export const likeAsked = signal<Clip | undefined>(undefined);     // a like that waits for a sign-in

const PAGE = 8;
const FLUSH_MS = 400;
const AHEAD = 4;             // fetch the next page when fewer clips than these are left
let next: string | undefined;
let busy = false;
let run = 0;                                 // pages that were asked for before a new beginning are not wanted any more
let began: string | undefined;
let pendingLike: string | undefined;
let shownTo: string | undefined;             // whose likes the clips carry

function stored(key: string): string | null {
  try { return localStorage.getItem(key); } catch { return null; }
}

// Begins with a clip, or where one was: coming back to the feed shows the clip that one left.
export async function begin(from: string | undefined, again = false) {
  if (shownTo !== account.peek()?.id) {
    if (!again) mode.value = undefined;      // one that was chosen before it was known who chooses stays
    again = true;
  }
  shownTo = account.peek()?.id;
  if (!again && clips.peek().length > 0 && (from === undefined ? began === undefined : clips.peek()[at.peek()]?.id === from)) return;
  if (!again && from !== undefined) {
    const known = clips.peek().findIndex(c => c.id === from);
    if (known >= 0) { at.value = known; return; }
  }
  began = from;
  next = undefined;
  busy = false;
  ended.value = false;
  problem.value = undefined;
  clips.value = [];
  whys.value = {};
  at.value = 0;
  run++;
  if (from !== undefined) {
    try {
      clips.value = [await ask(api.clipGet({ id: from }))];
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      problem.value = e;
      return;
    }
  }
  await more();
}

export async function more() {
  if (busy || ended.peek()) return;
  busy = true;
  const mine = run;
  try {
    // What has been seen so far shapes what comes next.
    await Promise.race([flush(), new Promise(done => setTimeout(done, FLUSH_MS))]);
    const page = await ask(api.feedGet({ limit: PAGE, ...(mode.peek() ? { mode: mode.peek()! } : {}), ...(next === undefined ? {} : { after: next }) }));
    if (mine !== run) return;
    mode.value = page.mode;
    whys.value = { ...whys.peek(), ...Object.fromEntries(page.whys.map(w => [w.clip, w.reasons])) };
    const have = new Set(clips.peek().map(c => c.id));
    clips.value = [...clips.peek(), ...page.items.filter(c => !have.has(c.id) && c.playlist)];
    next = page.next;
    ended.value = next === undefined;
    problem.value = undefined;
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    if (mine !== run) return;
    if (e.slug === 'no_consent') {             // taken back on another device
      mode.value = 'popular';
      next = undefined;
    } else problem.value = e;
  } finally {
    if (mine === run) busy = false;
  }
  if (!ended.peek() && !problem.peek() && clips.peek().length - at.peek() < AHEAD) await more();
}

// It is not wanted: off the list, and whatever else a rule takes away that has come already.
export function drop(gone: (c: Clip) => boolean) {
  const list = clips.peek(), here = at.peek();
  const left = list.filter((c, i) => i < here || !gone(c));
  clips.value = left;
  at.value = Math.min(here, left.length);
  if (left.length - at.peek() < AHEAD) void more();
}

export function arrived(index: number) {
  at.value = index;
  if (clips.peek().length - index < AHEAD) void more();
}

export function setMuted(to: boolean, remember = true) {
  muted.value = to;
  if (!remember) return;
  soundAsked.value = true;
  try { localStorage.setItem('etalase.sound', to ? 'off' : 'on'); } catch { /* storage may be off */ }
}

// At once on the screen; put back when the server refuses.
export async function like(clip: Clip, on = !clip.liked): Promise<void> {
  if (clip.liked === on) return;
  if (!signedIn.value) {
    likeAsked.value = clip;
    return;
  }
  mark(clip.id, on);
  const r = await (on ? api.clipLike({ id: clip.id }) : api.clipUnlike({ id: clip.id }));
  if (r.ok) return;
  mark(clip.id, !on);
  if (r.problem.slug === 'sign_in') likeAsked.value = clip;
}

// The like that was asked for before signing in is given afterwards.
export function rememberLike() {
  pendingLike = likeAsked.peek()?.id;
}

export async function afterSignIn() {
  const id = pendingLike;
  pendingLike = undefined;
  likeAsked.value = undefined;
  shownTo = account.peek()?.id;
  // What is liked is another person's now.
  const fresh = await Promise.all(clips.peek().slice(Math.max(0, at.peek() - 1), at.peek() + 3).map(c => api.clipGet({ id: c.id })));
  const byId = new Map(fresh.flatMap(r => (r.ok ? [[r.value.id, r.value] as const] : [])));
  clips.value = clips.peek().map(c => byId.get(c.id) ?? c);
  const clip = clips.peek().find(c => c.id === id);
  if (clip) await like(clip, true);
}

function mark(id: string, liked: boolean) {
  change(id, c => (c.liked === liked ? c : { ...c, liked, likes: Math.max(0, c.likes + (liked ? 1 : -1)) }));
}

// A clip's counts have changed.
export function change(id: string, f: (c: Clip) => Clip) {
  clips.value = clips.peek().map(c => (c.id === id ? f(c) : c));
}
