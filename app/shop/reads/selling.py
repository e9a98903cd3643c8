"""The shop that sells, as whoever buys from it has to know it."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.reads.policy import newest_policy
from app.shop.reads.variants import leading_of
from app.shop.rules.items import Items
from app.shop.rules.policy import Policy, effective
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work
from app.shop.tables import Shop as Seller

_s = Seller
_SELLING = Statement(
    select(
        *(col(_s.handle), col(_s.name), col(_s.time_zone)),
        newest_policy(0).label("platforms"),
        newest_policy(col(_s.id)).label("own"),
    ).where(col(_s.id) == bindparam("shop"))
)


@dataclass(frozen=True, slots=True)
class Selling:
    """A shop, its clock and its rules."""

    handle: str
    name: str | None
    zone: str
    policy: Policy


def selling_of(work: Work, shop_id: int) -> Selling:
    """The shop with this id, which a product names and so exists."""
    handle, name, zone, *policies = work.first(_SELLING, shop=shop_id) or ("", None, "UTC", None, None)
    return Selling(handle, name, zone, effective(*policies))


def seller_of(shop: Shop, _actor: Actor, items: Items) -> Selling | None:
    """The shop that sells `items`, anybody's to see; None where none of them exists."""
    with shop.snapshot() as work:
        first = leading_of(work, items)
        return selling_of(work, first.shop_id) if first else None
