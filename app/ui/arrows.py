"""Arrow keys in a list: up and down point at its rows, Enter opens the one pointed at."""

from collections.abc import Callable, Hashable

import flet as ft

from app.ui.state import use_window_unwatched

STEPS = {"Arrow Down": 1, "Arrow Up": -1}


class Rows:
    """The keys of the rows on the screen, page by page, in their order."""

    def __init__(self) -> None:
        self._pages: dict[int, tuple[int, ...]] = {}

    def put(self, index: int, keys: tuple[int, ...]) -> None:
        """What page `index` shows; what was below it is not known any more."""
        self._pages = {at: page for at, page in self._pages.items() if at < index} | {index: keys}

    def beside(self, key: int | None, step: int) -> int | None:
        """The row `step` rows from `key`, else the first; None where there is none."""
        keys = list(dict.fromkeys(one for _, page in sorted(self._pages.items()) for one in page))
        if key not in keys:
            return keys[0] if keys else None
        return keys[min(max(keys.index(key) + step, 0), len(keys) - 1)]


def use_arrows(of: Hashable, on_open: Callable[[int], None], opened: int | None) -> tuple[Rows, int | None]:
    """The rows of the list `of`, to be filled, and the one to mark: the opened one, else the pointed one.

    Beside the list a row is opened as soon as it is pointed at.
    """
    window = use_window_unwatched()
    rows: Rows = ft.use_memo(Rows, [of])
    nothing: tuple[Hashable, int | None] = (of, None)
    (pointed_of, pointed), point = ft.use_state(nothing)
    marked = opened if window.wide else pointed if pointed_of == of else None

    def press(key: str) -> None:
        if key == "Enter" and marked is not None and not window.wide:
            on_open(marked)
        elif key == "Tab":  # from now on Enter presses what has the focus
            point(nothing)
        elif key in STEPS and (target := rows.beside(marked, STEPS[key])) is not None:
            if window.wide:
                on_open(target)
            else:
                point((of, target))

    ft.use_effect(
        lambda: window.navigation.listen(press),
        [marked, of, on_open],
        cleanup=lambda: window.navigation.listen(None),
    )
    return rows, marked
