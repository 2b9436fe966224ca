"""Writes what C sees of types: ids.gen.h, types.gen.h, types.gen.c. Knows no queries and no routes."""
from .model import snake, upper

KINDS = {"int": "FIELD_INT", "bool": "FIELD_BOOL", "real": "FIELD_REAL", "time": "FIELD_TIME", "id": "FIELD_ID",
         "text": "FIELD_TEXT", "bytes": "FIELD_BYTES", "enum": "FIELD_ENUM", "currency": "FIELD_CURRENCY",
         "money": "FIELD_MONEY", "object": "FIELD_OBJECT", "list": "FIELD_LIST"}
PLAIN = {"int": "i64", "bool": "bool", "real": "double", "time": "Time", "text": "Str", "bytes": "Str",
         "currency": "Currency", "money": "Money"}
LISTS = {"int": "IntList", "bool": "BoolList", "real": "RealList", "time": "TimeList", "text": "StrList",
         "currency": "CurrencyList", "money": "MoneyList"}


def c_type(kind):
    if kind.name == "list":
        return LISTS.get(kind.of.name) or kind.of.ref + "List"
    if kind.name == "object":
        return f"struct {kind.ref} *"
    return PLAIN.get(kind.name) or kind.ref


def c_int(v):
    if v == -(2 ** 63):
        return "INT64_MIN"
    if v == 2 ** 63 - 1:
        return "INT64_MAX"
    return f"INT64_C({v})" if abs(v) > 2 ** 31 - 1 else str(v)


def c_text(text):
    """A C string literal; what is not ASCII goes as octal, so that no following digit joins it."""
    out = ""
    for b in text.encode():
        c = chr(b)
        out += "\\" + c if c in '"\\' else "\\n" if c == "\n" else c if 32 <= b < 127 else f"\\{b:03o}"
    return '"' + out.replace("??", "?\\?") + '"'


def struct_lines(name, members):
    out = [f"struct {name} {{"]
    for m in members:
        kind = c_type(m.kind)
        flag = f"bool has_{m.name}; " if m.has_flag() else ""
        out.append(f"    {flag}{kind}{'' if kind.endswith('*') else ' '}{m.name};")
    return out + ["};"]


def field_line(struct, m):
    kind, of = m.kind, m.kind.of
    parts = [f'.name = "{m.name}"', f".kind = {KINDS[kind.name]}", f".offset = offsetof({struct}, {m.name})"]
    if m.optional:
        parts.append(".optional = true")
    if m.has_flag():
        parts.append(f".has_offset = offsetof({struct}, has_{m.name})")
    if kind.lines:
        parts.append(".multiline = true")
    if kind.name in ("int", "text", "bytes", "money", "list"):
        parts.append(f".min = {c_int(kind.low)}, .max = {c_int(kind.high)}")
    if of:
        parts.append(f".element = {KINDS[of.name]}")
        if of.name in ("int", "text", "money"):
            parts.append(f".element_min = {c_int(of.low)}, .element_max = {c_int(of.high)}")
    last = of or kind
    if last.name == "enum":
        parts.append(f".enums = &{upper(last.ref)}_NAMES")
    if last.name == "object":
        parts.append(f".type = &{upper(last.ref)}_TYPE")
    return "    { " + ", ".join(parts) + " },"


def type_lines(name, members):
    """The field table of a struct."""
    const = upper(name)
    out = [f"static const Field {const}_FIELDS[] = {{"] + [field_line(name, m) for m in members] + ["};"]
    return out + [f'const Type {const}_TYPE = {{ .name = "{name}", .size = sizeof({name}),',
                  f"    .fields = {const}_FIELDS, .n = COUNT({const}_FIELDS) }};", ""]


def ids_h(world):
    out = ["// Ids: distinct types, so that swapping two does not compile. Written by tools/gen.", "#pragma once",
           '#include "base/id.h"', ""]
    for name in sorted(world.ids):
        out += [f"typedef struct {name} {{ i64 v; }} {name};",
                f"typedef struct {name}List {{ {name} *p; i64 n; }} {name}List;",
                f"static inline {name} {snake(name)}_next(Ids *ids, Time now) {{ return ({name}){{ id_next(ids, now) }}; }}"]
    return "\n".join(out) + "\n"


def enum_lines(e):
    values = ", ".join(f"{upper(e.name)}_{v.upper()}" for v in e.values)
    return [f"typedef enum {e.name} {{ {values} }} {e.name};",
            f"typedef struct {e.name}List {{ {e.name} *p; i64 n; }} {e.name}List;",
            f"extern const EnumTable {upper(e.name)}_NAMES;"]


def types_h(world):
    structs = [s for s in world.structs.values() if s.api]
    out = ["// All enums and types of the x.api files. Written by tools/gen.", "#pragma once", '#include "base/field.h"',
           '#include "gen/ids.gen.h"', ""]
    for name, of in (("IntList", "i64"), ("BoolList", "bool"), ("RealList", "double"), ("TimeList", "Time"),
                     ("CurrencyList", "Currency"), ("MoneyList", "Money")):
        out.append(f"typedef struct {name} {{ {of} *p; i64 n; }} {name};")
    for e in sorted(world.enums.values(), key=lambda e: e.name):
        out += [""] + enum_lines(e)
    out.append("")
    for s in sorted(structs, key=lambda s: s.name):
        out += [f"typedef struct {s.name} {s.name};", f"typedef struct {s.name}List {{ {s.name} *p; i64 n; }} {s.name}List;"]
    for s in sorted(structs, key=lambda s: (s.feature, s.place.split(":")[0], int(s.place.split(":")[1]))):
        out += ["", f"// {s.feature}: {s.doc}" if s.doc else f"// {s.feature}"] + struct_lines(s.name, s.members)
        out.append(f"extern const Type {upper(s.name)}_TYPE;")
    out += ["", "extern const Type *const TYPES[];              // all of them, by name; for tests",
            "extern const i64 TYPES_N;"]
    return "\n".join(out) + "\n"


def types_c(world):
    out = ["// The field tables of all types of the x.api files. Written by tools/gen.", '#include "gen/types.gen.h"', ""]
    for e in sorted(world.enums.values(), key=lambda e: e.name):
        const = upper(e.name)
        names = ", ".join(f'"{v}"' for v in e.values)
        out += [f"static const char *const {const}_TEXTS[] = {{ {names} }};",
                f'const EnumTable {const}_NAMES = {{ .name = "{e.name}", .names = {const}_TEXTS, .n = {len(e.values)} }};',
                f'_Static_assert(sizeof({e.name}) == sizeof(int), "enums are read as int");', ""]
    for s in sorted((s for s in world.structs.values() if s.api), key=lambda s: s.name):
        out += type_lines(s.name, s.members)
    names = sorted(s.name for s in world.structs.values() if s.api)
    out += ["const Type *const TYPES[] = {"] + [f"    &{upper(name)}_TYPE," for name in names] + ["    NULL,", "};"]
    return "\n".join(out + [f"const i64 TYPES_N = {len(names)};"]) + "\n"
