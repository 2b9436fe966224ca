// "Are you sure?" as a promise: if (await confirm({ … })) …; and the place where such dialogs are drawn.
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../text';
import { Button } from './Button';
import { Sheet } from './Sheet';

type Question = { title: string; body?: ComponentChildren; action: string; danger?: boolean; answer: (yes: boolean) => void };

const question = signal<Question | undefined>(undefined);

export function confirm(q: { title: string; body?: ComponentChildren; action: string; danger?: boolean }): Promise<boolean> {
  question.value?.answer(false);
  return new Promise(answer => { question.value = { ...q, answer }; });
}

export function ConfirmHost() {
  const q = question.value;
  if (!q) return null;
  const end = (yes: boolean) => {
    question.value = undefined;
    q.answer(yes);
  };
  return (
    <Sheet title={q.title} kind="dialog" onClose={() => end(false)} foot={
      <div class="pair">
        <Button onClick={() => end(false)}>{t('ui.not_now')}</Button>
        <Button kind={q.danger ? 'danger' : 'main'} onClick={() => end(true)}>{q.action}</Button>
      </div>}>
      {q.body ? <p class="muted">{q.body}</p> : null}
    </Sheet>
  );
}
