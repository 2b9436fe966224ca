// The shop's warehouses: their order, which are sold from; and the line below which something is low.
import { useState } from 'preact/hooks';
import { ArrowUp, Plus, Warehouse as House } from 'lucide-preact';
import { stockSettingsLimits, warehouseNewLimits } from '../api';
import { api, ask, type Shop, type Warehouse } from '../app/api';
import { useData } from '../app/cache';
import { countries, countryName } from '../accounts/AddressForm';
import { t } from '../text';
import { tk } from '../text/stock';
import { Badge, Card, Failed, FormError, List, Page, Row, Skeleton } from '../ui/bits';
import { Button, IconButton } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { Check, Field, Select } from '../ui/Field';
import { useForm, type Form } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { attempt, CountField } from '../studio/bits';
import { RoleNote } from '../studio/OpenShop';
import { canManage, shopId, useShop } from '../studio/shop';
import { Bones, placeName, ready, useWarehouses, whole } from './common';
import './stock.css';

export function WarehousesRow() {
  return <Card pad={false}><List><Row start={<House size={22} />} title={tk('places.title')} note={tk('places.row')} href="/studio/warehouses" /></List></Card>;
}

export function WarehousesPage() {
  const shop = useShop();
  const list = useWarehouses(shopId.value);
  const [editing, edit] = useState<Warehouse | 'new'>();
  if (!ready()) return <Bones title="" />;
  const items = list.data?.items ?? [];
  // All get their number anew, so that no two are equal.
  const up = async (i: number) => {
    const order = [...items];
    order.splice(i - 1, 0, ...order.splice(i, 1));
    for (const [k, w] of order.entries()) if (w.priority !== k && !await attempt(api.warehousePatch({ id: w.id }, { priority: k }))) break;
    void list.reload();
  };
  return (
    <Page title={tk('places.title')} backTo="/studio/settings">
      {!list.data || !shop.data ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={3} />) : (
        <div class="stack">
          {canManage.value ? null : <RoleNote />}
          {items.length > 1 ? <p class="muted">{tk('places.lead')}</p> : null}
          <Card pad={false}>
            <ul class="list">{items.map((w, i) => (
              <li key={w.id} class="row-item stock-line">
                <span class="row-text"><span class="row-title">{placeName(w)}</span><span class="row-note">{w.city ? tk('places.where', { city: w.city, country: countryName(w.country) }) : countryName(w.country)}</span>
                  {w.active ? null : <span><Badge>{tk('places.closed')}</Badge></span>}</span>
                {canManage.value ? <span class="stock-acts stock-acts-line">
                  {i > 0 ? <IconButton label={tk('places.up', { name: placeName(w) })} onClick={() => void up(i)}><ArrowUp size={20} /></IconButton> : null}
                  <Button size="small" onClick={() => edit(w)}>{tk('places.edit')}</Button></span> : null}
              </li>))}
            </ul>
          </Card>
          {canManage.value ? <div><Button icon={<Plus size={18} aria-hidden="true" />} onClick={() => edit('new')}>{tk('places.add')}</Button></div> : null}
          <LowLine />
          {editing ? <EditSheet shop={shop.data} warehouse={editing === 'new' ? undefined : editing} others={items.length > 1} onClose={() => edit(undefined)} onDone={() => void list.reload()} /> : null}
        </div>
      )}
    </Page>
  );
}

type Values = { name: string; country: string; city: string };

function EditSheet({ shop, warehouse: w, others, onClose, onDone }: { shop: Shop; warehouse: Warehouse | undefined; others: boolean; onClose: () => void; onDone: () => void }) {
  const form: Form<Values> = useForm<Values>({
    values: { name: w?.name ?? '', country: w?.country ?? shop.country, city: w?.city ?? '' },
    check: v => (v.name.trim() ? {} : { name: t('form.required') }),
    send: async (v, key) => {
      const body = { name: v.name.trim(), country: v.country, city: v.city.trim() };
      if (w) await ask(api.warehousePatch({ id: w.id }, body));
      else await ask(api.warehousePost({ shop: shop.id }, body, { idempotencyKey: key }));
      toast(w ? t('ui.saved') : tk('places.added'), { kind: 'good' });
      onDone();
      onClose();
    },
  });
  const say = async (asked: ReturnType<typeof api.warehousePatch> | ReturnType<typeof api.warehouseRemove>) => {
    const r = await asked;
    if (!r.ok) return form.fail({ '': r.problem.detail });
    onDone();
    onClose();
  };
  const remove = async () => {
    if (w && await confirm({ title: tk('places.delete_title', { name: placeName(w) }), body: tk('places.delete_body'), action: tk('places.delete'), danger: true })) await say(api.warehouseRemove({ id: w.id }));
  };
  return (
    <Sheet title={w ? placeName(w) : tk('places.add')} onClose={onClose}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <Field label={tk('places.name')} maxLength={warehouseNewLimits.name.max} {...form.field('name')} />
        <div class="pair">
          <Field label={tk('places.city')} optional maxLength={warehouseNewLimits.city.max} {...form.field('city')} />
          <Select label={tk('places.country')} {...form.field('country')} options={countries()} />
        </div>
        <Button kind="main" type="submit" wide busy={form.busy}>{tk('places.save')}</Button>
        {w && others ? <Button wide onClick={() => void say(api.warehousePatch({ id: w.id }, { active: !w.active }))}>{tk(w.active ? 'places.close' : 'places.open')}</Button> : null}
        {w && !w.first ? <Button kind="danger" wide onClick={() => void remove()}>{tk('places.delete')}</Button> : null}
      </form>
    </Sheet>
  );
}

function LowLine() {
  const shop = shopId.value;
  const d = useData(`studio/stock/settings/${shop}`, () => ask(api.stockSettingsGet({ shop })));
  if (!d.data) return d.problem ? null : <Card title={tk('places.low')}><Skeleton lines={2} /></Card>;
  return <LowForm key={`${shop} ${d.data.low}`} shop={shop} low={d.data.low} onSaved={low => d.set({ low })} />;
}

function LowForm({ shop, low, onSaved }: { shop: string; low: number; onSaved: (low: number) => void }) {
  const form: Form<{ on: boolean; n: string }> = useForm<{ on: boolean; n: string }>({
    values: { on: low >= 0, n: String(low >= 0 ? low : 5) },
    fieldOf: f => (f === 'low' ? 'n' : undefined),
    check: v => (v.on && whole(v.n) === undefined ? { n: tk('bad.number') } : {}),
    send: async v => {
      const saved = await ask(api.stockSettingsSet({ shop }, { low: v.on ? Number(v.n) : -1 }));
      onSaved(saved.low);
      toast(t('ui.saved'), { kind: 'good' });
    },
  });
  return (
    <Card title={tk('places.low')}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <p class="muted small">{tk('places.low_lead')}</p>
        <FormError text={form.errors['']} />
        <Check label={tk('places.low_on')} {...form.field('on')} />
        {form.values.on ? <CountField label={tk('places.low_n')} max={stockSettingsLimits.low.max} {...form.field('n')} /> : null}
        {canManage.value ? <div><Button kind="main" type="submit" busy={form.busy}>{t('ui.save')}</Button></div> : null}
      </form>
    </Card>
  );
}
