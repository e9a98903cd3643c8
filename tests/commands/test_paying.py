"""Paying from a shell: approved, refused, waited for, and given more time."""

from contextlib import closing
from pathlib import Path

import pytest

from app.clock import wall_clock
from app.shop.store import open_shop
from tests.actions.steps import place
from tests.commands.conftest import Takeback
from tests.people import PRICE, stock


@pytest.fixture
def numbers(tmp_path: Path) -> list[str]:
    """Unpaid orders of mai's."""
    (tmp_path / "data").mkdir()
    with closing(open_shop(f"sqlite:///{tmp_path / 'data' / 'takeback.db'}", wall_clock)) as shop:
        stock(shop)
        return [str(place(shop)) for _ in range(3)]


def test_an_order_is_paid_once_per_key(takeback: Takeback, numbers: list[str]) -> None:
    number, *_ = numbers
    done = takeback("pay", number, "--key", "k", "--json")
    assert done.status == 0
    assert (done.json["status"], done.json["outcome"]) == ("AWAITING_SHIPMENT", "CAPTURED")
    assert done.json["paid_minor"] == 2 * PRICE
    assert takeback("pay", number, "--key", "k", "--json").json == done.json
    again = takeback("pay", number)
    assert again.status == 1
    assert "already paid" in again.complaint
    assert takeback("check", "--json").json["violations"] == []


def test_a_refusal_is_one_line_and_the_next_try_may_pay(takeback: Takeback, numbers: list[str]) -> None:
    number, *_ = numbers
    refused = takeback("pay", number, "--bank", "refuses", "--json")
    assert refused.status == 1
    assert refused.complaint.endswith(f"The bank refused the payment of order {number}.")
    assert refused.json["outcome"] == "FAILED"
    assert number in takeback("pay", number).out


def test_a_bank_that_does_not_answer_is_asked_by_the_clock(takeback: Takeback, numbers: list[str]) -> None:
    for number, bank in zip(numbers, ("slow", "late"), strict=False):
        done = takeback("pay", number, "--bank", bank)
        assert done.status == 0
        assert "has not answered" in done.out
        assert takeback("pay", number).status == 1
        assert takeback("cancel", number, "--reason", "BU_MISTAKE").status == 0
    assert takeback("clock").status == 0
    assert takeback("check", "--json").json["violations"] == []


def test_more_time_is_given_once(takeback: Takeback, numbers: list[str]) -> None:
    number, other, _ = numbers
    (before,) = (one["pay_by"] for one in takeback("orders", "--json").json if one["number"] == number)
    done = takeback("extend", number, "--json")
    assert done.status == 0
    assert done.json["pay_by"] > before
    assert takeback("extend", number).complaint.endswith(
        "Pay it in time, or let it lapse: then nothing is charged."
    )
    assert "can be paid until" in takeback("extend", other).out


def test_nobody_else_pays_and_no_other_bank_is_known(takeback: Takeback, numbers: list[str]) -> None:
    assert takeback("pay", numbers[0], "--as", "sari").status == 1
    assert takeback("pay", numbers[0], "--as", "budi").status == 1
    assert takeback("pay", numbers[0], "--bank", "maybe").status == 2
    assert takeback("pay", "17").status == 1
