"""Reads src/db/migrations/NNNN-feature.sql and gives each statement in both engines' words."""
import hashlib
import re

from .model import Column, Migration, Table
from .read_sql import TOKEN, split_commas

SQLITE = {"ID": "INTEGER", "INT": "INTEGER", "TEXT": "TEXT", "REAL": "REAL", "BLOB": "BLOB", "SEALED": "BLOB"}
POSTGRES = {"ID": "BIGINT", "INT": "BIGINT", "TEXT": 'TEXT COLLATE "C"', "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA",
            "SEALED": "BYTEA"}
TABLE_RULES = ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT")
SEALED_NOTE = re.compile(r"--\s*of\s+([a-z_][a-z0-9_]*)\s*:\s*\S")


def read_migration(world, problems, path, name, text):
    m = re.match(r"^(\d{4})-([a-z][a-z0-9_]*)\.sql$", name)
    if not m:
        return problems.add(path, "a migration is named NNNN-feature.sql")
    normal = " ".join("".join(t if not t.startswith(("--", "/*")) else " " for t in TOKEN.findall(text)).split())
    digest = hashlib.sha256(normal.encode()).hexdigest()
    migration = Migration(int(m[1]), name[:-4], m[2], digest, [], [], [], path)
    if any(x.number == migration.number for x in world.migrations):
        problems.add(path, f"there are two migrations {m[1]}")
    for line, raw in statements(text):
        reader = Statement(world, problems, migration, f"{path}:{line}", raw)
        sqlite, postgres = reader.read()
        migration.sqlite.append(sqlite)
        migration.postgres.append(postgres)
        migration.places.append(reader.place)
    if not migration.sqlite:
        problems.add(path, "the migration is empty")
    world.migrations.append(migration)
    return None


def statements(text):
    """(line, statement with its comments), split at ';' outside texts and comments."""
    line, start, part = 1, None, ""
    for t in TOKEN.findall(text):
        if start is None and not t.isspace() and not t.startswith("--"):
            start, part = line, ""
        line += t.count("\n")
        if t == ";":
            if part.strip():
                yield start, part
            start, part = None, ""
        elif start is not None:
            part += t
    if start is not None and part.strip():
        yield start, part


def bare(text):
    """Without comments, blanks as one."""
    out = ""
    for t in TOKEN.findall(text):
        blank = t.isspace() or t.startswith(("--", "/*"))
        out += ("" if out.endswith(" ") else " ") if blank else t
    return out.strip()


