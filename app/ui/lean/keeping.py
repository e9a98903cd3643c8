"""What a control keeps: no dict for what is empty, or alike in all of its kind.

Flet 1.0.5 has each keep two more, of what was changed of it by hand and of how its kind is drawn. They are a
fifth of what a person's screens hold in memory.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NoReturn

from flet.components.component import Component
from flet.controls.base_control import BaseControl


class Alike(dict[str, Any]):
    """How all of a kind are drawn; nobody changes it for one of them."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("all controls of a kind share how they are drawn: give this one a dict of its own")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse


NOTHING = Alike()
"""How controls are drawn of which there is nothing to say."""
_kinds: dict[Any, Alike] = {}
_UNKNOWN: Any = object()


_LATER = ("_parent", "_frozen", "_initialized", "_changed")
"""What a control keeps once it is drawn."""


class _Changes:
    """`_dirty`, as a dict from the first time that somebody asks for it."""

    def __get__(self, control: Any, cls: Any = None) -> Any:
        if control is None:
            raise AttributeError("_dirty")
        if control._changed is None:
            object.__setattr__(control, "_changed", {})
        return control._changed

    def __set__(self, control: Any, changes: Any) -> None:
        object.__setattr__(control, "_changed", changes or None)


_CHANGES = _Changes()


def install() -> None:
    """Have every control keep so."""
    keep(BaseControl)


def keep(cls: Any) -> None:
    """Have those of `cls` keep what was changed once something is."""
    cls._changed, cls._dirty = None, _CHANGES


def foresee(cls: Any) -> None:
    """Have Python know, before there is one of `cls`, what they will keep once they are drawn.

    It learns the names from the first thirty of a kind: those with another would each have a dictionary.
    """
    foreseen = object.__new__(cls)
    for name in _LATER:
        object.__setattr__(foreseen, name, None)


def forget_changes(item: Any) -> bool:
    """`item` is as it was sent. False where it does not keep what was changed."""
    changed = getattr(item, "_changed", _UNKNOWN)
    if changed is _UNKNOWN:  # a value of a kind that was imported before
        changed = getattr(item, "_dirty", _UNKNOWN)
    if changed is _UNKNOWN:
        return False
    if changed:
        changed.clear()
    return True


def unfrozen(control: Any, do: Callable[[], object]) -> None:
    """`do` what changes `control`, which nothing else may once it is drawn.

    As Flet does, but not by its `__dict__`, which it has from then on.
    """
    frozen = getattr(control, "_frozen", None)
    if frozen is None:
        do()
        return
    object.__delattr__(control, "_frozen")
    do()
    object.__setattr__(control, "_frozen", frozen)


@cache
def prepares(cls: Any) -> bool:
    """Whether controls of a class do something of their own before they are sent."""
    return cls.before_update is not BaseControl.before_update


def shares(cls: Any) -> bool:
    """Whether controls of a class can share how they are drawn: what prepares may change it for one."""
    return cls is Component or not prepares(cls)


def share(control: Any) -> None:
    """`control`, which was just made, keeps how it is drawn together with others of its kind."""
    drawn = control._internals
    alike = _kinds.get(control.__class__)
    if alike is None:
        alike = _kinds[control.__class__] = Alike(drawn) if drawn else NOTHING
    if drawn == alike:
        control._internals = alike
