"""The steps of the tour: where each happens, what to tap there, and what shows that it is done.

Where one is follows from what the screens and the practice store show, not from what was tapped: whoever goes
another way, undoes, or closes a dialog finds the step that is next from there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.shop.reads.order import order_details
from app.shop.reads.requests import request_panel
from app.shop.rules.orders import Status, Tab
from app.shop.rules.request_guards import RequestKind
from app.shop.rules.requests import RequestStatus
from app.shop.shop import Actor, Shop
from app.ui import routes
from app.ui.stack import path_of, query_of

R = RequestStatus
CLOSED = frozenset({R.WITHDRAWN, R.REJECTED, R.EXPIRED, R.SUPERSEDED})
"""After these one asks again."""


class Journey(StrEnum):
    """The two that are walked through."""

    UNPAID = "unpaid"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Orders:
    """How the two practice orders stand.

    `request` is the id and status of what was asked last about the paid one, where that was to cancel it.
    """

    unpaid: int
    paid: int
    unpaid_status: str
    paid_status: str
    request: tuple[int, str] | None = None


def orders_now(shop: Shop, actor: Actor, unpaid: int, paid: int) -> Orders:
    """How the practice orders stand. Raises NotFound where they are not there."""
    panel = request_panel(shop, actor, paid)
    asked = panel.newest if panel.newest and panel.newest.kind == RequestKind.CANCEL else None
    newest = (asked.id, asked.status) if asked else None
    status = order_details(shop, actor, unpaid).order.status
    return Orders(unpaid, paid, status, panel.order.status, newest)


@dataclass(frozen=True, slots=True)
class Seen:
    """What can be seen: the address, the dialog, and how the practice orders stand.

    `asked` is the number of the order that a dialog is about, `reason` whether one is chosen there.
    `counting`: the cancellation can still be undone; `told`: the code of what is told of it until closed.
    """

    address: str
    orders: Orders
    asked: int = 0
    reason: bool = False
    counting: bool = False
    told: str = ""
    passed: frozenset[str] = field(default_factory=frozenset)

    @property
    def tab(self) -> str | None:
        """The tab of the orders one is at; None elsewhere, `all` where none is named."""
        at_orders = path_of(self.address) == routes.ORDERS
        return query_of(self.address).get("tab", "all") if at_orders else None

    @property
    def listed(self) -> bool:
        """Whether one is among the orders, or has one open."""
        return path_of(self.address).startswith(routes.ORDERS) or self.begun

    @property
    def begun(self) -> bool:
        """Whether the cancellation of the unpaid order was submitted."""
        return self.counting or self.over

    @property
    def over(self) -> bool:
        """Whether the unpaid order is cancelled."""
        return self.orders.unpaid_status == Status.CANCELLED or self.told == "order_cancelled"

    @property
    def refunded(self) -> bool:
        """Whether the paid order is cancelled."""
        return self.orders.paid_status == Status.CANCELLED

    @property
    def requested(self) -> bool:
        """Whether the seller was asked about the paid order."""
        request = self.orders.request
        return self.refunded or (request is not None and R(request[1]) not in CLOSED)

    @property
    def answered(self) -> bool:
        """Whether the seller did something."""
        request = self.orders.request
        waits = request is not None and request[1] == R.PENDING_SELLER
        return self.refunded or (self.requested and not waits)

    def at(self, number: int, *ends: str) -> bool:
        """Whether one is at the page of order `number`, or with `ends` at one of those below it."""
        parts = path_of(self.address).split("/")
        return str(number) in parts and (not ends or parts[-1] in ends)

    def on_unpaid(self) -> bool:
        """Whether one is at the unpaid order, or beyond."""
        return self.at(self.orders.unpaid) or self.asked == self.orders.unpaid or self.begun

    def on_paid(self) -> bool:
        """Whether one is at the paid order, or beyond."""
        return self.at(self.orders.paid) or self.asked == self.orders.paid or self.requested


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its sentence is the text `tour.<code>`.

    `things` are the identifiers pointed at, the one that *Next* taps first, and `where` the address at which
    it stands; both name the orders by `{unpaid}` and `{paid}`. `kept`: once done it stays so. `by_tap`: a tap
    on it is all that shows it. `waits`: it ends by itself.
    """

    code: str
    journey: Journey
    where: str
    things: tuple[str, ...]
    done: Callable[[Seen], bool]
    kept: bool = False
    by_tap: bool = False
    waits: bool = False

    def pointed(self, seen: Seen) -> tuple[str, ...]:
        """What is pointed at: the way back only where it leads to the rest."""
        return self.things if seen.tab is None else tuple(one for one in self.things if one != "back")


