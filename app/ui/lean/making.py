"""How a control is made: only what it is given is set, the rest are defaults that nobody keeps."""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, NamedTuple

from flet.controls import base_control
from flet.controls.base_control import BaseControl
from flet.controls.id_counter import ControlId
from flet.controls.value_types import Prop

_GENERATED = "<string>"
"""The file of what `dataclasses` writes."""
_STEP = next(
    one
    for one in base_control._apply_control.__code__.co_consts
    if getattr(one, "co_name", "") == "new_post_init"
)
"""What Flet puts around the making of a control, once for each class it is below."""
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


class _Plan(NamedTuple):
    """What is known of a class before one of its controls is made."""

    places: list[str]
    names: set[str]
    needed: set[str]
    passed: dict[str, Any]
    """What goes to `__post_init__`, with its defaults."""
    anew: list[tuple[str, Callable[[], Any]]]
    fixed: list[tuple[str, Any]]
    sparse: dict[str, Any]
    """What is kept only where it is not the default, with that."""


def _plan(cls: Any) -> _Plan:
    fields = [one for one in cls.__dataclass_fields__.values() if one._field_type.name != "_FIELD_CLASSVAR"]
    passed = {one.name: one.default for one in fields if one._field_type.name == "_FIELD_INITVAR"}
    kept = [one for one in fields if one.name not in passed]
    return _Plan(
        places=[one.name for one in fields if one.init and not one.kw_only],
        names={one.name for one in fields if one.init},
        needed={one.name for one in fields if one.init and _required(one)},
        passed=passed,
        anew=[
            (one.name, one.default_factory) for one in kept if one.default_factory is not dataclasses.MISSING
        ],
        fixed=[(one.name, one.default) for one in kept if _fixed(cls, one)],
        sparse={one.name: _descriptor(cls, one.name).default for one in kept if _sparse(cls, one)},
    )


def lean_init(cls: type, written: Init) -> Init:
    """What does as `written`, which `dataclasses` wrote for `cls`; sets only what is given or made anew."""
    places, names, needed, passed, anew, fixed, sparse = _plan(cls)
    finish = _finish(cls)

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
        _give(self, values, sparse, passed)
        done = finish if self.__class__ is cls else self.__class__.__post_init__
        done(self, *[values.get(name, default) for name, default in passed.items()])

    return init


def _give(control: Any, values: dict[str, Any], sparse: dict[str, Any], passed: dict[str, Any]) -> None:
    kept = control._values
    for name, value in values.items():
        if name in sparse:
            if value is not sparse[name] and value != sparse[name]:
                kept[name] = value
        elif name not in passed:
            setattr(control, name, value)


def _finish(cls: Any) -> Callable[..., None]:
    """What does as `cls.__post_init__`.

    Flet's own tells the class anew how it is hashed, for each control: Python then looks up whatever it has
    learned of that class again.
    """
    whole: Callable[..., None] = cls.__post_init__
    kinds, parts = [], cls.__post_init__
    while parts.__code__ is _STEP:
        names = inspect.getclosurevars(parts).nonlocals
        kinds.append((names["type_name"], names["isolated"]))
        parts = names["orig_post_init"]
    if parts is not BaseControl.__post_init__:
        return whole
    kind = next((name for name, _ in kinds if name is not None), None)
    isolated = next((one for _, one in reversed(kinds) if one is not None), None)
    if kind is None:
        return whole  # says what is wrong

    def finish(self: Any, ref: Any = None) -> None:
        known = self.__class__
        if known.__hash__ is not BaseControl.__hash__:
            known.__hash__ = BaseControl.__hash__
        self._c = kind
        if isolated is not None:
            self._isolated = isolated
        self._i = ControlId.next()
        if ref is not None:
            ref.current = self
        self.init()
        self._dirty.clear()

    return finish


def _sparse(cls: type, field: Any) -> bool:
    """Whether a control keeps `field` only where it is not the default."""
    return isinstance(_descriptor(cls, field.name), Prop)


def _required(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _fixed(cls: type, field: Any) -> bool:
    """Whether `field` starts with a value that nobody keeps for it."""
    if field.default is dataclasses.MISSING:
        return False
    return not _sparse(cls, field)


def _descriptor(cls: type, name: str) -> Any:
    return next((vars(one)[name] for one in cls.__mro__ if name in vars(one)), None)
