// A new clip: choose or record a video, watch it go up, say what it is, publish. May be left at any time.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Film, Music2, Pause, Play, RefreshCw, Video } from 'lucide-preact';
import { clipNewLimits } from '../api';
import { api, ask, newKey, Refusal, type ProductCard, type Upload } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { clock } from '../text/numbers';
import { ts } from '../text/studio';
import { Banner, Card, Failed, Page, Progress, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Check, Field } from '../ui/Field';
import { toast } from '../ui/Toast';
import { bytes, words } from './bits';
import { Unfinished } from './Clips';
import { Tags } from './PickProducts';
import { knownShop, shopId, useShop } from './shop';
import {
  dropUpload, dropVideo, forgetDraft, keepDraft, keptDraft, pauseVideo, postVideo, resumeVideo, sendVideo, sentOf, unpost, VIDEO_MAX_BYTES, VIDEO_MAX_S, VIDEO_MIN_S, type Sent,
} from './uploads';

const LOOK_MS = 8000;              // to read a video's length; then it goes up unseen
export const CAPTION_MAX = clipNewLimits.caption.max;

export function ClipNewPage({ query }: ScreenProps) {
  useShop();
  const sending = query.get('sending');
  const upload = query.get('upload');
  const sent = sending ? sentOf(sending) : undefined;
  // The page was loaded anew: what was sent is known by the server's id, kept in the address.
  const sound = query.get('sound') ?? undefined;
  if (sent) return <Making key={sent.key} sent={sent} sound={sound} />;
  if (upload) return <Later key={upload} id={upload} sound={sound} />;
  return <Choose sound={sound} />;
}

const withSound = (sound: string | undefined) => (sound ? `&sound=${sound}` : '');
const place = (s: Sent, sound?: string) => `/studio/clips/new?sending=${s.key}${s.id ? `&upload=${s.id}` : ''}${withSound(sound)}`;

type Seen = { problem?: string; seconds?: number };

// What can be known before anything is sent.
async function lookAt(file: File): Promise<Seen> {
  if (file.type && !file.type.startsWith('video/')) return { problem: ts('video.not_video') };
  if (file.size === 0) return { problem: ts('fault.empty') };
  if (file.size > VIDEO_MAX_BYTES) return { problem: ts('video.too_large', { size: bytes(file.size), max: bytes(VIDEO_MAX_BYTES) }) };
  const seconds = await lengthOf(file);
  if (seconds !== undefined && seconds > VIDEO_MAX_S + 0.5) return { problem: ts('video.too_long', { length: clock(seconds), max: VIDEO_MAX_S / 60 }) };
  if (seconds !== undefined && seconds < VIDEO_MIN_S) return { problem: ts('fault.too_short') };
  return seconds === undefined ? {} : { seconds };
}

function lengthOf(file: File): Promise<number | undefined> {
  return new Promise(give => {
    const video = document.createElement('video');
    const url = URL.createObjectURL(file);
    const end = (seconds: number | undefined) => { clearTimeout(timer); URL.revokeObjectURL(url); video.removeAttribute('src'); give(seconds); };
    const timer = setTimeout(() => end(undefined), LOOK_MS);
    video.preload = 'metadata';
    video.onloadedmetadata = () => end(Number.isFinite(video.duration) ? video.duration : undefined);
    video.onerror = () => end(undefined);
    video.src = url;
  });
}

function FilePicker({ label, capture, main, busy, onFile, icon }: { label: string; capture?: boolean; main?: boolean; busy?: boolean; onFile: (f: File) => void; icon: preact.ComponentChildren }) {
  return (
    <label class={`btn ${main ? 'btn-main' : 'btn-plain'}${busy ? ' btn-busy' : ''} file-btn`}>{icon}<span>{label}</span>
      <input type="file" accept="video/*" {...(capture ? { capture: 'environment' } : {})} class="file-hidden" disabled={busy}
        onChange={e => { const f = e.currentTarget.files?.[0]; e.currentTarget.value = ''; if (f) onFile(f); }} /></label>
  );
}

