// Challenges where they are listed: on the page of trends, of a tag, in the studio; and the sheet that starts one.
import { useState } from 'preact/hooks';
import { Plus, Trophy } from 'lucide-preact';
import { api, ask, type Challenge, type ChallengePage, type ProductCardPage } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import { shops, signedIn } from '../app/session';
import { mustSignIn } from '../social/state';
import { day, when } from '../text/numbers';
import { tt, useTrendsText } from '../text/trends';
import { Badge, Card, FormError, List, Row } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { say, useForm } from '../ui/form';
import { Refusal } from '../app/api';
import { Sheet } from '../ui/Sheet';
import './trends.css';

const FRESH_MS = 30_000;
const FIRST = 2;
const MOST = 50;
const HOURS = [24, 72, 168, 336, 720, 2160];

export const starterOf = (c: Challenge) => c.shop?.name ?? (c.starter.name || (c.starter.handle ? `@${c.starter.handle}` : ''));

export function StateBadge({ challenge: c }: { challenge: Challenge }) {
  return <Badge tone={c.state === 'open' ? 'good' : c.state === 'removed' ? 'bad' : 'plain'}>{tt(`challenge.${c.state}`)}</Badge>;
}

// Until when, or since when not.
export const timeText = (c: Challenge) => (c.state === 'open' ? tt('challenge.until', { when: when(c.ends) }) : tt('challenge.over', { when: day(c.ends) }));

function ChallengeRow({ challenge: c }: { challenge: Challenge }) {
  const who = starterOf(c);
  return <Row href={`/challenge/${c.id}`} start={<span class="rising-icon"><Trophy size={22} aria-hidden="true" /></span>}
    title={<span class="clamp2" dir="auto">{c.title}</span>} end={c.state === 'open' ? null : <StateBadge challenge={c} />}
    note={<><bdi>#{c.tag}</bdi>{who ? <> · <bdi>{who}</bdi></> : null}<br />{tt('challenge.clips', { n: c.entries })} · {timeText(c)}</>} />;
}

// Nothing where there is none: this is not what the page is for.
export function OpenChallenges() {
  const { data } = useData<ChallengePage>('challenges', () => ask(api.challengeList({ limit: MOST })), FRESH_MS);
  const [all, setAll] = useState(false);
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={tt('challenge.open_title')} pad={false} class="card-list"
      action={items.length > FIRST && !all ? <button type="button" class="link-all" onClick={() => setAll(true)}>{tt('challenge.all', { n: items.length })}</button> : null}>
      <List label={tt('challenge.open_title')}>{(all ? items : items.slice(0, FIRST)).map(c => <ChallengeRow key={c.id} challenge={c} />)}</List>
    </Card>
  );
}

// On a tag's page: its newest challenge, or the way to start one.
export function TagChallenge({ tag }: { tag: string }) {
  const ready = useTrendsText();
  const { data } = useData<ChallengePage>(`challenges/tag/${tag}`, () => ask(api.challengeList({ tag, limit: 1 })), FRESH_MS);
  const [starting, start] = useState(false);
  if (!ready || !data) return null;
  const c = data.items[0];
  return (
    <div class="tag-challenge">
      {c ? <Card pad={false} class="card-list"><List label={tt('challenge.title')}><ChallengeRow challenge={c} /></List></Card> : null}
      {signedIn.value && shops.value.length > 0 && c?.state !== 'open' ? <Button icon={<Trophy size={20} aria-hidden="true" />} onClick={() => start(true)}>{tt('challenge.start')}</Button> : null}
      {starting ? <StartSheet tag={tag} onClose={() => start(false)} /> : null}
    </div>
  );
}

export function ShopChallenges({ shop, may }: { shop: string; may: boolean }) {
  const { data } = useData<ChallengePage>(`challenges/shop/${shop}`, () => ask(api.challengeList({ shop, limit: MOST })));
  const [starting, start] = useState(false);
  return (
    <Card title={tt('challenge.yours')} pad={false} class="card-list" action={may ? <Button size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => start(true)}>{tt('challenge.start')}</Button> : null}>
      {data?.items.length ? <List label={tt('challenge.yours')}>{data.items.map(c => <ChallengeRow key={c.id} challenge={c} />)}</List> : <p class="calm">{tt('challenge.yours_none')}</p>}
      {starting ? <StartSheet shop={shop} onClose={() => start(false)} /> : null}
    </Card>
  );
}

// Of the given shop; else it is asked whose it shall be.
export function StartSheet({ shop: given, tag = '', onClose }: { shop?: string; tag?: string; onClose: () => void }) {
  const [chosen, choose] = useState('');
  const shop = given ?? chosen;
  const products = useData<ProductCardPage | undefined>(`challenge-products/${shop}`, async () => (shop ? ask(api.productList({ shop, limit: MOST })) : undefined), FRESH_MS);
  const form = useForm({
    values: { tag, title: '', rules: '', hours: '168', product: '' },
    check: v => ({
      tag: /^#?[\p{L}\p{N}_\p{M}]{2,60}$/u.test(v.tag.trim()) ? undefined : tt('challenge.tag_wrong'),
      title: v.title.trim().length >= 3 ? undefined : tt('challenge.title_short'),
    }),
    send: async (v): Promise<void> => {
      if (!mustSignIn()) return;
      const r = await api.challengePost({ tag: v.tag.trim().replace(/^#/, ''), title: v.title.trim(), rules: v.rules.trim(), hours: Number(v.hours), ...(shop ? { shop } : {}), ...(v.product ? { product: v.product } : {}) });
      if (r.ok) {
        forget('challenges');
        onClose();
        return go(`/challenge/${r.value.id}`);
      }
      const known = r.problem.slug === 'wrong_state' ? 'taken' : r.problem.slug === 'forbidden' ? 'no_creator' : r.problem.slug === 'too_many_items' ? 'too_many' : undefined;
      form.fail(known ? { [known === 'taken' ? 'tag' : '']: tt(`challenge.${known}`) } : { '': say(new Refusal(r.problem)) });
    },
  });
  return (
    <Sheet title={tt('challenge.start')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{tt('challenge.start_lead')}</p>
        <FormError text={form.errors['']} />
        {given ? null : <Select label={tt('challenge.as')} name="as" value={chosen} onValue={to => { choose(to); form.set('product', ''); }} options={[{ value: '', label: tt('challenge.as_me') }, ...shops.value.filter(s => s.role !== 'packer').map(s => ({ value: s.shop, label: s.name }))]} />}
        <Field label={tt('challenge.tag')} prefix="#" maxLength={61} autocapitalize="none" spellcheck={false} hint={tt('challenge.tag_hint')} {...form.field('tag')} />
        <Field label={tt('challenge.name')} maxLength={80} {...form.field('title')} />
        <Field label={tt('challenge.rules')} optional multiline rows={4} maxLength={1000} hint={tt('challenge.rules_hint')} {...form.field('rules')} />
        <Select label={tt('challenge.hours')} {...form.field('hours')} options={HOURS.map(h => ({ value: String(h), label: tt('challenge.days', { n: h / 24 }) }))} />
        {products.data?.items.length
          ? <Select label={tt('challenge.product')} optional {...form.field('product')} options={[{ value: '', label: tt('challenge.no_product') }, ...products.data.items.map(p => ({ value: p.id, label: p.title }))]} /> : null}
        <Button kind="main" type="submit" wide busy={form.busy}>{tt('challenge.start')}</Button>
      </form>
    </Sheet>
  );
}
