// Checkout.
export function CheckoutPage() {
  return null;
}
