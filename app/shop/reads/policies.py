"""Policies as those see them who set them: each setting with where it comes from, and who set it when."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_platform, authorise_policy
from app.shop.reads.policy import Unit, Value, newest_policy, settings_of
from app.shop.reads.viewer import STAFF, member_of
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import JOURNEY, LIMITS, PLATFORM, checked_setting, effective, profile_of
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work

PAGE = 20
"""Edits, or shops, on one page."""


class Source(StrEnum):
    """Where the value of a setting comes from."""

    DEFAULT = "default"
    PLATFORM = "platform"
    SHOP = "shop"


@dataclass(frozen=True, slots=True)
class OpenSetting:
    """A setting as it is offered to be set; `above` is what counts where it is not set here.

    `low` and `high` are its limits, None where it is no number.
    """

    code: str
    value: Value
    unit: Unit
    source: Source
    above: Value
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class OpenPolicy:
    """The policy of a shop (of the platform: `shop_id` 0, no handle); `n` is its newest row, 0 for none.

    `profile` names the profile it is as a whole, None for a mixture.
    """

    shop_id: int
    handle: str | None
    name: str | None
    n: int
    profile: str | None
    settings: tuple[OpenSetting, ...]


@dataclass(frozen=True, slots=True)
class SettingChange:
    """What became of one setting; None: it was, or is, not set here."""

    code: str
    unit: Unit
    before: Value | None
    after: Value | None


@dataclass(frozen=True, slots=True)
class PolicyEdit:
    """Who set what, and when (ms UTC); `by` is a handle, None for the system itself."""

    n: int
    at: int
    by: str | None
    changes: tuple[SettingChange, ...]


@dataclass(frozen=True, slots=True)
class ShopPolicy:
    """A shop, and how many settings it has of its own."""

    handle: str
    name: str | None
    own: int


_r, _s, _p = t.PolicyRow, t.Shop, t.Person
_SHOP: Any = bindparam("shop")
_BY_HANDLE = Statement(
    select(col(_s.id), col(_s.handle), col(_s.name)).where(col(_s.handle) == bindparam("handle"))
)
_STANDING = Statement(
    select(
        member_of(_SHOP).label("member"),
        STAFF.label("staff"),
        newest_policy(_SHOP, _r.n).label("n"),
        newest_policy(PLATFORM).label("platform"),
        newest_policy(_SHOP).label("own"),
    )
)
_EDITS = Statement(
    select(col(_r.n), col(_r.at), col(_p.handle), col(_r.settings))
    .join(_p, col(_p.id) == col(_r.actor_id), isouter=True)
    .where(col(_r.shop_id) == _SHOP, col(_r.n) < bindparam("before"))
    .order_by(col(_r.n).desc())
    .limit(bindparam("limit"))
)
_SHOPS = Statement(
    select(col(_s.handle), col(_s.name), newest_policy(col(_s.id)))
    .where(col(_s.handle) >= bindparam("start"))
    .order_by(col(_s.handle))
    .limit(bindparam("limit"))
)


def open_policy(shop: Shop, actor: Actor, handle: str | None = None) -> OpenPolicy:
    """The policy of the shop with this handle, None: of the platform; raises NotFound where not theirs."""
    with shop.snapshot() as work:
        shop_id, handle, name, n, platform, own = _opened(work, actor, handle)
    here = own if shop_id else platform
    policy = effective(platform, own if shop_id else None)
    above = effective(platform, None) if shop_id else JOURNEY
    return OpenPolicy(
        shop_id,
        handle,
        name,
        n,
        profile_of(policy),
        tuple(
            OpenSetting(
                one.code,
                one.value,
                one.unit,
                _source(one.code, here, platform, of_shop=bool(shop_id)),
                getattr(above, one.code),
                *LIMITS.get(one.code, (None, None)),
            )
            for one in settings_of(policy)
        ),
    )


_Opened = tuple[int, str | None, str | None, int, str | None, str | None]


def _opened(work: Work, actor: Actor, handle: str | None) -> _Opened:
    """Shop id, handle, name, newest n, the platform's settings and its own, once it is theirs to see."""
    nobody: tuple[int, None, None] = (PLATFORM, None, None)
    found = nobody if handle is None else work.first(_BY_HANDLE, handle=handle)
    shop_id = -1 if found is None else found[0]
    row = work.first(_STANDING, shop=shop_id, actor=actor.id)
    assert row is not None  # noqa: S101  (it has no table to be missing from)
    member, staff, n, platform, own = row
    authorise_policy(actor, of_platform=handle is None, member=bool(member), staff=bool(staff))
    if found is None:
        raise NotFound("no_such_shop", {"handle": str(handle)})
    return shop_id, found[1], found[2], n or 0, platform, own


def _source(code: str, here: str | None, platform: str | None, *, of_shop: bool) -> Source:
    if of_shop and here and code in json.loads(here):
        return Source.SHOP
    # A store that began with a profile has a row with everything in it: what is as it would be is no choice.
    same = getattr(effective(platform, None), code) == getattr(JOURNEY, code)
    return Source.DEFAULT if same else Source.PLATFORM


def policy_edits(
    shop: Shop, actor: Actor, handle: str | None = None, *, before: int | None = None, limit: int = PAGE
) -> tuple[PolicyEdit, ...]:
    """Who set what of a policy, newest first, rows below `before`; raises NotFound where not theirs."""
    with shop.snapshot() as work:
        shop_id, *_ = _opened(work, actor, handle)
        rows = work.rows(_EDITS, shop=shop_id, before=before or 2**62, limit=limit + 1)
    found = [(n, at, by, json.loads(settings)) for n, at, by, settings in rows]
    standing = {} if shop_id else JOURNEY.settings()
    older = (*found, (0, 0, None, dict[str, object]()))
    return tuple(
        PolicyEdit(n, at, by, tuple(_changes(standing | last[3], standing | settings)))
        for (n, at, by, settings), last in pairwise(older)
    )[:limit]


def _changes(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[SettingChange]:
    for one in settings_of(JOURNEY):
        was, now = (_value(one.code, settings.get(one.code)) for settings in (before, after))
        if was != now:
            yield SettingChange(one.code, one.unit, was, now)


def _value(code: str, stored: object) -> Value | None:
    value: Value | None = None if stored is None else checked_setting(code, stored)
    return value


def policy_shops(shop: Shop, actor: Actor, start: str = "", *, limit: int = PAGE) -> tuple[ShopPolicy, ...]:
    """Shops whose handle begins with `start`, by handle, for the platform's staff; raises NotFound."""
    start = start.strip().removeprefix("@").lower()
    with shop.snapshot() as work:
        standing = work.first(_STANDING, shop=PLATFORM, actor=actor.id)
        authorise_platform(actor, staff=bool(standing and standing[1]))
        rows = work.rows(_SHOPS, start=start, limit=limit)
    return tuple(
        ShopPolicy(handle, name, len(json.loads(stored)) if stored else 0)
        for handle, name, stored in rows
        if handle.startswith(start)
    )
