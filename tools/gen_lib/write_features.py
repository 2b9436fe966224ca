"""Writes FEATURE.gen.h and FEATURE.gen.c (queries, arguments, handlers' prototypes), and the tables over all of them."""
from .model import camel, upper
from .write_c import c_int, c_text, struct_lines, type_lines



def by_feature(items, feature):
    return [x for x in items if x.feature == feature]


def query_signature(q):
    parts = ["Tx *tx"] + ([f"{camel(q.name)}In in"] if q.members else [])
    parts += {"one": [f"{q.row} *out"], "maybe": [f"{q.row} **out"], "many": [f"{q.row}List *out"],
              "count": ["i64 *changed"], "nothing": []}[q.shape]
    return f"Err q_{q.name}({', '.join(parts)})"


def route_parameters(r, work=False):
    parts = ["Req *r"] + ([f"const {r.args_name()} *args"] if r.args() else []) + ([f"const {r.body} *in"] if r.body else [])
    return parts + ([f"{r.answer} *out"] if r.answer and not work else [])


def feature_h(world, feature):
    queries, routes = by_feature(world.queries, feature), by_feature(world.routes, feature)
    rows = [s for s in by_feature(world.structs.values(), feature) if not s.api]
    out = [f"// Queries and handlers of {feature}. Written by tools/gen.", "#pragma once", '#include "db/db.h"',
           '#include "gen/types.gen.h"', "", "typedef struct Req Req;"]
    if any(r.mode == "raw" for r in routes):
        out.append("typedef struct NetPlan NetPlan;")
    for s in rows:
        out += ["", f"typedef struct {s.name} {s.name};", f"typedef struct {s.name}List {{ {s.name} *p; i64 n; }} {s.name}List;"]
        out += struct_lines(s.name, s.members) + [f"extern const Type {upper(s.name)}_TYPE;"]
    for q in queries:
        out.append("")
        if q.members:
            name = camel(q.name) + "In"
            out += [f"typedef struct {name} {name};"] + struct_lines(name, q.members)
        out += [f"extern const Query {q.name.upper()}_QUERY;", query_signature(q) + ";"]
    for r in routes:
        out += ["", f"// {r.method} {r.path}"]
        if r.args():
            out += [f"typedef struct {r.args_name()} {r.args_name()};"] + struct_lines(r.args_name(), r.args())
            out.append(f"extern const Type {upper(r.args_name())}_TYPE;")
        out += prototypes(r)
    return "\n".join(out) + "\n"


def prototypes(r):
    if r.mode == "raw":
        return [f"NetPlan {r.handler}_begin(Req *r);", f"void {r.handler}_handle(Req *r);"]
    work = [f"Err {r.handler}_work({', '.join(route_parameters(r, True))});"] if r.work else []
    return [f"Err {r.handler}({', '.join(route_parameters(r))});"] + work


def feature_c(world, feature, index_of):
    out = [f"// Queries of {feature} and the field tables of its rows and arguments. Written by tools/gen.",
           f'#include "gen/{feature}.gen.h"', '#include "gen/program.gen.h"', ""]
    for s in by_feature(world.structs.values(), feature):
        if not s.api:
            out += type_lines(s.name, s.members)
    for r in by_feature(world.routes, feature):
        if r.args():
            out += type_lines(r.args_name(), r.args())
    for q in by_feature(world.queries, feature):
        out += query_lines(q, index_of[q.name])
    return "\n".join(out) + "\n"


def mask(tables):
    return " | ".join(f"TABLE_MASK_{t}" for t in tables) or "0"


