// The options of a product (size, colour) with their values as chips.
import { useRef, useState } from 'preact/hooks';
import { Plus, Trash2, X } from 'lucide-preact';
import { productOptionLimits } from '../api';
import { ts } from '../text/studio';
import { Button, IconButton } from '../ui/Button';
import { Field } from '../ui/Field';
import { useUid } from '../ui/id';
import { combinations, type Option } from './variants';

export const OPTIONS_MAX = 3;
export const VALUES_MAX = 50;
export const VARIANTS_MAX = 100;
const TEXT_MAX = productOptionLimits.name.max;

// What sellers mostly choose by; what is typed may be anything.
const USUAL = ['size', 'colour', 'material', 'flavour', 'weight'] as const;

export function Options({ options, change, errors, blocked }: {
  options: Option[]; change: (to: Option[]) => void; errors: Record<string, string>; blocked: (text: string) => void;
}) {
  const key = useRef(1000);
  const put = (o: Option) => change(options.map(x => (x.key === o.key ? o : x)));
  return (
    <div class="stack">
      {options.map((o, i) => (
        <One key={o.key} option={o} nth={i + 1} error={errors[`option.${i}`]} blocked={blocked}
          room={values => combinations(options.map(x => (x.key === o.key ? { ...o, values } : x))).length <= VARIANTS_MAX}
          put={put} remove={() => change(options.filter(x => x.key !== o.key))} />
      ))}
      {options.length < OPTIONS_MAX ? (
        <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => change([...options, { key: key.current++, name: '', values: [] }])}>{ts(options.length ? 'options.more' : 'options.add')}</Button></div>
      ) : null}
      {options.length === 0 ? <p class="field-hint">{ts('options.hint')}</p> : null}
    </div>
  );
}

function One({ option: o, nth, error, room, put, remove, blocked }: {
  option: Option; nth: number; error?: string; room: (values: string[]) => boolean; put: (o: Option) => void; remove: () => void; blocked: (text: string) => void;
}) {
  const [typed, type] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const id = useUid();
  const add = (text: string): boolean => {
    const fresh = text.split(/[,;\n]/).map(v => v.trim()).filter(Boolean);
    const values = [...o.values];
    for (const v of fresh) {
      if (values.some(x => x.toLocaleLowerCase() === v.toLocaleLowerCase())) { blocked(ts('options.twice', { value: v })); continue; }
      if ([...v].length > TEXT_MAX) { blocked(ts('options.long', { max: TEXT_MAX })); return false; }
      if (values.length >= VALUES_MAX || !room([...values, v])) { blocked(ts('options.too_many', { max: VARIANTS_MAX })); return false; }
      values.push(v);
    }
    type('');
    if (values.length !== o.values.length) put({ ...o, values });
    return true;
  };
  const named = o.name.trim() || ts('options.nth', { n: nth });
  return (
    <fieldset class="option-edit">
      <legend class="hidden">{named}</legend>
      <div class="option-head">
        <Field label={ts('options.name')} name={`option-${nth}`} value={o.name} maxLength={TEXT_MAX} autocomplete="off" {...{ list: `${id}-usual` }}
          placeholder={ts(nth === 1 ? 'options.like_size' : 'options.like_colour')} onValue={name => put({ ...o, name })} {...(error ? { error } : {})} />
        <datalist id={`${id}-usual`}>{USUAL.map(u => <option key={u} value={ts(`options.usual_${u}`)} />)}</datalist>
        <IconButton label={ts('options.remove', { name: named })} onClick={remove}><Trash2 size={20} /></IconButton>
      </div>
      <div class="field">
        <label for={id}>{ts('options.values', { name: named })}</label>
        <div class="chips-box" onClick={e => { if (e.target === e.currentTarget) input.current?.focus(); }}>
          {o.values.map(v => (
            <span class="chip-value" key={v}>{v}<button type="button" aria-label={ts('options.drop', { value: v })} onClick={() => put({ ...o, values: o.values.filter(x => x !== v) })}><X size={16} /></button></span>
          ))}
          <input id={id} ref={input} class="chip-input" value={typed} autocomplete="off" enterKeyHint="enter" maxLength={400}
            placeholder={o.values.length ? ts('options.next') : ts(nth === 1 ? 'options.like_sizes' : 'options.like_colours')}
            onInput={e => { const text = e.currentTarget.value; if (/[,;]/.test(text)) add(text); else type(text); }}
            onPaste={e => { const text = e.clipboardData?.getData('text') ?? ''; if (/[,;\n]/.test(text)) { e.preventDefault(); add(text); } }}
            onKeyDown={e => {
              if (e.key === 'Enter' && !e.isComposing) { e.preventDefault(); add(typed); }
              else if (e.key === 'Backspace' && typed === '' && o.values.length) put({ ...o, values: o.values.slice(0, -1) });
            }}
            onBlur={() => { if (typed.trim()) add(typed); }} />
        </div>
        <span class="field-hint">{ts('options.values_hint')}</span>
      </div>
    </fieldset>
  );
}
