// Sign in and sign up. Neither says whether an e-mail address has an account.
import { useEffect } from 'preact/hooks';
import { Check } from 'lucide-preact';
import { Refusal } from '../app/api';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { account, signedIn, signUp } from '../app/session';
import { t } from '../text';
import { FormError, Page } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Mark } from '../ui/Mark';
import { useForm } from '../ui/form';
import { toast } from '../ui/Toast';
import { SignInForm } from './SignInForm';
import './accounts.css';

const PASSWORD_MIN = 10;

// Only ways inside the app; never another site's address.
const inside = (next: string | null) => (next && /^\/(?!\/)/.test(next) ? next : '/me');

function arrive(next: string) {
  toast(t('in.done', { name: account.value?.name ?? '' }), { kind: 'good' });
  go(next, { replace: true });
}

export function SignInPage({ query }: ScreenProps) {
  const next = inside(query.get('next'));
  useEffect(() => { if (signedIn.value) go(next, { replace: true }); }, []);
  return (
    <Page title={t('in.title')} hideTitle>
      <div class="sign">
        <Mark size={56} />
        <h2>{t('in.title')}</h2>
        <p class="muted">{t('in.lead')}</p>
        <SignInForm next={next} onDone={() => arrive(next)} />
      </div>
    </Page>
  );
}

export function SignUpPage({ query }: ScreenProps) {
  const next = inside(query.get('next'));
  const form = useForm({
    values: { name: '', email: '', password: '' },
    check: v => ({
      ...(v.name.trim() ? {} : { name: t('form.required') }),
      ...(/^\S+@\S+\.\S+$/.test(v.email.trim()) ? {} : { email: t('up.bad_email') }),
      ...([...v.password].length >= PASSWORD_MIN ? {} : { password: t('up.short') }),
    }),
    send: async (v, key): Promise<void> => {
      try {
        await signUp(v.email.trim(), v.password, v.name.trim(), key);
      } catch (e) {
        // The address has another password already, perhaps; what is said must not tell.
        if (e instanceof Refusal && e.slug === 'wrong_sign_in') return form.fail({ '': t('up.check') });
        throw e;
      }
      arrive(next);
    },
  });
  const left = PASSWORD_MIN - [...form.values.password].length;
  return (
    <Page title={t('up.title')} hideTitle>
      <div class="sign">
        <Mark size={56} />
        <h2>{t('up.title')}</h2>
        <p class="muted">{t('up.lead')}</p>
        <form class="stack" onSubmit={form.submit} noValidate>
          <FormError text={form.errors['']} />
          <Field label={t('up.name')} autocomplete="name" maxLength={80} {...form.field('name')} />
          <Field label={t('in.email')} type="email" autocomplete="username" inputMode="email" autocapitalize="off" spellcheck={false} maxLength={254} {...form.field('email')} />
          <Field label={t('in.password')} type="password" autocomplete="new-password" maxLength={200} {...form.field('password')}
            hint={<>{t('up.rules')} {form.values.password ? <span class={`sign-length${left <= 0 ? ' sign-enough' : ''}`}>{left > 0 ? t('up.length', { n: left }) : <><Check size={14} aria-hidden="true" /> {t('up.long_enough')}</>}</span> : null}</>} />
          <Button kind="main" type="submit" wide busy={form.busy}>{t('up.action')}</Button>
        </form>
        <p class="muted sign-other">{t('up.known')} <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{t('up.to_in')}</a></p>
      </div>
    </Page>
  );
}