def query_lines(q, index):
    const, out = q.name.upper(), []
    if q.members:
        lines = type_lines(camel(q.name) + "In", q.members)
        out += ["static " + line if line.startswith("const Type") else line for line in lines]
        out.pop()
    if q.numbered:
        numbers = ", ".join(str(i + (1000 if currency else 0)) for i, currency in q.numbered)
        out.append(f"static const int {const}_PARAMS[] = {{ {numbers} }};")
    parts = [f'.name = "{q.name}"', f".index = {index}"]
    parts += [f".in = &{upper(camel(q.name) + 'In')}_TYPE"] if q.members else []
    parts += [f".params = {const}_PARAMS, .n_params = {len(q.numbered)}"] if q.numbered else []
    parts += [f".row = &{upper(q.row)}_TYPE"] if q.row else []
    parts += [f".reads = {mask(q.reads)}", f".writes = {mask(q.writes)}"]
    out += [f"const Query {const}_QUERY = {{ {', '.join(parts)},", f"    .sql = {c_text(q.sql)} }};"]
    return out + [query_signature(q), "{"] + ["    " + line for line in query_body(q)] + ["}", ""]


def query_body(q):
    call = f"tx, &{q.name.upper()}_QUERY, {'&in' if q.members else 'NULL'}"
    if q.shape == "count":
        return [f"return db_exec({call}, changed);"]
    if q.shape == "nothing":
        return [f"return db_exec({call}, NULL);"]
    if q.shape == "many":
        return ["void *rows;", f"try(db_all({call}, &rows, &out->n));", "out->p = rows;", "return ERR_OK;"]
    lines = ["void *row;", f"try(db_one({call}, &row));"]
    if q.shape == "maybe":
        return lines + ["*out = row;", "return ERR_OK;"]
    lines.append(f"if (!row) return query_gave_no_row(tx, &{q.name.upper()}_QUERY);")
    return lines + [f"*out = *({q.row} *)row;", "return ERR_OK;"]


def program_h(world):
    out = ["// What main hands to the floors: all queries, tables, migrations and the OpenAPI text. Written by tools/gen.",
           "#pragma once", '#include "db/db.h"', "",
           "extern const Query *const QUERIES[];          // by Query.index", "extern const i64 QUERIES_N;",
           "extern const char *const TABLES[];            // the name of each bit of Query.reads", "extern const i64 TABLES_N;",
           "extern const Migration MIGRATIONS[];          // in order", "extern const i64 MIGRATIONS_N;",
           "extern const char OPENAPI_JSON[];             // web/openapi.json, byte for byte",
           "extern const i64 OPENAPI_JSON_N;", "",
           "// A query whose header says `-> T` gave no row: logs it and fails the transaction.",
           "Err query_gave_no_row(Tx *tx, const Query *q);", ""]
    for i, name in enumerate(sorted(world.tables)):
        out.append(f"#define TABLE_MASK_{name} ((TableSet)1 << {i})")
    return "\n".join(out) + "\n"


def queries_c(world, queries):
    out = ["// All queries by index, and the tables' names by bit. Written by tools/gen.", '#include "gen/program.gen.h"', "",
           '#include "base/log.h"', ""]
    out += [f"extern const Query {q.name.upper()}_QUERY;" for q in queries]
    out += ["", "const Query *const QUERIES[] = {"] + [f"    &{q.name.upper()}_QUERY," for q in queries] + ["    NULL,", "};"]
    out += [f"const i64 QUERIES_N = {len(queries)};", "", "const char *const TABLES[] = {"]
    out += [f'    "{name}",' for name in sorted(world.tables)] + ["    NULL,", "};", f"const i64 TABLES_N = {len(world.tables)};"]
    out += ["", "Err query_gave_no_row(Tx *tx, const Query *q)", "{",
            '    log_event(LOG_ERROR, (Str){ 0 }, "db", "%s gave no row", q->name);', "    tx->failed = ERR_DB;",
            "    return ERR_DB;", "}"]
    return "\n".join(out) + "\n"


def long_text(text, indent="    "):
    """A long text as adjacent literals, one a line of the text."""
    return "\n".join(indent + c_text(line) for line in text.splitlines(keepends=True))


