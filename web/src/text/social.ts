// The texts of comments, people, tags, sounds, the inbox and what was saved: tso('comments.title'). Loaded when first wanted.
import { useEffect, useState } from 'preact/hooks';
import { catalogue } from './index';
import type { socialEn } from './social.en';

export type SocialKey = keyof typeof socialEn;

const social = catalogue<Record<SocialKey, string>>({ en: () => import('./social.en'), id: () => import('./social.id') });
export const loadSocialText = social.load;
export const tso = social.text as (key: string, params?: Parameters<typeof social.text>[1]) => string;

// For a part of a screen of another chunk: false until the texts are here.
export function useSocialText(): boolean {
  const [ready, setReady] = useState(social.has('comments.title'));
  useEffect(() => { void social.load().then(() => setReady(true)); }, []);
  return ready;
}
