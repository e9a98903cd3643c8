"""Setting the policy of the platform or of a shop; what is due already stays due when it was."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop import once
from app.shop import tables as t
from app.shop.access import authorise_policy
from app.shop.once import action
from app.shop.reads.policy import newest_policy
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.policy import JOURNEY, PLATFORM, checked_setting
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Row, Statement, Work, as_json

_r, _m = t.PolicyRow, t.Member
_SHOP: Any = bindparam("shop")

_OPEN = Statement(
    select(
        newest_policy(_SHOP, _r.n).label("n"),
        newest_policy(_SHOP).label("settings"),
        select(col(t.Shop.handle)).where(col(t.Shop.id) == _SHOP).scalar_subquery().label("handle"),
        member_of(_SHOP).label("member"),
        STAFF.label("staff"),
        *once.KEPT,
    )
)
_CONCERNED = Statement(
    select(col(t.Staff.person_id)).union(select(col(_m.person_id)).where(col(_m.shop_id) == _SHOP))
)
_WRITE = Statement(
    insert(_r).values({name: bindparam(name) for name in ("shop_id", "n", "at", "actor_id", "settings")})
)


@action
def set_policy(
    shop: Shop,
    actor: Actor,
    shop_id: int,
    settings: Mapping[str, object],
    seen: int | None = None,
    *,
    key: str,
) -> Done:
    """Set some `settings` (as JSON has them) of a shop's policy, with `shop_id` 0 of the platform's.

    A setting given as None is set no longer: the platform's counts again, for the platform the default.
    `seen` is the n of the row that whoever edits has read (0: there was none); None takes the newest as read.
    Nothing is written where nothing changes. Raises Invalid for a value that will not do, Refused where
    somebody else has set the policy since, NotFound where it is not the actor's to set.
    """
    with shop.change() as work:
        mark = once.fingerprint(key, "set_policy", str(shop_id), sorted(settings.items()), seen)
        row = work.first(_OPEN, shop=shop_id, actor=actor.id, key=key)
        assert row is not None  # noqa: S101  (it has no table to be missing from)
        n, stored, handle, kept = row[0] or 0, row[1], row[2], row[5:8]
        once.replay(kept if kept[0] is not None else None, mark)
        _authorise(actor, shop_id, row)
        checked = {name: _as_json(name, value) for name, value in settings.items()}
        if seen is not None and seen != n:
            raise Refused("changed", {"seen": seen, "newest": n})
        before = json.loads(stored) if stored else {}
        after = {name: value for name, value in (before | checked).items() if value is not None}
        if after != before:
            n += 1
            _write(work, actor, shop_id, n, after)
        people = frozenset(person for (person,) in work.rows(_CONCERNED, shop=shop_id))
        changed = [name for name in checked if before.get(name) != after.get(name)]
        done = Done({"shop": handle, "n": n, "changed": changed}, people)
        return once.keep(work, actor, key, mark, done)


def _authorise(actor: Actor, shop_id: int, row: Row) -> None:
    of_platform = shop_id == PLATFORM
    authorise_policy(actor, of_platform=of_platform, member=bool(row[3]), staff=bool(row[4]))
    if not of_platform and row[2] is None:
        raise NotFound("no_such_shop", {"handle": str(shop_id)})


def _as_json(name: str, value: object) -> object:
    """`value` as it is stored; raises Invalid for an unknown name too where it is to be set no longer."""
    if value is None:
        checked_setting(name, JOURNEY.settings().get(name))
        return None
    return JOURNEY.with_settings({name: value}).settings()[name]


def _write(work: Work, actor: Actor, shop_id: int, n: int, settings: Mapping[str, object]) -> None:
    work.run(_WRITE, shop_id=shop_id, n=n, at=work.now, actor_id=actor.id, settings=as_json(settings))
