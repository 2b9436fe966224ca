"""Reads x.sql files into a World: headers with typed signatures, and statements with :names. Knows no output."""
import re

from .model import Kind, Member, Query, Struct, camel
from .read_api import RANGE, make_kind

# What one engine has and the other has not, or what would make a rule depend on the engine's clock or chance.
BANNED = [
    (r"\bFOR\s+(UPDATE|SHARE)\b", "FOR UPDATE"), (r"->", "JSON operators"), (r"::", "'::' casts (use CAST)"),
    (r"\bINSERT\s+OR\b", "INSERT OR (use ON CONFLICT)"), (r"\bREPLACE\s+INTO\b", "REPLACE INTO"),
    (r"\b(ILIKE|GLOB|REGEXP|SIMILAR|PRAGMA|VACUUM|RETURNING\s+\*)", "words of one engine only, and RETURNING *"),
    (r"\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME)\b", "the engine's clock"),
    (r"\b(now|random|date|time|datetime|julianday|strftime|unixepoch|date_trunc|date_part|to_char|rowid)\s*\(",
     "functions of one engine, its clock or its chance"), (r"\browid\b", "rowid"), (r"\bSELECT\s+\*", "SELECT *"),
    (r"[?$]", "'?' and '$' (name the parameter)"),
]
CLAUSE_END = {"WHERE", "SET", "GROUP", "ORDER", "LIMIT", "ON", "USING", "VALUES", "SELECT", "RETURNING", "UNION", "HAVING",
              "WINDOW", "EXCEPT", "INTERSECT", "DO", "DEFAULT", "OFFSET"}
HEADER = re.compile(r"^--\s+([a-z][a-z0-9_]*)\s*\(")
TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|:[a-z][a-z0-9_]*|[A-Za-z_][A-Za-z0-9_]*|\s+|\d+|.", re.S)


def read_sql(world, problems, feature, path, text):
    lines, i = text.splitlines(), 0
    while i < len(lines):
        place = f"{path}:{i + 1}"
        if HEADER.match(lines[i]):
            header, i = take_header(lines, i)
            body, i = take_body(lines, i)
            reader = QueryReader(world, problems, feature, place)
            reader.read(header, body)
        else:
            stripped = lines[i].strip()
            if stripped and not stripped.startswith("--"):
                problems.add(place, "a statement needs a line '-- name(parameters) -> result' before it")
                i = take_body(lines, i)[1]
            else:
                i += 1


def take_header(lines, i):
    """A header may run over several comment lines: until its brackets close behind '->'."""
    header = ""
    while i < len(lines) and lines[i].startswith("--"):
        header += " " + lines[i][2:].strip()
        i += 1
        arrow = header.find("->")
        if arrow >= 0 and header[arrow + 2:].strip() and header.count("(") == header.count(")"):
            break
    return header.strip(), i


def take_body(lines, i):
    """Up to the ';' that ends a line; or to the next header when there is none."""
    body = []
    while i < len(lines) and not HEADER.match(lines[i]):
        body.append(lines[i])
        i += 1
        if re.sub(r"--.*$", "", body[-1]).rstrip().endswith(";"):
            break
    return "\n".join(body), i


def split_commas(text):
    """Splits at commas that stand in no brackets; no empty pieces."""
    parts, depth, part = [], 0, ""
    for c in text:
        depth += (c in "([") - (c in ")]")
        if c == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += c
    return [p.strip() for p in parts + [part] if p.strip()]


