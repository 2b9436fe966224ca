// A challenge: its rules, how long it goes on, whose clips the most people have watched, and how to join.
import { useEffect, useState } from 'preact/hooks';
import { Clapperboard, Flag, Plus, Share2, Trash2, Trophy } from 'lucide-preact';
import { api, ask, type Challenge, type ChallengeBoard, type ChallengeEntry, type ChallengeFault, type Clip, type ClipPage } from '../app/api';
import { forget, useData } from '../app/cache';
import { place } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { account, shops, signedIn } from '../app/session';
import { mustSignIn, refused } from '../social/state';
import { compact } from '../text/numbers';
import { t } from '../text';
import { tt } from '../text/trends';
import { Banner, Card, EmptyState, Failed, FormError, List, Page, Picture, Price, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Choices, Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { shareLink } from '../ui/share';
import { toast } from '../ui/Toast';
import { starterOf, StateBadge, timeText } from './Challenges';
import './trends.css';

const FRESH_MS = 10_000;
const POLL_MS = 60_000;
const PAGE = 24;
const FAULTS: ChallengeFault[] = ['spam', 'unsafe', 'not_theirs', 'other'];

export function ChallengePage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload } = useData<ChallengeBoard>(`challenge/${id}`, () => ask(api.challengeGet({ id })), FRESH_MS);
  const going = data !== undefined && !data.challenge.final;
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => { if (!document.hidden) void reload(); }, POLL_MS);
    return () => clearInterval(timer);
  }, [id, going]);
  if (!data) return <Page title={tt('challenge.title')} wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={6} />}</Page>;
  return <Loaded board={data} reload={() => { forget('challenges'); void reload(); }} />;
}

function Loaded({ board: b, reload }: { board: ChallengeBoard; reload: () => void }) {
  const c = b.challenge;
  const [sheet, setSheet] = useState<'join' | 'report' | 'remove'>();
  const open = c.state === 'open';
  const done = () => { setSheet(undefined); reload(); };
  return (
    <Page title={c.title} wide hideTitle end={<>
      {c.mine ? null : <IconButton label={tt('challenge.report')} onClick={() => { if (mustSignIn()) setSheet('report'); }}><Flag size={22} /></IconButton>}
      <IconButton label={t('feed.share')} onClick={() => void shareLink({ title: c.title, path: `/challenge/${c.id}` })}><Share2 size={22} /></IconButton></>}>
      <div class="challenge">
        <div class="challenge-side stack">
          <Head challenge={c} />
          {c.rules ? <p class="challenge-rules" dir="auto">{c.rules}</p> : null}
          {c.product ? <Card pad={false}><List><Row href={`/product/${c.product.id}`} start={<Picture class="rising-pic" alt="" {...(c.product.picture ? { picture: c.product.picture } : {})} />}
            title={<span class="clamp2">{c.product.title}</span>} note={<Price money={c.product.price_from} from={c.product.price_to.minor > c.product.price_from.minor} size="small" />} /></List></Card> : null}
          {open ? <Button kind="main" wide icon={<Plus size={20} aria-hidden="true" />} onClick={() => { if (mustSignIn(place.peek().path)) setSheet('join'); }}>{tt('challenge.join')}</Button> : null}
          {c.mine ? <Tend challenge={c} onDone={reload} onRemove={() => setSheet('remove')} /> : null}
          <details class="trend-how">
            <summary>{tt('challenge.how')}</summary>
            <ul class="plain-list">{['people', 'consent', 'own', 'bots', 'minute', 'forget'].map(k => <li key={k}>{tt(`challenge.how.${k}`)}</li>)}</ul>
          </details>
        </div>
        <Board board={b} onLeft={reload} />
      </div>
      {sheet === 'join' ? <JoinSheet board={b} onClose={() => setSheet(undefined)} onDone={done} /> : null}
      {sheet === 'report' ? <ReportSheet id={c.id} onClose={() => setSheet(undefined)} /> : null}
      {sheet === 'remove' ? <RemoveSheet id={c.id} onClose={() => setSheet(undefined)} onDone={done} /> : null}
    </Page>
  );
}

