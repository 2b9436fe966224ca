// The shop itself: what shoppers read, how it ships, how it is paid, who works in it.
import { useState } from 'preact/hooks';
import { Camera, ChevronDown, CirclePlay, Globe, Plus, Trash2, X } from 'lucide-preact';
import { api, ask, Refusal, type Shop, type ShopEdit, type Staff, type StaffRole } from '../app/api';
import { useData } from '../app/cache';
import { account, loadMe } from '../app/session';
import { countryName } from '../accounts/AddressForm';
import { t } from '../text';
import { ago, fullDay } from '../text/numbers';
import { ts } from '../text/studio';
import { Avatar, Badge, Card, Failed, FormError, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Choices, Field } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { attempt, tell, words } from './bits';
import { useGuard } from './guard';
import { moneyText } from './money';
import { checkTerms, RoleNote, termsField, TermsFields, termsOut, type ShopTerms } from './OpenShop';
import { ACCEPT, sendPicture } from './picture';
import { canManage, isOwner, putShop, shopId, useShop } from './shop';
import { ReturnPlaceCard } from './ReturnPlace';
import { ShopButton } from './Studio';
import { TaxDetailsCard } from '../tax/TaxDetails';
import { CommentsRow } from '../social/StudioComments';
import { ShippingRow } from '../shipping/ShippingRow';
import { WarehousesRow } from '../stock/Warehouses';

const ROLES: StaffRole[] = ['owner', 'manager', 'packer'];

export function SettingsPage() {
  const { data, problem, reload } = useShop();
  return (
    <Page title={ts('nav.settings')} backTo={false} end={<ShopButton />}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />) : (
        <div class="stack settings">
          {canManage.value ? null : <RoleNote />}
          <Face shop={data} />
          {canManage.value ? <Terms key={data.id} shop={data} /> : null}
          <CommentsRow />
          <ShippingRow />
          <WarehousesRow />
          {canManage.value ? <ReturnPlaceCard key={`return ${data.id}`} shop={data} /> : null}
          {isOwner.value ? <Switches shop={data} /> : null}
          {canManage.value ? <TaxDetailsCard shop={data} /> : null}
          <People />
          <Card pad={false}><List>
            <Row start={<Globe size={22} />} title={ts('nav.my_shop')} note={`${location.host}/shop/${data.handle}`} href={`/shop/${data.handle}`} />
            <Row start={<CirclePlay size={22} />} title={ts('nav.market')} href="/" />
          </List></Card>
        </div>
      )}
    </Page>
  );
}

async function edit(s: Shop, change: ShopEdit): Promise<boolean> {
  const r = await attempt(api.shopPatch({ id: s.id }, change));
  if (!r) return false;
  putShop(r.value);
  toast(t('ui.saved'), { kind: 'good' });
  return true;
}

