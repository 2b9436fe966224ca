// What something costs, line by line: goods, each discount by its name, shipping, fee, tax, total, and what went back. The sums come
// from the server; nothing is computed here but the adding up of discounts that have the same name.
import { Tag } from 'lucide-preact';
import type { Discount, Money } from '../app/api';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import './breakdown.css';

export type Sums = {
  subtotal: Money;
  discount: Money;
  discounts: Discount[];
  shipping: Money;
  shipping_discount: Money;
  shipping_discounts?: Discount[];
  cod_fee?: Money;
  tax: Money;
  tax_added: Money;
  total: Money;
  refunded?: Money;
};

const zero = (m: Money | undefined) => !m || m.minor === 0;
// Kept together, sign and amount, where text runs from right to left.
export const minus = (m: Money) => `\u2066−${formatMoney(m)}\u2069`;

// Discounts of several lines under one promotion are one line here.
export function gather(discounts: Discount[]): Discount[] {
  const by = new Map<string, Discount>();
  for (const d of discounts) {
    const key = `${d.promotion} ${d.kind} ${d.name}`;
    const was = by.get(key);
    by.set(key, was ? { ...was, amount: { ...was.amount, minor: was.amount.minor + d.amount.minor } } : d);
  }
  return [...by.values()].filter(d => d.amount.minor > 0);
}

// funders: whether to say who pays for a discount (for sellers). total: what stands before the last sum.
export function Breakdown({ of: s, total, funders, plain, count }: { of: Sums; total?: string; funders?: boolean; plain?: boolean; count?: number }) {
  const named = gather(s.discounts);
  const shipping = gather(s.shipping_discounts ?? []);
  const net = { minor: s.shipping.minor - s.shipping_discount.minor, currency: s.shipping.currency };
  return (
    <dl class={`sums${plain ? ' sums-plain' : ''}`}>
      <div><dt>{t('cart.subtotal')}{count ? <span class="muted"> · {t('orders.count', { n: count })}</span> : null}</dt><dd class="num">{formatMoney(s.subtotal)}</dd></div>
      {named.map(d => <Off key={`${d.promotion}${d.kind}${d.name}`} discount={d} funders={funders} />)}
      {named.length === 0 && !zero(s.discount) ? <div class="sums-off"><dt><Tag size={14} aria-hidden="true" /> {to('sums.discount')}</dt><dd class="num">{minus(s.discount)}</dd></div> : null}
      <div>
        <dt>{t('cart.shipping')}
          {shipping.map(d => <span class="sums-why" key={`${d.promotion}${d.name}`}><Tag size={14} aria-hidden="true" /> {d.name}{funders ? ` · ${to(`funder.${d.funder}`)}` : ''}</span>)}
        </dt>
        <dd class="num">
          {zero(s.shipping_discount) ? null : <><s class="price-was"><span class="hidden">{t('price.before')} </span>{formatMoney(s.shipping)}</s> </>}
          {net.minor === 0 ? <span class={zero(s.shipping_discount) ? '' : 'sums-good'}>{t('price.free')}</span> : formatMoney(net)}
        </dd>
      </div>
      {zero(s.cod_fee) ? null : <div><dt>{to('sums.cod_fee')}</dt><dd class="num">{formatMoney(s.cod_fee!)}</dd></div>}
      {zero(s.tax_added) ? null : <div><dt>{to('sums.tax_added')}</dt><dd class="num">{formatMoney(s.tax_added)}</dd></div>}
      <div class="sums-grand"><dt>{total ?? t('cart.total')}</dt><dd class="num">{formatMoney(s.total)}</dd></div>
      {zero(s.tax) || !zero(s.tax_added) ? null : <div class="sums-note"><dt>{to('sums.tax_included', { tax: formatMoney(s.tax) })}</dt></div>}
      {zero(s.refunded) ? null : (
        <>
          <div class="sums-off"><dt>{to('sums.refunded')}</dt><dd class="num">{minus(s.refunded!)}</dd></div>
          <div class="sums-total"><dt>{to('sums.stays')}</dt><dd class="num">{formatMoney({ minor: s.total.minor - s.refunded!.minor, currency: s.total.currency })}</dd></div>
        </>
      )}
    </dl>
  );
}

function Off({ discount: d, funders }: { discount: Discount; funders: boolean | undefined }) {
  return <div class="sums-off"><dt><Tag size={14} aria-hidden="true" /> {d.name}{funders ? <span class="muted"> · {to(`funder.${d.funder}`)}</span> : null}</dt><dd class="num">{minus(d.amount)}</dd></div>;
}
