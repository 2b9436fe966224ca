// The card form: the provider's own element, in its own frame. No card data is in this page, and this is the only place that loads
// anything from elsewhere, when a card was chosen.
import { useEffect, useRef, useState } from 'preact/hooks';
import { CreditCard } from 'lucide-preact';
import type { Payment } from '../app/api';
import { locale } from '../text';
import { formatMoney } from '../text/numbers';
import { tp } from '../text/pay';
import { Banner, Card, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { PayHead } from './PayWays';

const SCRIPT = 'https://js.stripe.com/v3/';
const LOAD_MS = 20_000;
const RELOADED = 'etalase.card-form';

type StripeElement = { mount(at: HTMLElement): void; on(event: string, run: (e: { error?: { message?: string } }) => void): void; destroy(): void };
type StripeElements = { create(kind: 'payment'): StripeElement };
type StripeResult = { error?: { message?: string; type?: string }; paymentIntent?: { status: string } };
type StripeApi = {
  elements(options: { clientSecret: string; locale: string; appearance: object }): StripeElements;
  confirmPayment(options: { elements: StripeElements; redirect: 'if_required'; confirmParams: { return_url: string } }): Promise<StripeResult>;
};
declare global {
  interface Window { Stripe?: (key: string) => StripeApi }
}

// What a page may load was said with its document. A page that was reached from within has the stricter policy of the document that
// it began with: then the same address is loaded anew, once.
function needsOwnDocument(): boolean {
  const first = performance.getEntriesByType('navigation')[0];
  if (!first || new URL(first.name).pathname === location.pathname) return false;
  try {
    if (sessionStorage.getItem(RELOADED) === location.pathname) return false;
    sessionStorage.setItem(RELOADED, location.pathname);
  } catch {
    return false;
  }
  return true;
}

let coming: Promise<void> | undefined;

function loadScript(): Promise<void> {
  if (window.Stripe) return Promise.resolve();
  coming ??= new Promise<void>((done, failed) => {
    const script = document.createElement('script');
    const fail = () => { coming = undefined; script.remove(); failed(new Error('no card form')); };
    const timer = setTimeout(fail, LOAD_MS);
    script.src = SCRIPT;
    script.onload = () => { clearTimeout(timer); if (window.Stripe) done(); else fail(); };
    script.onerror = () => { clearTimeout(timer); fail(); };
    document.head.append(script);
  });
  return coming;
}

// The form in the app's own colours.
function appearance(): object {
  const css = getComputedStyle(document.documentElement);
  const of = (name: string) => css.getPropertyValue(name).trim();
  return {
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'stripe',
    variables: { colorPrimary: of('--link'), colorBackground: of('--surface'), colorText: of('--ink'), colorDanger: of('--bad'), borderRadius: of('--r2'), fontSizeBase: '16px' },
  };
}

export function CardWay({ payment: p, changed }: { payment: Payment; changed: () => Promise<void> }) {
  const at = useRef<HTMLDivElement>(null);
  const stripe = useRef<{ api: StripeApi; elements: StripeElements }>();
  const [state, setState] = useState<'loading' | 'ready' | 'missing'>('loading');
  const [tries, setTries] = useState(0);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(p.reason);
  const { client_secret: secret, publishable_key: key } = p;

  useEffect(() => {
    if (!secret || !key) return;
    if (needsOwnDocument()) return location.reload();
    let element: StripeElement | undefined, on = true;
    setState('loading');
    loadScript().then(() => {
      if (!on || !at.current) return;
      const stripeApi = window.Stripe!(key);
      const elements = stripeApi.elements({ clientSecret: secret, locale: locale.value, appearance: appearance() });
      element = elements.create('payment');
      element.on('ready', () => on && setState('ready'));
      element.on('loaderror', () => on && setState('missing'));
      element.mount(at.current);
      stripe.current = { api: stripeApi, elements };
    }).catch(() => on && setState('missing'));
    return () => { on = false; element?.destroy(); };
  }, [secret, key, tries]);

  const pay = async () => {
    const s = stripe.current;
    if (!s || busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const result = await s.api.confirmPayment({ elements: s.elements, redirect: 'if_required', confirmParams: { return_url: location.href } });
      if (result.error) setProblem(result.error.message ?? '');
    } finally {
      await changed();                                       // whatever the form says: the market's own word counts
      setBusy(false);
    }
  };
  return (
    <Card class="pay-way">
      <PayHead payment={p} />
      <h2>{tp('card.title')}</h2>
      {problem ? <Banner tone="bad">{tp('card.declined', { reason: problem })}</Banner> : null}
      {state === 'missing' ? <Banner tone="bad" title={tp('card.missing')}>{tp('card.missing_body')}</Banner> : null}
      {state === 'loading' ? <div aria-busy="true"><span class="hidden" role="status">{tp('card.loading')}</span><Skeleton kind="rows" lines={3} /></div> : null}
      <div ref={at} class={`pay-card${state === 'ready' ? '' : ' pay-card-wait'}`} />
      {state === 'missing' ? <Button kind="main" wide onClick={() => setTries(n => n + 1)}>{tp('card.reload')}</Button> : <Button kind="buy" wide icon={<CreditCard size={20} aria-hidden="true" />} disabled={state !== 'ready'} busy={busy} onClick={() => void pay()}>{tp('card.pay', { price: formatMoney(p.amount) })}</Button>}
      {busy ? <p class="muted small" role="status">{tp('card.checking')}</p> : null}
      <p class="muted small">{tp('card.note')}</p>
    </Card>
  );
}
