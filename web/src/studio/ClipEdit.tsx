// One clip: how it stands, its words and products, hidden or shown, deleted.
import { useState } from 'preact/hooks';
import { Eye, EyeOff, Play, RotateCw, Trash2 } from 'lucide-preact';
import { api, ask, Refusal, type Clip } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { clock, moment } from '../text/numbers';
import { ts } from '../text/studio';
import { Badge, Banner, Card, Failed, Page, Progress, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Check, Field } from '../ui/Field';
import { toast } from '../ui/Toast';
import { attempt, words } from './bits';
import { CAPTION_MAX } from './ClipNew';
import { CLIP_TONE, FaultBanner, Poster, usePolled } from './Clips';
import { useGuard } from './guard';
import { Tags } from './PickProducts';
import { RoleNote } from './OpenShop';
import { canManage, followShop } from './shop';

export function ClipEditPage({ params }: ScreenProps) {
  const id = params['id']!;
  useState(() => forget(`studio/clip/${id}`));             // a form never begins with what was there some time ago
  const { data, problem, reload, set } = useData(`studio/clip/${id}`, async () => {
    const got = await ask(api.clipGet({ id }));
    followShop(got.shop.id);
    return got;
  });
  usePolled(data ? [data] : undefined, ([c]) => { if (c) set(c); });
  if (!data) return <Page title={ts('clip.title')} backTo="/studio/clips" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Loaded clip={data} set={c => { set(c); forget('studio/clips'); }} />;
}

