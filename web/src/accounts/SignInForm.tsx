// The form to sign in, on its page and in the sheet over a clip; in the demo it also offers the town's people.
import { demo, signIn } from '../app/session';
import { locale, t } from '../text';
import { FormError } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { useForm } from '../ui/form';
import { place } from '../app/router';

export function SignInForm({ onDone, next, email = '' }: { onDone: () => void | Promise<void>; next?: string; email?: string }) {
  const form = useForm({
    values: { email, password: '' },
    check: v => ({
      ...(v.email.trim() ? {} : { email: t('form.required') }),
      ...(v.password ? {} : { password: t('form.required') }),
    }),
    send: async (v): Promise<void> => {
      await signIn(v.email.trim(), v.password);
      await onDone();
    },
  });
  const to = next ?? place.value.path;
  return (
    <div class="stack">
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={t('in.email')} type="email" autocomplete="username" inputMode="email" autocapitalize="off" spellcheck={false} {...form.field('email')} />
        <Field label={t('in.password')} type="password" autocomplete="current-password" {...form.field('password')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('in.action')}</Button>
      </form>
      <p class="muted sign-other">{t('in.new')} <a href={`/sign-up?next=${encodeURIComponent(to)}`}>{t('in.to_up')}</a></p>
      {demo.value ? <Demo onPick={(e, p) => form.reset({ email: e, password: p })} /> : null}
    </div>
  );
}

// Two of the demo's people, so that nobody has to look for a log-in. The server says whether this is a demo.
const PEOPLE = [
  { who: 'demo.shopper', email: { en: 'tom@example.com', id: 'dewi@example.com' }, password: 'belanja-di-pasar' },
  { who: 'demo.seller', email: { en: 'ratna@example.com', id: 'ratna@example.com' }, password: 'buka-toko-pagi' },
] as const;

function Demo({ onPick }: { onPick: (email: string, password: string) => void }) {
  return (
    <div class="demo">
      <div><strong>{t('demo.title')}</strong> <span class="muted">{t('demo.body')}</span></div>
      <div class="line">{PEOPLE.map(p => <Button key={p.who} size="small" onClick={() => onPick(p.email[locale.value], p.password)}>{t(p.who)}</Button>)}</div>
    </div>
  );
}
