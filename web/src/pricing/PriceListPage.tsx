// One price list: what each variant costs there, its own prices by channel, the rate, and removing the list.
import { useState } from 'preact/hooks';
import { Package, Pencil, Trash2 } from 'lucide-preact';
import { api, ask, Refusal, type PriceChannel, type PriceRow } from '../app/api';
import { forget, useData } from '../app/cache';
import { go } from '../app/router';
import { t } from '../text';
import { formatMoney } from '../text/numbers';
import { td } from '../text/promos';
import { Badge, Card, EmptyState, Failed, FormError, Page, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';
import { confirm } from '../ui/Confirm';
import { useForm } from '../ui/form';
import { Sheet } from '../ui/Sheet';
import { toast } from '../ui/Toast';
import { More, MoneyField, usePages, words } from '../studio/bits';
import { moneyText, parseMoney } from '../studio/money';
import { shopId } from '../studio/shop';
import { Name } from './Changes';
import { useNames } from './names';
import { listsKey, rate, RateSheet } from './PriceLists';
import { channelName, marketName } from './words';
import './promos.css';

const CHANNELS: PriceChannel[] = ['any', 'shop', 'clip', 'live', 'creator'];

export function PriceListPage({ params }: { params: Record<string, string> }) {
  const shop = shopId.value, market = decodeURIComponent(params['id']!), home = market === '*';
  const [editing, edit] = useState<PriceRow>();
  const [rating, setRating] = useState(false);
  const lists = useData(listsKey(shop), () => ask(api.priceLists({ shop })));
  const [currency, setCurrency] = useState('');
  const list = usePages(`studio/prices/${shop}/${market}`, async after => {
    const r = await api.priceRows({ shop, market, ...(after ? { after } : {}) });
    if (r.ok) setCurrency(r.value.currency);
    return r;
  });
  const names = useNames((list.items ?? []).map(r => r.product));
  const own = lists.data?.items.find(l => l.market === market);
  const money = currency || own?.currency || 'IDR';
  const remove = async () => {
    if (!await confirm({ title: td('lists.remove_title', { country: marketName(market) }), body: td('lists.remove_body'), action: td('lists.remove'), danger: true })) return;
    const r = await api.priceListDelete({ shop, market });
    if (!r.ok) return toast(words(new Refusal(r.problem)), { kind: 'bad' });
    forget(listsKey(shop));
    go('/studio/promotions?tab=lists', { replace: true });
  };
  return (
    <Page title={marketName(market)} wide backTo="/studio/promotions?tab=lists">
      {own && !home ? (
        <Card>
          <div class="spread plan-rate"><span class="num">{rate(own)}</span>
            <span class="line"><Button size="small" icon={<Pencil size={16} aria-hidden="true" />} onClick={() => setRating(true)}>{td('lists.edit')}</Button>
              <Button size="small" kind="danger" icon={<Trash2 size={16} aria-hidden="true" />} onClick={() => void remove()}>{td('lists.remove')}</Button></span></div>
        </Card>
      ) : <p class="muted small">{td('lists.home_note')}</p>}
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={8} />)
        : list.items.length === 0 ? <EmptyState icon={<Package size={36} />} title={td('lists.none')}>{td('lists.none_body')}</EmptyState>
        : (
          <Card>
            <Table<PriceRow> label={marketName(market)} rows={list.items} keyOf={r => r.variant} onRow={edit} columns={[
              { title: td('lists.product'), main: true, cell: r => <Name of={names(r.product, r.variant)} /> },
              { title: td('lists.derived'), end: true, cell: r => <span class="num nowrap">{formatMoney(r.derived)}</span> },
              { title: td('lists.change'), end: true, cell: r => <Button size="small" onClick={() => edit(r)}>{r.entries.length ? r.entries.map(e => `${e.channel === 'any' ? '' : `${channelName(e.channel)} `}${formatMoney(e.price)}`).join(', ') : td('lists.set')}</Button> },
              { title: td('lists.price'), end: true, cell: r => <><strong class="num nowrap">{formatMoney(r.price)}</strong>{r.kind === 'regular' ? null : <> <Badge tone="link">{td(`kind.${r.kind}`)}</Badge></>}</> },
            ]} />
          </Card>
        )}
      <More list={list} />
      {editing ? <Prices row={editing} name={names(editing.product, editing.variant).name} currency={money} market={market} onClose={() => edit(undefined)} onDone={list.reload} /> : null}
      {rating && own ? <RateSheet shop={shop} list={own} have={[]} onClose={() => setRating(false)} onDone={l => { lists.set(l); void list.reload(); }} /> : null}
    </Page>
  );
}

function Prices({ row, name, currency, market, onClose, onDone }: { row: PriceRow; name: string; currency: string; market: string; onClose: () => void; onDone: () => Promise<void> }) {
  const channels = CHANNELS.filter(c => market !== '*' || c !== 'any');
  const had = (c: PriceChannel) => row.entries.find(e => e.channel === c)?.price;
  const form = useForm<Record<PriceChannel, string>>({
    values: Object.fromEntries(CHANNELS.map(c => [c, had(c) ? moneyText(had(c)!.minor, currency) : ''])) as Record<PriceChannel, string>,
    check: v => Object.fromEntries(channels.filter(c => v[c].trim() && !parseMoney(v[c], currency)).map(c => [c, td('form.bad_money')])),
    fieldOf: () => undefined,
    send: async v => {
      const items = channels.filter(c => (parseMoney(v[c], currency) ?? 0) !== (had(c)?.minor ?? 0))
        .map(c => ({ variant: row.variant, channel: c, ...(v[c].trim() ? { price: { minor: parseMoney(v[c], currency)!, currency } } : {}) }));
      if (items.length > 0) await ask(api.priceRowsPut({ shop: shopId.value, market }, { items }));
      toast(t('ui.saved'), { kind: 'good' });
      onClose();
      await onDone();
    },
  });
  return (
    <Sheet title={td('lists.prices_of', { name })} onClose={onClose} foot={<Button kind="main" wide busy={form.busy} onClick={() => void form.submit()}>{t('ui.save')}</Button>}>
      <form class="stack" onSubmit={form.submit} noValidate>
        <FormError text={form.errors['']} />
        <p class="field-hint">{td('lists.prices_lead')}</p>
        {channels.map(c => <MoneyField key={c} label={channelName(c)} currency={currency} optional {...form.field(c)} />)}
        <button type="submit" class="hidden" tabIndex={-1} aria-hidden="true" />
      </form>
    </Sheet>
  );
}
