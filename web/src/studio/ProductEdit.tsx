// A product, new or changed: pictures, words, options, variants, and whether it is for sale.
import { useMemo, useRef, useState } from 'preact/hooks';
import { Archive, ExternalLink } from 'lucide-preact';
import { productNewLimits } from '../api';
import { api, ask, newKey, Refusal, type Product, type ProductEdit, type ProductState, type StudioProduct } from '../app/api';
import { forget, put, useData } from '../app/cache';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { ts } from '../text/studio';
import { Badge, Banner, Card, Failed, Page, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Field } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { focusMistake, words } from './bits';
import { useGuard } from './guard';
import { useKeys } from './keys';
import { Matrix } from './Matrix';
import { RoleNote } from './OpenShop';
import { ParcelCard } from '../shipping/ParcelCard';
import { Options } from './Options';
import { onTheWay, Pictures, shotsOf, type Shot } from './Pictures';
import { TONE } from './Products';
import { ProductTaxCard } from '../tax/ProductTax';
import { canManage, followShop, shopId, useShop } from './shop';
import { blankRow, build, errorKey, fromStudio, live, reshape, type Option, type RowErrors, type RowField, type Rows } from './variants';

export function ProductPage({ params }: ScreenProps) {
  const id = params['id'];
  return id === undefined ? <NewProduct /> : <OldProduct id={id} />;
}

function NewProduct() {
  const { data, problem, reload } = useShop();
  if (!data) return <Page title={ts('products.new')} backTo="/studio/products" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={4} />}</Page>;
  return <Editor currency={data.currency} shop={shopId.value} />;
}

const keyFor = (id: string) => `studio/product/${id}`;

function OldProduct({ id }: { id: string }) {
  useState(() => forget(keyFor(id)));                      // a form never begins with what was there some time ago
  const { data, problem, reload } = useData(keyFor(id), async () => {
    const got = await ask(api.studioProductGet({ id }));
    followShop(got.product.shop.id);
    return got;
  });
  // The form begins with the first answer; a later one is taken only when asked for (see Conflict).
  const begun = useRef<StudioProduct>();
  const [turn, setTurn] = useState(0);
  begun.current ??= data;
  if (!begun.current) return <Page title={ts('nav.products')} backTo="/studio/products" wide>{problem ? <Failed problem={problem} retry={reload} /> : <Skeleton kind="rows" lines={5} />}</Page>;
  return <Editor key={`${id} ${turn}`} was={begun.current} currency={begun.current.product.price_from.currency} shop={begun.current.product.shop.id}
    restart={s => { begun.current = s; put(keyFor(id), s); setTurn(turn + 1); }} />;
}

type Draft = { title: string; description: string; category: string; shots: Shot[]; options: Option[]; rows: Rows };

function draftOf(was: StudioProduct | undefined): Draft {
  if (!was) return { title: '', description: '', category: '', shots: [], options: [], rows: { '': blankRow() } };
  return { title: was.product.title, description: was.product.description, category: was.product.category, shots: shotsOf(was.product.pictures), ...fromStudio(was) };
}

// What counts as a change, part by part.
function parts(d: Draft): { words: string; pictures: string; variants: string } {
  return {
    words: JSON.stringify([d.title, d.description, d.category]),
    pictures: JSON.stringify(d.shots.map(s => s.picture?.id ?? s.key)),
    variants: JSON.stringify([d.options, Object.entries(d.rows).map(([k, r]) => [k, r.sku, r.price, r.compare, r.stock, r.off, r.typed])]),
  };
}

const salt = () => newKey().slice(0, 3).toUpperCase();

