"""Reads x.api files into a World. Knows the grammar of docs/generated.md, no output."""
import re

from .model import (ARG_TEXT, Enum, I64_MAX, I64_MIN, Kind, MONEY_MAX, Member, Route, SCALARS, Struct, TEXT_MAX)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WHO = ("anyone", "shopper", "user", "operator")
MODES = ("read", "write", "raw")
BODY_DEFAULT = 64 * 1024
LIST_MAX, TEXT_LIMIT = 10_000, 1_000_000
RANGE = re.compile(r"^(-?\d+)\.\.(-?\d+)$")
NAME = re.compile(r"^[a-z][a-z0-9_]*$")
TYPE_NAME = re.compile(r"^[A-Z][A-Za-z0-9]*$")


class ApiReader:
    """One x.api file. Names of enums and types are resolved later (check.resolve), when all files are read."""

    def __init__(self, world, problems, feature, path):
        self.world, self.problems, self.feature, self.path = world, problems, feature, path
        self.open, self.doc, self.place = None, [], ""

    def read(self, text):
        for number, line in self.whole_lines(text):
            self.place = f"{self.path}:{number}"
            self.line(line)
        first = text.splitlines()[0] if text else ""
        if first.startswith("#"):
            self.world.features[self.feature] = first.lstrip("# ").strip()

    @staticmethod
    def whole_lines(text):
        """Lines with their numbers; a route with many queries goes on in indented lines that begin with one."""
        lines = []
        for number, line in enumerate(text.splitlines(), 1):
            if line.startswith("  ?") and lines and lines[-1][1].split(" ", 1)[0] in METHODS:
                lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
            else:
                lines.append((number, line))
        return lines

    def bad(self, text):
        self.problems.add(self.place, text)

    def line(self, line):
        words = line.split()
        if "\t" in line:
            self.bad("a tab; use spaces")
        if not words:
            self.open, self.doc = None, []
        elif words[0].startswith("#"):
            self.doc.append(line.strip().lstrip("#").strip())
        elif line[0] == " ":
            self.member(line.strip())
        else:
            self.open = None
            self.top(words)
            self.doc = []

    def top(self, words):
        if words[0] == "type":
            self.type(words)
        elif words[0] == "enum":
            self.enum(words)
        elif words[0] in METHODS:
            self.route(words)
        else:
            self.bad(f"'{words[0]}' starts no line here: type, enum or a method ({' '.join(METHODS)})")

    def take_name(self, words, what):
        if len(words) < 2 or not TYPE_NAME.match(words[1]):
            self.bad(f"{what} needs a name such as 'CartLine'")
            return None
        name = words[1]
        if name.endswith("Id"):
            self.bad(f"'{name}': names that end in Id are ids")
        old = self.world.structs.get(name) or self.world.enums.get(name)
        if old:
            self.bad(f"'{name}' is declared twice, first at {old.place}")
            return None
        return name

    def type(self, words):
        name = self.take_name(words, "type")
        if len(words) > 2:
            self.bad(f"'{words[2]}' after the type's name")
        self.open = Struct(name or "?", [], self.place, self.feature, " ".join(self.doc))
        if name:
            self.world.structs[name] = self.open

    def enum(self, words):
        name = self.take_name(words, "enum")
        values = words[2:]
        if not values:
            self.bad("an enum needs values")
        for value in values:
            if not NAME.match(value):
                self.bad(f"'{value}' is no name of a value (lower case, digits, _)")
        if len(set(values)) < len(values):
            self.bad(f"a value of {words[1]} stands twice")
        self.open = Enum(name or "?", values, self.place, self.feature, " ".join(self.doc))
        if name:
            self.world.enums[name] = self.open

    def more_values(self, values):
        """A long enum goes on in indented lines."""
        for value in values:
            if not NAME.match(value):
                self.bad(f"'{value}' is no name of a value (lower case, digits, _)")
            if value in self.open.values:
                self.bad(f"a value of {self.open.name} stands twice")
        self.open.values.extend(values)

    def member(self, text):
        text = re.sub(r"\s+#.*$", "", text)
        name, _, rest = text.partition(" ")
        if isinstance(self.open, Enum):
            return self.more_values(text.split())
        if self.open is None:
            return self.bad(f"the field '{name}' stands under no type")
        if not NAME.match(name):
            return self.bad(f"'{name}' is no name of a field (lower case, digits, _)")
        if any(m.name == name for m in self.open.members):
            return self.bad(f"'{name}' stands twice in {self.open.name}")
        if not rest.strip():
            return self.bad(f"'{name}' has no type")
        kind, optional = self.expression(rest.strip())
        if kind:
            self.open.members.append(Member(name, kind, optional, self.place))
        return None

    def expression(self, text):
        """`text 0..200? lines` -> (Kind, optional); (None, False) after a complaint."""
        lines = text.endswith(" lines")
        text = text[:-len(" lines")].rstrip() if lines else text
        optional = text.endswith("?")
        text = text[:-1].rstrip() if optional else text
        kind = self.list_of(text) if text.startswith("[") else self.single(text)
        if kind and lines:
            kind.lines = True
            if kind.name != "text":
                self.bad("'lines' belongs to a text")
        return kind, optional

    def list_of(self, text):
        m = re.match(r"^\[(.+)\]\s+(?:(\d+)\.\.)?(\d+)$", text)
        if not m:
            return self.bad(f"'{text}': a list is '[type] most', such as [CartLine] 60")
        of = self.single(m[1].strip())
        low, high = int(m[2] or 0), int(m[3])
        if high < 1 or high > LIST_MAX or low > high:
            self.bad(f"a list holds 1 to {LIST_MAX} things")
        return Kind("list", low=low, high=high, ranged=True, of=of) if of else None

    def single(self, text):
        words = text.split()
        if len(words) > 2 or not words:
            return self.bad(f"'{text}' is no type")
        if len(words) == 2 and not RANGE.match(words[1]):
            return self.bad(f"'{words[1]}' is no range such as 0..200")
        return self.kind(words[0], words[1] if len(words) == 2 else None)

    def kind(self, name, span):
        low, high = (int(x) for x in RANGE.match(span).groups()) if span else (None, None)
        kind = make_kind(name, low, high)
        if kind is None:
            return self.bad(f"'{name}' is no type")
        if span and low > high:
            self.bad(f"the range {span} is empty")
        if span and kind.name not in ("int", "text", "bytes", "money"):
            self.bad(f"{name} takes no range")
        if name == "text" and span and (low < 0 or high > TEXT_LIMIT):
            self.bad(f"a text has 0 to {TEXT_LIMIT} code points")
        if name == "money" and span and (low < -MONEY_MAX or high > MONEY_MAX):
            self.bad(f"money goes to {MONEY_MAX} minor units")
        if name == "int" and span and (low < I64_MIN or high > I64_MAX):
            self.bad("an int has 64 bits")
        return kind

    def route(self, words):
        if "->" not in words:
            return self.bad("a route needs '->' and a status")
        arrow = words.index("->")
        left, right = words[:arrow], words[arrow + 1:]
        plain = [w for w in left if not w.startswith("?")]
        if len(plain) < 5 or len(plain) > 6:
            return self.bad("a route is: METHOD /path handler who mode [Body] [?query…] -> status [Answer] [! refusals] [+marks]")
        method, path, handler, who, mode = plain[:5]
        if not NAME.match(handler):
            self.bad(f"'{handler}' is no name of a handler")
        if who not in WHO:
            self.bad(f"'{who}': who may call is one of {' '.join(WHO)}")
        if mode not in MODES:
            self.bad(f"'{mode}': the mode is one of {' '.join(MODES)}")
        status, answer, refusals, marks = self.right(right)
        route = Route(method, path, handler, who, mode, plain[5] if len(plain) > 5 else "", status, answer, refusals,
                      "work" in marks, "secret" in marks, "cache" in marks, marks.get("body", BODY_DEFAULT),
                      self.path_args(path), self.query_args(left), self.place, self.feature, " ".join(self.doc))
        self.route_rules(route, "body" in marks)
        self.world.routes.append(route)
        return None

    def route_rules(self, r, body_limit):
        names = [m.name for m in r.args()]
        for name in {n for n in names if names.count(n) > 1}:
            self.bad(f"the argument '{name}' stands twice")
        if r.body and r.method in ("GET", "HEAD"):
            self.bad(f"{r.method} takes no body")
        if r.body and r.mode == "raw":
            self.bad("a raw route decodes no body")
        if r.mode == "read" and r.method not in ("GET", "HEAD", "POST"):     # POST: a question with a body
            self.bad(f"{r.method} is 'write' or 'raw'")
        if r.mode == "write" and r.method in ("GET", "HEAD", "OPTIONS"):
            self.bad(f"{r.method} must change nothing: 'read' or 'raw'")
        if r.cache and (r.mode != "read" or r.who != "anyone"):
            self.bad("+cache is for what anyone may read")
        if (r.work or r.secret) and r.mode != "write":
            self.bad("+work and +secret are for writes")
        if body_limit and not r.body and r.mode != "raw":
            self.bad("+body limits a body that this route has not")
        if r.answer and r.status == 204:
            self.bad("204 has no answer")
        if not r.answer and r.status != 204 and r.mode != "raw":
            self.bad(f"{r.status} needs an answer type (or say 204)")

    def right(self, words):
        status, answer, refusals, marks, bang = 0, "", [], {}, False
        for i, word in enumerate(words):
            if i == 0:
                status = int(word) if re.match(r"^2\d\d$", word) else self.bad(f"'{word}' is no status 2xx") or 200
            elif word.startswith("+"):
                self.mark(word, marks)
            elif word == "!":
                bang = True
            elif bang:
                refusals.append(word)
            elif i == 1 and TYPE_NAME.match(word):
                answer = word
            else:
                self.bad(f"'{word}' is not expected here (refusals come after '!')")
        if status == 0:
            self.bad("no status after '->'")
        return status or 200, answer, refusals, marks

    def mark(self, word, marks):
        m = re.match(r"^\+(work|secret|cache|body\((\d+)\))$", word)
        if not m:
            self.bad(f"'{word}' is no mark: +work +secret +cache +body(N)")
        elif m[2]:
            marks["body"] = int(m[2])
        else:
            marks[m[1]] = True

    def path_args(self, path):
        args = []
        if not re.match(r"^(/([a-z0-9._-]+|\{[^{}/]+\}(\.[a-z]+)?))+$", path):
            self.bad(f"'{path}' is no path such as /v1/x/{{id:XId}}")
        for part in re.findall(r"\{([^{}]*)\}", path):
            member = self.argument(part, part)
            if member and member.optional:
                self.bad(f"'{part}': what stands in a path cannot be optional")
            if member:
                args.append(member)
        return args

    def query_args(self, words):
        return [m for w in words if w.startswith("?") for m in [self.argument(w[1:], w)] if m]

    def argument(self, text, shown):
        m = re.match(r"^([a-z][a-z0-9_]*):(\w+)(?:\((-?\d+\.\.-?\d+)\))?(\?)?$", text)
        if not m:
            return self.bad(f"'{shown}': an argument is name:type, name:int(1..50), and '?' behind it when it may be absent")
        kind = self.kind(m[2], m[3])
        if kind is None:
            return None
        if kind.name in ("bytes", "money", "list", "object"):
            return self.bad(f"'{shown}': a {m[2]} cannot stand in a path or query string")
        if kind.name == "text" and not kind.ranged:
            kind.low, kind.high = ARG_TEXT
        return Member(m[1], kind, bool(m[4]), self.place)


def make_kind(name, low=None, high=None):
    """A Kind with its defaults; enums and types are told apart later ('?'). None when the name cannot be a type."""
    ranged = low is not None
    if name in SCALARS:
        wide = {"int": (I64_MIN, I64_MAX), "text": (0, TEXT_MAX), "bytes": (0, TEXT_MAX), "money": (0, MONEY_MAX)}
        first, last = wide.get(name, (0, 0))
        return Kind(name, low=low if ranged else first, high=high if ranged else last, ranged=ranged)
    if not TYPE_NAME.match(name):
        return None
    return Kind("id" if name.endswith("Id") else "?", ref=name, ranged=ranged)
