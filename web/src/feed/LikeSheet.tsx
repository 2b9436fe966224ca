// A like by somebody who is not signed in: asks to sign in, then gives the like.
import { account } from '../app/session';
import { Sheet } from '../ui/Sheet';
import { Heart } from 'lucide-preact';
import { t } from '../text';
import { SignInForm } from '../accounts/SignInForm';
import { afterSignIn, likeAsked, rememberLike } from './state';
import { toast } from '../ui/Toast';

export function LikeSheet() {
  const clip = likeAsked.value;
  if (!clip) return null;
  return (
    <Sheet title={t('like.title')} onClose={() => { likeAsked.value = undefined; }}>
      <div class="stack">
        <p class="like-lead"><Heart size={20} aria-hidden="true" /> {t('like.body')}</p>
        <SignInForm onDone={async () => {
          rememberLike();
          await afterSignIn();
          toast(t('in.done', { name: account.value?.name ?? '' }), { kind: 'good' });
        }} />
      </div>
    </Sheet>
  );
}
