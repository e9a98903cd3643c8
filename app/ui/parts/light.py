"""Controls that are sent many times over, without what says nothing there."""

from typing import TypeVar

from flet.controls.base_control import BaseControl

from app.ui.lean.keeping import NOTHING

C = TypeVar("C", bound=BaseControl)


def light(control: C) -> C:
    """`control`, which has no size and no margin of its own, and nothing in it that expands.

    Flet 1.0.5 tells the client of each which of these it sees to itself: without any that says nothing, and
    is a sixth of a card.
    """
    control._internals = NOTHING
    return control
