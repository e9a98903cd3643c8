"""Refunds from a shell: how far each is, and a second chance for those given up."""

from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.shop.actions.cancel import cancel_order
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.store import open_shop
from tests.actions.steps import NOTE, SARI, fresh, order_in
from tests.commands.conftest import Takeback
from tests.people import stock


@pytest.fixture
def number(tmp_path: Path) -> str:
    """A cancelled order of the store whose money is to go back to a wallet."""
    (tmp_path / "data").mkdir()
    with closing(open_shop(f"sqlite:///{tmp_path / 'data' / 'takeback.db'}", wall_clock)) as shop:
        stock(shop)
        order = order_in(shop, Status.AWAITING_SHIPMENT, method=Method.WALLET)
        cancel_order(shop, SARI, order, "SP_OUT_OF_STOCK", NOTE, key=fresh())
    return str(order)


def test_a_refund_that_is_refused_is_listed_tried_again_and_arrives(
    takeback: Takeback, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (asked,) = takeback("refunds", "--json").json
    assert (asked["number"], asked["state"], asked["sent_at"]) == (number, "REQUESTED", None)
    monkeypatch.setenv("TAKEBACK_GATEWAY", "refuse, settle")
    takeback("clock")
    (refused,) = takeback("refunds", "--state", "given_up", "--json").json
    assert (refused["trouble"], refused["attempts"], refused["again_at"]) == ("account_closed", 1, None)
    assert "the account does not exist any more" in takeback("refunds").out
    assert takeback("refund", "retry", number, "--as", "sari").status == 1
    assert number in takeback("refund", "retry", number).out
    takeback("clock")
    assert takeback("refunds", "--state", "GIVEN_UP", "--json").json == []
    (there,) = takeback("refunds", "--state", "DONE", "--json").json
    assert there["done_at"].endswith("Z")
    assert takeback("check", "--json").json["violations"] == []


def test_what_was_not_given_up_is_not_tried_again(takeback: Takeback, number: str) -> None:
    done = takeback("refund", "retry", number)
    assert done.status == 1
    assert done.complaint.endswith("No refund of this order waits to be tried again.")
    assert takeback("refund", "retry", "17", "--json").status == 1


def test_a_state_that_is_none_is_wrong_usage(takeback: Takeback) -> None:
    assert takeback("refunds", "--state", "LOST").status == 2
