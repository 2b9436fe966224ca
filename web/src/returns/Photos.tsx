// Photos of what is wrong: taken or chosen, sent at once with progress, tried again or taken away.
import { useEffect, useRef } from 'preact/hooks';
import { Camera, ImagePlus, RotateCw, X } from 'lucide-preact';
import { Refusal, type Picture as Pic } from '../app/api';
import { ACCEPT, sendPicture, type Sending } from '../studio/picture';
import { t } from '../text';
import { to } from '../text/orders';
import { Picture, Progress } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { say } from '../ui/form';
import { useUid } from '../ui/id';
import { toast } from '../ui/Toast';

export const PHOTOS_MAX = 6;
const AT_ONCE = 2;

export type Photo = { key: string; file: File; preview: string; part: number; picture?: Pic; problem?: string; again?: boolean };

let next = 1;
export const photosBusy = (photos: Photo[]) => photos.some(p => !p.picture && !p.problem);
export const photosBad = (photos: Photo[]) => photos.some(p => p.problem);

export function Photos({ photos, change, error, needed }: { photos: Photo[]; change: (to: (p: Photo[]) => Photo[]) => void; error?: string; needed: boolean }) {
  const sendings = useRef(new Map<string, Sending>());
  const id = useUid();
  useEffect(() => {
    const map = sendings.current;
    for (const p of photos) {
      if (p.picture || p.problem || map.has(p.key) || map.size >= AT_ONCE) continue;
      const put = (more: Partial<Photo>) => change(all => all.map(x => (x.key === p.key ? { ...x, ...more } : x)));
      const sending = sendPicture(p.file, part => put({ part }));
      map.set(p.key, sending);
      sending.done.then(
        picture => { map.delete(p.key); put({ picture, part: 1 }); },
        (e: unknown) => {
          map.delete(p.key);
          if (!(e instanceof Refusal)) throw e;
          put({ problem: say(e), again: e.status === 0 || e.status === 429 || e.status >= 500 });
        },
      );
    }
  }, [photos]);
  useEffect(() => () => { for (const s of sendings.current.values()) s.stop(); }, []);

  const add = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    input.value = '';
    const images = files.filter(f => f.type.startsWith('image/') || /\.(jpe?g|png|webp|avif|hei[cf]|gif)$/i.test(f.name));
    if (files.length > images.length) toast(to('photos.only_images'), { kind: 'bad' });
    const room = PHOTOS_MAX - photos.length;
    if (images.length > room) toast(to('photos.full', { max: PHOTOS_MAX }), { kind: 'bad' });
    const fresh = images.slice(0, room).map(file => ({ key: `photo${next++}`, file, preview: URL.createObjectURL(file), part: 0 }));
    if (fresh.length) change(all => [...all, ...fresh].slice(0, PHOTOS_MAX));
  };
  const remove = (p: Photo) => {
    sendings.current.get(p.key)?.stop();
    URL.revokeObjectURL(p.preview);
    change(all => all.filter(x => x.key !== p.key));
  };
  const again = (p: Photo) => change(all => all.map(x => (x.key === p.key ? { key: x.key, file: x.file, preview: x.preview, part: 0 } : x)));
  return (
    <div class="field" role="group" aria-labelledby={`${id}-l`} aria-describedby={error ? `${id}-e` : `${id}-h`}>
      <span class="photos-label" id={`${id}-l`}>{to('photos.title')}{needed ? null : <span class="field-optional"> {t('form.optional')}</span>}</span>
      <ul class="photos">
        {photos.map((p, i) => (
          <li key={p.key} class={p.problem ? 'photo photo-bad' : 'photo'}>
            {p.picture ? <Picture picture={p.picture} alt={to('photos.nth', { n: i + 1 })} /> : <span class="pic photo-preview"><img class="come" src={p.preview} alt="" /></span>}
            {p.problem ? <span class="photo-told" role="alert">{p.problem}{p.again ? <button type="button" onClick={() => again(p)}><RotateCw size={14} aria-hidden="true" /> {t('ui.retry')}</button> : null}</span>
              : p.picture ? null : <span class="photo-part"><Progress {...(p.part < 1 ? { value: p.part } : {})} label={to('photos.sending', { n: i + 1 })} /></span>}
            <IconButton class="photo-x" label={to('photos.remove', { n: i + 1 })} onClick={() => remove(p)}><X size={16} /></IconButton>
          </li>
        ))}
        {photos.length < PHOTOS_MAX ? (
          <li class="photo-add">
            <label class="photo-pick"><ImagePlus size={22} aria-hidden="true" /><span>{to('photos.choose')}</span><input type="file" multiple accept={ACCEPT} class="file-hidden" onChange={e => add(e.currentTarget)} /></label>
            <label class="photo-pick photo-camera"><Camera size={22} aria-hidden="true" /><span>{to('photos.take')}</span><input type="file" accept="image/*" capture="environment" class="file-hidden" onChange={e => add(e.currentTarget)} /></label>
          </li>
        ) : null}
      </ul>
      {error ? <p class="field-error" id={`${id}-e`} tabIndex={-1}>{error}</p> : null}
      <p class="field-hint" id={`${id}-h`}>{to(needed ? 'photos.needed' : 'photos.hint', { max: PHOTOS_MAX })}</p>
    </div>
  );
}
