// The feed: one clip at a time, edge to edge. Swipe, keys, wheel or buttons for the next one; a tap on a product opens it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronDown, ChevronUp, CirclePlay, Keyboard, RotateCw, Sparkles, WifiOff } from 'lucide-preact';
import { ProductSheet } from '../catalog/ProductSheet';
import type { ScreenProps } from '../app/screens';
import { place } from '../app/router';
import { Sheet, sheetsOpen } from '../ui/Sheet';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { commentsOf, commentWanted } from '../social/state';
import { t } from '../text';
import { clock } from '../text/numbers';
import { makePager, type Pager } from './pager';
import { makePlayer, type Player } from './player';
import { ClipView } from './ClipView';
import { ClipMenu } from './ClipMenu';
import { Consent, Modes, Stop } from './Modes';
import { arrived, at, begin, clips, drop, ended, like, mode, more, muted, problem, setMuted } from './state';
import { flush, tell, watching } from './tell';
import { countClip, stop } from './wishes';
import type { Clip, FeedRuleNew } from '../app/api';

const DRAWN = 2;                             // clips drawn in full on either side of the current one

export function Feed({ params, query }: ScreenProps) {
  const box = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const pager = useRef<Pager>();
  const player = useRef<Player>();
  const line = useRef<{ bar?: HTMLElement | null; range?: HTMLInputElement | null }>({});
  const [open, setOpen] = useState<Clip>();
  const [keys, setKeys] = useState(false);
  const [menu, setMenu] = useState<Clip>();
  const [asked, setAsked] = useState(false);
  const list = clips.value;
  const index = at.value;
  const clip = list[index];
  const tail = ended.value || problem.value ? 1 : 0;

  // From the inbox: with the comments open.
  const wanted = query.has('comments') ? params['id'] : undefined;
  const there = wanted !== undefined && clip?.id === wanted;
  const one = query.get('comments') || undefined;
  useEffect(() => {
    if (!there) return;
    commentWanted.value = one;
    commentsOf.value = clips.peek()[at.peek()];
  }, [there, one]);
  // Comments are of the clip that is on.
  useEffect(() => { if (commentsOf.peek() && commentsOf.peek()!.id !== clip?.id) commentsOf.value = undefined; }, [clip?.id]);
  useEffect(() => () => { commentsOf.value = undefined; }, []);

  useEffect(() => {
    document.title = 'Etalase';
    const p = makePlayer(layer.current!, {
      onTime(seconds, of) {
        line.current.bar?.style.setProperty('--done', String(seconds / of));
        const r = line.current.range;
        if (!r || r.matches(':active')) return;
        r.max = String(Math.round(of * 10) / 10);
        r.value = String(seconds);
        const said = `${clock(seconds)} / ${clock(of)}`;
        if (r.getAttribute('aria-valuetext') !== said) r.setAttribute('aria-valuetext', said);
      },
      onBlockedSound: () => setMuted(true, false),
    });
    p.clips(i => clips.peek()[i]);
    p.sound(muted.peek());
    player.current = p;
    pager.current = makePager(box.current!, {
      count: () => clips.peek().length + (ended.peek() || problem.peek() ? 1 : 0),
      onChange: i => { p.show(i); arrived(i); setOpen(undefined); countClip(); },
    });
    const hide = () => p.hold(document.hidden);
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      watching(undefined);
      void flush();
      pager.current?.destroy();
      p.destroy();
    };
  }, []);

  useEffect(() => { void begin(params['id']).then(() => pager.current?.jump(at.peek())); }, [params['id'], place.value.path]);
  // More clips have come: what is on now may have changed, and its neighbours can be made ready.
  useEffect(() => {
    if (pager.current?.index() !== at.peek()) pager.current?.jump(at.peek());
    if (list.length) player.current?.show(at.peek());
    else player.current?.clear();
  }, [list.length, list[0]?.id]);
  useEffect(() => { player.current?.sound(muted.value); }, [muted.value]);
  useEffect(() => { watching(clip); }, [clip?.id]);
  // A product over its clip: opened, and looked at for so long.
  useEffect(() => {
    const [first] = open?.products ?? [];
    if (!open || !first) return;
    const from = performance.now();
    tell('tap', open.id, { product: first.id });
    return () => tell('sheet', open.id, { product: first.id, value: Math.round(performance.now() - from) });
  }, [open?.id]);
  useKeys({ pager, player, open: clip && clip.products.length > 0 ? () => setOpen(clip) : undefined, help: () => setKeys(true), clip });

  const switchSound = () => {
    if (clip && !clip.sound) toast(t('feed.silent'));
    if (clip && muted.value) tell('sound_on', clip.id);
    setMuted(!muted.value);
  };
  const top = () => pager.current?.jump(at.peek());
  // Taken off at once; what is now in its place comes on.
  const hidden = (rule: FeedRuleNew, of: Clip) => {
    drop(c => c.id === of.id || (rule.kind === 'shop' && c.shop.id === of.shop.id) || (rule.kind === 'topic' && c.caption.toLowerCase().includes(`#${rule.name}`)));
    player.current?.show(at.peek());
  };

  return (
    <div class={`stage${open ? ' stage-lifted' : ''}`}>
      <h1 class="hidden">{t('feed.label')}</h1>
      <div class="hidden" aria-live="polite">{clip ? t('feed.now', { n: index + 1, shop: clip.shop.name, caption: clip.caption.slice(0, 120) }) : ''}</div>
      <div class="scroller" ref={box} role="feed" aria-label={t('feed.label')} aria-busy={list.length === 0 && !ended.value} tabIndex={-1}>
        <div class="videos" ref={layer} />
        {list.map((c, i) => (
          <ClipView key={c.id} clip={c} index={i} current={i === index} drawn={Math.abs(i - index) <= DRAWN}
            line={i === index ? line.current : undefined}
            onTap={() => player.current?.toggle()} onSeek={s => player.current?.seek(s)} onRetry={() => player.current?.retry()}
            onSound={switchSound} onProducts={() => setOpen(c)} onMenu={() => setMenu(c)} />
        ))}
        {list.length === 0 && !tail ? <Waiting /> : null}
        {tail ? <End current={index >= list.length} empty={list.length === 0} onAgain={() => { void begin(undefined, true).then(() => pager.current?.jump(0)); }} /> : null}
      </div>
      <Modes onMode={top} onAsk={() => setAsked(true)} />
      <Consent asked={asked} onDone={yes => {
        setAsked(false);
        if (!yes) return;
        mode.value = 'for_you';
        void begin(undefined, true).then(top);
      }} />
      <Stop onHold={on => player.current?.hold(on)} />
      <div class="stage-steps">
        <button type="button" class="round" aria-label={t('feed.previous')} title={t('feed.previous')} disabled={index === 0} onClick={() => pager.current?.go(index - 1)}><ChevronUp size={24} /></button>
        <button type="button" class="round" aria-label={t('feed.next')} title={t('feed.next')} disabled={index >= list.length - 1 + tail} onClick={() => pager.current?.go(index + 1)}><ChevronDown size={24} /></button>
        <button type="button" class="round round-quiet" aria-label={t('feed.keys')} title={t('feed.keys')} onClick={() => setKeys(true)}><Keyboard size={20} /></button>
      </div>
      {open ? <ProductSheet key={open.id} clip={open} onClose={() => setOpen(undefined)} /> : null}
      {menu ? <ClipMenu key={menu.id} clip={menu} onClose={() => setMenu(undefined)} onHidden={rule => hidden(rule, menu)} /> : null}
      {keys ? <Keys onClose={() => setKeys(false)} /> : null}
    </div>
  );
}

