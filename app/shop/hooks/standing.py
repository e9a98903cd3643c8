"""Whose a webhook is, who may touch it, and its secret."""

from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_hooks
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound
from app.shop.rules.webhooks import SECRETS, secret_of
from app.shop.shop import Actor
from app.shop.sql import Statement, Work

EVERY_SHOP = 0
"""The id that stands for the orders of all shops."""

_s = t.Shop
_SHOP: Any = bindparam("shop")
_NAMED = Statement(select(col(_s.id)).where(col(_s.handle) == bindparam("handle")))
_STANDS = Statement(select(member_of(_SHOP).label("member"), STAFF.label("staff")))
_SECRET = Statement(select(col(t.Secret.value)).where(col(t.Secret.kind) == SECRETS))


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
