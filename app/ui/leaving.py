"""Rows that leave a list: they fade and close up instead of being gone from one moment to the next."""

import asyncio
from collections.abc import Hashable, Sequence
from enum import IntEnum
from typing import Protocol, TypeVar

import flet as ft

FRAME, CLOSING = 0.05, 0.25
"""Seconds until the client has taken up that a row is about to move, and until it has closed up."""


class Numbered(Protocol):
    """A row: lists have the highest number on top."""

    @property
    def number(self) -> int:
        """What it is known by."""
        ...


class Phase(IntEnum):
    """How far a row is gone: still whole, about to fade, closing up."""

    HERE, PARTING, CLOSING = range(3)


Row = TypeVar("Row", bound=Numbered)


def use_leaving(rows: Sequence[Row], of: Hashable, *, more: bool, moves: bool) -> list[tuple[Row, Phase]]:
    """`rows` of the list `of`, and among them those that just left it; with `moves` False they are gone.

    Where there are `more` pages, what was pushed beyond the last row has not left: it stands on the next.
    """
    nothing: tuple[Hashable, Sequence[Row]] = (of, ())
    last = ft.use_ref(nothing)
    leaving: dict[int, tuple[Row, Phase]] = ft.use_memo(dict, [])
    _, draw = ft.use_state(0)
    present = {row.number for row in rows}
    known, before = last.current or nothing
    for number in [one for one in leaving if one in present or known != of]:
        del leaving[number]
    if moves and known == of:
        lowest = rows[-1].number if rows and more else 0
        left = (row for row in before if row.number not in present and row.number > lowest)
        leaving.update({row.number: (row, Phase.PARTING) for row in left})
    last.current = (of, tuple(rows))

    def close_up(numbers: tuple[int, ...]) -> None:
        leaving.update({one: (leaving[one][0], Phase.CLOSING) for one in numbers if one in leaving})
        draw(lambda drawn: drawn + 1)

    def end(numbers: tuple[int, ...]) -> None:
        for one in numbers:
            leaving.pop(one, None)
        draw(lambda drawn: drawn + 1)

    def part() -> None:
        loop, numbers = asyncio.get_running_loop(), tuple(leaving)
        if numbers:
            loop.call_later(FRAME, close_up, numbers)
            loop.call_later(FRAME + CLOSING, end, numbers)

    ft.use_effect(part, [frozenset(leaving)])
    here = [(row, Phase.HERE) for row in rows]
    return sorted((*here, *leaving.values()), key=lambda one: one[0].number, reverse=True)
