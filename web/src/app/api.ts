// The one door to the server: the generated client with the token against forged requests, keys for creating writes,
// patient retries, and refusals as exceptions for those who want them. Knows no screens.
import { signal } from '@preact/signals';
import { api, settings, type Problem, type Result } from '../api';
export { api };
export type * from '../api/types';
export type { Problem };

// A refusal of the server (RFC 9457), or of the network: slug 'offline'.
export class Refusal extends Error {
  readonly slug: string;
  readonly status: number;
  readonly detail: string;
  readonly field: string | undefined;
  readonly requestId: string | undefined;

  constructor(p: Problem<string>) {
    super(p.detail || p.title);
    this.slug = p.slug;
    this.status = p.status;
    this.detail = p.detail ?? p.title;
    this.field = p.field;
    this.requestId = p.requestId;
  }
}

// await ask(api.productGet({ id })): the value, or throws a Refusal.
export async function ask<T>(asked: Promise<Result<T, string>>): Promise<T> {
  const r = await asked;
  if (r.ok) return r.value;
  if (r.problem.slug === 'sign_in') onSignedOut.run();
  throw new Refusal(r.problem);
}

export const csrf = signal('');
// What to do when the server says that nobody is signed in (any more). Set by the session.
export const onSignedOut = { run: () => {} };

const RETRIES_MAX = 2;
const RETRY_FIRST_MS = 250;

export function startApi(language: () => string) {
  settings.csrf = () => csrf.value || undefined;
  settings.language = language;
  settings.fetch = patient as typeof fetch;
}

// What is safe to repeat is repeated when the network or the server falters: reads, and writes that carry a key or are absolute.
async function patient(url: string, init: RequestInit): Promise<Response> {
  const headers = init.headers as Record<string, string>;
  const file = init.body instanceof Blob || init.body instanceof ArrayBuffer;
  if (init.method === 'POST' && !file) headers['Idempotency-Key'] ??= newKey();
  const repeatable = !file && init.method !== 'PATCH';
  let renewed = false;
  for (let turn = 0; ; turn++) {
    const last = !repeatable || turn >= RETRIES_MAX || !navigator.onLine;
    try {
      const answer = await fetch(url, init);
      if (answer.status === 403 && !renewed && !file && await forged(answer)) {
        renewed = true;                                    // the session changed meanwhile: ask for its token
        const me = await api.meGet();
        if (me.ok) headers['X-CSRF-Token'] = csrf.value = me.value.csrf ?? '';
        continue;
      }
      if (answer.status !== 503 || last) return answer;
    } catch (e) {
      if (last || init.signal?.aborted) throw e;
    }
    await new Promise(done => setTimeout(done, RETRY_FIRST_MS * 2 ** turn));
  }
}

async function forged(answer: Response): Promise<boolean> {
  return (await answer.clone().text()).includes('/problems/csrf');
}

// randomUUID is there only on https and loopback; a shop on a plain local network must work too.
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('');
}
