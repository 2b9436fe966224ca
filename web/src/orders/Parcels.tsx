// The parcels of an order: who carries each, its number, and what is in it when there are several.
import { Copy, Truck } from 'lucide-preact';
import type { Order } from '../app/api';
import { t } from '../text';
import { moment } from '../text/numbers';
import { to } from '../text/orders';
import { IconButton } from '../ui/Button';
import { copyText } from '../ui/share';
import { toast } from '../ui/Toast';

export function Parcels({ order: o }: { order: Order }) {
  if (o.shipments.length === 0) return null;
  const parts = o.shipments.length > 1 || o.state === 'partly_shipped';
  const title = (line: string) => o.lines.filter(l => l.id === line).map(l => (l.options ? `${l.title}, ${l.options}` : l.title)).join('');
  return (
    <ul class="parcels">
      {o.shipments.map((s, i) => (
        <li class="parcel" key={s.id}>
          <Truck size={20} aria-hidden="true" />
          <div>
            <span class="muted small">{parts ? `${to('parcel.nth', { n: i + 1 })} · ` : ''}{s.carrier} · {moment(s.at)}</span>
            <strong class="num"><bdi>{s.tracking}</bdi></strong>
            {parts ? s.lines.map(l => <span class="small clamp2" key={l.line}>{l.quantity} × {title(l.line)}</span>) : null}
          </div>
          <IconButton label={`${t('ui.copy')}: ${s.tracking}`} onClick={() => { void copyText(s.tracking).then(() => toast(t('ui.copied'), { kind: 'good' })); }}><Copy size={18} /></IconButton>
        </li>
      ))}
    </ul>
  );
}
