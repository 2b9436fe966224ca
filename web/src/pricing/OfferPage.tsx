// A sale or flash sale: what it does to which prices, how much is left of it, changing its end, ending it.
import { useState } from 'preact/hooks';
import { Pencil, Square } from 'lucide-preact';
import { api, ask, Refusal, type OfferDetail, type OfferItem, type PriceOffer } from '../app/api';
import { forget, useData } from '../app/cache';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Badge, Card, Failed, FormError, Page, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { words } from '../studio/bits';
import { Name } from './Changes';
import { Facts } from './Facts';
import { useNames } from './names';
import { When } from './When';
import { channelName, dates, fromField, marketName, stateOf, toField, TONE, whole } from './words';
import './promos.css';

export function OfferPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!;
  const { data, problem, reload, set } = useData(`studio/offer/${id}`, () => ask(api.offerGet({ id })));
  if (!data) return <Page title={td('title')} backTo="/studio/promotions">{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />}</Page>;
  return <Loaded detail={data} set={set} />;
}

function Loaded({ detail: d, set }: { detail: OfferDetail; set: (d: OfferDetail) => void }) {
  const [editing, edit] = useState(false);
  const o = d.offer, state = stateOf(o), open = state === 'running' || state === 'scheduled', flash = o.kind === 'flash';
  const names = useNames(d.items.map(i => i.product));
  const end = async () => {
    const running = state === 'running';
    if (!await confirm({ title: td(running ? 'detail.end_title' : 'detail.cancel_title', { name: o.name }), body: td(running ? 'detail.end_body' : 'detail.cancel_body'), action: td(running ? 'detail.end' : 'detail.cancel'), danger: true })) return;
    const r = await api.offerEnd({ id: o.id });
    if (!r.ok) return toast(words(new Refusal(r.problem)), { kind: 'bad' });
    set(r.value);
    forget(`studio/offers/${o.shop}`);
    toast(td('detail.ended'), { kind: 'good' });
  };
  return (
    <Page title={o.name} wide backTo="/studio/promotions">
      <Card title={td(`kind.${o.kind}`)} action={<Badge tone={TONE[state]}>{td(`state.${state}`)}</Badge>}>
        <div class="stack">
          <Facts items={[
            [td('detail.when'), dates(o)],
            [td('detail.where'), `${marketName(o.market)} · ${channelName(o.channel)}`],
            [td('detail.limit'), o.per_buyer === undefined ? td('detail.no_limit') : String(o.per_buyer)],
          ]} />
          {open ? <div class="line">
            <Button icon={<Pencil size={18} aria-hidden="true" />} onClick={() => edit(true)}>{td('detail.edit')}</Button>
            <Button kind="danger" icon={<Square size={18} aria-hidden="true" />} onClick={() => void end()}>{td(state === 'running' ? 'detail.end' : 'detail.cancel')}</Button>
          </div> : null}
        </div>
      </Card>
      <Card title={td('detail.products')}>
        <Table<OfferItem> label={td('detail.products')} rows={d.items} keyOf={i => i.variant} columns={[
          { title: td('detail.product'), main: true, cell: i => <><Name of={names(i.product, i.variant)} />{i.dropped ? <span class="plan-dropped"><Badge tone="warn">{td('detail.dropped')}</Badge> <span class="muted small">{td('detail.dropped_note')}</span></span> : null}</> },
          { title: td('detail.regular'), end: true, cell: i => <span class="num nowrap">{formatMoney(i.regular)}</span> },
          { title: td('detail.offer'), end: true, cell: i => <strong class="num nowrap">{formatMoney(i.price)}</strong> },
          { title: td('detail.low'), end: true, cell: i => <span class="num nowrap">{i.low ? formatMoney(i.low) : '–'}</span> },
          ...(flash ? [{ title: td('detail.stock'), end: true, cell: (i: OfferItem) => <span class="num nowrap">{i.left === undefined ? i.stock ?? '–' : `${i.left} / ${i.stock ?? '–'}`}</span> }] : []),
        ]} />
      </Card>
      {editing ? <Edit offer={o} onClose={() => edit(false)} onDone={x => { set(x); forget(`studio/offers/${o.shop}`); }} /> : null}
    </Page>
  );
}

function Edit({ offer: o, onClose, onDone }: { offer: PriceOffer; onClose: () => void; onDone: (d: OfferDetail) => void }) {
  const running = stateOf(o) === 'running';
  const form = useForm({
    values: { name: o.name, starts: toField(new Date(o.starts)), ends: toField(new Date(o.ends)), per_buyer: o.per_buyer === undefined ? '' : String(o.per_buyer) },
    check: v => ({
      ...(v.name.trim() ? {} : { name: t('form.required') }),
      ...(fromField(v.starts) ? {} : { starts: td('form.bad_time') }),
      ...(fromField(v.ends) ? {} : { ends: td('form.bad_time') }),
      ...(v.per_buyer.trim() && whole(v.per_buyer, 1, 1000) === undefined ? { per_buyer: td('form.bad_count') } : {}),
    }),
    send: async v => {
      const moved = (field: string, was: string) => (field === toField(new Date(was)) ? {} : undefined);
      onDone(await ask(api.offerPatch({ id: o.id }, {
        version: o.version, name: v.name.trim(), per_buyer: v.per_buyer.trim() ? Number(v.per_buyer) : 0,
        ...(running ? {} : moved(v.starts, o.starts) ?? { starts: fromField(v.starts)! }),
        ...(moved(v.ends, o.ends) ?? { ends: fromField(v.ends)! }),
      })));
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
    },
  });
  return (
    <Sheet title={td('detail.edit')} onClose={onClose} foot={<Button kind="main" wide busy={form.busy} onClick={() => void form.submit()}>{t('ui.save')}</Button>}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={td('form.name')} maxLength={80} {...form.field('name')} />
        <When {...(running ? {} : { starts: form.field('starts') })} ends={form.field('ends')} />
        <Field label={td('form.per_buyer')} optional inputMode="numeric" class="input num" hint={td('form.per_buyer_hint')} {...form.field('per_buyer')} />
        {running ? <p class="field-hint">{td('detail.keep')}</p> : null}
      </form>
    </Sheet>
  );
}