def migrations_c(world):
    out = ["// The migrations in both engines' words. Written by tools/gen.", '#include "gen/program.gen.h"', "",
           "const Migration MIGRATIONS[] = {"]
    for m in sorted(world.migrations, key=lambda m: m.number):
        out.append(f'    {{ .number = {m.number}, .name = "{m.name}", .hash = "{m.hash}",')
        out += ["      .sqlite =", long_text("".join(s + ";\n" for s in m.sqlite), "        ") + ",",
                "      .postgres =", long_text("".join(s + ";\n" for s in m.postgres), "        ") + " },"]
    out += ["    { 0 },", "};", f"const i64 MIGRATIONS_N = {len(world.migrations)};"]
    return "\n".join(out) + "\n"


def openapi_c(text):
    out = ["// web/openapi.json, byte for byte. Written by tools/gen.", '#include "gen/program.gen.h"', "",
           "const char OPENAPI_JSON[] =", long_text(text) + ";", "const i64 OPENAPI_JSON_N = sizeof(OPENAPI_JSON) - 1;"]
    return "\n".join(out) + "\n"


def route_order(r):
    """Static parts before {parameters}, and those with an ending before those without: so the first match is right."""
    def place(part):
        ending = part.partition("}")[2]
        return (0, part) if not part.startswith("{") else (1, ending) if ending else (2, "")
    return [place(part) for part in r.path.split("/")], r.method


def routes_c(world):
    routes = sorted(world.routes, key=route_order)
    out = ["// The route table, static parts before {parameters}, and the handlers' adapters. Written by tools/gen.",
           '#include "api/req.h"']
    out += [f'#include "gen/{name}.gen.h"' for name in sorted({r.feature for r in routes})] + [""]
    for r in routes:
        out += adapter(r)
    out.append("const Route ROUTES[] = {")
    out += [line for r in routes for line in route_lines(r)]
    out += ["    { 0 },", "};", f"const i64 ROUTES_N = {len(routes)};"]
    return "\n".join(out) + "\n"


def adapter(r):
    """The table's calls take void pointers; each adapter turns them into the handler's own types."""
    if r.mode == "raw":
        return []
    have = {"args": bool(r.args()), "in": bool(r.body), "out": bool(r.answer)}
    out = []
    for name, names, suffix in ((r.handler, ("args", "in", "out"), ""), (r.handler + "_work", ("args", "in"), "_work")):
        if suffix and not r.work:
            continue
        declared = ", ".join(["Req *r"] + [("void *" if n == "out" else "const void *") + n for n in names])
        out += [f"static Err call_{name}({declared})", "{"]
        out += [f"    (void){n};" for n in names if not have[n]]
        out += [f"    return {name}({', '.join(['r'] + [n for n in names if have[n]])});", "}", ""]
    return out


def route_lines(r):
    parts = [f'.method = "{r.method}"', f'.path = "{r.path}"', f'.handler = "{r.handler}"']
    rest = [f".who = WHO_{r.who.upper()}", f".mode = MODE_{r.mode.upper()}", f".status = {r.status}",
            f".body_limit = {c_int(r.body_limit)}"]
    rest += [f".{mark} = true" for mark in ("work", "secret", "cache") if getattr(r, mark)]
    rest += [f".args = &{upper(r.args_name())}_TYPE, .n_path = {len(r.path_args)}"] if r.args() else []
    rest += [f".in = &{upper(r.body)}_TYPE"] if r.body else []
    rest += [f".out = &{upper(r.answer)}_TYPE"] if r.answer else []
    if r.mode == "raw":
        rest.append(f".begin = {r.handler}_begin, .handle = {r.handler}_handle")
    else:
        rest.append(f".call = call_{r.handler}" + (f", .call_work = call_{r.handler}_work" if r.work else ""))
    return ["    { " + ", ".join(parts) + ",", "      " + ", ".join(rest) + " },"]
