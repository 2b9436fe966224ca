// From when until when: two fields of date and time, in the device's own time.
import { td } from '../text/promos';
import { Field } from '../ui/Field';

type F = { name: string; value: string; onValue: (v: string) => void; error?: string };

export function When({ starts, ends, fixed }: { starts?: F; ends: F; fixed?: boolean }) {
  return (
    <div class="stack-2">
      <div class="pair pair-roomy">
        {starts ? <Field label={td('form.starts')} type="datetime-local" disabled={fixed ?? false} {...starts} /> : null}
        <Field label={td('form.ends')} type="datetime-local" {...ends} />
      </div>
      <p class="field-hint">{td('form.time_hint')}</p>
    </div>
  );
}
