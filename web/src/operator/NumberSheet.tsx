// One number of a market: changed with a reason, given back to what all markets have, and what it was before.
import { marketNumberPutLimits } from '../api';
import { api, ask, Refusal, type MarketNumber, type MarketNumberPage, type OperatorMarket } from '../app/api';
import { usePages } from '../studio/bits';
import { t } from '../text';
import { moment } from '../text/numbers';
import { tm, type MarketsKey } from '../text/markets';
import { Banner, Failed, FormError, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Check, Choices, Field, Select } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { CountField, MoneyField } from '../studio/bits';
import { Trail } from './Market';
import { ALL, choicesOf, dayName, DAYS, fieldText, isAmount, readField, valueText } from './marketNumbers';

type Values = { value: string; why: string };

export function NumberSheet({ number: n, country, market: m, onSaved, onClose, reload }: {
  number: MarketNumber; country: string; market: OperatorMarket; onSaved: (p: MarketNumberPage) => void; onClose: () => void; reload: () => Promise<void>;
}) {
  const currency = m.currency;
  const list = usePages(`operator/market/${country}/changes/${n.rule}`, before => api.operatorChangeList({ country, rule: n.rule, ...(before ? { before } : {}) }));
  const range = { least: valueText(n.rule, n.unit, n.least, currency), most: valueText(n.rule, n.unit, n.most, currency) };
  const send = async (value: number | undefined, why: string) => {
    const page = await ask(api.operatorRulePut({ country, rule: n.rule }, { ...(value === undefined ? {} : { value }), version: m.version, why: why.trim() }));
    onSaved(page);
    void list.reload();
    toast(t('ui.saved'), { kind: 'good' });
    onClose();
  };
  const form = useForm<Values>({
    values: { value: fieldText(n, currency), why: '' },
    check: v => ({
      ...(readField(n, v.value, currency) === undefined ? { value: tm('number.bad', range) } : {}),
      ...(v.why.trim().length < marketNumberPutLimits.why.min ? { why: t('form.required') } : {}),
    }),
    send: async (v): Promise<void> => {
      try {
        await send(readField(n, v.value, currency), v.why);
      } catch (e) {
        if (e instanceof Refusal && e.slug === 'stale') await reload();
        throw e;
      }
    },
  });
  const back = async () => {
    if (form.values.why.trim().length < marketNumberPutLimits.why.min) return form.fail({ why: t('form.required') });
    try { await send(undefined, form.values.why); } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      form.fail({ '': e.detail });
      if (e.slug === 'stale') await reload();
    }
  };
  const note = tm(`${n.rule}.note` as MarketsKey);
  const page: MarketNumberPage = { market: m, items: [n] };
  return (
    <Sheet title={tm(n.rule)} onClose={onClose}>
      {note ? <p class="muted number-note">{note}</p> : null}
      {isAmount(n) && country === ALL ? <Banner>{tm('number.amount_all')}</Banner> : (
        <form class="stack" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <Input number={n} currency={currency} form={form} range={tm('number.range', range)} />
          <Field label={tm('edit.why')} hint={tm('edit.why_hint')} maxLength={marketNumberPutLimits.why.max} {...form.field('why')} />
          <div class={n.own && country !== ALL ? 'pair' : ''}>
            {n.own && country !== ALL ? <Button onClick={() => void back()}>{tm('number.back')}</Button> : null}
            <Button kind="main" type="submit" wide busy={form.busy}>{tm('save')}</Button>
          </div>
          {n.own && country !== ALL && !isAmount(n) ? <p class="muted small num">{tm('number.shared', { value: valueText(n.rule, n.unit, n.shared, currency) })}</p> : null}
          {n.since && n.by ? <p class="muted small">{tm('number.changed', { at: moment(n.since), by: n.by, why: n.why ?? '' })}</p> : null}
        </form>
      )}
      <h3 class="sub">{tm('number.history')}</h3>
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton lines={2} />)
        : list.items.length === 0 ? <p class="muted">{tm('number.no_history')}</p> : <Trail items={list.items} page={page} />}
    </Sheet>
  );
}

function Input({ number: n, currency, form, range }: { number: MarketNumber; currency: string | undefined; form: ReturnType<typeof useForm<Values>>; range: string }) {
  const label = tm(n.rule), field = form.field('value');
  switch (n.unit) {
    case 'minutes': case 'hours': case 'days': case 'business_days': return <CountField label={label} min={n.least} max={n.most} suffix={tm(`word.${n.unit}`)} hint={range} {...field} />;
    case 'count': return <CountField label={label} min={n.least} max={n.most} hint={range} {...field} />;
    case 'ppm': return <Field label={label} inputMode="decimal" suffix="%" class="input num" hint={range} {...field} />;
    case 'minor': return <MoneyField label={label} currency={currency ?? 'USD'} hint={range} {...field} />;
    case 'offset': return <Field label={label} prefix="UTC" inputMode="text" class="input num" hint={range} {...field} />;
    case 'yes_no': return <Choices label={label} {...field} options={[{ value: '1', title: tm('yes') }, { value: '0', title: tm('no') }]} />;
    case 'choice': return (
      <Select label={label} {...field} options={Array.from({ length: n.most - n.least + 1 }, (_, i) => ({ value: String(n.least + i), label: tm(`${choicesOf(n.rule)}.${n.least + i}` as MarketsKey) }))} />
    );
    case 'weekdays': {
      const bits = Number(field.value);
      return (
        <fieldset class="choices"><legend>{label}</legend>
          <div class="weekdays">{DAYS.map(i => <Check key={i} label={dayName(i, 'long')} name={`day${i}`} value={Boolean(bits >> i & 1)} onValue={on => field.onValue(String(on ? bits | 1 << i : bits & ~(1 << i)))} />)}</div>
          {field.error ? <p class="field-error">{field.error}</p> : null}
        </fieldset>
      );
    }
  }
}
