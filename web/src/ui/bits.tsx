// The small shared pieces: price, picture, badge, banner, rows, tabs, stepper, skeleton, empty and failed screens, table.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ChevronLeft, ChevronRight, CircleAlert, Image as ImageIcon, Info, Minus, Plus, Store, TriangleAlert, WifiOff } from 'lucide-preact';
import type { Money, Picture as Pic, Refusal } from '../app/api';
import { back } from '../app/router';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { Button, IconButton } from './Button';
import { say } from './form';

// "Rp 129.000", never broken over two lines. before: the price that is struck through.
export function Price({ money, from, before, size = 'normal' }: { money: Money; from?: boolean; before?: Money; size?: 'normal' | 'large' | 'small' }) {
  const struck = before && before.minor > money.minor ? before : undefined;
  return (
    <span class={`price price-${size}`}>
      {from ? <span class="price-from">{t('price.from')} </span> : null}
      <span class="price-now">{formatMoney(money)}</span>
      {struck ? <> <s class="price-was"><span class="hidden">{t('price.before')} </span>{formatMoney(struck)}</s></> : null}
    </span>
  );
}

type PictureSize = 320 | 640 | 1280;

// A stored picture in the size that fits; its main colour stands in until it has come. ratio: width / height of the box.
export function Picture({ picture, url, alt, size = 320, ratio = 1, eager, class: extra }: {
  picture?: Pic; url?: string; alt: string; size?: PictureSize; ratio?: number; eager?: boolean; class?: string;
}) {
  const [come, setCome] = useState(false);
  const [failed, setFailed] = useState(false);
  const base = picture?.url ?? url;
  return (
    <span class={`pic ${extra ?? ''}`} style={{ aspectRatio: String(ratio), ...(picture ? { backgroundColor: picture.colour } : {}) }}>
      {base && !failed
        ? <img src={pictureUrl(base, size)} alt={alt} loading={eager ? 'eager' : 'lazy'} decoding="async" class={come ? 'come' : ''}
            ref={el => { if (el?.complete && el.naturalWidth > 0 && !come) setCome(true); }}
            onLoad={() => setCome(true)} onError={() => setFailed(true)} draggable={false} />
        : <span class="pic-none" role={alt ? 'img' : undefined} aria-label={alt || undefined}><ImageIcon size={24} aria-hidden="true" /></span>}
    </span>
  );
}

export function pictureUrl(base: string, size: PictureSize): string {
  return /\.\w{3,4}$/.test(base) ? base : `${base}/${size}.webp`;
}

// A shop's or a person's round picture, or the first letter of the name.
export function Avatar({ name, url, size = 40 }: { name: string; url?: string; size?: number }) {
  const [failed, setFailed] = useState(false);
  const style = { inlineSize: `${size}px`, blockSize: `${size}px`, fontSize: `${Math.round(size * 0.42)}px` };
  if (url && !failed) return <img class="avatar" style={style} src={pictureUrl(url, 320)} alt="" loading="lazy" onError={() => setFailed(true)} draggable={false} />;
  const first = Array.from(name.trim())[0]?.toLocaleUpperCase();
  return <span class="avatar avatar-letter" style={style} aria-hidden="true">{first ?? <Store size={size / 2} />}</span>;
}