function Head({ challenge: c }: { challenge: Challenge }) {
  const who = starterOf(c);
  const to = c.shop ? `/shop/${c.shop.handle}` : c.starter.handle ? `/@${c.starter.handle}` : undefined;
  return (
    <>
      <div class="challenge-head">
        <span class="challenge-mark" aria-hidden="true"><Trophy size={30} /></span>
        <div class="challenge-who">
          <h2 dir="auto">{c.title}</h2>
          <p class="muted"><a href={`/tag/${encodeURIComponent(c.tag)}`}><bdi>#{c.tag}</bdi></a>{who ? <> · {to ? <a href={to}><bdi>{who}</bdi></a> : <bdi>{who}</bdi>}</> : null}</p>
        </div>
      </div>
      <p class="challenge-facts"><StateBadge challenge={c} /> <span>{timeText(c)}</span> <span class="muted">{tt('challenge.clips', { n: c.entries })}</span></p>
      {c.state === 'removed' ? <Banner tone="bad" title={tt('challenge.removed')}>{c.reason}</Banner>
        : c.state === 'withdrawn' ? <Banner tone="warn">{tt('challenge.withdrawn_body')}</Banner>
        : c.state === 'ended' && !c.final ? <Banner>{tt('challenge.counting')}</Banner> : null}
    </>
  );
}

function Board({ board: b, onLeft }: { board: ChallengeBoard; onLeft: () => void }) {
  const c = b.challenge;
  const below = b.own.filter(o => !b.items.some(i => i.clip.id === o.clip.id));
  const title = tt(c.state === 'open' ? 'challenge.board' : 'challenge.result');
  const take = async (e: ChallengeEntry) => {
    const own = b.own.some(o => o.clip.id === e.clip.id);
    if (!await confirm({ title: tt('challenge.leave_ask'), body: tt(own ? 'challenge.leave_body' : 'challenge.drop_body'), action: tt('challenge.leave'), danger: true })) return;
    const r = await api.challengeLeave({ id: c.id, clip: e.clip.id });
    if (!r.ok) refused(r.problem);
    onLeft();
  };
  const row = (e: ChallengeEntry) => <Entry key={e.clip.id} entry={e} challenge={c} own={b.own.some(o => o.clip.id === e.clip.id)} onTake={c.state === 'open' && e.may_leave ? () => void take(e) : undefined} />;
  return (
    <section aria-label={title}>
      <h2 class="section-title">{title}</h2>
      {b.items.length === 0
        ? <EmptyState icon={<Clapperboard size={32} />} title={tt(c.state === 'open' ? 'challenge.none' : 'challenge.none_over')}>{c.state === 'open' ? tt('challenge.none_body', { tag: c.tag }) : ''}</EmptyState>
        : <Card pad={false}><ol class="board">{b.items.map(row)}{below.map(row)}</ol></Card>}
    </section>
  );
}

function Entry({ entry: e, challenge: c, own, onTake }: { entry: ChallengeEntry; challenge: Challenge; own: boolean; onTake?: (() => void) | undefined }) {
  const by = e.clip.author.name || (e.clip.author.handle ? `@${e.clip.author.handle}` : '') || e.clip.shop.name;
  const cup = c.state === 'ended' && e.place <= 3 && e.viewers > 0;
  return (
    <li class={`board-row${own ? ' board-own' : ''}`}>
      <a class="board-link" href={`/clip/${e.clip.id}`}>
        <span class={`board-place${cup ? ` board-cup board-cup-${e.place}` : ''}`}><span class="hidden">{tt('challenge.place', { n: e.place })}</span><span aria-hidden="true">{e.place}</span></span>
        {e.clip.poster ? <img class="board-poster" src={e.clip.poster} alt="" loading="lazy" /> : <span class="board-poster" />}
        <span class="rising-text">
          <strong class="rising-title" dir="auto">{e.clip.caption || e.clip.shop.name}</strong>
          <span class="rising-note"><bdi>{by}</bdi>{own ? ` · ${tt('challenge.yours_one')}` : ''}</span>
        </span>
        <span class="board-n"><strong>{compact(e.viewers)}</strong> <span>{tt('challenge.viewers', { n: e.viewers })}</span></span>
      </a>
      {onTake ? <IconButton label={tt('challenge.take_out', { caption: e.clip.caption || by })} onClick={onTake}><Trash2 size={20} /></IconButton> : null}
    </li>
  );
}

