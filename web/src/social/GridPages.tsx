// Pages of clips: of a hashtag, of a sound, and what one has saved.
import { useEffect } from 'preact/hooks';
import { Bookmark, Hash, Music2, Share2 } from 'lucide-preact';
import { api, ask, type SoundPage as Sound } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { me, signedIn } from '../app/session';
import { compact } from '../text/numbers';
import { t } from '../text';
import { tso } from '../text/social';
import { EmptyState, Failed, Page, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { shareLink } from '../ui/share';
import { TagChallenge } from '../trends/Challenges';
import { ClipGrid, More } from './Grid';
import { mustSignIn } from './state';
import './social.css';

const PAGE = 24;
const FRESH_MS = 30_000;

function Share({ title, path }: { title: string; path: string }) {
  return <IconButton label={t('feed.share')} onClick={() => void shareLink({ title, path })}><Share2 size={22} /></IconButton>;
}

export function TagPage({ params }: ScreenProps) {
  const tag = params['tag']!;
  const { data, problem, reload, set } = useData(`tag/${tag}`, () => ask(api.tagGet({ tag, limit: PAGE })), FRESH_MS);
  const title = `#${data?.tag ?? tag}`;
  return (
    <Page title={title} wide end={<Share title={title} path={`/tag/${encodeURIComponent(tag)}`} />}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />) : (
        <>
          <div class="grid-head" data-slot="head">
            <span class="grid-mark" aria-hidden="true"><Hash size={30} /></span>
            <div><h2 dir="auto">{title}</h2><p class="muted">{tso('tag.count', { n: data.clips, count: compact(data.clips) })}</p></div>
          </div>
          <TagChallenge key={data.tag} tag={data.tag} />
          {data.items.length ? <ClipGrid clips={data.items} />
            : <EmptyState icon={<Hash size={32} />} title={tso('tag.none')}>{tso('tag.none_body')}</EmptyState>}
          <More page={data} set={set} get={before => api.tagGet({ tag, limit: PAGE, before })} />
        </>
      )}
    </Page>
  );
}

export function SoundPage({ params }: ScreenProps) {
  const id = params['id']!;
  const { data, problem, reload, set } = useData(`sound/${id}`, () => ask(api.soundGet({ id, limit: PAGE })), FRESH_MS);
  return (
    <Page title={tso('sound.title')} wide end={<Share title={tso('sound.title')} path={`/sound/${id}`} />}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />) : (
        <>
          <div class="grid-head">
            {data.clip?.poster ? <img class="grid-mark" src={data.clip.poster} alt="" /> : <span class="grid-mark" aria-hidden="true"><Music2 size={30} /></span>}
            <div>
              <h2>{data.clip ? tso('sound.of', { name: data.clip.shop.name }) : tso('sound.title')}</h2>
              <p class="muted">{tso('tag.count', { n: data.clips, count: compact(data.clips) })}</p>
              {data.clip?.author.handle ? <p><a href={`/@${data.clip.author.handle}`}><bdi>{data.clip.author.name || `@${data.clip.author.handle}`}</bdi></a></p> : null}
              {data.clip ? <a href={`/clip/${data.clip.id}`}>{tso('sound.first')}</a> : null}
            </div>
          </div>
          <UseSound sound={data} />
          <ClipGrid clips={data.items} first={data.id} />
          <More page={data} set={set} get={before => api.soundGet({ id, limit: PAGE, before })} />
        </>
      )}
    </Page>
  );
}

// To the upload with this sound chosen; who cannot publish is told how one can.
function UseSound({ sound }: { sound: Sound }) {
  if (sound.use !== 'free') return <p class="muted" role="note">{tso(`sound.${sound.use}`)}</p>;
  const use = async () => {
    if (!mustSignIn(`/sound/${sound.id}`)) return;
    if (me.peek()?.account?.role === 'operator' || me.peek()?.shops.some(s => s.role !== 'packer')) return go(`/studio/clips/new?sound=${sound.id}`);
    if (await confirm({ title: tso('sound.shops_title'), body: tso('sound.shops_body'), action: tso('sound.open_shop') })) go('/studio');
  };
  return <div><Button kind="main" icon={<Music2 size={20} aria-hidden="true" />} onClick={() => void use()}>{tso('sound.use')}</Button></div>;
}

export function SavedPage() {
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go('/sign-in?next=/me/saved', { replace: true }); }, [known, signedIn.value]);
  return <Page title={tso('saved.title')} wide backTo="/me">{signedIn.value ? <Saved /> : <Skeleton kind="grid" lines={6} />}</Page>;
}

function Saved() {
  const { data, problem, reload, set } = useData('saved', () => ask(api.clipSaved({ limit: PAGE })));
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="grid" lines={6} />;
  if (data.items.length === 0)
    return <EmptyState icon={<Bookmark size={32} />} title={tso('saved.none')} action={<Button kind="main" href="/">{t('nav.feed')}</Button>}>{tso('saved.none_body')}</EmptyState>;
  return <><ClipGrid clips={data.items} /><More page={data} set={set} get={before => api.clipSaved({ limit: PAGE, before })} /></>;
}
