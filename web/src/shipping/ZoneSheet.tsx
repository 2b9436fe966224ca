// One zone of a shop's shipping: its areas, what it costs, how long it takes, payment at the door.
import { useRef, useState } from 'preact/hooks';
import { Plus, Trash2 } from 'lucide-preact';
import { shipZoneLimits } from '../api';
import { countries } from '../accounts/AddressForm';
import { tz } from '../text/shipping';
import { Check, Choices, Field, Select } from '../ui/Field';
import { Banner } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Sheet } from '../ui/Sheet';
import { focusMistake, MoneyField } from '../studio/bits';
import { CURRENCIES, currencyName } from '../studio/OpenShop';
import { checkZone, newArea, nextKey, type DraftArea, type DraftStep, type DraftZone, type Mistakes } from './draft';

export const POSTCODES_LONG = 12000;

type Put = (change: Partial<DraftZone>) => void;
type PartProps = { zone: DraftZone; put: Put; bad: Mistakes };

const error = (bad: Mistakes, name: string) => (bad[name] ? { error: bad[name]! } : {});

export function ZoneSheet({ zone: begin, others, shopCod, told, onDone, onRemove, onClose }: {
  zone: DraftZone; others: DraftZone[]; shopCod: boolean; told?: string; onDone: (z: DraftZone) => void; onRemove?: () => void; onClose: () => void;
}) {
  const [z, set] = useState(begin);
  const [bad, setBad] = useState<Mistakes>({});
  const root = useRef<HTMLDivElement>(null);
  const put: Put = change => { set(now => ({ ...now, ...change })); setBad({}); };
  const done = () => {
    const found = checkZone(z, others);
    setBad(found);
    if (Object.keys(found).length === 0) onDone(z);
    else focusMistake(root.current);
  };
  const close = async () => {
    if (z !== begin && !await confirm({ title: tz('zone.leave_title'), body: tz('zone.leave_body'), action: tz('zone.leave'), danger: true })) return;
    onClose();
  };
  return (
    <Sheet title={begin.name || tz('zone.new')} onClose={() => void close()} foot={<Button kind="main" wide onClick={done}>{tz('zone.done')}</Button>}>
      <div class="stack" ref={root}>
        {told ? <Banner tone="bad">{told}</Banner> : null}
        <Field label={tz('zone.name')} name="name" maxLength={shipZoneLimits.name.max} placeholder={tz('zone.name_like')} value={z.name} onValue={name => put({ name })} {...error(bad, 'name')} />
        <Choices label={tz('zone.kind')} name="excluded" value={z.excluded ? 'no' : 'yes'} onValue={v => put({ excluded: v === 'no' })}
          options={[{ value: 'yes', title: tz('zone.sends') }, { value: 'no', title: tz('zone.excluded'), note: tz('zone.excluded_note') }]} />
        <Areas zone={z} put={put} bad={bad} />
        {z.excluded ? null : <><Rate zone={z} put={put} bad={bad} /><OnItsWay zone={z} put={put} bad={bad} /><AtTheDoor zone={z} put={put} bad={bad} shopCod={shopCod} /></>}
        {onRemove ? <Button kind="quiet" class="zone-remove" icon={<Trash2 size={18} aria-hidden="true" />} onClick={onRemove}>{tz('zone.remove')}</Button> : null}
      </div>
    </Sheet>
  );
}

function Areas({ zone: z, put, bad }: PartProps) {
  const change = (key: number, to: Partial<DraftArea>) => put({ areas: z.areas.map(a => (a.key === key ? { ...a, ...to } : a)) });
  const options = [{ value: '*', label: tz('zone.anywhere') }, ...countries()];
  return (
    <section class="stack-2 zone-part">
      <h3 class="section-title">{tz('areas.title')}</h3>
      {bad['areas'] ? <p class="field-error">{bad['areas']}</p> : null}
      {z.areas.map((a, i) => (
        <div key={a.key} class="zone-area stack-2" role="group" aria-label={tz('areas.n', { n: i + 1 })}>
          <div class="zone-area-head">
            <Select label={tz('areas.country')} name={`country.${a.key}`} value={a.country} onValue={country => change(a.key, { country })} options={options} />
            {z.areas.length > 1 ? <IconButton label={tz('areas.remove')} onClick={() => put({ areas: z.areas.filter(x => x.key !== a.key) })}><Trash2 size={20} /></IconButton> : null}
          </div>
          {a.country === '*' ? null : (
            <>
              <Field label={tz('areas.region')} name={`region.${a.key}`} optional maxLength={80} hint={i === 0 ? tz('areas.region_hint') : undefined} value={a.region} onValue={region => change(a.key, { region })} />
              <Field label={tz('areas.postcodes')} name={`postcodes.${a.key}`} optional multiline rows={2} maxLength={POSTCODES_LONG} spellcheck={false} hint={i === 0 ? tz('areas.postcodes_hint') : undefined}
                value={a.postcodes} onValue={postcodes => change(a.key, { postcodes })} {...error(bad, `postcodes.${a.key}`)} />
            </>
          )}
        </div>
      ))}
      {z.areas.length < shipZoneLimits.areas.max
        ? <Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => put({ areas: [...z.areas, newArea(z.areas.at(-1)?.country ?? 'ID')] })}>{tz('areas.add')}</Button> : null}
    </section>
  );
}

