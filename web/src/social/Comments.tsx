// Comments below a clip, in a sheet: the pinned one, threads, a line to write in that stays above the keyboard.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Ban, Ellipsis, Heart, MessageCircle, Pin, PinOff, SendHorizontal, Trash2, X } from 'lucide-preact';
import { api, Refusal, type Clip, type Comment, type CommentPage, type CommentThread } from '../app/api';
import { place } from '../app/router';
import { signedIn } from '../app/session';
import { compact, ago } from '../text/numbers';
import { tso, useSocialText } from '../text/social';
import { t } from '../text';
import { Avatar, Badge, EmptyState, Failed, List, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { say } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { Marked } from './Marked';
import { commentPost, commentsOf, commentWanted, countComments, mustSignIn, refused } from './state';
import './social.css';

const BODY_MAX = 500;
const PAGE = 20;

export const nameOf = (p: { handle?: string; name?: string }) => p.name || (p.handle ? `@${p.handle}` : tso('comments.someone'));

export default function CommentsSheet({ clip }: { clip: Clip }) {
  const ready = useSocialText();
  const [data, setData] = useState<CommentPage>();
  const [problem, setProblem] = useState<Refusal>();
  const [answering, setAnswering] = useState<Comment>();
  const [fresh, setFresh] = useState<Comment>();                   // a reply just written, for its thread
  const [total, setTotal] = useState(clip.comments);
  const [wanted, setWanted] = useState<CommentThread>();           // from the inbox: shown first

  const load = async (before?: string) => {
    const r = await api.commentList({ id: clip.id, limit: PAGE, ...(before ? { before } : {}) });
    if (!r.ok) return setProblem(new Refusal(r.problem));
    setProblem(undefined);
    setData(d => (before && d ? { ...r.value, ...(d.pinned ? { pinned: d.pinned } : {}), items: [...d.items, ...r.value.items] } : r.value));
  };
  const find = async (id: string) => {
    const r = await api.commentGet({ id });
    if (!r.ok) return toast(tso('comments.gone'));
    if (r.value.root.clip === clip.id) setWanted(r.value);
  };
  useEffect(() => { void load(); }, [clip.id]);
  const asked = commentWanted.value;
  useEffect(() => {
    if (!asked) return;
    commentWanted.value = undefined;                               // opened by hand the next time: nothing is looked for
    void find(asked);
  }, [asked]);

  const written = (c: Comment) => {
    setTotal(n => n + 1);
    if (c.parent && c.parent === wanted?.root.id) setWanted({ ...wanted, root: { ...wanted.root, replies: wanted.root.replies + 1 } });
    if (c.parent) setFresh(c);
    else setData(d => d && { ...d, items: [c, ...d.items] });
    if (c.parent) setData(d => d && edit(d, c.parent!, x => ({ ...x, replies: x.replies + 1 })));
    setAnswering(undefined);
  };
  const gone = (c: Comment) => {
    const n = 1 + (c.parent ? 0 : c.replies);
    setTotal(x => Math.max(0, x - n));
    countComments(clip.id, -n);
    if (wanted?.root.id === c.id) setWanted(undefined);
    setData(d => d && (c.parent ? edit(d, c.parent, x => ({ ...x, replies: Math.max(0, x.replies - 1) }))
      : { ...d, items: d.items.filter(x => x.id !== c.id), ...(d.pinned?.id === c.id ? { pinned: undefined as never } : {}) }));
  };
  if (!ready) return null;
  const first = wanted?.root;
  const items = data ? [...(first ? [first] : []), ...[...(data.pinned ? [data.pinned] : []), ...data.items].filter(c => c.id !== first?.id)] : [];
  return (
    <Sheet title={tso('comments.title', { n: total })} kind="side" class="comments" onClose={() => { commentsOf.value = undefined; }}
      foot={<Write clip={clip} answering={answering} onStop={() => setAnswering(undefined)} onWritten={written} />}>
      {!data ? (problem ? <Failed problem={problem} retry={() => void load()} /> : <Skeleton kind="rows" lines={4} />)
        : items.length === 0 ? <EmptyState icon={<MessageCircle size={32} />} title={tso('comments.none')}>{tso('comments.none_body')}</EmptyState>
        : (
          <ul class="comment-list">
            {items.map(c => <Thread key={c === first ? `wanted-${c.id}` : c.id} comment={c} wanted={c === first ? wanted?.reply ?? c : undefined} fresh={fresh?.parent === c.id ? fresh : undefined} onAnswer={setAnswering}
              onGone={gone} onPin={() => void load()} />)}
          </ul>
        )}
      {data?.next ? <Button onClick={() => void load(data.next)}>{t('ui.load_more')}</Button> : null}
    </Sheet>
  );
}

function edit(d: CommentPage, id: string, f: (c: Comment) => Comment): CommentPage {
  return { ...d, items: d.items.map(c => (c.id === id ? f(c) : c)), ...(d.pinned ? { pinned: d.pinned.id === id ? f(d.pinned) : d.pinned } : {}) };
}

type Doing = { onAnswer: (c: Comment) => void; onGone: (c: Comment) => void; onPin: () => void };

function Thread({ comment: c, fresh, wanted, ...doing }: { comment: Comment; fresh?: Comment | undefined; wanted?: Comment | undefined } & Doing) {
  const [replies, setReplies] = useState<Comment[]>([]);
  const alone = wanted && wanted.id !== c.id && !replies.some(x => x.id === wanted.id) ? wanted : undefined;
  const [open, setOpen] = useState(false);
  const [more, setMore] = useState(false);
  useEffect(() => {
    if (!fresh) return;
    if (!open) return void load();
    setReplies(r => (r.some(x => x.id === fresh.id) ? r : [...r, fresh]));
  }, [fresh]);
  const load = async () => {
    const last = replies[replies.length - 1]?.id;
    const r = await api.commentReplies({ id: c.id, limit: PAGE, ...(open && last ? { after: last } : {}) });
    if (!r.ok) return refused(r.problem);
    setReplies(have => [...(open ? have : []), ...r.value.items]);
    setMore(r.value.next !== undefined);
    setOpen(true);
  };
  const gone = (x: Comment) => {
    setReplies(have => have.filter(y => y.id !== x.id));
    doing.onGone(x);
  };
  return (
    <li class="thread">
      <One comment={c} wanted={wanted?.id === c.id} {...doing} />
      {alone ? <ul class="comment-list replies"><li><One comment={alone} wanted {...doing} onGone={gone} /></li></ul> : null}
      {open && replies.length ? <ul class="comment-list replies">{replies.map(x => <li key={x.id}><One comment={x} wanted={wanted?.id === x.id} {...doing} onGone={gone} /></li>)}</ul> : null}
      {c.replies > (alone ? 1 : 0) && !open ? <button type="button" class="link-btn" onClick={() => void load()}>{tso('comments.replies', { n: c.replies })}</button> : null}
      {open && more ? <button type="button" class="link-btn" onClick={() => void load()}>{tso('comments.more_replies')}</button> : null}
      {open && replies.length && !more ? <button type="button" class="link-btn" onClick={() => setOpen(false)}>{tso('comments.hide')}</button> : null}
    </li>
  );
}

function One({ comment, wanted, onAnswer, onGone, onPin }: { comment: Comment; wanted?: boolean } & Doing) {
  const box = useRef<HTMLElement>(null);
  useEffect(() => { if (wanted) box.current?.scrollIntoView({ block: 'nearest' }); }, [wanted]);
  const [c, setC] = useState(comment);
  const [menu, setMenu] = useState(false);
  useEffect(() => setC(comment), [comment]);
  const name = nameOf(c.author);
  const like = async () => {
    if (!mustSignIn(place.peek().path)) return;
    const before = c;
    setC({ ...c, liked: !c.liked, likes: Math.max(0, c.likes + (c.liked ? -1 : 1)) });
    const r = await (c.liked ? api.commentUnlike({ id: c.id }) : api.commentLike({ id: c.id }));
    if (r.ok) return;
    setC(before);
    refused(r.problem);
  };
  return (
    <article ref={box} class={`comment${wanted ? ' wanted' : ''}`} aria-current={wanted || undefined}>
      <Avatar name={name.replace(/^@/, '')} size={36} />
      <div class="comment-in">
        <p class="comment-who">
          {c.author.handle ? <a href={`/@${c.author.handle}`}><bdi>{name}</bdi></a> : <span>{name}</span>}
          {c.by_creator ? <Badge tone="link">{tso('comments.creator')}</Badge> : null}
          {c.pinned ? <span class="comment-pin"><Pin size={12} aria-hidden="true" /> {tso('comments.pinned')}</span> : null}
        </p>
        <p class="comment-body" dir="auto"><Marked text={c.body} /></p>
        <p class="comment-foot muted">
          <time dateTime={c.created}>{ago(c.created)}</time>
          <button type="button" class="link-btn" aria-label={tso('comments.reply_to', { name })} onClick={() => { if (mustSignIn()) onAnswer(c); }}>{tso('comments.reply')}</button>
          {signedIn.value ? <IconButton class="comment-more" label={tso('comments.menu')} onClick={() => setMenu(true)}><Ellipsis size={18} /></IconButton> : null}
        </p>
      </div>
      <button type="button" class={`comment-like${c.liked ? ' liked' : ''}`} aria-pressed={c.liked}
        aria-label={tso(c.liked ? 'comments.unlike' : 'comments.like', { n: c.likes })} onClick={() => void like()}>
        <Heart size={18} fill={c.liked ? 'currentColor' : 'none'} aria-hidden="true" /><span class="num" aria-hidden="true">{c.likes > 0 ? compact(c.likes) : ''}</span>
      </button>
      {menu ? <Menu comment={c} onClose={() => setMenu(false)} onGone={onGone} onPin={onPin} /> : null}
    </article>
  );
}

function Menu({ comment: c, onClose, onGone, onPin }: { comment: Comment; onClose: () => void } & Omit<Doing, 'onAnswer'>) {
  const name = nameOf(c.author), handle = c.author.handle;
  const remove = async () => {
    onClose();
    if (!await confirm({ title: tso('comments.remove_ask'), body: c.replies ? tso('comments.remove_body') : '', action: tso('comments.remove'), danger: true })) return;
    const r = await api.commentDelete({ id: c.id });
    if (!r.ok) return refused(r.problem);
    onGone(c);
    toast(tso('comments.removed'));
  };
  const pin = async () => {
    onClose();
    const r = await (c.pinned ? api.commentUnpin({ id: c.id }) : api.commentPin({ id: c.id }));
    if (!r.ok) return refused(r.problem);
    onPin();
  };
  const block = async () => {
    onClose();
    if (!handle || !await confirm({ title: tso('person.block_ask', { name: handle }), body: tso('person.block_body'), action: tso('person.block'), danger: true })) return;
    const r = await api.personBlock({ handle });
    if (!r.ok) return refused(r.problem);
    onPin();
  };
  return (
    <Sheet title={name} onClose={onClose}>
      <List>
        {c.may_pin ? <Row start={c.pinned ? <PinOff size={22} /> : <Pin size={22} />} title={tso(c.pinned ? 'comments.unpin' : 'comments.pin')} onClick={() => void pin()} /> : null}
        {c.may_remove ? <Row start={<Trash2 size={22} />} title={tso('comments.remove')} onClick={() => void remove()} /> : null}
        {!c.mine && handle ? <Row start={<Ban size={22} />} title={tso('comments.block', { name })} onClick={() => void block()} /> : null}
      </List>
    </Sheet>
  );
}

function Write({ clip, answering, onStop, onWritten }: { clip: Clip; answering: Comment | undefined; onStop: () => void; onWritten: (c: Comment) => void }) {
  const [body, setBody] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState('');
  const line = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (answering) line.current?.focus(); }, [answering]);
  if (!signedIn.value) return <Button kind="main" wide href={`/sign-in?next=${encodeURIComponent(`/clip/${clip.id}`)}`}>{tso('comments.sign_in')}</Button>;
  const send = async () => {
    if (busy || !body.trim()) return;
    setBusy(true);
    const r = await commentPost(clip, body.trim(), answering?.id);
    setBusy(false);
    if (r instanceof Refusal) return setWrong(say(r));
    setWrong('');
    setBody('');
    onWritten(r);
  };
  const label = answering ? tso('comments.answer', { name: nameOf(answering.author).replace(/^@/, '') }) : tso('comments.write');
  return (
    <form class="comment-write" onSubmit={e => { e.preventDefault(); void send(); }}>
      {answering ? <p class="comment-answering muted small"><span>{tso('comments.answering', { name: nameOf(answering.author) })}</span><IconButton label={tso('comments.stop')} onClick={onStop}><X size={16} /></IconButton></p> : null}
      {wrong ? <p class="comment-wrong" role="alert">{wrong}</p> : null}
      <div class="comment-line">
        <textarea ref={line} rows={1} maxLength={BODY_MAX} dir="auto" value={body} aria-label={label} placeholder={label} enterkeyhint="send"
          onInput={e => { setBody(e.currentTarget.value); setWrong(''); }}
          onKeyDown={e => { if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); void send(); } }} />
        <button type="submit" class="comment-send" aria-label={tso('comments.send')} disabled={!body.trim()} aria-busy={busy || undefined}><SendHorizontal class="flip" size={22} aria-hidden="true" /></button>
      </div>
    </form>
  );
}
