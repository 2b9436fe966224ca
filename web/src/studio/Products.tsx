// The products of the shop, by state.
import { useEffect, useState } from 'preact/hooks';
import { ChevronRight, Plus, ShoppingBag } from 'lucide-preact';
import { api, type ProductCard, type ProductState } from '../app/api';
import { go } from '../app/router';
import type { ScreenProps } from '../app/screens';
import { t } from '../text';
import { ts } from '../text/studio';
import { Badge, Card, EmptyState, Failed, Page, Picture, Price, Skeleton, Tabs } from '../ui/bits';
import { Button } from '../ui/Button';
import { More, usePages } from './bits';
import { useKeys } from './keys';
import { canManage, shopId } from './shop';
import { ShopButton } from './Studio';

const STATES: ProductState[] = ['active', 'draft', 'archived'];
export const TONE: Record<ProductState, 'good' | 'warn' | 'plain'> = { active: 'good', draft: 'warn', archived: 'plain' };
const PAGE = 24;

export function ProductsPage({ query }: ScreenProps) {
  const shop = shopId.value;
  const asked = query.get('state') as ProductState;
  const state = STATES.includes(asked) ? asked : 'active';
  const list = usePages(`studio/products/${shop}/${state}`, before => api.studioProductList({ shop, state, before, limit: PAGE }));
  const [cursor, setCursor] = useState(-1);
  useEffect(() => setCursor(-1), [state]);
  const move = (by: number) => {
    const n = Math.min((list.items?.length ?? 0) - 1, Math.max(0, cursor + by));
    setCursor(n);
    document.querySelectorAll<HTMLElement>('.product-row')[n]?.focus();
  };
  useKeys([
    { key: 'n', label: ts('products.new'), run: () => go('/studio/products/new') },
    { key: 'j', label: ts('keys.next'), run: () => move(1) },
    { key: 'k', label: ts('keys.previous'), run: () => move(-1) },
  ]);
  return (
    <Page title={ts('nav.products')} wide backTo={false} end={<>
      {canManage.value ? <Button kind="main" size="small" href="/studio/products/new" icon={<Plus size={18} aria-hidden="true" />}>{ts('products.new')}</Button> : null}
      <ShopButton />
    </>}>
      <Tabs label={ts('products.states')} value={state} onValue={s => go(s === 'active' ? '/studio/products' : `/studio/products?state=${s}`, { replace: true })}
        options={STATES.map(value => ({ value, label: ts(`products.tab_${value}`) }))} />
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={6} />)
        : list.items.length === 0 ? <Empty state={state} />
        : <Card pad={false}><ul class="list">{list.items.map(p => <One key={p.id} product={p} />)}</ul></Card>}
      <More list={list} />
    </Page>
  );
}

function One({ product: p }: { product: ProductCard }) {
  return (
    <li class="row-item">
      <a class="row product-row" href={`/studio/products/${p.id}`}>
        <span class="row-start"><Picture class="row-pic" alt="" {...(p.picture ? { picture: p.picture } : {})} /></span>
        <span class="row-text">
          <span class="row-title clamp2">{p.title}</span>
          <span class="row-note"><Price money={p.price_from} from={p.price_to.minor > p.price_from.minor} size="small" /></span>
        </span>
        <span class="row-end">
          {p.state === 'active' && !p.available ? <Badge tone="warn">{t('product.sold_out')}</Badge> : null}
        </span>
        <ChevronRight class="row-on flip" size={18} aria-hidden="true" />
      </a>
    </li>
  );
}

function Empty({ state }: { state: ProductState }) {
  return (
    <EmptyState icon={<ShoppingBag size={32} />} title={ts(`products.none_${state}`)}
      action={state === 'active' && canManage.value ? <Button kind="main" href="/studio/products/new">{ts('products.first')}</Button> : undefined}>
      {ts(`products.none_${state}_body`)}
    </EmptyState>
  );
}
