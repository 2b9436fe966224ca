// Who uses the app: the account, its shops, the count in the cart. Knows no screens.
import { computed, signal } from '@preact/signals';
import { chosen, known, locale, setLocale } from '../text';
import { api, ask, csrf, onSignedOut, Refusal, type Account, type Me } from './api';
import { forget } from './cache';

export const me = signal<Me | undefined>(undefined);
export const account = computed<Account | undefined>(() => me.value?.account);
export const shops = computed(() => me.value?.shops ?? []);
export const signedIn = computed(() => me.value?.account !== undefined);
export const cartCount = computed(() => me.value?.cart_count ?? 0);
export const demo = computed(() => me.value?.demo ?? false);
export const offline = signal(false);

// The same for both signals' readers and plain calls: `session.account.value`.
export const session = { me, account, shops, signedIn, cartCount, demo };

onSignedOut.run = () => {
  if (me.value?.account) me.value = { ...me.value, account: undefined, shops: [] };
};

let loading: Promise<void> | undefined;

export function loadMe(): Promise<void> {
  loading = load();
  return loading;
}

// Screens are shown while the app still asks who uses it: what depends on that waits here.
export async function meKnown(): Promise<void> {
  if (!me.peek()) await (loading ?? loadMe()).catch(() => undefined);
}

async function load(): Promise<void> {
  try {
    const got = await ask(api.meGet());
    me.value = got;
    csrf.value = got.csrf ?? '';
    offline.value = false;
    if (got.account && !chosen()) {
      const l = known(got.account.locale);
      if (l) await setLocale(l, false);
    }
  } catch (e) {
    if (e instanceof Refusal && e.slug === 'offline') offline.value = true;
    else throw e;
  }
}

export function setCartCount(n: number) {
  if (me.value) me.value = { ...me.value, cart_count: n };
}

export async function signIn(email: string, password: string): Promise<void> {
  const made = await ask(api.sessionPost({ email, password }));
  csrf.value = made.csrf;
  forget();
  await loadMe();
}

// Whether an address has an account is nobody's business: a sign-up always looks the same, then one signs in.
export async function signUp(email: string, password: string, name: string, key: string): Promise<void> {
  await ask(api.accountPost({ email, password, name, locale: locale.value }, { idempotencyKey: key }));
  await signIn(email, password);
}

export async function signOut(): Promise<void> {
  await ask(api.sessionEndCurrent());
  csrf.value = '';
  forget();
  me.value = undefined;
  await loadMe();
}
