// Every variant of a product with SKU, price and stock: a table on a desktop, a list with a sheet for each on a phone.
import { useEffect, useState } from 'preact/hooks';
import { ChevronRight, Layers, PencilLine, TriangleAlert } from 'lucide-preact';
import { t } from '../text';
import { ts } from '../text/studio';
import { Badge } from '../ui/bits';
import { Button } from '../ui/Button';
import { Field, Select } from '../ui/Field';
import { Sheet } from '../ui/Sheet';
import { MoneyField } from './bits';
import { moneyText, parseMoney, sign } from './money';
import { StockSheet } from './StockSheet';
import { combinations, errorKey, keyOf, live, rowOf, skuOf, type Option, type Row, type RowErrors, type RowField, type Rows } from './variants';

const WIDE = '(min-width: 900px)';
const MANY = 1;                                   // from two variants on they can be filled in together

export function useWide(): boolean {
  const [wide, set] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const m = matchMedia(WIDE);
    const on = () => set(m.matches);
    m.addEventListener('change', on);
    return () => m.removeEventListener('change', on);
  }, []);
  return wide;
}

type Props = {
  options: Option[]; rows: Rows; change: (to: (rows: Rows) => Rows) => void; errors: RowErrors; clear: (key: string) => void;
  title: string; salt: string; currency: string; readOnly: boolean; onStock: (key: string, onHand: number, held: number) => void;
};

export function Matrix(p: Props) {
  const wide = useWide();
  const [opened, open] = useState<string>();
  const [stocked, stock] = useState<string>();
  const [filling, fill] = useState(false);
  const all = combinations(p.options);
  const put = (values: string[], more: Partial<Row>) => {
    const key = keyOf(values);
    for (const f of Object.keys(more)) p.clear(errorKey(key, f as RowField));
    p.change(rows => ({ ...rows, [key]: { ...rowOf(rows, values), ...more } }));
  };
  const single = live(p.options).length === 0;
  const shown = all.find(v => keyOf(v) === (opened ?? stocked));
  const row = shown ? rowOf(p.rows, shown) : undefined;
  return (
    <div class="stack">
      {all.length > MANY && !p.readOnly ? (
        <div class="spread"><span class="muted small">{ts('matrix.count', { n: all.filter(v => !rowOf(p.rows, v).off).length })}</span>
          <Button size="small" icon={<Layers size={18} aria-hidden="true" />} onClick={() => fill(true)}>{ts('matrix.fill')}</Button></div>
      ) : null}
      {single ? <Fields {...p} values={[]} put={more => put([], more)} onStock={() => stock('')} />
        : wide ? <Grid {...p} all={all} put={put} onStockOf={v => stock(keyOf(v))} />
        : <ul class="variants">{all.map(v => <Line key={keyOf(v)} {...p} values={v} onOpen={() => open(keyOf(v))} />)}</ul>}
      {opened !== undefined && shown ? (
        <Sheet title={shown.join(' · ')} onClose={() => open(undefined)} foot={<Button kind="main" wide onClick={() => open(undefined)}>{ts('matrix.done')}</Button>}>
          <Fields {...p} values={shown} put={more => put(shown, more)} onStock={() => stock(opened)} />
          {p.readOnly ? null : <label class="check"><input type="checkbox" checked={!row!.off} onChange={e => put(shown, { off: !e.currentTarget.checked })} /><span>{ts('matrix.offered')}<span class="field-hint">{ts('matrix.offered_hint')}</span></span></label>}
        </Sheet>
      ) : null}
      {stocked !== undefined && row?.id ? (
        <StockSheet variant={row.id} name={shown!.join(' · ') || p.title} level={{ on_hand: row.onHand, held: row.held }} readOnly={p.readOnly}
          onClose={() => stock(undefined)} onLevel={l => p.onStock(stocked, l.on_hand, l.held)} />
      ) : null}
      {filling ? <FillSheet {...p} onClose={() => fill(false)} /> : null}
    </div>
  );
}

type Of = Props & { values: string[] };

