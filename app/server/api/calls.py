"""Calls: an endpoint made ready, so that a request finds its checks and its writer built."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreConfig, SchemaSerializer, SchemaValidator, ValidationError
from pydantic_core import core_schema as cs

from app.server.api.endpoints import Endpoint
from app.server.api.forms import COUNT, TIME, Form, counting, outside
from app.server.api.problems import Problem, unusable
from app.server.api.types import Types
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import as_json

MOST_ON_A_PAGE = 100
MOST_DAYS = 3660
_OWN = ("shop", "actor", "_actor", "key")
_CONFIG = CoreConfig(ser_json_bytes="base64")
_LIMITED = {
    "limit": counting(1, MOST_ON_A_PAGE),
    "most": counting(1, MOST_ON_A_PAGE),
    "days": counting(1, MOST_DAYS),
}
_AS: dict[tuple[str, str], Form] = {
    ("accept_offer", "seen"): TIME.or_none(),
    ("set_policy", "seen"): COUNT.or_none(),
}
"""Where the same name counts something else."""
_CURSORS = ("before", "after")


@dataclass(frozen=True, slots=True)
class Part:
    """One argument as it comes in."""

    name: str
    form: Form
    needed: bool
    repeated: bool = False
    of: str = ""
    """The argument that it is a field of."""


@dataclass(frozen=True, slots=True)
class Request:
    """What an endpoint is called with, not checked yet."""

    path: dict[str, str]
    query: dict[str, list[str]]
    body: bytes
    key: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What it answers; `further` is where the next page begins."""

    body: bytes
    further: str | None = None


class Call:
    """An endpoint with its arguments, each known by where it comes from."""

    def __init__(self, endpoint: Endpoint, taken: Types, asked: Types, given: Types) -> None:
        self.endpoint = endpoint
        self.reads = endpoint.verb == "GET"
        signature, hints = inspect.signature(endpoint.run), get_type_hints(endpoint.run)
        key = signature.parameters.get("key")
        self.keyed = key is not None
        self.needs_key = key is not None and key.default is inspect.Parameter.empty
        self.takes_bytes = next(
            (name for name, hint in hints.items() if hint is bytes and name != "return"), None
        )
        self.path: list[Part] = []
        self.query: list[Part] = []
        self.body: list[Part] = []
        for name, one in signature.parameters.items():
            if name in _OWN or name == self.takes_bytes:
                continue
            needed, hint = one.default is inspect.Parameter.empty, hints[name]
            if f"{{{name}}}" in endpoint.path:
                self.path.append(Part(name, asked.form(hint, name), True))
            elif self.reads and is_dataclass(hint):
                self.query += (Part(field, form, False, of=name) for field, form, _ in asked.parts(hint))
            elif self.reads:
                self.query.append(Part(name, self._form(asked, hint, name), needed, _repeated(hint)))
            else:
                self.body.append(Part(name, self._form(taken, hint, name), needed))
        self._groups: dict[str, Any] = {one.of: hints[one.of] for one in self.query if one.of}
        self.limit = signature.parameters["limit"].default if "limit" in signature.parameters else 0
        self.cursor = next((name for name in _CURSORS if name in signature.parameters), "")
        self._path, self._query, self._body = (
            _validator(parts) for parts in (self.path, self.query, self.body)
        )
        self.result: Any = hints["return"]
        self.form = None if self.result in (Done, bytes) or endpoint.named else given.form(self.result)
        self._write: Callable[[Any], bytes] = self._writer()

    def _form(self, types: Types, hint: Any, name: str) -> Form:
        return _AS.get((self.endpoint.run.__name__, name)) or _LIMITED.get(name) or types.form(hint, name)

    def _writer(self) -> Callable[[Any], bytes]:
        if self.result is bytes:
            return bytes
        if self.form is None:
            return lambda done: as_json(outside(done.answer)).encode()
        return SchemaSerializer(self.form.core, _CONFIG).to_json

    def checked(self, request: Request) -> dict[str, Any]:
        """The arguments. Raises Problem for what cannot be used."""
        given = _checked(self._path, dict(request.path), "path")
        given |= self._of_query(request.query)
        if self.takes_bytes:
            given[self.takes_bytes] = request.body
        elif not self.reads:
            given |= self._of_body(request.body)
        if self.keyed:
            if request.key is None and self.needs_key:
                raise Problem(400, "key_missing")
            given["key"] = request.key or ""
        return given

    def _of_query(self, query: dict[str, list[str]]) -> dict[str, Any]:
        if not query and not self._groups:
            return _checked(self._query, {}, "query")
        repeated = {one.name for one in self.query if one.repeated}
        if twice := [name for name, values in query.items() if len(values) > 1 and name not in repeated]:
            raise Problem(
                422,
                "request_unusable",
                errors=[{"pointer": f"#/query/{one[:100]}", "code": "repeated"} for one in twice],
            )
        flat = {name: values if name in repeated else values[0] for name, values in query.items()}
        given = _checked(self._query, flat, "query")
        for name, kind in self._groups.items():
            fields = [one.name for one in self.query if one.of == name]
            given[name] = kind(**{field: given.pop(field) for field in fields if field in given})
        return given

    def _of_body(self, body: bytes) -> dict[str, Any]:
        try:
            return dict(self._body.validate_json(body or b"{}", strict=True))
        except ValidationError as error:
            raise unusable(error, "body") from None

    def run(self, shop: Shop, actor: Actor, given: Mapping[str, Any]) -> Any:
        """What the shop answers. Raises ShopError."""
        found = self.endpoint.run(shop, actor, **given)
        return Done({self.endpoint.named: found}) if self.endpoint.named else found

    def answer(self, found: Any, given: Mapping[str, Any]) -> Answer:
        """As it goes out."""
        return Answer(self._write(found), self._further(found, given))

    def _further(self, found: Any, given: Mapping[str, Any]) -> str | None:
        if self.endpoint.further is None:
            return None
        if isinstance(found, tuple) and len(found) < given.get("limit", self.limit):
            return None
        end = self.endpoint.further(found)
        if isinstance(end, tuple):
            return ".".join(map(str, end))
        return None if end is None else str(end)


def _validator(parts: Sequence[Part]) -> SchemaValidator:
    typed = {one.name: cs.typed_dict_field(one.form.core, required=one.needed) for one in parts}
    return SchemaValidator(cs.typed_dict_schema(typed, extra_behavior="forbid"))


def _checked(validator: SchemaValidator, given: Any, where: str) -> dict[str, Any]:
    try:
        return dict(validator.validate_python(given))
    except ValidationError as error:
        raise unusable(error, where) from None


def _repeated(hint: Any) -> bool:
    if get_origin(hint) in (Union, UnionType):
        return any(_repeated(one) for one in get_args(hint))
    return get_origin(hint) in (tuple, Sequence) and (
        get_origin(hint) is Sequence or get_args(hint)[-1] is ...
    )


def calls(endpoints: Sequence[Endpoint]) -> tuple[list[Call], dict[str, Any]]:
    """Each endpoint made ready, and the components that their OpenAPI names."""
    taken, asked, given = Types(True), Types(True, in_address=True), Types(False)
    made = [Call(one, taken, asked, given) for one in endpoints]
    return made, given.components | taken.components
