"""Who acts for the shops of a person, and what an invitation is to."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import and_, bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_own
from app.shop.reads.viewer import member_of
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement
from app.shop.tokens import token_digest

_i, _m, _p, _s = t.Invitation, t.Member, t.Person, t.Shop

_OWN = select(col(_m.shop_id)).where(col(_m.person_id) == bindparam("actor"))
_MEMBERS = Statement(
    select(col(_s.id), col(_s.handle), col(_s.name), col(_p.id), col(_p.handle), col(_p.name))
    .join(_m, col(_m.shop_id) == col(_s.id))
    .join(_p, col(_p.id) == col(_m.person_id))
    .where(col(_s.id).in_(_OWN))
    .order_by(col(_s.handle), col(_p.handle))
)
_OPEN = Statement(
    select(col(_i.shop_id), col(_i.token), col(_p.handle), col(_i.ends_at))
    .join(_p, col(_p.id) == col(_i.invited_by), isouter=True)
    .where(col(_i.shop_id).in_(_OWN), col(_i.ends_at) >= bindparam("now"))
    .order_by(col(_i.ends_at), col(_i.token))
)
_INVITED = Statement(
    select(col(_s.handle), col(_s.name), member_of(col(_s.id)))
    .join(_i, and_(col(_i.shop_id) == col(_s.id), col(_i.ends_at) >= bindparam("now")))
    .where(col(_i.token) == bindparam("digest"))
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for a shop."""

    id: int
    handle: str
    name: str | None


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """One that nobody has followed yet: who made it (None: the system), and when it ends (ms UTC).

    `id` is the digest of its token: it names the invitation, and lets nobody in.
    """

    id: str
    by: str | None
    ends_at: int


@dataclass(frozen=True, slots=True)
class ShopMembers:
    """Who acts for a shop, by handle, and the invitations to it that are open, the oldest first."""

    id: int
    handle: str
    name: str | None
    members: tuple[Member, ...]
    open: tuple[OpenInvitation, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """The shop that an invitation is to; `member`: who follows it acts for that shop already."""

    handle: str
    name: str | None
    member: bool


def members(shop: Shop, actor: Actor) -> tuple[ShopMembers, ...]:
    """Who acts for each shop that the actor acts for, by handle."""
    authorise_own(actor)
    with shop.look() as work:
        rows = work.rows(_MEMBERS, actor=actor.id)
        to: defaultdict[int, list[OpenInvitation]] = defaultdict(list)
        for shop_id, *invitation in work.rows(_OPEN, actor=actor.id, now=work.now):
            to[shop_id].append(OpenInvitation(*invitation))
    return tuple(
        ShopMembers(one, handle, name, tuple(Member(*row[3:]) for row in each), tuple(to[one]))
        for (one, handle, name), each in groupby(rows, key=lambda row: tuple(row[:3]))
    )


def invitation(shop: Shop, actor: Actor, token: str) -> Invited:
    """The shop that an invitation's `token` is to; raises NotFound where it is none, used, or has ended."""
    authorise_own(actor)
    with shop.look() as work:
        row = work.first(_INVITED, digest=token_digest(token), actor=actor.id, now=work.now)
    if row is None:
        raise NotFound("no_such_invitation")
    return Invited(row[0], row[1], bool(row[2]))
