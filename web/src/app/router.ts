// Where the app is: real URLs, the history, and overlays that the back button closes. Knows no screens.
import { signal } from '@preact/signals';

export type Place = { path: string; query: URLSearchParams; key: number };

let key = 0;
export const place = signal<Place>(read());

// Overlays that are open, innermost last. Each has an entry of its own in the history.
type Overlay = { close: () => void; entry: boolean };
const overlays: Overlay[] = [];
let ignorePops = 0;                           // moves of our own that are still on their way
let spare = 0;                                // entries of overlays that have just closed, not yet taken away
let waiting: (() => void) | undefined;       // a go() that came meanwhile
const RESTORE_FRAMES = 40;
const scrolls = new Map<string, number>();

function read(): Place {
  return { path: location.pathname.replace(/(.)\/+$/, '$1'), query: new URLSearchParams(location.search), key: key++ };
}

export function start() {
  history.scrollRestoration = 'manual';
  addEventListener('popstate', () => {
    if (ignorePops > 0) {
      ignorePops--;
      if (ignorePops > 0) return;
      for (const o of overlays) if (!o.entry) enter(o);
      const next = waiting;
      waiting = undefined;
      next?.();
      return;
    }
    const top = overlays.pop();
    if (top) return top.close();
    arrive();
    restore(scrolls.get(location.href) ?? 0, RESTORE_FRAMES);
  });
  addEventListener('click', follow);
}

// The screen may still be loading: tries again until it is tall enough.
function restore(y: number, frames: number) {
  requestAnimationFrame(() => {
    scrollTo(0, y);
    if (Math.abs(scrollY - y) > 2 && frames > 0) restore(y, frames - 1);
  });
}

// Goes to another screen. With an overlay open its history entry is used, so that "back" leads to what was beneath.
export function go(to: string, how: { replace?: boolean } = {}) {
  if (ignorePops > 0) {
    waiting = () => go(to, how);
    return;
  }
  scrolls.set(location.href, scrollY);
  const open = overlays.splice(0);
  for (const o of open) o.close();
  const entries = open.filter(o => o.entry).length + spare;
  spare = 0;
  if (entries > 1) {                                       // rare: drop all but one entry, then go
    ignorePops++;
    waiting = () => go(to, { replace: true });
    history.go(1 - entries);
    return;
  }
  if (how.replace || entries === 1) history.replaceState({ inside: true }, '', to);
  else history.pushState({ inside: true }, '', to);
  arrive();
  scrollTo(0, 0);
}

// Back, or to a fallback when there is nothing of ours behind.
export function back(fallback = '/') {
  if ((history.state as { inside?: boolean } | null)?.inside) history.back();
  else go(fallback, { replace: true });
}

// Opens an overlay. The returned function takes its history entry away, and closes it unless it is gone already.
export function overlay(close: () => void): (gone?: boolean) => void {
  const mine = { close, entry: false };
  overlays.push(mine);
  if (spare > 0) {                                         // one closes as another opens: it takes over the entry
    spare--;
    mine.entry = true;
  } else if (ignorePops === 0) enter(mine);                // an entry made during a move of our own would be left by it
  return (gone = false) => {
    const i = overlays.indexOf(mine);
    if (i < 0) return;
    overlays.splice(i, 1);
    if (mine.entry) {
      spare++;
      setTimeout(drop);
    }
    if (!gone) close();
  };
}

function enter(o: Overlay) {
  o.entry = true;
  history.pushState({ inside: true, overlay: true }, '', location.href);
}

function drop() {
  if (spare === 0) return;
  ignorePops++;
  history.go(-spare);
  spare = 0;
}

export const overlaysOpen = () => overlays.length > 0;

function arrive() {
  place.value = read();
}

// Ordinary links of this site become moves inside the app.
function follow(e: MouseEvent) {
  if (e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
  const a = (e.target as Element | null)?.closest?.('a');
  if (!a || a.target || a.hasAttribute('download') || a.origin !== location.origin) return;
  if (a.pathname.startsWith('/v1/') || a.pathname.startsWith('/media/')) return;
  if (a.hash && a.pathname === location.pathname) return;
  e.preventDefault();
  const to = a.pathname + a.search;
  if (to !== location.pathname + location.search || overlays.length) go(to);
}

// match('/orders/:id', '/orders/7') -> { id: '7' }
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const want = pattern.split('/');
  const have = path.split('/');
  const rest = want[want.length - 1] === '*';
  if (rest ? have.length < want.length - 1 : have.length !== want.length) return undefined;
  const found: Record<string, string> = {};
  for (let i = 0; i < want.length; i++) {
    const w = want[i]!;
    if (w === '*') break;
    const name = w.indexOf(':');
    if (name >= 0) {                                       // '@:handle': what stands before the name must be there
      const h = have[i] ?? '';
      if (!h.startsWith(w.slice(0, name))) return undefined;
      try { found[w.slice(name + 1)] = decodeURIComponent(h.slice(name)); } catch { return undefined; }
    } else if (w !== have[i]) return undefined;
  }
  return found;
}
