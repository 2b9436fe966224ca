// Short news at the bottom of the screen, said to screen readers too, with at most one thing to do.
import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { Check, CircleAlert, X } from 'lucide-preact';
import { t } from '../text';

type News = { id: number; text: string; kind: 'good' | 'bad' | 'plain'; action?: { label: string; run: () => void } };

const SHOWN_MS = 4000;
const SHOWN_WITH_ACTION_MS = 7000;
const news = signal<News | undefined>(undefined);
let next = 1;
let timer = 0;

export function toast(text: string, o: { kind?: News['kind']; action?: News['action'] } = {}) {
  clearTimeout(timer);
  news.value = { id: next++, text, kind: o.kind ?? 'plain', ...(o.action ? { action: o.action } : {}) };
  timer = setTimeout(dismiss, o.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

export function dismiss() {
  news.value = undefined;
}

function Toasts() {
  const n = news.value;
  return (
    <div role="status" aria-live="polite" class="toasts">
      {n ? (
        <div class={`toast toast-${n.kind}`} key={n.id} onPointerEnter={() => clearTimeout(timer)} onFocusIn={() => clearTimeout(timer)}
          onPointerLeave={() => { timer = setTimeout(dismiss, SHOWN_MS); }}>
          {n.kind === 'good' ? <Check size={20} aria-hidden="true" /> : n.kind === 'bad' ? <CircleAlert size={20} aria-hidden="true" /> : null}
          <span class="toast-text">{n.text}</span>
          {n.action ? <button type="button" class="toast-action" onClick={() => { const run = n.action!.run; dismiss(); run(); }}>{n.action.label}</button> : null}
          <button type="button" class="toast-x" aria-label={t('ui.close')} onClick={dismiss}><X size={18} /></button>
        </div>
      ) : null}
    </div>
  );
}

export function startToasts() {
  render(h(Toasts, {}), document.getElementById('toasts')!);
}
