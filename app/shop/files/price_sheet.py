"""What price sheets have in common: their entries sum to the total, and few orders have all of them."""

from collections.abc import Sequence

from app.shop.files.findings import Unusable
from app.shop.files.outside import Prices
from app.shop.files.record import Record
from app.shop.rules.pricing import Entry, OutsideEntry


def summed(
    record: Record, entries: Sequence[tuple[Entry | OutsideEntry, int]], total: int | None, column: str
) -> tuple[Prices, int]:
    """The entries, and the total they sum to, in minor units.

    What they lack to the total that `column` states is an entry of its own, flagged. Raises Unusable where no
    total is stated and they sum to less than nothing.
    """
    parts = sum(amount for _, amount in entries)
    if total is None:
        total = parts
        record.flag("total_missing")
    if total < 0:
        raise Unusable("amount_not_usable", column, total)
    if total == parts:
        return tuple(entries), total
    record.flag("difference", column, str(total - parts))
    return (*entries, (OutsideEntry.DIFFERENCE, total - parts)), total


def extra(record: Record, name: str, currency: str) -> int:
    """An amount that few orders have; one that cannot be read is flagged, and shows up as a difference."""
    try:
        return record.amount(name, currency) or 0
    except Unusable as error:
        record.flags.append(error.finding)
        return 0
