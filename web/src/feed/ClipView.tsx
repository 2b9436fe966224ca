// One clip of the feed: its poster, the tap zone, the rail at the thumb's side, the words and the product chip.
import { memo } from './memo';
import { useRef, useState } from 'preact/hooks';
import { Bookmark, CircleAlert, Ellipsis, Heart, MessageCircle, Music2, Play, RotateCw, Share2, ShoppingBag, Volume2, VolumeX } from 'lucide-preact';
import type { Clip } from '../app/api';
import { Avatar, Picture, Price } from '../ui/bits';
import { Marked } from '../social/Marked';
import { commentsOf, save, share } from '../social/state';
import { t } from '../text';
import { compact } from '../text/numbers';
import { Glow } from './Glow';
import { broken, playing, portrait, stalled } from './player';
import { like, muted, soundAsked } from './state';

const DOUBLE_MS = 260;
const BURST_MS = 900;
const SEEK_STEP_S = 1;

type Props = {
  clip: Clip; index: number; current: boolean; drawn: boolean;
  line?: { bar?: HTMLElement | null; range?: HTMLInputElement | null } | undefined;
  onTap: () => void; onSeek: (seconds: number) => void; onRetry: () => void; onSound: () => void; onProducts: () => void; onMenu: () => void;
};

export const ClipView = memo(function ClipView(p: Props) {
  const { clip, index, current, drawn } = p;
  const name = clip.caption ? t('feed.clip', { shop: clip.shop.name, caption: clip.caption }) : t('feed.clip_plain', { shop: clip.shop.name });
  return (
    <article class={`clip${portrait(clip) ? '' : ' clip-fit'}`} aria-label={name} aria-posinset={index + 1} aria-setsize={-1} inert={!current} data-clip={clip.id}>
      <div class="clip-box">
        {drawn && clip.poster ? <img class="clip-poster" src={clip.poster} alt="" decoding="async" draggable={false} onError={e => { e.currentTarget.hidden = true; }} /> : null}
        {drawn && clip.poster && !portrait(clip) ? <Glow class="clip-blur" src={clip.poster} /> : null}
      </div>
      {current && clip.poster ? <Glow class="ambient" src={clip.poster} /> : null}
      {drawn ? <div class="clip-over"><Controls {...p} /></div> : null}
    </article>
  );
}, (a, b) => a.clip === b.clip && a.current === b.current && a.drawn === b.drawn && a.index === b.index);

function Controls({ clip, current, line, onTap, onSeek, onRetry, onSound, onProducts, onMenu }: Props) {
  const burst = useRef<HTMLDivElement>(null);
  const tap = useTaps(onTap, (x, y) => {
    hearts(burst.current!, x, y);
    if (!clip.liked) void like(clip, true);
  });
  const on = current && playing.value;
  const failed = current && broken.value;
  return (
    <>
      <div class="clip-main">
        <button type="button" class="clip-tap" aria-label={on ? t('feed.pause') : t('feed.play')} onClick={tap}
          onContextMenu={e => { e.preventDefault(); onMenu(); }}>
          {current && !on && !stalled.value && !failed ? <span class="clip-paused" aria-hidden="true"><Play size={40} fill="currentColor" /></span> : null}
        </button>
        <div class="bursts" ref={burst} aria-hidden="true" />
        {failed ? (
          <div class="clip-failed" role="alert">
            <CircleAlert size={28} aria-hidden="true" />
            <strong>{t('feed.broken')}</strong>
            <span>{t('feed.broken_hint')}</span>
            <button type="button" class="btn btn-light" onClick={onRetry}><RotateCw size={18} aria-hidden="true" /> {t('ui.retry')}</button>
          </div>
        ) : null}
        {current && muted.value && !soundAsked.value && clip.sound ? (
          <button type="button" class="sound-pill" onClick={onSound}><VolumeX size={18} aria-hidden="true" /> {t('feed.tap_sound')}</button>
        ) : null}
        <div class="clip-words">
          <span class="clip-by">
            <a class="clip-shop" href={`/shop/${clip.shop.handle}`}><bdi>@{clip.shop.handle}</bdi></a>
            {clip.author.handle ? <a class="clip-author" href={`/@${clip.author.handle}`}><bdi>{clip.author.name || `@${clip.author.handle}`}</bdi></a> : null}
          </span>
          <Caption text={clip.caption} />
          {clip.sound ? <a class="clip-sound" href={`/sound/${clip.audio}`}><Music2 size={14} aria-hidden="true" /> <span class="clip-sound-name">{soundName(clip)}</span><span class="hidden">{t('feed.sound_page')}</span></a> : null}
          <Chip clip={clip} onOpen={onProducts} />
        </div>
        <div class="clip-line" ref={el => { if (line) line.bar = el; }}>
          <span class={`clip-line-done${current && stalled.value ? ' clip-line-wait' : ''}`} />
          {current ? (
            <input type="range" class="clip-range" min={0} max={Math.max(1, clip.duration_ms / 1000)} step={0.1} aria-label={t('feed.position')}
              ref={el => { if (line) line.range = el; }} onInput={e => onSeek(Number(e.currentTarget.value))}
              onKeyDown={e => step(e, onSeek)} />
          ) : null}
        </div>
        {current && stalled.value ? <span class="hidden" role="status">{t('feed.buffering')}</span> : null}
      </div>
      <Rail clip={clip} onSound={onSound} onMenu={onMenu} />
    </>
  );
}

