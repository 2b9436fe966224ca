// Returns in dispute: what the buyer says and shows, what the shop says, and the operator's decision. Silence decides for the buyer.
import { useState } from 'preact/hooks';
import { Gavel, Scale } from 'lucide-preact';
import { returnStepLimits } from '../api';
import { api, ask, type Return } from '../app/api';
import { forget, useData } from '../app/cache';
import type { ScreenProps } from '../app/screens';
import { NoteSheet } from '../orders/NoteSheet';
import { ReturnFacts, ReturnRow, ReturnTimeline, ReturnTop } from '../returns/parts';
import { answerOf } from '../returns/words';
import { More, usePages } from '../studio/bits';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Avatar, Banner, Card, EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { toast } from '../ui/Toast';
import '../cart/cart.css';

export function ReturnsPage() {
  const list = usePages('operator/returns', before => api.operatorReturnList({ before }));
  return (
    <Page title={to('disputes.title')} wide backTo={false}>
      <p class="muted">{to('disputes.lead')}</p>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={4} />)
        : list.items.length === 0 ? <EmptyState icon={<Scale size={36} />} title={to('disputes.none')}>{to('disputes.none_body')}</EmptyState>
        : <ul class="returns-grid">{list.items.map(r => <ReturnRow key={r.id} of={r} viewer="operator" href={`/operator/returns/${r.id}`} onEnd={() => void list.reload()} />)}</ul>}
      <More list={list} />
    </Page>
  );
}

export function ReturnPage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload, set } = useData(`operator/return/${id}`, () => ask(api.returnGet({ id })));
  if (!data) return <Page title={to('return.title')} backTo="/operator/returns" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded of={data} set={set} reload={() => void reload()} />;
}

function Loaded({ of: r, set, reload }: { of: Return; set: (r: Return) => void; reload: () => void }) {
  const [deciding, decide] = useState<'buyer' | 'seller'>();
  const may = r.actions.includes('decide');
  const answer = answerOf(r);
  const foot = may ? (
    <div class="pair foot-pair">
      <Button onClick={() => decide('seller')}>{to('disputes.for_seller')}</Button>
      <Button kind="main" icon={<Gavel size={20} aria-hidden="true" />} onClick={() => decide('buyer')}>{to('disputes.for_buyer')}</Button>
    </div>
  ) : undefined;
  return (
    <Page title={to('return.of', { number: r.number })} backTo="/operator/returns" wide {...(foot ? { foot } : {})}>
      <div class="order-cols">
        <div class="stack">
          <ReturnTop of={r} viewer="operator" onEnd={reload}>
            {answer ? <Banner title={answer.side === 'operator' ? to('return.market_says') : to('return.answer', { shop: r.shop.name })}>{answer.text}</Banner> : null}
          </ReturnTop>
          <ReturnFacts of={r} />
        </div>
        <div class="stack">
          <ReturnTimeline of={r} viewer="operator" />
          <Card><a class="cart-name" href={`/shop/${r.shop.handle}`}><Avatar name={r.shop.name} url={r.shop.picture} size={32} /><strong>{r.shop.name}</strong></a></Card>
        </div>
      </div>
      {deciding ? (
        <NoteSheet danger={deciding === 'seller'} title={to(`disputes.for_${deciding}`)} label={to('disputes.why')} hint={to('disputes.why_hint')} max={returnStepLimits.note.max}
          lead={to(deciding === 'seller' ? (r.replacement ? 'disputes.seller_replaced_lead' : 'disputes.seller_lead') : r.kind === 'exchange' && !r.replacement ? (r.tracking ? 'disputes.buyer_replace_lead' : 'disputes.buyer_exchange_lead') : r.tracking || r.kind === 'refund_only' ? 'disputes.buyer_lead' : 'disputes.buyer_send_lead', { amount: formatMoney(r.amount) })}
          action={to('disputes.decide')} onClose={() => decide(undefined)}
          send={async (note, idempotencyKey) => {
            set(await ask(api.returnStepPost({ id: r.id }, { action: 'decide', grant: deciding === 'buyer', note }, { idempotencyKey })));
            decide(undefined);
            forget('operator/returns');
            toast(to('disputes.decided'), { kind: 'good' });
          }} />
      ) : null}
    </Page>
  );
}
