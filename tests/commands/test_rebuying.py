"""Single lines, and buying again, from a shell."""

from typing import Any

import pytest

from tests.commands.conftest import Takeback


def unpaid(takeback: Takeback, lines: int) -> dict[str, Any]:
    """An order of so many lines, at least, that can be taken back."""
    orders = takeback("orders", "--tab", "pending-payment", "--limit", 200, "--json").json
    found: dict[str, Any] = next(
        one for one in orders if one["why_not_cancel"] is None and len(one["lines"]) >= lines
    )
    return found


def placed(takeback: Takeback, number: str) -> dict[str, Any]:
    """The order with this number, as it is listed."""
    listed = takeback("orders", "--limit", 500, "--json").json
    return next(one for one in listed if one["number"] == number)


def test_a_single_line_is_taken_back(takeback: Takeback) -> None:
    takeback("demo", "--orders", 300)
    order = unpaid(takeback, 2)
    done = takeback("cancel", order["number"], "--reason", "bu_mistake", "--line", 2, "--json").json
    assert (done["lines"], done["status"], done["refund_minor"]) == ([2], "UNPAID", 0)
    left = placed(takeback, order["number"])
    assert left["lines"][1]["status"] == "CANCELLED"
    assert left["total_minor"] == done["total_minor"] < order["total_minor"]
    said = takeback("cancel", order["number"], "--reason", "BU_MISTAKE", "--line", 1).out
    assert order["number"] in said
    assert takeback("check").status == 0


def test_an_order_is_bought_again_with_another_variant_and_another_number(demo: Takeback) -> None:
    order = unpaid(demo, 1)
    done = demo("rebuy", order["number"], "--pieces", "1=2", "--method", "TRANSFER", "--json").json
    assert done["status"] == "CANCELLED"
    new = placed(demo, done["replaced_by"])
    assert (new["status"], new["total_minor"]) == ("UNPAID", done["total_minor"])
    assert (
        sum(line["quantity"] for line in new["lines"] if line["product"] == order["lines"][0]["product"]) >= 2
    )
    assert placed(demo, order["number"])["cancel"]["reason"] == "BU_WRONG_VARIANT"
    said = demo("rebuy", done["replaced_by"]).out
    assert done["replaced_by"] in said
    assert demo("check").status == 0


def test_with_the_same_key_it_is_done_once(demo: Takeback) -> None:
    number = unpaid(demo, 1)["number"]
    first, again = (demo("rebuy", number, "--key", "k", "--json").json for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("arguments", "status", "part"),
    [
        (("--variant", "9=1"), 1, "9"),
        (("--variant", "1=no such"), 2, "One of: "),
        (("--variant", "1"), 2, "LINE=VALUE"),
        (("--pieces", "1=x"), 2, "LINE=VALUE"),
        (("--pieces", "1=0"), 1, ""),
        (("--voucher", "NONE"), 1, "NONE"),
        (("--reason", "SP_OTHER"), 1, "SP_OTHER"),
        (("--as", "ops"), 1, ""),
    ],
)
def test_what_cannot_be_bought_again_is_one_line_that_says_why(
    demo: Takeback, arguments: tuple[str, ...], status: int, part: str
) -> None:
    orders = demo("orders", "--tab", "pending-payment", "--limit", 200, "--json").json
    number = next(one["number"] for one in orders if one["why_not_cancel"] is None and len(one["lines"]) == 1)
    done = demo("rebuy", number, *arguments)
    assert done.status == status
    assert part in done.complaint
    assert placed(demo, number)["status"] == "UNPAID"
