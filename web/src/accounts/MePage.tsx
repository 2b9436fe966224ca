// The account: profile, language, password, sessions, addresses, the way to the studio and out.
import { useState } from 'preact/hooks';
import { Bell, Bookmark, Handshake, KeyRound, Languages, LogOut, MapPin, Monitor, Pencil, Plus, ShieldCheck, Smartphone, Sparkles, Store, TicketPercent, Trash2, UserRound } from 'lucide-preact';
import { api, ask, Refusal, type Account, type Address, type Session } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { account, loadMe, me, shops, signedIn, signOut } from '../app/session';
import { LOCALES, LOCALE_NAMES, locale, setLocale, t, type Locale } from '../text';
import { ago, fullDay } from '../text/numbers';
import { tp, usePricingText } from '../text/pricing';
import { tso, useSocialText } from '../text/social';
import { Avatar, Badge, Card, EmptyState, Failed, FormError, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field, Select } from '../ui/Field';
import { say, useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { AddressForm, AddressText } from './AddressForm';
import './accounts.css';

export function MePage() {
  if (!me.value) return <Page title={t('me.title')} backTo={false}><Skeleton kind="rows" /></Page>;
  return (
    <Page title={t('me.title')} backTo={false}>
      {signedIn.value ? <Mine account={account.value!} /> : <Guest />}
    </Page>
  );
}

function Vouchers() {
  return usePricingText() ? <Row start={<TicketPercent size={22} />} title={tp('wallet.title')} note={tp('wallet.note')} href="/me/vouchers" /> : null;
}

function YourFeed() {
  return <Row start={<Sparkles size={22} />} title={t('me.feed')} note={t('me.feed_note')} href="/me/feed" />;
}

function Social({ handle }: { handle?: string | undefined }) {
  const unread = me.value?.unread ?? 0;
  if (!useSocialText()) return null;
  return (
    <>
      <Row start={<Bell size={22} />} title={tso('inbox.title')} note={tso('inbox.note')} end={unread > 0 ? <Badge tone="bad">{unread > 99 ? '99+' : unread}</Badge> : null} href="/inbox" />
      <Row start={<Bookmark size={22} />} title={tso('saved.title')} note={tso('saved.note')} href="/me/saved" />
      {handle ? <Row start={<UserRound size={22} />} title={tso('person.edit')} note={`@${handle}`} href={`/@${handle}`} /> : null}
    </>
  );
}

// Shops that ask this person to work there: only when there are some.
function Invited() {
  const n = me.value?.invited ?? 0;
  if (!useSocialText() || n === 0) return null;
  return <Row start={<Handshake size={22} />} title={tso('inbox.invited')} note={tso('inbox.invited_note', { n })} end={<Badge tone="bad">{n}</Badge>} href="/me/invitations" />;
}

function Guest() {
  return (
    <>
      <EmptyState icon={<UserRound size={36} />} title={t('me.guest')}
        action={<div class="stack-2"><Button kind="main" href="/sign-in?next=/me">{t('in.action')}</Button><Button href="/sign-up?next=/me">{t('up.action')}</Button></div>}>
        {t('me.guest_body')}
      </EmptyState>
      <Card pad={false}><List><YourFeed /></List></Card>
      <Card><Language /></Card>
    </>
  );
}

function Mine({ account: a }: { account: Account }) {
  const [sheet, setSheet] = useState<'profile' | 'password'>();
  const out = async () => {
    try {
      await signOut();
      toast(t('me.signed_out'));
      go('/');
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      toast(say(e), { kind: 'bad' });
    }
  };
  return (
    <>
      <div class="me-head">
        <Avatar name={a.name || a.email} size={64} />
        <div class="me-who"><h2>{a.name}</h2><p class="muted small">{a.handle ? `@${a.handle} · ` : ''}<bdi>{a.email}</bdi></p><p class="muted small">{t('me.since', { date: fullDay(a.created) })}</p></div>
      </div>
      <Card pad={false}><List><Social handle={a.handle} /><Vouchers /><YourFeed /></List></Card>
      <Card pad={false}>
        <List label={t('me.selling')}>
          <Invited />
          {shops.value.map(s => <Row key={s.shop} start={<Store size={22} />} title={s.name} note={t('me.to_studio')} href={`/studio/${s.shop}`} />)}
          {shops.value.length === 0 ? <Row start={<Store size={22} />} title={t('me.open_shop')} note={t('me.open_shop_note')} href="/studio" /> : null}
          {a.role === 'operator' ? <Row start={<ShieldCheck size={22} />} title={t('me.operator')} note={t('me.operator_note')} href="/operator" /> : null}
        </List>
      </Card>
      <Card pad={false}>
        <List label={t('me.profile')}>
          <Row start={<Pencil size={22} />} title={t('me.profile')} note={`${a.name}${a.handle ? ` · @${a.handle}` : ''}`} onClick={() => setSheet('profile')} />
          <Row start={<KeyRound size={22} />} title={t('me.password')} onClick={() => setSheet('password')} />
        </List>
        <div class="me-language"><Languages size={22} aria-hidden="true" /><Language /></div>
      </Card>
      <Addresses />
      <Sessions />
      <Button icon={<LogOut size={20} aria-hidden="true" />} onClick={() => void out()}>{t('me.sign_out')}</Button>
      {sheet === 'profile' ? <Profile account={a} onClose={() => setSheet(undefined)} /> : null}
      {sheet === 'password' ? <Password onClose={() => setSheet(undefined)} /> : null}
    </>
  );
}

function Language() {
  const change = async (to: string) => {
    await setLocale(to as Locale);
    if (signedIn.value) await api.mePatch({ locale: to });
  };
  return <Select label={t('me.language')} name="locale" value={locale.value} onValue={v => void change(v)} options={LOCALES.map(l => ({ value: l, label: LOCALE_NAMES[l] }))} />;
}

function Profile({ account: a, onClose }: { account: Account; onClose: () => void }) {
  const form = useForm({
    values: { name: a.name, handle: a.handle ?? '' },
    check: v => (v.name.trim() ? {} : { name: t('form.required') }),
    send: async (v): Promise<void> => {
      const handle = v.handle.trim().replace(/^@/, '');
      await ask(api.mePatch({ name: v.name.trim(), ...(handle && handle !== a.handle ? { handle } : {}) }));
      await loadMe();
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
    },
  });
  return (
    <Sheet title={t('me.profile')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={t('me.name')} autocomplete="name" maxLength={80} {...form.field('name')} />
        <Field label={t('me.handle')} optional prefix="@" autocapitalize="off" spellcheck={false} maxLength={30} hint={t('me.handle_hint')} {...form.field('handle')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}

function Password({ onClose }: { onClose: () => void }) {
  const form = useForm({
    values: { old: '', new: '' },
    check: v => ({ ...(v.old ? {} : { old: t('form.required') }), ...([...v.new].length >= 10 ? {} : { new: t('up.short') }) }),
    send: async (v): Promise<void> => {
      try {
        await ask(api.passwordPut({ old: v.old, new: v.new }));
      } catch (e) {
        if (e instanceof Refusal && e.slug === 'wrong_sign_in') return form.fail({ old: t('problem.wrong_sign_in') });
        throw e;
      }
      toast(t('me.password_done'), { kind: 'good' });
      await loadMe();
      onClose();
    },
  });
  return (
    <Sheet title={t('me.password')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <input type="hidden" autocomplete="username" value={account.value?.email ?? ''} />
        <Field label={t('me.old_password')} type="password" autocomplete="current-password" {...form.field('old')} />
        <Field label={t('me.new_password')} type="password" autocomplete="new-password" maxLength={200} hint={t('up.rules')} {...form.field('new')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('me.password')}</Button>
      </form>
    </Sheet>
  );
}

function Addresses() {
  const { data, problem, reload } = useData('addresses', () => ask(api.addressList()));
  const [edited, edit] = useState<Address | 'new'>();
  const remove = async (a: Address) => {
    if (!await confirm({ title: `${t('ui.delete')}: ${a.line1}?`, action: t('ui.delete'), danger: true })) return;
    const r = await api.addressDelete({ id: a.id });
    toast(r.ok ? t('address.deleted') : say(new Refusal(r.problem)), { kind: r.ok ? 'plain' : 'bad' });
    await reload();
  };
  return (
    <Card title={t('me.addresses')} action={<Button kind="quiet" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => edit('new')}>{t('checkout.address_add')}</Button>}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton lines={3} />)
        : data.items.length === 0 ? <p class="muted">{t('me.no_addresses')}</p>
        : <ul class="stack">{data.items.map(a => (
            <li key={a.id} class="me-address">
              <MapPin size={20} aria-hidden="true" />
              <div><AddressText address={a} />{a.is_default ? <Badge tone="link">{t('address.default')}</Badge> : null}</div>
              <span>
                <IconButton label={`${t('ui.edit')}: ${a.line1}`} onClick={() => edit(a)}><Pencil size={18} /></IconButton>
                <IconButton label={`${t('ui.delete')}: ${a.line1}`} onClick={() => void remove(a)}><Trash2 size={18} /></IconButton>
              </span>
            </li>))}
          </ul>}
      {edited ? (
        <Sheet title={edited === 'new' ? t('checkout.address_new') : t('checkout.address_edit')} onClose={() => edit(undefined)}>
          <AddressForm {...(edited === 'new' ? {} : { address: edited })} onSaved={() => { edit(undefined); toast(t('ui.saved'), { kind: 'good' }); void reload(); }} />
        </Sheet>
      ) : null}
    </Card>
  );
}

function Sessions() {
  const { data, problem, reload } = useData('sessions', () => ask(api.sessionList()));
  const end = async (s: Session) => {
    if (!await confirm({ title: t('me.session_end_title'), body: t('me.session_end_body'), action: t('me.session_end'), danger: true })) return;
    const r = await api.sessionEnd({ id: s.id });
    toast(r.ok ? t('me.session_ended') : say(new Refusal(r.problem)), { kind: r.ok ? 'good' : 'bad' });
    await reload();
  };
  return (
    <Card title={t('me.sessions')} pad={false} class="me-sessions">
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <div class="card-pad"><Skeleton lines={2} /></div>)
        : <List>{data.items.map(s => (
            <Row key={s.id} start={/Mobi|Android|iPhone/.test(s.agent) ? <Smartphone size={22} /> : <Monitor size={22} />} title={device(s.agent)}
              note={s.current ? <Badge tone="good">{t('me.session_this')}</Badge> : t('me.session_seen', { ago: ago(s.seen) })}
              end={s.current ? null : <Button size="small" onClick={() => void end(s)}>{t('me.session_end_short')}<span class="hidden">: {device(s.agent)}</span></Button>} />))}
          </List>}
    </Card>
  );
}

function device(agent: string): string {
  const browser = /Edg\//.test(agent) ? 'Edge' : /OPR\//.test(agent) ? 'Opera' : /Firefox\//.test(agent) ? 'Firefox' : /Chrom(e|ium)\//.test(agent) ? 'Chrome' : /Safari\//.test(agent) ? 'Safari' : '';
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iOS' : /Windows/.test(agent) ? 'Windows' : /Mac OS/.test(agent) ? 'macOS' : /Linux/.test(agent) ? 'Linux' : '';
  return browser && system ? t('me.agent', { browser, system }) : browser || agent.slice(0, 40) || t('me.agent_unknown');
}