function Face({ shop: s }: { shop: Shop }) {
  const [sent, setSent] = useState<number>();
  const pick = async (file: File | undefined) => {
    if (!file) return;
    setSent(0);
    try {
      const picture = await sendPicture(file, setSent).done;
      await edit(s, { picture: picture.id });
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      tell(e);
    } finally {
      setSent(undefined);
    }
  };
  return (
    <Card>
      <div class="face">
        <Avatar key={s.picture} name={s.name} url={s.picture} size={72} />
        <div class="face-who">
          <h2>{s.name}</h2>
          <p class="muted small">@{s.handle} · {countryName(s.country)} · {s.currency}</p>
          <p class="muted small">{t('shop.since', { date: fullDay(s.created) })}</p>
        </div>
        {canManage.value ? (
          <label class="btn btn-plain btn-small face-pick" aria-busy={sent !== undefined || undefined}>
            <Camera size={18} aria-hidden="true" /><span>{sent === undefined ? ts('shop.picture') : `${Math.round(sent * 100)} %`}</span>
            <input type="file" accept={ACCEPT} class="file-hidden" disabled={sent !== undefined}
              onChange={e => { void pick(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
          </label>
        ) : null}
      </div>
    </Card>
  );
}

const termsOf = (s: Shop): ShopTerms => ({
  name: s.name, about: s.about, city: s.city, shipping: moneyText(s.shipping_minor, s.currency),
  free: s.free_over_minor ? moneyText(s.free_over_minor, s.currency) : '', dispatch_days: String(s.dispatch_days),
  delivery_min_days: String(s.delivery_min_days), delivery_max_days: String(s.delivery_max_days),
});

function Terms({ shop: s }: { shop: Shop }) {
  const [base, setBase] = useState(() => termsOf(s));
  const form: Form<ShopTerms> = useForm<ShopTerms>({
    values: base,
    check: v => checkTerms(v, s.currency),
    fieldOf: f => termsField(f) as keyof ShopTerms,
    send: async (v): Promise<void> => {
      // Only what was changed here: someone else may be at the rest.
      const all = termsOut(v, s.currency), before = termsOut(base, s.currency);
      const changed = Object.fromEntries(Object.entries(all).filter(([k, x]) => JSON.stringify(x) !== JSON.stringify(before[k as keyof typeof all])));
      const saved = await ask(api.shopPatch({ id: s.id }, changed));
      putShop(saved);
      setBase(termsOf(saved));
      form.reset(termsOf(saved));
      toast(t('ui.saved'), { kind: 'good' });
      if (saved.name !== s.name) await loadMe();
    },
  });
  const dirty = JSON.stringify(form.values) !== JSON.stringify(base);
  useGuard(dirty);
  return (
    <form class="stack" onSubmit={form.submit} noValidate>
      <FormError text={form.errors['']} />
      <Card title={ts('open.who')}>
        <div class="stack">
          <Field label={ts('shop.name')} maxLength={80} {...form.field('name')} />
          <Field label={ts('shop.about')} optional multiline rows={4} maxLength={2000} {...form.field('about')} />
          <Field label={t('address.city')} optional maxLength={80} {...form.field('city')} />
        </div>
      </Card>
      <Card title={ts('open.shipping')}><TermsFields form={form} currency={s.currency} /></Card>
      {dirty ? (
        <div class="save-bar">
          <Button onClick={() => form.reset(base)}>{ts('edit.discard')}</Button>
          <Button kind="main" type="submit" busy={form.busy}>{t('ui.save')}</Button>
        </div>
      ) : null}
    </form>
  );
}

function Switch({ label, note, on, onChange }: { label: string; note: string; on: boolean; onChange: (on: boolean) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const press = async () => {
    if (busy) return;
    setBusy(true);
    await onChange(!on);
    setBusy(false);
  };
  return (
    <button type="button" role="switch" aria-checked={on} aria-busy={busy || undefined} class="switch-row" onClick={() => void press()}>
      <span class="row-text"><span class="row-title">{label}</span><span class="row-note">{note}</span></span>
      <span class="switch" aria-hidden="true"><span /></span>
    </button>
  );
}

function Switches({ shop: s }: { shop: Shop }) {
  const open = async (on: boolean) => {
    if (!on && !await confirm({ title: ts('shop.close_title'), body: ts('shop.close_body'), action: ts('shop.close'), danger: true })) return;
    await edit(s, { state: on ? 'open' : 'closed' });
  };
  return (
    <Card title={ts('settings.business')}>
      <div class="switches">
        <Switch label={t('checkout.cod')} note={ts('shop.cod_note')} on={s.cod} onChange={async on => { await edit(s, { cod: on }); }} />
        <Switch label={ts('shop.open')} note={ts(s.state === 'open' ? 'shop.open_note' : 'shop.closed_note')} on={s.state === 'open'} onChange={open} />
      </div>
    </Card>
  );
}

function People() {
  const shop = shopId.value;
  const { data, problem, reload } = useData(`studio/staff/${shop}`, () => ask(api.staffList({ id: shop })));
  const [adding, add] = useState(false);
  const [changing, change] = useState<Staff>();
  const owners = (data?.items ?? []).filter(s => s.account && s.role === 'owner').length;
  return (
    <Card title={ts('staff.title')} pad={false} class="people"
      action={isOwner.value ? <Button kind="quiet" size="small" icon={<Plus size={18} aria-hidden="true" />} onClick={() => add(true)}>{ts('staff.add')}</Button> : null}>
      {!data ? (problem ? <Failed problem={problem} retry={reload} /> : <div class="card-pad"><Skeleton lines={2} /></div>) : (
        <ul class="list">{data.items.map(s => (s.account
          ? <Worker key={s.account} staff={s} account={s.account} lastOwner={s.role === 'owner' && owners === 1} onRole={() => change(s)} reload={reload} />
          : <Invited key={s.invitation} staff={s} invitation={s.invitation ?? ''} reload={reload} />))}
        </ul>
      )}
      {adding ? <StaffSheet onClose={() => add(false)} onDone={reload} /> : null}
      {changing ? <RoleSheet staff={changing} onClose={() => change(undefined)} /> : null}
    </Card>
  );
}

function Worker({ staff: s, account: id, lastOwner, onRole, reload }: { staff: Staff; account: string; lastOwner: boolean; onRole: () => void; reload: () => Promise<void> }) {
  const self = id === account.value?.id;
  const remove = async () => {
    if (!await confirm({ title: self ? ts('staff.leave_title') : ts('staff.remove_title', { name: s.name }), body: self ? ts('staff.leave_body') : ts('staff.remove_body'), action: self ? ts('staff.leave') : ts('staff.remove'), danger: true })) return;
    const r = await api.staffDelete({ id: shopId.value, account: id });
    if (!r.ok) return toast(r.problem.slug === 'wrong_state' ? ts('staff.last_owner') : words(new Refusal(r.problem)), { kind: 'bad' });
    toast(ts('staff.removed', { name: s.name }), { kind: 'good' });
    if (self) return loadMe();
    await reload();
  };
  return (
    <li class="row-item"><div class="row">
      <span class="row-start"><Avatar name={s.name || '?'} size={36} /></span>
      <span class="row-text"><span class="row-title">{s.name || ts('staff.nameless')}{self ? <span class="muted"> · {ts('staff.you')}</span> : null}</span>
        <span class="row-note">{ts('staff.since', { date: fullDay(s.added) })}</span></span>
      <span class="row-end">
        {isOwner.value ? <Button size="small" class="btn-choose" aria-label={`${ts('staff.role')}: ${ts(`role.${s.role}`)}`} onClick={onRole}>{ts(`role.${s.role}`)} <ChevronDown size={16} aria-hidden="true" /></Button> : <Badge>{ts(`role.${s.role}`)}</Badge>}
        {!lastOwner && (isOwner.value || self)
          ? <IconButton label={self ? ts('staff.leave') : `${ts('staff.remove')}: ${s.name}`} onClick={() => void remove()}><Trash2 size={18} /></IconButton> : null}
      </span>
    </div></li>
  );
}

// Somebody who was asked and has not answered: known here by what they show to everybody.
function Invited({ staff: s, invitation, reload }: { staff: Staff; invitation: string; reload: () => Promise<void> }) {
  const name = s.handle ? `@${s.handle}` : ts('staff.nameless');
  const withdraw = async () => {
    if (!await confirm({ title: ts('staff.withdraw_title', { name }), body: ts('staff.withdraw_body'), action: ts('staff.withdraw_action'), danger: true })) return;
    const r = await api.staffInvitationDelete({ id: shopId.value, invitation });
    if (r.ok) toast(ts('staff.withdrawn'), { kind: 'good' });
    else toast(r.problem.slug === 'not_found' ? ts('staff.answered') : words(new Refusal(r.problem)), { kind: 'bad' });
    await reload();
  };
  return (
    <li class="row-item"><div class="row">
      <span class="row-start"><Avatar name={s.name || s.handle || '?'} size={36} /></span>
      <span class="row-text"><span class="row-title"><bdi>{name}</bdi>{s.name ? <span class="muted"> · <bdi>{s.name}</bdi></span> : null}</span>
        <span class="row-note">{ts('staff.waiting_since', { ago: ago(s.added) })}</span></span>
      <span class="row-end">
        <Badge>{ts(`role.${s.role}`)}</Badge>
        {isOwner.value ? <IconButton label={`${ts('staff.withdraw')}: ${name}`} onClick={() => void withdraw()}><X size={18} /></IconButton> : null}
      </span>
    </div></li>
  );
}

type Mistakes = { handle?: string; role?: string; ''?: string };

const bare = (handle: string) => handle.trim().replace(/^@/, '');

const told = (made: Staff, handle: string) => (made.account
  ? ts('staff.changed', { name: made.name, role: ts(`role.${made.role}`) }) : ts('staff.asked', { handle, role: ts(`role.${made.role}`) }));

// What stands at the form's fields when nobody was asked, or nothing. wasOwner: who was given another role, and may be the last one.
function askRefused(p: Refusal, wasOwner = false): Mistakes | undefined {
  if (p.slug === 'not_found') return { handle: ts('staff.nobody') };
  if (p.slug === 'too_many') return { '': ts('staff.too_many') };
  if (p.slug === 'wrong_state') return wasOwner ? { role: ts('staff.last_owner') } : { handle: ts('staff.apart') };
  if (p.slug === 'too_many_items') return p.field === 'handle' ? { handle: ts('staff.full_person') } : { '': ts('staff.full') };
  return undefined;
}

const roleOptions = () => ROLES.map(value => ({ value, title: ts(`role.${value}`), note: ts(`role.${value}_note`) }));

function StaffSheet({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<void> }) {
  const form = useForm<{ handle: string; role: StaffRole }>({
    values: { handle: '', role: 'packer' },
    check: v => (v.handle.trim().length >= 3 ? {} : { handle: ts('staff.handle_bad') }),
    send: async (v, key): Promise<void> => {
      try {
        const made = await ask(api.staffPost({ id: shopId.value }, { handle: bare(v.handle), role: v.role }, { idempotencyKey: key }));
        toast(told(made, bare(v.handle)), { kind: 'good' });
      } catch (e) {
        const mistake = e instanceof Refusal ? askRefused(e, bare(v.handle) === account.value?.handle) : undefined;
        if (mistake) return form.fail(mistake);
        throw e;
      }
      onClose();
      await onDone();
      if (bare(v.handle) === account.value?.handle) await loadMe();
    },
  });
  return (
    <Sheet title={ts('staff.add_title')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted">{ts('staff.add_body')}</p>
        <FormError text={form.errors['']} />
        <Field label={ts('staff.handle')} prefix="@" class="input input-in" autocapitalize="off" spellcheck={false} autocomplete="off" maxLength={31} hint={ts('staff.handle_hint')} {...form.field('handle')} />
        <Choices label={ts('staff.role')} {...form.field('role')} options={roleOptions()} />
        <Button kind="main" type="submit" wide busy={form.busy}>{ts('staff.add')}</Button>
      </form>
    </Sheet>
  );
}

// The role of someone who works here already goes by the handle, which the list of staff does not say.
function RoleSheet({ staff: s, onClose }: { staff: Staff; onClose: () => void }) {
  const shop = shopId.value;
  const { reload } = useData(`studio/staff/${shop}`, () => ask(api.staffList({ id: shop })), Infinity);
  const own = s.account === account.value?.id;
  const form: Form<{ handle: string; role: StaffRole }> = useForm<{ handle: string; role: StaffRole }>({
    values: { handle: own ? account.value?.handle ?? '' : '', role: s.role },
    check: v => (v.handle.trim().length >= 3 ? {} : { handle: ts('staff.handle_bad') }),
    send: async (v, key): Promise<void> => {
      try {
        const made = await ask(api.staffPost({ id: shop }, { handle: bare(v.handle), role: v.role }, { idempotencyKey: key }));
        toast(told(made, bare(v.handle)), { kind: 'good' });
      } catch (e) {
        const mistake = e instanceof Refusal ? askRefused(e, s.role === 'owner') : undefined;
        if (mistake) return form.fail(mistake);
        throw e;
      }
      onClose();
      await reload();
      if (own) await loadMe();
    },
  });
  return (
    <Sheet title={ts('staff.role_title', { name: s.name })} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Choices label={ts('staff.role')} {...form.field('role')} options={roleOptions()} />
        {form.values.role === 'owner' && s.role !== 'owner' ? <p class="muted small" role="status">{ts('staff.owner_asked')}</p> : null}
        <Field label={ts('staff.handle_again', { name: s.name })} prefix="@" class="input input-in" autocapitalize="off" spellcheck={false} autocomplete="off" maxLength={31} {...form.field('handle')} />
        <Button kind="main" type="submit" wide busy={form.busy}>{t('ui.save')}</Button>
      </form>
    </Sheet>
  );
}