function Choose({ sound }: { sound?: string | undefined }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [over, setOver] = useState(false);
  const take = async (file: File) => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    const seen = await lookAt(file);
    if (seen.problem) { setBusy(false); return setProblem(seen.problem); }
    const key = await sendVideo(file);
    setBusy(false);
    go(`/studio/clips/new?sending=${key}${withSound(sound)}`, { replace: true });
  };
  return (
    <Page title={ts('clips.new')} backTo="/studio/clips" wide>
      <div class={`drop${over ? ' drop-over' : ''}`}
        onDragOver={e => { e.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)}
        onDrop={e => { e.preventDefault(); setOver(false); const f = e.dataTransfer?.files[0]; if (f) void take(f); }}>
        <span class="empty-icon" aria-hidden="true"><Film size={32} /></span>
        <h2>{ts('video.title')}</h2>
        <p class="muted">{ts('video.lead', { max: bytes(VIDEO_MAX_BYTES), minutes: VIDEO_MAX_S / 60 })}</p>
        {problem ? <Banner tone="bad">{problem}</Banner> : null}
        {sound ? <ChosenSound id={sound} /> : null}
        <div class="drop-acts">
          <FilePicker main busy={busy} label={ts('video.choose')} icon={<Film size={20} aria-hidden="true" />} onFile={f => void take(f)} />
          <span class="studio-phone"><FilePicker capture busy={busy} label={ts('video.record')} icon={<Video size={20} aria-hidden="true" />} onFile={f => void take(f)} /></span>
        </div>
        <ul class="tips">{(['video.tip_upright', 'video.tip_light', 'video.tip_first'] as const).map(k => <li key={k}>{ts(k)}</li>)}</ul>
      </div>
      <Unfinished />
    </Page>
  );
}

// An upload of another time or device: what is missing needs its file again; what is complete only needs words.
function Later({ id, sound }: { id: string; sound?: string | undefined }) {
  const { data, problem, reload } = useData('studio/uploads', () => ask(api.uploadList()));
  const [wrong, setWrong] = useState<string>();
  const u = data?.items.find(x => x.id === id && x.state !== 'used');
  if (!data) return <Page title={ts('clips.new')} backTo="/studio/clips" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />}</Page>;
  if (!u) return <Choose />;
  if (u.state === 'complete') return <Making key={id} upload={u} sound={sound} />;
  const take = async (file: File) => {
    if (file.size !== u.length) return setWrong(ts('upload.other_file', { name: u.name || ts('upload.nameless'), size: bytes(u.length) }));
    const key = await sendVideo(file, { id });
    go(`/studio/clips/new?sending=${key}&upload=${id}${withSound(sound)}`, { replace: true });
  };
  const drop = async () => {
    if (!await confirm({ title: ts('upload.drop_title'), body: ts('upload.drop_body', { name: u.name }), action: ts('upload.drop'), danger: true })) return;
    if (await dropUpload(id)) forgetDraft(id);
    forget('studio/uploads');
    go('/studio/clips', { replace: true });
  };
  return (
    <Page title={ts('clips.new')} backTo="/studio/clips" wide>
      <div class="drop">
        <span class="empty-icon" aria-hidden="true"><RefreshCw size={32} /></span>
        <h2>{ts('upload.go_on_title')}</h2>
        <p class="muted">{ts('upload.go_on', { name: u.name || ts('upload.nameless'), percent: Math.floor((u.offset / u.length) * 100) })}</p>
        <div class="drop-progress"><Progress value={u.offset / u.length} label={u.name} /></div>
        {wrong ? <Banner tone="bad">{wrong}</Banner> : null}
        <div class="drop-acts"><FilePicker main label={ts('upload.choose_again')} icon={<Film size={20} aria-hidden="true" />} onFile={f => void take(f)} />
          <Button onClick={() => void drop()}>{ts('upload.drop')}</Button></div>
      </div>
    </Page>
  );
}

