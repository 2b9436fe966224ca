// Form fields: a label, the control, a hint and the mistake, tied together for screen readers.
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CircleAlert, Eye, EyeOff } from 'lucide-preact';
import { t } from '../text';
import { useUid } from './id';

type Common<V> = {
  label: string;
  name: string;
  value: V;
  onValue: (value: V) => void;
  error?: string;
  hint?: ComponentChildren;
  optional?: boolean;
};

type InputProps = Common<string> & {
  prefix?: string; suffix?: string; multiline?: boolean; rows?: number;
} & Omit<JSX.HTMLAttributes<HTMLInputElement>, 'prefix' | 'label'> & {
  type?: string; autocomplete?: string; inputMode?: string; maxLength?: number; placeholder?: string; disabled?: boolean;
  autocapitalize?: string; list?: string; pattern?: string; min?: number; max?: number; required?: boolean; spellcheck?: boolean;
};

export function Field({ label, name, value, onValue, error, hint, optional, prefix, suffix, multiline, rows = 4, type = 'text', ...rest }: InputProps) {
  const id = useUid();
  const [shown, show] = useState(false);
  const described = [error ? `${id}-e` : '', hint ? `${id}-h` : ''].filter(Boolean).join(' ') || undefined;
  const common = {
    id, name, value, 'aria-invalid': error ? true : undefined, 'aria-describedby': described,
    onInput: (e: Event) => onValue((e.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class={`field${error ? ' field-bad' : ''}`}>
      <label for={id}>{label}{optional ? <span class="field-optional"> {t('form.optional')}</span> : null}</label>
      {multiline
        ? <textarea class="input" rows={rows} {...common} {...(rest as unknown as JSX.HTMLAttributes<HTMLTextAreaElement>)} />
        : <div class="input-box">
            {prefix ? <span class="input-fix" aria-hidden="true">{prefix}</span> : null}
            <input class="input" type={type === 'password' && shown ? 'text' : type} {...common} {...(rest as object)} />
            {suffix ? <span class="input-fix" aria-hidden="true">{suffix}</span> : null}
            {type === 'password'
              ? <button type="button" class="input-eye" aria-pressed={shown} onClick={() => show(!shown)}
                  aria-label={t(shown ? 'form.hide_password' : 'form.show_password')}>
                  {shown ? <EyeOff size={20} /> : <Eye size={20} />}
                </button>
              : null}
          </div>}
      <Told id={id} error={error} hint={hint} />
    </div>
  );
}

export function Select({ label, name, value, onValue, error, hint, optional, options, ...rest }:
  Common<string> & { options: { value: string; label: string }[]; disabled?: boolean; autocomplete?: string }) {
  const id = useUid();
  const described = [error ? `${id}-e` : '', hint ? `${id}-h` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <div class={`field${error ? ' field-bad' : ''}`}>
      <label for={id}>{label}{optional ? <span class="field-optional"> {t('form.optional')}</span> : null}</label>
      <select class="input select" id={id} name={name} value={value} aria-invalid={error ? true : undefined} aria-describedby={described}
        onChange={e => onValue(e.currentTarget.value)} {...(rest as object)}>
        {options.map(o => <option key={o.value} value={o.value}>{o.label}</option>)}
      </select>
      <Told id={id} error={error} hint={hint} />
    </div>
  );
}

export function Check({ label, name, value, onValue, hint }: Common<boolean>) {
  const id = useUid();
  return (
    <div class="check">
      <input type="checkbox" id={id} name={name} checked={value} onChange={e => onValue(e.currentTarget.checked)}
        aria-describedby={hint ? `${id}-h` : undefined} />
      <label for={id}>{label}{hint ? <span class="field-hint" id={`${id}-h`}>{hint}</span> : null}</label>
    </div>
  );
}

// One choice of a few, each with room to explain itself.
export function Choices<V extends string>({ label, name, value, onValue, options, error }: Common<V> & {
  options: { value: V; title: ComponentChildren; note?: ComponentChildren; icon?: ComponentChildren; disabled?: boolean }[];
}) {
  const id = useUid();
  return (
    <fieldset class="choices" aria-describedby={error ? `${id}-e` : undefined}>
      <legend>{label}</legend>
      {options.map(o => (
        <label key={o.value} class={`choice${value === o.value ? ' choice-on' : ''}${o.disabled ? ' choice-off' : ''}`}>
          <input type="radio" name={name} value={o.value} checked={value === o.value} disabled={o.disabled} onChange={() => onValue(o.value)} />
          {o.icon ? <span class="choice-icon" aria-hidden="true">{o.icon}</span> : null}
          <span class="choice-text"><span class="choice-title">{o.title}</span>{o.note ? <span class="choice-note">{o.note}</span> : null}</span>
        </label>
      ))}
      <Told id={id} error={error} />
    </fieldset>
  );
}

function Told({ id, error, hint }: { id: string; error?: string; hint?: ComponentChildren }) {
  return (
    <>
      {error ? <p class="field-error" id={`${id}-e`}><CircleAlert size={16} aria-hidden="true" /> {error}</p> : null}
      {hint ? <div class="field-hint" id={`${id}-h`}>{hint}</div> : null}
    </>
  );
}
