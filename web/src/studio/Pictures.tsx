// A product's pictures: several at once, from the camera or dropped, each with its progress; their order by hand or by buttons.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ArrowLeft, ArrowRight, Camera, ImagePlus, RotateCw, Trash2 } from 'lucide-preact';
import { Refusal, type Picture as Pic } from '../app/api';
import { t } from '../text';
import { ts } from '../text/studio';
import { Picture, Progress } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { toast } from '../ui/Toast';
import { words } from './bits';
import { ACCEPT, sendPicture, type Sending } from './picture';

export const PICTURES_MAX = 9;
const AT_ONCE = 2;

// One place in the row: a picture that is there, or one on its way.
export type Shot = { key: string; picture?: Pic; file?: File; preview?: string; part: number; problem?: string; again?: boolean };

let next = 1;

export const shotsOf = (pictures: Pic[]): Shot[] => pictures.map(p => ({ key: p.id, picture: p, part: 1 }));
export const onTheWay = (shots: Shot[]) => shots.some(s => !s.picture && !s.problem);

export function Pictures({ shots, change, error, readOnly }: { shots: Shot[]; change: (to: (s: Shot[]) => Shot[]) => void; error?: string; readOnly?: boolean }) {
  const sendings = useRef(new Map<string, Sending>());
  const box = useRef<HTMLUListElement>(null);
  const [over, setOver] = useState(false);
  const [dragged, setDragged] = useState('');

  // Begins what waits, two at a time.
  useEffect(() => {
    const map = sendings.current;
    for (const s of shots) {
      if (!s.file || s.picture || s.problem || map.has(s.key) || map.size >= AT_ONCE) continue;
      const put = (more: Partial<Shot>) => change(all => all.map(x => (x.key === s.key ? { ...x, ...more } : x)));
      const sending = sendPicture(s.file, part => put({ part }));
      map.set(s.key, sending);
      sending.done.then(
        picture => { map.delete(s.key); put({ picture, part: 1 }); },
        (e: unknown) => {
          map.delete(s.key);
          if (!(e instanceof Refusal)) throw e;
          put({ problem: words(e), again: e.status === 0 || e.status === 429 || e.status >= 500 });
        },
      );
    }
  }, [shots]);
  useEffect(() => () => { for (const s of sendings.current.values()) s.stop(); }, []);

  const add = (files: FileList | null | undefined) => {
    const images = [...(files ?? [])].filter(f => f.type.startsWith('image/') || /\.(jpe?g|png|webp|avif|hei[cf]|gif)$/i.test(f.name));
    if ((files?.length ?? 0) > images.length) toast(ts('pictures.only_images'), { kind: 'bad' });
    const room = PICTURES_MAX - shots.length;
    if (images.length > room) toast(ts('pictures.full', { max: PICTURES_MAX }), { kind: 'bad' });
    const fresh = images.slice(0, room).map(file => ({ key: `new${next++}`, file, preview: URL.createObjectURL(file), part: 0 }));
    if (fresh.length) change(all => [...all, ...fresh].slice(0, PICTURES_MAX));
  };
  const remove = (s: Shot) => {
    sendings.current.get(s.key)?.stop();
    change(all => all.filter(x => x.key !== s.key));
  };
  const move = (key: string, to: number) => change(all => {
    const from = all.findIndex(x => x.key === key);
    if (from < 0 || to < 0 || to >= all.length || to === from) return all;
    const out = [...all];
    out.splice(to, 0, ...out.splice(from, 1));
    return out;
  });
  const moved = (s: Shot, i: number, by: number) => {
    move(s.key, i + by);
    setTimeout(() => box.current?.querySelectorAll<HTMLElement>('.shot')[i + by]?.querySelector<HTMLElement>(by < 0 ? '.shot-back' : '.shot-on')?.focus());
  };

  // Dragging with mouse or finger: the picture goes where the pointer is.
  const drag = (e: PointerEvent, s: Shot) => {
    if (e.button !== 0 || (e.target as Element).closest('button')) return;
    const el = e.currentTarget as HTMLElement;
    const x = e.clientX, y = e.clientY;
    let on = e.pointerType === 'mouse';
    const hold = on ? 0 : window.setTimeout(() => { on = true; setDragged(s.key); el.setPointerCapture(e.pointerId); navigator.vibrate?.(10); }, 280);
    const go = (m: PointerEvent) => {
      if (!on) {
        if (Math.hypot(m.clientX - x, m.clientY - y) > 8) end();      // a scroll, not a drag
        return;
      }
      if (Math.hypot(m.clientX - x, m.clientY - y) > 6) setDragged(s.key);
      const places = [...box.current!.querySelectorAll<HTMLElement>('.shot')];
      const to = places.findIndex(p => { const r = p.getBoundingClientRect(); return m.clientX >= r.left && m.clientX < r.right && m.clientY >= r.top && m.clientY < r.bottom; });
      if (to >= 0 && places[to] !== el) move(s.key, to);
    };
    const still = (m: TouchEvent) => { if (on) m.preventDefault(); };
    const end = () => {
      clearTimeout(hold);
      setDragged('');
      removeEventListener('pointermove', go);
      removeEventListener('pointerup', end);
      removeEventListener('pointercancel', end);
      el.removeEventListener('touchmove', still);
    };
    addEventListener('pointermove', go);
    addEventListener('pointerup', end);
    addEventListener('pointercancel', end);
    el.addEventListener('touchmove', still, { passive: false });
  };

  const room = PICTURES_MAX - shots.length;
  return (
    <div class={`shots${over ? ' shots-over' : ''}`}
      onDragOver={e => { if (e.dataTransfer?.types.includes('Files')) { e.preventDefault(); setOver(true); } }}
      onDragLeave={e => { if (!(e.currentTarget as Element).contains(e.relatedTarget as Node)) setOver(false); }}
      onDrop={e => { e.preventDefault(); setOver(false); add(e.dataTransfer?.files); }}>
      <ul class="shot-list" ref={box} aria-label={ts('pictures.title')}>
        {shots.map((s, i) => (
          <li key={s.key} class={`shot${dragged === s.key ? ' shot-dragged' : ''}${s.problem ? ' shot-bad' : ''}`} onPointerDown={readOnly ? undefined : e => drag(e, s)}>
            {s.picture ? <Picture picture={s.picture} alt={ts('pictures.nth', { n: i + 1 })} /> : <span class="pic shot-preview">{s.preview ? <img class="come" src={s.preview} alt="" draggable={false} /> : null}</span>}
            {i === 0 ? <span class="shot-cover">{ts('pictures.cover')}</span> : null}
            {s.problem ? (
              <span class="shot-told" role="alert">{s.problem}
                {s.again ? <button type="button" class="shot-again" onClick={() => change(all => all.map(x => (x.key === s.key ? { key: x.key, file: x.file, preview: x.preview, part: 0 } : x)))}><RotateCw size={16} aria-hidden="true" /> {t('ui.retry')}</button> : null}</span>
            ) : s.picture ? null : <span class="shot-part"><Progress value={s.part < 1 ? s.part : undefined} label={ts('pictures.sending', { n: i + 1 })} /></span>}
            {readOnly ? null : <span class="shot-acts">
              <IconButton class="shot-back" label={ts('pictures.earlier', { n: i + 1 })} disabled={i === 0} onClick={() => moved(s, i, -1)}><ArrowLeft class="flip" size={18} /></IconButton>
              <IconButton label={ts('pictures.remove', { n: i + 1 })} onClick={() => remove(s)}><Trash2 size={18} /></IconButton>
              <IconButton class="shot-on" label={ts('pictures.later', { n: i + 1 })} disabled={i === shots.length - 1} onClick={() => moved(s, i, 1)}><ArrowRight class="flip" size={18} /></IconButton>
            </span>}
          </li>
        ))}
        {room > 0 && !readOnly ? (
          <li class={`shot-new${shots.length ? '' : ' shot-first'}`}>
            <label class="shot-pick"><ImagePlus size={24} aria-hidden="true" /><span>{shots.length ? ts('pictures.more') : ts('pictures.add')}</span>
              <input type="file" multiple accept={ACCEPT} class="file-hidden" onChange={e => { add(e.currentTarget.files); e.currentTarget.value = ''; }} /></label>
            <label class="shot-pick shot-camera"><Camera size={24} aria-hidden="true" /><span>{ts('pictures.camera')}</span>
              <input type="file" accept="image/*" capture="environment" class="file-hidden" onChange={e => { add(e.currentTarget.files); e.currentTarget.value = ''; }} /></label>
          </li>
        ) : null}
      </ul>
      {readOnly ? null : <p class="field-hint">{ts('pictures.hint', { max: PICTURES_MAX })}</p>}
      {error ? <p class="field-error" tabIndex={-1}>{error}</p> : null}
    </div>
  );
}
