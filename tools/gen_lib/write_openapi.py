"""Writes web/openapi.json: OpenAPI 3.1 of all routes. Knows no C."""
import json
import re

from .check import GENERAL
from .model import I64_MAX, I64_MIN, lower_camel

COOKIE, CSRF, IDEMPOTENCY = "etalase_session", "X-CSRF-Token", "Idempotency-Key"    # as in src/api/
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
TUS = {"Tus-Resumable": "The protocol's version: 1.0.0"}
TUS_OFFSET = {"Upload-Offset": "Bytes that have arrived"}
TUS_LENGTH = {"Upload-Length": "Bytes of the whole file"}
# What raw routes read and answer beside JSON: handler -> (request headers, body's content type, answer headers).
RAW = {
    "picture_post": ({}, ["image/jpeg", "image/png", "image/webp"], {}),
    "upload_create": ({**TUS, **TUS_LENGTH, "Upload-Metadata": "filename and a base64 text, as the tus protocol says"}, None,
                      {**TUS, "Location": "Where the upload's bytes go"}),
    "upload_head": (TUS, None, {**TUS, **TUS_OFFSET, **TUS_LENGTH, "Cache-Control": "no-store"}),
    "upload_patch": ({**TUS, **TUS_OFFSET}, ["application/offset+octet-stream"], {**TUS, **TUS_OFFSET}),
    "upload_delete": (TUS, None, TUS),
    "upload_options": ({}, None, {**TUS, "Tus-Version": "1.0.0", "Tus-Extension": "What of the protocol is served",
                                  "Tus-Max-Size": "Most bytes of an upload"}),
}

# What a raw route answers with is said by its path's ending.
ENDINGS = {".pdf": "application/pdf", ".html": "text/html", ".csv": "text/csv"}


def openapi_text(world):
    return json.dumps(document(world), ensure_ascii=False, indent=1) + "\n"


def document(world):
    paths = {}
    for r in sorted(world.routes, key=lambda r: (r.path, r.method)):
        path = re.sub(r"\{(\w+):[^}]*\}", r"{\1}", r.path)
        paths.setdefault(path, {})[r.method.lower()] = operation(world, r)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Etalase", "version": "1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
                 "description": "Social commerce, self-hosted. Ids are decimal strings, times ISO 8601 in UTC, money whole minor "
                                "units of a named currency. Refusals follow RFC 9457; `type` is /problems/ and a stable slug."},
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": doc} if doc else {"name": name}
                 for name, doc in sorted(world.features.items()) if any(r.feature == name for r in world.routes)],
        "paths": paths,
        "components": {"schemas": schemas(world), "parameters": parameters(), "responses": responses(),
                       "securitySchemes": {
                           "bearer": {"type": "http", "scheme": "bearer", "description": "The token of POST /v1/sessions"},
                           "cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE,
                                      "description": f"Writes then need {CSRF}: the csrf of GET /v1/me"}}},
    }


def parameters():
    return {
        "IdempotencyKey": {"name": IDEMPOTENCY, "in": "header", "required": False, "schema":
                           {"type": "string", "minLength": 1, "maxLength": 120}, "description":
                           "A repeated key returns the first answer; the same key with another request is refused"},
        "CsrfToken": {"name": CSRF, "in": "header", "required": False, "schema": {"type": "string"},
                      "description": "Needed with a session cookie: the csrf of GET /v1/me"},
    }


def responses():
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"Problem": {"description": "Any other refusal: " + ", ".join(GENERAL), "content": problem}}