class Statement:
    def __init__(self, world, problems, migration, place, raw):
        self.world, self.problems, self.migration, self.place, self.raw = world, problems, migration, place, raw

    def bad(self, text):
        self.problems.add(self.place, text)

    def read(self):
        """(SQLite's text, PostgreSQL's)"""
        sql = bare(self.raw)
        m = re.match(r"^CREATE TABLE (\w+) ?\((.*)\)( WITHOUT ROWID)?$", sql, re.I)
        if m:
            return self.create(m[1].lower(), m[2], m[3] or "")
        m = re.match(r"^ALTER TABLE (\w+) ADD COLUMN (.*)$", sql, re.I)
        if m:
            return self.add_column(m[1].lower(), m[2])
        m = re.match(r"^ALTER TABLE (\w+) RENAME TO ([a-z][a-z0-9_]*)$", sql, re.I)
        if m:
            return self.rename(m[1].lower(), m[2]) or (sql, sql)
        m = re.match(r"^DROP TABLE (\w+)$", sql, re.I)
        if m:
            if self.own(m[1].lower()):
                del self.world.tables[m[1].lower()]     # its name and its bit of Query.reads are free again
            return sql, sql
        m = re.match(r"^CREATE (?:UNIQUE )?INDEX \w+ ON (\w+) ?\(", sql, re.I)
        if m:
            self.own(m[1].lower())
            return sql, sql
        m = re.match(r"^(?:INSERT INTO|UPDATE|DELETE FROM|ALTER TABLE) (\w+)\b", sql, re.I)
        if m:
            self.own(m[1].lower())
            return sql, sql
        if not re.match(r"^DROP INDEX \w+$", sql, re.I):
            self.bad(f"'{sql[:40]}…' is no statement of a migration")
        return sql, sql

    def own(self, name):
        table = self.world.tables.get(name)
        if not table:
            self.bad(f"there is no table '{name}' (yet)")
        elif table.feature != self.migration.feature:
            self.bad(f"the table '{name}' belongs to {table.feature}, not to {self.migration.feature}")
        return table

    def rename(self, old, new):
        """So that a table of the old name can be made anew and filled from it."""
        table = self.own(old)
        if table and new in self.world.tables:
            self.bad(f"there is a table '{new}' already")
        elif table:
            table.name = new
            self.world.tables[new] = self.world.tables.pop(old)

    def create(self, name, inside, suffix):
        old = self.world.tables.get(name)
        if old:
            self.bad(f"the table '{name}' is made twice, first at {old.place}")
        table = Table(name, self.migration.feature, {}, self.place)
        self.world.tables[name] = table
        sqlite, postgres = [], []
        for part in split_commas(inside):
            if part.split()[0].upper().split("(")[0] in TABLE_RULES:
                sqlite.append(part)
                postgres.append(part)
                continue
            a, b = self.column(table, part)
            sqlite.append(a)
            postgres.append(b)
        self.sealed(table)
        strict = "STRICT" + (", WITHOUT ROWID" if suffix else "")
        return (f"CREATE TABLE {name} ({', '.join(sqlite)}) {strict}", f"CREATE TABLE {name} ({', '.join(postgres)})")

    def add_column(self, name, rest):
        table = self.own(name) or Table(name, self.migration.feature, {}, self.place)
        a, b = self.column(table, rest)
        self.sealed(table)
        if "NOT NULL" in a and not re.search(r"\bDEFAULT\b", a, re.I):
            self.bad(f"{name}: a column that is added is NULL or has a DEFAULT, since rows are there already")
        return f"ALTER TABLE {name} ADD COLUMN {a}", f"ALTER TABLE {name} ADD COLUMN {b}"

    def column(self, table, text):
        words = text.split()
        name, kind = words[0], words[1].upper() if len(words) > 1 else ""
        if not re.match(r"^[a-z][a-z0-9_]*$", name):
            self.bad(f"'{name}' is no name of a column")
        if kind not in SQLITE:
            self.bad(f"{table.name}.{name}: '{kind}' is none of {' '.join(SQLITE)}")
            kind = "INT"
        rest = " ".join(words[2:])
        nullable = bool(re.search(r"(?<!NOT )(?<!IS )\bNULL\b", rest.split("DEFAULT")[0].split("CHECK")[0], re.I))
        if nullable:
            rest = re.sub(r"(?<!NOT )(?<!IS )\bNULL\b ?", "", rest, count=1, flags=re.I).strip()
        elif not re.search(r"\bNOT NULL\b", rest.split("CHECK")[0], re.I):
            rest = ("NOT NULL " + rest).strip()
        if name in table.columns:
            self.bad(f"{table.name}.{name} stands twice")
        table.columns[name] = Column(name, kind, nullable)
        return f"{name} {SQLITE[kind]} {rest}".strip(), f"{name} {POSTGRES[kind]} {rest}".strip()

    def sealed(self, table):
        """Each SEALED column's comment names the column whose key seals it, and what erasure does."""
        lines = self.raw.splitlines()
        for i, line in enumerate(lines):
            m = re.match(r"^(?:CREATE TABLE \w+ ?\()?(?:ALTER TABLE \w+ ADD COLUMN)?\s*([a-z][a-z0-9_]*)\s+SEALED\b", line, re.I)
            if not m or m[1] not in table.columns:
                continue
            note = SEALED_NOTE.search(line) or (SEALED_NOTE.match(lines[i + 1].strip()) if i + 1 < len(lines) else None)
            if not note:
                self.bad(f"{table.name}.{m[1]} is SEALED and needs '-- of COLUMN: what erasure does' on its line")
            elif note[1] not in table.columns and note[1] != table.name:
                self.bad(f"{table.name}.{m[1]}: '{note[1]}' is neither a column of {table.name} nor the table itself")
            else:
                table.columns[m[1]].owner = note[1]
        for c in table.columns.values():
            if c.type == "SEALED" and not c.owner and f"{table.name}.{c.name} " not in " ".join(self.problems.found):
                self.bad(f"{table.name}.{c.name} is SEALED: put it on a line of its own, with '-- of COLUMN: …'")