function Editor({ was, currency, shop, restart }: { was?: StudioProduct; currency: string; shop: string; restart?: (s: StudioProduct) => void }) {
  const [d, setDraft] = useState(() => draftOf(was));
  const origin = useRef(d);                                // what "discard" goes back to
  const [base, setBase] = useState(() => ({ product: was?.product, parts: parts(draftOf(was)) }));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [rowErrors, setRowErrors] = useState<RowErrors>({});
  const [busy, setBusy] = useState<ProductState | 'save'>();
  const [clash, setClash] = useState<StudioProduct>();
  const [skuSalt] = useState(salt);
  const root = useRef<HTMLDivElement>(null);
  const key = useRef(newKey());
  const sending = useRef(false);
  const now = useMemo(() => parts(d), [d]);
  const changed = { words: now.words !== base.parts.words, pictures: now.pictures !== base.parts.pictures, variants: now.variants !== base.parts.variants };
  const dirty = changed.words || changed.pictures || changed.variants;
  const letGo = useGuard(dirty);
  const readOnly = !canManage.value;
  const product = base.product;
  const state: ProductState = product?.state ?? 'draft';

  const set = (more: Partial<Draft>) => { key.current = newKey(); setDraft(x => ({ ...x, ...more })); setErrors(x => without(x, '', ...Object.keys(more))); };
  const setRows = (to: (rows: Rows) => Rows) => { key.current = newKey(); setDraft(x => ({ ...x, rows: to(x.rows) })); };
  const setOptions = (options: Option[]) => {
    key.current = newKey();
    setDraft(x => ({ ...x, options, rows: reshape(x.rows, x.options, options) }));
    setErrors(x => Object.fromEntries(Object.entries(x).filter(([k]) => !k.startsWith('option.') && k !== 'variants')));
  };

  const check = () => {
    const found: Record<string, string> = {};
    if (!d.title.trim()) found['title'] = t('form.required');
    if (onTheWay(d.shots)) found['shots'] = ts('pictures.wait');
    if (d.shots.some(s => s.problem)) found['shots'] = ts('pictures.mend');
    const names = d.options.map(o => o.name.trim().toLocaleLowerCase());
    d.options.forEach((o, i) => {
      if (!o.name.trim()) found[`option.${i}`] = ts('options.no_name');
      else if (names.indexOf(names[i]!) !== i) found[`option.${i}`] = ts('options.name_twice');
      else if (o.values.length === 0) found[`option.${i}`] = ts('options.no_values');
    });
    const built = build({
      options: d.options, rows: d.rows, title: d.title, salt: skuSalt, currency,
      says: { price: ts('money.bad'), priceMax: ts('money.too_much'), compare: ts('matrix.compare_bad'), sku: t('form.required'), skuTwice: ts('matrix.sku_twice'), stock: ts('stock.bad') },
    });
    if (built.variants.length === 0) found['variants'] = ts('matrix.none');
    return { found, built };
  };

  const send = async (to?: ProductState, version?: number) => {
    if (sending.current) return;
    const { found, built } = check();
    setErrors(found);
    setRowErrors(built.errors);
    if (Object.keys(found).length || Object.keys(built.errors).length) {
      toast(ts('edit.mend'), { kind: 'bad' });
      return focusMistake(root.current);
    }
    sending.current = true;
    setBusy(to ?? 'save');
    const options = live(d.options).map(o => ({ name: o.name.trim(), values: o.values }));
    const pictures = d.shots.map(s => s.picture!.id);
    const said = { title: d.title.trim(), description: d.description.trim(), category: d.category.trim() };
    try {
      if (!product) {
        const made = await ask(api.productPost({ shop }, { ...said, options, variants: built.variants, pictures, state: to ?? 'active' }, { idempotencyKey: key.current }));
        letGo();
        forget('studio/products');
        toast(ts(made.state === 'active' ? 'edit.on_sale' : 'edit.drafted', { title: made.title }), { kind: 'good', action: { label: ts('edit.open'), run: () => go(`/studio/products/${made.id}`) } });
        go(made.state === 'active' ? '/studio/products' : '/studio/products?state=draft', { replace: true });
        return;
      }
      const change: ProductEdit = {
        version: version ?? product.version, ...(to && to !== product.state ? { state: to } : {}),
        ...(changed.words ? said : {}), ...(changed.pictures ? { pictures } : {}), ...(changed.variants ? { options, variants: built.variants } : {}),
      };
      const saved = await ask(api.productPatch({ id: product.id }, change, { idempotencyKey: key.current }));
      await saved_(saved);
      toast(to ? ts(`edit.now_${to}`) : t('ui.saved'), { kind: 'good' });
    } catch (e) {
      if (!(e instanceof Refusal)) throw e;
      await refused(e, built.keys);
    } finally {
      key.current = newKey();
      sending.current = false;
      setBusy(undefined);
    }
  };

  // New variants have ids and stock now: the form goes on from what the server has.
  const saved_ = async (p: Product) => {
    forget('studio/products');
    forget('studio/low');
    const got = await api.studioProductGet({ id: p.id });
    if (!got.ok) return setBase({ product: p, parts: now });
    put(keyFor(p.id), got.value);
    const fresh = draftOf(got.value);
    origin.current = fresh;
    setDraft(fresh);
    setBase({ product: got.value.product, parts: parts(fresh) });
  };

  const refused = async (e: Refusal, keys: string[]) => {
    if (e.slug === 'stale' && product) {
      const got = await api.studioProductGet({ id: product.id });
      if (got.ok) return setClash(got.value);
    }
    const at = /^variants\[(\d+)\]\.(sku|price|compare_at|stock|options)/.exec(e.field ?? '');
    const option = /^options\[(\d+)\]/.exec(e.field ?? '');
    const picture = /^pictures/.test(e.field ?? '');
    const name = e.field?.split(/[.[]/)[0] ?? '';
    if (at && keys[Number(at[1])] !== undefined) {
      const field: RowField = at[2] === 'compare_at' ? 'compare' : at[2] === 'options' ? 'sku' : at[2] as RowField;
      setRowErrors({ [errorKey(keys[Number(at[1])]!, field)]: words(e) });
    } else if (option) setErrors({ [`option.${option[1]}`]: words(e) });
    else if (picture) setErrors({ shots: words(e) });
    else setErrors({ [['title', 'description', 'category', 'variants'].includes(name) ? name : '']: words(e) });
    focusMistake(root.current);
  };

  const move = async (to: ProductState) => {
    if (to === 'archived' && !await confirm({ title: ts('edit.archive_title'), body: ts('edit.archive_body'), action: ts('edit.archive'), danger: true })) return;
    await send(to);
  };

  const discard = async () => {
    if (!await confirm({ title: ts('guard.title'), body: ts('edit.discard_body'), action: ts('edit.discard'), danger: true })) return;
    setDraft(origin.current);
    setErrors({});
    setRowErrors({});
  };

  useKeys(readOnly ? [] : [{ key: 'a', label: ts('keys.add_picture'), run: () => root.current?.querySelector<HTMLElement>('.shot-pick input')?.click() }]);

  const field = (name: 'title' | 'description' | 'category') => ({ name, value: d[name], onValue: (v: string) => set({ [name]: v }), disabled: readOnly, ...(errors[name] ? { error: errors[name] } : {}) });
  const foot = readOnly ? undefined : !product ? (
    <div class="pair foot-pair">
      <Button busy={busy === 'draft'} disabled={busy === 'active'} onClick={() => void send('draft')}>{ts('edit.save_draft')}</Button>
      <Button kind="main" busy={busy === 'active'} disabled={busy === 'draft'} onClick={() => void send('active')}>{ts('edit.publish')}</Button>
    </div>
  ) : dirty ? (
    <div class="pair foot-pair">
      <Button onClick={() => void discard()}>{ts('edit.discard')}</Button>
      <Button kind="main" busy={busy === 'save'} onClick={() => void send()}>{t('ui.save')}</Button>
    </div>
  ) : undefined;

  return (
    <div ref={root} class="editor" onKeyDown={e => { if (e.key === 's' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); if (!readOnly) void send(product ? undefined : 'draft'); } }}>
      <Page title={product ? product.title : ts('products.new')} backTo={`/studio/products${product && state !== 'active' ? `?state=${state}` : ''}`} wide {...(foot ? { foot } : {})}
        end={product ? <><Badge tone={TONE[state]}>{ts(`products.state_${state}`)}</Badge>{state !== 'draft' ? <IconButton label={ts('edit.see')} onClick={() => go(`/product/${product.id}`)}><ExternalLink size={20} /></IconButton> : null}</> : null}>
        {readOnly ? <RoleNote /> : null}
        {errors[''] ? <Banner tone="bad">{errors['']}</Banner> : null}
        <Card title={ts('pictures.title')}><Pictures shots={d.shots} change={to => { key.current = newKey(); setDraft(x => ({ ...x, shots: to(x.shots) })); setErrors(x => without(x, 'shots')); }} {...(errors['shots'] ? { error: errors['shots'] } : {})} readOnly={readOnly} /></Card>
        <Card title={ts('edit.words')}>
          <div class="stack">
            <Field label={ts('edit.title')} maxLength={productNewLimits.title.max} placeholder={ts('edit.title_like')} {...field('title')} />
            <Field label={ts('edit.description')} optional multiline rows={5} maxLength={productNewLimits.description.max} hint={ts('edit.description_hint')} {...field('description')} />
            <Field label={ts('edit.category')} optional maxLength={productNewLimits.category.max} placeholder={ts('edit.category_like')} {...field('category')} />
          </div>
        </Card>
        {readOnly ? null : (
          <Card title={ts('options.title')}>
            <Options options={d.options} change={setOptions} errors={errors} blocked={text => toast(text, { kind: 'bad' })} />
          </Card>
        )}
        <Card title={live(d.options).length ? ts('matrix.title') : ts('matrix.single')}>
          {errors['variants'] ? <p class="field-error">{errors['variants']}</p> : null}
          <Matrix options={d.options} rows={d.rows} change={setRows} errors={rowErrors} clear={k => setRowErrors(x => without(x, k))} title={d.title} salt={skuSalt} currency={currency} readOnly={readOnly}
            onStock={(k, onHand, held) => {
              const at = (x: Draft): Draft => ({ ...x, rows: { ...x.rows, [k]: { ...x.rows[k]!, onHand, held } } });
              setDraft(at);
              if (origin.current.rows[k]) origin.current = at(origin.current);
            }} />
        </Card>
        {product ? <ProductTaxCard product={product.id} readOnly={readOnly} /> : null}
        {product ? <ParcelCard product={product.id} readOnly={readOnly} variants={product.variants.map(v => ({ id: v.id, name: v.options.join(' · ') || product.title }))} /> : null}
        {product && !readOnly ? (
          <Card title={ts('edit.state')}>
            <div class="spread state-move">
              <p class="muted small">{ts(`edit.state_${state}`)}</p>
              <div class="line">
                {state !== 'active' ? <Button kind="main" busy={busy === 'active'} onClick={() => void move('active')}>{ts(state === 'draft' ? 'edit.publish' : 'edit.again')}</Button> : null}
                {state === 'active' ? <Button busy={busy === 'draft'} onClick={() => void move('draft')}>{ts('edit.to_draft')}</Button> : null}
                {state !== 'archived' ? <Button busy={busy === 'archived'} icon={<Archive size={18} aria-hidden="true" />} onClick={() => void move('archived')}>{ts('edit.archive')}</Button> : null}
              </div>
            </div>
          </Card>
        ) : null}
      </Page>
      {clash ? <Conflict theirs={clash} onClose={() => setClash(undefined)} onTheirs={() => { letGo(); setClash(undefined); restart?.(clash); }}
        onMine={() => {
          // Variants that came meanwhile stay on sale unless this form says otherwise: their ids join the rows.
          const fresh = fromStudio(clash).rows;
          setDraft(x => ({ ...x, rows: Object.fromEntries(Object.entries({ ...fresh, ...x.rows }).map(([k, r]) => [k, { ...r, ...(r.id || !fresh[k] ? {} : { id: fresh[k]!.id! }) }])) }));
          setBase(b => ({ ...b, product: clash.product }));
          setClash(undefined);
          toast(ts('clash.kept'));
        }} /> : null}
    </div>
  );
}

function Conflict({ theirs, onClose, onTheirs, onMine }: { theirs: StudioProduct; onClose: () => void; onTheirs: () => void; onMine: () => void }) {
  return (
    <Sheet title={ts('clash.title')} kind="dialog" onClose={onClose} foot={<div class="stack-2"><Button kind="main" wide onClick={onMine}>{ts('clash.mine')}</Button><Button wide onClick={onTheirs}>{ts('clash.theirs')}</Button></div>}>
      <p class="muted">{ts('clash.body', { title: theirs.product.title })}</p>
    </Sheet>
  );
}

function without(of: Record<string, string>, ...names: string[]): Record<string, string> {
  if (!names.some(n => n in of)) return of;
  const out = { ...of };
  for (const n of names) delete out[n];
  return out;
}