function Waiting() {
  return <div class="clip clip-waiting" role="status" aria-label={t('ui.loading')}><div class="clip-box"><span class="bone" /><span class="bone" /><span class="bone" /></div></div>;
}

function End({ current, empty, onAgain }: { current: boolean; empty: boolean; onAgain: () => void }) {
  const p = problem.value;
  const icon = p ? (p.slug === 'offline' ? <WifiOff size={32} /> : <RotateCw size={32} />) : empty ? <CirclePlay size={32} /> : <Sparkles size={32} />;
  const alone = empty && !p && mode.value === 'following';
  const title = p ? (p.slug === 'not_found' ? t('missing.title') : t('failed.title')) : alone ? t('feed.alone') : empty ? t('feed.empty') : t('feed.end');
  const body = p ? (p.slug === 'not_found' ? t('missing.body') : say(p)) : alone ? t('feed.alone_body') : empty ? t('feed.empty_body') : t('feed.end_body');
  return (
    <article class="clip clip-end" aria-label={title} inert={!current}>
      <div class="clip-box">
        <span class="clip-end-icon" aria-hidden="true">{icon}</span>
        <h2>{title}</h2>
        <p>{body}</p>
        {p && p.slug !== 'not_found' ? <button type="button" class="btn btn-light" onClick={() => void more()}>{t('ui.retry')}</button>
          : alone ? <button type="button" class="btn btn-light" onClick={() => { mode.value = 'popular'; onAgain(); }}>{t('feed.mode.popular')}</button>
          : empty && !p ? <a class="btn btn-light" href="/studio">{t('feed.empty_action')}</a>
          : <button type="button" class="btn btn-light" onClick={onAgain}>{t('feed.again')}</button>}
      </div>
    </article>
  );
}