function Fields({ values, put, onStock, ...p }: Omit<Of, 'onStock'> & { put: (more: Partial<Row>) => void; onStock: () => void }) {
  const row = rowOf(p.rows, values), key = keyOf(values);
  const error = (f: RowField) => (p.errors[errorKey(key, f)] ? { error: p.errors[errorKey(key, f)]! } : {});
  return (
    <div class="stack">
      <div class="cols">
        <MoneyField label={ts('matrix.price')} name="price" currency={p.currency} value={row.price} onValue={price => put({ price })} {...error('price')} />
        <MoneyField label={ts('matrix.compare')} name="compare" currency={p.currency} optional hint={ts('matrix.compare_hint')} value={row.compare} onValue={compare => put({ compare })} {...error('compare')} />
      </div>
      <div class="cols">
        {row.id
          ? <div class="field"><span class="label">{ts('matrix.stock')}</span><Button onClick={onStock} icon={<PencilLine size={18} aria-hidden="true" />}>{ts('matrix.stock_of', { n: row.onHand })}</Button></div>
          : <Field label={ts('matrix.stock')} name="stock" inputMode="numeric" autocomplete="off" value={row.stock} onValue={stock => put({ stock })} placeholder="0" hint={ts('matrix.stock_hint')} {...error('stock')} />}
        <Field label={ts('matrix.sku')} name="sku" maxLength={64} autocomplete="off" spellcheck={false} autocapitalize="characters" hint={ts('matrix.sku_hint')}
          value={row.typed ? row.sku : skuOf(row, p.title, values, p.salt)} onValue={sku => put({ sku, typed: true })} {...error('sku')} />
      </div>
    </div>
  );
}

// One variant on a phone.
function Line({ values, onOpen, ...p }: Of & { onOpen: () => void }) {
  const row = rowOf(p.rows, values), key = keyOf(values);
  const wrong = (['sku', 'price', 'compare', 'stock'] as const).map(f => p.errors[errorKey(key, f)]).find(Boolean);
  const minor = parseMoney(row.price, p.currency);
  const stock = row.id ? row.onHand : Number(row.stock || 0);
  return (
    <li>
      <button type="button" class={`row variant-line${row.off ? ' variant-off' : ''}`} aria-invalid={wrong ? true : undefined} onClick={onOpen}>
        <span class="row-text"><span class="row-title">{values.join(' · ')}</span>
          {wrong ? <span class="field-error">{wrong}</span>
            : <span class="row-note num">{row.off ? ts('matrix.not_offered') : ts('matrix.line', { price: minor === undefined ? '–' : `${sign(p.currency)} ${moneyText(minor, p.currency)}`, n: stock })}</span>}</span>
        {wrong ? <TriangleAlert size={18} class="bad" aria-hidden="true" /> : !row.off && row.id && row.onHand - row.held <= 0 ? <Badge tone="warn">{t('product.sold_out')}</Badge> : null}
        <ChevronRight size={18} class="row-on flip" aria-hidden="true" />
      </button>
    </li>
  );
}

function Cell({ label, value, onValue, error, money, num, disabled }: {
  label: string; value: string; onValue: (v: string) => void; error?: string; money?: string; num?: boolean; disabled?: boolean;
}) {
  const fix = () => {
    const minor = money ? parseMoney(value, money) : undefined;
    if (money && minor !== undefined && moneyText(minor, money) !== value) onValue(moneyText(minor, money));
  };
  return (
    <>
      <input class={`input cell${money || num ? ' cell-num' : ''}`} aria-label={label} value={value} disabled={disabled} autocomplete="off" spellcheck={false}
        inputMode={money ? 'decimal' : num ? 'numeric' : undefined} aria-invalid={error ? true : undefined} onInput={e => onValue(e.currentTarget.value)} onBlur={fix} />
      {error ? <span class="field-error cell-error">{error}</span> : null}
    </>
  );
}

