// Registers the service worker and offers a reload when a new version has been fetched.
import { t } from '../text';
import { toast } from '../ui/Toast';

const CHECK_MS = 60 * 60 * 1000;

export function startWorker() {
  const workers = navigator.serviceWorker;
  if (!workers || import.meta.env.DEV) return;
  let asked = false;
  // Only a page that asked for the new version reloads; others keep the files they began with.
  workers.addEventListener('controllerchange', () => { if (asked) location.reload(); });
  addEventListener('load', () => void register());
  if (document.readyState === 'complete') void register();

  async function register() {
    let r: ServiceWorkerRegistration | undefined;
    try { r = await workers.register('/sw.js'); } catch { return; }   // private windows may refuse
    if (!r) return;                                                   // whoever blocks workers may answer with nothing
    const offer = () => {
      const next = r.waiting;
      if (!next || !workers.controller) return;
      toast(t('update.text'), { action: { label: t('update.action'), run: () => { asked = true; next.postMessage('take over'); } } });
    };
    offer();
    r.addEventListener('updatefound', () => {
      const coming = r.installing;
      coming?.addEventListener('statechange', () => { if (coming.state === 'installed') offer(); });
    });
    setInterval(() => void r.update().catch(() => {}), CHECK_MS);
  }
}
