// Three video elements that take turns: one plays, the next one and the last one wait with their first frame decoded.
// Knows playlists and video elements, not the screen around them.
import { signal } from '@preact/signals';
import type Hls from 'hls.js';
import type { Clip } from '../app/api';

const SLOTS = 3;
const STALL_SHOWN_MS = 350;                  // a shorter wait is not worth a sign
const PRELOAD_SECONDS = 3;
const TYPE = 'application/vnd.apple.mpegurl';

type Slot = { video: HTMLVideoElement; index: number; clip?: Clip; hls?: Hls; failed: boolean };

export const playing = signal(false);
export const stalled = signal(false);
export const broken = signal(false);

export type Player = ReturnType<typeof makePlayer>;

// layer: where the elements live, as tall as one clip times their number. Elements are moved by their position, never
// re-parented, so a browser that has allowed one to sound goes on allowing it.
export function makePlayer(layer: HTMLElement, o: { onTime: (seconds: number, of: number) => void; onBlockedSound: () => void }) {
  const slots: Slot[] = Array.from({ length: SLOTS }, () => makeSlot(layer));
  let current = -1;
  let wanted = true;                         // the person wants it to play
  let held = document.hidden;                // nobody sees it
  let muted = true;
  let stall = 0;
  let frame = 0;
  let changeFrom: number | undefined;
  let get: (index: number) => Clip | undefined = () => undefined;

  for (const slot of slots) {
    const v = slot.video;
    const mine = () => slot.index === current;
    v.addEventListener('loadeddata', () => v.classList.add('ready'));
    v.addEventListener('playing', () => { if (mine()) { playing.value = true; settle(); } });
    v.addEventListener('pause', () => { if (mine() && !v.ended) playing.value = false; });
    v.addEventListener('waiting', () => { if (mine()) wait(); });
    v.addEventListener('timeupdate', () => { if (mine() && v.readyState > 2) settle(); });
    v.addEventListener('error', () => { if (v.hasAttribute('src')) fail(slot); });
  }

  const settle = () => { clearTimeout(stall); stall = 0; stalled.value = false; };
  const wait = () => { stall ||= window.setTimeout(() => { stalled.value = true; }, STALL_SHOWN_MS); };
  const now = () => slots.find(s => s.index === current);

  function fail(slot: Slot) {
    slot.failed = true;
    if (slot.index === current) { settle(); broken.value = true; }
  }

  async function load(slot: Slot, index: number, clip: Clip) {
    unload(slot);
    slot.index = index;
    slot.clip = clip;
    const v = slot.video;
    v.style.setProperty('--at', String(index));
    v.classList.toggle('fit', !portrait(clip));
    v.muted = true;
    if (native(v)) {
      v.src = clip.playlist!;
      v.load();
      return;
    }
    const { default: Player } = await import('./hls');
    if (slot.index !== index || slot.clip !== clip) return;
    if (!Player.isSupported()) return fail(slot);
    const hls = new Player({
      enableWorker: false, maxBufferLength: index === current ? 12 : PRELOAD_SECONDS, backBufferLength: 10,
      capLevelToPlayerSize: true, startLevel: -1, abrEwmaDefaultEstimate: 2_000_000,
    });
    slot.hls = hls;
    let mended = false;
    hls.on(Player.Events.ERROR, (_, data) => {
      if (!data.fatal) return;
      if (data.type === Player.ErrorTypes.MEDIA_ERROR && !mended) {
        mended = true;
        hls.recoverMediaError();
      } else fail(slot);
    });
    hls.loadSource(clip.playlist!);
    hls.attachMedia(v);
  }

  function unload(slot: Slot) {
    slot.hls?.destroy();
    slot.failed = false;
    delete slot.hls;
    delete slot.clip;
    slot.index = -1;
    const v = slot.video;
    v.classList.remove('ready');
    v.pause();
    if (v.hasAttribute('src')) {
      v.removeAttribute('src');
      v.load();
    }
  }

  // A slot for this index: the one that has it, or the one farthest from what is on now.
  function take(index: number): Slot | undefined {
    const clip = get(index);
    if (!clip?.playlist) return undefined;
    const have = slots.find(s => s.index === index && s.clip?.id === clip.id);
    if (have) return have;
    const free = slots.filter(s => s.index !== current || index === current)
      .sort((a, b) => far(b, index) - far(a, index))[0]!;
    void load(free, index, clip);
    return free;
  }
  const far = (s: Slot, index: number) => (s.index < 0 ? Infinity : Math.max(Math.abs(s.index - current), Math.abs(s.index - index)));

  function start(slot: Slot) {
    if (held || !wanted) return;
    const v = slot.video;
    v.muted = muted || !slot.clip?.sound;
    if (slot.hls) slot.hls.config.maxBufferLength = 12;
    if (v.readyState < 3) wait();
    v.play().catch((e: DOMException) => {
      if (slot.index !== current || e.name !== 'NotAllowedError') return;
      if (!v.muted) {                        // sound is not allowed before the first touch: go on without it
        muted = true;
        o.onBlockedSound();
        start(slot);
      } else playing.value = false;
    });
  }

  // Says when the first frame of the new clip was on the screen, for tests and for measuring.
  function measure(slot: Slot) {
    const from = changeFrom;
    changeFrom = undefined;
    if (from === undefined) return;
    const done = () => {
      if (slot.index === current) performance.measure('clip-change', { start: from, end: performance.now(), detail: { index: slot.index } });
    };
    if ('requestVideoFrameCallback' in slot.video) slot.video.requestVideoFrameCallback(done);
    else (slot.video as HTMLVideoElement).addEventListener('timeupdate', done, { once: true });
  }

  function tick() {
    frame = requestAnimationFrame(tick);
    const v = now()?.video;
    if (v && v.duration > 0) o.onTime(v.currentTime, v.duration);
  }
  tick();

  return {
    clips(from: (index: number) => Clip | undefined) { get = from; },

    // Makes this clip the one that plays, and gets its neighbours ready.
    show(index: number) {
      const was = now();
      const changed = index !== current;
      if (changed) {
        if (current >= 0) {
          changeFrom = performance.now();
          performance.mark('clip-change-start', { startTime: changeFrom });
        }
        current = index;
        wanted = true;
        settle();
        broken.value = false;
        if (was) was.video.pause();
      }
      const slot = take(index);
      if (slot) {
        if (slot.failed) broken.value = true;
        if (changed) measure(slot);
        if (changed || slot.video.paused) start(slot);
      } else playing.value = false;
      // The one that was left begins anew when one comes back; after the new one's first frame, so as not to delay it.
      if (changed && was && was !== slot) setTimeout(() => { if (was.index !== current && was.video.readyState > 0) was.video.currentTime = 0; }, 250);
      take(index + 1);
      if (index > 0) take(index - 1);
    },

    toggle() {
      const slot = now();
      if (!slot) return;
      wanted = slot.video.paused;
      if (wanted) start(slot);
      else slot.video.pause();
    },

    sound(off: boolean) {
      muted = off;
      const slot = now();
      if (slot) slot.video.muted = off || !slot.clip?.sound;
    },

    seek(seconds: number) {
      const v = now()?.video;
      if (v) v.currentTime = seconds;
    },

    // Nobody sees it (another tab, another screen): silent and still, and it goes on afterwards.
    hold(on: boolean) {
      held = on;
      const slot = now();
      if (!slot) return;
      if (on) slot.video.pause();
      else if (wanted) start(slot);
    },

    retry() {
      const slot = now();
      broken.value = false;
      const clip = slot?.clip ?? get(current);
      if (!clip) return;
      const into = slot ?? slots[0]!;
      const index = current;
      void load(into, index, clip).then(() => start(into));
    },

    // Nothing is on: what was would lie over what is said instead.
    clear() {
      for (const s of slots) unload(s);
      current = -1;
      settle();
      playing.value = false;
      broken.value = false;
    },

    destroy() {
      cancelAnimationFrame(frame);
      settle();
      for (const s of slots) { unload(s); s.video.remove(); }
      playing.value = false;
      broken.value = false;
    },
  };
}

function makeSlot(layer: HTMLElement): Slot {
  const video = document.createElement('video');
  video.playsInline = true;
  video.loop = true;
  video.preload = 'auto';
  video.muted = true;
  video.tabIndex = -1;
  video.disablePictureInPicture = true;
  video.setAttribute('aria-hidden', 'true');
  video.className = 'clip-video';
  layer.append(video);
  return { video, index: -1, failed: false };
}

export function portrait(clip: Clip): boolean {
  return clip.width === 0 || clip.height / clip.width > 1.5;
}

// Whether the browser plays HLS by itself. ?player=hls asks for the other way, to try it.
function native(v: HTMLVideoElement): boolean {
  if (new URLSearchParams(location.search).get('player') === 'hls') return false;
  return v.canPlayType(TYPE) !== '';
}
