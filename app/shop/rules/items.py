"""What is to be ordered: pieces of variants, and how addresses and commands write them down."""

import re
from collections.abc import Sequence

from app.shop.rules.errors import Invalid

Items = tuple[tuple[int, int], ...]
"""(variant id, pieces) each."""

MOST_LINES = 100
MOST_PIECES = 999
_ITEM = re.compile(r"([0-9]{1,18})(?:x([0-9]{1,3}))?")


def check_items(items: Sequence[tuple[int, int]], coins: int = 0) -> None:
    """Raise Invalid where items and coins make no order."""
    if not 0 < len(items) <= MOST_LINES or len({variant for variant, _ in items}) != len(items):
        raise Invalid("items_make_no_order", {"most": MOST_LINES})
    if any(not 0 < pieces <= MOST_PIECES for _, pieces in items):
        raise Invalid("quantity_out_of_range", {"most": MOST_PIECES})
    if coins < 0:
        raise Invalid("coins_out_of_range", {"coins": coins})


def room(items: Items, variant: int, free: int) -> int:
    """How many more pieces fit into an order of `items`, of a variant of which there are `free`."""
    there = dict(items).get(variant, 0)
    if not there and len(items) >= MOST_LINES:
        return 0
    return max(min(free, MOST_PIECES) - there, 0)


def with_more(items: Items, variant: int, pieces: int) -> Items:
    """`items` with so many more pieces of a variant; one that was not among them comes last."""
    wanted = dict(items)
    wanted[variant] = min(wanted.get(variant, 0) + pieces, MOST_PIECES)
    return tuple(wanted.items())


def items_from(written: Sequence[str]) -> Items:
    """Items from `12x2` (two pieces of variant 12) or `12` (one); raises Invalid where they make no order."""
    found = [_ITEM.fullmatch(one) for one in written[: MOST_LINES + 1]]
    if not all(found):
        raise Invalid("items_make_no_order", {"most": MOST_LINES})
    items = tuple((int(one[1]), int(one[2] or 1)) for one in found if one)
    check_items(items)
    return items
