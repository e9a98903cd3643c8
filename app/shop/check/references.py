"""What rows name: handles, words, and the rows of other tables."""
# ruff: noqa: S608  (what is put into these queries are words of the rules)

from collections.abc import Iterator, Sequence

from sqlmodel import SQLModel

from app.shop.check.rule import EACH_EVENT, EACH_HOLD, EACH_LINE, EACH_ORDER, EACH_PAYMENT, Rule, Sign, one_of
from app.shop.pseudonym import KIND
from app.shop.rules.erasure import NEUTRAL
from app.shop.rules.refunds import RefundState
from app.shop.rules.requests import RequestStatus

PEOPLE = (
    Rule(
        "handle_is_reserved",
        "{0} is not among the handles",
        """SELECT id, handle FROM (SELECT id, handle FROM people UNION ALL SELECT id, handle FROM shops) AS o
            WHERE NOT EXISTS (SELECT 1 FROM handles h WHERE h.handle = o.handle)""",
    ),
    Rule(
        "handle_is_one_persons_or_shops",
        "{0} is also shop {1}",
        "SELECT p.id, p.handle, s.id FROM people p JOIN shops s ON s.handle = p.handle",
    ),
    Rule(
        "pseudonyms_have_their_secret",
        "{0} secrets of 64 digits, not one",
        f"""SELECT * FROM (SELECT 0 AS number, count(*) AS secrets FROM secrets
            WHERE kind = '{KIND}' AND length(value) = 64) AS found WHERE secrets <> 1""",
    ),
    Rule(
        "erased_person_is_gone",
        "is called {0}, though erased",
        f"""SELECT id, handle FROM people p WHERE erased_at IS NOT NULL
            AND (name IS NOT NULL OR bio IS NOT NULL OR handle <> 'erased-' || id
            OR EXISTS (SELECT 1 FROM addresses a WHERE a.person_id = p.id AND (a.label <> '{NEUTRAL}'
            OR coalesce(a.recipient, a.phone, a.lines, a.city) IS NOT NULL)))""",
    ),
    Rule(
        "preferred_address_is_in_the_book",
        "address {0} was removed and is preferred",
        "SELECT person_id, id FROM addresses WHERE removed_at IS NOT NULL AND preferred_at IS NOT NULL",
    ),
)

WORDS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("payments", "order_number", "state", ("ATTEMPTED", "CAPTURED", "FAILED", "COD_DUE", "LATE")),
    ("refunds", "order_number", "state", tuple(RefundState)),
    ("holds", "order_number", "state", ("HELD", "USED", "RELEASED", "LOST")),
    ("balances", "subject", "kind", ("STOCK", "VOUCHER", "COINS")),
    (
        "requests",
        "order_number",
        "status",
        tuple(RequestStatus),
    ),
    ("messages", "order_number", "role", ("BUYER", "SELLER", "OPERATOR")),
)
"""Columns that may hold only these words: (table, what tells its row, column, words)."""

_READ_ANYWAY = {
    "orders": ("o", EACH_ORDER),
    "lines": ("l", EACH_LINE),
    "payments": ("p", EACH_PAYMENT),
    "holds": ("h", EACH_HOLD),
    "events": ("e", EACH_EVENT),
}
"""Tables whose rows other rules read with their order, what a row is called there, and how they are read."""


def words() -> Iterator[Rule]:
    """One rule per column of words."""
    for table, number, column, known in WORDS:
        sql = f"SELECT {number}, {column} FROM {table} WHERE {column} NOT IN {one_of(known)}"
        row, rows = _READ_ANYWAY.get(table, ("", ""))
        signs = (Sign(rows, f"{row}.{column} NOT IN {one_of(known)}"),) if row else ()
        yield Rule("word_is_known", f"{table}.{column} is {{0}}", sql, signs)


def references() -> Iterator[Rule]:
    """One rule per foreign key: a SQLite store that was written without them on may break them."""
    for table in SQLModel.metadata.sorted_tables:
        tells = "order_number" if "order_number" in table.c else next(iter(table.primary_key)).name
        for key in table.foreign_key_constraints:
            pairs = [(element.parent.name, element.column.name) for element in key.elements]
            there = key.referred_table.name
            given = " AND ".join(f"o.{mine} IS NOT NULL" for mine, _ in pairs)
            same = " AND ".join(f"t.{its} = o.{mine}" for mine, its in pairs)
            columns = ", ".join(f"o.{mine}" for mine, _ in pairs)
            what = " ".join(f"{mine} {{{n}}}" for n, (mine, _) in enumerate(pairs))
            yield Rule(
                "what_is_named_exists",
                f"{table.name}: {what} is not in {there}",
                f"SELECT o.{tells}, {columns} FROM {table.name} o WHERE {given} AND NOT EXISTS "
                f"(SELECT 1 FROM {there} t WHERE {same})",
                _signs(table.name, there, pairs),
            )


def _signs(table: str, there: str, pairs: Sequence[tuple[str, str]]) -> tuple[Sign, ...]:
    if table not in _READ_ANYWAY:
        return ()
    row, rows = _READ_ANYWAY[table]
    if list(pairs) == [("order_number", "number")]:  # the order that is read with it
        return (Sign(rows, "o.number IS NULL"),)
    named = " AND ".join(f"{row}.{mine} IS NOT NULL" for mine, _ in pairs)
    same = " AND ".join(f"t.{its} = {row}.{mine}" for mine, its in pairs)
    return (Sign(rows, f"{named} AND NOT EXISTS (SELECT 1 FROM {there} t WHERE {same})"),)
