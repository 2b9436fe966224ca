// Studio: what people write below the shop's clips, and the words that are not wanted there.
import { useState } from 'preact/hooks';
import { MessageCircle, Pin, Plus, Trash2, X } from 'lucide-preact';
import { api, ask, Refusal, type Comment } from '../app/api';
import { useData } from '../app/cache';
import { canManage, shopId } from '../studio/shop';
import { ago } from '../text/numbers';
import { tso, useSocialText } from '../text/social';
import { Avatar, Card, EmptyState, Failed, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { say } from '../ui/form';
import { nameOf } from './Comments';
import { More } from './Grid';
import { Marked } from './Marked';
import { refused } from './state';
import './social.css';

const PAGE = 30;

export function CommentsRow() {
  return useSocialText()
    ? <Card pad={false}><List><Row start={<MessageCircle size={22} />} title={tso('studio.title')} note={tso('studio.note')} href="/studio/comments" /></List></Card> : null;
}

export function StudioComments() {
  const ready = useSocialText();
  const shop = shopId.value;
  const { data, problem, reload, set } = useData(`studio-comments/${shop}`, () => ask(api.studioComments({ shop, limit: PAGE })));
  if (!ready) return null;
  const remove = async (c: Comment) => {
    if (!await confirm({ title: tso('comments.remove_ask'), body: c.replies ? tso('comments.remove_body') : '', action: tso('comments.remove'), danger: true })) return;
    const r = await api.commentDelete({ id: c.id });
    if (!r.ok) return refused(r.problem);
    set({ ...data!, items: data!.items.filter(x => x.id !== c.id && x.parent !== c.id) });
  };
  return (
    <Page title={tso('studio.title')} backTo="/studio/settings">
      {canManage.value ? <Words shop={shop} /> : null}
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />)
        : data.items.length === 0 ? <EmptyState icon={<MessageCircle size={32} />} title={tso('studio.none')}>{tso('studio.none_body')}</EmptyState>
        : (
          <Card><ul class="comment-list">{data.items.map(c => (
            <li key={c.id}><article class="comment">
              <Avatar name={nameOf(c.author).replace(/^@/, '')} size={36} />
              <div class="comment-in">
                <p class="comment-who">{c.author.handle ? <a href={`/@${c.author.handle}`}><bdi>{nameOf(c.author)}</bdi></a> : <span>{nameOf(c.author)}</span>}{c.pinned ? <span class="comment-pin"><Pin size={12} aria-hidden="true" /> {tso('comments.pinned')}</span> : null}</p>
                <p class="comment-body" dir="auto"><Marked text={c.body} /></p>
                <p class="comment-foot muted"><time dateTime={c.created}>{ago(c.created)}</time> <a class="link-btn" href={`/clip/${c.clip}?comments`}>{tso('studio.open')}</a></p>
              </div>
              {c.may_remove ? <IconButton label={tso('comments.remove')} onClick={() => void remove(c)}><Trash2 size={20} /></IconButton> : null}
            </article></li>
          ))}</ul></Card>
        )}
      {data ? <More page={data} set={set} get={before => api.studioComments({ shop, limit: PAGE, before })} /> : null}
    </Page>
  );
}

function Words({ shop }: { shop: string }) {
  const { data, set } = useData(`words/${shop}`, () => ask(api.commentWords({ shop })));
  const [word, setWord] = useState('');
  const [wrong, setWrong] = useState('');
  const add = async () => {
    if (!word.trim()) return;
    const r = await api.commentWordPost({ shop }, { word: word.trim() });
    if (!r.ok) return setWrong(say(new Refusal(r.problem)));
    setWord('');
    setWrong('');
    set(r.value);
  };
  const drop = async (w: string) => {
    const r = await api.commentWordDelete({ shop, word: w });
    if (!r.ok) return refused(r.problem);
    set({ items: data!.items.filter(x => x.word !== w) });
  };
  return (
    <Card title={tso('studio.words')}>
      <div class="stack">
        <form class="words-form" onSubmit={e => { e.preventDefault(); void add(); }}>
          <Field label={tso('studio.word')} name="word" maxLength={60} value={word} onValue={v => { setWord(v); setWrong(''); }} hint={tso('studio.words_hint')} {...(wrong ? { error: wrong } : {})} />
          <Button type="submit" icon={<Plus size={18} aria-hidden="true" />}>{tso('studio.add')}</Button>
        </form>
        {data?.items.length ? <ul class="words">{data.items.map(w => <li key={w.word}><bdi>{w.word}</bdi><IconButton label={tso('studio.drop', { word: w.word })} onClick={() => void drop(w.word)}><X size={16} /></IconButton></li>)}</ul> : null}
      </div>
    </Card>
  );
}
