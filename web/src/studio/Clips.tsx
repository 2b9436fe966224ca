// The clips of the shop: what is being made, what plays, what failed and why; uploads that are not finished.
import { useEffect, useRef } from 'preact/hooks';
import { Clapperboard, EyeOff, Heart, Play, Plus, RotateCw, Trash2, TriangleAlert, Upload as UploadIcon } from 'lucide-preact';
import { api, ask, type Clip, type Upload } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { t } from '../text';
import { ago, clock, compact } from '../text/numbers';
import { hasStudioText, ts, type StudioKey } from '../text/studio';
import { Badge, Banner, Card, EmptyState, Failed, Page, Progress, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { toast } from '../ui/Toast';
import { attempt, bytes, More, usePages } from './bits';
import { useKeys } from './keys';
import { canManage, shopId } from './shop';
import { ShopButton } from './Studio';
import { dropUpload, dropVideo, forgetDraft, running, sents } from './uploads';

const PAGE = 24;
const POLL_MS = 2000;

export function ClipsPage() {
  const shop = shopId.value;
  const list = usePages(`studio/clips/${shop}`, before => api.studioClipList({ shop, before, limit: PAGE }));
  usePolled(list.items, list.setItems);
  useKeys(canManage.value ? [{ key: 'n', label: ts('clips.new'), run: () => go('/studio/clips/new') }] : []);
  return (
    <Page title={ts('nav.clips')} wide backTo={false} end={<>
      {canManage.value ? <Button kind="main" size="small" href="/studio/clips/new" icon={<Plus size={18} aria-hidden="true" />}>{ts('clips.new')}</Button> : null}
      <ShopButton />
    </>}>
      {canManage.value ? <Unfinished /> : null}
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={5} />)
        : list.items.length === 0
          ? <EmptyState icon={<Clapperboard size={32} />} title={ts('clips.none')} action={canManage.value ? <Button kind="main" href="/studio/clips/new">{ts('clips.first')}</Button> : undefined}>{ts('clips.none_body')}</EmptyState>
          : <ul class="clip-cards">{list.items.map(c => <One key={c.id} clip={c} put={to => list.setItems(list.items!.map(x => (x.id === to.id ? to : x)))} />)}</ul>}
      <More list={list} />
    </Page>
  );
}

