// What opens over a screen: from below on a phone (drag to close), centred or at the side on a desktop.
// Holds the focus, closes with Esc and with the back button.
import { createPortal } from './portal';
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { X } from 'lucide-preact';
import { overlay } from '../app/router';
import { t } from '../text';
import { IconButton } from './Button';
import { useUid } from './id';

// How many modal sheets are open: what lies beneath does not react meanwhile.
const modals: HTMLElement[] = [];
export const sheetsOpen = signal(0);

function settle() {
  const app = document.getElementById('app');
  if (app) app.inert = modals.length > 0;
  modals.forEach((m, i) => { m.inert = i < modals.length - 1; });
  sheetsOpen.value = modals.length;
  document.documentElement.classList.toggle('held', modals.length > 0);
}

export type SheetProps = {
  title: string;
  onClose: () => void;                       // must take the sheet off the screen
  hideTitle?: boolean;                       // said, not shown
  kind?: 'sheet' | 'dialog' | 'side';        // 'side': at the side of a desktop, beside what goes on (not modal there)
  foot?: ComponentChildren;                  // stays at the bottom
  children: ComponentChildren;
  class?: string;
};

const WIDE = '(min-width: 900px)';
const LEAVE_MS = 150;                       // as long as the animation in ui.css
const CLOSE_AFTER_PX = 120;
const CLOSE_AT_PX_MS = 0.6;

export function Sheet({ title, onClose, hideTitle, kind = 'sheet', foot, children, class: extra }: SheetProps) {
  const id = useUid();
  const root = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = useRef(() => {});
  const gone = useRef(onClose);
  gone.current = onClose;
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  const modal = !(kind === 'side' && wide);

  useEffect(() => {
    const m = matchMedia(WIDE);
    const on = () => setWide(m.matches);
    m.addEventListener('change', on);
    return () => m.removeEventListener('change', on);
  }, []);

  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const shut = overlay(() => leave(root.current, () => gone.current()));
    close.current = shut;
    panel.current?.focus({ preventScroll: true });
    return () => {
      shut(true);
      if (before?.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  useLayoutEffect(() => {
    if (!modal) return;
    const el = root.current!;
    modals.push(el);
    settle();
    return () => {
      modals.splice(modals.indexOf(el), 1);
      settle();
    };
  }, [modal]);

  useEffect(() => {
    const on = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || e.defaultPrevented || root.current?.inert) return;
      e.preventDefault();
      close.current();
    };
    addEventListener('keydown', on);
    return () => removeEventListener('keydown', on);
  }, []);

  useDrag(panel, body, () => close.current(), kind === 'side' ? !wide : kind === 'sheet');

  return createPortal(
    <div class={`sheet-root sheet-${kind}${modal ? '' : ' sheet-beside'} ${extra ?? ''}`} ref={root}>
      {modal ? <div class="sheet-back" onClick={() => close.current()} /> : null}
      <div class="sheet" ref={panel} role="dialog" aria-modal={modal || undefined} aria-labelledby={id} tabIndex={-1}>
        <div class="sheet-head">
          <span class="sheet-grip" aria-hidden="true" />
          <h2 id={id} class={hideTitle ? 'hidden' : 'sheet-title'}>{title}</h2>
          <IconButton label={t('ui.close')} class="sheet-x" onClick={() => close.current()}><X size={22} /></IconButton>
        </div>
        <div class="sheet-body" ref={body}>{children}</div>
        {foot ? <div class="sheet-foot">{foot}</div> : null}
      </div>
    </div>,
  );
}

// The way out, then onClose.
function leave(root: HTMLElement | null, done: () => void) {
  if (!root?.isConnected || matchMedia('(prefers-reduced-motion: reduce)').matches) return done();
  root.classList.add('sheet-leaving');
  setTimeout(done, LEAVE_MS);
}

// Pulls the sheet down with a finger: from its head always, from its body when that is scrolled to the top.
function useDrag(panel: { current: HTMLElement | null }, body: { current: HTMLElement | null }, close: () => void, on: boolean) {
  useEffect(() => {
    const el = panel.current;
    if (!el || !on) return;
    let start = 0, at = 0, from = 0, taken = false, last = 0, speed = 0, id = -1;
    const down = (e: TouchEvent) => {
      if (e.touches.length !== 1) return;
      const touch = e.touches[0]!;
      const inBody = body.current?.contains(e.target as Node);
      if (inBody && (body.current!.scrollTop > 0 || (e.target as Element).closest('[data-swipe]'))) { id = -1; return; }
      id = touch.identifier;
      start = touch.clientY; from = touch.clientX; at = 0; taken = false; last = e.timeStamp; speed = 0;
    };
    const move = (e: TouchEvent) => {
      if (id === -1) return;
      const touch = e.touches[0]!;
      const by = touch.clientY - start;
      if (!taken) {
        if (by < -4 || Math.abs(touch.clientX - from) > Math.abs(by) + 4) { id = -1; return; }
        if (by < 6) return;
        taken = true;
        el.style.transition = 'none';
      }
      e.preventDefault();
      speed = (Math.max(0, by) - at) / Math.max(1, e.timeStamp - last);
      last = e.timeStamp;
      at = Math.max(0, by);
      el.style.transform = `translateY(${at}px)`;
    };
    const up = () => {
      if (!taken) return;
      taken = false; id = -1;
      el.style.transition = 'transform var(--mid) var(--out)';
      if (at > CLOSE_AFTER_PX || speed > CLOSE_AT_PX_MS) {
        el.style.transform = 'translateY(100%)';
        close();
      } else el.style.transform = '';
    };
    el.addEventListener('touchstart', down, { passive: true });
    el.addEventListener('touchmove', move, { passive: false });
    el.addEventListener('touchend', up);
    el.addEventListener('touchcancel', up);
    return () => {
      el.removeEventListener('touchstart', down);
      el.removeEventListener('touchmove', move);
      el.removeEventListener('touchend', up);
      el.removeEventListener('touchcancel', up);
    };
  }, [on]);
}
