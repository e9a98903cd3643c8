"""Addresses that are told what happens: added, removed, listed; telling again what could not be told."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.hooks.standing import EVERY_SHOP, Added, add, may_connect, shop_to_connect
from app.shop.rules.errors import NotFound
from app.shop.rules.webhooks import checked_url
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work

_h, _d, _s, _o, _e = t.Hook, t.HookDelivery, t.Shop, t.Order, t.OrderEvent
_HOOK: Any = bindparam("hook")
_OF_SHOP = col(_h.shop_id) == bindparam("shop")
_WHOSE = Statement(select(col(_h.shop_id)).where(col(_h.id) == _HOOK))
_FORGET = Statement(delete(_d).where(col(_d.hook_id) == _HOOK))
_REMOVE = Statement(delete(_h).where(col(_h.id) == _HOOK))
_ON = Statement(update(_h).where(col(_h.id) == _HOOK).values(failing_since=None, off_at=None))
_AGAIN = Statement(
    update(_d)
    .where(col(_d.hook_id) == _HOOK, col(_d.due_at).is_(None))
    .values(due_at=bindparam("now"), attempts=0, failed_at=None, trouble=None)
)
_COUNTED = (
    select(func.count()).select_from(_d).where(col(_d.hook_id) == col(_h.id), col(_d.due_at).is_not(None)),
    select(func.count()).select_from(_d).where(col(_d.hook_id) == col(_h.id), col(_d.due_at).is_(None)),
)
_LIST = Statement(
    select(
        *(col(_h.id), col(_s.handle), col(_h.url), col(_h.added_at), col(_h.failing_since), col(_h.off_at)),
        *(one.scalar_subquery() for one in _COUNTED),
    )
    .join(_s, col(_s.id) == col(_h.shop_id), isouter=True)
    .where(or_(_OF_SHOP, bindparam("shop") == EVERY_SHOP))
    .order_by(col(_h.id))
)
_FAILED = Statement(
    select(
        *(col(_d.hook_id), col(_d.order_number), col(_d.n), col(_e.action), col(_e.at)),
        *(col(_d.attempts), col(_d.failed_at), col(_d.trouble)),
    )
    .join(_e, (col(_e.order_number) == col(_d.order_number)) & (col(_e.n) == col(_d.n)))
    .join(_h, col(_h.id) == col(_d.hook_id))
    .where(col(_d.due_at).is_(None), or_(_OF_SHOP, bindparam("shop") == EVERY_SHOP))
    .order_by(col(_d.hook_id), col(_d.order_number), col(_d.n))
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class HookSummary:
    """An address; `shop` None: it is told of all shops. So many events wait for it, or were given up."""

    id: int
    shop: str | None
    url: str
    added_at: int
    failing_since: int | None
    off_at: int | None
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class FailedDelivery:
    """An event that an address was not told, and why."""

    hook: int
    number: int
    n: int
    action: str
    at: int
    attempts: int
    failed_at: int
    trouble: str


def add_hook(shop: Shop, actor: Actor, handle: str | None, url: str, *, private: bool = False) -> Added:
    """Have `url` told all that happens to the orders of a shop from now on; None: of every shop.

    With `private` it need not be https. Raises Invalid for an address that will not do, NotFound where it is
    not the actor's to decide, Refused where there are too many.
    """
    url = checked_url(url, private=private)
    with shop.change() as work:
        return add(work, actor, handle, "hook", _h, url=url)


def remove_hook(shop: Shop, actor: Actor, hook: int) -> Done:
    """Tell an address nothing more, not even what still waits; raises NotFound where it is not theirs."""
    with shop.change() as work:
        _opened(work, actor, hook)
        work.run(_FORGET, hook=hook)
        work.run(_REMOVE, hook=hook)
    return Done({"hook": str(hook)}, frozenset({actor.id}))


def resend_failed(shop: Shop, actor: Actor, hook: int) -> Done:
    """Have what an address could not be told sent to it again, and switch it on where it was off.

    Raises NotFound where it is not theirs.
    """
    with shop.change() as work:
        _opened(work, actor, hook)
        work.run(_ON, hook=hook)
        again = work.run(_AGAIN, hook=hook, now=work.now)
    return Done({"hook": str(hook), "again": again}, frozenset({actor.id}))


def hooks_of(shop: Shop, actor: Actor, handle: str | None = None) -> tuple[HookSummary, ...]:
    """The addresses of a shop, None: all there are; raises NotFound where they are not theirs to see."""
    with shop.look() as work:
        shop_id = shop_to_connect(work, actor, handle)
        return tuple(HookSummary(*row) for row in work.rows(_LIST, shop=shop_id))


def failed_deliveries(
    shop: Shop, actor: Actor, handle: str | None = None, *, limit: int = 1000
) -> tuple[FailedDelivery, ...]:
    """What could not be told at the addresses of a shop, None: at any; raises NotFound where not theirs."""
    with shop.look() as work:
        shop_id = shop_to_connect(work, actor, handle)
        return tuple(FailedDelivery(*row) for row in work.rows(_FAILED, shop=shop_id, limit=limit))


def _opened(work: Work, actor: Actor, hook: int) -> None:
    row = work.first(_WHOSE, hook=hook)
    may_connect(work, actor, row[0] if row else -1)
    if row is None:
        raise NotFound("no_such_hook", {"hook": str(hook)})
