// A text with its #hashtags and @mentions as links. What counts as one is said in base/marks.h.
import type { ComponentChildren } from 'preact';

const MARK = /(^|[^\p{L}\p{N}\p{M}_])(?:#([\p{L}\p{M}\p{N}_]{1,60})(?![\p{L}\p{M}\p{N}_])|@([A-Za-z0-9._-]*[A-Za-z0-9_]))/gu;
const MARKS_MAX = 30;

export function Marked({ text }: { text: string }) {
  const parts: ComponentChildren[] = [];
  let from = 0, n = 0;
  for (const m of text.matchAll(MARK)) {
    const name = m[2] ?? m[3]!;
    if (n++ >= MARKS_MAX || (m[2] && /^\p{N}+$/u.test(name)) || name.length > 60) continue;
    const start = m.index! + m[1]!.length;
    parts.push(text.slice(from, start));
    parts.push(m[2]
      ? <a key={start} class="mark" href={`/tag/${encodeURIComponent(name.toLowerCase())}`}><bdi>#{name}</bdi></a>
      : <a key={start} class="mark" href={`/@${encodeURIComponent(name.toLowerCase())}`}><bdi>@{name}</bdi></a>);
    from = start + 1 + name.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}
