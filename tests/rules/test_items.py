"""Items as addresses and commands write them."""

import pytest

from app.shop.rules.errors import Invalid
from app.shop.rules.items import MOST_LINES, MOST_PIECES, Items, items_from, room, with_more


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


def test_more_of_a_variant_adds_up_and_another_comes_last() -> None:
    items: Items = ((12, 1), (15, 2))
    assert with_more(items, 12, 3) == ((12, 4), (15, 2))
    assert with_more(items, 7, 1) == ((12, 1), (15, 2), (7, 1))
    assert with_more(items, 15, MOST_PIECES) == ((12, 1), (15, MOST_PIECES))


def test_there_is_room_for_what_is_left_and_fits_into_one_order() -> None:
    items: Items = ((12, 4), (15, MOST_PIECES - 1))
    assert [room(items, variant, free=6) for variant in (12, 7)] == [2, 6]
    assert [room(items, 12, free) for free in (4, 3, 0)] == [0, 0, 0]
    assert [room(items, variant, free=5_000) for variant in (15, 7)] == [1, MOST_PIECES]
    full: Items = tuple((n, 1) for n in range(MOST_LINES))
    assert [room(full, variant, free=6) for variant in (0, MOST_LINES)] == [5, 0]
