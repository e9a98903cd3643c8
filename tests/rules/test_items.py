"""Items as addresses and commands write them."""

import pytest

from app.shop.rules.errors import Invalid
from app.shop.rules.items import MOST_LINES, MOST_PIECES, items_from


def test_items_are_read_as_they_are_written() -> None:
    assert items_from(["12x1", "15x2", "7"]) == ((12, 1), (15, 2), (7, 1))


@pytest.mark.parametrize(
    "written",
    [
        [],
        ["abc"],
        ["12x"],
        ["x2"],
        ["12x0"],
        ["-1x2"],
        ["12x1x1"],
        ["12.5x1"],
        ["١٢x1"],
        ["12x1", "12x2"],
        [f"1x{MOST_PIECES + 1}"],
        ["9" * 19],
        [f"{n}x1" for n in range(MOST_LINES + 1)],
    ],
)
def test_what_makes_no_order_is_refused(written: list[str]) -> None:
    with pytest.raises(Invalid, match=r"items_make_no_order|quantity_out_of_range"):
        items_from(written)
