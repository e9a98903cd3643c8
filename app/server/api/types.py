"""Types: what a function takes and gives, as forms; what it declares is all there is to say about it."""

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic_core import core_schema as cs

from app.server.api.forms import (
    ANYTHING,
    BASE64,
    FLAG,
    ITEM,
    ITEM_WORD,
    NUMBER,
    SHARE,
    TEXT,
    TIME,
    Form,
    Told,
    int_named,
    place_in,
)
from app.shop.reads.offers import OfferChoice
from app.shop.rules.changes import Change

NOT_TAKEN = {Change: frozenset({"label", "instead_of", "unit_minor"})}
"""Fields that the shop fills in itself."""
_AS: dict[tuple[Any, str], Form] = {(OfferChoice, "days"): TIME}
"""Where a name does not tell what its number is."""


@dataclass(frozen=True, slots=True)
class Types:
    """Forms of types, each dataclass once; `components` are those that were met, as the OpenAPI has them."""

    taken: bool
    """Whether they are for what comes in."""
    in_address: bool = False
    components: dict[str, Told] = field(default_factory=dict)
    _made: dict[Any, Form] = field(default_factory=dict)

    def form(self, kind: Any, name: str = "") -> Form:
        """How `kind` looks, where it is called `name`. Raises TypeError for what has no form."""
        plain = {str: TEXT, bool: FLAG, float: SHARE, bytes: BASE64, Any: ANYTHING, object: ANYTHING}
        if kind is int:
            return int_named(name)
        if kind in plain:
            return plain[kind]
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            values = [one.value for one in kind]
            return Form(cs.enum_schema(kind, list(kind), sub_type="str"), {"type": "string", "enum": values})
        if is_dataclass(kind):
            return self._record(kind)
        return self._put_together(kind, name)

    def _put_together(self, kind: Any, name: str) -> Form:
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            return self._one_of([one for one in inner if one is not NoneType], NoneType in inner, name)
        if origin in (dict, Mapping):
            values = self.form(inner[1])
            keys = cs.int_schema() if inner[0] is int else self.form(inner[0]).core
            told = {"type": "object", "additionalProperties": values.told}
            return Form(cs.dict_schema(keys, values.core), told)
        if origin is tuple and inner[-1] is not ...:
            return self._of_places(inner, name)
        if origin is frozenset:
            each = self.form(inner[0], name)
            return Form(cs.frozenset_schema(each.core), _list_of(each) | {"uniqueItems": True})
        if origin in (tuple, Sequence):
            each = self.form(inner[0], name)
            return Form(cs.tuple_schema([each.core], variadic_item_index=0), _list_of(each))
        raise TypeError(f"{kind} of {name!r} has no form")

    def _of_places(self, inner: tuple[Any, ...], name: str) -> Form:
        if name in ("items", "beside"):
            return ITEM_WORD if self.in_address else ITEM
        if set(inner) == {int}:
            return place_in(len(inner))
        each = [NUMBER if one is int else self.form(one) for one in inner]
        told = {"type": "array", "prefixItems": [one.told for one in each], "items": False}
        return Form(cs.tuple_schema([one.core for one in each]), told)

    def _one_of(self, kinds: list[Any], none: bool, name: str) -> Form:
        # A flag is an int as well, so it is asked for first.
        each = [self.form(one, name) for one in sorted(kinds, key=lambda one: one is not bool)]
        if len(each) > 1:
            core = cs.union_schema([one.core for one in each], mode="left_to_right")
            each = [Form(core, {"anyOf": [one.told for one in each]})]
        return each[0].or_none() if none else each[0]

    def _record(self, kind: Any) -> Form:
        if kind not in self._made:
            self._made[kind] = self._taken(kind) if self.taken else self._given(kind)
        return self._made[kind]

    def _given(self, kind: Any) -> Form:
        parts = {name: form for name, form, _ in self.parts(kind)}
        args = cs.dataclass_args_schema(
            kind.__name__, [cs.dataclass_field(name, form.core) for name, form in parts.items()]
        )
        self._note(kind, parts, list(parts))
        slots = "__slots__" in vars(kind)
        return Form(cs.dataclass_schema(kind, args, list(parts), slots=slots), self._named(kind))

    def _taken(self, kind: Any) -> Form:
        each = self.parts(kind)
        needed = [name for name, _, optional in each if not optional]
        typed = {name: cs.typed_dict_field(form.core, required=not optional) for name, form, optional in each}
        core = cs.no_info_after_validator_function(
            lambda given: kind(**given), cs.typed_dict_schema(typed, extra_behavior="forbid")
        )
        self._note(kind, {name: form for name, form, _ in each}, needed)
        return Form(core, self._named(kind))

    def parts(self, kind: Any) -> list[tuple[str, Form, bool]]:
        """The fields of a dataclass: name, form, and whether it may be left out."""
        hints, left_out = get_type_hints(kind), NOT_TAKEN.get(kind, ()) if self.taken else ()
        return [
            (
                one.name,
                _as(self, kind, one.name, hints[one.name]),
                one.default is not MISSING or one.default_factory is not MISSING,
            )
            for one in fields(kind)
            if one.name not in left_out
        ]

    def _note(self, kind: Any, parts: dict[str, Form], needed: list[str]) -> None:
        told: Told = {"type": "object", "properties": {name: form.told for name, form in parts.items()}}
        told |= {"required": needed} if needed else {}
        told |= {"additionalProperties": False} if self.taken else {}
        self.components[self._called(kind)] = told

    def _called(self, kind: Any) -> str:
        return f"{kind.__name__}Given" if self.taken else str(kind.__name__)

    def _named(self, kind: Any) -> Told:
        return {"$ref": f"#/components/schemas/{self._called(kind)}"}


def _list_of(each: Form) -> Told:
    return {"type": "array", "items": each.told}


def _as(types: Types, kind: Any, name: str, hint: Any) -> Form:
    known = _AS.get((kind, name))
    if known is None:
        return types.form(hint, name)
    return Form(cs.tuple_schema([known.core], variadic_item_index=0), _list_of(known))
