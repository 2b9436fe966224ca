// The payment's second step.
export function PayPage() {
  return null;
}
