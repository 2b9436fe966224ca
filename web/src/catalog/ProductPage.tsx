// A product's page.
export function ProductPage() {
  return null;
}
