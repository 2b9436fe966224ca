// A person as others see them: handle, what they chose to say, their clips and shops, following and blocking.
import { useEffect, useState } from 'preact/hooks';
import { Ban, Check, CirclePlay, Pencil, Plus, Store, UserRound } from 'lucide-preact';
import { api, ask, type PersonPage as People, type Profile } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { compact } from '../text/numbers';
import { t } from '../text';
import { tso } from '../text/social';
import { Avatar, Badge, Banner, Card, EmptyState, Failed, FormError, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { ClipGrid, More } from './Grid';
import { mustSignIn, personFollow, refused } from './state';
import './social.css';

const PAGE = 24;
const FRESH_MS = 15_000;

// A name in a text may be a shop's as well: then its page is where to go.
export function PersonPage({ params }: ScreenProps) {
  const handle = params['handle']!;
  const { data, problem, reload, set } = useData(`person/${handle}`, () => ask(api.personView({ handle })), FRESH_MS);
  const missing = problem?.slug === 'not_found';
  useEffect(() => {
    if (missing) void api.shopByHandle({ handle }).then(r => { if (r.ok) go(`/shop/${r.value.handle}`, { replace: true }); });
  }, [missing]);
  if (!data) return <Page title={`@${handle}`} wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />}</Page>;
  return <Loaded key={data.handle} person={data} onChange={set} />;
}

function Loaded({ person: p, onChange }: { person: Profile; onChange: (p: Profile) => void }) {
  const [sheet, setSheet] = useState<'followers' | 'following' | 'edit'>();
  const clips = useData(`person-clips/${p.handle}`, () => ask(api.personClips({ handle: p.handle, limit: PAGE })), FRESH_MS);
  const follow = async () => {
    if (!mustSignIn()) return;
    onChange({ ...p, followed: !p.followed, followers: Math.max(0, p.followers + (p.followed ? -1 : 1)) });
    if (!await personFollow(p.handle, !p.followed)) onChange(p);
  };
  const block = async () => {
    if (!mustSignIn()) return;
    if (!p.blocked && !await confirm({ title: tso('person.block_ask', { name: p.handle }), body: tso('person.block_body'), action: tso('person.block'), danger: true })) return;
    const r = await (p.blocked ? api.personUnblock({ handle: p.handle }) : api.personBlock({ handle: p.handle }));
    if (!r.ok) return refused(r.problem);
    onChange({ ...p, blocked: !p.blocked, followers: Math.max(0, p.followers - (p.followed ? 1 : 0)), followed: false, follows_me: false });
  };
  return (
    <Page title={`@${p.handle}`} wide end={p.mine ? null : <IconButton label={tso(p.blocked ? 'person.unblock' : 'person.block')} onClick={() => void block()}><Ban size={22} /></IconButton>}>
      <div class="shop-head">
        <Avatar name={p.name || p.handle} size={88} />
        <div class="shop-who">
          <h2 dir="auto">{p.name || `@${p.handle}`}</h2>
          {p.name ? <p class="muted small"><bdi>@{p.handle}</bdi></p> : null}
          <p class="person-counts">
            <button type="button" class="link-btn" onClick={() => setSheet('followers')}>{tso('person.followers', { n: p.followers, count: compact(p.followers) })}</button>
            <button type="button" class="link-btn" onClick={() => setSheet('following')}>{tso('person.following', { count: compact(p.following) })}</button>
            {p.follows_me ? <Badge>{tso('person.follows_you')}</Badge> : null}
          </p>
          {p.mine ? <Button size="small" icon={<Pencil size={18} aria-hidden="true" />} onClick={() => setSheet('edit')}>{tso('person.edit')}</Button>
            : p.blocked ? null
            : <Button size="small" kind={p.followed ? 'plain' : 'main'} aria-pressed={p.followed} icon={p.followed ? <Check size={18} aria-hidden="true" /> : <Plus size={18} aria-hidden="true" />}
                onClick={() => void follow()}>{tso(p.followed ? 'person.followed' : 'person.follow')}</Button>}
        </div>
      </div>
      {p.blocked ? <Banner tone="warn">{tso('person.blocked')}</Banner> : null}
      {p.bio ? <p class="person-bio" dir="auto">{p.bio}</p> : null}
      {p.shops.length ? <Card pad={false}><List label={tso('person.shop')}>{p.shops.map(s => <Row key={s.id} start={<Store size={22} />} title={s.name} note={s.city} href={`/shop/${s.handle}`} />)}</List></Card> : null}
      {!clips.data ? (clips.problem ? <Failed problem={clips.problem} retry={clips.reload} /> : <Skeleton kind="grid" lines={6} />)
        : clips.data.items.length === 0 ? <EmptyState icon={<CirclePlay size={32} />} title={tso('person.no_clips')}>{tso('person.no_clips_body')}</EmptyState>
        : <><ClipGrid clips={clips.data.items} /><More page={clips.data} set={clips.set} get={before => api.personClips({ handle: p.handle, limit: PAGE, before })} /></>}
      {sheet === 'edit' ? <Edit person={p} onSaved={onChange} onClose={() => setSheet(undefined)} /> : null}
      {sheet === 'followers' || sheet === 'following' ? <PeopleSheet handle={p.handle} which={sheet} person={p} onClose={() => setSheet(undefined)} /> : null}
    </Page>
  );
}

function PeopleSheet({ handle, which, person: p, onClose }: { handle: string; which: 'followers' | 'following'; person: Profile; onClose: () => void }) {
  const get = (before?: string) => (which === 'followers' ? api.personFollowers : api.personFollowing).call(api, { handle, ...(before ? { before } : {}) });
  const { data, problem, reload, set } = useData<People>(`person-${which}/${handle}`, () => ask(get()));
  const title = which === 'followers' ? tso('person.followers', { n: p.followers, count: compact(p.followers) }) : tso('person.following', { count: compact(p.following) });
  return (
    <Sheet title={title} onClose={onClose}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" />)
        : data.items.length === 0 ? <EmptyState icon={<UserRound size={32} />} title={tso('person.nobody')}>{tso('person.nobody_body')}</EmptyState>
        : <List>{data.items.map(r => <Row key={r.person.handle} start={<Avatar name={r.person.name || r.person.handle || '?'} />} title={r.person.name || `@${r.person.handle}`} note={r.person.name ? `@${r.person.handle}` : undefined} href={`/@${r.person.handle}`} />)}</List>}
      {data ? <More page={data} set={set} get={get} /> : null}
    </Sheet>
  );
}

function Edit({ person: p, onSaved, onClose }: { person: Profile; onSaved: (p: Profile) => void; onClose: () => void }) {
  const form = useForm({
    values: { name: p.name ?? '', bio: p.bio },
    check: () => ({}),
    send: async (v): Promise<void> => {
      onSaved(await ask(api.personEdit({ name: v.name.trim(), bio: v.bio.trim() })));
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
    },
  });
  return (
    <Sheet title={tso('person.edit')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={tso('person.name')} optional maxLength={80} hint={tso('person.name_hint')} {...form.field('name')} />
        <Field label={tso('person.bio')} optional multiline rows={3} maxLength={300} {...form.field('bio')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}
