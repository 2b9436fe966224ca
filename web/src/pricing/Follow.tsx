// Following a shop: at once, and put back when the server refuses.
import { useState } from 'preact/hooks';
import { Check, Plus } from 'lucide-preact';
import { api, Refusal, type Shop } from '../app/api';
import { forget } from '../app/cache';
import { go, place } from '../app/router';
import { signedIn } from '../app/session';
import { compact } from '../text/numbers';
import { tp, usePricingText } from '../text/pricing';
import { Button } from '../ui/Button';
import { say } from '../ui/form';
import { toast } from '../ui/Toast';
import './pricing.css';

export function Follow({ shop: s, onChange }: { shop: Shop; onChange: (s: Shop) => void }) {
  const ready = usePricingText();
  const [busy, setBusy] = useState(false);
  const on = s.following === true;
  const toggle = async () => {
    if (!signedIn.value) return go(`/sign-in?next=${encodeURIComponent(place.value.path)}`);
    if (busy) return;
    setBusy(true);
    onChange({ ...s, following: !on, followers: Math.max(0, s.followers + (on ? -1 : 1)) });
    const r = on ? await api.shopUnfollow({ id: s.id }) : await api.shopFollow({ id: s.id });
    setBusy(false);
    if (r.ok) return forget(`vouchers/${s.id}`);
    onChange(s);
    toast(say(new Refusal(r.problem)), { kind: 'bad' });
  };
  if (!ready) return null;
  return (
    <div class="shop-follow">
      <Button size="small" kind={on ? 'plain' : 'main'} aria-pressed={on} icon={on ? <Check size={18} aria-hidden="true" /> : <Plus size={18} aria-hidden="true" />}
        onClick={() => void toggle()}>{tp(on ? 'follow.following' : 'follow.follow')}</Button>
      <span class="muted small num">{tp('follow.count', { n: s.followers, count: compact(s.followers) })}</span>
    </div>
  );
}
