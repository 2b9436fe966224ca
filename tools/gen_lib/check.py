"""What must hold over all files together: names resolve, no two are the same in C, queries stay with their own tables."""
import re

from .model import TABLES_MAX, camel, upper

KEYWORDS = set("""auto break case char const continue default do double else enum extern float for goto if inline int long
register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while bool true
false asm typeof""".split())
# Names that the floors below have already.
TAKEN = set("""Type Field FieldKind EnumTable Str StrList Err Tx Req Route Query Time Money Currency Arena ArenaSlot ArenaMark
Buf Db DbTask DbOptions DbStats Migration Ids Caller Who Mode App By Vault Refusal Net NetPlan NetRequest NetAnswer NetHeader
NetParam NetOptions NetHandler NetStats TestCase Problem Result Options MoneyList""".split())
# Slugs that any route may give, so no route lists them.
GENERAL = ("bad_request", "bad_field", "bad_json", "csrf", "sign_in", "forbidden", "idempotency_key", "too_many", "too_large",
           "timeout", "length_required", "head_too_large", "method_not_allowed", "internal", "busy", "disk")


def read_slugs(text):
    """{slug: (status, title)} from ERR_LIST of base/err.h."""
    found = {}
    for status, slug, title in re.findall(r"X\(ERR_\w+,\s*(\d+),\s*\"(\w+)\",\s*\"([^\"]+)\"\)", text):
        found.setdefault(slug, (int(status), title))
    return found


def check(world, problems):
    resolve_all(world, problems)
    check_names(world, problems)
    check_routes(world, problems)
    mark_directions(world, problems)
    for query in world.queries:
        check_query(world, problems, query)
    if len(world.tables) > TABLES_MAX:
        problems.add("src/db/migrations", f"{len(world.tables)} tables; Query.reads has {TABLES_MAX} bits")


def resolve_all(world, problems):
    for struct in list(world.structs.values()):
        for member in struct.members:
            resolve(world, problems, member.kind, member.place, not struct.api)
        if struct.api and not struct.members:
            problems.add(struct.place, f"{struct.name} has no fields")
    for route in world.routes:
        for member in route.args():
            resolve(world, problems, member.kind, member.place, False)
            if member.kind.name == "object":
                problems.add(route.place, f"'{member.name}': an object cannot stand in a path or query string")
    for query in world.queries:
        for member in query.members:
            resolve(world, problems, member.kind, member.place, True)
            if member.kind.name in ("object", "list"):
                problems.add(query.place, f"{query.name}: the parameter '{member.name}' is no single value")


def resolve(world, problems, kind, place, row):
    if kind.name == "list":
        resolve(world, problems, kind.of, place, row)
    elif kind.name == "id":
        world.ids.setdefault(kind.ref, place)
    elif kind.name == "?":
        if kind.ref in world.enums:
            kind.name = "enum"
        elif kind.ref in world.structs and world.structs[kind.ref].api:
            kind.name = "object"
        else:
            problems.add(place, f"there is no type or enum '{kind.ref}'")
            kind.name = "bool"
        if kind.ranged:
            problems.add(place, f"{kind.ref} takes no range")
    if kind.name == "bytes" and not row:
        problems.add(place, "bytes belong to rows, not to x.api")


def check_names(world, problems):
    """Every C name once. Names made from names (ReviewList, REVIEW_TYPE) count too."""
    seen = {}

    def take(name, place):
        if name in TAKEN:
            problems.add(place, f"the name '{name}' is taken by a floor below")
        elif name in seen and seen[name] != place:
            problems.add(place, f"the C name '{name}' is made twice, also at {seen[name]}")
        seen.setdefault(name, place)

    for name, place in world.ids.items():
        take(name, place)
        take(name + "List", place)
    for e in world.enums.values():
        for name in [e.name, e.name + "List", upper(e.name) + "_NAMES"] + [f"{upper(e.name)}_{v.upper()}" for v in e.values]:
            take(name, e.place)
    for s in world.structs.values():
        for name in (s.name, s.name + "List", upper(s.name) + "_TYPE"):
            take(name, s.place)
        members(problems, s.members)
    for r in world.routes:
        for name in (r.args_name(), upper(r.args_name()) + "_TYPE", r.handler):
            take(name, r.place)
        members(problems, r.args())
    for q in world.queries:
        for name in (camel(q.name) + "In", "q_" + q.name, q.name.upper() + "_QUERY"):
            take(name, q.place)
        members(problems, q.members)


