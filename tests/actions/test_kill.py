"""A program killed in the middle of a cancel leaves the order whole or untouched."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import IDS, MAI, place, rows, run
from tests.conftest import Clock
from tests.people import stock

# Each order that is cancelled is told, so that the killer knows how far it was.
CANCELLING = """
import sys
from app.shop.actions.cancel import cancel_order
from app.shop.shop import Actor
from app.shop.store import open_shop
from tests.conftest import MONDAY
shop = open_shop(sys.argv[1], now=lambda: MONDAY)
print("ready", flush=True)
for number in map(int, sys.stdin.read().split()):
    cancel_order(shop, Actor(1), number, "BU_MISTAKE", key=str(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_a_killed_cancel_is_whole_or_was_never_begun(
    request: pytest.FixtureRequest, kind: str, full: bool, clock: Clock
) -> None:
    url = request.getfixturevalue(f"{kind}_url")
    moment = random.Random(7)
    with closing(open_shop(url, now=clock)) as shop:
        stock(shop)
        run(shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
        for _ in range((50 if kind == "sqlite" else 10) if full else 2):
            numbers = [place(shop, (IDS.cream, 1), (IDS.navy, 2), coins=1) for _ in range(40)]
            told = _killed(url, numbers, after=moment.uniform(0, 0.1))
            _whole_or_untouched(shop, numbers, told)


def _killed(url: str, numbers: list[int], after: float) -> set[int]:
    """The orders that were told to be cancelled before the program was killed."""
    command = [sys.executable, "-c", CANCELLING, url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdin
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        program.stdin.write(" ".join(map(str, numbers)))
        program.stdin.close()
        first = program.stdout.readline()
        time.sleep(after)
        program.send_signal(signal.SIGKILL)
        rest = program.stdout.read().splitlines()
    return {int(line) for line in (first, *rest) if int(line) in numbers}


def _whole_or_untouched(shop: Shop, numbers: list[int], told: set[int]) -> None:
    sql = "SELECT number FROM orders WHERE status = 'CANCELLED'"
    cancelled = {number for (number,) in rows(shop, sql)} & set(numbers)
    assert told <= cancelled
    assert len(cancelled - told) <= 1
    assert check(shop).violations == ()
    for number in numbers:  # who opens the app again and taps again gets the same, once
        assert cancel_order(shop, MAI, number, "BU_MISTAKE", key=str(number)).answer["status"] == "CANCELLED"
    assert rows(shop, "SELECT count(*) FROM balances WHERE free <> taken_in") == [(0,)]
    assert check(shop).violations == ()
