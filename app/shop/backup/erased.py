"""Who was erased in a store that is replaced: erased in the one that takes its place too, if there again."""

import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from app.shop.actions.erase import take_out
from app.shop.actions.forgetting import forget_erased
from app.shop.backup.copying import opened
from app.shop.photos import Photos
from app.shop.rules.errors import Refused, StoreDamaged
from app.shop.shop import SYSTEM, Shop

_ERASED = "SELECT id, joined_at FROM people WHERE erased_at IS NOT NULL"
_HERE = "SELECT handle FROM people WHERE id = ? AND joined_at = ? AND erased_at IS NULL"
_OLD = "SELECT 1 FROM pragma_table_info('people') WHERE name = 'erased_at'"

Erased = tuple[int, int]
"""A person's id and when they joined: together they are the same in every backup of one store."""


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
            return tuple(read.execute(_ERASED)) if read.execute(_OLD).fetchone() else ()
    except (StoreDamaged, sqlite3.Error):
        return None


def erase_again(shop: Shop, people: Iterable[Erased]) -> tuple[int, tuple[NotErased, ...]]:
    """Erase those `people` who are in a store that is made aside: how many were, and who could not be.

    The folder for photos is not its own yet: what it has there is let be. Raises StoreTrouble.
    """
    shop.photos = Photos(None)
    erased, left = 0, list[NotErased]()
    for person, joined in people:
        found = shop.place.connection().execute(_HERE, (person, joined)).fetchone()
        if found is None:
            continue
        try:
            take_out(shop, SYSTEM, person, key=f"restored-{person}")
        except Refused as refused:
            left.append(NotErased(found[0], refused))
        else:
            erased += 1
    forget_erased(shop, alone=True)
    return erased, tuple(left)
