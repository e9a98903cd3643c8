"""Whose a webhook is, who may touch it, and its secret."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_hooks
from app.shop.numbers import new_number
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.webhooks import MOST_HOOKS, SECRETS, secret_of
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

EVERY_SHOP = 0
"""The id that stands for the orders of all shops."""

_s = t.Shop
_SHOP: Any = bindparam("shop")
_NAMED = Statement(select(col(_s.id)).where(col(_s.handle) == bindparam("handle")))
_STANDS = Statement(select(member_of(_SHOP).label("member"), STAFF.label("staff")))
_SECRET = Statement(select(col(t.Secret.value)).where(col(t.Secret.kind) == SECRETS))


@dataclass(frozen=True, slots=True)
class Added:
    """A new address or source with its secret, which is told once."""

    id: int
    secret: str


def may_connect(work: Work, actor: Actor, shop_id: int) -> None:
    """Raises NotFound where the webhooks of this shop (0: of all) are not the actor's to see and change."""
    member, staff = work.first(_STANDS, shop=shop_id, actor=actor.id) or (0, 0)
    authorise_hooks(actor, of_platform=shop_id == EVERY_SHOP, member=bool(member), staff=bool(staff))


def shop_to_connect(work: Work, actor: Actor, handle: str | None) -> int:
    """The id of the shop with this handle, None: of all; raises NotFound where it is not the actor's."""
    (shop_id,) = (EVERY_SHOP,) if handle is None else work.first(_NAMED, handle=handle) or (-1,)
    may_connect(work, actor, shop_id)
    if shop_id < 0:
        raise NotFound("no_such_shop", {"handle": str(handle)})
    return int(shop_id)


def secret_for(work: Work, kind: str, one: int) -> str:
    """The secret of an address ("hook") or a source ("source"), by its id."""
    (store,) = work.first(_SECRET) or ("",)
    return secret_of(store, f"{kind}/{one}")


@lru_cache
def _adding(table: type[t.Hook | t.HookSource], names: tuple[str, ...]) -> tuple[Statement, Statement]:
    """How many a shop has, and one more."""
    there = select(func.count()).select_from(table).where(col(table.shop_id) == _SHOP)
    return Statement(there), Statement(insert(table).values({name: bindparam(name) for name in names}))


def add(
    work: Work,
    actor: Actor,
    handle: str | None,
    kind: str,
    table: type[t.Hook | t.HookSource],
    **values: Any,
) -> Added:
    """Add an address ("hook") or a source ("source") of a shop, None: of all.

    Raises NotFound where that is not the actor's to decide, Refused where there are too many.
    """
    shop_id = shop_to_connect(work, actor, handle)
    one = new_number(work.now)
    values |= {"id": one, "shop_id": shop_id, "added_by": actor.id, "added_at": work.now}
    how_many, insertion = _adding(table, tuple(values))
    (there,) = work.first(how_many, shop=shop_id) or (0,)
    if there >= MOST_HOOKS:
        raise Refused("too_many_hooks", {"most": MOST_HOOKS})
    work.run(insertion, **values)
    return Added(one, secret_for(work, kind, one))
