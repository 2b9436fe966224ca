// Asks to sign in before a like.
export function LikeSheet() {
  return null;
}
