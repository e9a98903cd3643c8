"""A server that goes down under load: what is asked fails cleanly or succeeds, and nothing is done twice."""

import os
import signal
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import psycopg

from app.shop.actions.cancel import cancel_order
from app.shop.check import check
from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Shop
from app.shop.store import open_shop
from tests.actions.steps import MAI, many, rows
from tests.conftest import Clock
from tests.people import stock
from tests.postgres import running

HANDS = 4


def crash(folder: Path) -> None:
    """Have the server end every connection and recover, as it does when one of its processes is killed."""
    with (
        suppress(psycopg.OperationalError),
        psycopg.connect(host=str(folder), user="postgres", dbname="postgres") as connection,
    ):
        os.kill(connection.info.backend_pid, signal.SIGKILL)
        connection.execute("SELECT 1")


class Hand(threading.Thread):
    """Cancels orders one after the other, each until it is answered; `refused` counts what failed."""

    def __init__(self, shop: Shop, numbers: list[int]) -> None:
        super().__init__()
        self._shop, self._numbers = shop, numbers
        self.answered = self.refused = 0
        self.wrong: list[BaseException] = []

    def run(self) -> None:
        """Until all are."""
        try:
            for number in self._numbers:
                self._cancel(number)
        except BaseException as error:
            self.wrong.append(error)

    def _cancel(self, number: int) -> None:
        while True:
            try:
                done = cancel_order(self._shop, MAI, number, "BU_MISTAKE", key=f"cancel-{number}")
            except StoreTrouble:
                self.refused += 1
                time.sleep(0.02)
            else:
                assert done.answer["status"] == "CANCELLED"
                self.answered += 1
                return


def test_a_server_restarts_under_load(clock: Clock, full: bool) -> None:
    orders, crashes = (600, 20) if full else (80, 2)
    with running() as server, server.database("shop") as url, closing(open_shop(url, now=clock)) as shop:
        stock(shop)
        numbers = many(shop, orders)
        hands = [Hand(shop, numbers[n::HANDS]) for n in range(HANDS)]
        for hand in hands:
            hand.start()
        for n in range(crashes):
            while sum(hand.answered for hand in hands) < (n + 1) * orders // (crashes + 1):
                time.sleep(0.002)
            crash(server.folder)
        for hand in hands:
            hand.join()
        assert [hand.wrong for hand in hands] == [[]] * HANDS
        assert sum(hand.answered for hand in hands) == orders
        assert sum(hand.refused for hand in hands) > 0
        cancelled = "SELECT count(*), count(DISTINCT order_number) FROM events WHERE action = 'cancel'"
        assert rows(shop, cancelled) == [(orders, orders)]
        assert check(shop).violations == ()
