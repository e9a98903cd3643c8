"""A person's own data: their orders with all that was asked and written about them, addresses and notices.

What it tells of others is what they read on their screens.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import authorise_own
from app.shop.export.fields import MARK, Values
from app.shop.export.lines import records
from app.shop.export.reading import PAGE, of_numbers
from app.shop.files.lookup import among, found
from app.shop.reads.addresses import entries_of
from app.shop.reads.api_tokens import TokenRow, tokens_of
from app.shop.reads.inbox import notices
from app.shop.reads.spreadsheet import iso
from app.shop.rules.addresses import PARTS
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Role
from app.shop.rules.reasons import for_platform
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement, Work, as_json

_p, _o, _q, _m, _ph = t.Person, t.Order, t.Request, t.Message, t.Photo
_PERSON = ("handle", "name", "bio", "language", "time_zone", "joined_at")
_ASKED = (
    *("id", "kind", "status", "reason", "text", "created_at", "respond_by", "confirm_by", "answered_at"),
    *("answered_by", "answer_reason", "answer_note", "escalated_at", "escalated_text", "decided_at"),
    *("decision_reason", "decision_note"),
)
_ID: Any = bindparam("person")
_PROFILE = Statement(
    select(col(_p.id), *(col(getattr(_p, name)) for name in _PERSON)).where(col(_p.id) == _ID)
)
_NUMBERS = Statement(
    select(col(_o.number))
    .where(col(_o.buyer_id) == _ID, col(_o.number) > bindparam("after"))
    .order_by(col(_o.number))
    .limit(PAGE)
)
_REQUESTS = Statement(
    select(col(_q.order_number), *(col(getattr(_q, name)) for name in _ASKED))
    .where(among(_q.order_number))
    .order_by(col(_q.id))
)
_MESSAGES = Statement(
    select(col(_m.order_number), col(_m.at), col(_m.role), col(_m.sender_id), col(_m.text))
    .where(among(_m.order_number))
    .order_by(col(_m.order_number), col(_m.n))
)
_PHOTOS = Statement(
    select(col(_ph.order_number), col(_ph.at), col(_ph.mime), col(_ph.width), col(_ph.height))
    .where(among(_ph.order_number), col(_ph.who) == _ID)
    .order_by(col(_ph.order_number), col(_ph.at))
)
_SIGN_INS = Statement(
    select(col(t.SignIn.device), col(t.SignIn.begun_at), col(t.SignIn.seen_at))
    .where(col(t.SignIn.person_id) == _ID)
    .order_by(col(t.SignIn.id))
)
_ABOUT_MINE = {
    "requests": select(func.count()).select_from(_q).where(col(_q.buyer_id) == _ID),
    "messages": select(func.count())
    .select_from(_m)
    .join(_o, col(_o.number) == col(_m.order_number))
    .where(col(_o.buyer_id) == _ID),
    "notices": select(func.count()).select_from(t.Notification).where(col(t.Notification.person_id) == _ID),
    "sign_ins": select(func.count()).select_from(t.SignIn).where(col(t.SignIn.person_id) == _ID),
}
_COUNTS = Statement(
    select(
        select(func.count()).select_from(_o).where(col(_o.buyer_id) == _ID).scalar_subquery(),
        *(one.scalar_subquery() for one in _ABOUT_MINE.values()),
    )
)


@dataclass(frozen=True, slots=True)
class Mine:
    """How much of each kind a person's data has."""

    orders: int
    requests: int
    messages: int
    notices: int
    sign_ins: int
    addresses: int


def how_much_is_mine(shop: Shop, actor: Actor) -> Mine:
    """What `my_data` will tell, counted."""
    with shop.snapshot() as work:
        orders, requests, messages, told, signed = work.first(_COUNTS, person=actor.id) or (0, 0, 0, 0, 0)
        return Mine(orders, requests, messages, told, signed, len(entries_of(work, actor)))


def my_data(shop: Shop, actor: Actor) -> Iterator[str]:
    """The data of who asks as one JSON object, piece by piece, all of one moment.

    Raises NotFound, with the first piece, where no person asks.
    """
    authorise_own(actor)
    with shop.snapshot() as work:
        row = work.first(_PROFILE, person=actor.id)
        if row is None:
            raise NotFound("missing")
        person = dict(zip(_PERSON, row[1:], strict=True)) | {"joined_at": iso(row[-1])}
        about = {
            "at": iso(work.now),
            "person": person,
            "addresses": _addresses(work, actor),
            "sign_ins": _sign_ins(work, actor),
            "tokens": [_token(one) for one in tokens_of(shop, actor)],
        }
        yield as_json(about)[:-1] + ',"orders":['
        yield from _separated(_orders(work, actor))
        yield '],"notices":['
        yield from _separated(_notices(shop, actor))
        yield "]}\n"


