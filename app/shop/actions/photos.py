"""Adding photos to an order: kept shrunk and without what a camera wrote into them, sent along afterwards."""

from hashlib import blake2b

from sqlalchemy import bindparam, delete, insert
from sqlmodel import col

from app.shop import once
from app.shop.actions.thread import open_thread
from app.shop.pictures import MIME, Picture, picture_of
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Done, Shop
from app.shop.sql import Statement
from app.shop.tables import Photo

_COLUMNS = ("id", "order_number", "message_n", "who", "at", "mime", "width", "height", "bytes")
_ADD = Statement(insert(Photo).values({name: bindparam(name) for name in _COLUMNS}))
_DROP = Statement(
    delete(Photo).where(
        col(Photo.id) == bindparam("photo"),
        col(Photo.order_number) == bindparam("number"),
        col(Photo.who) == bindparam("actor"),
        col(Photo.message_n).is_(None),
    )
)


@once.action
def add_photo(shop: Shop, actor: Actor, number: int, sent: bytes, *, key: str) -> Done:
    """Add the photo that `sent` holds to order `number`; its id is in the answer. Nobody else sees it yet.

    Raises Invalid where it cannot be used as it stands (see `picture_of`), Refused where no photos are kept.
    """
    mark = once.fingerprint(key, "add_photo", number, blake2b(sent).hexdigest())
    with shop.look() as work:  # a stranger's is not even unfolded, and nobody waits for it meanwhile
        open_thread(work, actor, "add_photo", number, key, mark)
    picture = picture_of(sent)
    photo = shop.photos.keep(picture)
    try:
        return _noted(shop, actor, number, photo, picture, key, mark)
    except BaseException:
        shop.photos.remove(photo)
        raise


def _noted(shop: Shop, actor: Actor, number: int, photo: str, picture: Picture, key: str, mark: str) -> Done:
    with shop.change() as work:
        open_thread(work, actor, "add_photo", number, key, mark)
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
        answer = {"number": str(number), "photo": photo, "width": picture.width, "height": picture.height}
        return once.keep(work, actor, key, mark, Done(answer, frozenset({actor.id})))


@once.action
def drop_photo(shop: Shop, actor: Actor, number: int, photo: str, *, key: str) -> Done:
    """Take a photo that was not sent yet away again; raises NotFound where it is not the actor's, or sent."""
    mark = once.fingerprint(key, "drop_photo", number, photo)
    with shop.change() as work:
        open_thread(work, actor, "drop_photo", number, key, mark)
        if work.run(_DROP, photo=photo, number=number, actor=actor.id) != 1:
            raise NotFound("no_such_photo")
        done = once.keep(work, actor, key, mark, Done({"photo": photo}, frozenset({actor.id})))
    shop.photos.remove(photo)
    return done
