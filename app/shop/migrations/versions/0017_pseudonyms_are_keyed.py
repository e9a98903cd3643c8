"""Buyers whom files name by what is personal are known by what nobody can find by trying.

Their outside ids were digests of an e-mail address, a phone or a user name, and their handles the ends of
these. Both are made anew with a secret of the store; who they are in a later file stays the same.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from app.shop.pseudonym import KIND, Digest, new_secret, pseudonym

revision = "0017"
down_revision = "0016"

TAIL = 6
"""Digits of an outside id that a handle ends with."""

IDS = """SELECT source, kind, outside_id, subject FROM outside_ids WHERE kind = 'address' OR kind = 'person'
    AND outside_id <> 'unknown' AND (source IN ('shopify', 'tiktok-account')
    OR source = 'tiktok-api' AND outside_id LIKE 'user-%')"""
REKEY = """UPDATE outside_ids SET outside_id = :new
    WHERE source = :source AND kind = :kind AND outside_id = :outside_id"""
HANDLE = "SELECT handle FROM people WHERE id = :subject"
RENAME = (
    "INSERT INTO handles VALUES (:new)",
    "UPDATE people SET handle = :new WHERE id = :subject",
    "DELETE FROM handles WHERE handle = :old",
)


def upgrade() -> None:
    table = op.create_table(
        "secrets",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
        sqlite_with_rowid=False,
    )
    secret, connection = new_secret(), op.get_bind()
    op.bulk_insert(table, [{"kind": KIND, "value": secret}])
    for row in connection.execute(sa.text(IDS)).mappings().fetchall():
        new = pseudonym(secret, Digest(row["outside_id"]))
        connection.execute(sa.text(REKEY), {**row, "new": new})
        if row["kind"] == "person":
            _rename(row["subject"], row["outside_id"], new)


def _rename(subject: int, before: str, now: str) -> None:
    connection = op.get_bind()
    old = str(connection.execute(sa.text(HANDLE), {"subject": subject}).scalar())
    prefix, _, tail = old.partition("-")
    if before[-TAIL:] in tail:
        new = next(handle for handle in _handles(prefix, now) if not _taken(handle))
        for sql in RENAME:
            connection.execute(sa.text(sql), {"subject": subject, "old": old, "new": new})


def _handles(prefix: str, outside_id: str) -> Iterator[str]:
    yield from (f"{prefix}-{outside_id[-size:]}" for size in range(TAIL, len(outside_id) + 1))


def _taken(handle: str) -> bool:
    found = op.get_bind().execute(sa.text("SELECT 1 FROM handles WHERE handle = :handle"), {"handle": handle})
    return found.scalar() is not None
