// The state of a form: values, mistakes shown at their fields, one submit at a time with one key for each intent.
import { useRef, useState } from 'preact/hooks';
import { newKey, Refusal } from '../app/api';
import { problemText, t } from '../text';

export type Errors<V> = Partial<Record<keyof V | '', string>>;

export type Form<V> = {
  values: V;
  set: <K extends keyof V>(name: K, value: V[K]) => void;
  reset: (values: V) => void;
  errors: Errors<V>;                         // '' holds what belongs to no field
  fail: (errors: Errors<V>) => void;
  busy: boolean;
  submit: (e?: Event) => Promise<void>;
  field: <K extends keyof V & string>(name: K) => {
    name: K; value: V[K]; error?: string; onValue: (value: V[K]) => void;
  };
};

// check returns sentences by field before anything is sent. send gets the values and the Idempotency-Key.
// fieldOf maps the server's field names ("ship_to.name") to the form's own.
export function useForm<V extends object>(o: {
  values: V;
  check?: (values: V) => Errors<V>;
  send: (values: V, key: string) => Promise<void>;
  fieldOf?: (field: string) => (keyof V & string) | undefined;
}): Form<V> {
  const [values, setValues] = useState(o.values);
  const [errors, fail] = useState<Errors<V>>({});
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const key = useRef('');

  const set: Form<V>['set'] = (name, value) => {
    key.current = '';                        // other values are another intent
    setValues(v => ({ ...v, [name]: value }));
    setErrorsWithout(name);
  };
  const setErrorsWithout = (name: keyof V) => fail(e => {
    if (!(name in e) && !('' in e)) return e;
    const rest = { ...e };
    delete rest[name];
    delete rest[''];
    return rest;
  });

  const submit = async (e?: Event) => {
    e?.preventDefault();
    if (sending.current) return;
    const found = o.check?.(values) ?? {};
    if (Object.values(found).some(Boolean)) {
      fail(found);
      focusFirst(e, Object.keys(found)[0]);
      return;
    }
    sending.current = true;
    setBusy(true);
    fail({});
    key.current ||= newKey();
    try {
      await o.send(values, key.current);
      key.current = '';
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      if (problem.status >= 400 && problem.status < 500) key.current = '';   // refused: the next try is a new intent
      const told = fieldErrors(problem, values, o.fieldOf);
      fail(told);
      focusFirst(e, Object.keys(told)[0]);
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };

  return {
    values, set, errors, fail, busy, submit,
    reset: v => { setValues(v); fail({}); key.current = ''; },
    field: name => ({ name, value: values[name], onValue: v => set(name, v), ...(errors[name] ? { error: errors[name] } : {}) }),
  };
}

// The sentence for a refusal: the app's own by its slug; bad_field is explained by the server, which knows the limit.
export function say(problem: Refusal): string {
  if (problem.slug === 'bad_field' && problem.detail) return problem.detail;
  return problemText(problem.slug) ?? (problem.detail || t('problem.internal'));
}

function fieldErrors<V extends object>(p: Refusal, values: V, fieldOf?: (f: string) => (keyof V & string) | undefined): Errors<V> {
  const sentence = say(p);
  const name = p.field === undefined ? undefined : fieldOf?.(p.field) ?? p.field.split('.').pop();
  return (name !== undefined && name in values ? { [name]: sentence } : { '': sentence }) as Errors<V>;
}

// A button outside of the form (at a page's foot) sends no event: then it is the form that lies on top.
function focusFirst(e: Event | undefined, name: string | undefined) {
  const form = (e?.currentTarget ?? e?.target ?? [...document.forms].at(-1)) as HTMLElement | undefined;
  setTimeout(() => {
    const at = name ? form?.querySelector<HTMLElement>(`[name="${name}"]`) : form?.querySelector<HTMLElement>('.banner');
    const found = at ?? form?.querySelector<HTMLElement>('[aria-invalid=true], p.field-error[tabindex]');
    found?.focus();
    if (!e) found?.scrollIntoView({ block: 'center' });
  });
}
