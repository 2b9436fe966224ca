// A product as it is shown in the sheet over a clip and on its own page: pictures, price, options, facts, seller, words.
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, MapPin } from 'lucide-preact';
import { Refusal, type Picture as Pic, type Product } from '../app/api';
import { go } from '../app/router';
import { addLine } from '../cart/state';
import { tell as tellFeed } from '../feed/tell';
import { DeliveryBox } from '../shipping/DeliveryBox';
import { t } from '../text';
import { PriceBlock } from '../pricing/PriceBlock';
import { Avatar, Picture } from '../ui/bits';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { useUid } from '../ui/id';
import { rememberBought } from './bought';
import { chosen, firstPicks, missing, valueState, type Picks } from './choice';
import './product.css';

export type Buying = ReturnType<typeof useBuying>;

// p may still be on its way; then nothing can be chosen yet.
export function useBuying(p: Product | undefined, clip?: string) {
  const [mine, setMine] = useState<{ of: string; picks: Picks }>({ of: '', picks: [] });
  const [told, tell] = useState<{ of: string; option: number; text: string } | undefined>();
  const [busy, setBusy] = useState(false);
  const picks = p && mine.of !== p.id ? firstPicks(p) : mine.picks;
  const variant = p && chosen(p, picks);
  const sold = p !== undefined && (!p.variants.some(v => v.available) || p.state === 'archived');

  const pick = (option: number, value: string) => {
    if (!p) return;
    const state = valueState(p, picks, option, value);
    if (state !== 'free') {
      tell({ of: p.id, option, text: t(state === 'gone' ? 'product.gone_hint' : 'product.none_hint', { value }) });
      return;
    }
    tell(undefined);
    setMine({ of: p.id, picks: picks.map((was, i) => (i === option ? value : was)) });
  };

  const ready = () => {
    if (!p) return false;
    if (variant?.available) return true;
    const i = missing(p, picks);
    tell({ of: p.id, option: Math.max(0, i), text: i >= 0 ? t('product.choose', { name: p.options[i]!.name }) : t('product.sold_out') });
    document.querySelector<HTMLElement>(`[data-option="${Math.max(0, i)}"]`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    return false;
  };

  const add = async (after?: () => void) => {
    if (busy || !ready()) return;
    setBusy(true);
    try {
      const cart = await addLine(variant!.id, 1, clip);
      if (clip) tellFeed('cart', clip, { product: p!.id });
      toast(t('product.added', { n: cart.count }), { kind: 'good', action: { label: t('product.to_cart'), run: () => go('/cart') } });
      after?.();
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(say(e), { kind: 'bad' });
    } finally {
      setBusy(false);
    }
  };

  const buy = () => {
    if (!ready()) return;
    rememberBought(p!, variant!);
    const q = new URLSearchParams({ variant: variant!.id, quantity: '1', ...(clip ? { clip } : {}) });
    go(`/checkout?${q.toString()}`);
  };

  return { picks, pick, told: told?.of === p?.id ? told : undefined, variant, sold, busy, add, buy };
}

export function PriceOf({ product, buying, clip }: { product: Product; buying: Buying; clip?: boolean }) {
  const v = buying.variant ?? (product.variants.length === 1 ? product.variants[0] : undefined);
  return <PriceBlock product={product} variant={v} sold={buying.sold} channel={clip ? 'clip' : undefined} />;
}

export function Options({ product, buying }: { product: Product; buying: Buying }) {
  const id = useUid();
  if (product.options.length === 0) return null;
  return (
    <div class="stack">
      {product.options.map((o, i) => (
        <div class="option" key={o.name} data-option={i} role="group" aria-labelledby={`${id}-${i}`}>
          <p class="option-name" id={`${id}-${i}`}>{o.name}{buying.picks[i] ? <span class="muted">: {buying.picks[i]}</span> : null}</p>
          <div class="option-values">
            {o.values.map(value => {
              const state = valueState(product, buying.picks, i, value);
              const on = buying.picks[i] === value;
              return (
                <button key={value} type="button" class={`value${on ? ' value-on' : ''}${state === 'free' ? '' : ' value-off'}`} aria-pressed={on}
                  aria-disabled={state === 'free' ? undefined : true} onClick={() => buying.pick(i, value)}>
                  {value}{state === 'gone' ? <span class="hidden"> ({t('product.sold_out')})</span> : null}
                </button>
              );
            })}
          </div>
          <p class="option-told" role="status">{buying.told?.option === i ? buying.told.text : ''}</p>
        </div>
      ))}
    </div>
  );
}

export function Facts({ product: p, buying }: { product: Product; buying?: Buying }) {
  return <DeliveryBox product={p} variant={buying?.variant?.id} />;
}

export function Seller({ product: p }: { product: Product }) {
  return (
    <a class="seller" href={`/shop/${p.shop.handle}`}>
      <Avatar name={p.shop.name} url={p.shop.picture} size={48} />
      <span class="seller-text">
        <strong>{p.shop.name}</strong>
        <span class="muted small line">{p.shop.city ? <><MapPin size={14} aria-hidden="true" />{p.shop.city}</> : `@${p.shop.handle}`}</span>
      </span>
      <span class="seller-go">{t('product.visit')} <ChevronRight class="flip" size={16} aria-hidden="true" /></span>
    </a>
  );
}

export function About({ product: p }: { product: Product }) {
  if (!p.description) return null;
  return (
    <section>
      <h3 class="section-title">{t('product.about')}</h3>
      <p class="product-words">{p.description}</p>
    </section>
  );
}

// Both ways to buy. On a phone they stay at the bottom.
export function BuyBar({ buying, onAdded }: { buying: Buying; onAdded?: () => void }) {
  if (buying.sold) return <Button wide disabled>{t('product.sold_out')}</Button>;
  return (
    <div class="pair buy-bar">
      <Button busy={buying.busy} onClick={() => void buying.add(onAdded)}>{t('product.add')}</Button>
      <Button kind="buy" onClick={buying.buy}>{t('product.buy')}</Button>
    </div>
  );
}

// Pictures side by side, moved by finger, arrow keys or buttons.
export function Carousel({ pictures, title, peek }: { pictures: Pic[]; title: string; peek?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const n = pictures.length;

  const onScroll = () => {
    const el = box.current!;
    const first = el.firstElementChild as HTMLElement | null;
    if (!first) return;
    const step = first.offsetWidth + (peek ? 8 : 0);
    const end = el.scrollWidth - el.clientWidth - Math.abs(el.scrollLeft) < 4;
    setAt(end && n > 1 && Math.abs(el.scrollLeft) > 4 ? n - 1 : Math.min(n - 1, Math.round(Math.abs(el.scrollLeft) / step)));
  };
  const show = (i: number) => {
    const el = box.current!.children[i] as HTMLElement | undefined;
    el?.scrollIntoView({ block: 'nearest', inline: peek ? 'center' : 'start', behavior: 'smooth' });
  };
  useEffect(() => { box.current?.scrollTo({ left: 0 }); setAt(0); }, [pictures]);
  if (n === 0) return <Picture alt="" ratio={1} class="carousel-one" />;
  return (
    <div class={`carousel${peek ? ' carousel-peek' : ''}`} role="group" aria-roledescription="carousel" aria-label={t('product.pictures', { title })}>
      <div class="carousel-box" ref={box} onScroll={onScroll} tabIndex={n > 1 ? 0 : -1} role="group" aria-label={t('product.picture', { n: at + 1, all: n })}
        onKeyDown={e => {
          const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
          if (!by) return;
          e.preventDefault();
          show(at + (document.documentElement.dir === 'rtl' ? -by : by));
        }}>
        {pictures.map((p, i) => <Picture key={p.id} picture={p} alt={t('product.picture', { n: i + 1, all: n })} size={peek ? 640 : 1280} eager={i < 2} ratio={1} />)}
      </div>
      {n > 1 ? (
        <>
          <button type="button" class="carousel-step carousel-back" aria-label={t('product.previous_picture')} disabled={at === 0} onClick={() => show(at - 1)}><ChevronLeft class="flip" size={20} /></button>
          <button type="button" class="carousel-step carousel-on" aria-label={t('product.next_picture')} disabled={at === n - 1} onClick={() => show(at + 1)}><ChevronRight class="flip" size={20} /></button>
          <div class="carousel-dots" aria-hidden="true">{pictures.map((p, i) => <span key={p.id} class={i === at ? 'on' : ''} />)}</div>
        </>
      ) : null}
    </div>
  );
}