class QueryReader:
    def __init__(self, world, problems, feature, place):
        self.world, self.problems, self.feature, self.place = world, problems, feature, place

    def bad(self, text):
        self.problems.add(self.place, text)

    def read(self, header, body):
        m = re.match(r"^([a-z][a-z0-9_]*)\s*\((.*?)\)\s*->\s*(.+)$", header)
        if not m:
            return self.bad("a header is '-- name(parameter type, …) -> result'")
        name = m[1]
        members = self.members(m[2])
        shape, row = self.result(name, m[3].strip())
        query = Query(name, members, shape, row, "", [], [], [], [], self.place, self.feature)
        tokens = [t for t in TOKEN.findall(body) if not t.startswith(("--", "/*"))]
        if not "".join(tokens).strip().rstrip(";").strip():
            return self.bad(f"{name} has no statement")
        self.rewrite(query, tokens)
        self.tables(query, tokens)
        self.rules(query, tokens)
        old = next((q for q in self.world.queries if q.name == name), None)
        if old:
            self.bad(f"the query '{name}' is declared twice, first at {old.place}")
        else:
            self.world.queries.append(query)
        return None

    def members(self, text):
        members = []
        for part in split_commas(text):
            m = re.match(r"^([a-z][a-z0-9_]*)\s+(\w+)(?:\s+(-?\d+\.\.-?\d+))?\s*(\?)?$", part)
            if not m:
                self.bad(f"'{part}' is no 'name type'")
                continue
            low, high = (int(x) for x in RANGE.match(m[3]).groups()) if m[3] else (None, None)
            kind = make_kind(m[2], low, high)
            if kind is None:
                self.bad(f"'{m[2]}' is no type")
            elif any(x.name == m[1] for x in members):
                self.bad(f"'{m[1]}' stands twice")
            else:
                members.append(Member(m[1], kind, bool(m[4]), self.place))
        return members

    def result(self, name, text):
        """(shape, row type's name)"""
        if text in ("n", "()"):
            return ("count" if text == "n" else "nothing"), ""
        for pattern, shape in ((r"^\[(.*)\]$", "many"), (r"^\?(\(.*\))$", "maybe"), (r"^(\w+)\?$", "maybe"),
                               (r"^(\(.*\))$", "one"), (r"^(\w+)$", "one")):
            m = re.match(pattern, text)
            if m:
                return shape, self.row(name, m[1].strip())
        self.bad(f"'{text}' is no result: T, T?, [T], n, (), (a int), ?(a int), [(a int)]")
        return "nothing", ""

    def row(self, name, text):
        if not text.startswith("("):
            return text
        row = camel(name) + "Row"
        members = self.members(text[1:-1])
        if not members:
            self.bad("the row has no columns")
        self.world.structs[row] = Struct(row, members, self.place, self.feature, api=False)
        return row

    def rewrite(self, query, tokens):
        """Sets query.sql, numbered and names: each :name becomes $n, n by first use."""
        places, sql = {}, ""
        for t in tokens:
            if t[0] == ":" and len(t) > 1:
                if t not in places:
                    places[t] = len(places) + 1
                    self.bind(query, t[1:])
                t = f"${places[t]}"
            sql += t if not t.isspace() else "" if sql.endswith(" ") else " "
        query.sql = sql.strip().rstrip(";").strip()
        used = {i for i, _ in query.numbered}
        for i, m in enumerate(query.members):
            if i not in used:
                self.bad(f"{query.name}: the parameter '{m.name}' is not used" +
                         (f" (a money is used as :{m.name}_minor and :{m.name}_currency)" if m.kind.name == "money" else ""))

    def bind(self, query, name):
        for i, m in enumerate(query.members):
            money = m.kind.name == "money"
            if m.name == name and not money or money and m.name + "_minor" == name:
                query.numbered.append((i, False))
                query.names.append(name)
                return
            if money and m.name + "_currency" == name:
                query.numbered.append((i, True))
                query.names.append(name)
                return
        self.bad(f"{query.name}: ':{name}' is no parameter of it")
        query.numbered.append((0, False))
        query.names.append(name)

    def tables(self, query, tokens):
        words = [t for t in tokens if not t.isspace()]
        ctes = {words[i].lower() for i in range(len(words) - 1) if re.match(r"^[A-Za-z_]\w*$", words[i])
                and words[i + 1].upper() == "AS" and i + 2 < len(words) and words[i + 2] == "("
                and any(w.upper() == "WITH" for w in words[:i])}
        reads, writes = set(), set()
        for i, w in enumerate(words):
            up, before = w.upper(), words[i - 1].upper() if i else ""
            after = words[i + 1] if i + 1 < len(words) else ""
            if up == "INTO" or up == "UPDATE" and after.upper() not in ("SET", "") or up == "FROM" and before == "DELETE":
                writes.add(after.lower())
            elif up in ("FROM", "JOIN") and not (up == "FROM" and before == "DISTINCT" and words[i - 2].upper() in ("IS", "NOT")):
                reads.update(self.table_list(words, i + 1))
        query.reads = sorted(reads - ctes)
        query.writes = sorted(writes)

    def table_list(self, words, i):
        """The tables of `FROM a x, b AS y`; what stands in brackets has its own FROM."""
        found, expect, depth = [], True, 0
        for w in words[i:]:
            depth += (w == "(") - (w == ")")
            if depth < 0 or w == ";" or depth == 0 and (w.upper() in CLAUSE_END or w.upper() == "JOIN"):
                break
            if depth > 0 or w == ")":
                expect = False
            elif w == ",":
                expect = True
            elif expect:
                found.append(w.lower())
                expect = False
        return found

    def rules(self, query, tokens):
        code = "".join("''" if t[0] == "'" else t for t in tokens)
        upper_words = [t.upper() for t in tokens]
        for pattern, what in BANNED:
            if re.search(pattern, code, re.I if pattern[-2:] != "\\(" else 0):
                self.bad(f"{query.name}: not in this program's SQL: {what}")
        if ";" in code.strip().rstrip(";"):
            self.bad(f"{query.name}: one statement only")
        first = next((w for w in upper_words if w.strip()), "")
        if first not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
            self.bad(f"{query.name}: starts with {first}, not SELECT, INSERT, UPDATE, DELETE or WITH")
        gives_rows = "RETURNING" in upper_words or not query.writes
        if query.shape in ("count", "nothing") and gives_rows:
            self.bad(f"{query.name}: gives rows, but its header says {'n' if query.shape == 'count' else '()'}")
        if query.shape not in ("count", "nothing") and not gives_rows:
            self.bad(f"{query.name}: gives no rows (RETURNING is missing)")
        if query.shape == "many" and "LIMIT" not in upper_words and not query.writes:
            self.bad(f"{query.name}: a list needs a LIMIT")
        if query.shape in ("one", "maybe") and not query.row:
            self.bad(f"{query.name}: no row type")
