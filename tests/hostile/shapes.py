"""Bodies as they must not be: from the schemas of GET /v1/openapi.json, each field of each body in every wrong way."""
import copy
import json

RAW = "@@RAW@@"              # stands for bytes that no JSON writer would write
INT64 = 2 ** 63


class Spec:
    def __init__(self, document):
        self.schemas, self.paths = document["components"]["schemas"], document["paths"]

    def flat(self, s):
        """The schema behind references, and whether null may stand in its place."""
        null = False
        for _ in range(8):
            if "anyOf" in s:
                null = null or any(x.get("type") == "null" for x in s["anyOf"])
                s = next(x for x in s["anyOf"] if x.get("type") != "null")
            elif "$ref" in s:
                over = s.get("properties", {})
                s = copy.deepcopy(self.schemas[s["$ref"].rsplit("/", 1)[1]])
                for k, v in over.items():
                    s["properties"][k].update(v)
            elif isinstance(s.get("type"), list):
                null = null or "null" in s["type"]
                s = {**s, "type": next(t for t in s["type"] if t != "null")}
            else:
                break
        return s, null

    def sample(self, s):
        """A value that the schema allows."""
        s, _ = self.flat(s)
        if "enum" in s:
            return s["enum"][0]
        kind = s["type"]
        if kind == "object":
            return {k: self.sample(v) for k, v in s["properties"].items()}
        if kind == "array":
            return [self.sample(s["items"])][: s.get("maxItems", 1)]
        if kind == "string":
            if "pattern" in s or s.get("format") in ("id", "date-time"):
                return text_of(s)
            return "x" * max(s.get("minLength", 1), 1)
        if kind == "integer":
            return max(s.get("minimum", 0), 0)
        return True if kind == "boolean" else 1.0

    def writes(self):
        """(method, path, body schema) of every route with a JSON body."""
        for path, operations in self.paths.items():
            for method, o in operations.items():
                content = o.get("requestBody", {}).get("content", {}) if isinstance(o, dict) else {}
                if "application/json" in content:
                    yield method.upper(), path, content["application/json"]["schema"]

    def broken(self, schema, at=""):
        """(what was done, the field's whole path, the value in its place)."""
        s, null = self.flat(schema)
        kind = "enum" if "enum" in s else s["type"]
        for wrong in WRONG[kind]:
            yield f"{wrong!r}", at, wrong
        if not null and at:
            yield "null", at, None
        if kind == "enum":
            yield "not in the list", at, "no-such-name"
        elif kind == "integer":
            for v in (s.get("minimum", -INT64) - 1, s.get("maximum", INT64 - 1) + 1, INT64, -INT64 - 1, 10 ** 40):
                yield f"{v}", at, v
        elif kind == "string":
            yield from broken_text(s, at)
        elif kind == "array":
            yield "too many", at, [self.sample(s["items"])] * (s["maxItems"] + 1)
            for what, path, v in self.broken(s["items"], at + "[0]"):
                yield what, path, [v]
        elif kind == "object":
            yield from self.broken_object(s, at)

    def broken_object(self, s, at):
        whole = self.sample(s)
        yield "an unknown field", join(at, "no_such_field"), {**whole, "no_such_field": 1}
        for k, sub in s["properties"].items():
            path = join(at, k)
            if k in s.get("required", []):
                yield "missing", path, {n: v for n, v in whole.items() if n != k}
            for what, deeper, v in self.broken(sub, path):
                yield what, deeper, {**whole, k: v}


def join(at, name):
    return f"{at}.{name}" if at else name


def broken_text(s, at):
    least, most = s.get("minLength", 0), s.get("maxLength")
    if least > 0:
        yield "empty", at, ""
    if least > 1:
        yield "too short", at, "x" * (least - 1)
    if most:
        yield "too long", at, "x" * (most + 1)
    if most and most > 5:
        for what in BYTES:
            yield what, at, RAW + what
    if s.get("pattern") or s.get("format"):
        for v in ("", "0", "-1", "01", "1 ", "0x10", "9" * 30, "1e3", "\u0661"):
            yield f"{v!r}", at, v


def text_of(s):
    return "2026-01-31T12:34:56Z" if s.get("format") == "date-time" else "IDR" if "[A-Z]" in s.get("pattern", "") else "1"


WRONG = {
    "string": (5, 1.5, True, [], {}, ["x"]),
    "enum": (0, 1, True, [], {}, ""),
    "integer": ("1", 1.5, True, [], {}, "", 1e300, -0.5),
    "number": ("1", True, [], {}),
    "boolean": ("true", 1, 0, [], {}),
    "array": ({}, "x", 1, True),
    "object": ([], "x", 1, True, [{}]),
}
# Inside a JSON text: what makes it no text, or one that may not be stored.
BYTES = {
    "a bad byte": b"aa\xffaa", "a cut code point": b"aaaa\xe2\x82", "an overlong slash": b"aa\xc0\xafaa",
    "a surrogate in UTF-8": b"aa\xed\xa0\x80", "past U+10FFFF": b"\xf4\x90\x80\x80aa", "an escaped NUL": b"aaa\\u0000",
    "a raw NUL": b"aaa\x00a", "a raw control": b"aaa\x01a", "half a pair": b"aaa\\ud800", "an escaped ESC": b"aaa\\u001b",
}


def encode(body):
    out = json.dumps(body).encode()
    for what, raw in BYTES.items():
        out = out.replace((RAW + what).encode(), raw)
    return out
