// The three feeds, over the clip; the question whether the feed may learn; and the calm card after as much as was wanted.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Coffee, Moon, Sparkles, TrendingUp } from 'lucide-preact';
import type { FeedMode } from '../app/api';
import { Refusal } from '../app/api';
import { go, place } from '../app/router';
import { account, me, signedIn } from '../app/session';
import { t } from '../text';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { at, begin, mode } from './state';
import { goOn, profiling, setProfiling, stop } from './wishes';

const MODES: FeedMode[] = ['for_you', 'following', 'popular'];
const ASK_AFTER = 3;                         // clips: one should know what is asked about
const ASKED = 'etalase.feed.asked.';          // and who: an account's id, or 'guest'

export function Modes({ onMode, onAsk }: { onMode: () => void; onAsk: () => void }) {
  const choose = (m: FeedMode) => {
    if (m === 'for_you' && !profiling.value?.on) return onAsk();
    if (m === 'following' && !signedIn.value) return go(`/sign-in?next=${encodeURIComponent(place.value.path)}`);
    mode.value = m;
    void begin(undefined, true).then(onMode);
  };
  return (
    <nav class="modes" aria-label={t('feed.modes')}>
      <a class="modes-end" href="/trends" aria-label={t('nav.trends')} title={t('nav.trends')}><TrendingUp size={24} aria-hidden="true" /></a>
      {MODES.map(m => (
        <button key={m} type="button" class="mode" aria-current={mode.value === m ? 'true' : undefined} onClick={() => choose(m)}>{t(`feed.mode.${m}`)}</button>
      ))}
    </nav>
  );
}

function wasAsked(who: string): boolean {
  try { return localStorage.getItem(ASKED + who) !== null; } catch { return true; }
}

// Once of everybody who uses this device, and whenever somebody goes to For You without having agreed: one person's answer is not
// another's. Both answers weigh the same.
export function Consent(props: { asked: boolean; onDone: (yes: boolean) => void }) {
  if (!me.value) return null;
  const who = account.value?.id ?? 'guest';
  return <Question key={who} who={who} {...props} />;
}

function Question({ who, asked, onDone }: { who: string; asked: boolean; onDone: (yes: boolean) => void }) {
  const [over, setOver] = useState(() => wasAsked(who));
  const [busy, setBusy] = useState(false);
  const reached = useRef(false);
  reached.current ||= at.value >= ASK_AFTER;
  const p = profiling.value;
  const due = p && !p.on && (asked || (!over && !p.decided && reached.current));
  if (!due) return null;
  const answer = async (yes: boolean) => {
    if (busy) return;
    setBusy(true);
    try { localStorage.setItem(ASKED + who, '1'); } catch { /* storage may be off */ }
    try {
      if (yes || signedIn.peek()) await setProfiling(yes);
      setOver(true);
      onDone(yes);
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(say(e), { kind: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="ask" aria-label={t('feed.ask')}>
      <h2><Sparkles size={18} aria-hidden="true" /> {t('feed.ask')}</h2>
      <p>{t('feed.ask_body')} <a href="/me/feed">{t('feed.ask_more')}</a></p>
      <div class="ask-answers">
        <button type="button" class="btn ask-btn" aria-disabled={busy || undefined} onClick={() => void answer(true)}>{t('feed.ask_yes')}</button>
        <button type="button" class="btn ask-btn" aria-disabled={busy || undefined} onClick={() => void answer(false)}>{t('feed.ask_no')}</button>
      </div>
    </section>
  );
}

export function Stop({ onHold }: { onHold: (on: boolean) => void }) {
  const why = stop.value;
  useEffect(() => {
    if (!why) return;
    onHold(true);
    return () => onHold(document.hidden);
  }, [why]);
  if (!why) return null;
  return (
    <section class="stop" role="alertdialog" aria-modal="true" aria-label={t(`feed.stop.${why}`)}>
      <span class="clip-end-icon" aria-hidden="true">{why === 'quiet' ? <Moon size={32} /> : <Coffee size={32} />}</span>
      <h2>{t(`feed.stop.${why}`)}</h2>
      <p>{t('feed.stop_body')}</p>
      <a class="btn btn-light" href="/me" onClick={() => goOn()}>{t('feed.stop_leave')}</a>
      <button type="button" class="btn stop-on" ref={el => el?.focus()} onClick={() => goOn()}>{t('feed.stop_on')}</button>
      <a class="stop-set" href="/me/feed">{t('feed.stop_set')}</a>
    </section>
  );
}
