"""Who was erased in a store that is replaced: erased in the one that takes its place too, if there again."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.access import for_owner
from app.shop.actions.erase import take_out
from app.shop.actions.forgetting import forget_erased
from app.shop.backup.copying import opened
from app.shop.photos import Photos
from app.shop.rules.erasure import erased_handle, is_tombstone
from app.shop.rules.errors import Changed, Refused, StoreDamaged
from app.shop.shop import SYSTEM, Shop
from app.shop.sql import Statement

_OLD = "SELECT 1 FROM pragma_table_info('people') WHERE name = 'erased_at'"
_ERASED = "SELECT id, joined_at, erased_at FROM people WHERE erased_at IS NOT NULL"
_KNOWN_BY = "SELECT subject, source, outside_id FROM outside_ids WHERE kind = 'person'"
_HERE = Statement(
    select(col(t.Person.handle), col(t.Person.joined_at), col(t.Person.erased_at)).where(
        col(t.Person.id) == bindparam("person")
    )
)
_HANDLE, _PERSON, _OUTSIDE = (Statement(insert(table)) for table in (t.Handle, t.Person, t.OutsideId))


@dataclass(frozen=True, slots=True)
class Erased:
    """Somebody who was erased: who joined then, with this id, is the same in every backup of one store.

    `known_by` is what is left of their ids on other platforms: source and tombstone.
    """

    id: int
    joined_at: int
    at: int
    known_by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NotErased:
    """Somebody who is back, and what in the backup stands in the way of erasing them."""

    handle: str
    why: Refused

    def as_json(self) -> dict[str, object]:
        """What `restore --json` prints of them."""
        return {"handle": self.handle, "why": asdict(self.why)}


def erased_in(store: Path) -> tuple[Erased, ...] | None:
    """Who was erased in a store; none where it is not there or older than that, None where it is broken."""
    if not store.exists():
        return ()
    try:
        with opened(store) as read:
            if not read.execute(_OLD).fetchone():
                return ()
            known_by = defaultdict[int, list[tuple[str, str]]](list)
            for person, source, outside_id in read.execute(_KNOWN_BY):
                if is_tombstone(outside_id):
                    known_by[person].append((source, outside_id))
            return tuple(
                Erased(person, joined, at, tuple(known_by[person]))
                for person, joined, at in read.execute(_ERASED)
            )
    except (StoreDamaged, sqlite3.Error):
        return None


@for_owner
def erase_again(shop: Shop, people: Iterable[Erased]) -> tuple[int, tuple[NotErased, ...]]:
    """Erase those `people` who are in a store that is made aside: how many were, and who could not be.

    Whom it never knew it learns of as erased, so that no later file brings them in. The folder for photos is
    not its own yet: what it has there is let be. Raises StoreTrouble.
    """
    shop.photos = Photos(None)
    erased, left = 0, list[NotErased]()
    for one in people:
        with shop.look() as work:
            handle, joined, gone = work.first(_HERE, person=one.id) or (None, None, None)
        if handle is None:
            _learn(shop, one)
        elif (joined, gone) == (one.joined_at, None):
            try:
                take_out(shop, SYSTEM, one.id, key=f"restored-{one.id}")
            except Refused as refused:
                left.append(NotErased(handle, refused))
            else:
                erased += 1
    forget_erased(shop, alone=True)
    return erased, tuple(left)


def _learn(shop: Shop, one: Erased) -> None:
    handle = erased_handle(one.id)
    with suppress(Changed), shop.change() as work:  # somebody else may be called that in a strange backup
        work.many(_HANDLE, [{"handle": handle}])
        whole = t.Person(id=one.id, handle=handle, joined_at=one.joined_at, erased_at=one.at)
        work.many(_PERSON, [whole.model_dump()])
        work.many(
            _OUTSIDE,
            [
                {"source": source, "kind": "person", "outside_id": known_by, "subject": one.id}
                for source, known_by in one.known_by
            ],
        )