function Loaded({ clip: c, set }: { clip: Clip; set: (c: Clip) => void }) {
  const [caption, setCaption] = useState(c.caption);
  const [products, setProducts] = useState(c.products);
  const [error, setError] = useState<Refusal>();
  const [busy, setBusy] = useState('');
  const ids = (list: { id: string }[]) => list.map(p => p.id).join();
  const dirty = caption !== c.caption || ids(products) !== ids(c.products);
  const letGo = useGuard(dirty);
  const left = CAPTION_MAX - [...caption].length;
  const readOnly = !canManage.value;

  const save = async () => {
    if (left < 0 || busy) return;
    setBusy('save');
    setError(undefined);
    const r = await api.clipPatch({ id: c.id }, { caption: caption.trim(), ...(ids(products) !== ids(c.products) ? { products: products.map(p => p.id) } : {}) });
    setBusy('');
    if (!r.ok) return setError(new Refusal(r.problem));
    set(r.value);
    setCaption(r.value.caption);
    setProducts(r.value.products);
    toast(t('ui.saved'), { kind: 'good' });
  };
  const hide = async () => {
    setBusy('hide');
    const r = await attempt(api.clipPatch({ id: c.id }, { hidden: c.state === 'ready' }));
    setBusy('');
    if (!r) return;
    set(r.value);
    toast(ts(r.value.state === 'hidden' ? 'clip.hidden' : 'clip.shown'), { kind: 'good' });
  };
  const setFree = async (on: boolean) => {
    const r = await attempt(api.clipPatch({ id: c.id }, { sound_free: on }));
    if (r) set(r.value);
  };
  const retry = async () => {
    setBusy('retry');
    const r = await attempt(api.clipRetry({ id: c.id }));
    setBusy('');
    if (r) set(r.value);
  };
  const remove = async () => {
    if (!await confirm({ title: ts('clip.delete_title'), body: ts('clip.delete_body'), action: ts('clip.delete'), danger: true })) return;
    setBusy('delete');
    const r = await attempt(api.clipDelete({ id: c.id }));
    setBusy('');
    if (!r) return;
    letGo();
    forget('studio/clip');
    toast(ts('clip.deleted'));
    go('/studio/clips', { replace: true });
  };
  const tagError = error && (error.field?.startsWith('products') || error.slug === 'archived') ? words(error) : undefined;
  return (
    <Page title={ts('clip.title')} backTo="/studio/clips" wide end={<Badge tone={CLIP_TONE[c.state]}>{ts(`clips.state_${c.state}`)}</Badge>}
      {...(dirty && !readOnly ? { foot: <div class="pair foot-pair"><Button onClick={() => { setCaption(c.caption); setProducts(c.products); setError(undefined); }}>{ts('edit.discard')}</Button><Button kind="main" busy={busy === 'save'} disabled={left < 0} onClick={() => void save()}>{t('ui.save')}</Button></div> } : {})}>
      {readOnly ? <RoleNote /> : null}
      <div class="making">
        <div class="stack">
          {c.playlist || c.state === 'ready' ? <a class="preview preview-link" href={`/clip/${c.id}`}><span class="hidden">{ts('clips.watch')}</span><Poster clip={c} /><span class="preview-play" aria-hidden="true"><Play size={28} fill="currentColor" /></span></a> : <div class="preview preview-small"><Poster clip={c} /></div>}
          <p class="small muted center num">{[c.duration_ms ? clock(c.duration_ms / 1000) : '', c.width ? `${c.width}×${c.height}` : '', c.width && !c.sound ? ts('clip.silent') : '', moment(c.created)].filter(Boolean).join(' · ')}</p>
        </div>
        <div class="stack">
          {c.state === 'processing' ? (
            <Card><div class="way"><strong class="num">{c.progress > 0 ? ts('clip.making', { percent: Math.floor(c.progress / 10) }) : ts('clips.queued')}</strong>
              <Progress {...(c.progress > 0 ? { value: c.progress / 1000 } : {})} label={ts('clips.making')} /><p class="small muted">{ts('clip.making_body')}</p></div></Card>
          ) : null}
          {c.state === 'failed' ? <><FaultBanner clip={c} />{c.may_retry && !readOnly ? <Button busy={busy === 'retry'} icon={<RotateCw size={18} aria-hidden="true" />} onClick={() => void retry()}>{t('ui.retry')}</Button> : null}</> : null}
          {c.state === 'hidden' ? <Banner tone="warn">{ts('clip.hidden_body')}</Banner> : null}
          {error && !tagError ? <Banner tone="bad">{words(error)}</Banner> : null}
          <Card title={ts('clip.caption')}>
            <Field label={ts('clip.caption_label')} optional name="caption" multiline rows={4} value={caption} onValue={setCaption} disabled={readOnly} placeholder={ts('clip.caption_like')}
              hint={<span class={`num${left < 0 ? ' bad' : ''}`}>{ts('clip.left', { n: left })}</span>} {...(left < 0 ? { error: ts('clip.too_long', { max: CAPTION_MAX }) } : {})} />
          </Card>
          {readOnly ? null : <Card title={ts('tags.title')}><Tags shop={c.shop.id} picked={products} change={setProducts} {...(tagError ? { error: tagError } : {})} /></Card>}
          {readOnly || c.audio !== c.id ? null : <Card title={ts('sound.title')}><Check label={ts('sound.free')} name="sound_free" value={c.sound_free} onValue={on => void setFree(on)} hint={ts('sound.free_hint')} /></Card>}
          {readOnly ? null : (
            <div class="line clip-acts">
              {c.state === 'ready' ? <Button kind="main" href={`/clip/${c.id}`} icon={<Play size={18} aria-hidden="true" />}>{ts('clips.watch')}</Button> : null}
              {c.state === 'ready' ? <Button busy={busy === 'hide'} icon={<EyeOff size={18} aria-hidden="true" />} onClick={() => void hide()}>{ts('clip.hide')}</Button> : null}
              {c.state === 'hidden' ? <Button kind="main" busy={busy === 'hide'} icon={<Eye size={18} aria-hidden="true" />} onClick={() => void hide()}>{ts('clip.show')}</Button> : null}
              <Button class="btn-remove" busy={busy === 'delete'} icon={<Trash2 size={18} aria-hidden="true" />} onClick={() => void remove()}>{ts('clip.delete')}</Button>
            </div>
          )}
        </div>
      </div>
    </Page>
  );
}