def _a(code: str, where: str, *things: str, done: Callable[[Seen], bool], **more: bool) -> Step:
    return Step(code, Journey.UNPAID, where, things, done, **more)


def _b(code: str, where: str, *things: str, done: Callable[[Seen], bool], **more: bool) -> Step:
    return Step(code, Journey.PAID, where, things, done, **more)


def _settings(seen: Seen) -> bool:
    return path_of(seen.address).startswith(routes.SETTINGS) or seen.listed


_UNPAID, _PAID = f"{routes.ORDERS}/{{unpaid}}", f"{routes.ORDERS}/{{paid}}"
_CHAT = f"{_PAID}/contact"
_TO_SHIP, _CANCELLED = routes.orders(Tab.TO_SHIP), routes.orders(Tab.CANCELLED)

STEPS: tuple[Step, ...] = (
    _a("menu", routes.PROFILE, "menu", done=_settings, by_tap=True),
    _a("settings", routes.PROFILE, "go-settings", "menu", done=_settings),
    _a("orders", routes.SETTINGS, "go-orders", done=lambda seen: seen.listed),
    _a("all", routes.ORDERS, "tab-all", done=Seen.on_unpaid, by_tap=True),
    _a("order", routes.ORDERS, "order-{unpaid}", done=Seen.on_unpaid),
    _a(
        "cancel",
        _UNPAID,
        "cancel-order",
        done=lambda seen: (
            seen.asked == seen.orders.unpaid or seen.at(seen.orders.unpaid, "cancel") or seen.begun
        ),
    ),
    _a("reason", _UNPAID, "reason-bu_not_needed", done=lambda seen: seen.reason or seen.begun),
    _a("submit", _UNPAID, "submit", done=lambda seen: seen.begun),
    _a("undo", _UNPAID, "undo", done=lambda seen: seen.over and not seen.counting, waits=True),
    _a("notice", _UNPAID, "notice-close", done=lambda seen: seen.over and not seen.told),
    _a(
        "cancelled",
        routes.ORDERS,
        "tab-cancelled",
        "back",
        done=lambda seen: seen.over and seen.tab == Tab.CANCELLED,
        kept=True,
    ),
    _b(
        "to-ship",
        routes.ORDERS,
        "tab-to-ship",
        "back",
        done=lambda seen: seen.tab == Tab.TO_SHIP or seen.on_paid(),
    ),
    _b("find", _TO_SHIP, "order-{paid}", done=Seen.on_paid),
    _b(
        "contact",
        _PAID,
        "contact-seller",
        done=lambda seen: (
            seen.at(seen.orders.paid, "contact") or seen.asked == seen.orders.paid or seen.requested
        ),
    ),
    _b(
        "ask",
        _CHAT,
        "ask-to-cancel",
        done=lambda seen: seen.asked == seen.orders.paid or seen.requested,
    ),
    _b("why", _CHAT, "reason-bp_not_needed", done=lambda seen: seen.reason or seen.requested),
    _b("send", _CHAT, "submit", done=lambda seen: seen.requested),
    _b("answer", _CHAT, done=lambda seen: seen.answered, waits=True),
    _b("confirm", _CHAT, "confirm-cancel", done=lambda seen: seen.refunded),
    _b(
        "refund",
        _CHAT,
        "pinned-order",
        done=lambda seen: seen.refunded and seen.at(seen.orders.paid, str(seen.orders.paid)),
        kept=True,
    ),
    _b("end", _PAID, done=lambda _: False),
)
"""In the order of the journeys."""
LAST, ANSWER = STEPS[-1], "answer"
"""The end, and the code of the step at which the shop's answer is waited for."""


def step_of(seen: Seen) -> Step:
    """The first step that is not done."""
    return next(step for step in STEPS if step.code not in seen.passed and not step.done(seen))


def passed_now(seen: Seen) -> frozenset[str]:
    """The steps that stay done from now on."""
    return seen.passed | {step.code for step in STEPS if step.kept and step.done(seen)}


def progress(step: Step) -> tuple[int, int]:
    """Which step of its journey it is, from 1 on, and how many there are."""
    alike = [one for one in STEPS if one.journey is step.journey]
    return alike.index(step) + 1, len(alike)
