// A shop's invoices and credit notes, newest first, and the table for its books.
import { useState } from 'preact/hooks';
import { Download, FileText } from 'lucide-preact';
import { api, type InvoiceCard } from '../app/api';
import { countryName } from '../accounts/AddressForm';
import { locale } from '../text';
import { fullDay, formatMoney } from '../text/numbers';
import { tx, useTaxText } from '../text/tax';
import { Badge, Card, EmptyState, Failed, Page, Skeleton, Table } from '../ui/bits';
import { Button } from '../ui/Button';
import { Select } from '../ui/Field';
import { More, usePages } from '../studio/bits';
import { shopId } from '../studio/shop';
import './tax.css';

const MONTHS = 13;

export function InvoicesPage() {
  const ready = useTaxText();
  const shop = shopId.value;
  const list = usePages(`studio/invoices/${shop}`, before => api.invoiceList({ shop, ...(before ? { before } : {}), limit: 20 }));
  const columns = [
    { title: tx('invoices.number'), main: true, cell: (i: InvoiceCard) => (
      <span class="invoice-number"><a href={`/v1/invoices/${i.id}.html`} target="_blank" rel="noopener" aria-label={tx('invoices.open', { number: i.number })}>{i.number}</a>
        {i.kind === 'credit_note' ? <Badge tone="warn">{tx('invoices.credit_note')}</Badge> : null}</span>) },
    { title: tx('invoices.day'), cell: (i: InvoiceCard) => fullDay(i.issued) },
    { title: tx('invoices.order'), cell: (i: InvoiceCard) => <a class="order-number" href={`/studio/orders/${i.order}`}>{i.order_number}</a> },
    { title: tx('invoices.country'), cell: (i: InvoiceCard) => countryName(i.country) },
    { title: tx('invoices.tax'), end: true, cell: (i: InvoiceCard) => <span class="num">{amount(i, i.tax)}</span> },
    { title: tx('invoices.total'), end: true, cell: (i: InvoiceCard) => <span class="num">{amount(i, i.total)}</span> },
    { title: 'PDF', end: true, cell: (i: InvoiceCard) => <a class="icon-btn" href={`/v1/invoices/${i.id}.pdf`} target="_blank" rel="noopener" aria-label={tx('invoices.pdf', { number: i.number })}><FileText size={20} aria-hidden="true" /></a> },
  ];
  return (
    <Page title={tx('invoices.title')} backTo="/studio/settings" wide>
      {!ready || !list.items ? (list.problem ? <Failed problem={list.problem} retry={list.reload} /> : <Skeleton kind="rows" lines={6} />)
        : list.items.length === 0 ? <EmptyState icon={<FileText size={36} />} title={tx('invoices.empty')}>{tx('invoices.empty_body')}</EmptyState>
        : <div class="stack"><Book shop={shop} /><Card><Table label={tx('invoices.title')} rows={list.items} keyOf={i => i.id} columns={columns} /></Card></div>}
      <More list={list} />
    </Page>
  );
}

const amount = (i: InvoiceCard, m: InvoiceCard['total']) => formatMoney(i.kind === 'credit_note' ? { ...m, minor: -m.minor } : m);

// The last months, as the first day of each and of the next.
function months(): { value: string; label: string; until: string }[] {
  const now = new Date();
  const name = new Intl.DateTimeFormat(locale.value, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return Array.from({ length: MONTHS }, (_, n) => {
    const from = new Date(Date.UTC(now.getFullYear(), now.getMonth() - n, 1)), until = new Date(Date.UTC(now.getFullYear(), now.getMonth() - n + 1, 1));
    return { value: from.toISOString().slice(0, 10), label: name.format(from), until: until.toISOString().slice(0, 10) };
  });
}

function Book({ shop }: { shop: string }) {
  const all = months();
  const [month, setMonth] = useState(all[0]!.value);
  const until = all.find(m => m.value === month)?.until ?? '';
  return (
    <Card title={tx('invoices.book')}>
      <p class="muted small">{tx('invoices.book_note')}</p>
      <div class="book">
        <Select label={tx('invoices.month')} name="month" value={month} onValue={setMonth} options={all.map(({ value, label }) => ({ value, label }))} />
        <Button href={`/v1/studio/shops/${shop}/invoices.csv?from=${month}&until=${until}`} icon={<Download size={18} aria-hidden="true" />} {...{ download: true }}>{tx('invoices.download')}</Button>
      </div>
    </Card>
  );
}
