"""What cannot be drawn: a calm face stands in its place, and all around it lives on."""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any

import flet as ft
from flet.components.utils import current_renderer

from app.shop.rules.errors import ShopError
from app.ui import theme
from app.ui.outcome import unexpected
from app.ui.parts.faces import Trouble
from app.ui.parts.tap import Plain
from app.ui.state import use_window_unwatched
from app.ui.texts import problem

Face = Callable[[ShopError, Callable[[], None]], ft.Control]


@cache
def guarded(component: Callable[..., ft.Control], *, compact: bool = False) -> Callable[..., ft.Control]:
    """`component`, and all components in it; `compact` in a sheet or dialog.

    Flet ends the drawing of a session at an error in a render, so it must not get that far.
    """
    face = _compact if compact else Trouble
    body: Any = component.__component_impl__  # type: ignore[attr-defined]
    return ft.component(_guarded(body, face))


@cache
def _guarded(body: Callable[..., ft.Control], face: Face) -> Callable[..., ft.Control]:
    @wraps(body)
    def draw(*args: Any, **kwargs: Any) -> ft.Control:
        tries, again = ft.use_state(0)
        renderer: Any = current_renderer()  # one of this drawing alone, or of what draws it within its own
        outer, place = vars(renderer).get("render_component"), renderer.render_component
        renderer.render_component = lambda inner, *rest, **options: place(
            _guarded(inner, _line), *rest, **options
        )
        try:
            return body(*args, **kwargs)
        except Exception:
            trouble = unexpected("%s could not be drawn", body.__name__)
        finally:
            if outer is not None:
                renderer.render_component = outer
            else:
                del renderer.render_component  # it would hold itself, until a search for rubbish finds it
        window = use_window_unwatched()

        def retry() -> None:
            again(tries + 1)
            window.draw_again()

        return face(trouble, retry)

    return draw


def _compact(error: ShopError, on_retry: Callable[[], None]) -> ft.Control:
    return Trouble(error, on_retry, compact=True)


def _line(error: ShopError, on_retry: Callable[[], None]) -> ft.Control:
    """A part of a screen says it in a line: that fits wherever the part stood."""
    return ft.Container(Plain("try-again", problem(error), on_retry), padding=theme.SPACE)
