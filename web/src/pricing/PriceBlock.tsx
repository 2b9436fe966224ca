// The price of a product as it stands on its page: what it costs, what it cost, the lowest price before, until when, how often.
import { useEffect, useState } from 'preact/hooks';
import { ChartLine, Flame, Repeat, Tag, Timer } from 'lucide-preact';
import type { ComponentType } from 'preact';
import type { PriceTag, Product, Variant } from '../app/api';
import { t } from '../text';
import { formatMoney, moment } from '../text/numbers';
import { tp, usePricingText } from '../text/pricing';
import { Badge, Price, Skeleton } from '../ui/bits';
import './pricing.css';

const DAY_S = 86_400;
const COUNTED_S = 3 * DAY_S;               // further away a date says more than a countdown

export function PriceBlock({ product, variant, sold, channel }: { product: Product; variant?: Variant | undefined; sold: boolean; channel?: 'clip' | undefined }) {
  const ready = usePricingText();
  const [open, setOpen] = useState(false);
  const money = variant?.price ?? product.price_from;
  const tag = variant?.tag;
  return (
    <div class="price-block">
      <div class="line product-price">
        <Price money={money} {...(tag?.was ? { before: tag.was } : {})} from={!variant && product.price_to.minor > product.price_from.minor} size="large" />
        {ready && tag?.percent ? <Badge tone="bad">{tp('tag.off', { percent: tag.percent })}</Badge> : null}
        {sold ? <Badge tone="bad">{t(product.state === 'archived' ? 'product.archived' : 'product.sold_out')}</Badge>
          : variant?.available && variant.stock !== undefined && tag?.left === undefined ? <Badge tone="warn">{t('product.left', { n: variant.stock })}</Badge> : null}
      </div>
      {ready && tag ? <About tag={tag} /> : null}
      {ready && variant ? (
        <div class="price-past">
          <button type="button" class="price-past-open" aria-expanded={open} onClick={() => setOpen(!open)}><ChartLine size={16} aria-hidden="true" /> {tp('tag.history')}</button>
          {open ? <History key={variant.id} variant={variant.id} channel={channel} /> : null}
        </div>
      ) : null}
    </div>
  );
}

function About({ tag }: { tag: PriceTag }) {
  const offer = tag.offer !== undefined;
  return (
    <div class="price-about">
      {tag.low ? <p class="price-low">{tp(offer || tag.percent ? 'tag.low' : 'tag.low_now', { days: tag.days, price: formatMoney(tag.low) })}</p> : null}
      {offer ? (
        <p class={`price-offer price-offer-${tag.kind}`}>
          {tag.kind === 'flash' ? <Flame size={16} aria-hidden="true" /> : <Tag size={16} aria-hidden="true" />}
          <strong>{tag.kind === 'regular' ? '' : tp(`tag.${tag.kind}`)}</strong>
          {tag.name ? <span class="price-offer-name">{tag.name}</span> : null}
          {tag.ends ? <Ends at={tag.ends} /> : null}
          {tag.left !== undefined && tag.left > 0 ? <span>{tp('tag.left', { n: tag.left })}</span> : null}
          {tag.limit !== undefined ? <span>{tp('tag.limit', { n: tag.limit })}</span> : null}
        </p>
      ) : null}
      {offer && tag.times > 0 ? <p class="price-times"><Repeat size={14} aria-hidden="true" /> {tp('tag.times', { n: tag.times })}</p> : null}
    </div>
  );
}

// A countdown only where it is true and near; it moves once a second, and is read out once.
function Ends({ at }: { at: string }) {
  const end = new Date(at).getTime();
  const [now, setNow] = useState(Date.now());
  const left = Math.floor((end - now) / 1000);
  useEffect(() => {
    if (left > COUNTED_S || left < 0) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [left > COUNTED_S, left < 0]);
  if (left < 0) return null;
  if (left > COUNTED_S) return <span>{tp('tag.ends_on', { date: moment(at) })}</span>;
  return (
    <span class="price-ends" role="timer" aria-live="off"><Timer size={14} aria-hidden="true" />
      <span>{tp('tag.ends_in', { time: countdown(left) })}</span></span>
  );
}

// 3:04:09, or "2 d 3 h" above a day.
export function countdown(seconds: number): string {
  const d = Math.floor(seconds / DAY_S), h = Math.floor(seconds / 3600) % 24, two = (n: number) => String(n).padStart(2, '0');
  if (d > 0) return tp('time.days', { d, h });
  return `${h}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

// The chart comes with its library when someone wants to see it.
function History(props: { variant: string; channel?: 'clip' | undefined }) {
  const [Chart, setChart] = useState<ComponentType<{ variant: string; channel?: 'clip' | undefined }>>();
  useEffect(() => { void import('./PriceChart').then(m => setChart(() => m.PriceChart), () => {}); }, []);
  return Chart ? <Chart {...props} /> : <Skeleton lines={4} />;
}
