"""Orders in lists: pages of cards, the counts of the tabs, and finding one by any of its numbers."""

from itertools import groupby
from typing import Any

from sqlalchemy import and_, bindparam, func, literal, select, true
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.numbers import LARGEST
from app.shop.reads.cards import CARD, LINE, OrderSummary, summary
from app.shop.rules.errors import Invalid, NotFound
from app.shop.rules.orders import Role, Tab
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work

PAGE = 20
"""Cards on one page of orders."""
CARD_LINES = 1
"""Lines shown on a card; the order's page has them all."""
COUNTED = 100
"""Badges count up to here: beyond it people read "99+"."""


_o, _l, _s, _p = t.Order, t.Line, t.Shop, t.Person


def page_where(*conditions: Any) -> Statement:
    """A page of cards, newest first: the orders by their index, then their first lines beside them."""
    page = (
        select(*CARD)
        .join(_p, col(_p.id) == col(_o.buyer_id))
        .join(_s, col(_s.id) == col(_o.shop_id))
        .where(*conditions, col(_o.number) < bindparam("before"))
        .order_by(col(_o.number).desc())
        .limit(bindparam("limit"))
        .subquery()
    )
    beside = and_(col(_l.order_number) == page.c.number, col(_l.n) <= bindparam("shown"))
    return Statement(
        select(page, *LINE).join(_l, beside, isouter=True).order_by(page.c.number.desc(), col(_l.n))
    )


NO_END = 2**62
"""Above every number."""
OF_BUYER = col(_o.buyer_id) == bindparam("owner")
_OF_SHOP = col(_o.shop_id) == bindparam("owner")
IN_TAB = col(_o.tab) == bindparam("tab")
_PAGES = {
    ("buyer", False): page_where(OF_BUYER),
    ("buyer", True): page_where(OF_BUYER, IN_TAB),
    ("shop", False): page_where(_OF_SHOP),
    ("shop", True): page_where(_OF_SHOP, IN_TAB),
    ("all", False): page_where(true()),
    ("all", True): page_where(IN_TAB),
}


def cards(
    work: Work,
    page: Statement,
    role: Role,
    *,
    limit: int,
    before: int | None = None,
    shown: int = CARD_LINES,
    whole: bool = False,
    **values: Any,
) -> tuple[OrderSummary, ...]:
    """The cards of a `page`, as `role` sees them, each with its first `shown` lines."""
    rows = work.rows(page, before=before or NO_END, limit=limit, shown=shown, **values)
    each = groupby(rows, key=lambda row: row[0])
    return tuple(summary(list(lines), role, work.now, whole=whole) for _, lines in each)


def orders_of(
    shop: Shop, actor: Actor, tab: Tab | None = None, *, before: int | None = None, limit: int = PAGE
) -> tuple[OrderSummary, ...]:
    """The actor's own orders, newest first, those with a number below `before`; `tab` None means all."""
    with shop.look() as work:
        page = _PAGES["buyer", tab is not None]
        return cards(work, page, Role.BUYER, limit=limit, before=before, owner=actor.id, tab=tab and str(tab))


_count: dict[Tab, Any] = {
    tab: select(func.count())
    .select_from(
        select(literal(1).label("one"))
        .where(col(_o.buyer_id) == bindparam("owner"), col(_o.tab) == str(tab))
        .limit(COUNTED)
        .subquery()
    )
    .scalar_subquery()
    for tab in Tab
}
_COUNTS = Statement(select(*(_count[tab].label(tab.name) for tab in Tab)))


def tab_counts(shop: Shop, actor: Actor) -> dict[Tab, int]:
    """How many of the actor's orders each tab has, counted up to `COUNTED`."""
    with shop.look() as work:
        row = work.first(_COUNTS, owner=actor.id) or ()
    return dict(zip(Tab, row, strict=True))


_BY_HANDLE = {
    "buyer": Statement(select(col(_p.id)).where(col(_p.handle) == bindparam("handle"))),
    "shop": Statement(select(col(_s.id)).where(col(_s.handle) == bindparam("handle"))),
}


def id_of(work: Work, kind: str, handle: str) -> int:
    """The id of the `buyer` or `shop` (that is the kind) with this handle; raises NotFound."""
    found = work.first(_BY_HANDLE[kind], handle=handle)
    if not found:
        raise NotFound(f"no_such_{kind}", {"handle": handle})
    return int(found[0])


@for_owner
def all_orders(
    shop: Shop,
    *,
    buyer: str | None = None,
    seller: str | None = None,
    tab: Tab | None = None,
    before: int | None = None,
    limit: int = PAGE,
) -> tuple[OrderSummary, ...]:
    """Orders of whomever, as their buyer sees them, all lines of each.

    Raises NotFound for an unknown handle and Invalid where buyer and shop are both given.
    """
    if buyer and seller:
        raise Invalid("buyer_or_shop")
    with shop.look() as work:
        whose, owner = "all", 0
        for kind, handle in (("buyer", buyer), ("shop", seller)):
            if handle:
                whose, owner = kind, id_of(work, kind, handle)
        return cards(
            work,
            _PAGES[whose, tab is not None],
            Role.BUYER,
            limit=limit,
            before=before,
            shown=NO_END,
            whole=True,
            owner=owner,
            tab=tab and str(tab),
        )


_DIGITS = len(str(LARGEST))
_BY_NUMBER = Statement(select(col(_o.number)).where(col(_o.number) == bindparam("number")))
_BY_OUTSIDE = Statement(
    select(col(t.OutsideNumber.order_number))
    .where(col(t.OutsideNumber.outside_number) == bindparam("outside"))
    .order_by(col(t.OutsideNumber.order_number))
    .limit(10)
)


@for_owner
def find_number(shop: Shop, text: str) -> int:
    """The number of the order that `text` names, be it ours or the one of the platform it came from.

    Raises NotFound where there is none, Invalid where several orders share the outside number.
    """
    with shop.look() as work:
        return number_named(work, text)


def number_named(work: Work, text: str) -> int:
    """As `find_number`, for those who may know of every order."""
    text = text.strip()
    outside = work.rows(_BY_OUTSIDE, outside=text)
    if len(outside) > 1:
        numbers = " ".join(str(row[0]) for row in outside)
        raise Invalid("number_of_several", {"number": text, "numbers": numbers})
    if outside:
        return int(outside[0][0])
    if text.isascii() and text.isdigit() and len(text) < _DIGITS:
        found = work.first(_BY_NUMBER, number=int(text))
        if found:
            return int(found[0])
    raise NotFound("no_such_order", {"number": text})
