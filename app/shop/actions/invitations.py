"""Members of a shop: invited by one who is, by a link that works once, and let go again."""

from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_own, see_into
from app.shop.reads.viewer import STAFF, member_of
from app.shop.retry import transact
from app.shop.rules.accounts import INVITED_MS, MOST_INVITED
from app.shop.rules.errors import NotFound, Refused
from app.shop.shop import SYSTEM, Actor, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tokens import new_token, token_digest

_i, _m, _s = t.Invitation, t.Member, t.Shop
_SHOP: Any = bindparam("shop")
_PERSON: Any = bindparam("person")
_DIGEST: Any = bindparam("digest")

_LOOK = Statement(
    select(member_of(col(_s.id)).label("member"), STAFF.label("staff"), col(_s.handle)).where(
        col(_s.id) == _SHOP
    )
)
_OPEN = Statement(select(func.count()).select_from(_i).where(col(_i.shop_id) == _SHOP))
_FORGET = Statement(delete(_i).where(col(_i.shop_id) == _SHOP, col(_i.ends_at) < bindparam("now")))
_COLUMNS = ("token", "shop_id", "invited_by", "ends_at")
_INVITE = Statement(insert(_i).values({name: bindparam(name) for name in _COLUMNS}))
_FOUND = Statement(
    select(col(_s.id), col(_s.handle), col(_i.ends_at))
    .join(_s, col(_s.id) == col(_i.shop_id))
    .where(col(_i.token) == _DIGEST)
)
_REVOKE = Statement(delete(_i).where(col(_i.shop_id) == _SHOP, col(_i.token) == _DIGEST))
_REVOKE_OF = Statement(delete(_i).where(col(_i.shop_id) == _SHOP, col(_i.invited_by) == _PERSON))
_USE = Statement(delete(_i).where(col(_i.token) == _DIGEST))
_IS = Statement(select(col(_m.person_id)).where(col(_m.shop_id) == _SHOP, col(_m.person_id) == _PERSON))
_JOIN = Statement(insert(_m).values(shop_id=_SHOP, person_id=_PERSON))
_LEAVE = Statement(delete(_m).where(col(_m.shop_id) == _SHOP, col(_m.person_id) == _PERSON))
_MEMBERS = Statement(select(col(_m.person_id)).where(col(_m.shop_id) == _SHOP).with_for_update())


def invite_member(shop: Shop, actor: Actor, shop_id: int) -> str:
    """Invite somebody to act for a shop: the token of a link that works once, for a week.

    It is told once and kept as a digest. Raises NotFound where the actor neither acts for that shop nor for
    the platform, Refused where too many invitations are open.
    """
    token = new_token()

    def invite(work: Work) -> None:
        _authorise(work, actor, shop_id)
        work.run(_FORGET, shop=shop_id, now=work.now)
        (open_,) = work.first(_OPEN, shop=shop_id) or (0,)
        if open_ >= MOST_INVITED:
            raise Refused("too_many_invited", {"most": MOST_INVITED})
        ends_at = work.now + INVITED_MS
        work.run(_INVITE, token=token_digest(token), shop_id=shop_id, invited_by=actor.id, ends_at=ends_at)

    transact(shop, invite)
    return token


def revoke_invitation(shop: Shop, actor: Actor, shop_id: int, invitation: str, *, key: str = "") -> Done:  # noqa: ARG001
    """Have the link of an invitation lead nowhere; `invitation` as `members` names it.

    Raises NotFound where it is not the actor's to do, or there is none, as after somebody used it.
    """

    def revoke(work: Work) -> Done:
        handle = _authorise(work, actor, shop_id)
        if not work.run(_REVOKE, shop=shop_id, digest=invitation):
            raise NotFound("no_such_invitation")
        return Done({"shop": handle}, frozenset({actor.id}), shop_id)

    return transact(shop, revoke)


def join_shop(shop: Shop, actor: Actor, token: str, *, key: str = "") -> Done:  # noqa: ARG001
    """Act for the shop that an invitation's `token` is of, from now on; it works once.

    For who does already it stays good. Raises NotFound where there is no such invitation, or it has ended.
    Who follows a link twice is told that it was used: no key is kept.
    """
    authorise_own(actor)
    digest = token_digest(token)

    def join(work: Work) -> Done:
        shop_id, handle, ends_at = work.first(_FOUND, digest=digest) or (0, "", 0)
        if ends_at < work.now:
            raise NotFound("no_such_invitation")
        # Who acts for it already uses nothing up: the link was meant for somebody else.
        if not work.first(_IS, shop=shop_id, person=actor.id):
            if not work.run(_USE, digest=digest):
                raise NotFound("no_such_invitation")
            work.run(_JOIN, shop=shop_id, person=actor.id)
        return Done({"shop": handle}, frozenset({actor.id}), shop_id)

    return transact(shop, join)


def remove_member(shop: Shop, actor: Actor, shop_id: int, person: int, *, key: str = "") -> Done:  # noqa: ARG001
    """Have a person act for a shop no longer: one who does may, and the platform.

    Invitations of theirs that are open end, else one would be their way back. Raises Refused for the last
    member, NotFound where it is not the actor's to do, or nobody's.
    """

    def remove(work: Work) -> Done:
        handle = _authorise(work, actor, shop_id)
        members = {one for (one,) in work.rows(_MEMBERS, shop=shop_id)}
        if person not in members:
            raise NotFound("no_such_person", {"person": str(person)})
        if len(members) == 1:
            raise Refused("last_member", {"shop": handle})
        work.run(_LEAVE, shop=shop_id, person=person)
        work.run(_REVOKE_OF, shop=shop_id, person=person)
        return Done({"shop": handle}, frozenset({actor.id, person}), shop_id)

    return transact(shop, remove)


def _authorise(work: Work, actor: Actor, shop_id: int) -> str:
    row = work.first(_LOOK, shop=shop_id, actor=actor.id)
    if row is None:
        raise NotFound("no_such_shop", {"handle": str(shop_id)})
    member, staff, handle = row
    see_into(str(shop_id), member=bool(member), staff=bool(staff) or actor == SYSTEM)
    return str(handle)