// While something is being made, its progress is asked for.
export function usePolled(items: Clip[] | undefined, set: (items: Clip[]) => void) {
  const now = useRef({ items, set });
  now.current = { items, set };
  const busy = (items ?? []).filter(c => c.state === 'processing').map(c => c.id).join();
  useEffect(() => {
    if (!busy) return;
    let asking = false;
    const timer = setInterval(() => {
      if (document.hidden || asking) return;
      asking = true;
      void Promise.all(busy.split(',').slice(0, 6).map(id => api.clipGet({ id }))).then(answers => {
        asking = false;
        const fresh = new Map(answers.flatMap(a => (a.ok ? [[a.value.id, a.value] as const] : [])));
        for (const a of fresh.values()) if (a.state === 'ready') toast(ts('clips.ready'), { kind: 'good', action: { label: ts('clips.watch'), run: () => go(`/clip/${a.id}`) } });
        now.current.set((now.current.items ?? []).map(c => fresh.get(c.id) ?? c));
      });
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [busy]);
}

export const CLIP_TONE = { processing: 'link', ready: 'good', failed: 'bad', hidden: 'plain' } as const;

// Why it failed, in the reader's language, and what to do.
export function faultText(c: Clip): { why: string; hint: string } {
  const key = `fault.${c.fault}`;
  const hint = `fault_hint.${c.fault}`;
  return {
    why: hasStudioText(key) ? ts(key as StudioKey) : c.detail || ts('fault.other'),
    hint: hasStudioText(hint) ? ts(hint as StudioKey) : ts(c.may_retry ? 'fault_hint.retry' : 'fault_hint.other'),
  };
}

export function Poster({ clip: c, class: extra }: { clip: Clip; class?: string }) {
  return (
    <span class={`poster ${extra ?? ''}`}>
      {c.poster ? <img src={c.poster} alt="" loading="lazy" /> : <span class="pic-none">{c.state === 'failed' ? <TriangleAlert size={24} aria-hidden="true" /> : <Clapperboard size={24} aria-hidden="true" />}</span>}
      {c.duration_ms > 0 ? <span class="poster-time num">{clock(c.duration_ms / 1000)}</span> : null}
    </span>
  );
}

function One({ clip: c, put }: { clip: Clip; put: (c: Clip) => void }) {
  const retry = async () => {
    const r = await attempt(api.clipRetry({ id: c.id }));
    if (r) put(r.value);
  };
  const fault = c.state === 'failed' ? faultText(c) : undefined;
  return (
    <li class="card clip-card">
      <a class="clip-card-on" href={`/studio/clips/${c.id}`}>
        <Poster clip={c} />
        <span class="clip-card-what">
          <span class="line"><Badge tone={CLIP_TONE[c.state]}>{c.state === 'hidden' ? <EyeOff size={12} aria-hidden="true" /> : null}{ts(`clips.state_${c.state}`)}</Badge><span class="muted small">{ago(c.created)}</span></span>
          <span class="clip-card-caption clamp2">{c.caption || <span class="muted">{ts('clips.no_caption')}</span>}</span>
          {c.state === 'processing' ? <span class="clip-card-progress"><Progress {...(c.progress > 0 ? { value: c.progress / 1000 } : {})} label={ts('clips.making')} /><span class="small muted num">{c.progress > 0 ? ts('clips.percent', { percent: Math.floor(c.progress / 10) }) : ts('clips.queued')}</span></span> : null}
          {fault ? <span class="clip-card-fault"><strong>{fault.why}</strong> <span>{fault.hint}</span></span> : null}
          {c.state === 'ready' || c.state === 'hidden' ? <span class="muted small line clip-card-facts"><span><Heart size={14} aria-hidden="true" /> {compact(c.likes)}</span><span>{ts('clips.tagged', { n: c.products.length })}</span></span> : null}
        </span>
      </a>
      {c.state === 'ready' ? <span class="clip-card-acts clip-card-over"><Button size="small" href={`/clip/${c.id}`} icon={<Play size={16} aria-hidden="true" />}>{ts('clips.watch')}</Button></span> : null}
      {c.state === 'failed' && c.may_retry && canManage.value ? <span class="clip-card-acts"><Button size="small" icon={<RotateCw size={16} aria-hidden="true" />} onClick={() => void retry()}>{t('ui.retry')}</Button></span> : null}
      {c.state === 'failed' && !c.may_retry && canManage.value ? <span class="clip-card-acts"><Button size="small" href="/studio/clips/new" icon={<UploadIcon size={16} aria-hidden="true" />}>{ts('clips.another')}</Button></span> : null}
    </li>
  );
}

// Videos that have not become clips: those that this page sends, and those of other times and devices.
export function Unfinished() {
  const { data, reload } = useData('studio/uploads', () => ask(api.uploadList()));
  const mine = running.value;
  const ids = new Set(sents.value.map(s => s.id));
  const others = (data?.items ?? []).filter(u => u.state !== 'used' && !ids.has(u.id));
  if (mine.length === 0 && others.length === 0) return null;
  const drop = async (u: Upload) => {
    if (!await confirm({ title: ts('upload.drop_title'), body: ts('upload.drop_body', { name: u.name || ts('upload.nameless') }), action: ts('upload.drop'), danger: true })) return;
    if (await dropUpload(u.id)) forgetDraft(u.id);
    else toast(t('problem.busy'), { kind: 'bad' });
    await reload();
  };
  return (
    <Card title={ts('upload.unfinished')} class="unfinished">
      <ul class="stack-2">
        {mine.map(s => (
          <li key={s.key} class="unfinished-one">
            <a class="row-text" href={`/studio/clips/new?sending=${s.key}`}><span class="row-title">{s.file.name}</span>
              <Progress value={s.total ? s.sent / s.total : 0} label={s.file.name} />
              <span class="small muted num">{s.flow === 'complete' ? ts('upload.finish') : `${ts(`upload.chip_${s.flow === 'preparing' ? 'running' : s.flow}`, { percent: Math.floor((s.sent / s.total) * 100) })} · ${bytes(s.total)}`}</span></a>
            <IconButton label={`${ts('upload.drop')}: ${s.file.name}`} onClick={() => void confirm({ title: ts('upload.drop_title'), body: ts('upload.drop_body', { name: s.file.name }), action: ts('upload.drop'), danger: true }).then(yes => { if (yes) void dropVideo(s.key).then(reload); })}><Trash2 size={18} /></IconButton>
          </li>
        ))}
        {others.map(u => (
          <li key={u.id} class="unfinished-one">
            <a class="row-text" href={`/studio/clips/new?upload=${u.id}`}><span class="row-title">{u.name || ts('upload.nameless')}</span>
              <Progress value={u.length ? u.offset / u.length : 1} label={u.name || ts('upload.nameless')} />
              <span class="small muted num">{u.state === 'complete' ? ts('upload.finish') : ts('upload.stopped', { percent: Math.floor((u.offset / u.length) * 100), size: bytes(u.length) })} · {ago(u.created)}</span></a>
            <IconButton label={`${ts('upload.drop')}: ${u.name}`} onClick={() => void drop(u)}><Trash2 size={18} /></IconButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function FaultBanner({ clip: c }: { clip: Clip }) {
  const f = faultText(c);
  return <Banner tone="bad" title={f.why}>{f.hint}</Banner>;
}