// Ending, withdrawing; removal by the operator.
function Tend({ challenge: c, onDone, onRemove }: { challenge: Challenge; onDone: () => void; onRemove: () => void }) {
  const stop = async (withdraw: boolean) => {
    const w = withdraw ? 'withdraw' : 'end';
    if (!await confirm({ title: tt(`challenge.${w}_ask`), body: tt(`challenge.${w}_body`), action: tt(`challenge.${w}`), danger: withdraw })) return;
    const r = await (withdraw ? api.challengeWithdraw({ id: c.id }) : api.challengeEnd({ id: c.id }));
    if (!r.ok) refused(r.problem);
    onDone();
    if (r.ok) setTimeout(onDone, 2500);                    // by then all is counted
  };
  return (
    <div class="challenge-tend">
      {c.state === 'open' ? <><Button onClick={() => void stop(false)}>{tt('challenge.end')}</Button><Button onClick={() => void stop(true)}>{tt('challenge.withdraw')}</Button></> : null}
      {account.value?.role === 'operator' && c.state !== 'removed' ? <Button kind="danger" onClick={onRemove}>{tt('challenge.remove')}</Button> : null}
    </div>
  );
}

function JoinSheet({ board: b, onClose, onDone }: { board: ChallengeBoard; onClose: () => void; onDone: () => void }) {
  const handle = account.value?.handle;
  const { data, problem, reload } = useData<ClipPage | undefined>(`challenge-mine/${handle ?? ''}`, async () => (handle ? ask(api.personClips({ handle, limit: PAGE })) : undefined));
  const tag = b.challenge.tag;
  const clips = (data?.items ?? []).filter(c => !b.own.some(o => o.clip.id === c.id) && !b.items.some(i => i.clip.id === c.id));
  const enter = async (clip: Clip) => {
    const r = await api.challengeEnter({ id: b.challenge.id }, { clip: clip.id });
    if (!r.ok) return refused(r.problem);
    toast(tt('challenge.joined'), { kind: 'good' });
    onDone();
  };
  const sells = signedIn.value && shops.value.length > 0;
  return (
    <Sheet title={tt('challenge.join')} onClose={onClose}>
      <div class="stack">
        <p>{tt(sells ? 'challenge.join_new' : 'challenge.join_none', { tag })}</p>
        {sells ? <Button href="/studio/clips/new" icon={<Clapperboard size={20} aria-hidden="true" />}>{tt('challenge.new_clip')}</Button> : null}
        {problem && !data ? <Failed problem={problem} retry={reload} /> : null}
        {clips.length ? (
          <>
            <h3>{tt('challenge.join_old')}</h3>
            <ul class="clip-pick">{clips.map(c => (
              <li key={c.id}><button type="button" class="clip-pick-one" onClick={() => void enter(c)}>
                {c.poster ? <img src={c.poster} alt="" loading="lazy" /> : null}<span class="clamp2" dir="auto">{c.caption || c.shop.name}</span>
              </button></li>
            ))}</ul>
          </>
        ) : null}
      </div>
    </Sheet>
  );
}

function ReportSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const [reason, setReason] = useState<ChallengeFault>('spam');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    const r = await api.challengeReport({ id }, { reason });
    setBusy(false);
    if (!r.ok) return refused(r.problem);
    toast(tt('challenge.reported'), { kind: 'good' });
    onClose();
  };
  return (
    <Sheet title={tt('challenge.report')} onClose={onClose} foot={<Button kind="main" wide busy={busy} onClick={() => void send()}>{tt('challenge.report_send')}</Button>}>
      <Choices label={tt('challenge.report_why')} name="reason" value={reason} onValue={setReason} options={FAULTS.map(value => ({ value, title: tt(`fault.${value}`) }))} />
    </Sheet>
  );
}

function RemoveSheet({ id, onClose, onDone }: { id: string; onClose: () => void; onDone: () => void }) {
  const form = useForm({
    values: { reason: '' },
    check: v => ({ reason: v.reason.trim() ? undefined : tt('challenge.reason_missing') }),
    send: async (v): Promise<void> => {
      await ask(api.challengeRemove({ id }, { reason: v.reason.trim() }));
      onDone();
    },
  });
  return (
    <Sheet title={tt('challenge.remove')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={tt('challenge.reason')} multiline rows={3} maxLength={500} hint={tt('challenge.reason_hint')} {...form.field('reason')} />
        <Button kind="danger" type="submit" wide busy={form.busy}>{tt('challenge.remove')}</Button>
      </form>
    </Sheet>
  );
}

