// What happened to an order or a return: what, who, when and why, newest first.
import { X } from 'lucide-preact';
import { moment } from '../text/numbers';

export type Happened = { what: string; who: string; at: string; note?: string; bad?: boolean };

export function Timeline({ events }: { events: Happened[] }) {
  return (
    <ol class="timeline">
      {[...events].reverse().map((e, i) => (
        <li key={`${e.what}${e.at}${i}`} class={`${i === 0 ? 'timeline-last' : ''}${e.bad ? ' timeline-bad' : ''}`}>
          <span class="timeline-dot" aria-hidden="true">{e.bad ? <X size={12} strokeWidth={3} /> : null}</span>
          <div>
            <strong>{e.what}</strong>
            {e.note ? <q class="timeline-note">{e.note}</q> : null}
            <span class="muted small timeline-who">{e.who} · <time dateTime={e.at}>{moment(e.at)}</time></span>
          </div>
        </li>
      ))}
    </ol>
  );
}
