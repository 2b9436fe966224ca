// The cart.
export function CartPage() {
  return null;
}
