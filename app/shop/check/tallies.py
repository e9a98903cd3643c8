"""Tallies: they say what the rows say that they count."""
# ruff: noqa: S608  (what is put into the query is the tallies' own)

from collections.abc import Sequence

from app.shop.check.rule import Rule, one_of
from app.shop.rules.tallies import BLOCK, Counted
from app.shop.tables.tallies import DAYS_COUNTED

_IN_BLOCKS = one_of(kind for kind in Counted if BLOCK in kind.spans)


def _agrees(kinds: Sequence[Counted], counted: str) -> Rule:
    # Blocks are summed up of what the days come to: counting every row for them too takes twice as long.
    return Rule(
        "tally_agrees_with_rows",
        "{0} of {1} in {2} days from {3}: {4} ({5}) kept, {6} ({7}) there",
        f"""WITH counted AS ({counted})
            SELECT shop_id, kind, subject, days, day, sum(kept), sum(kept_total), sum(n), sum(total)
            FROM (SELECT shop_id, kind, days, day, subject, n, total, 0 AS kept, 0 AS kept_total FROM counted
            UNION ALL SELECT shop_id, kind, {BLOCK}, day / {BLOCK} * {BLOCK}, subject, n, total, 0, 0
            FROM counted WHERE kind IN {_IN_BLOCKS}
            UNION ALL SELECT shop_id, kind, days, day, subject, 0, 0, n, total FROM tallies
            WHERE kind IN {one_of(kinds)}) AS both_of_them
            GROUP BY shop_id, kind, days, day, subject
            HAVING sum(kept) <> sum(n) OR sum(kept_total) <> sum(total)""",
    )


TALLIES = tuple(_agrees(kinds, counted) for kinds, counted in DAYS_COUNTED)