// Whose it is; of one that is gone only that it is another one's.
function soundName(c: Clip): string {
  if (c.audio === c.id) return t('feed.sound_own_of', { name: c.shop.name });
  return c.sound_shop ? t('feed.sound_of', { name: c.sound_shop.name }) : t('feed.sound_other');
}

// Up and down belong to the pager, also here; left and right move in the clip.
function step(e: KeyboardEvent, seek: (s: number) => void) {
  const r = e.currentTarget as HTMLInputElement;
  const by = e.key === 'ArrowRight' ? SEEK_STEP_S : e.key === 'ArrowLeft' ? -SEEK_STEP_S : 0;
  if (e.key === 'ArrowUp' || e.key === 'ArrowDown' || e.key === 'PageUp' || e.key === 'PageDown') return;   // the pager's handler prevents the default
  if (!by) return;
  e.preventDefault();
  const turn = document.documentElement.dir === 'rtl' ? -by : by;
  const to = Math.min(Number(r.max), Math.max(0, Number(r.value) + turn));
  r.value = String(to);
  seek(to);
}

function Rail({ clip, onSound, onMenu }: { clip: Clip; onSound: () => void; onMenu: () => void }) {
  const off = muted.value || !clip.sound;
  const liked = clip.liked;
  return (
    <div class="rail">
      <a class="rail-shop" href={`/shop/${clip.shop.handle}`} aria-label={t('feed.shop', { name: clip.shop.name })}><Avatar name={clip.shop.name} url={clip.shop.picture} size={46} /></a>
      <button type="button" class={`rail-btn${liked ? ' rail-liked' : ''}`} aria-pressed={liked}
        aria-label={liked ? t('feed.unlike', { n: clip.likes }) : t('feed.like', { n: clip.likes })} onClick={() => void like(clip)}>
        <Heart size={30} fill={liked ? 'currentColor' : 'none'} aria-hidden="true" /><span class="num" aria-hidden="true">{clip.likes > 0 ? compact(clip.likes) : ''}</span>
      </button>
      <button type="button" class="rail-btn" aria-haspopup="dialog" aria-label={t('feed.comments', { n: clip.comments })} onClick={() => { commentsOf.value = clip; }}>
        <MessageCircle size={29} aria-hidden="true" /><span class="num" aria-hidden="true">{clip.comments > 0 ? compact(clip.comments) : ''}</span>
      </button>
      <button type="button" class={`rail-btn${clip.saved ? ' rail-saved' : ''}`} aria-pressed={clip.saved} aria-label={t(clip.saved ? 'feed.unsave' : 'feed.save', { n: clip.saves })} onClick={() => void save(clip)}>
        <Bookmark size={28} fill={clip.saved ? 'currentColor' : 'none'} aria-hidden="true" /><span class="num" aria-hidden="true">{clip.saves > 0 ? compact(clip.saves) : ''}</span>
      </button>
      <button type="button" class="rail-btn" aria-label={t('feed.share_n', { n: clip.shares })} onClick={() => void share(clip)}>
        <Share2 size={28} aria-hidden="true" /><span class="num" aria-hidden="true">{clip.shares > 0 ? compact(clip.shares) : ''}</span>
      </button>
      <button type="button" class="rail-btn" aria-label={off ? t('feed.sound_on') : t('feed.sound_off')} onClick={onSound}>
        {off ? <VolumeX size={28} aria-hidden="true" /> : <Volume2 size={28} aria-hidden="true" />}
      </button>
      <button type="button" class="rail-btn" aria-haspopup="dialog" aria-label={t('feed.menu')} onClick={onMenu}><Ellipsis size={28} aria-hidden="true" /></button>
    </div>
  );
}

