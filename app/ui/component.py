"""A component by its name: imported when it is first asked for, as a start needs few of them."""

from collections.abc import Callable
from functools import cache
from pkgutil import resolve_name
from typing import Any


@cache
def component(name: str) -> Callable[..., Any]:
    """The component of this name: its module below `app.ui` and what it is called there (`a.b:C`)."""
    found: Callable[..., Any] = resolve_name(f"app.ui.{name}")
    return found
