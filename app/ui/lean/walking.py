"""How the controls are found of what comes to the screen, or goes: by what was given, in Flet's order.

`_values` has what a control was given, and which fields hold something by themselves is known by class.
"""

import dataclasses
import weakref
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from flet.controls import object_patch
from flet.controls.base_control import BaseControl
from flet.controls.object_patch import DiffBuilder, ObjectPatchException

from app.ui.lean.keeping import Alike, forget_changes

_PLACE = itemgetter(0)


def install() -> None:
    """Have every control found so."""
    walker: Any = DiffBuilder
    walker._configure_dataclass, walker._removed_controls = _added, _removed
    walker.teardown = _let_go


@cache
def _shape(cls: Any) -> tuple[dict[str, int], tuple[str, ...]] | None:
    """The order of a class's fields, and those of them that hold something though nobody gave it."""
    order = {
        one.name: n for n, one in enumerate(dataclasses.fields(cls)) if not one.metadata.get("skip", False)
    }
    defaults: dict[str, Any] | None = getattr(cls, "_prop_defaults", None)
    if defaults is None:
        return None
    held = [name for name, one in defaults.items() if _HOLDS[one.__class__]]
    own = [name for name in cls._structural_fields if name in order]
    return order, tuple(own + held)


class _Kinds(dict[Any, bool]):
    """Whether a value of a kind can hold controls."""

    def __missing__(self, kind: Any) -> bool:
        found = self[kind] = dataclasses.is_dataclass(kind) or issubclass(kind, list | dict)
        return found


_HOLDS = _Kinds({Alike: False})


def _parts(item: Any) -> list[Any]:
    """What can hold controls of what hangs on a dataclass, in the order of its fields."""
    shape, values = _shape(item.__class__), getattr(item, "_values", None)
    if shape is None or values is None:
        fields = dataclasses.fields(item)
        return [getattr(item, one.name) for one in fields if not one.metadata.get("skip", False)]
    order, own = shape
    found = [(order[name], one) for name, one in values.items() if _HOLDS[one.__class__] and name in order]
    unset = [(order[name], getattr(item, name)) for name in own if name not in values]
    found += [one for one in unset if _HOLDS[one[1].__class__]]
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
    if forget_changes(item):
        return
    cls: Any = type(item)
    if cls.__setattr__ is not object_patch._control_setattr:
        cls.__setattr__ = object_patch._control_setattr
    object.__setattr__(item, "__changes", {})


def held(item: Any) -> Any:
    """What can hold controls of `item`, whatever it is."""
    return _parts(item) if dataclasses.is_dataclass(item) else _inside(item)


def _inside(item: Any) -> Any:
    if isinstance(item, list):
        return item
    return item.values() if isinstance(item, dict) else ()


def _removed(_builder: DiffBuilder, item: Any, recurse: bool) -> Iterator[Any]:
    """The controls of `item`, which goes; does as `DiffBuilder._removed_controls`."""
    found: list[Any] = []
    _remove(item, recurse, found)
    if getattr(item, "_stale", False):  # another took its place; what it drew would hold it, and it that
        item._b, item.args, item.kwargs = None, (), {}
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


_flets_teardown = DiffBuilder.teardown


def _let_go(builder: Any) -> None:
    """Does as `DiffBuilder.teardown`, and takes the chain of operations apart.

    Its links hold each other, and what was drawn, until a search for rubbish finds them.
    """
    chain = builder._DiffBuilder__root
    link = chain[1]
    while link is not chain:
        following = link[1]
        link.clear()
        link = following
    _flets_teardown(builder)
    chain.clear()
