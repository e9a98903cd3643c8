"""How a control or value is made: only what it is given is set, the rest are defaults that nobody keeps.

`dataclasses` writes and compiles methods for every class that is imported. Here what has to be known of a
class is found out when the first one is made.
"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from reprlib import recursive_repr
from typing import Any, NamedTuple

from flet.controls import base_control, value_types
from flet.controls.base_control import BaseControl
from flet.controls.id_counter import ControlId
from flet.controls.value_types import Prop

from app.ui.lean import keeping

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
    """Have every control made so, and every value that is not imported yet; most are when first used."""
    for known in _below(BaseControl):
        init = vars(known).get("__init__")
        if init is not None and init.__code__.co_filename == _GENERATED:
            known.__init__ = lean_init(known)
    for module in (base_control, value_types):
        module.dataclass = dataclass  # type: ignore[attr-defined]


def _below(cls: Any) -> Iterator[Any]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


def dataclass(**options: Any) -> Callable[[type], type]:
    """Does as `dataclasses.dataclass` for a control or value."""
    if options.keys() - {"kw_only"}:
        return dataclasses.dataclass(**options)
    fields: Any = dataclasses.dataclass(init=False, repr=False, eq=False, **options)

    def applied(cls: type) -> type:
        own = frozenset(vars(cls))
        made: type = fields(cls)
        methods = {"__init__": lean_init(made), "__repr__": _shown, "__eq__": _equals, "__hash__": None}
        for name in methods.keys() - own:
            setattr(made, name, methods[name])
        if not issubclass(made, BaseControl):
            keeping.keep(made)
        return made

    return applied


@recursive_repr()
def _shown(self: Any) -> str:
    shown = (f"{one.name}={getattr(self, one.name)!r}" for one in dataclasses.fields(self) if one.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _equals(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    compared = _compared(self.__class__)
    return [getattr(self, name) for name in compared] == [getattr(other, name) for name in compared]


@cache
def _compared(cls: Any) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(cls) if one.compare)


class _Plan(NamedTuple):
    """What is known of a class before one of its kind is made."""

    places: list[str]
    names: set[str]
    needed: set[str]
    passed: dict[str, Any]
    """What goes to `__post_init__`, with its defaults."""
    anew: list[tuple[str, Callable[[], Any]]]
    fixed: list[tuple[str, Any]]
    sparse: dict[str, Any]
    """What is kept only where it is not the default, with that."""
    finish: Init | None


@cache
def _plan(cls: Any) -> _Plan:
    keeping.foresee(cls)
    fields = _given(cls)
    passed = {one.name: one.default for one in fields if _passed(one)}
    kept = [one for one in fields if one.name not in passed and one.name != "_dirty"]
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
        finish=_finish(cls),
    )


def lean_init(cls: Any) -> Init:
    """What does as `dataclasses` would write it for `cls`; sets only what is given or made anew."""

    def init(self: Any, *args: Any, **given: Any) -> None:
        places, names, needed, passed, anew, fixed, sparse, finish = _plan(cls)
        values = dict(zip(places, args, strict=False)) | given
        complete = needed <= values.keys() and len(values) == len(args) + len(given)
        if not (complete and values.keys() <= names):
            _written(cls)(self, *args, **given)  # says what is wrong
            return
        for name, make in anew:
            if name not in values:
                setattr(self, name, make())
        for name, value in fixed:
            if name not in values:
                setattr(self, name, value)
        _give(self, values, sparse, passed)
        done = finish if self.__class__ is cls else getattr(self.__class__, "__post_init__", None)
        if done is not None:
            done(self, *[values.get(name, default) for name, default in passed.items()])

    return init


@cache
def _written(cls: Any) -> Init:
    """The `__init__` that `dataclasses` writes for `cls`."""
    options = ("default", "default_factory", "init", "kw_only")
    fields = [
        (
            one.name,
            dataclasses.InitVar[Any] if _passed(one) else Any,
            dataclasses.field(**{option: getattr(one, option) for option in options}),
        )
        for one in _given(cls)
    ]
    methods = {"__post_init__": cls.__post_init__} if hasattr(cls, "__post_init__") else {}
    made: Any = dataclasses.make_dataclass(cls.__name__, fields, namespace=methods, repr=False, eq=False)
    written: Init = made.__init__
    return written


def _given(cls: Any) -> list[Any]:
    """The fields of a class, also those that only its `__post_init__` is given."""
    return [one for one in cls.__dataclass_fields__.values() if one._field_type.name != "_FIELD_CLASSVAR"]


def _passed(field: Any) -> bool:
    return bool(field._field_type.name == "_FIELD_INITVAR")


def _give(control: Any, values: dict[str, Any], sparse: dict[str, Any], passed: dict[str, Any]) -> None:
    kept = control._values
    for name, value in values.items():
        if name in sparse:
            if value is not sparse[name] and value != sparse[name]:
                kept[name] = value
        elif name not in passed:
            setattr(control, name, value)


def _finish(cls: Any) -> Init | None:
    """What does as `cls.__post_init__`, where there is one.

    Flet's own tells the class anew how it is hashed, for each control: Python then looks up whatever it has
    learned of that class again.
    """
    whole: Init | None = getattr(cls, "__post_init__", None)
    kinds, parts = [], whole
    while parts is not None and parts.__code__ is _STEP:
        names = inspect.getclosurevars(parts).nonlocals
        kinds.append((names["type_name"], names["isolated"]))
        parts = names["orig_post_init"]
    if parts is not BaseControl.__post_init__:
        return whole
    kind = next((name for name, _ in kinds if name is not None), None)
    isolated = next((one for _, one in reversed(kinds) if one is not None), None)
    if kind is None:
        return whole  # says what is wrong

    shares = keeping.shares(cls)

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
        if self._changed is not None:
            self._changed.clear()
        if shares:
            keeping.share(self)

    return finish


def _sparse(cls: type, field: Any) -> bool:
    """Whether a control keeps `field` only where it is not the default."""
    return isinstance(_descriptor(cls, field.name), Prop)


def _required(field: Any) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _fixed(cls: type, field: Any) -> bool:
    """Whether `field` starts with a value that nobody keeps for it."""
    if field.default is dataclasses.MISSING or not field.init:  # its class has what is no parameter
        return False
    return not _sparse(cls, field)


def _descriptor(cls: type, name: str) -> Any:
    return next((vars(one)[name] for one in cls.__mro__ if name in vars(one)), None)
