// The pieces of a return that buyer, seller and operator see alike: what is asked, the photos in full, the things, the clock.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, Hourglass, Truck } from 'lucide-preact';
import type { Return, ReturnCard } from '../app/api';
import { Left, soon } from '../orders/Clock';
import { Timeline } from '../orders/Timeline';
import type { Viewer } from '../orders/words';
import { t } from '../text';
import { day, formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Badge, Card, Picture, pictureUrl } from '../ui/bits';
import { IconButton } from '../ui/Button';
import { Sheet } from '../ui/Sheet';
import { RETURN_TONE, returnEvents, returnHead, returnLine } from './words';
import '../orders/orders.css';
import './returns.css';

export function ReturnBadge({ state }: { state: Return['state'] }) {
  return <Badge tone={RETURN_TONE[state]}>{to(`return.state_${state}`)}</Badge>;
}

// No money moves, unless it ends in a refund after all.
const even = (r: { kind: Return['kind']; state: Return['state'] }) => r.kind === 'exchange' && r.state !== 'refunded';

export function ReturnTop({ of: r, viewer, onEnd, children }: { of: Return; viewer: Viewer; onEnd: () => void; children?: ComponentChildren }) {
  const { title, body } = returnHead(r, viewer);
  return (
    <Card class="order-top">
      <div class="order-head">
        <ReturnBadge state={r.state} />
        {r.deadline ? <span class="order-clock"><Hourglass size={16} aria-hidden="true" /><Left until={r.deadline} onEnd={onEnd} /></span> : null}
      </div>
      <div class="order-say" role="status"><h2>{title}</h2>{body ? <p>{body}</p> : null}</div>
      {even(r) ? null : <p class="spread return-amount"><span>{to(r.state === 'refunded' ? 'return.amount_back' : 'return.amount')}{r.shipping ? <span class="muted small"> · {to('return.with_shipping')}</span> : null}</span><strong class="num">{formatMoney(r.amount)}</strong></p>}
      {r.tracking ? <div class="parcel return-parcel"><Truck size={20} aria-hidden="true" /><div><span class="muted small">{to('return.parcel_back')} · {r.carrier}</span><strong class="num"><bdi>{r.tracking}</bdi></strong></div></div> : null}
      {r.replacement ? <div class="parcel return-parcel"><Truck size={20} aria-hidden="true" /><div><span class="muted small">{to('return.parcel_new')} · {r.replacement.carrier}</span><strong class="num"><bdi>{r.replacement.tracking}</bdi></strong></div></div> : null}
      {children}
    </Card>
  );
}

export function ReturnFacts({ of: r }: { of: Return }) {
  return (
    <Card title={to('return.what')}>
      <dl class="return-facts">
        <div><dt>{to('return.reason')}</dt><dd>{to(`reason.${r.reason}`)}</dd></div>
        <div><dt>{to('return.asked_on')}</dt><dd>{day(r.opened)}</dd></div>
        <div><dt>{to('return.wish')}</dt><dd>{to(`kind.${r.kind}`)}</dd></div>
      </dl>
      {r.note ? <blockquote class="return-words">{r.note}</blockquote> : null}
      <ul class="return-lines">{r.lines.map(l => (
        <li key={l.line} class="spread"><span><span class="clamp2">{l.title}{l.options ? ` · ${l.options}` : ''}</span>{l.wanted ? <strong class="small return-gets">{to('return.gets', { name: l.wanted_options || to('return.instead_same') })}</strong> : null}</span><span class="num return-n">× {l.quantity}{l.damaged ? <Badge tone="bad">{to('return.damaged', { n: l.damaged })}</Badge> : null}</span></li>))}
      </ul>
      <Gallery photos={r.photos} />
    </Card>
  );
}

// Small on the page, whole in a sheet, with the keys of a keyboard.
export function Gallery({ photos }: { photos: string[] }) {
  const [at, setAt] = useState(-1);
  if (photos.length === 0) return null;
  const move = (by: number) => setAt(n => (n + by + photos.length) % photos.length);
  return (
    <>
      <ul class="photos gallery" aria-label={to('photos.title')}>
        {photos.map((url, i) => <li key={url} class="photo"><button type="button" aria-label={to('photos.open', { n: i + 1 })} onClick={() => setAt(i)}><Picture url={url} alt="" size={320} /></button></li>)}
      </ul>
      {at >= 0 ? (
        <Sheet title={to('photos.of', { n: at + 1, all: photos.length })} class="photo-sheet" onClose={() => setAt(-1)}>
          <div class="photo-full" tabIndex={0} onKeyDown={e => { if (e.key === 'ArrowRight') move(1); if (e.key === 'ArrowLeft') move(-1); }}>
            <img src={pictureUrl(photos[at]!, 1280)} alt={to('photos.nth', { n: at + 1 })} />
            {photos.length > 1 ? (
              <span class="photo-moves">
                <IconButton label={to('photos.previous')} onClick={() => move(-1)}><ChevronLeft class="flip" size={24} /></IconButton>
                <IconButton label={to('photos.next')} onClick={() => move(1)}><ChevronRight class="flip" size={24} /></IconButton>
              </span>
            ) : null}
          </div>
        </Sheet>
      ) : null}
    </>
  );
}

export function ReturnTimeline({ of: r, viewer }: { of: Return; viewer: Viewer }) {
  return <Card title={t('order.timeline')}><Timeline events={returnEvents(r, viewer)} /></Card>;
}

// A return in a list. href: where it leads for this viewer.
export function ReturnRow({ of: r, viewer, href, onEnd }: { of: ReturnCard; viewer: Viewer; href: string; onEnd: () => void }) {
  const line = returnLine(r, viewer);
  return (
    <li>
      <a class="card order-card" href={href}>
        <span class="order-card-head"><strong class="small">{to('return.of', { number: r.number })}</strong><ReturnBadge state={r.state} /></span>
        <span class="spread"><span class="order-card-what"><span>{to(`reason.${r.reason}`)}</span><span class="muted small">{to(`kind.${r.kind}`)} · {day(r.opened)}</span></span>{even(r) ? null : <strong class="num price">{formatMoney(r.amount)}</strong>}</span>
        {line ? <span class="order-card-next spread"><span>{line}</span>{r.deadline && soon(r.deadline) ? <Left until={r.deadline} onEnd={onEnd} /> : null}</span> : null}
      </a>
    </li>
  );
}
