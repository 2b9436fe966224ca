// Keyboard shortcuts of the studio, and the list of them. A screen names its own while it is open.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { sheetsOpen, Sheet } from '../ui/Sheet';
import { ts } from '../text/studio';

export type Key = { key: string; label: string; run: () => void };

const shown = signal<Key[]>([]);
export const helpOpen = signal(false);

const SECOND_MS = 1500;        // how long "g" waits for its second key

// Not while someone types, nor under a sheet, nor with the browser's own keys.
function ours(e: KeyboardEvent): boolean {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || sheetsOpen.peek() > 0) return false;
  return !(e.target as Element | null)?.closest?.('input:not([type=checkbox]),textarea,select,[contenteditable]');
}

// keys such as "p" or "g o" (one after the other).
export function useKeys(keys: Key[]) {
  const now = useRef(keys);
  now.current = keys;
  const labels = keys.map(k => k.key + k.label).join('\n');
  useEffect(() => {
    const mine = now.current;
    shown.value = [...shown.peek(), ...mine];
    return () => { shown.value = shown.peek().filter(k => !mine.includes(k)); };
  }, [labels]);
  useEffect(() => {
    let before = '', at = 0;
    const on = (e: KeyboardEvent) => {
      if (!ours(e) || e.key === 'Shift') return;
      const pair = `${Date.now() - at < SECOND_MS ? before : ''} ${e.key}`;
      before = e.key;
      at = Date.now();
      const hit = now.current.find(k => k.key === pair) ?? now.current.find(k => k.key === e.key && !pair.startsWith('g '));
      if (!hit) return;
      e.preventDefault();
      hit.run();
    };
    addEventListener('keydown', on);
    return () => removeEventListener('keydown', on);
  }, []);
}

export function KeyHelp() {
  if (!helpOpen.value) return null;
  const seen = new Set<string>();
  const list = shown.value.filter(k => !seen.has(k.key) && seen.add(k.key));
  return (
    <Sheet title={ts('keys.title')} kind="dialog" onClose={() => { helpOpen.value = false; }}>
      <dl class="key-list" tabIndex={0}>
        {list.map(k => <div key={k.key}><dt>{k.key.split(' ').map(c => <kbd key={c}>{c}</kbd>)}</dt><dd>{k.label}</dd></div>)}
      </dl>
    </Sheet>
  );
}
