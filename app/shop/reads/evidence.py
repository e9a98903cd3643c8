"""The photos that a buyer sent along with a request."""

import json
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.shop import tables as t
from app.shop.reads.order import read_order
from app.shop.reads.talk import PhotoRow
from app.shop.rules.words import PHOTOS
from app.shop.shop import Actor, Shop
from app.shop.sql import Statement

_NUMBER: Any = bindparam("number")
_IDS = Statement(
    select(col(t.Request.photos))
    .where(col(t.Request.order_number) == _NUMBER)
    .order_by(col(t.Request.id).desc())
    .limit(1)
)
_PHOTOS = Statement(
    select(col(t.Photo.id), col(t.Photo.width), col(t.Photo.height)).where(
        col(t.Photo.order_number) == _NUMBER,
        col(t.Photo.id).in_([bindparam(f"photo{n}") for n in range(PHOTOS)]),
    )
)


def evidence(shop: Shop, actor: Actor, number: int) -> tuple[PhotoRow, ...]:
    """The photos of the newest request of order `number`, as they were sent.

    Raises NotFound where the order is not the actor's to see.
    """
    with shop.snapshot() as work:
        read_order(work, actor, "evidence", number)
        kept = (work.first(_IDS, number=number) or (None,))[0]
        ids = json.loads(kept) if kept else []
        if not ids:
            return ()
        wanted = {f"photo{n}": ids[n] if n < len(ids) else "" for n in range(PHOTOS)}
        found = {row[0]: row for row in work.rows(_PHOTOS, number=number, **wanted)}
    sizes = [(one, int(found[one][1]), int(found[one][2])) for one in ids if one in found]
    return tuple(PhotoRow(one, width, height, shop.photos.small(one)) for one, width, height in sizes)
