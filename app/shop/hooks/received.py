"""What came already: a message does nothing a second time, also where it comes twice at once."""

from sqlalchemy import bindparam, insert, select
from sqlmodel import col

from app.shop.sql import Statement, Work
from app.shop.tables import HookReceived

_r = HookReceived
_CAME = Statement(
    select(col(_r.at)).where(
        col(_r.source_id) == bindparam("source"), col(_r.message) == bindparam("message")
    )
)
_REMEMBER = Statement(
    insert(_r).values(source_id=bindparam("source"), message=bindparam("message"), at=bindparam("now"))
)


def came_before(work: Work, source: int, message: str) -> bool:
    """Whether this message of a source came already; from now on it did, where the transaction holds."""
    if work.first(_CAME, source=source, message=message):
        return True
    work.run(_REMEMBER, source=source, message=message, now=work.now)
    return False