function Grid({ all, put, onStockOf, ...p }: Props & { all: string[][]; put: (values: string[], more: Partial<Row>) => void; onStockOf: (values: string[]) => void }) {
  return (
    <div class="table-box">
      <table class="table matrix" aria-label={ts('matrix.title')}>
        <thead><tr>
          <th scope="col"><span class="hidden">{ts('matrix.offered')}</span></th>
          <th scope="col">{live(p.options).map(o => o.name.trim() || '…').join(' · ')}</th>
          <th scope="col">{ts('matrix.sku')}</th>
          <th scope="col" class="end">{ts('matrix.price')} ({sign(p.currency)})</th><th scope="col" class="end">{ts('matrix.compare')}</th><th scope="col" class="end">{ts('matrix.stock')}</th>
        </tr></thead>
        <tbody>{all.map(values => {
          const key = keyOf(values), row = rowOf(p.rows, values), name = values.join(' · ');
          const e = (f: RowField) => p.errors[errorKey(key, f)];
          return (
            <tr key={key} class={row.off ? 'variant-off' : ''}>
              <td><label class="cell-check"><input type="checkbox" checked={!row.off} disabled={p.readOnly} aria-label={`${ts('matrix.offered')}: ${name}`} onChange={x => put(values, { off: !x.currentTarget.checked })} /></label></td>
              <th scope="row">{name}</th>
              <td><Cell label={`${ts('matrix.sku')}, ${name}`} value={row.typed ? row.sku : skuOf(row, p.title, values, p.salt)} onValue={sku => put(values, { sku, typed: true })} error={e('sku')} disabled={row.off || p.readOnly} /></td>
              <td><Cell label={`${ts('matrix.price')}, ${name}`} value={row.price} money={p.currency} onValue={price => put(values, { price })} error={e('price')} disabled={row.off || p.readOnly} /></td>
              <td><Cell label={`${ts('matrix.compare')}, ${name}`} value={row.compare} money={p.currency} onValue={compare => put(values, { compare })} error={e('compare')} disabled={row.off || p.readOnly} /></td>
              <td>{row.id
                ? <Button size="small" class="cell-stock num" aria-label={`${ts('matrix.stock')}, ${name}: ${row.onHand}${row.held ? ` (${ts('matrix.held', { n: row.held })})` : ''}`} icon={<PencilLine size={16} aria-hidden="true" />} onClick={() => onStockOf(values)}>{row.onHand}{row.held ? <span class="muted"> ({ts('matrix.held', { n: row.held })})</span> : null}</Button>
                : <Cell label={`${ts('matrix.stock')}, ${name}`} num value={row.stock} onValue={stock => put(values, { stock })} error={e('stock')} disabled={row.off || p.readOnly} />}</td>
            </tr>
          );
        })}</tbody>
      </table>
    </div>
  );
}

// The same price or stock for many at once: all, or those with one value.
function FillSheet({ onClose, ...p }: Props & { onClose: () => void }) {
  const [which, setWhich] = useState('');
  const [price, setPrice] = useState('');
  const [compare, setCompare] = useState('');
  const [stock, setStock] = useState('');
  const fits = combinations(p.options).filter(v => which === '' || v[Number(which.split('/')[0])] === which.slice(which.indexOf('/') + 1));
  const old = fits.filter(v => rowOf(p.rows, v).id).length;
  const wrong = { price: price.trim() && parseMoney(price, p.currency) === undefined, compare: compare.trim() && compare.trim() !== '0' && parseMoney(compare, p.currency) === undefined, stock: !/^\d{0,7}$/.test(stock.trim()) };
  const apply = (e: Event) => {
    e.preventDefault();
    if (wrong.price || wrong.compare || wrong.stock) return;
    p.change(rows => {
      const out = { ...rows };
      for (const v of fits) {
        const row = rowOf(rows, v);
        out[keyOf(v)] = { ...row, ...(price.trim() ? { price } : {}), ...(compare.trim() ? { compare: compare.trim() === '0' ? '' : compare } : {}), ...(stock.trim() && !row.id ? { stock: stock.trim() } : {}) };
      }
      return out;
    });
    for (const v of fits) for (const f of ['price', 'compare', 'stock'] as const) p.clear(errorKey(keyOf(v), f));
    onClose();
  };
  return (
    <Sheet title={ts('matrix.fill_title')} onClose={onClose}>
      <form class="stack" onSubmit={apply} noValidate>
        <Select label={ts('matrix.which')} name="which" value={which} onValue={setWhich} options={[{ value: '', label: ts('matrix.all', { n: combinations(p.options).length }) },
          ...live(p.options).flatMap((o, i) => o.values.map(v => ({ value: `${i}/${v}`, label: `${o.name.trim() || ts('options.nth', { n: i + 1 })}: ${v}` })))]} />
        <MoneyField label={ts('matrix.price')} name="fill-price" optional currency={p.currency} value={price} onValue={setPrice} {...(wrong.price ? { error: ts('money.bad') } : {})} />
        <MoneyField label={ts('matrix.compare')} name="fill-compare" optional currency={p.currency} value={compare} onValue={setCompare} hint={ts('matrix.compare_none')} {...(wrong.compare ? { error: ts('money.bad') } : {})} />
        <Field label={ts('matrix.stock')} name="fill-stock" optional inputMode="numeric" value={stock} onValue={setStock} {...(old ? { hint: ts('matrix.fill_new_only') } : {})} {...(wrong.stock ? { error: ts('stock.bad') } : {})} />
        <Button kind="main" type="submit" wide>{ts('matrix.apply', { n: fits.length })}</Button>
      </form>
    </Sheet>
  );
}
