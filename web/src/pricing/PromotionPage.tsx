// A promotion: what it gives to whom, how much of it is used, changing its end and its limits, ending it.
import { useState } from 'preact/hooks';
import { Pencil, Square } from 'lucide-preact';
import { api, ask, Refusal, type Promotion } from '../app/api';
import { forget, useData } from '../app/cache';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Badge, Card, Failed, FormError, List, Page, Picture, Progress, Row, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { MoneyField, words } from '../studio/bits';
import { moneyText, parseMoney } from '../studio/money';
import { Facts } from './Facts';
import { useNames } from './names';
import { When } from './When';
import { dates, fromField, marketName, promotionGives, stateOf, toField, TONE, whole } from './words';
import './promos.css';

export function PromotionPage({ params }: { params: Record<string, string> }) {
  return <OnePromotion id={params['id']!} backTo="/studio/promotions" />;
}

export function OnePromotion({ id, backTo }: { id: string; backTo: string }) {
  const { data, problem, reload, set } = useData(`studio/promotion/${id}`, () => ask(api.promotionGet({ id })));
  if (!data) return <Page title={td('title')} backTo={backTo}>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />}</Page>;
  return <Loaded promotion={data} backTo={backTo} set={p => { set(p); forget('studio/promotions/'); forget('operator/promotions'); }} />;
}

function Loaded({ promotion: p, backTo, set }: { promotion: Promotion; backTo: string; set: (p: Promotion) => void }) {
  const [editing, edit] = useState(false);
  const state = stateOf(p), open = state === 'running' || state === 'scheduled';
  const end = async () => {
    const running = state === 'running';
    if (!await confirm({ title: td(running ? 'detail.end_title' : 'detail.cancel_title', { name: p.name }), body: td(running ? 'detail.end_body' : 'detail.cancel_body'), action: td(running ? 'detail.end' : 'detail.cancel'), danger: true })) return;
    const r = await api.promotionEnd({ id: p.id });
    if (!r.ok) return toast(words(new Refusal(r.problem)), { kind: 'bad' });
    set(r.value);
    toast(td('detail.ended'), { kind: 'good' });
  };
  return (
    <Page title={p.name} backTo={backTo}>
      <Card title={td(`kind.${p.kind}`)} action={<Badge tone={TONE[state]}>{td(`state.${state}`)}</Badge>}>
        <div class="stack">
          <Facts items={[
            [td('detail.what'), <strong>{promotionGives(p)}</strong>],
            [td('form.cap'), p.cap ? formatMoney(p.cap) : undefined],
            [td('detail.minimum'), p.minimum ? formatMoney(p.minimum) : p.kind === 'voucher' || p.kind === 'shipping' ? td('detail.none') : undefined],
            [td('detail.when'), dates(p)],
            [td('detail.where'), p.market === '*' ? td('form.where_all') : marketName(p.market)],
            [td('detail.who'), p.kind === 'voucher' ? who(p) : undefined],
            [td('detail.how'), p.kind === 'voucher' ? p.code ? td('detail.code', { code: p.code }) : td(p.shop ? 'form.how_public' : 'form.how_public_platform') : undefined],
            [td('form.per_person'), p.per_person === undefined ? undefined : String(p.per_person)],
            [td('detail.paid_by'), td(p.funder === 'seller' ? 'detail.paid_seller' : 'detail.paid_platform')],
          ]} />
          {open ? <div class="line">
            <Button icon={<Pencil size={18} aria-hidden="true" />} onClick={() => edit(true)}>{td('detail.edit')}</Button>
            <Button kind="danger" icon={<Square size={18} aria-hidden="true" />} onClick={() => void end()}>{td(state === 'running' ? 'detail.end' : 'detail.cancel')}</Button>
          </div> : null}
        </div>
      </Card>
      <Use promotion={p} />
      <Products promotion={p} />
      {editing ? <Edit promotion={p} onClose={() => edit(false)} onDone={set} /> : null}
    </Page>
  );
}

function who(p: Promotion): string {
  if (p.followers) return td('form.who_followers');
  return p.first_order === 'no' ? td('form.who_all') : td(p.first_order === 'shop' ? 'form.who_first' : 'form.who_first_platform');
}

