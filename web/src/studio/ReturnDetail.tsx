// One return as the seller sees it: what the buyer says and shows, the clock, and the answer.
import { useEffect, useState } from 'preact/hooks';
import { Check, Truck, X } from 'lucide-preact';
import { AddressText } from '../accounts/AddressForm';
import { returnStepLimits } from '../api';
import { api, ask, type Return, type ReturnAction, type ReturnStep } from '../app/api';
import { forget, useData } from '../app/cache';
import { back } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { NoteSheet } from '../orders/NoteSheet';
import { ReturnFacts, ReturnTimeline, ReturnTop } from '../returns/parts';
import { SendSheet } from '../returns/SendSheet';
import { answerOf } from '../returns/words';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { ts } from '../text/studio';
import { Banner, Card, Failed, List, Page, Row, Skeleton, Stepper } from '../ui/bits';
import { Button } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { useKeys } from './keys';
import { ordersMoved } from './Orders';
import { placeKey } from './ReturnPlace';
import { returnsPath } from './Returns';
import { followShop } from './shop';

const POLL_MS = 30_000;

export function ReturnDetailPage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload, set } = useData(`studio/return/${id}`, async () => {
    const got = await ask(api.returnGet({ id }));
    followShop(got.shop.id);
    return got;
  });
  useEffect(() => {
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id]);
  if (!data) return <Page title={to('return.title')} backTo="/studio/returns" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded of={data} set={set} reload={reload} />;
}

function Loaded({ of: r, set, reload }: { of: Return; set: (r: Return) => void; reload: () => Promise<void> }) {
  const [open, setOpen] = useState<ReturnAction>();
  const may = (a: ReturnAction) => r.actions.includes(a);
  const answer = answerOf(r);
  const step = (said: string) => async (body: ReturnStep, idempotencyKey: string) => {
    const made = await ask(api.returnStepPost({ id: r.id }, body, { idempotencyKey }));
    set(made);
    setOpen(undefined);
    forget('studio/returns');
    forget(`studio/order/${r.order}`);
    forget('returns');
    ordersMoved();
    toast(said, { kind: 'good' });
  };
  useKeys([{ key: 'b', label: t('ui.back'), run: () => back('/studio/returns') }]);
  const foot = may('grant') ? <div class="pair foot-pair"><Button icon={<X size={20} aria-hidden="true" />} onClick={() => setOpen('reject')}>{ts('returns.reject')}</Button><Button kind="main" icon={<Check size={20} aria-hidden="true" />} onClick={() => setOpen('grant')}>{ts('returns.grant')}</Button></div>
    : may('accept') ? <div class="pair foot-pair"><Button onClick={() => setOpen('dispute')}>{ts('returns.dispute')}</Button><Button kind="main" icon={<Check size={20} aria-hidden="true" />} onClick={() => setOpen('accept')}>{ts('returns.accept')}</Button></div>
    : may('send_replacement') ? <div class="pair foot-pair">{may('refund') ? <Button onClick={() => setOpen('refund')}>{ts('returns.refund')}</Button> : null}<Button kind="main" icon={<Truck size={20} aria-hidden="true" />} onClick={() => setOpen('send_replacement')}>{ts('returns.replace')}</Button></div> : undefined;
  return (
    <Page title={to('return.of', { number: r.number })} backTo={returnsPath(r.state)} wide {...(foot ? { foot } : {})}>
      <div class="order-cols">
        <div class="stack">
          <ReturnTop of={r} viewer="seller" onEnd={() => void reload()}>
            {answer ? <Banner title={answer.side === 'operator' ? to('return.market_says') : ts('returns.said')}>{answer.text}</Banner> : null}
          </ReturnTop>
          {r.ship_to ? <Card title={ts('returns.replace_to')}><AddressText address={r.ship_to} phone /></Card> : null}
          <ReturnFacts of={r} />
        </div>
        <div class="stack">
          <ReturnTimeline of={r} viewer="seller" />
          <Card pad={false} class="card-list"><List><Row title={to('return.to_order')} note={r.number} href={`/studio/orders/${r.order}`} /></List></Card>
        </div>
      </div>
      {open === 'grant' ? <Grant of={r} onClose={() => setOpen(undefined)} send={step(ts('returns.granted'))} /> : null}
      {open === 'accept' ? <Accept of={r} onClose={() => setOpen(undefined)} send={step(ts(r.kind === 'exchange' ? 'returns.accepted_exchange' : 'returns.accepted'))} /> : null}
      {open === 'send_replacement' ? (
        <SendSheet title={ts('returns.replace')} lead={ts('returns.replace_lead')} action={ts('returns.replace_action')} onClose={() => setOpen(undefined)}
          send={(carrier, tracking, key) => step(ts('returns.replaced'))({ action: 'send_replacement', carrier, tracking }, key)} />
      ) : null}
      {open === 'refund' ? (
        <NoteSheet danger title={ts('returns.refund')} lead={ts('returns.refund_lead', { amount: formatMoney(r.amount) })} label={ts('returns.why')} action={ts('returns.grant_pay', { amount: formatMoney(r.amount) })} max={returnStepLimits.note.max} onClose={() => setOpen(undefined)}
          send={(note, key) => step(ts('returns.refunded'))({ action: 'refund', note }, key)} />
      ) : null}
      {open === 'reject' || open === 'dispute' ? (
        <NoteSheet danger title={ts(`returns.${open}`)} lead={ts(`returns.${open}_lead`)} label={ts('returns.why')} action={ts(`returns.${open}`)} max={returnStepLimits.note.max} hint={ts('returns.why_hint')} onClose={() => setOpen(undefined)}
          send={(note, key) => step(ts(open === 'reject' ? 'returns.rejected' : 'returns.disputed'))({ action: open, note }, key)} />
      ) : null}
    </Page>
  );
}