// The video on its way (or already there), and what the seller says about it.
function Making({ sent: begun, upload, sound }: { sent?: Sent; upload?: Upload; sound?: string | undefined }) {
  const sent = begun ? sentOf(begun.key) : undefined;
  const id = sent?.id ?? upload?.id;
  const shop = sent?.post?.shop ?? shopId.value;
  const [caption, setCaption] = useState(() => (id ? keptDraft(id)?.caption : undefined) ?? sent?.post?.caption ?? '');
  const [audio, setAudio] = useState(() => sound ?? (id ? keptDraft(id)?.audio : undefined) ?? sent?.post?.audio);
  const [free, setFree] = useState(sent?.post?.sound_free ?? true);
  const [picked, setPicked] = useState<ProductCard[]>([]);
  const [error, setError] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());

  // The address knows the upload as soon as the server does: a reload then leads back to it.
  useEffect(() => { if (sent?.id && !location.search.includes('upload=')) go(place(sent, audio), { replace: true }); }, [sent?.id]);

  // The products that were picked before.
  useEffect(() => {
    const want = (id ? keptDraft(id)?.products : undefined) ?? sent?.post?.products ?? [];
    if (want.length === 0) return;
    void Promise.all(want.map(p => api.studioProductGet({ id: p }))).then(all => setPicked(now => (now.length ? now : all.flatMap(r => (r.ok ? [cardOf(r.value.product)] : [])))));
  }, []);
  useEffect(() => { if (id && !sent?.clip) keepDraft(id, { caption, products: picked.map(p => p.id), ...(audio ? { audio } : {}) }); }, [id, caption, picked, audio]);
  useEffect(() => { if (sent?.clip) go(`/studio/clips/${sent.clip}`, { replace: true }); }, [sent?.clip]);

  const left = CAPTION_MAX - [...caption].length;
  const publish = async () => {
    if (left < 0 || busy) return;
    const post = { shop, caption: caption.trim(), products: picked.map(p => p.id), ...(audio ? { audio } : { sound_free: free }) };
    setError(undefined);
    if (sent) return postVideo(sent.key, post);
    setBusy(true);
    const r = await api.clipPost({ upload: id!, ...post }, { idempotencyKey: key.current });
    setBusy(false);
    if (!r.ok) { key.current = newKey(); return setError(new Refusal(r.problem)); }
    forgetDraft(id!);
    forget('studio/clips');
    forget('studio/uploads');
    toast(ts('upload.posted'), { kind: 'good' });
    go(`/studio/clips/${r.value.id}`, { replace: true });
  };
  const drop = async () => {
    const name = sent?.file.name ?? upload?.name ?? '';
    if (!await confirm({ title: ts('upload.drop_title'), body: ts('upload.drop_body', { name }), action: ts('upload.drop'), danger: true })) return;
    if (id) forgetDraft(id);
    if (sent) await dropVideo(sent.key);
    else if (id) await dropUpload(id);
    forget('studio/uploads');
    go('/studio/clips', { replace: true });
  };
  const waiting = Boolean(sent?.post) && !sent?.clip;
  const told = error ?? (sent?.flow === 'complete' ? sent.problem : undefined);
  const tagError = told && (told.field?.startsWith('products') || told.slug === 'archived') ? words(told) : undefined;
  return (
    <Page title={ts('clips.new')} backTo="/studio/clips" wide foot={
      waiting
        ? <div class="pair foot-pair"><Button onClick={() => unpost(sent!.key)} disabled={sent!.posting}>{ts('upload.change')}</Button><Button kind="main" href="/studio/clips">{ts('upload.leave')}</Button></div>
        : <Button kind="main" wide class="foot-one" busy={busy} disabled={left < 0} onClick={() => void publish()}>{sent && sent.flow !== 'complete' ? ts('upload.publish_later') : ts('upload.publish')}</Button>
    }>
      <div class="making">
        <div class="stack">
          <Preview {...(sent ? { file: sent.file } : {})} name={sent?.file.name ?? upload?.name ?? ''} />
        </div>
        <div class="stack">
          <Card>{sent ? <Way sent={sent} onDrop={() => void drop()} /> : <div class="way"><div class="spread"><strong>{ts('upload.arrived')}</strong><Button kind="quiet" size="small" onClick={() => void drop()}>{ts('upload.drop')}</Button></div><p class="small muted">{upload?.name} · {bytes(upload?.length ?? 0)}</p></div>}</Card>
          {told && !tagError ? <Banner tone="bad">{words(told)}</Banner> : null}
          {waiting ? <Banner tone="good" title={ts('upload.will_post')}>{ts('upload.will_post_body')}</Banner> : (
            <>
              <Card title={ts('clip.caption')}>
                <Field label={ts('clip.caption_label')} optional name="caption" multiline rows={4} value={caption} onValue={setCaption} placeholder={ts('clip.caption_like')}
                  hint={<span class={`num${left < 0 ? ' bad' : ''}`}>{ts('clip.left', { n: left })}</span>} {...(left < 0 ? { error: ts('clip.too_long', { max: CAPTION_MAX }) } : {})} />
              </Card>
              <Card title={ts('sound.title')}>
                {audio ? <ChosenSound id={audio} onDrop={() => setAudio(undefined)} />
                  : <Check label={ts('sound.free')} name="sound_free" value={free} onValue={setFree} hint={ts('sound.free_hint')} />}
              </Card>
              <Card title={ts('tags.title')}><Tags shop={shop} picked={picked} change={setPicked} {...(tagError ? { error: tagError } : {})} /></Card>
            </>
          )}
          <p class="small muted">{ts('upload.for_shop', { name: knownShop(shop)?.name ?? '' })}</p>
        </div>
      </div>
    </Page>
  );
}

