// One text that the other side reads, before a step is taken.
import type { ComponentChildren } from 'preact';
import { t } from '../text';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';

export function NoteSheet({ title, lead, label, action, max, hint, danger, optional, value = '', children, onClose, send }: {
  title: string; lead: ComponentChildren; label: string; action: string; max: number; hint?: string; danger?: boolean; optional?: boolean; value?: string; children?: ComponentChildren;
  onClose: () => void; send: (note: string, key: string) => Promise<void>;
}) {
  const form = useForm({
    values: { note: value },
    check: v => (optional || v.note.trim() ? {} : { note: t('form.required') }),
    send: (v, key) => send(v.note.trim(), key),
  });
  return (
    <Sheet title={title} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{lead}</p>
        <FormError text={form.errors['']} />
        {children}
        <Field label={label} multiline rows={3} optional={optional} maxLength={max} hint={hint} {...form.field('note')} />
        <div class="pair"><Button onClick={onClose}>{t('ui.not_now')}</Button><Button kind={danger ? 'danger' : 'main'} type="submit" busy={form.busy}>{action}</Button></div>
      </form>
    </Sheet>
  );
}