function Rate({ zone: z, put, bad }: PartProps) {
  const kg = z.rate === 'weight';
  return (
    <section class="stack zone-part">
      <h3 class="section-title">{tz('rate.title')}</h3>
      <Select label={tz('rate.currency')} name="currency" value={z.currency} onValue={currency => put({ currency })} options={CURRENCIES.map(value => ({ value, label: currencyName(value) }))} />
      <Choices label={tz('rate.by')} name="rate" value={z.rate} onValue={rate => put({ rate })} options={[
        { value: 'flat', title: tz('rate.flat'), note: tz('rate.flat_note') },
        { value: 'weight', title: tz('rate.weight'), note: tz('rate.weight_note') },
        { value: 'quantity', title: tz('rate.quantity'), note: tz('rate.quantity_note') },
      ]} />
      {z.rate === 'flat' ? <MoneyField label={tz('rate.price')} name="price" currency={z.currency} value={z.price} onValue={price => put({ price })} {...error(bad, 'price')} />
        : <><Steps zone={z} put={put} bad={bad} />
            <Check label={tz('rate.beyond')} name="beyond" value={z.beyond} onValue={beyond => put({ beyond })} hint={tz('rate.beyond_hint')} />
            {z.beyond ? (
              <div class="pair">
                <Field label={tz(kg ? 'rate.each_kg' : 'rate.each_units')} name="beyondEach" inputMode="decimal" class="input num" value={z.beyondEach} onValue={beyondEach => put({ beyondEach })} {...error(bad, 'beyondEach')} />
                <MoneyField label={tz('rate.costs')} name="beyondPrice" currency={z.currency} value={z.beyondPrice} onValue={beyondPrice => put({ beyondPrice })} {...error(bad, 'beyondPrice')} />
              </div>
            ) : null}</>}
      <MoneyField label={tz('rate.free_over')} name="free" currency={z.currency} optional hint={tz('rate.free_hint')} value={z.free} onValue={free => put({ free })} {...error(bad, 'free')} />
    </section>
  );
}

function Steps({ zone: z, put, bad }: PartProps) {
  const kg = z.rate === 'weight';
  const change = (key: number, to: Partial<DraftStep>) => put({ steps: z.steps.map(s => (s.key === key ? { ...s, ...to } : s)) });
  return (
    <div class="stack-2">
      {bad['steps'] ? <p class="field-error">{bad['steps']}</p> : null}
      {z.steps.map((s, i) => (
        <div key={s.key} class="zone-step" role="group" aria-label={tz('rate.step', { n: i + 1 })}>
          <Field label={tz(kg ? 'rate.up_to_kg' : 'rate.up_to_units')} name={`step.${s.key}`} inputMode="decimal" autocomplete="off" class="input num" value={s.upTo} onValue={upTo => change(s.key, { upTo })} {...error(bad, `step.${s.key}`)} />
          <MoneyField label={tz('rate.price')} name={`price.${s.key}`} currency={z.currency} value={s.price} onValue={price => change(s.key, { price })} {...error(bad, `price.${s.key}`)} />
          <IconButton label={tz('rate.remove_step', { n: i + 1 })} disabled={z.steps.length === 1} onClick={() => put({ steps: z.steps.filter(x => x.key !== s.key) })}><Trash2 size={20} /></IconButton>
        </div>
      ))}
      {z.steps.length < shipZoneLimits.steps.max
        ? <Button size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => put({ steps: [...z.steps, { key: nextKey(), upTo: '', price: '' }] })}>{tz('rate.add_step')}</Button> : null}
    </div>
  );
}

function OnItsWay({ zone: z, put, bad }: PartProps) {
  return (
    <section class="stack-2 zone-part">
      <h3 class="section-title">{tz('time.title')}</h3>
      <div class="pair">
        <Field label={tz('time.min')} name="min" inputMode="numeric" suffix={tz('days')} class="input num" value={z.min} onValue={min => put({ min })} {...error(bad, 'min')} />
        <Field label={tz('time.max')} name="max" inputMode="numeric" suffix={tz('days')} class="input num" value={z.max} onValue={max => put({ max })} {...error(bad, 'max')} />
      </div>
      <p class="field-hint">{tz('time.hint')}</p>
    </section>
  );
}

function AtTheDoor({ zone: z, put, bad, shopCod }: PartProps & { shopCod: boolean }) {
  return (
    <section class="stack-2 zone-part">
      <h3 class="section-title">{tz('cod.title')}</h3>
      <Check label={tz('cod.on')} name="cod" value={z.cod} onValue={cod => put({ cod })} hint={shopCod ? undefined : tz('cod.off_shop')} />
      {z.cod ? (
        <div class="stack">
          <div class="pair">
            <MoneyField label={tz('cod.fee')} name="codFee" currency={z.currency} optional value={z.codFee} onValue={codFee => put({ codFee })} {...error(bad, 'codFee')} />
            <Field label={tz('cod.percent')} name="codPercent" optional inputMode="decimal" suffix="%" class="input num" value={z.codPercent} onValue={codPercent => put({ codPercent })} {...error(bad, 'codPercent')} />
          </div>
          <div class="pair">
            <MoneyField label={tz('cod.most')} name="codMost" currency={z.currency} optional value={z.codMost} onValue={codMost => put({ codMost })} {...error(bad, 'codMost')} />
            <MoneyField label={tz('cod.order_most')} name="codOrderMost" currency={z.currency} optional value={z.codOrderMost} onValue={codOrderMost => put({ codOrderMost })} {...error(bad, 'codOrderMost')} />
          </div>
        </div>
      ) : null}
    </section>
  );
}

