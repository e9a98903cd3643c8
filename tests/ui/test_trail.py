"""A list follows where keys lead, however fast they are and whatever its client does."""

import asyncio
from collections.abc import Callable, Sequence

import pytest

from app.ui.leaving import FRAME
from app.ui.trail import AGAIN, Trail


def straight(_start: int, _end: int) -> Sequence[str]:
    """All rows are of one page."""
    return ()


class Client:
    """What a trail has brought into view; `answers` is how long the client takes to tell that it did."""

    def __init__(self, trail: Trail, answers: float = 0, error: Exception | None = None) -> None:
        self.brought: list[int] = []
        self.hurried: list[int] = []
        self._trail, self._answers, self._error = trail, answers, error

    async def bring(self, place: str, *, at_once: bool) -> None:
        self.brought.append(int(place))
        if at_once:
            self.hurried.append(int(place))
        await asyncio.sleep(self._answers)
        if self._error is not None:
            raise self._error

    def key(self, row: int) -> None:
        """A key leads to `row`, which is drawn as marked."""
        self._trail.lead(row)
        self._trail.follow(self.bring)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not happened():
            await asyncio.sleep(FRAME / 10)


async def test_a_list_follows_while_a_key_is_held_down() -> None:
    trail = Trail(straight)
    client = Client(trail, answers=2 * FRAME)
    for row in range(60):
        client.key(row)
        await asyncio.sleep(FRAME / 5)
    passed = client.brought[:]
    await until(lambda: client.brought[-1] == 59)
    assert len(passed) > 2
    assert passed == sorted(set(passed))
    trail.end()


async def test_a_list_glides_to_where_a_key_leads_and_jumps_after_one_that_is_held_down() -> None:
    trail = Trail(straight)
    client = Client(trail, answers=2 * FRAME)
    client.key(0)
    await asyncio.sleep(2 * FRAME)
    client.key(1)
    await until(lambda: client.brought == [0, 1])
    assert client.hurried == [1]
    await until(lambda: client.brought == [0, 1, 1])
    client.key(2)
    await until(lambda: client.brought == [0, 1, 1, 2])
    assert client.hurried == [1]
    trail.end()


def fives(start: int, end: int) -> Sequence[str]:
    """A page ends at each five."""
    return [str(row) for row in range(start + 5, end, 5)]


async def test_where_keys_are_faster_than_the_list_the_end_of_each_page_is_passed() -> None:
    trail = Trail(fives)
    client = Client(trail, answers=2 * FRAME)
    client.key(0)
    await asyncio.sleep(2 * FRAME)
    client.key(12)
    await until(lambda: len(client.brought) == 4)
    assert client.brought == [0, 5, 10, 12]
    assert client.hurried == [5, 10, 12]
    trail.end()


async def test_a_row_that_is_not_found_is_asked_for_by_the_ends_of_the_pages_before_it() -> None:
    trail = Trail(fives)
    client = Client(trail)
    client.key(0)
    await until(lambda: client.brought == [0])
    trail.moved()
    await until(lambda: client.brought == [0, 0])
    client.key(7)
    await until(lambda: len(client.brought) == 5)
    assert client.brought == [0, 0, 7, 5, 7]
    assert client.hurried == [5]
    trail.end()


async def test_where_the_person_has_scrolled_nothing_is_passed_on_the_way() -> None:
    trail = Trail(fives)
    client = Client(trail, answers=2 * FRAME)
    client.key(0)
    await until(lambda: client.brought == [0])
    trail.end()
    client.key(12)
    await asyncio.sleep(2 * FRAME)
    client.key(13)
    await until(lambda: len(client.brought) == 3)
    assert client.brought == [0, 12, 13]
    trail.end()


async def test_a_row_is_brought_twice_though_the_list_moved() -> None:
    trail = Trail(straight)
    client = Client(trail)
    client.key(1)
    await until(lambda: client.brought == [1])
    trail.moved()
    await until(lambda: client.brought == [1, 1])
    trail.moved()
    await asyncio.sleep(AGAIN[1] + FRAME)
    assert client.brought == [1, 1]


async def test_a_row_is_brought_until_the_list_moves_but_not_for_ever() -> None:
    trail = Trail(straight)
    client = Client(trail)
    client.key(1)
    await until(lambda: len(client.brought) == 1 + len(AGAIN))
    await asyncio.sleep(2 * FRAME)
    assert set(client.brought) == {1}
    client.key(2)
    await until(lambda: client.brought[-1] == 2)
    trail.end()


@pytest.mark.parametrize(
    ("answers", "error"), [(3600, None), (2 * FRAME, RuntimeError("no such control"))], ids=["never", "error"]
)
async def test_a_client_that_answers_never_or_with_an_error_is_asked_for_the_next_row(
    answers: float, error: Exception | None
) -> None:
    trail = Trail(straight)
    client = Client(trail, answers, error)
    client.key(1)
    await until(lambda: client.brought == [1])
    client.key(2)
    await until(lambda: client.brought == [1, 2])
    trail.end()


async def test_a_trail_that_ended_brings_nothing_and_begins_anew_with_the_next_key() -> None:
    trail = Trail(straight)
    client = Client(trail)
    client.key(1)
    trail.end()
    await asyncio.sleep(2 * FRAME)
    assert client.brought == []
    client.key(2)
    trail.end()
    client.key(3)
    await until(lambda: client.brought == [3])
    trail.end()
