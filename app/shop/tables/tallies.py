"""Tallies: what a shop's orders, lines, refunds and requests count to, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Field, SQLModel

from app.shop.rules.policy import DAY
from app.shop.rules.tallies import ANSWER_BOUNDS, BLOCK, Counted
from app.shop.tables.columns import KEYED, big, part


class Tally(SQLModel, table=True):
    """So many of a kind (`Counted`) about a subject, in a shop, in `days` days from `day` on.

    Days are UTC, numbered from 1970 on; a `BLOCK` of them begins where the number has no rest.

    They follow the rows they count by themselves (`TALLYING`). Of one count there may be several `part`s,
    kept by different connections so that none waits for another; they are read as their sum.
    """

    __tablename__ = "tallies"
    __table_args__ = (KEYED,)
    shop_id: int = part(foreign_key="shops.id")
    kind: str = Field(primary_key=True)
    days: int = part()
    day: int = part()
    subject: str = Field(primary_key=True)
    part: int = part()
    n: int = big()
    total: int = big(default=0)


@dataclass(frozen=True, slots=True)
class _Count:
    """How one kind is counted: SQL over an order {o} and, where it is one of its rows, that row {r}."""

    kind: Counted
    at: str
    subject: str = "''"
    n: str = "1"
    total: str = "0"
    when: str = "1 = 1"


_CANCELLED = "{o}.status = 'CANCELLED'"
_PLACED = "{o}.unplaced IS NULL"
_ENDED = "coalesce({o}.cancelled_at, {o}.created_at)"
_CREATOR = "CAST({o}.creator_id AS TEXT)"
_VARIANT = "CAST({r}.variant_id AS TEXT)"
_ANSWERED = "coalesce({r}.first_answered_at, {r}.answered_at)"
_TOOK = _ANSWERED + " - {r}.created_at"
_GROUP = (
    "CASE "
    + " ".join(f"WHEN {_TOOK} < {bound} THEN '{n}'" for n, bound in enumerate(ANSWER_BOUNDS))
    + f" ELSE '{len(ANSWER_BOUNDS)}' END"
)

_OF_ORDER = (
    _Count(Counted.PLACED, "{o}.created_at", when=_PLACED),
    _Count(
        Counted.CREATOR_PLACED, "{o}.created_at", _CREATOR, when=_PLACED + " AND {o}.creator_id IS NOT NULL"
    ),
    _Count(Counted.CANCELLED, _ENDED, when=_CANCELLED),
    _Count(Counted.REASON_CANCELLED, _ENDED, "coalesce({o}.cancel_reason, '')", when=_CANCELLED),
    _Count(
        Counted.PLACED_CANCELLED,
        "{o}.created_at",
        "coalesce({o}.cancelled_by, '') || ':' || coalesce({o}.cancel_reason, '')",
        when=_CANCELLED + " AND " + _PLACED,
    ),
    _Count(Counted.CREATOR_CANCELLED, _ENDED, _CREATOR, when=_CANCELLED + " AND {o}.creator_id IS NOT NULL"),
)
_OF_ITS_ROWS = {
    "lines": (
        _Count(Counted.VARIANT_PLACED, "{o}.created_at", _VARIANT, "{r}.quantity", when=_PLACED),
        _Count(
            Counted.VARIANT_CANCELLED,
            "coalesce({r}.cancelled_at, {o}.cancelled_at, {o}.created_at)",
            _VARIANT,
            "{r}.quantity",
            when="({r}.status = 'CANCELLED' OR " + _CANCELLED + ")",
        ),
    ),
    "refunds": (
        _Count(
            Counted.REFUNDED,
            "{r}.at",
            "{o}.currency",
            total="{r}.amount_minor",
            when="{r}.state <> 'GIVEN_UP'",
        ),
    ),
    "requests": (
        _Count(
            Counted.ANSWERED,
            _ANSWERED,
            _GROUP,
            total=_TOOK,
            when="{r}.answered_by = 'SELLER' AND {r}.answered_at IS NOT NULL",
        ),
        _Count(
            Counted.AUTO_APPROVED,
            "{r}.answered_at",
            when="{r}.answered_by = 'SYSTEM' AND {r}.answered_at IS NOT NULL"
            " AND {r}.status IN ('APPROVED', 'COMPLETE')",
        ),
    ),
}
_WATCHED = {
    "lines": "variant_id, quantity, status, cancelled_at",
    "refunds": "state, amount_minor",
    "requests": "status, answered_at, answered_by, first_answered_at",
}
"""Changes of these columns move what the rows of a table count to."""


def _counted(
    counts: tuple[_Count, ...], given: str, o: str, r: str = "", sign: str = "", most: int = BLOCK
) -> Iterator[str]:
    """One SELECT per count and span (of `most` days), of the rows that `given` (FROM … WHERE …) names."""
    for one in counts:
        at, subject, n, total, when = (
            told.format(o=o, r=r) for told in (one.at, one.subject, one.n, one.total, one.when)
        )
        for span in (span for span in one.kind.spans if span <= most):
            day = f"{at} / {DAY}" if span == 1 else f"{at} / {span * DAY} * {span}"
            yield (
                f"SELECT {o}.shop_id AS shop_id, '{one.kind}' AS kind, {span} AS days, {day} AS day, "
                f"{subject} AS subject, {sign}{n} AS n, {sign}({total}) AS total {given} {when}"
            )


def _by_day(one: _Count, given: str, r: str = "") -> str:
    (each,) = _counted((one,), given, "o", r, most=1)
    # The plus has SQLite read the rows as they lie and sort a few columns of each: in the order of an index
    # by shop it would jump to every row.
    return (
        "SELECT shop_id, day, subject, sum(n) AS n, sum(total) AS total FROM "  # noqa: S608
        f"(SELECT +shop_id AS shop_id, day, subject, n, total FROM ({each}) AS counted) AS each_row "
        "GROUP BY shop_id, day, subject"
    )


DAYS_COUNTED = {one.kind: _by_day(one, "FROM orders o WHERE") for one in _OF_ORDER} | {
    one.kind: _by_day(one, f"FROM {table} r JOIN orders o ON o.number = r.order_number WHERE", "r")
    for table, counts in _OF_ITS_ROWS.items()
    for one in counts
}
"""Queries of all that is counted of a kind: what the tallies of single days are to sum up to."""


def _add(part: str, *selects: str) -> str:
    # Summed up first: what a change leaves as it was is not written, and each tally is written once.
    return (
        "INSERT INTO tallies (shop_id, kind, days, day, subject, part, n, total) "  # noqa: S608
        f"SELECT shop_id, kind, days, day, subject, {part}, sum(n), sum(total) "
        f"FROM ({' UNION ALL '.join(selects)}) AS told GROUP BY shop_id, kind, days, day, subject "
        "HAVING sum(n) <> 0 OR sum(total) <> 0 ON CONFLICT (shop_id, kind, days, day, subject, part) "
        "DO UPDATE SET n = tallies.n + excluded.n, total = tallies.total + excluded.total"
    )


def _order(row: str, sign: str = "") -> Iterator[str]:
    """What an order counts to with its rows."""
    yield from _counted(_OF_ORDER, "WHERE", row, sign=sign)
    for table, counts in _OF_ITS_ROWS.items():
        yield from _counted(counts, f"FROM {table} r WHERE r.order_number = NEW.number AND", row, "r", sign)


def _row(table: str, row: str, sign: str = "") -> Iterator[str]:
    """What one row of an order counts to."""
    given = f"FROM orders o WHERE o.number = {row}.order_number AND"
    yield from _counted(_OF_ITS_ROWS[table], given, "o", row, sign)


_MOVED = " OR ".join(
    (
        "OLD.shop_id <> NEW.shop_id",
        "OLD.currency <> NEW.currency",
        "OLD.created_at <> NEW.created_at",
        "coalesce(OLD.creator_id, 0) <> coalesce(NEW.creator_id, 0)",
        "(OLD.status = 'CANCELLED') <> (NEW.status = 'CANCELLED')",
        "coalesce(OLD.cancelled_at, 0) <> coalesce(NEW.cancelled_at, 0)",
        "coalesce(OLD.cancel_reason, '') <> coalesce(NEW.cancel_reason, '')",
        "coalesce(OLD.cancelled_by, '') <> coalesce(NEW.cancelled_by, '')",
    )
)
_COLUMNS = "shop_id, currency, created_at, creator_id, status, cancelled_at, cancel_reason, cancelled_by"


def _watched() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every trigger: its name, when it fires, and what it adds up."""
    yield "order_counted", "AFTER INSERT ON orders FOR EACH ROW", tuple(_counted(_OF_ORDER, "WHERE", "NEW"))
    yield (
        "order_recounted",
        f"AFTER UPDATE OF {_COLUMNS} ON orders FOR EACH ROW WHEN ({_MOVED})",
        (*_order("NEW"), *_order("OLD", "-")),
    )
    for table, columns in _WATCHED.items():
        name, new, old = table.removesuffix("s"), _row(table, "NEW"), _row(table, "OLD", "-")
        added, gone = tuple(new), tuple(old)
        yield f"{name}_counted", f"AFTER INSERT ON {table} FOR EACH ROW", added
        yield f"{name}_recounted", f"AFTER UPDATE OF {columns} ON {table} FOR EACH ROW", (*added, *gone)
        yield f"{name}_uncounted", f"AFTER DELETE ON {table} FOR EACH ROW", gone


def _sqlite() -> Iterator[str]:
    for name, when, selects in _watched():
        yield f"CREATE TRIGGER {name} {when} BEGIN {_add('0', *selects)}; END"


def _postgresql() -> Iterator[str]:
    # A tally is a row that every order of a shop moves: shared, it would have orders wait for each other, in
    # whatever order each came to it. So each connection keeps a part of its own.
    for name, when, selects in _watched():
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {_add('mod(pg_backend_pid(), 64)', *selects)}; RETURN NULL; END $$"
        )
        yield f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {name}()"


TALLYING: dict[str, tuple[str, ...]] = {"sqlite": tuple(_sqlite()), "postgresql": tuple(_postgresql())}
"""The tallies, kept by the database: each row adds what it counts to and takes back what it did before."""
