"""Arrow keys in a list: up and down point at its rows, Enter opens the one pointed at."""

from collections.abc import Callable, Hashable

import flet as ft

from app.ui.state import use_window_unwatched

STEPS = {"Arrow Down": 1, "Arrow Up": -1}

Point = Callable[[int], None]


class Rows:
    """The keys of the rows on the screen, page by page, in their order."""

    def __init__(self) -> None:
        self._pages: dict[int, tuple[int, ...]] = {}
        self._wanted: tuple[int, Point] | None = None
        self.further: Callable[[], None] | None = None
        """Has the next page come."""
        self.pointed: int | None = None
        """The row that a key led to, to be brought into view."""
        self.changed: Callable[[], None] | None = None
        """Told of other rows."""

    @property
    def keys(self) -> frozenset[int]:
        """All of them."""
        return frozenset(key for keys in self._pages.values() for key in keys)

    def put(self, index: int, keys: tuple[int, ...]) -> None:
        """What page `index` shows."""
        self._pages[index] = keys
        if self._wanted is not None:
            self.follow(*self._wanted)
        if self.changed is not None:
            self.changed()

    def drop(self, index: int) -> None:
        """Page `index` is gone."""
        self._pages.pop(index, None)

    def first_on(self, index: int, key: int | None) -> bool:
        """Whether page `index` is the first with this row: an order may have several."""
        return index == min((at for at, keys in self._pages.items() if key in keys), default=None)

    def beside(self, key: int | None, step: int) -> int | None:
        """The row `step` rows from `key`, else the first; None where there is none."""
        keys = list(dict.fromkeys(one for _, page in sorted(self._pages.items()) for one in page))
        if key not in keys:
            return keys[0] if keys else None
        return keys[min(max(keys.index(key) + step, 0), len(keys) - 1)]

    def follow(self, key: int, point: Point) -> None:
        """Point at the row after `key`, which was the last one, as soon as there is one."""
        following = self.beside(key, 1)
        self._wanted = (key, point) if following in (key, None) else None
        if self._wanted is None and following is not None:
            point(following)

    def stay(self) -> None:
        """Whatever was to be pointed at no longer is."""
        self._wanted = None


def use_arrows(of: Hashable, on_open: Callable[[int], None], opened: int | None) -> tuple[Rows, int | None]:
    """The rows of the list `of`, to be filled, and the one to mark: the opened one, else the pointed one.

    Beside the list a row is opened as soon as it is pointed at.
    """
    window = use_window_unwatched()
    rows: Rows = ft.use_memo(Rows, [of])
    nothing: tuple[Hashable, int | None] = (of, None)
    (pointed_of, pointed), point = ft.use_state(nothing)
    marked = opened if window.wide else pointed if pointed_of == of else None

    def point_at(target: int) -> None:
        rows.pointed = target
        if window.wide:
            on_open(target)
        else:
            point((of, target))

    def press(key: str) -> None:
        rows.stay()
        if key == "Enter" and marked is not None and not window.wide:
            on_open(marked)
        elif key == "Tab":  # from now on Enter presses what has the focus
            point(nothing)
        elif key in STEPS and (target := rows.beside(marked, STEPS[key])) is not None:
            if target == marked and STEPS[key] > 0 and rows.further is not None:
                rows.follow(target, point_at)
                rows.further()
            else:
                point_at(target)

    def attend() -> None:
        rows.stay()
        window.navigation.listen(press)

    ft.use_effect(attend, [marked, of, on_open], cleanup=lambda: window.navigation.listen(None))
    return rows, marked


def use_rows(rows: Rows, index: int, keys: tuple[int, ...]) -> None:
    """Page `index` of the list shows these."""
    ft.use_effect(lambda: rows.put(index, keys), [rows, index, keys], cleanup=lambda: rows.drop(index))
