"""Each step of a request against plain `sqlite3` running the same statements."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from app.shop.actions import answer, confirm, request, silence
from app.shop.actions.pay import pay
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.policy import DAY
from app.shop.shop import SYSTEM, Actor, Done, Shop
from tests.bench.crowd import placed
from tests.bench.raw import connect, rehearsed, replay, timed

SAMPLES = 40
"""Orders of each story; half of them are done by us, half by hand."""
_keys = count()
_SIDES = """SELECT (SELECT min(person_id) FROM members m WHERE m.shop_id = o.shop_id),
    (SELECT min(person_id) FROM staff), status FROM orders o WHERE number = ?"""
YES = ("SP_BUYER_REQUESTED", "We have talked about it.")
NO = ("SR_PACKED", "It is packed already.")


@dataclass(frozen=True, slots=True)
class Sides:
    """An order and who has to do with it."""

    number: int
    buyer: Actor
    seller: Actor
    staff: Actor


Step = tuple[Callable[..., Done], Callable[[Sides], Actor], tuple[Any, ...]]
"""What is done, by whom, and what it is given."""


def _buyer(sides: Sides) -> Actor:
    return sides.buyer


def _seller(sides: Sides) -> Actor:
    return sides.seller


def _staff(sides: Sides) -> Actor:
    return sides.staff


def _system(_: Sides) -> Actor:
    return SYSTEM


def offer(shop: Shop, actor: Actor, number: int, *, key: str) -> Done:
    """A later day of shipping."""
    later = Change(ChangeKind.SHIP_DATE, ship_by=shop.now() + 20 * DAY)
    return answer.offer_change(shop, actor, number, later, key=key)


STEPS: dict[str, Step] = {
    "ask": (request.ask_to_cancel, _buyer, ("BP_MISTAKE",)),
    "withdraw": (request.withdraw, _buyer, ()),
    "list option": (answer.list_option, _seller, YES),
    "confirm": (confirm.confirm_cancel, _buyer, ()),
    "cancel+refund": (answer.cancel_and_refund, _seller, YES),
    "offer": (offer, _seller, ()),
    "accept": (confirm.accept_offer, _buyer, ()),
    "refuse": (confirm.refuse_offer, _buyer, ()),
    "decline": (answer.decline, _seller, NO),
    "escalate": (request.escalate, _buyer, ()),
    "uphold": (answer.uphold, _staff, NO),
    "overrule": (answer.overrule, _staff, ("OP_EXPERIENCE", "")),
    "remind": (silence.remind_of_request, _system, ()),
}
STORIES = (
    ("ask", "offer", "refuse", "list option", "confirm"),
    ("ask", "remind", "offer", "accept", "ask", "cancel+refund"),
    ("ask", "decline", "escalate", "uphold", "ask", "withdraw"),
    ("ask", "decline", "escalate", "overrule"),
)


def steps(shop: Shop, path: Path) -> None:
    """Print a line per step: the first time it comes up."""
    cursor, told = connect(path).cursor(), set[str]()
    for story in STORIES:
        orders = paid(shop)
        for name in story:
            ours, raw, count = measured(shop, cursor, orders, partial(_do, STEPS[name]))
            if name not in told:
                told.add(name)
                print(
                    f"{name:<13} ours {ours:.3f} ms  raw {raw:.3f} ms  {ours / raw:.2f}x  {count} statements"
                )


def paid(shop: Shop) -> list[Sides]:
    """New paid orders that wait for their shipment."""
    found = []
    for number, buyer in placed(shop, 2 * SAMPLES):
        pay(shop, Actor(buyer), number, key=f"dispute-{next(_keys)}")
        seller, staff, status = shop.place.connection().execute(_SIDES, (number,)).fetchone()
        if status == "AWAITING_SHIPMENT":
            found.append(Sides(number, Actor(buyer), Actor(seller), Actor(staff)))
    return found[:SAMPLES]


def measured(
    shop: Shop, cursor: Any, orders: Sequence[Sides], act: Callable[[Sides, Shop], object]
) -> tuple[float, float, int]:
    """Median milliseconds of a step: ours, raw; and how many statements it is. Both are rehearsed first."""
    ours, raw, statements = [], [], 0
    for mine, other in zip(orders[::2], orders[1::2], strict=True):
        rehearsed(shop, partial(act, mine))
        log = rehearsed(shop, partial(act, other))
        statements = max(statements, len(log) + 2)
        ours.append(timed(partial(act, mine, shop)))
        raw.append(timed(partial(replay, cursor, log)))
    return median(ours), median(raw), statements


def _do(step: Step, sides: Sides, shop: Shop) -> object:
    act, who, given = step
    return act(shop, who(sides), sides.number, *given, key=f"dispute-{next(_keys)}")
