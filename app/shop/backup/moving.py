"""A store that moves: packed where it is, put in place where it comes to, while the app runs."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select
from sqlmodel import col

from app.shop.access import for_owner
from app.shop.backup.packed import pack
from app.shop.backup.restore import Restored, restore
from app.shop.folder import STORE
from app.shop.place import SqliteFile
from app.shop.rules.errors import Refused
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.tables import Photo

_PHOTOS = Statement(select(col(Photo.id)))


@for_owner
def packed(shop: Shop, person: int | None = None) -> bytes:
    """The store and its photos as one file, a packed backup, as `person` looks; raises as `backup` does."""
    with TemporaryDirectory(prefix="takeback-") as folder:
        return pack(shop, Path(folder, "packed"), person=person).folder.read_bytes()


@for_owner
def look_into(shop: Shop, source: Path) -> Restored:
    """What would be in the place of the store, which stays as it is; raises as `restore` does."""
    with TemporaryDirectory(prefix="takeback-") as folder:
        return restore(f"sqlite:///{folder}/{STORE}", source, shop.now)


@for_owner
def replace(shop: Shop, source: Path) -> Restored:
    """Put a backup in the place of the store that is open here, and nowhere else; the one before is gone.

    Raises as `restore` does; then all is as it was.
    """
    if not isinstance(shop.place, SqliteFile):
        raise Refused("restore_on_server", {"tool": "pg_restore"}, "use_pg_restore")
    shop.close()  # it is opened again by whoever asks next
    done = restore(f"sqlite:///{shop.place.path}", source, shop.now, keep=False)
    with shop.look() as work:
        known = frozenset(photo for (photo,) in work.rows(_PHOTOS))
    with suppress(OSError):  # what stays too long does no harm
        shop.photos.keep_only(known)
    return done
