// Asking for a return: which things, why, what is wished for, photos; what comes back is shown before it is sent.
import { useEffect, useRef, useState } from 'preact/hooks';
import { PackageX } from 'lucide-preact';
import { api, ask, newKey, Refusal, type ExchangeChoice, type Order, type OrderLine, type ReturnKind, type ReturnNew, type ReturnReason } from '../app/api';
import { returnNewLimits } from '../api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { me, signedIn } from '../app/session';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Banner, Card, EmptyState, Failed, Page, Picture, Skeleton, Stepper } from '../ui/bits';
import { Button } from '../ui/Button';
import { Choices, Field, Select } from '../ui/Field';
import { say } from '../ui/form';
import { Photos, photosBad, photosBusy, type Photo } from './Photos';
import { kindsFor, leftOf, NEEDS_PHOTO, reasonsFor } from './words';
import '../orders/orders.css';
import './returns.css';

export function ReturnNewPage({ params }: ScreenProps) {
  const id = params['id']!;
  const known = me.value !== undefined;
  useEffect(() => { if (known && !signedIn.value) go(`/sign-in?next=${encodeURIComponent(`/orders/${id}/return`)}`, { replace: true }); }, [known]);
  const { data, problem, reload } = useData(`order/${id}`, () => ask(api.orderGet({ id })));
  const title = to('return.new_title');
  if (!data) return <Page title={title} backTo={`/orders/${id}`}>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  if (!data.actions.includes('return')) {
    return (
      <Page title={title} backTo={`/orders/${id}`}>
        <EmptyState icon={<PackageX size={36} />} title={to('return.not_now')} action={<Button kind="main" href={`/orders/${id}`}>{to('return.to_order')}</Button>}>{to('return.not_now_body')}</EmptyState>
      </Page>
    );
  }
  return <Form order={data} />;
}

type Errors = { lines?: string; reason?: string; kind?: string; wanted?: string; photos?: string; note?: string; '': string };
const NO_ERRORS: Errors = { '': '' };

