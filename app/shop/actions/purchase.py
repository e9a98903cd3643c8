"""A purchase: what is bought, for how much, and how its order begins."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.actions.basket import vouchers
from app.shop.numbers import new_number
from app.shop.reads.policy import newest_policy
from app.shop.reads.variants import Offer
from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.clocks import Due, Method, PaidClocks, after_payment, next_due, pay_by
from app.shop.rules.errors import Invalid, Refused
from app.shop.rules.orders import Status
from app.shop.rules.orders import after_payment as status_after_payment
from app.shop.rules.policy import Policy, effective
from app.shop.rules.pricing import Sheet, coins_used
from app.shop.rules.receipt import Held, Kind
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

MOST_LINES = 100
MOST_PIECES = 999

_SELLING = Statement(
    select(col(t.Shop.time_zone), newest_policy(0), newest_policy(col(t.Shop.id)).label("own")).where(
        col(t.Shop.id) == bindparam("shop")
    )
)


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


def check_items(items: Sequence[tuple[int, int]], coins: int) -> None:
    """Raise Invalid where items and coins make no order."""
    if not 0 < len(items) <= MOST_LINES or len({variant for variant, _ in items}) != len(items):
        raise Invalid("items_make_no_order", {"most": MOST_LINES})
    if any(not 0 < pieces <= MOST_PIECES for _, pieces in items):
        raise Invalid("quantity_out_of_range", {"most": MOST_PIECES})
    if coins < 0:
        raise Invalid("coins_out_of_range", {"coins": coins})


def purchase_of(
    work: Work,
    actor: Actor,
    offers: tuple[tuple[Offer, int], ...],
    method: Method,
    voucher_codes: Sequence[str],
    coins: int,
    address_id: int | None,
) -> Purchase:
    """What `actor` buys; raises Refused where it is not to be had, Invalid for several shops at once."""
    first = offers[0][0]
    if any((one.shop_id, one.currency) != (first.shop_id, first.currency) for one, _ in offers):
        raise Invalid("items_of_several_shops")
    for one, pieces in offers:
        if one.free is None or one.free < pieces:
            raise Refused("out_of_stock", {"title": one.title, "variant": one.variant, "left": one.free or 0})
    zone, *policies = work.first(_SELLING, shop=first.shop_id) or ("UTC", None, None)
    policy = effective(*policies)
    lines = tuple(
        BasketLine(n, one.variant_id, pieces, one.price_minor) for n, (one, pieces) in enumerate(offers, 1)
    )
    basket = Basket(lines, policy.shipping_minor, coins=coins)
    used = vouchers(work, voucher_codes, basket.items_minor, shop_id=first.shop_id, currency=first.currency)
    basket = replace(basket, vouchers=used)
    start = start_of(method, work.now, policy, zone)
    number = new_number(work.now)
    return Purchase(number, actor, offers, basket, basket.priced(), method, address_id, start)


def start_of(method: Method, at: int, policy: Policy, zone: str) -> Start:
    """How an order paid by `method` begins at `at` (ms UTC) in a shop of this policy and time zone."""
    until = pay_by(method, at, policy)
    if until is not None:
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
