"""Flet's controls, made and walked by what they were given: a tap takes less than half of the time.

Flet 1.0.5 sets each of some 70 fields when a control is made, and looks at each again when the control comes
to the screen and when it goes. Most hold their default: `_values` has the others, and which fields hold
something by themselves is known by class. What comes of it is the same, see `tests/ui/test_lean.py`.
"""

import dataclasses
import weakref
from collections.abc import Callable, Iterator
from functools import cache, wraps
from operator import itemgetter
from typing import Any

from flet.controls import base_control, object_patch
from flet.controls.base_control import BaseControl
from flet.controls.object_patch import DiffBuilder, ObjectPatchException
from flet.controls.value_types import Prop

_GENERATED = "<string>"
"""The file of what `dataclasses` writes."""
_PLACE = itemgetter(0)
_kind: Any = type  # by which a cache may tell them apart
Init = Callable[..., None]


def install() -> None:
    """Have every control made and walked so from now on."""
    walker: Any = DiffBuilder
    walker._configure_dataclass, walker._removed_controls = _added, _removed
    for known in _below(BaseControl):
        _make_lean(known)
    base_control._apply_control = _lean(base_control._apply_control)  # most classes come when first used


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


@cache
def _shape(cls: Any) -> tuple[dict[str, int], tuple[str, ...]] | None:
    """The order of a class's fields, and those of them that hold something though nobody gave it."""
    order = {
        one.name: n for n, one in enumerate(dataclasses.fields(cls)) if not one.metadata.get("skip", False)
    }
    defaults: dict[str, Any] | None = getattr(cls, "_prop_defaults", None)
    if defaults is None:
        return None
    held = [name for name, one in defaults.items() if _holds(_kind(one))]
    own = [name for name in cls._structural_fields if name in order]
    return order, tuple(own + held)


@cache
def _holds(kind: Any) -> bool:
    """Whether a value of this kind can hold controls."""
    return dataclasses.is_dataclass(kind) or issubclass(kind, list | dict)


def _parts(item: Any) -> list[Any]:
    """What can hold controls of what hangs on a dataclass, in the order of its fields."""
    shape, values = _shape(_kind(item)), getattr(item, "_values", None)
    if shape is None or values is None:
        fields = dataclasses.fields(item)
        return [getattr(item, one.name) for one in fields if not one.metadata.get("skip", False)]
    order, own = shape
    found = [(order[name], one) for name, one in values.items() if _holds(_kind(one)) and name in order]
    unset = [(order[name], getattr(item, name)) for name in own if name not in values]
    found += [one for one in unset if _holds(_kind(one[1]))]
    if len(found) > 1:
        found.sort(key=_PLACE)
    return [one for _, one in found]


def _added(
    builder: DiffBuilder, item: Any, parent: Any, frozen: bool, configure_setattr_only: bool = False
) -> Iterator[Any]:
    """The controls of `item`, ready for the screen; does as `DiffBuilder._configure_dataclass`."""
    found: list[Any] = []
    _add(builder, item, parent, frozen, configure_setattr_only, found)
    return iter(found)


def _add(builder: DiffBuilder, item: Any, parent: Any, frozen: bool, known: bool, found: list[Any]) -> None:
    if not hasattr(type(item), "__dataclass_fields__"):
        for one in _inside(item):
            _add(builder, one, parent, frozen, False, found)
        return
    parent = _marked(builder, item, parent)
    if hasattr(item, "_frozen"):
        frozen = item._frozen
    elif frozen:
        item._frozen = frozen
    if isinstance(item, BaseControl):
        parent = item
        if not known:
            item.build()  # type: ignore[no-untyped-call]
            item._before_update_safe()  # type: ignore[no-untyped-call]
            object.__setattr__(item, "_initialized", True)
        found.append(item)
    if not known:
        for one in _parts(item):
            _add(builder, one, parent, frozen, False, found)
    if not frozen:
        _forget_changes(item)


def _marked(builder: DiffBuilder, item: Any, parent: Any) -> Any:
    """The control that `item` hangs on, which it now knows."""
    if parent is None:
        ref = getattr(item, "_parent", None)
        parent = ref() if ref else None
    if parent:
        if parent is item:
            raise ObjectPatchException(f"Parent is the same as item: {item}")
        item._parent = weakref.ref(parent)
    cls = type(item)
    if getattr(cls, "__flet_control_cls__", None) is None:
        cls.__flet_control_cls__ = builder.control_cls
    return parent


def _forget_changes(item: Any) -> None:
    dirty = getattr(item, "_dirty", None)
    if dirty is not None:
        dirty.clear()
        return
    cls: Any = type(item)
    if cls.__setattr__ is not object_patch._control_setattr:
        cls.__setattr__ = object_patch._control_setattr
    object.__setattr__(item, "__changes", {})


def _inside(item: Any) -> Any:
    if isinstance(item, list):
        return item
    return item.values() if isinstance(item, dict) else ()


def _removed(_builder: DiffBuilder, item: Any, recurse: bool) -> Iterator[Any]:
    """The controls of `item`, which goes; does as `DiffBuilder._removed_controls`."""
    found: list[Any] = []
    _remove(item, recurse, found)
    return iter(found)


def _remove(item: Any, recurse: bool, found: list[Any]) -> None:
    if not isinstance(item, BaseControl):
        for one in _inside(item):
            _remove(one, recurse, found)
        return
    if hasattr(item, "__prev_lists"):
        for kind in ("__prev_lists", "__prev_dicts", "__prev_classes"):
            for one in getattr(item, kind, {}).values():
                _remove(one, recurse, found)
    elif recurse:
        for one in _parts(item):
            _remove(one, recurse, found)
    found.append(item)
