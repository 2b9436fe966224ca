"""Writes web/src/api: types, a client function a route, unions of refusals. Strict TypeScript without dependencies."""
import re

from .check import GENERAL
from .model import camel, lower_camel
from .write_openapi import seen_outside

HEAD = "Written by tools/gen; do not edit."
WIDTH = 130

CLIENT = '''
export type Result<T, S extends string> =
  | { ok: true; value: T; status: number; headers: Headers }
  | { ok: false; problem: Problem<S | GeneralSlug> };

export interface Options {
  signal?: AbortSignal;
  idempotencyKey?: string;             // a repeated key gets the first answer again
  headers?: Record<string, string>;
}

// What the app knows and the client asks for at each call. Assign to it once, at the start.
export const settings: {
  base: string;
  csrf: () => string | undefined;
  language: () => string | undefined;
  fetch: typeof fetch;
} = {
  base: '',
  csrf: () => undefined,
  language: () => undefined,
  fetch: (...args) => globalThis.fetch(...args),
};

type QueryValue = string | number | boolean | undefined;

// A path's address with its query; undefined values are left out.
export function address(path: string, query: Record<string, QueryValue> = {}): string {
  const parts = Object.entries(query)
    .flatMap(([name, v]) => v === undefined ? [] : [`${name}=${encodeURIComponent(String(v))}`]);
  return settings.base + path + (parts.length ? `?${parts.join('&')}` : '');
}

function failed<S extends string>(slug: GeneralSlug, status: number, detail: string): Result<never, S> {
  return { ok: false, problem: { type: `/problems/${slug}`, slug, title: detail, status, detail } };
}

async function call<T, S extends string>(
  method: string, url: string, body: unknown, options: Options = {},
): Promise<Result<T, S>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  const raw = body instanceof Blob || body instanceof ArrayBuffer;
  if (body !== undefined && !raw) headers['Content-Type'] = 'application/json';
  const language = settings.language();
  if (language) headers['Accept-Language'] = language;
  const csrf = method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? undefined : settings.csrf();
  if (csrf) headers['X-CSRF-Token'] = csrf;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  let answer: Response;
  let text: string;
  try {
    answer = await settings.fetch(url, {
      method, headers, credentials: 'same-origin', signal: options.signal ?? null,
      body: raw ? body : body === undefined ? null : JSON.stringify(body),
    });
    text = await answer.text();
  } catch (e) {
    if (options.signal?.aborted) return failed('aborted', 0, 'The call was given up');
    return failed('offline', 0, 'The server did not answer');
  }
  return read(answer, text);
}

function read<T, S extends string>(answer: Response, text: string): Result<T, S> {
  const { status, headers } = answer;
  const strange: GeneralSlug = status >= 502 ? 'busy' : 'internal';      // a proxy's page, say
  let json: unknown;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    return failed(strange, status, 'The answer could not be read');
  }
  if (answer.ok) return { ok: true, value: json as T, status, headers };
  if (typeof json !== 'object' || json === null || !('type' in json)) return failed(strange, status, answer.statusText);
  const problem = json as Omit<Problem<S | GeneralSlug>, 'slug'>;
  const slug = problem.type.slice(problem.type.lastIndexOf('/') + 1) as S | GeneralSlug;
  return { ok: false, problem: { ...problem, slug } };
}
'''


def ts_files(world):
    return {"types.ts": types_ts(world), "problems.ts": problems_ts(world), "client.ts": client_ts(world),
            "index.ts": f"// The generated client's one door. {HEAD}\nexport * from './types';\nexport * from './problems';\n"
                        "export * from './client';\n"}


def union(names):
    return " | ".join(f"'{n}'" for n in names) or "never"


def wrapped(start, names, end=";"):
    """`start 'a' | 'b';` over as many lines as it needs."""
    lines, line = [], start
    for i, piece in enumerate([f"'{n}'" for n in names] or ["never"]):
        part = (" " if i == 0 else " | ") + piece
        if len(line) + len(part) > WIDTH - 2:
            lines.append(line)
            line, part = " ", " | " + piece if i else " " + piece
        line += part
    return "\n".join(lines + [line]) + end


def ts_type(kind):
    if kind.name == "list":
        return f"{ts_type(kind.of)}[]"
    if kind.name in ("id", "enum", "object"):
        return kind.ref
    return {"int": "number", "real": "number", "bool": "boolean", "text": "string", "time": "Time", "currency": "Currency",
            "money": "Money"}[kind.name]


def comment(doc):
    return [f"// {doc}"] if doc else []


