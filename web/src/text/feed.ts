// The texts of the feed's menus and settings: tf('dial.none'). Loaded with the first screen that needs them.
import { useEffect, useState } from 'preact/hooks';
import { catalogue } from './index';
import type { feedEn } from './feed.en';

export type FeedKey = keyof typeof feedEn;

const feed = catalogue<Record<FeedKey, string>>({ en: () => import('./feed.en'), id: () => import('./feed.id') });
export const loadFeedText = feed.load;
export const tf = feed.text as (key: string, params?: Parameters<typeof feed.text>[1]) => string;

// For a part of a screen of another chunk: false until the texts are here.
export function useFeedText(): boolean {
  const [ready, setReady] = useState(feed.has('menu.title'));
  useEffect(() => { void feed.load().then(() => setReady(true)); }, []);
  return ready;
}