def members(problems, these):
    names = {m.name for m in these}
    for m in these:
        if m.name in KEYWORDS:
            problems.add(m.place, f"'{m.name}' is a word of C; choose another")
        if m.has_flag() and "has_" + m.name in names:
            problems.add(m.place, f"'{m.name}' and 'has_{m.name}' make the same C field")


def check_routes(world, problems):
    shapes, handlers = {}, {}
    for r in world.routes:
        for name, what in ((r.body, "body"), (r.answer, "answer")):
            if name and (name not in world.structs or not world.structs[name].api):
                problems.add(r.place, f"the {what} '{name}' is no type")
        for slug in r.refusals:
            if slug not in world.slugs:
                problems.add(r.place, f"there is no refusal '{slug}' in base/err.h")
        for slug in {s for s in r.refusals if r.refusals.count(s) > 1}:
            problems.add(r.place, f"the refusal '{slug}' stands twice")
        shape = (r.method, re.sub(r"\{[^}]*\}", "{}", r.path))
        if shape in shapes:
            problems.add(r.place, f"{r.method} {r.path} is a route already, at {shapes[shape]}")
        shapes.setdefault(shape, r.place)
        if r.handler in handlers:
            problems.add(r.place, f"the handler '{r.handler}' has a route already, at {handlers[r.handler]}")
        handlers.setdefault(r.handler, r.place)
    # A part in braces must mean the same at one place, or the matcher would have to look ahead.
    return shapes


def mark_directions(world, problems):
    """Which types are read from bodies, which are answered; and what only one direction may have."""
    def walk(name, flag, seen):
        struct = world.structs.get(name)
        if not struct or name in seen:
            return
        seen.add(name)
        setattr(struct, flag, True)
        for m in struct.members:
            kind = m.kind.of if m.kind.name == "list" else m.kind
            if kind.name == "object":
                walk(kind.ref, flag, seen)

    for r in world.routes:
        walk(r.body, "is_input", set())
        walk(r.answer, "is_output", set())
    for s in world.structs.values():
        for m in s.members:
            kind = m.kind.of if m.kind.name == "list" else m.kind
            if s.api and kind.name == "text" and not kind.ranged:
                problems.add(m.place, f"{s.name}.{m.name}: a text needs a range such as 'text 0..200'")
            if s.is_input and kind.name == "int" and not kind.ranged:
                problems.add(m.place, f"{s.name}.{m.name}: an int that is read from a body needs a range such as 'int 0..99'")
    for r in world.routes:
        for m in r.args():
            if m.kind.name == "int" and not m.kind.ranged:
                problems.add(m.place, f"{r.handler}: the argument '{m.name}' needs a range such as int(1..50)")


def check_query(world, problems, q):
    if q.row and (q.row not in world.structs):
        problems.add(q.place, f"{q.name}: there is no type '{q.row}'")
        q.row = ""
    for m in world.structs[q.row].members if q.row and not world.structs[q.row].api else []:
        if m.kind.name in ("list", "object"):
            problems.add(q.place, f"{q.name}: the column '{m.name}' is no single value")
    for name in sorted(set(q.reads) | set(q.writes)):
        table = world.tables.get(name)
        if not table:
            problems.add(q.place, f"{q.name}: there is no table '{name}'")
        elif table.feature != q.feature:
            problems.add(q.place, f"{q.name}: the table '{name}' belongs to {table.feature}; ask a function of {table.feature}.h")