def _separated(pages: Iterator[list[Values]]) -> Iterator[str]:
    before = ""
    for page in pages:
        if page:
            yield before + ",\n".join(map(as_json, page))
            before = ",\n"


def _addresses(work: Work, actor: Actor) -> list[Values]:
    book = entries_of(work, actor)
    return [{part: getattr(one.parts, part) for part in PARTS if getattr(one.parts, part)} for one in book]


def _sign_ins(work: Work, actor: Actor) -> list[Values]:
    return [
        {"device": device, "begun_at": iso(begun_at), "seen_at": iso(seen_at)}
        for device, begun_at, seen_at in work.rows(_SIGN_INS, person=actor.id)
    ]


def _token(one: TokenRow) -> Values:
    times = {name: iso(getattr(one, name)) for name in ("made_at", "seen_at", "ends_at")}
    return {"name": one.name, "scopes": one.scopes, **times}


def _orders(work: Work, actor: Actor) -> Iterator[list[Values]]:
    after = -1
    while numbers := [number for (number,) in work.rows(_NUMBERS, person=actor.id, after=after)]:
        asked, said, shown = _asked(work, numbers), _said(work, numbers, actor), _shown(work, numbers, actor)
        orders = of_numbers(work, numbers)
        yield [
            _as_buyer(record)
            | {"requests": asked[number], "messages": said[number], "photos_sent": shown[number]}
            for record, number in zip(records(work, orders, personal=True), numbers, strict=True)
        ]
        after = numbers[-1]


def _as_buyer(record: Values) -> Values:
    """What a buyer reads of an order: not who acted for the shop, nor what that wrote to the platform."""
    events = [
        {
            name: value
            for name, value in _readable(event, "reason", "note").items()
            if name not in ("actor", "facts")
        }
        for event in record["events"]
    ]
    lines = [_readable(line, "cancel_reason", "cancel_text") for line in record["lines"]]
    told = {name: value for name, value in record.items() if name != MARK}
    return _readable(told, "cancel_reason", "cancel_text") | {"lines": lines, "events": events}


def _readable(told: Values, reason: str, text: str) -> Values:
    hidden = for_platform(told.get(reason), Role.BUYER)
    return {name: value for name, value in told.items() if name != text} if hidden else told


def _asked(work: Work, numbers: Sequence[int]) -> defaultdict[int, list[Values]]:
    requests: defaultdict[int, list[Values]] = defaultdict(list)
    for number, *row in found(work, _REQUESTS, numbers):
        told = _readable(dict(zip(_ASKED, row, strict=True)), "answer_reason", "answer_note")
        requests[number].append(
            {name: _plain(name, value) for name, value in told.items() if value is not None}
        )
    return requests


def _plain(name: str, value: Any) -> Any:
    return iso(value) if name.endswith(("_at", "_by")) and isinstance(value, int) else str(value)


def _said(work: Work, numbers: Sequence[int], actor: Actor) -> defaultdict[int, list[Values]]:
    messages: defaultdict[int, list[Values]] = defaultdict(list)
    for number, at, role, sender, text in found(work, _MESSAGES, numbers):
        messages[number].append({"at": iso(at), "role": role, "mine": sender == actor.id, "text": text})
    return messages


def _shown(work: Work, numbers: Sequence[int], actor: Actor) -> defaultdict[int, list[Values]]:
    photos: defaultdict[int, list[Values]] = defaultdict(list)
    for number, at, mime, width, height in found(work, _PHOTOS, numbers, person=actor.id):
        photos[number].append({"at": iso(at), "type": mime, "width": width, "height": height})
    return photos


def _notices(shop: Shop, actor: Actor) -> Iterator[list[Values]]:
    before = None
    while page := notices(shop, actor, before=before, limit=PAGE):
        yield [
            {"at": iso(one.at), "order": str(one.order_number), "code": one.code, "read": one.read}
            for one in page
        ]
        before = page[-1].key
