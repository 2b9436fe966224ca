// Orders.
export function OrdersPage() {
  return null;
}
