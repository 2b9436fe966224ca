// Gives a link of ours to others: by the system's own sheet, or to the clipboard.
import { t } from '../text';
import { toast } from './Toast';

export async function shareLink(o: { title: string; text?: string; path: string }) {
  const url = location.origin + o.path;
  if (navigator.share) {
    try {
      await navigator.share({ title: o.title, url, ...(o.text ? { text: o.text } : {}) });
      return;
    } catch (e) {
      if ((e as Error).name === 'AbortError') return;
    }
  }
  await copyText(url);
  toast(t('feed.link_copied'), { kind: 'good' });
}

// The clipboard is there only on https and loopback; elsewhere the old way.
export async function copyText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
    return;
  } catch { /* the old way, then */ }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