function Form({ order: o }: { order: Order }) {
  const lines = o.lines.filter(l => leftOf(l) > 0);
  const inTransit = o.state === 'in_transit';
  const reasons = reasonsFor(inTransit);
  const [units, setUnits] = useState<Record<string, number>>(() => (lines.length === 1 || inTransit ? Object.fromEntries(lines.map(l => [l.id, leftOf(l)])) : {}));
  const [reason, setReason] = useState<ReturnReason | ''>(reasons.length === 1 ? reasons[0]! : '');
  const [kind, setKind] = useState<ReturnKind | ''>('');
  const [instead, setInstead] = useState<Record<string, string>>({});
  const offered = useChoices(o.id, lines[0]?.id ?? '0')?.offered === true;
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [errors, setErrors] = useState<Errors>(NO_ERRORS);
  const [busy, setBusy] = useState(false);
  const sending = useRef(false);
  const intent = useRef({ key: '', of: '' });
  const form = useRef<HTMLFormElement>(null);

  const kinds = reason ? kindsFor(reason, offered) : [];
  const wish = kinds.length === 1 ? kinds[0]! : kind && kinds.includes(kind) ? kind : '';
  const needed = reason !== '' && NEEDS_PHOTO.includes(reason);
  const chosen = Object.entries(units).filter(([, n]) => n > 0).map(([line, quantity]) => ({ line, quantity }));
  const exchange = wish === 'exchange';
  const wished = exchange ? chosen.map(l => ({ ...l, ...(instead[l.line] ? { wanted: instead[l.line] } : {}) })) : chosen;
  const ready = !exchange || chosen.every(l => instead[l.line]);
  const asked: ReturnNew | undefined = reason && wish && chosen.length && ready ? { kind: wish, reason, lines: wished } : undefined;

  const fail = (e: Partial<Errors>) => {
    setErrors({ ...NO_ERRORS, ...e });
    setTimeout(() => {
      const at = form.current?.querySelector<HTMLElement>('.field-error, .banner-bad');
      at?.closest('.card')?.scrollIntoView({ block: 'start' });
      at?.focus();
    });
  };
  const submit = async (e: Event) => {
    e.preventDefault();
    if (sending.current) return;
    if (chosen.length === 0) return fail({ lines: to('return.choose_lines') });
    if (!reason) return fail({ reason: to('return.choose_reason') });
    if (!wish) return fail({ kind: to('return.choose_kind') });
    if (!ready) return fail({ wanted: to('return.choose_instead') });
    if (photosBusy(photos)) return fail({ photos: to('photos.wait') });
    if (photosBad(photos)) return fail({ photos: to('photos.mend') });
    if (needed && photos.length === 0) return fail({ photos: to('photos.needed') });
    sending.current = true;
    setBusy(true);
    setErrors(NO_ERRORS);
    const body: ReturnNew = { kind: wish, reason, lines: wished, ...(note.trim() ? { note: note.trim() } : {}), ...(photos.length ? { photos: photos.map(p => p.picture!.id) } : {}) };
    const of = JSON.stringify(body);
    if (intent.current.of !== of) intent.current = { key: newKey(), of };
    try {
      const made = await ask(api.returnPost({ order: o.id }, body, { idempotencyKey: intent.current.key }));
      for (const what of ['order', 'returns']) forget(what);
      go(`/returns/${made.id}`, { replace: true });
    } catch (x) {
      if (!(x instanceof Refusal)) throw x;
      if (x.status >= 400 && x.status < 500) intent.current = { key: '', of: '' };
      const at = x.field?.split(/[.[]/)[0] ?? '';
      fail({ [at === 'quantity' ? 'lines' : at in { lines: 1, reason: 1, kind: 1, wanted: 1, photos: 1, note: 1 } ? at : '']: say(x) });
    } finally {
      sending.current = false;
      setBusy(false);
    }
  };
  return (
    <Page title={to('return.new_title')} backTo={`/orders/${o.id}`} foot={<Foot order={o} asked={asked} busy={busy} />}>
      <form class="stack return-form" id="return" ref={form} onSubmit={e => void submit(e)} noValidate>
        {errors[''] ? <Banner tone="bad">{errors['']}</Banner> : null}
        <Card title={to('return.step_lines')}>
          <ul class="return-picks">{lines.map(l => <Pick key={l.id} line={l} n={units[l.id] ?? 0} set={n => { setUnits(u => ({ ...u, [l.id]: n })); setErrors(NO_ERRORS); }} />)}</ul>
          {errors.lines ? <p class="field-error" tabIndex={-1}>{errors.lines}</p> : null}
        </Card>
        <Card>
          <Choices<ReturnReason | ''> label={to('return.step_reason')} name="reason" value={reason} error={errors.reason} onValue={v => { setReason(v); setErrors(NO_ERRORS); }}
            options={reasons.map(value => ({ value, title: to(`reason.${value}`) }))} />
        </Card>
        {reason ? (
          <>
            <Card>
              <Choices<ReturnKind | ''> label={to('return.step_kind')} name="kind" value={wish} error={errors.kind} onValue={v => { setKind(v); setErrors(NO_ERRORS); }}
                options={kinds.map(value => ({ value, title: to(`kind.${value}`), note: to(`kind.${value}_note`, { shop: o.shop.name }) }))} />
            </Card>
            {exchange && chosen.length ? (
              <Card>
                <div class="stack-2 return-instead">
                  {lines.filter(l => units[l.id]).map(l => <Instead key={l.id} order={o.id} line={l} n={units[l.id]!} value={instead[l.id] ?? ''} set={v => { setInstead(all => ({ ...all, [l.id]: v })); setErrors(NO_ERRORS); }} />)}
                  {errors.wanted ? <p class="field-error" tabIndex={-1}>{errors.wanted}</p> : null}
                  <p class="field-hint">{to('return.instead_price')}</p>
                </div>
              </Card>
            ) : null}
            <Card title={to('return.step_show')}>
              <div class="stack">
                <Photos photos={photos} change={f => { setPhotos(f); setErrors(NO_ERRORS); }} error={errors.photos} needed={needed} />
                <Field label={to('return.note')} name="note" optional multiline rows={3} maxLength={returnNewLimits.note.max} value={note} onValue={setNote} error={errors.note} hint={to('return.note_hint', { shop: o.shop.name })} />
              </div>
            </Card>
          </>
        ) : null}
      </form>
    </Page>
  );
}

// What a line may be exchanged for now; the same thing first.
const useChoices = (order: string, line: string) => useData(`exchanges/${line}`, () => ask(api.exchangeChoicesGet({ order, line })), 5000).data;

function Instead({ order, line: l, n, value, set }: { order: string; line: OrderLine; n: number; value: string; set: (v: string) => void }) {
  const choices = useChoices(order, l.id)?.items;
  const label = to('return.instead', { title: l.options ? `${l.title}, ${l.options}` : l.title });
  const name = (c: ExchangeChoice) => {
    const what = c.variant === l.variant ? to('return.instead_same') : c.options;
    return c.left < n ? to('return.instead_out', { name: what }) : what;
  };
  if (!choices) return <Skeleton lines={1} />;
  if (choices.every(c => c.left < n)) return <p class="small bad">{label}: {to('return.instead_none')}</p>;
  return <Select label={label} name={`instead-${l.id}`} value={value} onValue={set} options={[{ value: '', label: to('return.instead_choose') }, ...choices.filter(c => c.left >= n || c.variant === value).map(c => ({ value: c.variant, label: name(c) }))]} />;
}

function Pick({ line: l, n, set }: { line: OrderLine; n: number; set: (n: number) => void }) {
  const left = leftOf(l);
  return (
    <li class={`return-pick${n > 0 ? ' return-on' : ''}`}>
      <label>
        <input type="checkbox" name={`line-${l.id}`} checked={n > 0} onChange={e => set(e.currentTarget.checked ? left : 0)} />
        <Picture url={l.picture} alt="" size={320} />
        <span class="ordered-what"><span class="clamp2">{l.title}</span><span class="muted small">{l.options ? `${l.options} · ` : ''}{to('return.bought', { n: left })}</span></span>
      </label>
      {n > 0 && left > 1 ? <div class="spread return-count"><span class="small">{to('return.how_many')}</span><Stepper value={n} max={left} label={to('return.how_many_of', { title: l.title })} onValue={set} /></div> : null}
    </li>
  );
}

// What would come back, asked of the server for exactly these units.
function Foot({ order: o, asked, busy }: { order: Order; asked: ReturnNew | undefined; busy: boolean }) {
  const [shown, setShown] = useState<{ of: string; text?: string; problem?: string }>();
  const of = asked ? JSON.stringify(asked) : '';
  useEffect(() => {
    if (!asked) return setShown(undefined);
    let on = true;
    void api.returnPreview({ order: o.id }, asked).then(r => { if (on) setShown({ of, ...(r.ok ? { text: formatMoney(r.value.amount) } : { problem: say(new Refusal(r.problem)) }) }); });
    return () => { on = false; };
  }, [of]);
  const fresh = shown?.of === of;
  return (
    <div class="stack-2">
      {asked ? fresh && shown?.problem ? <p class="bad small" role="status">{shown.problem}</p>
        : asked.kind === 'exchange' ? <p role="status">{fresh ? to('return.even') : '…'}</p>
        : <p class="spread" role="status"><span>{to('return.preview')}</span><strong class="num price">{shown?.text ?? '…'}</strong></p> : <p class="muted small">{to('return.preview_none')}</p>}
      <Button kind="main" wide type="submit" form="return" busy={busy}>{t('ui.send')}</Button>
    </div>
  );
}
