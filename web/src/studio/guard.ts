// Keeps what is not saved: asks before a link, the back button or the browser leaves it behind.
import { useEffect, useRef } from 'preact/hooks';
import { go, overlay } from '../app/router';
import { ts } from '../text/studio';
import { confirm } from '../ui/Confirm';

const AFTER_MS = 120;          // until the dialog's own history entry has gone

// Returns a function that lets go, for a form that has just been saved and goes elsewhere.
export function useGuard(dirty: boolean): () => void {
  const release = useRef(() => {});
  useEffect(() => {
    if (!dirty) return;
    let on = true;
    let shut = () => {};
    const ask = () => confirm({ title: ts('guard.title'), body: ts('guard.body'), action: ts('guard.leave'), danger: true });

    // While something is unsaved, an entry of its own in the history takes the first "back".
    const watch = () => {
      let taken = false;
      const drop = overlay(() => {
        if (!taken && on) setTimeout(() => void backed());
      });
      shut = () => { taken = true; drop(); };
    };
    const backed = async () => {
      if (!on) return;                                   // go() has led elsewhere already
      if (!await ask()) return on ? watch() : undefined;
      off();
      setTimeout(() => history.back(), AFTER_MS);
    };
    const click = (e: MouseEvent) => {
      const a = (e.target as Element | null)?.closest?.('a');
      if (!a || a.target || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || a.origin !== location.origin) return;
      if (a.hasAttribute('download') || (a.pathname === location.pathname && a.hash)) return;
      e.preventDefault();
      e.stopPropagation();
      void ask().then(yes => {
        if (!yes) return;
        off();
        go(a.pathname + a.search);
      });
    };
    const unload = (e: BeforeUnloadEvent) => e.preventDefault();
    const off = () => {
      if (!on) return;
      on = false;
      shut();
      document.removeEventListener('click', click, true);
      removeEventListener('beforeunload', unload);
    };
    watch();
    document.addEventListener('click', click, true);
    addEventListener('beforeunload', unload);
    release.current = off;
    return off;
  }, [dirty]);
  return () => release.current();
}
