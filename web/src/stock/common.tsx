// What the screens of stock share: names, numbers, warehouses, when texts are there.
import { api, ask, type StockPool, type StockReason, type StockRow, type Warehouse } from '../app/api';
import { useData } from '../app/cache';
import { hasStockText, loadStockText, tk } from '../text/stock';
import { locale } from '../text';
import { Badge, Page, Skeleton } from '../ui/bits';

void loadStockText();

// The studio's chunk does not wait for these texts: a screen shows bones until they have come.
export const ready = () => hasStockText('title');
export const Bones = ({ title }: { title: string }) => <Page title={title} wide backTo="/studio"><Skeleton kind="rows" lines={6} /></Page>;

export const count = (n: number) => new Intl.NumberFormat(locale.value).format(n);

type Named = { name: string; options: string; sku: string };
export const nameOf = (x: Named) => (x.options ? `${x.name} · ${x.options}` : x.name || x.sku);

export const useWarehouses = (shop: string) => useData(`studio/stock/places/${shop}`, () => ask(api.warehouseList({ shop })), 60_000);
export const placeName = (w: { name: string }) => w.name || tk('places.first');
export const placeOf = (all: Warehouse[] | undefined, id: string) => {
  const w = all?.find(x => x.id === id);
  return w ? placeName(w) : '';
};

export const reasonText = (r: StockReason) => tk(`reason.${r}`);
export const poolText = (p: StockPool) => tk(`aside.${p === 'shop' ? 'kept' : p}`);

export function AlertBadge({ row }: { row: Pick<StockRow, 'alert' | 'bundle' | 'free'> }) {
  if (row.alert === 'out' || (row.bundle && row.free === 0)) return <Badge tone="bad">{tk('alert.out')}</Badge>;
  return row.alert === 'low' ? <Badge tone="warn">{tk('alert.low')}</Badge> : null;
}

export const whole = (text: string): number | undefined => (/^\d{1,7}$/.test(text.trim()) ? Number(text) : undefined);

// The first moment of a day that was chosen in a field, and of the day after it, by this device's clock.
export const dayStart = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
export function dayEnd(day: string): string {
  const d = new Date(`${day}T00:00:00`);
  d.setDate(d.getDate() + 1);
  return d.toISOString();
}
