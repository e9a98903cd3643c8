"""Opening a store: a new one is made, an older one brought up to date, a newer or foreign one refused."""

import json
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import insert, inspect
from sqlmodel import SQLModel

from app.shop import tables as t
from app.shop.folder import PHOTOS
from app.shop.gateway import SMOOTH, Script
from app.shop.photos import Photos
from app.shop.place import MARK, PATIENCE, Place, SqliteFile, place_of
from app.shop.provider import SimulatedProvider
from app.shop.pseudonym import KIND, new_secret
from app.shop.rules.errors import StoreDamaged, StoreNewer, StoreTrouble
from app.shop.rules.policy import JOURNEY, Policy
from app.shop.rules.webhooks import SECRETS
from app.shop.shop import SYSTEM, Clock, Shop

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0011", "0012", "0013"),
    *("0014", "0015", "0016", "0017", "0018", "0019", "0020", "0021"),
)
"""Every revision of `migrations/versions`, oldest first; the last is what this version works with."""


def open_shop(
    url: str,
    now: Clock,
    policy: Policy = JOURNEY,
    *,
    patience: float = PATIENCE,
    photos: Path | None = None,
    script: Script = SMOOTH,
    served: bool = False,
) -> Shop:
    """The shop over the store that `url` (an SQLAlchemy address) names, made or migrated where needed.

    `policy` is the platform's in a store that is made now; one that is there has its own. `patience` is how
    many seconds a writer waits for others. `photos` is the folder for photos of a store on a server, which
    keeps none without; those of a file are beside it, so that a copied folder has them where they are looked
    for. `script` is how the simulated provider pays money back; `served` is a store that many
    people use, none of whom has it.

    Raises Invalid for an address of another kind, StoreDamaged for a file or schema that is not ours,
    StoreNewer for one made by a later version, and StoreTrouble where it cannot be reached or written.
    """
    place = place_of(url, patience)
    try:
        _make_ready(place, policy, now)
    except Exception as error:
        place.close()
        told = place.translated(error)
        if told is error:
            raise
        raise told from error
    if isinstance(place, SqliteFile):
        photos = place.path.parent / PHOTOS
    return Shop(place, now, Photos(photos), lambda shop: SimulatedProvider(shop, script), served=served)


# Another program may have a revision of the same name: only ours has this table beside it.
_REVISION = f"SELECT version_num FROM alembic_version WHERE NOT EXISTS (SELECT 1 FROM {MARK} WHERE 1 = 0)"  # noqa: S608


def revision(place: Place) -> str | None:
    """The revision of a store, None where there is no store yet."""
    with closing(place.connection().cursor()) as cursor:
        try:
            cursor.execute(_REVISION)
        except Exception as error:
            if isinstance(place.translated(error), StoreTrouble):
                raise
            return None
        row = cursor.fetchone()
    return str(row[0]) if row else None


def _make_ready(place: Place, policy: Policy, now: Clock) -> None:
    found = revision(place)
    if found == REVISIONS[-1]:
        return
    _refuse_foreign(place)
    _refuse_newer(found)  # before anything is written beside it
    with place.writing():
        if revision(place) is None:
            _make(place, policy, now)
        found = revision(place)  # another process may have been faster
        _refuse_newer(found)
        if found is None:
            raise StoreDamaged("store_damaged")
        if found != REVISIONS[-1]:
            from app.shop.migrations import upgrade  # noqa: PLC0415  (Alembic takes 0.1 s to import)

            upgrade(place)


def _refuse_foreign(place: Place) -> None:
    with place.engine.connect() as connection:
        names = inspect(connection).get_table_names()
    if names and MARK not in names:
        raise StoreDamaged("store_foreign")


def _refuse_newer(found: str | None) -> None:
    if found is not None and found not in REVISIONS:
        raise StoreNewer("store_newer", {"revision": found})


def _make(place: Place, policy: Policy, now: Clock) -> None:
    with place.engine.connect() as connection:
        connection.exec_driver_sql(place.begin_alone)
        try:
            if not inspect(connection).get_table_names():
                _create(connection)
                if policy != JOURNEY:
                    connection.execute(insert(t.PolicyRow).values(_first_policy(policy, now())))
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            with suppress(Exception):  # a full disk has rolled back already
                connection.exec_driver_sql("ROLLBACK")
            raise


def _create(connection: Any) -> None:
    assert t.Order.metadata is SQLModel.metadata  # noqa: S101  (the tables are imported)
    SQLModel.metadata.create_all(connection)
    secrets = [{"kind": kind, "value": new_secret()} for kind in (KIND, SECRETS)]
    connection.execute(insert(t.Secret), secrets)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{REVISIONS[-1]}')")  # noqa: S608


def _first_policy(policy: Policy, now: int) -> dict[str, Any]:
    settings = json.dumps(policy.settings())
    return {"shop_id": 0, "n": 1, "at": now, "actor_id": SYSTEM.id, "settings": settings}