export function Badge({ tone = 'plain', children }: { tone?: 'plain' | 'good' | 'bad' | 'warn' | 'link'; children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>;
}

export function Banner({ tone = 'info', title, children, action }: {
  tone?: 'info' | 'bad' | 'warn' | 'good'; title?: ComponentChildren; children?: ComponentChildren; action?: ComponentChildren;
}) {
  const Icon = tone === 'bad' ? CircleAlert : tone === 'warn' ? TriangleAlert : Info;
  return (
    <div class={`banner banner-${tone}`} role={tone === 'bad' ? 'alert' : 'note'} tabIndex={-1}>
      <Icon size={20} aria-hidden="true" />
      <div class="banner-text">{title ? <strong>{title}</strong> : null}{children ? <div>{children}</div> : null}</div>
      {action}
    </div>
  );
}

// The form's mistake that belongs to no field.
export function FormError({ text }: { text?: string }) {
  return text ? <Banner tone="bad">{text}</Banner> : null;
}

// A mistake in a list of things, said above it.
export function Mistake({ text }: { text?: string }) {
  return text ? <p class="field-error" tabIndex={-1}><CircleAlert size={16} aria-hidden="true" /> {text}</p> : null;
}

export function Card({ title, action, children, class: extra, pad = true }: {
  title?: ComponentChildren; action?: ComponentChildren; children: ComponentChildren; class?: string; pad?: boolean;
}) {
  return (
    <section class={`card${pad ? ' card-pad' : ''} ${extra ?? ''}`}>
      {title ? <div class="card-head"><h2 class="card-title">{title}</h2>{action}</div> : null}
      {children}
    </section>
  );
}

export function List({ children, label }: { children: ComponentChildren; label?: string }) {
  return <ul class="list" aria-label={label}>{children}</ul>;
}

// One row of a list: something at the start, a title with a note, something at the end; a link or a button if it leads on.
export function Row({ start, title, note, end, href, onClick, label }: {
  start?: ComponentChildren; title: ComponentChildren; note?: ComponentChildren; end?: ComponentChildren;
  href?: string; onClick?: () => void; label?: string;
}) {
  const inside = (
    <>
      {start ? <span class="row-start">{start}</span> : null}
      <span class="row-text"><span class="row-title">{title}</span>{note ? <span class="row-note">{note}</span> : null}</span>
      {end ? <span class="row-end">{end}</span> : null}
      {href || onClick ? <ChevronRight class="row-on flip" size={18} aria-hidden="true" /> : null}
    </>
  );
  return (
    <li class="row-item">
      {href ? <a class="row" href={href} aria-label={label}>{inside}</a>
        : onClick ? <button type="button" class="row" onClick={onClick} aria-label={label}>{inside}</button>
        : <div class="row">{inside}</div>}
    </li>
  );
}

export function Tabs<V extends string>({ label, value, onValue, options }: {
  label: string; value: V; onValue: (v: V) => void; options: { value: V; label: ComponentChildren; count?: number }[];
}) {
  const move = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    e.preventDefault();
    const turn = document.documentElement.dir === 'rtl' ? -step : step;
    const i = options.findIndex(o => o.value === value);
    const to = options[(i + turn + options.length) % options.length]!;
    onValue(to.value);
    (e.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('[role=tab]')[options.indexOf(to)]?.focus();
  };
  // On a phone the chosen one may lie outside of what is seen.
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = box.current, on = row?.querySelector<HTMLElement>('[aria-selected=true]');
    if (row && on && row.scrollWidth > row.clientWidth) row.scrollLeft += on.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - on.clientWidth) / 2;
  }, [value, options.length]);
  return (
    <div class="tabs" role="tablist" aria-label={label} onKeyDown={move} ref={box}>
      {options.map(o => (
        <button key={o.value} type="button" role="tab" class="tab" aria-selected={o.value === value} tabIndex={o.value === value ? 0 : -1}
          onClick={() => onValue(o.value)}>
          {o.label}{o.count === undefined ? null : <span class="tab-count">{o.count}</span>}
        </button>
      ))}
    </div>
  );
}

export function Stepper({ value, onValue, min = 1, max = 99, label, busy }: {
  value: number; onValue: (n: number) => void; min?: number; max?: number; label: string; busy?: boolean;
}) {
  return (
    <div class="stepper" role="group" aria-label={label} aria-busy={busy || undefined}>
      <button type="button" aria-label={t('ui.less')} disabled={value <= min} onClick={() => onValue(value - 1)}><Minus size={18} /></button>
      <output aria-live="polite">{value}</output>
      <button type="button" aria-label={t('ui.more')} disabled={value >= max} onClick={() => onValue(value + 1)}><Plus size={18} /></button>
    </div>
  );
}

