"""What the database keeps by itself: balances move whenever a hold does, tallies with what they count."""

from sqlalchemy import DDL, event
from sqlmodel import SQLModel

from app.shop.tables.tallies import TALLYING

_PARTS = ("free", "held", "used", "lost")
_STATES = ("RELEASED", "HELD", "USED", "LOST")


def _moved(state: str, *, sign: str, row: str) -> str:
    return f"{sign} CASE WHEN {row}.state = '{state}' THEN {row}.amount ELSE 0 END"


_TAKEN = "UPDATE balances SET " + ", ".join(  # noqa: S608
    f"{part} = {part} {_moved(state, sign='+', row='NEW')}" + (" - NEW.amount" if part == "free" else "")
    for part, state in zip(_PARTS, _STATES, strict=True)
)
_MOVED = "UPDATE balances SET " + ", ".join(  # noqa: S608
    f"{part} = {part} {_moved(state, sign='-', row='OLD')} {_moved(state, sign='+', row='NEW')}"
    for part, state in zip(_PARTS, _STATES, strict=True)
)
_WHERE = " WHERE kind = NEW.kind AND subject = NEW.subject"

TRIGGERS: dict[str, tuple[str, ...]] = {
    "sqlite": (
        f"CREATE TRIGGER hold_taken AFTER INSERT ON holds BEGIN {_TAKEN}{_WHERE}; END",
        f"CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds BEGIN {_MOVED}{_WHERE}; END",
        *TALLYING["sqlite"],
    ),
    "postgresql": (
        f"CREATE FUNCTION hold_taken() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_TAKEN}{_WHERE}; RETURN NULL; END $$",
        "CREATE TRIGGER hold_taken AFTER INSERT ON holds FOR EACH ROW EXECUTE FUNCTION hold_taken()",
        f"CREATE FUNCTION hold_moved() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_MOVED}{_WHERE}; RETURN NULL; END $$",
        "CREATE TRIGGER hold_moved AFTER UPDATE OF state ON holds FOR EACH ROW EXECUTE FUNCTION hold_moved()",
        *TALLYING["postgresql"],
    ),
}
"""The arithmetic of ledger and tallies, kept by the database so that rows and sums cannot drift apart."""

for _dialect, _statements in TRIGGERS.items():
    for _statement in _statements:
        event.listen(
            SQLModel.metadata,
            "after_create",
            DDL(_statement).execute_if(dialect=_dialect),  # type: ignore[no-untyped-call]
        )