function useKeys(o: { pager: { current?: Pager }; player: { current?: Player }; open: (() => void) | undefined; help: () => void; clip: Clip | undefined }) {
  const latest = useRef(o);
  latest.current = o;
  useEffect(() => {
    const on = (e: KeyboardEvent) => {
      const { pager, player, open, help, clip } = latest.current;
      const target = e.target as HTMLElement;
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || sheetsOpen.peek() > 0 || stop.peek()) return;
      if (target.closest('.sheet, input:not([type=range]), textarea, select, [contenteditable]')) return;
      const control = target.closest('button, a, input');
      if (control && (e.key === ' ' || e.key === 'Enter')) return;
      const p = pager.current;
      if (!p) return;
      const acts: Record<string, () => void> = {
        ArrowDown: () => p.go(p.index() + 1), PageDown: () => p.go(p.index() + 1), j: () => p.go(p.index() + 1), ' ': () => p.go(p.index() + (e.shiftKey ? -1 : 1)),
        ArrowUp: () => p.go(p.index() - 1), PageUp: () => p.go(p.index() - 1), k: () => p.go(p.index() - 1),
        Home: () => p.go(0),
        p: () => player.current?.toggle(),
        m: () => setMuted(!muted.peek()),
        l: () => { if (clip) void like(clip); },
        b: () => open?.(), Enter: () => open?.(),
        '?': help,
      };
      const act = acts[e.key.length === 1 ? e.key.toLowerCase() : e.key];
      if (!act) return;
      e.preventDefault();
      act();
    };
    addEventListener('keydown', on);
    return () => removeEventListener('keydown', on);
  }, []);
}

function Keys({ onClose }: { onClose: () => void }) {
  const rows: [string[], string][] = [
    [['↓', 'J', t('key.space')], t('key.next')], [['↑', 'K'], t('key.previous')], [['P'], t('key.pause')], [['M'], t('key.sound')],
    [['L'], t('key.like')], [['B', 'Enter'], t('key.products')], [['?'], t('key.help')],
  ];
  return (
    <Sheet title={t('feed.keys_title')} kind="dialog" onClose={onClose}>
      <dl class="keys">{rows.map(([keys, what]) => <div key={what}><dt>{what}</dt><dd>{keys.map(k => <kbd key={k}>{k}</kbd>)}</dd></div>)}</dl>
    </Sheet>
  );
}
