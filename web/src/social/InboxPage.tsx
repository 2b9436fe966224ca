// What others did that one wants to hear of, and which of it.
import { useEffect, useState } from 'preact/hooks';
import { AtSign, Bell, Heart, MessageCircle, Reply, SlidersHorizontal, Store, Trophy, UserPlus } from 'lucide-preact';
import { api, ask, type InboxItem, type NoticeKind } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { me, signedIn } from '../app/session';
import { ago } from '../text/numbers';
import { tso } from '../text/social';
import { Avatar, EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { Check } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { nameOf } from './Comments';
import { More } from './Grid';
import { refused } from './state';
import './social.css';

const PAGE = 30;
const ICONS = { follow: UserPlus, like: Heart, comment_like: Heart, comment: MessageCircle, reply: Reply, mention: AtSign, challenge: Trophy, invitation: Store } as const;

export function InboxPage() {
  const known = me.value !== undefined;
  const [switches, setSwitches] = useState(false);
  useEffect(() => { if (known && !signedIn.value) go('/sign-in?next=/inbox', { replace: true }); }, [known, signedIn.value]);
  return (
    <Page title={tso('inbox.title')} backTo="/me" end={<IconButton label={tso('inbox.switches')} onClick={() => setSwitches(true)}><SlidersHorizontal size={22} /></IconButton>}>
      {signedIn.value ? <Items /> : <Skeleton kind="rows" lines={5} />}
      {switches ? <Switches onClose={() => setSwitches(false)} /> : null}
    </Page>
  );
}

function Items() {
  const { data, problem, reload, set } = useData('inbox', () => ask(api.inboxGet({ limit: PAGE })));
  // What has been seen counts as read; on this screen it stays marked as new.
  useEffect(() => {
    if (!data || !me.peek()?.unread) return;
    void api.noticeRead().then(r => { if (r.ok && me.peek()) me.value = { ...me.peek()!, unread: 0 }; });
  }, [data]);
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />;
  if (data.items.length === 0) return <EmptyState icon={<Bell size={32} />} title={tso('inbox.none')}>{tso('inbox.none_body')}</EmptyState>;
  return (
    <>
      <ul class="inbox">{data.items.map(i => <Item key={i.id} item={i} />)}</ul>
      <More page={data} set={set} get={before => api.inboxGet({ limit: PAGE, before })} />
    </>
  );
}

function Item({ item: i }: { item: InboxItem }) {
  const name = nameOf(i.person);
  const Icon = ICONS[i.kind];
  const to = i.shop ? '/me/invitations' : i.challenge ? `/challenge/${i.challenge}` : i.clip ? `/clip/${i.clip}${i.kind === 'like' ? '' : `?comments${i.comment ? `=${i.comment}` : ''}`}` : i.person.handle ? `/@${i.person.handle}` : undefined;
  return (
    <li>
      <a class={`inbox-item${i.read ? '' : ' inbox-new'}`} href={to}>
        <span class="inbox-face">{i.challenge ? <span class="grid-mark inbox-cup"><Trophy size={22} aria-hidden="true" /></span> : i.shop ? <Avatar name={i.shop.name} url={i.shop.picture} size={44} /> : <Avatar name={name.replace(/^@/, '')} size={44} />}{i.challenge ? null : <span class={`inbox-kind inbox-${i.kind}`} aria-hidden="true"><Icon size={13} /></span>}</span>
        <span class="inbox-text">
          <span>{i.read ? null : <span class="hidden">{tso('inbox.new')}: </span>}{tso(`inbox.${i.kind}`, { n: i.n, name, more: i.n - 1, place: i.place, shop: i.shop?.name ?? '' })}</span>
          {i.text ? <span class="inbox-said clamp2" dir="auto">{i.text}</span> : null}
          <time class="muted small" dateTime={i.at}>{ago(i.at)}</time>
        </span>
        {i.poster ? <img class="inbox-poster" src={i.poster} alt="" loading="lazy" /> : null}
      </a>
    </li>
  );
}

function Switches({ onClose }: { onClose: () => void }) {
  const { data, problem, reload, set } = useData('inbox-switches', () => ask(api.noticeSwitches()));
  const turn = async (kind: NoticeKind, on: boolean) => {
    const r = await api.noticeSwitchPut({ kind, on });
    if (r.ok) set(r.value); else refused(r.problem);
  };
  return (
    <Sheet title={tso('inbox.switches')} onClose={onClose}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" />)
        : <div class="stack">{data.items.map(s => <Check key={s.kind} name={s.kind} label={tso(`switch.${s.kind}`)} value={s.on} onValue={on => void turn(s.kind, on)} />)}</div>}
    </Sheet>
  );
}