type StepProps = { of: Return; onClose: () => void; send: (body: ReturnStep, key: string) => Promise<void> };

// Granting what is sent back needs the place to send it to; granting a mere refund pays at once.
function Grant({ of: r, onClose, send }: StepProps) {
  const back = r.kind !== 'refund_only';
  const lead = r.kind === 'exchange' ? 'returns.grant_exchange_lead' : back ? 'returns.grant_lead' : 'returns.grant_refund';
  const place = useData(placeKey(r.shop.id), () => ask(api.shopReturnPlace({ shop: r.shop.id })));
  if (back && !place.data && !place.problem) return <Sheet title={ts('returns.grant')} onClose={onClose}><Skeleton lines={3} /></Sheet>;
  const known = back ? place.data?.address ?? '' : '';
  return (
    <NoteSheet title={ts('returns.grant')} lead={ts(lead, { amount: formatMoney(r.amount) })} label={ts(back && !known ? 'returns.where' : 'returns.words')} optional={!back || known !== ''}
      hint={back && !known ? ts('returns.where_hint') : undefined} action={back ? ts('returns.grant') : ts('returns.grant_pay', { amount: formatMoney(r.amount) })} max={returnStepLimits.note.max} onClose={onClose}
      send={async (note, key) => {
        await send({ action: 'grant', ...(note ? { note } : {}) }, key);
        // Said once, it is known for the next return, and for those that silence grants.
        if (back && !known) void api.shopReturnPlacePut({ shop: r.shop.id }, { address: note }).then(() => forget(placeKey(r.shop.id)));
      }}>
      {known ? <div><p class="label">{ts('place.title')}</p><p class="muted return-place">{known}</p></div> : null}
    </NoteSheet>
  );
}

// What came back: all of it goes on the shelf again, but what is damaged.
function Accept({ of: r, onClose, send }: StepProps) {
  const [damaged, setDamaged] = useState<Record<string, number>>({});
  const exchange = r.kind === 'exchange';
  return (
    <NoteSheet optional title={ts('returns.accept')} lead={ts(exchange ? 'returns.accept_exchange_lead' : 'returns.accept_lead', { amount: formatMoney(r.amount) })} label={ts('returns.words')} action={exchange ? ts('returns.accept_exchange') : ts('returns.grant_pay', { amount: formatMoney(r.amount) })} max={returnStepLimits.note.max} onClose={onClose}
      send={(note, key) => {
        const list = Object.entries(damaged).filter(([, n]) => n > 0).map(([line, quantity]) => ({ line, quantity }));
        return send({ action: 'accept', ...(note ? { note } : {}), ...(list.length ? { damaged: list } : {}) }, key);
      }}>
      <fieldset class="ship-parts">
        <legend class="label">{ts('returns.damaged')}</legend>
        <p class="field-hint">{ts('returns.damaged_hint')}</p>
        <ul class="ship-lines">{r.lines.map(l => (
          <li key={l.line}>
            <span class="row-text"><span class="clamp2 small">{l.title}</span><span class="small muted">{ts('returns.came', { n: l.quantity })}</span></span>
            <Stepper value={damaged[l.line] ?? 0} min={0} max={l.quantity} label={ts('returns.damaged_of', { title: l.title })} onValue={n => setDamaged(d => ({ ...d, [l.line]: n }))} />
          </li>))}
        </ul>
      </fieldset>
    </NoteSheet>
  );
}
