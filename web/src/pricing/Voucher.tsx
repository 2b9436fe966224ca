// A voucher as shoppers see it: what it gives, from when on, whose it is; and the strip of them on a shop's page.
import { useState } from 'preact/hooks';
import { Store } from 'lucide-preact';
import { countryName } from '../accounts/AddressForm';
import { api, ask, Refusal, type Voucher, type VoucherPage } from '../app/api';
import { useData } from '../app/cache';
import { go, place } from '../app/router';
import { signedIn } from '../app/session';
import { formatMoney, moment } from '../text/numbers';
import { tp, usePricingText } from '../text/pricing';
import { Badge } from '../ui/bits';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import './pricing.css';

const FRESH_MS = 30_000;

export function gives(v: Voucher): string {
  if (v.free_shipping) return tp('voucher.shipping');
  if (v.percent !== undefined) return tp('voucher.percent', { percent: v.percent });
  return v.amount ? tp('voucher.amount', { amount: formatMoney(v.amount) }) : v.name;
}

// "up to Rp 20.000 · from Rp 100.000 · for followers"
function facts(v: Voucher): string {
  return [
    v.cap ? tp('voucher.cap', { amount: formatMoney(v.cap) }) : '',
    v.minimum ? tp('voucher.minimum', { amount: formatMoney(v.minimum) }) : tp('voucher.all'),
    v.scoped ? tp('voucher.scoped') : '',
    v.first_order === 'no' ? '' : tp(`voucher.first_${v.first_order}`),
    v.followers ? tp('voucher.followers') : '',
    v.market === '*' ? '' : tp('voucher.market', { country: countryName(v.market) }),
  ].filter(Boolean).join(' · ');
}

export function VoucherCard({ voucher: v, owner, onClaim }: { voucher: Voucher; owner?: boolean; onClaim?: (v: Voucher) => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const coming = new Date(v.starts).getTime() > Date.now();
  const take = async () => {
    setBusy(true);
    await onClaim?.(v);
    setBusy(false);
  };
  return (
    <li class={`voucher${v.usable || coming ? '' : ' voucher-off'}`}>
      <div class="voucher-text">
        <span class="voucher-gives">{gives(v)}</span>
        <span class="voucher-facts">{v.name}</span>
        <span class="voucher-facts">{facts(v)}</span>
        <span class="voucher-facts num">{coming ? tp('voucher.from', { date: moment(v.starts) }) : tp('voucher.until', { date: moment(v.ends) })}</span>
        {owner ? v.shop
          ? <a class="voucher-who" href={`/shop/${v.shop.handle}`}><Store size={14} aria-hidden="true" /> {v.shop.name}</a>
          : <span class="voucher-facts">{tp('voucher.of_market')}</span> : null}
      </div>
      <div class="voucher-end">
        {v.claimed
          ? v.left === 0 ? <Badge>{tp('voucher.used')}</Badge> : v.usable || coming ? <Badge tone="good">{v.left === undefined ? tp('voucher.have') : tp('voucher.left', { n: v.left })}</Badge> : <Badge>{tp('voucher.gone')}</Badge>
          : v.usable || coming ? <Button size="small" kind="main" busy={busy} aria-label={tp('voucher.claim_label', { name: v.name })} onClick={() => void take()}>{tp('voucher.claim')}</Button> : <Badge>{tp('voucher.gone')}</Badge>}
      </div>
    </li>
  );
}

// Claims it, shows it as claimed in the list that it stands in, and says so.
export async function claim(v: Voucher, page: VoucherPage | undefined, set: (p: VoucherPage) => void): Promise<void> {
  if (!signedIn.value) return go(`/sign-in?next=${encodeURIComponent(place.value.path)}`);
  const r = await api.walletPost({ voucher: v.id });
  if (!r.ok) return toast(say(new Refusal(r.problem)), { kind: 'bad' });
  const mine = r.value.items.find(x => x.id === v.id) ?? { ...v, claimed: true };
  if (page) set({ items: page.items.map(x => (x.id === v.id ? mine : x)) });
  toast(tp('voucher.claimed'), { kind: 'good' });
}

export function ShopVouchers({ shop }: { shop: string }) {
  const ready = usePricingText();
  const { data, set } = useData(`vouchers/${shop}`, () => ask(api.voucherList({ shop })), FRESH_MS);
  if (!ready || !data || data.items.length === 0) return null;
  return (
    <section aria-label={tp('voucher.shop_title')}>
      <ul class="voucher-strip">{data.items.map(v => <VoucherCard key={v.id} voucher={v} onClaim={x => claim(x, data, set)} />)}</ul>
    </section>
  );
}
