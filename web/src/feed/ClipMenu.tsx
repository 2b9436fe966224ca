// What can be said about a clip: why it is here, and that one wants no more of it.
import { useEffect, useState } from 'preact/hooks';
import { Ban, Compass, EyeOff, Flag, Hash, Settings2, Store, Tag } from 'lucide-preact';
import { api, ask, Refusal, type Clip, type FeedReason, type FeedRuleNew } from '../app/api';
import { loadMe, me } from '../app/session';
import { tf, useFeedText } from '../text/feed';
import { List, Row, Skeleton } from '../ui/bits';
import { say } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { flush, tell } from './tell';
import { mode, whys } from './state';
import { formatPercent } from './words';

const TAGS_MAX = 3;

export function ClipMenu({ clip, onClose, onHidden }: { clip: Clip; onClose: () => void; onHidden: (rule: FeedRuleNew) => void }) {
  const ready = useFeedText();
  if (!ready) return <Sheet title={clip.shop.name} onClose={onClose}><Skeleton lines={6} /></Sheet>;
  return (
    <Sheet title={tf('menu.title')} onClose={onClose}>
      <div class="stack">
        <section>
          <h3 class="menu-head">{tf('why.title')}</h3>
          <Why clip={clip} />
        </section>
        <section>
          <h3 class="menu-head">{tf('less.title')}</h3>
          <Less clip={clip} onClose={onClose} onHidden={onHidden} />
        </section>
        <List>
          <Row start={<Settings2 size={22} />} title={tf('menu.settings')} note={tf('menu.settings_note')} href="/me/feed" />
          <Row start={<Compass size={22} />} title={tf('menu.ranking')} href="/ranking" />
          <Row start={<Flag size={22} />} title={tf('menu.report')} onClick={() => { tell('report', clip.id); void flush(); toast(tf('menu.reported'), { kind: 'good' }); onClose(); }} />
        </List>
      </div>
    </Sheet>
  );
}

function Why({ clip }: { clip: Clip }) {
  const [reasons, setReasons] = useState<FeedReason[] | undefined>(whys.peek()[clip.id]);
  useEffect(() => {
    if (reasons) return;
    void api.feedWhyGet({ id: clip.id }).then(r => setReasons(r.ok ? r.value.reasons : []));
  }, []);
  if (!reasons) return <Skeleton lines={2} />;
  if (reasons.length === 0) return <p class="muted">{tf(mode.peek() === 'for_you' ? 'why.none' : 'why.link')}</p>;
  return (
    <ol class="whys">
      {reasons.map((r, i) => (
        <li key={i}>
          <span>{reasonText(r)}</span>
          {r.part_ppm > 0 && r.part_ppm < 995_000 ? <span class="muted small num">{formatPercent(r.part_ppm)}</span> : null}
          <span class="why-bar" aria-hidden="true"><span style={{ inlineSize: `${Math.max(3, r.part_ppm / 10_000)}%` }} /></span>
        </li>
      ))}
    </ol>
  );
}

function reasonText(r: FeedReason): string {
  return tf(r.name ? `why.${r.kind}` : `why.${r.kind}.plain`, { name: r.kind === 'topic' ? `#${r.name}` : r.name });
}

function tagsOf(text: string): string[] {
  return [...new Set([...text.matchAll(/(?<![\p{L}\p{N}_])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu)].map(m => m[1]!.toLowerCase()))].slice(0, TAGS_MAX);
}

function Less({ clip, onClose, onHidden }: { clip: Clip; onClose: () => void; onHidden: (rule: FeedRuleNew) => void }) {
  const hide = async (rule: FeedRuleNew) => {
    onClose();
    try {
      const made = await ask(api.feedRulePost(rule));
      if (!me.peek()?.csrf) await loadMe();
      onHidden(rule);
      toast(tf('less.done'), { kind: 'good', action: { label: tf('less.undo'), run: () => void api.feedRuleDelete({ id: made.id }) } });
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(say(e), { kind: 'bad' });
    }
  };
  return (
    <List>
      <Row start={<EyeOff size={22} />} title={tf('less.clip')} onClick={() => void hide({ kind: 'clip', clip: clip.id })} />
      <Row start={<Store size={22} />} title={tf('less.shop', { name: clip.shop.name })} onClick={() => void hide({ kind: 'shop', clip: clip.id })} />
      {tagsOf(clip.caption).map(tag => (
        <Row key={tag} start={<Hash size={22} />} title={tf('less.topic', { name: `#${tag}` })} onClick={() => void hide({ kind: 'topic', name: tag, clip: clip.id })} />
      ))}
      {clip.products.length ? <Row start={<Tag size={22} />} title={tf('less.category')} note={clip.products[0]!.title} onClick={() => void hide({ kind: 'category', clip: clip.id })} /> : null}
      <Row start={<Ban size={22} />} title={tf('less.selling')} note={tf('less.selling_note')} href="/me/feed" />
    </List>
  );
}
