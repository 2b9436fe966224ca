// Your feed: whether it learns, what it has learned, how much selling, when to stop. All of it takes effect at once.
import { useEffect, useState } from 'preact/hooks';
import { ChartNoAxesColumn, Compass, Download, RotateCcw, Trash2 } from 'lucide-preact';
import { api, ask, Refusal, type FeedDial, type FeedRule, type FeedSettings, type FeedTrait } from '../app/api';
import { forget, useData } from '../app/cache';
import { tf } from '../text/feed';
import { Badge, Card, Failed, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Check, Choices, Field, Select } from '../ui/Field';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { begin } from './state';
import { flush } from './tell';
import { loadWishes, profiling, setProfiling, setSettings, settings } from './wishes';
import { minutesOf, minutesText } from './words';
import './settings.css';

const DIALS: FeedDial[] = ['none', 'little', 'some', 'open', 'mostly'];
const CLIPS = [10, 20, 50, 100];
const MINUTES = [10, 20, 30, 60, 120];
const QUIET = { quiet_from: 22 * 60, quiet_until: 6 * 60 };
const LEARNED_MS = 400;                      // until what was said has been learned

async function attempt(run: () => Promise<void>) {
  try {
    await run();
  } catch (e) {
    if (!(e instanceof Refusal)) throw e;
    toast(say(e), { kind: 'bad' });
  }
}

export function FeedSettingsPage() {
  useEffect(() => { void loadWishes(); }, []);
  const p = profiling.value, s = settings.value;
  return (
    <Page title={tf('page.title')} backTo="/">
      {!p || !s ? <Skeleton kind="rows" lines={6} /> : <><Learning on={p.on} /><Dial settings={s} /><Stops settings={s} /></>}
      <Profile on={p?.on ?? false} />
      <Rules />
      <Card pad={false}>
        <List>
          <Row start={<Compass size={22} />} title={tf('links.ranking')} note={tf('links.ranking_note')} href="/ranking" />
          <Row start={<ChartNoAxesColumn size={22} />} title={tf('links.exposure')} note={tf('links.exposure_note')} href="/exposure" />
        </List>
      </Card>
    </Page>
  );
}

function Learning({ on }: { on: boolean }) {
  const change = (to: boolean) => attempt(async () => {
    await setProfiling(to);
    forget('feed-profile');
    toast(tf(to ? 'learn.on_done' : 'learn.off_done'), { kind: 'good' });
    void begin(undefined, true);
  });
  return <Card title={tf('learn.title')}><Check label={tf('learn.on')} name="profiling" value={on} onValue={v => void change(v)} hint={tf('learn.hint')} /></Card>;
}

function Dial({ settings: s }: { settings: FeedSettings }) {
  const change = (dial: FeedDial) => attempt(async () => {
    await setSettings({ ...s, dial });
    void begin(undefined, true);
  });
  return (
    <Card>
      <Choices label={tf('dial.title')} name="dial" value={s.dial} onValue={v => void change(v)}
        options={DIALS.map(d => ({ value: d, title: tf(`dial.${d}`), note: tf(`dial.${d}.note`) }))} />
      <p class="muted small feed-note">{tf('dial.lead')}</p>
    </Card>
  );
}

