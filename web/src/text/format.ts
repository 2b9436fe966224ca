// A message with {name}, {n, plural, one {…} other {…}} and {x, select, a {…} other {…}} becomes text. Knows no catalogue.
export type Params = Record<string, string | number>;

type Part = string | { name: string; kind: '' | 'plural' | 'select'; cases: Record<string, Part[]> };

const parsed = new Map<string, Part[]>();
const rules = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

export function format(message: string, locale: string, params: Params = {}): string {
  let parts = parsed.get(message);
  if (!parts) {
    parts = parse(message, { at: 0 });
    parsed.set(message, parts);
  }
  return write(parts, locale, params, undefined);
}

function write(parts: Part[], locale: string, params: Params, hash: number | undefined): string {
  let out = '';
  for (const part of parts) {
    if (typeof part === 'string') {
      out += hash === undefined ? part : part.replaceAll('#', number(hash, locale));
      continue;
    }
    const value = params[part.name] ?? '';
    if (part.kind === '') {
      out += typeof value === 'number' ? number(value, locale) : value;
    } else if (part.kind === 'select') {
      out += write(part.cases[String(value)] ?? part.cases['other'] ?? [], locale, params, hash);
    } else {
      const n = Number(value);
      const chosen = part.cases[`=${n}`] ?? part.cases[plural(n, locale)] ?? part.cases['other'] ?? [];
      out += write(chosen, locale, params, n);
    }
  }
  return out;
}

function number(n: number, locale: string): string {
  let f = numbers.get(locale);
  if (!f) numbers.set(locale, (f = new Intl.NumberFormat(locale)));
  return f.format(n);
}

function plural(n: number, locale: string): string {
  let r = rules.get(locale);
  if (!r) rules.set(locale, (r = new Intl.PluralRules(locale)));
  return r.select(n);
}

// Reads up to the closing brace of the case that it stands in, or to the end.
function parse(s: string, at: { at: number }): Part[] {
  const parts: Part[] = [];
  let text = '';
  while (at.at < s.length && s[at.at] !== '}') {
    if (s[at.at] !== '{') {
      text += s[at.at++];
      continue;
    }
    if (text) parts.push(text);
    text = '';
    at.at++;
    parts.push(placeholder(s, at));
  }
  if (text) parts.push(text);
  return parts;
}

function placeholder(s: string, at: { at: number }): Part {
  const head = /^\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?\s*/.exec(s.slice(at.at));
  if (!head) throw new Error(`message: a placeholder is not well made: ${s}`);
  at.at += head[0].length;
  const cases: Record<string, Part[]> = {};
  while (s[at.at] !== '}') {
    const label = /^\s*([=\w]+)\s*\{/.exec(s.slice(at.at));
    if (!label) throw new Error(`message: a case is not well made: ${s}`);
    at.at += label[0].length;
    cases[label[1]!] = parse(s, at);
    at.at++;                                               // the case's closing brace
    while (s[at.at] === ' ' || s[at.at] === '\n') at.at++;
  }
  at.at++;
  return { name: head[1]!, kind: (head[2] ?? '') as '' | 'plural' | 'select', cases };
}
