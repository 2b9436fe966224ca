// The studio's own small pieces: pages of a list, money and number fields, refusals in words, counts.
import { useState } from 'preact/hooks';
import { Minus, Plus } from 'lucide-preact';
import { Refusal, type Problem } from '../app/api';
import { useData } from '../app/cache';
import { t } from '../text';
import { hasStudioText, ts, type StudioKey } from '../text/studio';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import { moneyText, parseMoney, sign } from './money';

type PageOf<I> = { items: I[]; next?: string };
type Asked<T> = Promise<{ ok: true; value: T } | { ok: false; problem: Problem<string> }>;

// A list that comes in pages: const { items, problem, reload, more } = usePages('key', before => api.xList({ before })).
export function usePages<I>(key: string, get: (before?: string) => Asked<PageOf<I>>, freshMs = 0) {
  const d = useData<PageOf<I>>(key, async () => {
    const r = await get();
    if (!r.ok) throw new Refusal(r.problem);
    return r.value;
  }, freshMs);
  const [busy, setBusy] = useState(false);
  const more = async () => {
    if (!d.data?.next || busy) return;
    setBusy(true);
    const r = await get(d.data.next);
    setBusy(false);
    if (r.ok) d.set({ items: [...d.data.items, ...r.value.items], ...(r.value.next ? { next: r.value.next } : {}) });
    else tell(new Refusal(r.problem));
  };
  return {
    items: d.data?.items, problem: d.problem, reload: d.reload, more, moreBusy: busy, next: d.data?.next,
    setItems: (items: I[]) => d.set({ ...d.data, items }),
  };
}

export function More({ list }: { list: { next?: string; moreBusy: boolean; more: () => Promise<void> } }) {
  return list.next ? <Button busy={list.moreBusy} onClick={() => void list.more()}>{t('ui.load_more')}</Button> : null;
}

// The studio's sentence for a refusal, else the app's.
export function words(p: Refusal): string {
  const key = `problem.${p.slug}`;
  return hasStudioText(key) ? ts(key as StudioKey) : say(p);
}

export function tell(p: Refusal) {
  toast(words(p), { kind: 'bad' });
}

// Calls, shows the refusal as news, and gives the value or nothing.
export async function attempt<T>(asked: Asked<T>): Promise<{ value: T } | undefined> {
  const r = await asked;
  if (r.ok) return { value: r.value };
  tell(new Refusal(r.problem));
  return undefined;
}

type FieldLike = { label: string; name: string; value: string; onValue: (v: string) => void; error?: string; hint?: string; optional?: boolean };

// A price in the currency's major unit. Put into its proper form when the field is left.
export function MoneyField({ currency, ...f }: FieldLike & { currency: string }) {
  return (
    <Field {...f} prefix={sign(currency)} inputMode="decimal" autocomplete="off" class="input num input-in" style={{ '--sign': `${sign(currency).length}ch` }}
      onBlur={() => {
        const minor = parseMoney(f.value, currency);
        if (minor !== undefined) {
          const text = moneyText(minor, currency);
          if (text !== f.value) f.onValue(text);
        }
      }} />
  );
}

// A whole number with − and + beside it, for thumbs.
export function CountField({ min = 0, max, suffix, ...f }: FieldLike & { min?: number; max: number; suffix?: string }) {
  const n = /^-?\d+$/.test(f.value.trim()) ? Number(f.value) : undefined;
  const to = (v: number) => f.onValue(String(Math.min(max, Math.max(min, v))));
  return (
    <div class="count-field">
      <Field {...f} {...(suffix ? { suffix } : {})} inputMode="numeric" autocomplete="off" class="input num" />
      <div class="count-steps">
        <button type="button" aria-label={`${t('ui.less')}: ${f.label}`} disabled={n !== undefined && n <= min} onClick={() => to((n ?? min) - 1)}><Minus size={18} /></button>
        <button type="button" aria-label={`${t('ui.more')}: ${f.label}`} disabled={n !== undefined && n >= max} onClick={() => to((n ?? min) + 1)}><Plus size={18} /></button>
      </div>
    </div>
  );
}

export function bytes(n: number): string {
  const mb = n / (1024 * 1024);              // as the limits count, and as files are shown on phones
  const f = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: mb < 10 ? 1 : 0 });
  return `${f.format(mb)} MB`;
}

// Lets a screen reader and the eye find the first mistake.
export function focusMistake(root: HTMLElement | null) {
  setTimeout(() => {
    const at = root?.querySelector<HTMLElement>('[aria-invalid=true]') ?? root?.querySelector<HTMLElement>('.field-error');
    at?.scrollIntoView({ block: 'center' });
    at?.focus();
  }, 30);
}
