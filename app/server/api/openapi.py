"""The OpenAPI of the endpoints, made once, as bytes with their mark."""

import inspect
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from app.server.api.bodies import JSON
from app.server.api.calls import Call, Part
from app.server.api.forms import Told
from app.server.api.routes import BASE
from app.shop.once import KEY_LONGEST
from app.shop.rules.accounts import Scope
from app.shop.sql import as_json

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "facts": {"type": "object"},
        "next_step": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "code"],
                "properties": {name: {"type": "string"} for name in ("pointer", "code", "detail")},
            },
        },
    },
}
_ALWAYS = (400, 401, 403, 404, 409, 422, 429, 500, 503)
_WITH_BODY = (408, 413, 415)


def described(calls: Sequence[Call], components: dict[str, Told]) -> tuple[bytes, bytes]:
    """The OpenAPI 3.1 document, and its ETag."""
    paths: dict[str, dict[str, Any]] = {}
    for call in calls:
        paths.setdefault(BASE + call.endpoint.path, {})[call.endpoint.verb.lower()] = _operation(call)
    page = as_json(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Takeback",
                "version": "1",
                "description": "Numbers of orders, people and things are text; times are ISO 8601 UTC.",
            },
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "schemas": components | {"Problem": _PROBLEM},
                "securitySchemes": {
                    "token": {
                        "type": "http",
                        "scheme": "bearer",
                        "description": "Scopes: " + ", ".join(Scope),
                    }
                },
                "responses": {
                    "Problem": {
                        "description": "What went wrong (RFC 9457).",
                        "content": {
                            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                        },
                    }
                },
            },
        }
    ).encode()
    return page, f'"{sha256(page).hexdigest()[:32]}"'.encode()


def _operation(call: Call) -> dict[str, Any]:
    run = call.endpoint.run
    told: dict[str, Any] = {
        "operationId": run.__name__,
        "summary": (inspect.getdoc(run) or "").split("\n\n")[0].replace("\n", " "),
        "description": f"Scope: `{call.endpoint.scope}`.",
        "parameters": [
            *(_parameter(one, "path") for one in call.path),
            *(_parameter(one, "query") for one in call.query),
            *([_key(call.needs_key)] if call.keyed else []),
        ],
        "responses": _responses(call),
    }
    if call.takes_bytes:
        told["requestBody"] = {"required": True, "content": {"image/*": {}}}
    elif call.body:
        told["requestBody"] = _body(call.body)
    return told


def _body(parts: Sequence[Part]) -> dict[str, Any]:
    needed = [one.name for one in parts if one.needed]
    schema: Told = {
        "type": "object",
        "properties": {one.name: one.form.told for one in parts},
        "additionalProperties": False,
    }
    schema |= {"required": needed} if needed else {}
    return {"required": bool(needed), "content": {JSON: {"schema": schema}}}


def _parameter(one: Part, where: str) -> dict[str, Any]:
    told = {"name": one.name, "in": where, "required": where == "path" or one.needed, "schema": _plain(one)}
    return told | ({"style": "form", "explode": True} if one.repeated else {})


def _plain(one: Part) -> Told:
    """Without null: what is none is left out of an address."""
    told = one.form.told
    if isinstance(told.get("type"), list):
        return told | {"type": told["type"][0]}
    if "anyOf" in told:
        left: list[Told] = [inner for inner in told["anyOf"] if inner.get("type") != "null"]
        return left[0] if len(left) == 1 else {"anyOf": left}
    return told


def _key(needed: bool) -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": needed,
        "description": "With the same key it is done once, and answered the same.",
        "schema": {"type": "string", "minLength": 1, "maxLength": KEY_LONGEST, "pattern": "^[!#-~]+$"},
    }


def _responses(call: Call) -> dict[str, Any]:
    problem = {"$ref": "#/components/responses/Problem"}
    schema = call.form.told if call.form else {"type": "object"}
    content = {"image/*": {}} if call.result is bytes else {JSON: {"schema": schema}}
    done: dict[str, Any] = {
        "description": "What was found." if call.reads else "What was done.",
        "content": content,
    }
    if call.endpoint.further:
        done["headers"] = {
            "Link": {"description": 'The next page: rel="next".', "schema": {"type": "string"}}
        }
    statuses = (*_ALWAYS, *(() if call.reads else _WITH_BODY))
    return {"200": done} | {str(status): problem for status in sorted(statuses)}