def types_ts(world):
    out = [f"// The types of the wire. {HEAD}", "", "export type Time = string;         // ISO 8601, UTC",
           "export type Currency = string;     // ISO 4217", "// Whole minor units.",
           "export interface Money { minor: number; currency: Currency }", ""]
    for name in sorted(n for n in world.ids if seen_outside(world, n)):
        out.append(f"export type {name} = string & {{ readonly __id?: '{name[:-2]}' }};")
    for e in sorted(world.enums.values(), key=lambda e: e.name):
        many = lower_camel(e.name[0].lower() + e.name[1:]) + "Values"
        out += [""] + comment(e.doc) + [wrapped(f"export type {e.name} =", e.values),
                                        f"export const {many}: readonly {e.name}[] = [",
                                        *[f"  '{v}'," for v in e.values], "];"]
    for s in sorted((s for s in world.structs.values() if s.api), key=lambda s: s.name):
        out += [""] + comment(s.doc) + [f"export interface {s.name} {{"]
        for m in s.members:
            null = " | null" if m.optional and s.is_input else ""
            out.append(f"  {m.name}{'?' if m.optional else ''}: {ts_type(m.kind)}{null};")
        out.append("}")
        out += limits(s) if s.is_input else []
    return "\n".join(out) + "\n"


def limits(s):
    """Ranges for forms, so that a field's limit is never typed twice: numbers, code points, minor units, counts."""
    rows = [(m.name, m.kind) for m in s.members if m.kind.name in ("int", "text", "money", "list")]
    if not rows:
        return []
    name = s.name[0].lower() + s.name[1:] + "Limits"
    return [f"export const {name} = {{", *[f"  {n}: {{ min: {k.low}, max: {k.high} }}," for n, k in rows], "} as const;"]


def problems_ts(world):
    out = [f"// Refusals (RFC 9457) and which of them a route gives. {HEAD}", "",
           "export interface Problem<S extends string = Slug> {", "  type: string;", "  slug: S;", "  title: string;",
           "  status: number;", "  detail?: string;", "  field?: string;            // such as lines[2].quantity",
           "  requestId?: string;", "}", "", "// Any call may end so; 'offline' and 'aborted' are the client's own.",
           wrapped("export type GeneralSlug =", ("offline", "aborted") + GENERAL), "",
           wrapped("export type Slug =", ["offline", "aborted"] + sorted(world.slugs)), ""]
    for r in sorted(world.routes, key=lambda r: r.handler):
        out.append(wrapped(f"export type {camel(r.handler)}Slug =", r.refusals))
    return "\n".join(out) + "\n"


def client_ts(world):
    routes = sorted(world.routes, key=lambda r: (r.feature, r.handler))
    names = sorted({n for r in routes for n in (r.body, r.answer) if n} |
                   {ts_type(m.kind) for r in routes for m in r.args() if m.kind.name in ("id", "enum", "time", "currency")})
    slugs = [camel(r.handler) + "Slug" for r in routes]
    out = [f"// A function a route. Refusals are values, not exceptions. {HEAD}",
           "import type {", *[f"  {n}," for n in names], "} from './types';",
           "import type {", *[f"  {n}," for n in sorted(["Problem", "GeneralSlug"] + slugs)], "} from './problems';",
           CLIENT.rstrip(), "", "export const api = {"]
    for r in routes:
        out += function(r)
    return "\n".join(out + ["};"]) + "\n"


def function(r):
    args = "; ".join(f"{m.name}{'?' if m.optional else ''}: {ts_type(m.kind)}" for m in r.args())
    optional = all(m.optional for m in r.args())
    body = r.body or ("Blob" if r.mode == "raw" and r.method in ("POST", "PATCH", "PUT") else "")
    late = optional and not body
    parts = ([f"args: {{ {args} }}" + (" = {}" if late else "")] if r.args() else []) + ([f"body: {body}"] if body else [])
    result = f"Promise<Result<{r.answer or 'undefined'}, {camel(r.handler)}Slug>>"
    head = f"  {lower_camel(r.handler)}({', '.join(parts + ['options?: Options'])}): {result} {{"
    path = re.sub(r"\{(\w+):[^}]*\}", r"${encodeURIComponent(args.\1)}", r.path)
    path = f"`{path}`" if "$" in path else f"'{path}'"
    query = ", ".join(f"{m.name}: args.{m.name}" for m in r.query_args)
    url = f"address({path}{', { ' + query + ' }' if query else ''})"
    doc = f"  // {r.method} {r.path}" + (f": {r.doc}" if r.doc else "")
    return [doc, head, f"    return call('{r.method}', {url}, {'body' if body else 'undefined'}, options);", "  },"]
