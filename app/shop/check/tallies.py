"""Tallies: they say what the rows say that they count."""
# ruff: noqa: S608  (what is put into the query is the tallies' own)

from app.shop.check.rule import Rule
from app.shop.rules.tallies import BLOCK, Counted
from app.shop.tables.tallies import DAYS_COUNTED


def _agrees(kind: Counted, counted: str) -> Rule:
    # Blocks are summed up of what the days come to: counting every row for them too takes twice as long.
    blocks = (
        f"UNION ALL SELECT shop_id, {BLOCK}, day / {BLOCK} * {BLOCK}, subject, n, total, 0, 0 FROM counted"
        if BLOCK in kind.spans
        else ""
    )
    return Rule(
        "tally_agrees_with_rows",
        "{0} of {1} in {2} days from {3}: {4} ({5}) kept, {6} ({7}) there",
        f"""WITH counted AS ({counted})
            SELECT shop_id, '{kind}', subject, days, day, sum(kept), sum(kept_total), sum(n), sum(total)
            FROM (SELECT shop_id, 1 AS days, day, subject, n, total, 0 AS kept, 0 AS kept_total FROM counted
            {blocks}
            UNION ALL SELECT shop_id, days, day, subject, 0, 0, n, total FROM tallies
            WHERE kind = '{kind}') AS both_of_them
            GROUP BY shop_id, days, day, subject
            HAVING sum(kept) <> sum(n) OR sum(kept_total) <> sum(total)""",
    )


TALLIES = tuple(_agrees(kind, counted) for kind, counted in DAYS_COUNTED.items())
