// The invoice of an order, where there is one. Nothing is shown until the tax part of the market offers it.
import type { Order } from '../app/api';

export function InvoiceLink(_: { order: Order }) {
  return null;
}
