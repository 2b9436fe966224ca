// Videos on their way: they go on while the seller does something else, wait for the network, and become clips when asked to.
// Knows no screens but the small sign of what is under way.
import { computed, signal } from '@preact/signals';
import { CircleAlert, CloudOff, Pause, Upload as UploadIcon } from 'lucide-preact';
import type { Upload as Tus } from 'tus-js-client';
import { settings } from '../api';
import { api, csrf, newKey, Refusal } from '../app/api';
import { forget } from '../app/cache';
import { account, loadMe } from '../app/session';
import { ts } from '../text/studio';
import { toast } from '../ui/Toast';
import { words } from './bits';

export const VIDEO_MAX_BYTES = 500 * 1024 * 1024;
export const VIDEO_MAX_S = 10 * 60;
export const VIDEO_MIN_S = 0.5;
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_MS = [500, 1000, 2000, 4000, 8000, 15000];
const AGAIN_MS = 10_000;         // after the client's own tries
const SPEED_OVER_MS = 6000;

export type Flow = 'preparing' | 'running' | 'paused' | 'waiting' | 'complete' | 'failed';
export type Post = { shop: string; caption: string; products: string[]; audio?: string; sound_free?: boolean };

export type Sent = {
  key: string;
  who: string | undefined;
  id?: string;                 // the server's, once it has one
  file: File;
  flow: Flow;
  sent: number;
  total: number;
  speed: number;               // bytes a second, over the last seconds
  problem?: Refusal;
  post?: Post;                 // become a clip when all has arrived
  posting?: boolean;
  clip?: string;               // the clip that it has become
};

export const sents = signal<Sent[]>([]);
// Those of the person who is signed in; another on this device sees none of them.
export const mine = computed(() => sents.value.filter(s => s.who === account.value?.id));
export const running = computed(() => mine.value.filter(s => !s.clip));
const clients = new Map<string, Tus>();
const spent = new Set<string>();         // clients that have used up their tries
const marks = new Map<string, { at: number; sent: number }[]>();

export const sentOf = (key: string) => mine.value.find(s => s.key === key);

function put(key: string, more: Partial<Sent>) {
  sents.value = sents.value.map(s => (s.key === key ? { ...s, ...more } : s));
}

// Begins, or goes on: with the id of an unfinished upload, or by the file's fingerprint in this browser.
export async function sendVideo(file: File, o: { id?: string } = {}): Promise<string> {
  const key = newKey();
  sents.value = [...sents.value, { key, who: account.peek()?.id, file, flow: 'preparing', sent: 0, total: file.size, speed: 0, ...(o.id ? { id: o.id } : {}) }];
  try {
    const { Upload } = await import('./studioTus');
    const client = new Upload(file, options(key, file));
    clients.set(key, client);
    if (o.id) client.url = `${location.origin}${settings.base}/v1/uploads/${o.id}`;
    else {
      const [before] = await client.findPreviousUploads();
      if (before) client.resumeFromPreviousUpload(before);
    }
    if (sentOf(key)?.flow !== 'preparing') return key;
    put(key, { flow: 'running' });
    client.start();
  } catch {
    spent.add(key);                                        // the client's chunk did not come: tried again like any network
    put(key, { flow: 'waiting', problem: offline() });
  }
  return key;
}

const offline = () => new Refusal({ type: '/problems/offline', slug: 'offline', title: '', status: 0 });

