// The shops that ask this person to work there, each until it is answered. Knows nothing of what is done in a shop.
import { useEffect, useState } from 'preact/hooks';
import { Store } from 'lucide-preact';
import { api, ask, Refusal, type Invitation } from '../app/api';
import { useData } from '../app/cache';
import { go } from '../app/router';
import { loadMe, me, signedIn } from '../app/session';
import { ago } from '../text/numbers';
import { ts } from '../text/studio';
import { Avatar, Badge, Card, EmptyState, Failed, FormError, Page, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import './staff.css';

export function InvitationsPage() {
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go('/sign-in?next=/me/invitations', { replace: true }); }, [known, signedIn.value]);
  return <Page title={ts('invited.title')} backTo="/me">{signedIn.value ? <Items /> : <Skeleton kind="rows" lines={3} />}</Page>;
}

function Items() {
  const { data, problem, reload } = useData('invitations', () => ask(api.invitationList()));
  if (!data) return problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={3} />;
  if (data.items.length === 0) return <EmptyState icon={<Store size={32} />} title={ts('invited.none')}>{ts('invited.none_body')}</EmptyState>;
  const again = async () => { await Promise.all([reload(), loadMe()]); };
  return <ul class="invitations">{data.items.map(i => <li key={i.id}><Item invitation={i} again={again} /></li>)}</ul>;
}

function Item({ invitation: i, again }: { invitation: Invitation; again: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [mistake, setMistake] = useState('');
  const role = ts(`role.${i.role}`);
  const failed = async (p: Refusal) => {
    if (p.slug === 'too_many_items') return setMistake(ts('invited.full'));
    toast(p.slug === 'not_found' ? ts('invited.gone') : say(p), { kind: 'bad' });
    await again();
  };
  const accept = async () => {
    setBusy(true);
    setMistake('');
    const r = await api.invitationAccept({ id: i.id });
    setBusy(false);
    if (!r.ok) return failed(new Refusal(r.problem));
    await again();
    toast(ts('invited.accepted', { shop: i.shop.name, role }), { kind: 'good' });
    go(`/studio/${i.shop.id}`);
  };
  const decline = async () => {
    if (!await confirm({ title: ts('invited.decline_title', { shop: i.shop.name }), body: ts('invited.decline_body'), action: ts('invited.decline'), danger: true })) return;
    setBusy(true);
    const r = await api.invitationDecline({ id: i.id });
    setBusy(false);
    if (!r.ok) return failed(new Refusal(r.problem));
    toast(ts('invited.declined'), { kind: 'good' });
    await again();
  };
  return (
    <Card>
      <div class="stack">
        <div class="invitation-head">
          <Avatar name={i.shop.name} url={i.shop.picture} size={48} />
          <div class="invitation-who">
            <h2><a href={`/shop/${i.shop.handle}`} dir="auto">{i.shop.name}</a></h2>
            <p class="muted small">@{i.shop.handle}{i.shop.city ? ` · ${i.shop.city}` : ''}</p>
          </div>
          <Badge tone="link">{role}</Badge>
        </div>
        <p>{ts(`role.${i.role}_note`)}</p>
        {i.role === 'owner' ? <p class="muted small">{ts('invited.owner_note')}</p> : null}
        <p class="muted small">{i.person.handle ? <>{ts('invited.by')} <a href={`/@${i.person.handle}`}>@{i.person.handle}</a> · </> : null}<time dateTime={i.at}>{ago(i.at)}</time></p>
        <FormError text={mistake} />
        <div class="invitation-answer">
          <Button busy={busy} aria-label={`${ts('invited.decline')}: ${i.shop.name}`} onClick={() => void decline()}>{ts('invited.decline')}</Button>
          <Button kind="main" busy={busy} aria-label={`${ts('invited.accept')}: ${i.shop.name}`} onClick={() => void accept()}>{ts('invited.accept')}</Button>
        </div>
      </div>
    </Card>
  );
}
