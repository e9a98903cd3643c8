"""A list follows where keys lead, however fast they are and whatever its client does."""

import asyncio
from collections.abc import Callable

import pytest

from app.ui.leaving import FRAME
from app.ui.trail import AGAIN, Trail


class Client:
    """What a trail has brought into view; `answers` is how long the client takes to tell that it did."""

    def __init__(self, trail: Trail, answers: float = 0, error: Exception | None = None) -> None:
        self.brought: list[int] = []
        self._trail, self._answers, self._error = trail, answers, error

    async def bring(self, row: int) -> None:
        self.brought.append(row)
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


async def test_a_list_follows_while_keys_lead_on() -> None:
    trail = Trail()
    client = Client(trail, answers=2 * FRAME)
    for row in range(60):
        client.key(row)
        await asyncio.sleep(FRAME / 5)
    passed = client.brought[:]
    await until(lambda: client.brought[-1] == 59)
    assert len(passed) > 2
    assert passed == sorted(set(passed))
    trail.end()


async def test_a_row_is_brought_twice_though_the_list_moved() -> None:
    trail = Trail()
    client = Client(trail)
    client.key(1)
    await until(lambda: client.brought == [1])
    trail.moved()
    await until(lambda: client.brought == [1, 1])
    trail.moved()
    await asyncio.sleep(AGAIN[1] + FRAME)
    assert client.brought == [1, 1]


async def test_a_row_is_brought_until_the_list_moves_but_not_for_ever() -> None:
    trail = Trail()
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
    trail = Trail()
    client = Client(trail, answers, error)
    client.key(1)
    await until(lambda: client.brought == [1])
    client.key(2)
    await until(lambda: client.brought == [1, 2])
    trail.end()


async def test_a_trail_that_ended_brings_nothing_and_begins_anew_with_the_next_key() -> None:
    trail = Trail()
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