function options(key: string, file: File): ConstructorParameters<typeof Tus>[1] {
  return {
    endpoint: `${settings.base}/v1/uploads`, chunkSize: CHUNK_BYTES, retryDelays: RETRY_MS, removeFingerprintOnSuccess: true,
    metadata: { filename: file.name.slice(0, 200), filetype: file.type || 'video/mp4' },
    // Whose upload it is belongs to what it is known by: another person on this device begins anew.
    fingerprint: () => Promise.resolve(['etalase', account.peek()?.id, file.name, file.type, file.size, file.lastModified].join('/')),
    onBeforeRequest: request => { request.setHeader('X-CSRF-Token', csrf.peek()); },
    onAfterResponse: async (_, response) => { if (response.getStatus() === 403) await loadMe(); },
    onUploadUrlAvailable: () => {
      const url = clients.get(key)?.url ?? '';
      put(key, { id: url.slice(url.lastIndexOf('/') + 1) });
      forget('studio/uploads');
    },
    onProgress: (sent, total) => {
      const list = marks.get(key) ?? [];
      const now = Date.now();
      list.push({ at: now, sent });
      while (list.length > 2 && now - list[0]!.at > SPEED_OVER_MS) list.shift();
      marks.set(key, list);
      const took = now - list[0]!.at;
      put(key, { sent, total: total ?? file.size, flow: 'running', problem: undefined, speed: took > 300 ? ((sent - list[0]!.sent) / took) * 1000 : sentOf(key)?.speed ?? 0 });
    },
    onShouldRetry: error => {
      const status = 'originalResponse' in error ? error.originalResponse?.getStatus() ?? 0 : 0;
      // 403: the token against forged requests was renewed meanwhile; 409 and 423: the old line has not let go yet.
      const again = status === 0 || status === 403 || status === 409 || status === 423 || status === 429 || status >= 500;
      if (again && status === 0) put(key, { flow: 'waiting', problem: offline(), speed: 0 });
      return again && status !== 507;
    },
    onError: error => {
      marks.delete(key);
      spent.add(key);
      const answer = 'originalResponse' in error ? error.originalResponse : undefined;
      const status = answer?.getStatus() ?? 0;
      if (status === 0) put(key, { flow: 'waiting', problem: offline(), speed: 0 });
      else put(key, { flow: 'failed', problem: refusalOf(answer?.getBody() ?? '', status), speed: 0 });
    },
    onSuccess: () => {
      put(key, { flow: 'complete', sent: file.size, speed: 0, problem: undefined });
      forget('studio/uploads');
      void publish(key);
    },
  };
}

function refusalOf(body: string, status: number): Refusal {
  try {
    const json = JSON.parse(body) as { type: string; title: string; detail?: string };
    return new Refusal({ ...json, slug: json.type.split('/').pop()!, status });
  } catch {
    return new Refusal({ type: '', slug: status === 404 ? 'not_found' : 'internal', title: '', status });
  }
}

export async function pauseVideo(key: string) {
  put(key, { flow: 'paused', speed: 0 });
  marks.delete(key);
  await clients.get(key)?.abort();
}

export function resumeVideo(key: string) {
  const client = clients.get(key);
  const s = sentOf(key);
  if (!s) return;
  if (!client) {                                            // the client itself did not load
    sents.value = sents.value.filter(x => x.key !== key);
    void sendVideo(s.file, s.id ? { id: s.id } : {});
    return;
  }
  spent.delete(key);
  put(key, { flow: 'running', problem: undefined });
  void client.abort().then(() => client.start());          // a try that waits for its turn would go on beside this one
}

// Away with it, on the server too.
export async function dropVideo(key: string): Promise<void> {
  const s = sentOf(key);
  sents.value = sents.value.filter(x => x.key !== key);
  marks.delete(key);
  await clients.get(key)?.abort();
  clients.delete(key);
  if (s?.id && !s.clip) await dropUpload(s.id);
  forget('studio/uploads');
}

// An upload whose line was only just cut is still held for a moment.
export async function dropUpload(id: string): Promise<boolean> {
  for (let turn = 0; turn < 5; turn++) {
    const r = await api.uploadDelete({ id }, { headers: { 'Tus-Resumable': '1.0.0' } });
    if (r.ok || r.problem.slug === 'not_found') return true;
    if (r.problem.slug !== 'locked') return false;
    await new Promise(done => setTimeout(done, 400));
  }
  return false;
}

