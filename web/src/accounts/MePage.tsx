// The account.
export function MePage() {
  return null;
}
