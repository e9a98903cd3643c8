"""A program killed between telling the gateway and writing what it said pays once, and the money arrives."""

import signal
import subprocess
import sys

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.clock import run_due
from app.shop.actions.pay import pay
from app.shop.rules.clocks import Method
from app.shop.shop import Shop
from tests.actions.steps import MAI, NOTE, SARI, fresh, place, rows
from tests.conftest import Clock
from tests.people import Stocked

# The provider's own code is where the program dies: before it heard of the refund, or once it has paid.
DYING = """
import os, signal, sys
from app.shop.actions.clock import run_due
from app.shop.provider import SimulatedProvider
from app.shop.store import open_shop

class Deadly(SimulatedProvider):
    def send(self, payback):
        if sys.argv[2] == "after":
            super().send(payback)
        os.kill(os.getpid(), signal.SIGKILL)

now = int(sys.argv[3])
shop = open_shop(sys.argv[1], now=lambda: now)
shop.gateway = Deadly(shop)
run_due(shop)
"""


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("method", [Method.WALLET, Method.CARD])
def test_a_refund_in_whose_midst_the_program_is_killed_is_paid_once(
    shop: Shop, url: str, stocked: Stocked, clock: Clock, moment: str, method: Method
) -> None:
    number = place(shop, (stocked.cream, 1), method=method)
    pay(shop, MAI, number, key=fresh())
    cancel_order(shop, SARI, number, "SP_PRICING_ERROR", NOTE, key=fresh())
    program = [sys.executable, "-c", DYING, url, moment, str(clock.at)]
    assert subprocess.run(program, check=False).returncode == -signal.SIGKILL
    assert rows(shop, "SELECT state, attempts FROM refunds") == [("SENT", 1)]
    assert rows(shop, "SELECT count(*) FROM payouts") == [(int(moment == "after"),)]
    for _ in range(40):
        clock.move(hours=6)
        run_due(shop)
    assert rows(shop, "SELECT state, attempts FROM refunds") == [("DONE", 1)]
    assert rows(shop, "SELECT count(*) FROM payouts") == [(1,)]
    events = rows(shop, "SELECT action FROM events WHERE action LIKE 'refund%' ORDER BY n")
    assert events == [("refund_sent",), ("refund_done",)]
