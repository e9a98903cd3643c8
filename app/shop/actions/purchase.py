"""A purchase: what is bought, for how much, and how its order begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.shop.actions.basket import vouchers
from app.shop.numbers import new_number
from app.shop.reads.selling import selling_of
from app.shop.reads.variants import Offer
from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.clocks import Due, Method, PaidClocks, after_payment, next_due, pay_by
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Status
from app.shop.rules.orders import after_payment as status_after_payment
from app.shop.rules.policy import Policy
from app.shop.rules.pricing import Sheet, coins_used
from app.shop.rules.receipt import Held, Kind
from app.shop.shop import Actor
from app.shop.sql import Work


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order about to be written."""

    number: int
    buyer: Actor
    offers: tuple[tuple[Offer, int], ...]
    basket: Basket
    priced: Sheet
    method: Method
    address_id: int | None
    start: "Start"

    @property
    def first(self) -> Offer:
        """The first thing bought: its shop, currency and creator are the order's."""
        return self.offers[0][0]


@dataclass(frozen=True, slots=True)
class Start:
    """How an order begins: its state, pay-by time, clocks and what the clock does first."""

    status: Status
    pay_by: int | None
    clocks: PaidClocks | None
    due: Due | None


def purchase_of(
    work: Work,
    actor: Actor,
    offers: tuple[tuple[Offer, int], ...],
    method: Method,
    voucher_codes: Sequence[str],
    coins: int,
    address_id: int | None,
    *,
    own: frozenset[int] = frozenset(),
    latest: int | None = None,
) -> Purchase:
    """What `actor` buys, with vouchers of which those in `own` (ids) are held for them already.

    `latest` is when it must be paid at the latest (ms UTC), however it is paid. Raises Refused where
    something is not to be had, or no time is left to pay it; Invalid for several shops at once.
    """
    first = offers[0][0]
    if any((one.shop_id, one.currency) != (first.shop_id, first.currency) for one, _ in offers):
        raise Invalid("items_of_several_shops")
    for one, pieces in offers:
        if one.free is None or one.free < pieces:
            raise Refused("out_of_stock", {"title": one.title, "variant": one.variant, "left": one.free or 0})
    selling = selling_of(work, first.shop_id)
    lines = tuple(
        BasketLine(n, one.variant_id, pieces, one.price_minor) for n, (one, pieces) in enumerate(offers, 1)
    )
    basket = Basket(lines, selling.policy.shipping_minor, coins=coins)
    used = vouchers(
        work, voucher_codes, basket.items_minor, shop_id=first.shop_id, currency=first.currency, own=own
    )
    basket = replace(basket, vouchers=used)
    start = start_of(method, work.now, selling.policy, selling.zone, latest=latest)
    number = new_number(work.now)
    return Purchase(number, actor, offers, basket, basket.priced(), method, address_id, start)


def start_of(method: Method, at: int, policy: Policy, zone: str, *, latest: int | None = None) -> Start:
    """How an order paid by `method` begins at `at` (ms UTC) in a shop of this policy and time zone.

    Raises Refused where it must be paid by `latest`, and that is over.
    """
    until = pay_by(method, at, policy)
    if until is not None:
        if latest is not None and latest <= at:
            raise Refused("pay_by_is_longest", next_step="pay_or_cancel")
        until = until if latest is None else min(until, latest)
        due = next_due(Status.UNPAID, policy, after=at, created_at=at, pay_by=until)
        return Start(Status.UNPAID, until, None, due)
    clocks, status = after_payment(at, policy, zone), status_after_payment(policy)
    due = next_due(
        status,
        policy,
        after=at,
        created_at=at,
        remorse_until=clocks.remorse_until,
        cancel_sla=clocks.cancel_sla,
    )
    return Start(status, None, clocks, due)


def holds_of(purchase: Purchase) -> list[tuple[Held, int | None]]:
    """What is held for it, and for which line."""
    basket = purchase.basket
    held: list[tuple[Held, int | None]] = [
        (Held(Kind.STOCK, line.variant_id, line.quantity), line.n) for line in basket.lines
    ]
    held += [(Held(Kind.VOUCHER, one.id, 1), None) for one in basket.vouchers]
    if used := coins_used(purchase.priced):
        held.append((Held(Kind.COINS, purchase.buyer.id, used), None))
    return held
