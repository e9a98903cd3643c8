"""How a control is found that a client speaks of: noted is who has something to say.

Flet 1.0.5 notes every control that is on the screen in a dictionary of weak references, a tenth of what a
person's screens hold in memory; of most a client never speaks. Should it, they are looked for on the page.
"""

import weakref
from functools import cache
from typing import Any

from flet.components.component import Component
from flet.controls.base_control import BaseControl
from flet.controls.control import Control
from flet.controls.page import Page
from flet.messaging.session import Session

from app.ui.lean.walking import held


def install() -> None:
    """Have every session find so."""
    session: Any = Session
    session.__init__ = _begin


class Index(weakref.WeakValueDictionary[int, BaseControl]):
    """The controls on a page by their id, as `Session.index`; iterated over, only those that are noted."""

    def __init__(self, page: BaseControl) -> None:
        super().__init__()
        self._page = page
        self[page._i] = page

    def __setitem__(self, number: int, control: BaseControl) -> None:
        if _speaks(control):
            super().__setitem__(number, control)
        else:
            self.pop(number, None)  # the one before it may have spoken

    def __getitem__(self, number: int) -> BaseControl:
        control: BaseControl | None = self.get(number)
        if control is None:
            raise KeyError(number)
        return control

    def __contains__(self, number: object) -> bool:
        return self.get(number) is not None

    def get(self, number: Any, default: Any = None) -> Any:
        """The control `number`, or `default`; what is not noted is looked for on the page."""
        control: Any = super().get(number)
        if control is None:
            control = _found(self._page, number)
            if control is None or _always(control.__class__):  # which is noted once it was sent
                return default
            super().__setitem__(number, control)  # who spoke of it will again
        return control


_flets_init = Session.__init__


def _begin(session: Any, *args: Any, **given: Any) -> None:
    _flets_init(session, *args, **given)
    session._Session__index = Index(session.page)


@cache
def _always(cls: Any) -> bool:
    """Whether clients speak of all controls of a class: of a page, and of what does something for it."""
    return cls is not Component and (cls is Page or not issubclass(cls, Control))


def _speaks(control: Any) -> bool:
    return _always(control.__class__) or not control._event_fields.isdisjoint(control._values)


def _found(page: BaseControl, number: Any) -> BaseControl | None:
    """The control `number` on a page."""
    waiting: list[Any] = [page]
    while waiting:
        item = waiting.pop()
        if isinstance(item, BaseControl) and item._i == number:
            return item
        waiting.extend(held(item))
    return None
