// An order.
export function OrderPage() {
  return null;
}
