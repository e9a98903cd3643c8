"""How a drawing is compared with the one before: by what was given, and each control is noted once.

Only two controls of one kind, of which the newer takes the place of the older, are compared here; all else
goes Flet's way. What comes of it is the same (`tests/ui/test_lean.py`).
"""

import weakref
from functools import cache
from types import NoneType
from typing import Any

from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.object_patch import DiffBuilder, ObjectPatchException, get_control_key

from app.ui.lean.keeping import Alike, unfrozen

_PLAIN = frozenset((str, int, float, bool, NoneType))
_MANY = (list, dict)
_UNKNOWN = object()
_flets_values, _flets_controls = DiffBuilder._compare_values, DiffBuilder._compare_dataclasses
_flets_added, _flets_removed = DiffBuilder._dataclass_added, DiffBuilder._dataclass_removed


def install() -> None:
    """Have all drawings compared so."""
    builder: Any = DiffBuilder
    builder._compare_values, builder._compare_dataclasses = _compare_values, _compare_controls
    builder._dataclass_added, builder._dataclass_removed = _note_added, _note_removed


def _is_control(value: Any) -> bool:
    return isinstance(value, BaseControl)


@cache
def _structure(cls: Any) -> tuple[str, ...]:
    """The fields of a class that hold what was not given; number and kind are those of the one before."""
    return tuple(one for one in cls._structural_fields if one not in ("_i", "_c"))


def _alike(old: Any, new: Any) -> bool:
    """Whether `new` takes the place of `old`."""
    return (
        old.__class__ is new.__class__
        and _is_control(new)
        and get_control_key(old) == get_control_key(new)
        and (new.__class__ is not Component or old.fn is new.fn)
    )


def _compare_values(
    builder: Any, parent: Any, path: list[Any], key: Any, old: Any, new: Any, frozen: bool
) -> None:
    """Does as `DiffBuilder._compare_values`."""
    kind = new.__class__
    if kind is not old.__class__:
        _flets_values(builder, parent, path, key, old, new, frozen)
    elif kind in _PLAIN:
        if old != new:
            builder._item_replaced(path, key, new)
    elif (kind is Alike and old is new) or (kind in _MANY and not old and not new):
        pass
    elif frozen and kind is list and len(old) == len(new) and all(map(_alike, old, new)):
        below = path if key is None else [*path, key]
        for at, one in enumerate(new):
            _compare_controls(builder, parent, [*below, at], old[at], one, frozen)
    elif frozen and old is not new and _alike(old, new):
        _compare_controls(builder, parent, path if key is None else [*path, key], old, new, frozen)
    else:
        _flets_values(builder, parent, path, key, old, new, frozen)


def _compare_controls(builder: Any, parent: Any, path: list[Any], old: Any, new: Any, frozen: bool) -> None:
    """Does as `DiffBuilder._compare_dataclasses`."""
    if not frozen or old is new or old.__class__ is not new.__class__ or not _is_control(new):
        _flets_controls(builder, parent, path, old, new, frozen)
        return
    if _is_control(parent) and parent.is_isolated() and parent != builder.dst_doc:
        return
    new._migrate_state(old)
    if not hasattr(new, "_initialized"):
        _build(new)
    hangs = parent is not None and parent is not new
    if hangs:
        _note_added(builder, new, parent, frozen)
        _note_removed(builder, old)
    new._before_update_safe()
    for name in _structure(new.__class__):
        _compare_values(builder, new, path, name, getattr(old, name), getattr(new, name), frozen)
    _compare_given(builder, path, old, new)
    if not hangs:
        _note_removed(builder, old)
        _note_added(builder, new, parent, frozen)


def _build(control: Any) -> None:
    unfrozen(control, control.build)
    control._initialized = True


def _compare_given(builder: Any, path: list[Any], old: Any, new: Any) -> None:
    before, now = old._values, new._values
    defaults, events = new._prop_defaults, new._event_fields
    for name in {**before, **now}:
        was, becomes = before.get(name, _UNKNOWN), now.get(name, _UNKNOWN)
        if was is becomes:
            continue
        if was is _UNKNOWN:
            was = defaults.get(name)
        if becomes is _UNKNOWN:
            becomes = defaults.get(name)
        if name in events:
            was, becomes = was is not None, becomes is not None
        # Of controls that are equal the newer one takes the place of the other all the same.
        elif not builder._holds_control(becomes) and was == becomes:
            continue
        _compare_values(builder, new, path, name, was, becomes, True)


def _note_added(builder: Any, item: Any, parent: Any, frozen: bool) -> None:
    """Does as `DiffBuilder._dataclass_added`."""
    if not _is_control(item):
        if item.__class__ not in _PLAIN:
            _flets_added(builder, item, parent, frozen)
        return
    if parent:
        if parent is item:
            raise ObjectPatchException(f"Parent is the same as item: {item}")
        item._parent = weakref.ref(parent)
    if frozen:
        item._frozen = frozen
    builder._added_dataclasses[item._i] = item


def _note_removed(builder: Any, item: Any) -> None:
    """Does as `DiffBuilder._dataclass_removed`."""
    if _is_control(item):
        builder._removed_dataclasses[item._i] = item
    elif item.__class__ not in _PLAIN:
        _flets_removed(builder, item)
