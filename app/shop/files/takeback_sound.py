"""Whether what another store tells of an order can be true: its amounts add up, its past leads there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.shop.export.fields import Values
from app.shop.files.findings import Unusable

_CAME_IN = frozenset({"CAPTURED", "LATE"})


def add_up(order: Values, rows: Mapping[str, list[Values]]) -> None:
    """Raise Unusable where the amounts of an order cannot all be right."""
    for name, some in rows.items():
        if len({one["n"] for one in some}) != len(some):
            raise Unusable("row_twice", name)
    lines, prices = rows["lines"], rows["prices"]
    if any(min(one["unit_minor"], one["total_minor"]) < 0 or not one["quantity"] for one in lines):
        raise Unusable("amount_not_usable", "lines")
    if order["total_minor"] < 0 or (prices and _sum(prices) != order["total_minor"]):
        raise Unusable("money_disagrees", "total_minor", order["total_minor"])
    money_in = {one["n"]: one["amount_minor"] if one["state"] in _CAME_IN else 0 for one in rows["payments"]}
    money_out: dict[int, int] = defaultdict(int)
    for one in rows["refunds"]:
        money_out[one["payment_n"]] += one["amount_minor"]
    causes = [(one["payment_n"], one["cause"]) for one in rows["refunds"]]
    if (
        any(one["amount_minor"] <= 0 or one["cause"] >= len(rows["events"]) for one in rows["refunds"])
        or any(one["amount_minor"] < 0 for one in rows["payments"])
        or len(set(causes)) != len(causes)
        or any(amount > money_in.get(n, 0) for n, amount in money_out.items())
    ):
        raise Unusable("money_disagrees", "refunds")


def _sum(rows: Iterable[Values]) -> int:
    return sum(one["amount_minor"] for one in rows)


def lead_there(status: str, events: Sequence[Values]) -> None:
    """Raise Unusable where the events do not follow each other to where the order stands."""
    stands = None
    for n, event in enumerate(events):
        if event["n"] != n or event["status_from"] != stands:
            raise Unusable("past_broken", "events", event["n"])
        stands = event["status_to"]
    if stands != status:
        raise Unusable("past_broken", "status", status)
