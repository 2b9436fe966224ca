// A return as the buyer sees it: where it stands, the clock, the next step, what the shop says, the money.
import { useEffect, useState } from 'preact/hooks';
import { MapPin } from 'lucide-preact';
import { api, ask, Refusal, type Return, type ReturnAction, type ReturnStep } from '../app/api';
import { returnStepLimits } from '../api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { me, signedIn } from '../app/session';
import { NoteSheet } from '../orders/NoteSheet';
import { Refunds } from '../orders/Refunds';
import { to } from '../text/orders';
import { Avatar, Banner, Card, Failed, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { ReturnFacts, ReturnTimeline, ReturnTop } from './parts';
import { SendSheet } from './SendSheet';
import { answerOf } from './words';
import '../cart/cart.css';

const POLL_MS = 20_000;

export function ReturnPage({ params }: ScreenProps) {
  const id = params['id']!;
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(`/returns/${id}`)}`, { replace: true }); }, [known]);
  const { data, problem, reload, set } = useData(`return/${id}`, () => ask(api.returnGet({ id })));
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
  if (!data) return <Page title={to('return.title')} backTo="/returns">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded of={data} set={set} reload={reload} />;
}

function Loaded({ of: r, set, reload }: { of: Return; set: (r: Return) => void; reload: () => Promise<void> }) {
  const [open, setOpen] = useState<'send' | 'ask_again' | 'dispute'>();
  const [busy, setBusy] = useState(false);
  const may = (a: ReturnAction) => r.actions.includes(a);
  const answer = answerOf(r);
  const changed = (made: Return, said: string) => {
    set(made);
    setOpen(undefined);
    for (const what of ['order', 'returns']) forget(what);
    toast(said, { kind: 'good' });
  };
  const end = async (action: 'close' | 'receive', question: Parameters<typeof confirm>[0], said: string) => {
    if (!await confirm(question)) return;
    setBusy(true);
    const got = await api.returnStepPost({ id: r.id }, { action });
    setBusy(false);
    if (got.ok) return changed(got.value, said);
    toast(say(new Refusal(got.problem)), { kind: 'bad' });
    await reload();
  };
  const close = () => end('close', { title: to('return.close_title'), body: to('return.close_body'), action: to('return.close'), danger: true }, to('return.closed'));
  const receive = () => end('receive', { title: to('return.receive_title'), body: to('return.receive_body'), action: to('return.receive') }, to('return.received'));
  const step = async (body: ReturnStep, idempotencyKey: string, said: string) => changed(await ask(api.returnStepPost({ id: r.id }, body, { idempotencyKey })), said);
  return (
    <Page title={to('return.of', { number: r.number })} backTo={`/orders/${r.order}`} wide>
      <div class="cart">
        <div class="stack">
          <ReturnTop of={r} viewer="buyer" onEnd={() => void reload()}>
            {answer ? <Banner tone={r.state === 'rejected' ? 'bad' : 'info'} title={answer.side === 'operator' ? to('return.market_says') : to('return.answer', { shop: r.shop.name })}>{answer.text}</Banner> : null}
            {r.state === 'awaiting_return' && (r.send_to ? r.send_to !== answer?.text : answer?.side !== 'seller') ? <Where of={r} /> : null}
            <div class="order-acts">
              {may('send') ? <Button kind="main" onClick={() => setOpen('send')}>{to('return.send')}</Button> : null}
              {may('ask_again') ? <Button kind="main" onClick={() => setOpen('ask_again')}>{to('return.ask_again')}</Button> : null}
              {may('receive') ? <Button kind="main" busy={busy} onClick={() => void receive()}>{to('return.receive')}</Button> : null}
              {may('dispute') ? <Button onClick={() => setOpen('dispute')}>{to('return.wrong')}</Button> : null}
              {may('close') ? <Button busy={busy} onClick={() => void close()}>{to('return.close')}</Button> : null}
            </div>
          </ReturnTop>
          <Money of={r} />
          <ReturnFacts of={r} />
        </div>
        <div class="stack">
          <ReturnTimeline of={r} viewer="buyer" />
          <Card><a class="cart-name return-shop" href={`/shop/${r.shop.handle}`}><Avatar name={r.shop.name} url={r.shop.picture} size={28} /><strong>{r.shop.name}</strong></a>
            <Button wide href={`/orders/${r.order}`}>{to('return.to_order')}</Button></Card>
        </div>
      </div>
      {open === 'send' ? <SendSheet title={to('return.send')} lead={to('return.send_lead')} hint={to('return.send_hint')} action={to('return.send_action')} onClose={() => setOpen(undefined)} send={(carrier, tracking, key) => step({ action: 'send', carrier, tracking }, key, to('return.sent'))} /> : null}
      {open === 'ask_again' ? (
        <NoteSheet title={to('return.ask_again')} lead={to('return.ask_again_lead', { shop: r.shop.name })} label={to('return.ask_again_label')} action={to('return.ask_again')} max={returnStepLimits.note.max} onClose={() => setOpen(undefined)}
          send={(note, key) => step({ action: 'ask_again', note }, key, to('return.asked_again'))} />
      ) : null}
      {open === 'dispute' ? (
        <NoteSheet danger title={to('return.wrong')} lead={to('return.wrong_lead', { shop: r.shop.name })} label={to('return.note')} action={to('return.wrong_action')} max={returnStepLimits.note.max} onClose={() => setOpen(undefined)}
          send={(note, key) => step({ action: 'dispute', note }, key, to('return.asked_again'))} />
      ) : null}
    </Page>
  );
}

// Where to: what the shop has set for returns, else what stands on its invoice.
function Where({ of: r }: { of: Return }) {
  return r.send_to ? <Place lines={r.send_to.split('\n')} /> : <InvoicePlace of={r} />;
}

function Place({ name, lines }: { name?: string; lines: string[] }) {
  return (
    <div class="return-where me-address"><MapPin size={20} aria-hidden="true" /><address class="address"><span class="muted small">{to('return.where')}</span>{name ? <strong>{name}</strong> : null}{lines.map((l, i) => <span key={i}>{l}</span>)}</address></div>
  );
}

function InvoicePlace({ of: r }: { of: Return }) {
  const { data } = useData(`invoice/${r.order}`, () => ask(api.orderInvoice({ order: r.order })), Infinity);
  if (!data?.seller.address) return <p class="muted small return-where">{to('return.where_ask', { shop: r.shop.name })}</p>;
  return <Place name={data.seller.name} lines={data.seller.address.split('\n')} />;
}

// How far the money is, from the order's own refund.
function Money({ of: r }: { of: Return }) {
  const { data, reload } = useData(`order/${r.order}`, () => ask(api.orderGet({ id: r.order })), 5000);
  useEffect(() => { if (r.refund && !data?.refunds.some(x => x.id === r.refund)) void reload(); }, [r.refund]);
  const mine = data?.refunds.filter(x => x.id === r.refund) ?? [];
  return mine.length ? <Refunds refunds={mine} cash={data!.method === 'cod'} checkout={data!.checkout} /> : null;
}