// The seller has said what it is: the clip is made as soon as all has arrived.
export function postVideo(key: string, post: Post) {
  put(key, { post, problem: undefined });
  void publish(key);
}

export function unpost(key: string) {
  put(key, { post: undefined });
}

const keys = new Map<string, string>();

async function publish(key: string) {
  const s = sentOf(key);
  if (!s?.post || !s.id || s.flow !== 'complete' || s.posting || s.clip) return;
  put(key, { posting: true, problem: undefined });
  const intent = JSON.stringify([s.id, s.post]);
  if (!keys.has(intent)) keys.set(intent, newKey());
  const r = await api.clipPost({ upload: s.id, ...s.post }, { idempotencyKey: keys.get(intent)! });
  if (!r.ok) {
    const problem = new Refusal(r.problem);
    if (problem.status >= 400 && problem.status < 500) keys.delete(intent);
    put(key, { posting: false, problem, ...(problem.slug === 'offline' ? {} : { post: undefined }) });
    if (problem.slug !== 'offline') toast(words(problem), { kind: 'bad' });
    return;
  }
  put(key, { posting: false, clip: r.value.id });
  forget('studio/clips');
  forget('studio/uploads');
  forgetDraft(s.id);
  clients.delete(key);
  toast(ts('upload.posted'), { kind: 'good' });
}

// Back on the network: everything goes on by itself.
addEventListener('online', () => {
  for (const s of sents.peek()) {
    if (s.flow === 'waiting') resumeVideo(s.key);
    else if (s.flow === 'complete') void publish(s.key);
  }
});
// Networks that come back without saying so, and servers that were away.
setInterval(() => {
  for (const s of sents.peek()) {
    if (s.flow === 'waiting' && spent.has(s.key)) resumeVideo(s.key);
    else if (s.flow === 'complete' && s.post && !s.posting && !s.clip) void publish(s.key);
  }
}, AGAIN_MS);

addEventListener('beforeunload', e => {
  if (sents.peek().some(s => !s.clip && (s.flow === 'running' || s.post))) e.preventDefault();
});

// ------------------------------------------------------------------------------------------------ words kept for an upload

export type ClipDraft = { caption: string; products: string[]; audio?: string };
const DRAFT = 'etalase.clip.';

export function keepDraft(id: string, d: ClipDraft) {
  try { localStorage.setItem(DRAFT + id, JSON.stringify(d)); } catch { /* storage may be off or full */ }
}

export function keptDraft(id: string): ClipDraft | undefined {
  try {
    const d = JSON.parse(localStorage.getItem(DRAFT + id) ?? 'null') as ClipDraft | null;
    return d && typeof d.caption === 'string' && Array.isArray(d.products) ? d : undefined;
  } catch { return undefined; }
}

export function forgetDraft(id: string) {
  try { localStorage.removeItem(DRAFT + id); } catch { /* nothing kept, then */ }
}

// ------------------------------------------------------------------------------------------------ the sign

// On other screens of the studio: what is on its way, and a way back to it.
export function UploadChip() {
  const list = running.value;
  const s = list.find(x => x.flow !== 'complete') ?? list[0];
  if (!s) return null;
  const part = s.total ? s.sent / s.total : 0;
  const Icon = s.flow === 'waiting' ? CloudOff : s.flow === 'paused' ? Pause : s.flow === 'failed' ? CircleAlert : UploadIcon;
  return (
    <a class={`upload-chip upload-${s.flow}`} href={`/studio/clips/new?sending=${s.key}`} style={{ '--part': `${Math.round(part * 100)}%` }}>
      <Icon size={18} aria-hidden="true" />
      <span>{s.flow === 'complete' ? ts('upload.finish') : ts(`upload.chip_${s.flow === 'preparing' ? 'running' : s.flow}`, { percent: Math.floor(part * 100) })}</span>
    </a>
  );
}
