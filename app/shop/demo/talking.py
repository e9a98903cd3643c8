"""What buyer and seller of a demo order wrote to each other."""

from random import Random

from app.shop import tables as t
from app.shop.demo.phrases import TALKS
from app.shop.demo.record import Record
from app.shop.rules.orders import Role
from app.shop.rules.policy import MINUTE
from app.shop.sql import as_json

ONE_IN = 12
"""Of so many orders one is talked about; of those with a request, every one."""
PAUSE = 40 * MINUTE
"""The longest time until an answer."""


def talk(record: Record) -> None:
    """Have them talk after the order was placed, as far as time has come; the last message may be unread."""
    # Chance of its own: what is said does not change how the order goes.
    chance = Random(record.order["number"])  # noqa: S311
    if not record.rows.of[t.Request] and chance.randrange(ONE_IN):
        return
    at = record.order["paid_at"] if record.order.get("paid_at") else record.order["created_at"]
    n = 0
    for role, text in chance.choice(TALKS[record.buyer.market.language]):
        at += MINUTE + int(PAUSE * chance.random() ** 2)
        if at > record.now:
            break
        n += 1
        _say(record, n, at, role, text)
    if n:
        _read(record, n, chance)


def _say(record: Record, n: int, at: int, role: Role, text: str) -> None:
    record.rows.add(
        t.Message,
        order_number=record.order["number"],
        n=n,
        at=at,
        sender_id=_who(record, role),
        role=role.value,
        text=text,
    )


def _who(record: Record, role: Role) -> int:
    return record.buyer.id if role is Role.BUYER else record.seller.members[0]


def _read(record: Record, n: int, chance: Random) -> None:
    """Both have read what they answered; whether the last message was read is left to chance."""
    last = record.rows.of[t.Message][-1]
    waits = chance.random() < 0.3
    for role in (Role.BUYER, Role.SELLER):
        unread = waits and role.value != last["role"]
        if mark := n - unread:
            record.rows.add(
                t.ReadMark, order_number=record.order["number"], person_id=_who(record, role), n=mark
            )
        if unread:
            _tell(record, n, last, role)


def _tell(record: Record, n: int, last: dict[str, object], to: Role) -> None:
    facts = {
        "number": str(record.order["number"]),
        "title": record.lines[0]["title"] if record.lines else "",
        "status": record.order["status"],
        "by": last["role"],
        "said": last["text"],
    }
    record.rows.add(
        t.Notification,
        person_id=_who(record, to),
        at=last["at"],
        order_number=record.order["number"],
        n=-n,
        code="message",
        facts=as_json(facts),
    )
