"""What is about to be ordered: what it costs, what makes it cheaper, where it goes and how it is paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.addresses import Entry, entries_of
from app.shop.reads.order import PriceRow
from app.shop.reads.selling import selling_of
from app.shop.reads.variants import Offer, leading, offers_of
from app.shop.reads.vouchers import VoucherChoice, voucher_choices
from app.shop.rules.basket import Basket, BasketLine
from app.shop.rules.clocks import Method, pay_by
from app.shop.rules.errors import NotFound
from app.shop.rules.items import Items, check_items
from app.shop.rules.policy import Policy
from app.shop.rules.pricing import coins_used
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work

METHODS = (Method.CARD, Method.WALLET, Method.TRANSFER, Method.COD)
"""The ways to pay that can be chosen."""

_o, _b = t.Order, t.Balance
COINS_OF = (
    select(col(_b.free))
    .where(col(_b.kind) == Kind.COINS.value, col(_b.subject) == bindparam("person"))
    .scalar_subquery()
)
_LAST_METHOD = (
    select(col(_o.payment_method))
    .where(col(_o.buyer_id) == bindparam("person"))
    .order_by(col(_o.number).desc())
    .limit(1)
    .scalar_subquery()
)
_BUYER = Statement(select(COINS_OF, _LAST_METHOD).where(col(t.Person.id) == bindparam("person")))


@dataclass(frozen=True, slots=True)
class CheckoutLine:
    """Pieces of a variant; `free` is what the shop has left, `problem` why they cannot be ordered so.

    That is `no_such_variant`, `items_of_several_shops` (than the first line) or `out_of_stock`.
    """

    variant_id: int
    pieces: int
    product_id: int = 0
    title: str = ""
    variant: str = ""
    picture: str | None = None
    unit_minor: int = 0
    free: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class PayChoice:
    """A way to pay, and how long there is for it; None: nothing is to be paid before it arrives."""

    method: Method
    pay_ms: int | None


@dataclass(frozen=True, slots=True)
class CheckoutChoice:
    """Everything the checkout shows; prices are of the lines without a problem.

    `coins_free` are the coins one has, `coins_usable` how many of them this order could take, `coins_used`
    how many it takes.
    """

    shop: str
    shop_name: str | None
    currency: str
    lines: tuple[CheckoutLine, ...]
    vouchers: tuple[VoucherChoice, ...]
    prices: tuple[PriceRow, ...]
    total_minor: int
    coins_free: int
    coins_usable: int
    coins_used: int
    methods: tuple[PayChoice, ...]
    method: Method
    addresses: tuple[Entry, ...]
    address: Entry | None

    @property
    def items(self) -> Items:
        """What is ordered."""
        return tuple((line.variant_id, line.pieces) for line in self.lines)

    @property
    def voucher_codes(self) -> tuple[str, ...]:
        """The vouchers it is ordered with."""
        return tuple(one.code for one in self.vouchers if one.chosen)

    @property
    def can_be_placed(self) -> bool:
        """Whether nothing stands in the way of any line."""
        return all(line.problem is None for line in self.lines)


def checkout_choice(
    shop: Shop,
    actor: Actor,
    items: Items,
    *,
    voucher_codes: Sequence[str] | None = None,
    coins: int | None = 0,
    method: Method | None = None,
    address_id: int | None = None,
) -> CheckoutChoice:
    """What ordering `items` (variant id, pieces) comes to, as `place_order` would price it now.

    Without `voucher_codes` the best are taken, without `coins` (None) all that it takes, without `method` the
    one used last, and without an address of the book the preferred one. Raises Invalid for items that make no
    order, NotFound where who asks is no person.
    """
    check_items(items, coins or 0)
    with shop.snapshot() as work:
        row = work.first(_BUYER, person=actor.id)
        if row is None:
            raise NotFound("no_such_person", {"person": str(actor.id)})
        free, last = row[0] or 0, row[1]
        lines, first = _lines(work, items)
        selling = selling_of(work, first.shop_id if first else 0)
        basket = Basket(_basket_lines(lines), selling.policy.shipping_minor)
        vouchers: tuple[VoucherChoice, ...] = ()
        prices: tuple[PriceRow, ...] = ()
        total = usable = used = 0
        if first is not None and basket.lines:
            vouchers, terms = voucher_choices(
                work, basket, voucher_codes, shop_id=first.shop_id, currency=first.currency
            )
            basket = replace(basket, vouchers=terms)
            usable = coins_used(replace(basket, coins=free).priced())
            priced = replace(basket, coins=usable if coins is None else min(coins, usable)).priced()
            used, total = coins_used(priced), priced.total_minor
            prices = tuple(PriceRow(kind.value, amount) for kind, amount, _ in priced.entries)
        book = entries_of(work, actor)
        return CheckoutChoice(
            shop=selling.handle,
            shop_name=selling.name,
            currency=first.currency if first else "",
            lines=lines,
            vouchers=vouchers,
            prices=prices,
            total_minor=total,
            coins_free=free,
            coins_usable=usable,
            coins_used=used,
            methods=tuple(PayChoice(one, _pay_ms(one, selling.policy)) for one in METHODS),
            method=method or next((one for one in METHODS if one == last), METHODS[0]),
            addresses=book,
            address=next((one for one in book if one.id == address_id), book[0] if book else None),
        )


def _lines(work: Work, items: Items) -> tuple[tuple[CheckoutLine, ...], Offer | None]:
    """The lines, and what leads them."""
    offers = offers_of(work, (variant for variant, _ in items))
    first = leading(offers, items)
    lines = tuple(_line(variant, pieces, offers.get(variant), first) for variant, pieces in items)
    return lines, first


def _line(variant: int, pieces: int, offer: Offer | None, first: Offer | None) -> CheckoutLine:
    if offer is None or first is None:
        return CheckoutLine(variant, pieces, problem="no_such_variant")
    free, problem = offer.free or 0, None
    if (offer.shop_id, offer.currency) != (first.shop_id, first.currency):
        problem = "items_of_several_shops"
    elif free < pieces:
        problem = "out_of_stock"
    return CheckoutLine(
        *(variant, pieces, offer.product_id, offer.title, offer.variant, offer.picture, offer.price_minor),
        free=free,
        problem=problem,
    )


def _basket_lines(lines: tuple[CheckoutLine, ...]) -> tuple[BasketLine, ...]:
    return tuple(
        BasketLine(n, line.variant_id, line.pieces, line.unit_minor)
        for n, line in enumerate(lines, 1)
        if line.problem is None
    )


def _pay_ms(method: Method, policy: Policy) -> int | None:
    return pay_by(method, 0, policy)
