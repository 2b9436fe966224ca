// What people do with clips and each other: likes, saves, shares, follows, comments. At once on the screen, put back when the server
// refuses. Knows no screens.
import { signal } from '@preact/signals';
import { api, Refusal, type Clip, type Comment } from '../app/api';
import { go, place } from '../app/router';
import { signedIn } from '../app/session';
import { change } from '../feed/state';
import { tell } from '../feed/tell';
import { shareLink } from '../ui/share';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';

export { like } from '../feed/state';

export const commentsOf = signal<Clip | undefined>(undefined);      // whose comments are open

export const commentWanted = signal<string | undefined>(undefined);   // the one that they are opened for: it is shown first

// false: off to the sign-in.
export function mustSignIn(next = place.peek().path): boolean {
  if (signedIn.peek()) return true;
  go(`/sign-in?next=${encodeURIComponent(next)}`);
  return false;
}

export const refused = (problem: ConstructorParameters<typeof Refusal>[0]) => toast(say(new Refusal(problem)), { kind: 'bad' });

export async function save(clip: Clip, on = !clip.saved) {
  if (!mustSignIn(`/clip/${clip.id}`)) return;
  const set = (to: boolean) => change(clip.id, c => (c.saved === to ? c : { ...c, saved: to, saves: Math.max(0, c.saves + (to ? 1 : -1)) }));
  set(on);
  const r = await (on ? api.clipSave({ id: clip.id }) : api.clipUnsave({ id: clip.id }));
  if (r.ok) return;
  set(!on);
  refused(r.problem);
}

// The link has been given away: counted once a person and day by the server.
export async function countShare(clip: Clip) {
  tell('share', clip.id);
  const r = await api.clipShare({ id: clip.id });
  if (!r.ok) return;
  const fresh = await api.clipGet({ id: clip.id });
  if (fresh.ok) change(clip.id, c => ({ ...c, shares: fresh.value.shares }));
}

export async function share(clip: Clip) {
  await shareLink({ title: clip.shop.name, text: clip.caption.slice(0, 200), path: `/clip/${clip.id}` });
  await countShare(clip);
}

export async function personFollow(handle: string, on: boolean): Promise<boolean> {
  if (!mustSignIn()) return false;
  const r = await (on ? api.personFollow({ handle }) : api.personUnfollow({ handle }));
  if (!r.ok) refused(r.problem);
  return r.ok;
}

// The comment as it stands there now, or why it does not.
export async function commentPost(clip: Clip, body: string, reply_to?: string): Promise<Comment | Refusal> {
  const r = await api.commentPost({ id: clip.id }, { body, ...(reply_to ? { reply_to } : {}) });
  if (!r.ok) return new Refusal(r.problem);
  countComments(clip.id, 1);
  return r.value;
}

export function countComments(clip: string, by: number) {
  change(clip, c => ({ ...c, comments: Math.max(0, c.comments + by) }));
}