const LONG = 90;                             // characters that two lines surely cannot hold

function Caption({ text }: { text: string }) {
  const [full, setFull] = useState(false);
  if (!text) return null;
  const long = text.length > LONG || text.includes('\n');
  if (!long) return <p class="caption"><Marked text={text} /></p>;
  return (
    <p class={`caption${full ? ' caption-full' : ''}`}>
      <span class={full ? '' : 'clamp2'}><Marked text={text} /></span>
      <button type="button" class="caption-more" aria-expanded={full} onClick={() => setFull(!full)}>{full ? t('feed.less') : t('feed.more')}</button>
    </p>
  );
}

function Chip({ clip, onOpen }: { clip: Clip; onOpen: () => void }) {
  const [first] = clip.products;
  if (!first) return null;
  const many = clip.products.length > 1;
  const least = clip.products.reduce((a, b) => (b.price_from.minor < a.price_from.minor ? b : a), first);
  return (
    <button type="button" class="chip" onClick={onOpen} aria-haspopup="dialog">
      <Picture picture={first.picture} alt="" size={320} eager class="chip-pic" />
      <span class="chip-text">
        <span class="chip-title">{many ? t('feed.products', { n: clip.products.length }) : first.title}</span>
        {first.available ? <Price money={least.price_from} from={many || first.price_to.minor > first.price_from.minor} size="small" /> : <span class="chip-gone">{t('product.sold_out')}</span>}
      </span>
      <span class="chip-bag" aria-hidden="true"><ShoppingBag size={20} /></span>
    </button>
  );
}

// One tap pauses, two like. A key press or a screen reader's click counts as one tap and need not wait for a second.
function useTaps(single: () => void, double: (x: number, y: number) => void) {
  const state = useRef({ timer: 0, last: 0 });
  return (e: MouseEvent) => {
    const s = state.current;
    if (e.detail === 0) return single();
    const now = e.timeStamp;
    const rect = (e.currentTarget as HTMLElement).getBoundingClientRect();
    clearTimeout(s.timer);
    if (now - s.last < DOUBLE_MS) {
      s.last = now;
      double(e.clientX - rect.left, e.clientY - rect.top);
      return;
    }
    s.last = now;
    s.timer = window.setTimeout(() => { if (s.last === now) single(); }, DOUBLE_MS);
  };
}

function hearts(into: HTMLElement, x: number, y: number) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const count = still ? 1 : 6;
  for (let i = 0; i < count; i++) {
    const heart = document.createElement('span');
    heart.className = i === 0 ? 'burst burst-main' : 'burst';
    heart.style.left = `${x}px`;
    heart.style.top = `${y}px`;
    const turn = (i * 137.5 * Math.PI) / 180;
    heart.style.setProperty('--dx', `${Math.cos(turn) * (46 + i * 9)}px`);
    heart.style.setProperty('--dy', `${Math.sin(turn) * (46 + i * 9) - 30}px`);
    heart.style.setProperty('--tilt', `${((i * 53) % 40) - 20}deg`);
    into.append(heart);
    setTimeout(() => heart.remove(), BURST_MS);
  }
}
