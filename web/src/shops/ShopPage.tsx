// A shop's page.
export function ShopPage() {
  return null;
}
