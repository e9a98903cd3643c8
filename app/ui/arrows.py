"""Arrow keys in a list or a grid: they point at what is in it, Enter opens what is pointed at."""

from collections.abc import Callable, Hashable, Iterator

import flet as ft

from app.ui.recent import Recent
from app.ui.state import use_window_unwatched
from app.ui.topmost import use_topmost
from app.ui.trail import Trail

STEPS = {"Arrow Down": 1, "Arrow Up": -1}
SIDEWAYS = {"Arrow Right": 1, "Arrow Left": -1}

Point = Callable[[int], None]


class Rows:
    """The keys of the rows on the screen, page by page, in their order; in a grid several make a line."""

    def __init__(self) -> None:
        self._pages: dict[int, tuple[int, ...]] = {}
        self._wanted: tuple[int, Point, int] | None = None
        self.further: Callable[[], None] | None = None
        """Has the next page come."""
        self.trail = Trail()
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

    def beside(self, key: int | None, step: int, columns: int = 1) -> int | None:
        """What is `step` lines of so many columns from `key`, else the first; None where there is nothing.

        In a line that is too short it is the last.
        """
        lines = list(self._lines(columns))
        at, place = next(((at, line.index(key)) for at, line in enumerate(lines) if key in line), (-step, 0))
        line = lines[min(max(at + step, 0), len(lines) - 1)] if lines else ()
        return line[min(place, len(line) - 1)] if line else None

    def _lines(self, columns: int) -> Iterator[tuple[int, ...]]:
        """As they are shown: each page begins with a line of its own."""
        told: set[int] = set()
        for _, page in sorted(self._pages.items()):
            keys = [key for key in dict.fromkeys(page) if key not in told]
            told.update(keys)
            yield from (tuple(keys[at : at + columns]) for at in range(0, len(keys), columns))

    def move(self, key: int | None, step: int, point: Point, columns: int = 1) -> None:
        """Point at what is `step` lines from `key`: after the last one, where the next page begins."""
        target = self.beside(key, step, columns)
        if target is not None and target == key and step > 0 and self.further is not None:
            self.follow(target, point, columns)
            self.further()
        elif target is not None:
            point(target)

    def follow(self, key: int, point: Point, columns: int = 1) -> None:
        """Point at what is a line after `key`, which was in the last one, as soon as there is one."""
        following = self.beside(key, 1, columns)
        self._wanted = (key, point, columns) if following in (key, None) else None
        if self._wanted is None and following is not None:
            point(following)

    def stay(self) -> None:
        """Whatever was to be pointed at no longer is."""
        self._wanted = None


def use_arrows(
    of: Hashable,
    on_open: Callable[[int], None],
    opened: int | None = None,
    columns: Callable[[], int] | None = None,
) -> tuple[Rows, int | None]:
    """The rows of the list `of`, to be filled, and the one to mark: the opened one, else the pointed one.

    Beside the list a row is opened as soon as it is pointed at. A grid, of so many `columns`, has nothing
    beside it.
    """
    window = use_window_unwatched()
    lists: Recent[Hashable, Rows] = ft.use_memo(lambda: Recent(lambda _: Rows()), [])
    rows = lists.turn_to(of)
    nothing: tuple[Hashable, int | None] = (of, None)
    (pointed_of, pointed), point = ft.use_state(nothing)
    beside = window.wide and columns is None
    marked = opened if beside else pointed if pointed_of == of else None

    newest = ft.use_ref(marked)  # keys may be faster than what they lead to is drawn
    newest.current = marked

    def point_at(target: int) -> None:
        if target != newest.current:
            rows.trail.lead(target)
        newest.current = target
        if beside:
            on_open(target)
        else:
            point((of, target))

    def press(key: str) -> None:
        rows.stay()
        at = newest.current
        if key == "Enter" and at is not None and not beside:
            on_open(at)
        elif key == "Tab":  # from now on Enter presses what has the focus
            point(nothing)
            newest.current = opened if beside else None
            rows.trail.end()
        elif key in STEPS:
            rows.move(at, STEPS[key], point_at, columns() if columns else 1)
        elif key in SIDEWAYS and columns and (at is not None or not window.navigation.searches.value):
            # Before anything is marked, they move within the words that are searched for.
            rows.move(at, SIDEWAYS[key], point_at)

    ft.use_effect(rows.stay, [marked, of, on_open])
    use_topmost(window.navigation.lists, press, [marked, of, on_open])
    return rows, marked


def use_rows(rows: Rows, index: int, keys: tuple[int, ...]) -> None:
    """Page `index` of the list shows these."""
    ft.use_effect(lambda: rows.put(index, keys), [rows, index, keys], cleanup=lambda: rows.drop(index))
