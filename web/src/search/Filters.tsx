// The filters of products: at the side of a desktop, in a sheet on a phone. What is chosen holds at once.
import { useEffect, useState } from 'preact/hooks';
import { countries, countryName } from '../accounts/AddressForm';
import type { SearchPage } from '../app/api';
import { moneyText, parseMoney } from '../studio/money';
import { formatMoney } from '../text/numbers';
import { tq } from '../text/search';
import { Button } from '../ui/Button';
import { Check, Field, Select } from '../ui/Field';
import type { Wanted } from './wanted';

export type Choose = (more: Partial<Wanted>) => void;

export function Filters({ wanted: w, page, choose }: { wanted: Wanted; page: SearchPage | undefined; choose: Choose }) {
  const categories = page?.categories ?? [];
  const shown = w.category && !categories.some(c => same(c.name, w.category)) ? [{ name: w.category, n: 0 }, ...categories] : categories;
  return (
    <div class="filters">
      {shown.length ? (
        <fieldset class="filter-group">
          <legend>{tq('category')}</legend>
          <ul class="filter-list">
            {shown.map(c => (
              <li key={c.name}>
                <button type="button" class="filter-choice" aria-pressed={same(c.name, w.category)} onClick={() => choose({ category: same(c.name, w.category) ? '' : c.name })}>
                  <span dir="auto">{c.name}</span><span class="filter-count">{c.n || ''}</span>
                </button>
              </li>
            ))}
          </ul>
        </fieldset>
      ) : null}
      <Prices key={`${w.min} ${w.max}`} wanted={w} page={page} choose={choose} />
      <Check label={tq('in_stock')} name="in_stock" value={w.inStock} onValue={inStock => choose({ inStock })} />
      <Select label={tq('delivers.label')} name="delivers" value={w.delivers} onValue={delivers => choose({ delivers })} options={[{ value: '', label: tq('delivers.any') }, ...countries()]} />
    </div>
  );
}

export const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

function Prices({ wanted: w, page, choose }: { wanted: Wanted; page: SearchPage | undefined; choose: Choose }) {
  const currency = w.currency || page?.currency || '';
  const start = (n: number | undefined) => (n === undefined || !currency ? '' : moneyText(n, currency));
  const [min, setMin] = useState(start(w.min));
  const [max, setMax] = useState(start(w.max));
  const [tried, setTried] = useState(false);
  useEffect(() => { setMin(start(w.min)); setMax(start(w.max)); }, [currency]);
  if (!currency) return null;
  const a = min.trim() ? parseMoney(min, currency) : undefined, b = max.trim() ? parseMoney(max, currency) : undefined;
  const wrongMin = min.trim() && a === undefined ? tq('price.wrong') : undefined;
  const wrongMax = max.trim() && b === undefined ? tq('price.wrong') : a !== undefined && b !== undefined && b < a ? tq('price.crossed') : undefined;
  const changed = a !== w.min || b !== w.max;
  const set = () => {
    setTried(true);
    if (wrongMin || wrongMax || !changed) return;
    choose({ currency: a === undefined && b === undefined ? '' : currency, min: a, max: b } as Partial<Wanted>);
  };
  const commit = { inputMode: 'decimal', maxLength: 20, onChange: set } as const;
  const hint = (n: number | undefined) => (n === undefined ? undefined : formatMoney({ minor: n, currency }));
  return (
    <form class="filter-group" onSubmit={e => { e.preventDefault(); set(); }} noValidate>
      <fieldset class="filter-group">
        <legend>{tq('price', { currency })}</legend>
        <div class="filter-prices">
          <Field label={tq('price.min')} name="min" value={min} onValue={setMin} {...commit} placeholder={hint(page?.price_low) ?? ''} {...(tried && wrongMin ? { error: wrongMin } : {})} />
          <Field label={tq('price.max')} name="max" value={max} onValue={setMax} {...commit} placeholder={hint(page?.price_high) ?? ''} {...(tried && wrongMax ? { error: wrongMax } : {})} />
        </div>
        {changed ? <Button size="small" type="submit">{tq('price.set')}</Button> : <button type="submit" hidden />}
      </fieldset>
    </form>
  );
}

// What is chosen, in words.
export function priceWords(w: Wanted): string {
  const of = (minor: number) => formatMoney({ minor, currency: w.currency });
  if (w.min !== undefined && w.max !== undefined) return `${of(w.min)} – ${of(w.max)}`;
  return w.min !== undefined ? tq('price.over', { price: of(w.min) }) : tq('price.under', { price: of(w.max ?? 0) });
}

export const deliversWords = (w: Wanted) => tq('delivers', { country: countryName(w.delivers) });