function Use({ promotion: p }: { promotion: Promotion }) {
  return (
    <Card title={td('detail.use')}>
      <div class="stack">
        <div class="stack-2">
          <p class="spread"><span>{td('detail.used')}</span><strong class="num">{p.uses === undefined ? p.used : td('detail.used_of', { n: p.used, all: p.uses })}</strong></p>
          {p.uses === undefined ? null : <Progress value={p.used / p.uses} label={td('detail.used')} />}
        </div>
        <div class="stack-2">
          <p class="spread"><span>{td('detail.given')}</span><strong class="num">{p.budget ? td('detail.given_of', { given: formatMoney(p.given), budget: formatMoney(p.budget) }) : formatMoney(p.given)}</strong></p>
          {p.budget ? <Progress value={p.given.minor / p.budget.minor} label={td('detail.given')} /> : null}
        </div>
      </div>
    </Card>
  );
}

function Products({ promotion: p }: { promotion: Promotion }) {
  const names = useNames([...p.products, ...p.bundle.map(b => b.product)]);
  if (p.kind === 'shipping') return null;
  const rows = p.kind === 'bundle' ? p.bundle.map(b => ({ of: names(b.product, b.variant ?? undefined), end: `${b.quantity} ×` })) : p.products.map(id => ({ of: names(id), end: '' }));
  return (
    <Card title={td('detail.products')} {...(rows.length + p.categories.length ? { pad: false, class: 'card-list' } : {})}>
      {rows.length === 0 && p.categories.length === 0 ? <p class="muted">{td(p.shop ? 'detail.all_products' : 'detail.every_shop')}</p> : (
        <List label={td('detail.products')}>
          {rows.map((r, i) => <Row key={i} start={<Picture class="row-pic" alt="" {...(r.of.picture ? { picture: r.of.picture } : {})} />} title={r.of.title} note={r.of.note} end={r.end ? <span class="num">{r.end}</span> : null} />)}
          {p.categories.map(c => <Row key={c} title={c} note={td('form.scope_categories')} />)}
        </List>
      )}
    </Card>
  );
}

function Edit({ promotion: p, onClose, onDone }: { promotion: Promotion; onClose: () => void; onDone: (p: Promotion) => void }) {
  const running = stateOf(p) === 'running';
  const counted = p.kind === 'voucher' || p.budget !== undefined || p.uses !== undefined;
  const currency = p.currency;
  const form = useForm({
    values: { name: p.name, starts: toField(new Date(p.starts)), ends: toField(new Date(p.ends)), budget: p.budget ? moneyText(p.budget.minor, currency) : '', uses: p.uses === undefined ? '' : String(p.uses) },
    check: v => ({
      ...(v.name.trim() ? {} : { name: t('form.required') }),
      ...(fromField(v.starts) ? {} : { starts: td('form.bad_time') }),
      ...(fromField(v.ends) ? {} : { ends: td('form.bad_time') }),
      ...(v.budget.trim() && !parseMoney(v.budget, currency) ? { budget: td('form.bad_money') } : {}),
      ...(v.uses.trim() && whole(v.uses, 1, 100_000_000) === undefined ? { uses: td('form.bad_count') } : {}),
    }),
    send: async v => {
      const same = (field: string, was: string) => field === toField(new Date(was));
      onDone(await ask(api.promotionPatch({ id: p.id }, {
        version: p.version, name: v.name.trim(),
        ...(running || same(v.starts, p.starts) ? {} : { starts: fromField(v.starts)! }),
        ...(same(v.ends, p.ends) ? {} : { ends: fromField(v.ends)! }),
        ...(v.budget.trim() ? { budget: { minor: parseMoney(v.budget, currency)!, currency } } : {}),
        ...(v.uses.trim() ? { uses: Number(v.uses) } : {}),
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
        {counted ? <div class="pair">
          <MoneyField label={td('form.budget')} currency={currency} optional {...form.field('budget')} />
          <Field label={td('form.uses')} optional inputMode="numeric" class="input num" {...form.field('uses')} />
        </div> : null}
        {running ? <p class="field-hint">{td('detail.keep')}</p> : null}
      </form>
    </Sheet>
  );
}
