"""One product: what it is, who sells and shows it, its variants and what is left of them, its vouchers."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.basket import FREE_USES, TERMS, terms_of
from app.shop.reads.running import running
from app.shop.reads.variants import leading_of
from app.shop.rules.errors import NotFound
from app.shop.rules.items import Items, room
from app.shop.rules.pricing import VoucherTerms
from app.shop.rules.receipt import Kind
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

MOST_VOUCHERS = 10
"""Vouchers told at most, those that end first."""

_p, _s, _c, _v, _b, _q = t.Product, t.Shop, t.Creator, t.Variant, t.Balance, t.Voucher


@dataclass(frozen=True, slots=True)
class VariantRow:
    """What can be bought: `size` tells it from others of its look, `free` is how many pieces are left.

    Of a variant that is `ordered` with others already, that is how many are left besides.
    """

    id: int
    name: str
    size: str
    currency: str
    price_minor: int
    free: int
    ordered: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """The variants that look alike: a colour, flavour or type, in each of its sizes."""

    name: str
    picture: str | None
    variants: tuple[VariantRow, ...]


@dataclass(frozen=True, slots=True)
class VoucherRow:
    """A voucher that works for the product now, and what has to be typed for it."""

    code: str
    terms: VoucherTerms


@dataclass(frozen=True, slots=True)
class ProductDetails:
    """A product's page. `shown` is where its creator shows it; `stars` are those of all `reviews`."""

    id: int
    title: str
    picture: str | None
    category: str | None
    shop: str
    shop_name: str | None
    creator: str | None
    pitch: str | None
    shown: str | None
    reviews: int
    stars: int
    looks: tuple[Look, ...]
    vouchers: tuple[VoucherRow, ...]

    @property
    def variants(self) -> tuple[VariantRow, ...]:
        """All of them, look by look."""
        return tuple(variant for look in self.looks for variant in look.variants)


_ONE = Statement(
    select(
        *(col(_p.id), col(_p.title), col(_p.picture), col(_p.category), col(_s.handle), col(_s.name)),
        *(col(_c.handle), col(_p.pitch), col(_p.shown), col(_p.reviews), col(_p.stars), col(_p.shop_id)),
    )
    .join(_s, col(_s.id) == col(_p.shop_id))
    .join(_c, col(_c.id) == col(_p.creator_id), isouter=True)
    .where(col(_p.id) == bindparam("product"))
)
_VARIANTS = Statement(
    select(
        *(col(_v.id), col(_v.name), col(_v.currency), col(_v.price_minor), col(_v.picture)),
        func.coalesce(col(_b.free), 0),
    )
    .join(_b, (col(_b.subject) == col(_v.id)) & (col(_b.kind) == Kind.STOCK.value), isouter=True)
    .where(col(_v.product_id) == bindparam("product"), col(_v.price_minor) > 0)
    .order_by(col(_v.id))
)
_begun = col(_q.starts_at) <= bindparam("now")
_VOUCHERS = Statement(
    running((*TERMS, col(_q.code)), _begun, FREE_USES > 0, after="now", most=MOST_VOUCHERS)
    .order_by("ends_at", "id")
    .limit(MOST_VOUCHERS)
)


def product_details(shop: Shop, _actor: Actor, product_id: int, beside: Items = ()) -> ProductDetails:
    """The product with this id, anybody's to see; raises NotFound.

    Its vouchers are those of its shop and of the platform that run now and have uses left. With items it is
    as it can stand `beside` them in one order: not where it is another shop's, and in their currency alone.
    """
    with shop.snapshot() as work:
        row = work.first(_ONE, product=product_id)
        first = leading_of(work, beside) if beside else None
        if row is None or (beside and (first is None or first.shop_id != row[-1])):
            raise NotFound("no_such_product", {"product": str(product_id)})
        variants = work.rows(_VARIANTS, product=product_id)
        if first is not None:
            variants = [one for one in variants if one[2] == first.currency]
        currency = variants[0][2] if variants else ""
        vouchers = work.rows(_VOUCHERS, shop=row[-1], currency=currency, now=work.now)
    looks: dict[str, list[tuple[VariantRow, str | None]]] = {}
    ordered = dict(beside)
    for number, name, currency, price, picture, free in variants:
        look, size = look_and_size(name)
        left = room(beside, number, free)
        variant = VariantRow(number, name, size, currency, price, left, ordered.get(number, 0))
        looks.setdefault(look, []).append((variant, picture))
    return ProductDetails(
        *row[:-1],
        tuple(_look(name, alike, row[2]) for name, alike in looks.items()),
        tuple(VoucherRow(one[-1], terms_of(one)) for one in vouchers),  # type: ignore[call-arg]
    )


def look_and_size(name: str) -> tuple[str, str]:
    """What a variant looks like, and its size, by its name ("Sage green, M"); without a comma all is look."""
    look, comma, size = name.rpartition(",")
    return (look.strip(), size.strip()) if comma and look.strip() else (name.strip(), "")


def _look(name: str, alike: list[tuple[VariantRow, str | None]], otherwise: str | None) -> Look:
    picture = next((picture for _, picture in alike if picture), otherwise)
    return Look(name, picture, tuple(variant for variant, _ in alike))
