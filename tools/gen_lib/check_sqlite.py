"""Prepares every migration and query on an empty SQLite in memory, and compares each query's columns with its row type.
PostgreSQL is compared by db_check_query in the tests; what is wrong on both is said here, with its line."""
import sqlite3

DUMMY = {"int": 1, "bool": 1, "real": 1.0, "time": 1, "text": "a", "bytes": b"a", "currency": "IDR", "id": 1}


def check_sqlite(world, problems):
    base = sqlite3.connect(":memory:", isolation_level=None)
    for migration in sorted(world.migrations, key=lambda m: m.number):
        for sql, place in zip(migration.sqlite, migration.places):
            try:
                base.execute(sql)
            except sqlite3.Error as e:
                problems.add(place, str(e))
    for query in world.queries:
        check_one(world, problems, base, query)
    base.close()


def check_one(world, problems, base, query):
    values = [dummy(world, query, i, currency) for i, currency in query.numbered]
    names = {str(i + 1): v for i, v in enumerate(values)}
    sql = query.sql
    try:
        base.execute("EXPLAIN " + sql, names if "$" in sql else ())
    except sqlite3.Error as e:
        problems.add(query.place, f"{query.name}: {e}")
        return
    if not query.row:
        return
    base.execute("BEGIN")
    try:
        cursor = base.execute(sql, names if "$" in sql else ())
        compare(world, problems, query, [d[0] for d in cursor.description or []])
    except sqlite3.Error:
        pass                             # a CHECK refuses the made-up values; db_check_query looks again
    base.execute("ROLLBACK")


def dummy(world, query, i, currency):
    if i >= len(query.members) or currency:
        return "IDR"
    kind = query.members[i].kind
    if kind.name == "enum":
        return world.enums[kind.ref].values[0]
    return DUMMY.get(kind.name, 1)


def compare(world, problems, query, columns):
    want = []
    for m in world.structs[query.row].members:
        if m.kind.name == "money":
            want += [m.name + "_minor", m.name + "_currency"]
        elif m.kind.name not in ("list", "object"):
            want.append(m.name)
    for name in want:
        if name not in columns:
            problems.add(query.place, f"{query.name}: {query.row} has '{name}', but the statement gives no such column")
    for name in columns:
        if name not in want:
            problems.add(query.place, f"{query.name}: the column '{name}' is none of {query.row} (columns: {', '.join(want)})")
        if columns.count(name) > 1:
            problems.add(query.place, f"{query.name}: the column '{name}' stands twice")