// The sound that takes the place of the video's own.
function ChosenSound({ id, onDrop }: { id: string; onDrop?: () => void }) {
  const { data, problem } = useData(`sound/${id}/head`, () => ask(api.soundGet({ id, limit: 1 })));
  const usable = data?.use === 'free';
  return (
    <div class="chosen-sound">
      <span class="chosen-sound-pic">{data?.clip?.poster ? <img src={data.clip.poster} alt="" /> : <Music2 size={22} aria-hidden="true" />}</span>
      <div>
        <strong>{data?.clip ? ts('sound.of', { name: data.clip.shop.name }) : ts('sound.title')}</strong>
        <p class="small muted" role="status">{problem || (data && !usable) ? ts('sound.not_now') : ts('sound.replaces')}</p>
      </div>
      {onDrop ? <Button kind="quiet" size="small" onClick={onDrop}>{ts('sound.drop')}</Button> : null}
    </div>
  );
}

export function cardOf(p: { id: string; title: string; state: ProductCard['state']; price_from: ProductCard['price_from']; price_to: ProductCard['price_to']; pictures: NonNullable<ProductCard['picture']>[]; variants: { available: boolean }[] }): ProductCard {
  return { id: p.id, title: p.title, state: p.state, price_from: p.price_from, price_to: p.price_to, sale: false, available: p.variants.some(v => v.available), ...(p.pictures[0] ? { picture: p.pictures[0] } : {}) };
}

function Preview({ file, name }: { file?: File; name: string }) {
  const [url, setUrl] = useState<string>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <div class="preview">
      {url && !failed ? <video src={url} controls playsInline muted preload="metadata" aria-label={ts('video.preview', { name })} onError={() => setFailed(true)} />
        : <div class="preview-none"><Film size={32} aria-hidden="true" /><p>{name}</p><p class="small">{file ? ts('video.no_preview') : ts('upload.arrived_note')}</p></div>}
    </div>
  );
}

function timeLeft(s: Sent): string {
  if (s.speed < 1) return '';
  const seconds = (s.total - s.sent) / s.speed;
  return seconds < 60 ? ts('upload.seconds', { n: Math.max(1, Math.ceil(seconds)) }) : ts('upload.minutes', { n: Math.ceil(seconds / 60) });
}

function Way({ sent: s, onDrop }: { sent: Sent; onDrop: () => void }) {
  const part = s.total ? s.sent / s.total : 0;
  return (
    <div class="way" aria-live="off">
      <div class="spread">
        <strong class="num">{s.posting ? ts('upload.posting') : s.flow === 'complete' ? ts('upload.arrived') : ts(`upload.flow_${s.flow}`, { percent: Math.floor(part * 100) })}</strong>
        <span class="line">
          {s.flow === 'running' ? <IconButton label={ts('upload.pause')} onClick={() => void pauseVideo(s.key)}><Pause size={20} /></IconButton> : null}
          {s.flow === 'paused' || s.flow === 'failed' || s.flow === 'waiting' ? <IconButton label={ts('upload.resume')} onClick={() => resumeVideo(s.key)}>{s.flow === 'paused' ? <Play size={20} /> : <RefreshCw size={20} />}</IconButton> : null}
        </span>
      </div>
      <Progress value={part} label={ts('upload.progress', { name: s.file.name })} />
      <p class="small muted num way-facts">
        <span>{ts('upload.of', { sent: bytes(s.sent), total: bytes(s.total) })}</span>
        {s.flow === 'running' && s.speed > 0 ? <span>{ts('upload.speed', { speed: bytes(s.speed) })}{timeLeft(s) ? ` · ${timeLeft(s)}` : ''}</span> : null}
      </p>
      {s.flow === 'waiting' ? <Banner tone="warn">{ts('upload.waits')}</Banner> : null}
      {s.flow === 'failed' && s.problem ? <Banner tone="bad">{words(s.problem)}</Banner> : null}
      <div class="spread way-foot"><span class="small muted way-name">{s.file.name}</span><Button kind="quiet" size="small" onClick={onDrop}>{ts('upload.drop')}</Button></div>
      <span class="hidden" role="status">{s.flow === 'complete' ? ts('upload.arrived') : s.flow === 'waiting' ? ts('upload.waits') : ''}</span>
    </div>
  );
}
