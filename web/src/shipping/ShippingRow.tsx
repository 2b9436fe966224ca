// The way from the shop's settings to its shipping.
import { Truck } from 'lucide-preact';
import { loadShippingText, tz } from '../text/shipping';
import { Card, List, Row } from '../ui/bits';

void loadShippingText();

export function ShippingRow() {
  return <Card pad={false}><List><Row start={<Truck size={22} />} title={tz('title')} note={tz('row_note')} href="/studio/shipping" /></List></Card>;
}
