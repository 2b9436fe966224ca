// The service worker: the shell works offline, everything personal stays out of its caches.
// /v1 and /media are never touched. Hashed files come from the cache first; documents from the network first.
export {};
declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: string[];
declare const __VERSION__: string;

const SHELL = `shell-${__VERSION__}`;
// The document without a person in it: fetched without cookies, it holds no more than links to the hashed files.
const DOCUMENT = '/';
const EXTRA = ['/manifest.webmanifest', '/icons/icon.svg'];
const DOCUMENT_WAIT_MS = 6000;

self.addEventListener('install', e => {
  e.waitUntil((async () => {
    const cache = await caches.open(SHELL);
    const get = async (url: string, must: boolean) => {
      const answer = await fetch(url, { credentials: 'omit', cache: 'reload' });
      if (answer.ok) await cache.put(url, answer);
      else if (must) throw new Error(`${url}: ${answer.status}`);
    };
    await Promise.all([get(DOCUMENT, true), ...__PRECACHE__.map(url => get(url, true)), ...EXTRA.map(url => get(url, false).catch(() => {}))]);
  })());
});

self.addEventListener('activate', e => {
  e.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('shell-') && name !== SHELL) await caches.delete(name);
    await self.clients.claim();
  })());
});

self.addEventListener('message', e => {
  if (e.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', e => {
  const { request } = e;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/v1/') || url.pathname.startsWith('/media/')) return;
  if (request.mode === 'navigate') e.respondWith(documentFor(request));
  else if (url.pathname.startsWith('/assets/') || EXTRA.includes(url.pathname)) e.respondWith(fileFor(request));
});

async function documentFor(request: Request): Promise<Response> {
  const late = new Promise<never>((_, refuse) => setTimeout(refuse, DOCUMENT_WAIT_MS));
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return (await caches.match(DOCUMENT)) ?? Response.error();
  }
}

async function fileFor(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}
