"""What was read: types, routes, queries, tables. Knows no file format and no output."""
from dataclasses import dataclass, field
import re

I64_MIN, I64_MAX = -(2 ** 63), 2 ** 63 - 1
MONEY_MAX = 10 ** 15                     # MONEY_MAX_MINOR of base/money.h
TEXT_MAX = 1_000_000                     # a text of a query that names no range
ARG_TEXT = (1, 200)                      # a text of a path or query string that names no range
TABLES_MAX = 128                         # bits of Query.reads

SCALARS = {"int", "bool", "real", "time", "text", "bytes", "currency", "money"}


class Problems:
    """Collects mistakes as `file:line: sentence`, so that one run shows them all."""

    def __init__(self):
        self.found = []

    def add(self, place, text):
        line = f"{place}: {text}"
        if line not in self.found:
            self.found.append(line)


@dataclass
class Kind:
    """One type expression. name: a scalar's name, 'id', 'enum', 'object' or 'list'."""
    name: str
    ref: str = ""                        # of an id ("ProductId"), enum or object
    low: int = 0
    high: int = 0
    ranged: bool = False                 # the source named a range
    of: "Kind" = None                    # of a list
    lines: bool = False


@dataclass
class Member:
    name: str
    kind: Kind
    optional: bool
    place: str

    def has_flag(self):
        """Absent optional ids, texts, bytes and objects say so themselves; the others have a bool beside them."""
        return self.optional and self.kind.name not in ("id", "text", "bytes", "object")


@dataclass
class Enum:
    name: str
    values: list
    place: str
    feature: str
    doc: str = ""


@dataclass
class Struct:
    name: str
    members: list
    place: str
    feature: str
    doc: str = ""
    api: bool = True                     # False: rows and arguments, which only C sees
    is_input: bool = False
    is_output: bool = False


@dataclass
class Route:
    method: str
    path: str
    handler: str
    who: str
    mode: str
    body: str
    status: int
    answer: str
    refusals: list
    work: bool
    secret: bool
    cache: bool
    body_limit: int
    path_args: list
    query_args: list
    place: str
    feature: str
    doc: str = ""

    def args(self):
        return self.path_args + self.query_args

    def args_name(self):
        return camel(self.handler) + "Args"


@dataclass
class Query:
    name: str
    members: list                        # parameters
    shape: str                           # one, maybe, many, count, nothing
    row: str                             # struct name or ""
    sql: str                             # with $1..$n
    numbered: list                       # for $1..$n: (parameter's index, is the currency half)
    names: list                          # for $1..$n: what stood in the source
    reads: list
    writes: list
    place: str
    feature: str


@dataclass
class Column:
    name: str
    type: str
    nullable: bool
    owner: str = ""                      # of SEALED: the column that names whose key seals it


@dataclass
class Table:
    name: str
    feature: str
    columns: dict
    place: str


@dataclass
class Migration:
    number: int
    name: str
    feature: str
    hash: str
    sqlite: list
    postgres: list
    places: list                         # where each statement stands, beside sqlite and postgres
    place: str


@dataclass
class World:
    enums: dict = field(default_factory=dict)
    structs: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)          # name -> first place
    routes: list = field(default_factory=list)
    queries: list = field(default_factory=list)
    tables: dict = field(default_factory=dict)
    migrations: list = field(default_factory=list)
    features: dict = field(default_factory=dict)     # name -> description
    slugs: dict = field(default_factory=dict)        # slug -> (status, title)


def snake(name):
    """ProductId -> product_id"""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def upper(name):
    return snake(name).upper()


def camel(name):
    """stock_hold -> StockHold"""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def lower_camel(name):
    c = camel(name)
    return c[:1].lower() + c[1:]
