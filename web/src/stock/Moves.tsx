// What has moved, when, why and by whom; narrowed down, and as a file.
import { useState } from 'preact/hooks';
import { Download, History, ListFilter } from 'lucide-preact';
import { stockReasonValues } from '../api';
import { api, type StockMovement, type StockReason } from '../app/api';
import { moment } from '../text/numbers';
import { tk } from '../text/stock';
import { EmptyState, Failed, Skeleton } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { More, usePages } from '../studio/bits';
import { count, dayEnd, dayStart, nameOf, placeName, placeOf, reasonText, useWarehouses } from './common';

type Wanted = { reason: StockReason | ''; place: string; from: string; to: string };
const NOTHING: Wanted = { reason: '', place: '', from: '', to: '' };

const asked = (w: Wanted) => ({
  ...(w.reason ? { reason: w.reason } : {}), ...(w.place ? { warehouse: w.place } : {}),
  ...(w.from ? { from: dayStart(w.from) } : {}), ...(w.to ? { to: dayEnd(w.to) } : {}),
});

export function Moves({ shop, variant, stamp = 0 }: { shop: string; variant?: string; stamp?: number }) {
  const [wanted, want] = useState(NOTHING);
  const [open, setOpen] = useState(false);
  const places = useWarehouses(shop).data?.items;
  const key = `studio/stock/moves/${variant ?? shop}/${stamp}/${JSON.stringify(wanted)}`;
  const list = usePages(key, before => (variant ? api.stockMovements({ id: variant, before, ...asked(wanted) }) : api.stockLedger({ shop, before, ...asked(wanted) })));
  const narrowed = JSON.stringify(wanted) !== JSON.stringify(NOTHING);
  const query = new URLSearchParams({ ...(variant ? { variant } : {}), ...asked(wanted) }).toString();
  return (
    <div class="stack-2">
      <div class="spread stock-tools">
        <Button size="small" aria-expanded={open} icon={<ListFilter size={18} aria-hidden="true" />} onClick={() => setOpen(!open)}>{tk('moves.filter')}</Button>
        <a class="btn btn-quiet btn-small" href={`/v1/shops/${shop}/stock/movements.csv${query ? `?${query}` : ''}`} download><Download size={18} aria-hidden="true" /><span class="btn-text">{tk('csv.moves')}</span></a>
      </div>
      {open ? (
        <div class="stock-filter">
          <Select label={tk('moves.reason')} name="reason" value={wanted.reason} onValue={v => want({ ...wanted, reason: v as StockReason | '' })}
            options={[{ value: '', label: tk('moves.any') }, ...stockReasonValues.map(value => ({ value, label: reasonText(value) }))]} />
          {places && places.length > 1 ? (
            <Select label={tk('moves.place')} name="place" value={wanted.place} onValue={v => want({ ...wanted, place: v })}
              options={[{ value: '', label: tk('moves.anywhere') }, ...places.map(w => ({ value: w.id, label: placeName(w) }))]} />
          ) : null}
          <Field label={tk('moves.from')} name="from" type="date" value={wanted.from} onValue={v => want({ ...wanted, from: v })} />
          <Field label={tk('moves.to')} name="to" type="date" value={wanted.to} onValue={v => want({ ...wanted, to: v })} />
        </div>
      ) : null}
      {!list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton lines={4} />)
        : list.items.length === 0 ? <EmptyState icon={<History size={32} />} title={tk(narrowed ? 'moves.none_found' : 'moves.none')}>{narrowed ? null : tk('moves.none_body')}</EmptyState>
        : <ul class="moves stock-moves">{list.items.map(m => <Move key={m.id} move={m} named={!variant} place={places && places.length > 1 ? placeOf(places, m.warehouse) : ''} />)}</ul>}
      <More list={list} />
    </div>
  );
}

function Move({ move: m, named, place }: { move: StockMovement; named: boolean; place: string }) {
  const aside = m.on_hand_delta === 0;
  const why = [m.note, m.bundle_name ? tk('moves.in_bundle', { name: m.bundle_name }) : '', place, m.who ? tk('moves.by', { name: m.who }) : ''].filter(Boolean).join(' · ');
  return (
    <li>
      <span class="row-text">
        {named ? <a class="stock-move-what clamp2" href={`/studio/stock/${m.variant}`}>{nameOf(m)}</a> : null}
        <strong>{reasonText(m.reason)}</strong>
        {why ? <span class="small muted">{why}</span> : null}
        <time class="small muted" dateTime={m.at}>{moment(m.at)}</time>
      </span>
      {aside ? <b class="num muted nowrap">{m.allocated_delta > 0 ? tk('moves.aside', { n: m.allocated_delta }) : tk('moves.free', { n: -m.allocated_delta })}</b>
        : <b class={`num nowrap ${m.on_hand_delta < 0 ? 'minus' : 'plus'}`}>{m.on_hand_delta > 0 ? `+${count(m.on_hand_delta)}` : `−${count(-m.on_hand_delta)}`}</b>}
    </li>
  );
}
