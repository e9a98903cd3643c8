"""Adding photos to an order: kept shrunk and without what a camera wrote into them, sent along afterwards.

A photo is noted before its file is written, and its file is gone before it is noted no longer: there is no
file that nobody knows of, wherever a program ends. What was not sent is taken away by the clock.
"""

from contextlib import suppress
from hashlib import blake2b
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import col

from app.shop import once
from app.shop.actions.thread import open_thread
from app.shop.pictures import MIME, Picture
from app.shop.retry import transact
from app.shop.rules.errors import NotFound, ShopError
from app.shop.rules.policy import DAY
from app.shop.rules.words import PHOTOS_WAITING
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement, Work
from app.shop.tables import Photo, Request

UNSENT_MS = DAY
"""How long a photo that was added waits to be sent."""
SWEPT = 100
"""Photos taken away at one sweep."""

_COLUMNS = ("id", "order_number", "message_n", "who", "at", "mime", "width", "height", "bytes")
_ADD = Statement(insert(Photo).values({name: bindparam(name) for name in _COLUMNS}))
_UNSENT = (
    col(Photo.message_n).is_(None),
    ~select(col(Request.id))
    .where(col(Request.order_number) == col(Photo.order_number), col(Request.photos).contains(col(Photo.id)))
    .exists(),
)
_MINE = (
    *_UNSENT,
    col(Photo.order_number) == bindparam("number"),
    col(Photo.who) == bindparam("actor"),
)
_DROP = Statement(delete(Photo).where(col(Photo.id) == bindparam("photo"), *_MINE).returning(col(Photo.id)))
_FORGET = Statement(delete(Photo).where(col(Photo.id) == bindparam("photo"), *_UNSENT))
_NEWEST_FIRST = (col(Photo.at).desc(), col(Photo.id))
_TOO_MANY = select(col(Photo.id)).where(*_MINE).order_by(*_NEWEST_FIRST).offset(PHOTOS_WAITING)
_DROP_TOO_MANY = Statement(
    delete(Photo).where(col(Photo.id).in_(_TOO_MANY.limit(SWEPT))).returning(col(Photo.id))
)
_OLD: Any = select(col(Photo.id)).where(*_UNSENT, col(Photo.at) < bindparam("before"))
_ANY_OLD = Statement(_OLD.limit(1))
_DROP_OLD = Statement(
    delete(Photo).where(col(Photo.id).in_(_OLD.order_by(col(Photo.at)).limit(SWEPT))).returning(col(Photo.id))
)


@once.action
def add_photo(shop: Shop, actor: Actor, number: int, sent: bytes, *, key: str) -> Done:
    """Add the photo that `sent` holds to order `number`; its id is in the answer. Nobody else sees it yet.

    Of more than `PHOTOS_WAITING` that wait, the oldest are taken away. Raises Invalid where it cannot be used
    as it stands (see `Pictures.picture_of`), Refused where no photos are kept, StoreTrouble where its file
    cannot be written.
    """
    mark = once.fingerprint(key, "add_photo", number, blake2b(sent).hexdigest())
    with shop.look() as work:  # a stranger's is not even unfolded, and nobody waits for it meanwhile
        open_thread(work, actor, "add_photo", number, key, mark)
    picture = shop.place.pictures.picture_of(sent)
    photo = shop.photos.new()
    with shop.change() as work:
        open_thread(work, actor, "add_photo", number, key, mark)
        _note(work, actor, number, photo, picture)
        _take_away(shop, work, _DROP_TOO_MANY, number=number, actor=actor.id)
    try:
        shop.photos.keep(photo, picture)
    except BaseException:
        with suppress(ShopError), shop.change() as work:  # where that fails too, it is old one day
            _take_away(shop, work, _DROP, photo=photo, number=number, actor=actor.id)
        raise
    answer = {"number": str(number), "photo": photo, "width": picture.width, "height": picture.height}
    with shop.change() as work:
        open_thread(work, actor, "add_photo", number, key, mark)
        return once.keep(work, actor, key, mark, Done(answer, frozenset({actor.id})))


def _note(work: Work, actor: Actor, number: int, photo: str, picture: Picture) -> None:
    work.run(
        _ADD,
        id=photo,
        order_number=number,
        who=actor.id,
        at=work.now,
        mime=MIME,
        width=picture.width,
        height=picture.height,
        bytes=len(picture.whole),
    )


def _take_away(shop: Shop, work: Work, drop: Statement, **which: Any) -> int:
    gone = work.rows(drop, **which)
    for (photo,) in gone:
        shop.photos.remove(photo)
    return len(gone)


@once.action
def drop_photo(shop: Shop, actor: Actor, number: int, photo: str, *, key: str) -> Done:
    """Take a photo that was not sent yet away again; raises NotFound where it is not the actor's, or sent."""
    mark = once.fingerprint(key, "drop_photo", number, photo)
    with shop.change() as work:
        open_thread(work, actor, "drop_photo", number, key, mark)
        if not _take_away(shop, work, _DROP, photo=photo, number=number, actor=actor.id):
            raise NotFound("no_such_photo")
        return once.keep(work, actor, key, mark, Done({"photo": photo}, frozenset({actor.id})))


def forget_photo(work: Work, photo: str) -> bool:
    """Know no longer of a photo that has no file; False, and nothing changed, where it was sent."""
    return work.run(_FORGET, photo=photo) > 0


def sweep_photos(shop: Shop) -> int:
    """Take away up to `SWEPT` photos that have waited for `UNSENT_MS` to be sent; how many.

    Where there are none, nothing is written.
    """
    with shop.look() as work:
        if work.first(_ANY_OLD, before=work.now - UNSENT_MS) is None:
            return 0
    return transact(shop, lambda work: _take_away(shop, work, _DROP_OLD, before=work.now - UNSENT_MS))
