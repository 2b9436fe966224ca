// The place of the comments' sheet in the shell; the sheet itself comes when it is first opened.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Clip } from '../app/api';
import { commentsOf } from './state';

export function CommentsHost() {
  const [Inside, setInside] = useState<ComponentType<{ clip: Clip }>>();
  const clip = commentsOf.value;
  useEffect(() => { if (clip && !Inside) void import('./Comments').then(m => setInside(() => m.default)); }, [clip]);
  return clip && Inside ? <Inside key={clip.id} clip={clip} /> : null;
}
