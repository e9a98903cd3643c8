"""How a control is made: only what it is given is set, the rest are defaults that nobody keeps."""

import dataclasses
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from flet.controls import base_control
from flet.controls.base_control import BaseControl
from flet.controls.value_types import Prop

_GENERATED = "<string>"
"""The file of what `dataclasses` writes."""
Init = Callable[..., None]


def install() -> None:
    """Have every control made so: those that are there, and most come when first used."""
    for known in _below(BaseControl):
        _make_lean(known)
    base_control._apply_control = _lean(base_control._apply_control)


def _below(cls: Any) -> Iterator[Any]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def _lean(apply: Callable[..., type]) -> Callable[..., type]:
    def applied(cls: type, *args: Any, **kwargs: Any) -> type:
        made = apply(cls, *args, **kwargs)
        _make_lean(made)
        return made

    return applied


def _make_lean(cls: type) -> None:
    init = vars(cls).get("__init__")
    if init is not None and init.__code__.co_filename == _GENERATED:
        cls.__init__ = lean_init(cls, init)  # type: ignore[misc]


def lean_init(cls: type, written: Init) -> Init:
    """What does as `written`, which `dataclasses` wrote for `cls`; sets only what is given or made anew."""
    declared: Any = cls.__dataclass_fields__  # type: ignore[attr-defined]
    fields = [one for one in declared.values() if one._field_type.name != "_FIELD_CLASSVAR"]
    passed = {one.name: one.default for one in fields if one._field_type.name == "_FIELD_INITVAR"}
    kept = [one for one in fields if one.name not in passed]
    places = [one.name for one in fields if one.init and not one.kw_only]
    names = {one.name for one in fields if one.init}
    needed = {one.name for one in fields if one.init and _required(one)}
    anew = [(one.name, one.default_factory) for one in kept if one.default_factory is not dataclasses.MISSING]
    fixed = [(one.name, one.default) for one in kept if _fixed(cls, one)]

    @wraps(written)
    def init(self: Any, *args: Any, **given: Any) -> None:
        values = dict(zip(places, args, strict=False)) | given
        complete = needed <= values.keys() and len(values) == len(args) + len(given)
        if not (complete and values.keys() <= names):
            written(self, *args, **given)  # says what is wrong
            return
        for name, make in anew:
            if name not in values:
                setattr(self, name, make())
        for name, value in fixed:
            if name not in values:
                setattr(self, name, value)
        for name, value in values.items():
            if name not in passed:
                setattr(self, name, value)
        self.__post_init__(*[values.get(name, default) for name, default in passed.items()])

    return init


def _required(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _fixed(cls: type, field: Any) -> bool:
    """Whether `field` starts with a value that nobody keeps for it."""
    if field.default is dataclasses.MISSING:
        return False
    return not isinstance(_descriptor(cls, field.name), Prop)


def _descriptor(cls: type, name: str) -> Any:
    return next((vars(one)[name] for one in cls.__mro__ if name in vars(one)), None)