export function Skeleton({ lines = 3, kind = 'text' }: { lines?: number; kind?: 'text' | 'rows' | 'grid' }) {
  return (
    <div class={`skeleton skeleton-${kind}`} role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: lines }, (_, i) => <span key={i} class="bone" />)}
    </div>
  );
}

export function EmptyState({ icon, title, children, action }: {
  icon?: ComponentChildren; title: string; children?: ComponentChildren; action?: ComponentChildren;
}) {
  return (
    <div class="empty">
      {icon ? <span class="empty-icon" aria-hidden="true">{icon}</span> : null}
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action ? <div class="empty-action">{action}</div> : null}
    </div>
  );
}

// What a screen shows when its data did not come.
export function Failed({ problem, retry }: { problem: Refusal; retry?: () => void }) {
  const away = problem.slug === 'offline';
  return (
    <EmptyState icon={away ? <WifiOff size={32} /> : <CircleAlert size={32} />}
      title={problem.slug === 'not_found' ? t('missing.title') : away ? t('offline.title') : t('failed.title')}
      action={problem.slug === 'not_found' || !retry ? <Button href="/" kind="main">{t('missing.action')}</Button> : <Button kind="main" onClick={retry}>{t('ui.retry')}</Button>}>
      {problem.slug === 'not_found' ? t('missing.body') : say(problem)}
      {problem.requestId ? <span class="request-id">{t('failed.id', { id: problem.requestId })}</span> : null}
    </EmptyState>
  );
}

// The frame of a screen on the counter: a bar with the way back and the title, then the content.
export function Page({ title, backTo, end, wide, children, foot, hideTitle }: {
  title: string; backTo?: string | false; end?: ComponentChildren; wide?: boolean; children: ComponentChildren; foot?: ComponentChildren; hideTitle?: boolean;
}) {
  if (document.title !== `${title} · Etalase`) document.title = `${title} · Etalase`;
  return (
    <div class={`page${wide ? ' page-wide' : ''}${foot ? ' page-footed' : ''}`}>
      <header class="bar">
        {backTo === false ? null
          : <IconButton label={t('ui.back')} onClick={() => back(backTo ?? '/')}><ChevronLeft class="flip" size={24} /></IconButton>}
        <h1 class={`bar-title${hideTitle ? ' hidden' : ''}`} tabIndex={-1}>{title}</h1>
        <span class="bar-end">{end}</span>
      </header>
      <div class="page-body">{children}</div>
      {foot ? <div class="page-foot"><div class="page-foot-in">{foot}</div></div> : null}
    </div>
  );
}

// A table for desktops; on a phone each row becomes a small card with the columns' names.
export function Table<R>({ label, rows, columns, keyOf, onRow }: {
  label: string; rows: R[]; keyOf: (row: R) => string; onRow?: (row: R) => void;
  columns: { title: string; cell: (row: R) => ComponentChildren; end?: boolean; main?: boolean }[];
}) {
  return (
    <div class="table-box">
      <table class="table" aria-label={label}>
        <thead><tr>{columns.map(c => <th key={c.title} scope="col" class={c.end ? 'end' : ''}>{c.title}</th>)}</tr></thead>
        <tbody>
          {rows.map(r => (
            <tr key={keyOf(r)} class={onRow ? 'table-on' : ''} onClick={onRow ? e => { if (!(e.target as Element).closest('a,button,input')) onRow(r); } : undefined}>
              {columns.map(c => <td key={c.title} class={`${c.end ? 'end' : ''}${c.main ? ' main' : ''}`} data-title={c.title}>{c.cell(r)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// How far long work has come. value 0..1; without one it only says that it goes on.
export function Progress({ value, label }: { value?: number; label: string }) {
  return (
    <div class="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100}
      aria-valuenow={value === undefined ? undefined : Math.round(value * 100)}>
      <span class={value === undefined ? 'progress-wait' : ''} style={value === undefined ? {} : { inlineSize: `${value * 100}%` }} />
    </div>
  );
}