def schemas(world):
    out = {"Problem": problem_schema(), "Money": {
        "type": "object", "required": ["minor", "currency"], "additionalProperties": False,
        "description": "Whole minor units of a currency", "properties": {
            "minor": {"type": "integer", "format": "int64"}, "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}}}
    for name in sorted(n for n in world.ids if seen_outside(world, n)):
        out[name] = {"type": "string", "pattern": "^[1-9][0-9]{0,18}$", "description": f"An id: {name[:-2]}"}
    for e in sorted(world.enums.values(), key=lambda e: e.name):
        out[e.name] = described({"type": "string", "enum": e.values}, e.doc)
    for s in sorted((s for s in world.structs.values() if s.api), key=lambda s: s.name):
        out[s.name] = object_schema(s)
    return out


def seen_outside(world, name):
    """Some ids are only in queries."""
    members = [m for s in world.structs.values() if s.api for m in s.members] + [m for r in world.routes for m in r.args()]
    return any(k.ref == name for m in members for k in (m.kind, m.kind.of) if k)


def described(schema, doc):
    return {**schema, "description": doc} if doc else schema


def problem_schema():
    return {"type": "object", "required": ["type", "title", "status"], "description": "A refusal (RFC 9457)", "properties": {
        "type": {"type": "string", "description": "/problems/ and the slug"}, "title": {"type": "string"},
        "status": {"type": "integer"}, "slug": {"type": "string"}, "detail": {"type": "string"},
        "field": {"type": "string", "description": "Which field, such as lines[2].quantity"}, "requestId": {"type": "string"}}}


def object_schema(s):
    out = described({"type": "object"}, s.doc)
    required = [m.name for m in s.members if not m.optional]
    if required:
        out["required"] = required
    if s.is_input:
        out["additionalProperties"] = False
    out["properties"] = {}
    for m in s.members:
        schema = kind_schema(m.kind, s.is_input)
        out["properties"][m.name] = nullable(schema) if m.optional and s.is_input else schema
    return out


def nullable(schema):
    if isinstance(schema.get("type"), str) and "enum" not in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def kind_schema(kind, bounded):
    """bounded: also the range of money, which answers do not promise."""
    if kind.name in ("id", "enum", "object"):
        return {"$ref": f"#/components/schemas/{kind.ref}"}
    if kind.name == "list":
        out = {"type": "array", "items": kind_schema(kind.of, bounded), "maxItems": kind.high}
        return {**out, "minItems": kind.low} if kind.low else out
    if kind.name == "int":
        out = {"type": "integer", "format": "int64"}
        out.update({"minimum": kind.low} if kind.low != I64_MIN else {})
        return {**out, **({"maximum": kind.high} if kind.high != I64_MAX else {})}
    if kind.name == "text":
        out = {"type": "string", "minLength": kind.low} if kind.low else {"type": "string"}
        return {**out, "maxLength": kind.high}
    if kind.name == "money":
        ref = {"$ref": "#/components/schemas/Money"}
        return {**ref, "properties": {"minor": {"minimum": kind.low, "maximum": kind.high}}} if bounded else ref
    return {"bool": {"type": "boolean"}, "real": {"type": "number"}, "time": {"type": "string", "format": "date-time"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$"}}[kind.name]


def operation(world, r):
    out = {"operationId": lower_camel(r.handler), "tags": [r.feature]}
    out = described(out, r.doc)
    out["security"] = security(r)
    params = [{"name": m.name, "in": "path", "required": True, "schema": kind_schema(m.kind, True)} for m in r.path_args]
    params += [{"name": m.name, "in": "query", "required": not m.optional, "schema": kind_schema(m.kind, True)}
               for m in r.query_args]
    if r.mode == "write":
        params.append({"$ref": "#/components/parameters/IdempotencyKey"})
    if r.method in UNSAFE:
        params.append({"$ref": "#/components/parameters/CsrfToken"})
    sent, content, answered = RAW.get(r.handler, ({}, None, {})) if r.mode == "raw" else ({}, None, {})
    params += [{"name": n, "in": "header", "required": n in TUS or n in TUS_OFFSET, "schema": {"type": "string"},
                "description": d} for n, d in sent.items()]
    if params:
        out["parameters"] = params
    if r.body:
        out["requestBody"] = {"required": True, "content": {"application/json": {"schema":
                              {"$ref": f"#/components/schemas/{r.body}"}}}}
    if content:
        out["requestBody"] = {"required": True, "content": {c: {} for c in content}}
    out["responses"] = route_responses(world, r, answered)
    return out


def security(r):
    """An empty requirement means: without is fine too."""
    signed = [{"bearer": []}, {"cookie": []}]
    return signed + [{}] if r.who in ("anyone", "shopper") else signed


def route_responses(world, r, headers):
    good = {"description": "Done"}
    if headers:
        good["headers"] = {n: {"schema": {"type": "string"}, "description": d} for n, d in headers.items()}
    if r.answer:
        good["content"] = {"application/json": {"schema": {"$ref": f"#/components/schemas/{r.answer}"}}}
    ending = re.search(r"\.[a-z]+$", r.path) if r.mode == "raw" else None
    if ending and ending[0] in ENDINGS:
        good["content"] = {ENDINGS[ending[0]]: {"schema": {"type": "string"}}}
    out = {str(r.status): good}
    by_status = {}
    for slug in r.refusals:
        by_status.setdefault(world.slugs[slug][0], []).append(slug)
    for status, slugs in sorted(by_status.items()):
        out[str(status)] = {
            "description": "; ".join(f"{s}: {world.slugs[s][1]}" for s in slugs),
            "content": {"application/problem+json": {"schema": {
                "$ref": "#/components/schemas/Problem", "properties": {"slug": {"enum": slugs}}}}}}
    out["default"] = {"$ref": "#/components/responses/Problem"}
    return out