function Stops({ settings: s }: { settings: FeedSettings }) {
  const change = (to: Partial<FeedSettings>) => attempt(() => setSettings({ ...s, ...to }));
  const quiet = s.quiet_from != null && s.quiet_until != null;
  const without = () => {
    const { quiet_from: _f, quiet_until: _u, ...rest } = s;
    void attempt(() => setSettings(rest));
  };
  const options = (list: number[], have: number, key: string) =>
    [0, ...(have > 0 && !list.includes(have) ? [have] : []), ...list].map(n => ({ value: String(n), label: n === 0 ? tf('stops.never') : tf(key, { n }) }));
  return (
    <Card title={tf('stops.title')}>
      <div class="stack">
        <p class="muted">{tf('stops.lead')}</p>
        <Select label={tf('stops.clips')} name="stop_clips" value={String(s.stop_clips)} onValue={v => void change({ stop_clips: Number(v) })} options={options(CLIPS, s.stop_clips, 'stops.clips_n')} />
        <Select label={tf('stops.minutes')} name="stop_minutes" value={String(s.stop_minutes)} onValue={v => void change({ stop_minutes: Number(v) })} options={options(MINUTES, s.stop_minutes, 'stops.minutes_n')} />
        <Check label={tf('stops.quiet')} name="quiet" value={quiet} onValue={v => (v ? void change(QUIET) : without())} hint={tf('stops.quiet_hint')} />
        {quiet ? (
          <div class="feed-hours">
            <Hour label={tf('stops.from')} name="quiet_from" value={s.quiet_from!} onValue={quiet_from => void change({ quiet_from })} />
            <Hour label={tf('stops.until')} name="quiet_until" value={s.quiet_until!} onValue={quiet_until => void change({ quiet_until })} />
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function Hour({ label, name, value, onValue }: { label: string; name: string; value: number; onValue: (m: number) => void }) {
  return <Field label={label} name={name} type="time" value={minutesText(value)} onValue={v => { const m = minutesOf(v); if (m !== undefined && m !== value) onValue(m); }} />;
}

// ---------------------------------------------------------------------------------------------- what was learned

function Profile({ on }: { on: boolean }) {
  const { data, problem, reload } = useData('feed-profile', async () => { await flush(); return ask(api.feedProfileGet()); });
  useEffect(() => { void reload(); }, [on]);
  const remove = (x: FeedTrait) => attempt(async () => {
    await ask(api.feedTraitDelete({ trait: x.trait }));
    toast(tf('profile.removed'), { kind: 'good' });
    await new Promise(done => setTimeout(done, LEARNED_MS));
    await reload();
  });
  const takeAlong = () => attempt(async () => {
    const all = await ask(api.feedProfileExport());
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 1)], { type: 'application/json' }));
    link.download = 'etalase-feed.json';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  });
  const reset = async () => {
    if (!await confirm({ title: tf('profile.reset_title'), body: tf('profile.reset_body'), action: tf('profile.reset'), danger: true })) return;
    await attempt(async () => {
      await ask(api.feedProfileReset());
      toast(tf('profile.reset_done'), { kind: 'good' });
      await new Promise(done => setTimeout(done, LEARNED_MS));
      await reload();
      void begin(undefined, true);
    });
  };
  return (
    <Card title={tf('profile.title')} class="feed-profile">
      <div class="stack">
        {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={4} />)
          : !data.consent ? <p class="muted">{tf('profile.off')}</p>
          : data.traits.length === 0 ? <p class="muted">{tf('profile.empty')}</p>
          : <><p class="muted">{tf('profile.lead')}</p><Traits traits={data.traits} onRemove={x => void remove(x)} /></>}
        <List>
          <Row start={<Download size={22} />} title={tf('profile.export')} note={tf('profile.export_note')} onClick={() => void takeAlong()} />
          {data?.consent ? <Row start={<RotateCcw size={22} />} title={tf('profile.reset')} note={tf('profile.reset_note')} onClick={() => void reset()} /> : null}
        </List>
      </div>
    </Card>
  );
}

const SHOWN = 8;

function Traits({ traits, onRemove }: { traits: FeedTrait[]; onRemove: (x: FeedTrait) => void }) {
  const [all, setAll] = useState(false);
  return (
    <ul class="traits">
      {traits.slice(0, all ? undefined : SHOWN).map(x => {
        const name = x.kind === 'price' ? tf('profile.price.name') : x.name ? (x.kind === 'topic' ? `#${x.name}` : x.name) : tf('profile.unnamed');
        return (
          <li key={x.trait} class="trait">
            <span class="trait-name"><strong>{name}</strong><span class="muted small">{tf(`profile.${x.kind}`)}{x.strength_ppm < 0 ? <> · {tf('profile.dislikes')}</> : null}</span></span>
            <span class={`trait-bar${x.strength_ppm < 0 ? ' trait-less' : ''}`} role="img" aria-label={`${tf(x.strength_ppm < 0 ? 'profile.dislikes' : 'profile.likes')}: ${Math.round(Math.abs(x.strength_ppm) / 10_000)} %`}>
              <span style={{ inlineSize: `${Math.max(4, Math.abs(x.strength_ppm) / 10_000)}%` }} />
            </span>
            <IconButton label={tf('profile.remove', { name })} onClick={() => onRemove(x)}><Trash2 size={18} /></IconButton>
          </li>
        );
      })}
      {!all && traits.length > SHOWN ? <li><Button kind="quiet" size="small" onClick={() => setAll(true)}>{tf('profile.all', { n: traits.length })}</Button></li> : null}
    </ul>
  );
}

function Rules() {
  const { data, problem, reload } = useData('feed-rules', () => ask(api.feedRuleList({})));
  const [more, setMore] = useState<FeedRule[]>([]);
  const [next, setNext] = useState<string>();
  useEffect(() => { setMore([]); setNext(data?.next); }, [data]);
  const remove = (r: FeedRule) => attempt(async () => {
    await ask(api.feedRuleDelete({ id: r.id }));
    await reload();
  });
  const load = () => attempt(async () => {
    const page = await ask(api.feedRuleList({ before: next! }));
    setMore([...more, ...page.items]);
    setNext(page.next);
  });
  return (
    <Card title={tf('rules.title')} class="feed-rules">
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={2} />)
        : data.items.length === 0 ? <p class="muted">{tf('rules.empty')}</p>
        : <List>
            {[...data.items, ...more].map(r => {
              const name = r.kind === 'topic' ? `#${r.name}` : r.name;
              return <Row key={r.id} title={<bdi class="clamp2">{name}</bdi>} note={<Badge>{tf(`rules.${r.kind}`)}</Badge>}
                end={<IconButton label={tf('rules.remove', { name })} onClick={() => void remove(r)}><Trash2 size={18} /></IconButton>} />;
            })}
            {next ? <Row title="…" label={tf('rules.title')} onClick={() => void load()} /> : null}
          </List>}
    </Card>
  );
}
