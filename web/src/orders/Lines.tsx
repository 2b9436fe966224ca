// Lines of things that were bought, as checkout, orders and returns show them.
import type { ComponentChildren } from 'preact';
import type { Discount, Money } from '../app/api';
import { formatMoney } from '../text/numbers';
import { to } from '../text/orders';
import { Picture, Price } from '../ui/bits';
import { gather, minus } from './Breakdown';

export type OrderedLine = {
  title: string; options: string; quantity: number; picture?: string | undefined; total?: Money; price?: Money; was?: Money;
  discount?: Money; discounts?: Discount[]; href?: string; children?: ComponentChildren;
};

export function Ordered({ title, options, quantity, picture, total, price, was, discount, discounts, href, children }: OrderedLine) {
  const off = gather((discounts ?? []).filter(d => d.kind !== 'voucher'));     // vouchers are shared by lines; they stand in the sums
  return (
    <li class="ordered">
      <Picture url={picture} alt="" size={320} />
      <div class="ordered-what">
        <span class="ordered-first">{href ? <a class="clamp2" href={href}>{title}</a> : <span class="clamp2">{title}</span>}
          {total ? <span class="price num">{formatMoney(total)}</span> : null}</span>
        <span class="muted small">{options ? `${options} · ` : ''}{price && quantity > 1 ? <span class="num">{quantity} × <Price money={price} size="small" {...(was ? { before: was } : {})} /></span> : <span class="num">× {quantity}</span>}
          {price && quantity === 1 && was ? <> · <s class="num">{formatMoney(was)}</s></> : null}</span>
        {off.length ? off.map(d => <span class="small spread sums-good" key={`${d.promotion}${d.name}`}><span>{d.name}</span><span class="num nowrap">{minus(d.amount)}</span></span>)
          : !discounts && discount && discount.minor > 0 ? <span class="small spread sums-good"><span>{to('sums.discount')}</span><span class="num nowrap">{minus(discount)}</span></span> : null}
        {children}
      </div>
    </li>
  );
}
