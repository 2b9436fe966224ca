// Time that runs out: one ticking clock for all that show one, and the words for what is left.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { timeLeft, when } from '../text/numbers';

const now = signal(Date.now());
const HOUR_MS = 3_600_000;
const SOON_MS = 10 * 60_000;
let watching = 0;
let timer = 0;

// Draws the caller anew each second while it is on the screen.
export function useNow(): number {
  useEffect(() => {
    if (watching++ === 0) {
      now.value = Date.now();
      timer = window.setInterval(() => { if (!document.hidden) now.value = Date.now(); }, 1000);
    }
    return () => { if (--watching === 0) clearInterval(timer); };
  }, []);
  return now.value;
}

// "5 h 20 min", "14:05". onEnd: once, when it has run out.
export function Left({ until, onEnd }: { until: string; onEnd?: () => void }) {
  const at = Date.parse(until);
  const left = at - useNow();
  const over = left <= 0;
  const ended = useRef(over);
  useEffect(() => {
    if (!over || ended.current) return;
    ended.current = true;
    onEnd?.();
  }, [over]);
  return <time class={`clock${left < SOON_MS ? ' clock-soon' : ''}`} dateTime={until} title={when(until)} role="timer" aria-live="off">{timeLeft(left)}</time>;
}

// Below an hour the clock runs, before that it is a moment in words.
export const soon = (until: string, at = Date.now()) => Date.parse(until) - at < HOUR_MS;
