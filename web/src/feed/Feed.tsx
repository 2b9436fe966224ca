// The feed.
export function Feed() {
  return null;
}
