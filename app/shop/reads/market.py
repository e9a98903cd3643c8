"""The market of who looks: the currency they buy in, where things are sold in several."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop.reads.distinct import distinct
from app.shop.shop import Actor
from app.shop.sql import Statement, Work
from app.shop.tables import Order, Variant

CURRENCIES = 200
"""Currencies looked at; the world has fewer."""

_SOLD = distinct(Variant.currency)
_SPENT = Statement(
    select(col(Order.currency))
    .where(col(Order.buyer_id) == bindparam("buyer"))
    .order_by(col(Order.number).desc())
    .limit(1)
)


def currency_of(work: Work, actor: Actor, likely: Sequence[str]) -> str | None:
    """The first of the `likely` currencies that something is sold in, else that of the actor's newest order.

    None where nothing is sold in it, or everything is.
    """
    sold = {currency for (currency,) in work.rows(_SOLD, most=CURRENCIES)}
    if len(sold) < 2:
        return None
    known = next((one for one in likely if one in sold), None)
    (spent,) = (None,) if known else work.first(_SPENT, buyer=actor.id) or (None,)
    return known or (spent if spent in sold else None)
