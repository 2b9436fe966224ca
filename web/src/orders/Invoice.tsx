// The invoice of an order and its credit notes, where there are any: to look at, and as PDF.
import { FileText } from 'lucide-preact';
import { api, ask, type Order } from '../app/api';
import { useData } from '../app/cache';
import { to } from '../text/orders';
import { Card, List } from '../ui/bits';

// One is issued when the first parcel goes out; before that nobody is asked.
export function InvoiceLink({ order: o }: { order: Order }) {
  return o.shipments.length === 0 ? null : <Papers order={o} />;
}

function Papers({ order: o }: { order: Order }) {
  const { data } = useData(`invoice/${o.id}/${o.refunds.length}`, () => ask(api.orderInvoice({ order: o.id })), Infinity);
  if (!data) return null;
  const papers = [{ id: data.id, number: data.number, text: to('invoice.title') }, ...data.credit_notes.map(c => ({ id: c.id, number: c.number, text: to('invoice.credit_note') }))];
  return (
    <Card title={to('invoice.papers')} pad={false} class="papers">
      <List>{papers.map(p => (
        <li class="row-item invoice-row" key={p.id}>
          <a class="row" href={`/v1/invoices/${p.id}.html`} target="_blank" rel="noopener"><span class="row-start"><FileText size={20} aria-hidden="true" /></span><span class="row-text"><span class="row-title">{p.text}</span><span class="row-note num">{p.number}</span></span></a>
          <a class="invoice-pdf" href={`/v1/invoices/${p.id}.pdf`} target="_blank" rel="noopener" aria-label={to('invoice.pdf', { number: p.number })}>PDF</a>
        </li>))}
      </List>
    </Card>
  );
}
