// Clips as tiles, page after page. Knows no addresses of the server.
import { useState } from 'preact/hooks';
import { Heart } from 'lucide-preact';
import type { Clip, Problem } from '../app/api';
import { compact } from '../text/numbers';
import { tso } from '../text/social';
import { t } from '../text';
import { Button } from '../ui/Button';
import { refused } from './state';
import '../shops/shop.css';

export type PageOf<I> = { items: I[]; next?: string };
type Got<P> = { ok: true; value: P } | { ok: false; problem: Problem<string> };

// first: the clip that is marked as where the others' sound is from.
export function ClipGrid({ clips, first }: { clips: Clip[]; first?: string | undefined }) {
  return (
    <ul class="clip-grid">
      {clips.map(c => (
        <li key={c.id}>
          <a class="clip-tile" href={`/clip/${c.id}`}>
            <span class="hidden">{tso('grid.play', { caption: c.caption || c.shop.name })}</span>
            {c.poster ? <img src={c.poster} alt="" loading="lazy" /> : null}
            {c.id === first ? <span class="clip-tile-mark">{tso('sound.original')}</span> : null}
            {c.likes > 0 ? <span class="clip-tile-likes" aria-hidden="true"><Heart size={14} fill="currentColor" /> {compact(c.likes)}</span> : null}
          </a>
        </li>
      ))}
    </ul>
  );
}

// "Load more" below a list whose page is `page`.
export function More<I, P extends PageOf<I>>({ page, get, set }: { page: P; get: (before: string) => Promise<Got<P>>; set: (p: P) => void }) {
  const [busy, setBusy] = useState(false);
  if (!page.next) return null;
  const more = async () => {
    setBusy(true);
    const r = await get(page.next!);
    setBusy(false);
    if (r.ok) set({ ...r.value, items: [...page.items, ...r.value.items] });
    else refused(r.problem);
  };
  return <Button busy={busy} onClick={() => void more()}>{t('ui.load_more')}</Button>;
}
