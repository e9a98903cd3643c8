"""Tallies: they say what the rows say that they count."""
# ruff: noqa: S608  (what is put into the query is the tallies' own)

from app.shop.check.rule import Rule
from app.shop.tables.tallies import EVERYTHING_COUNTED

TALLIES = (
    Rule(
        "tally_agrees_with_rows",
        "{0} of {1} in {2} days from {3}: {4} ({5}) kept, {6} ({7}) there",
        f"""SELECT shop_id, kind, subject, days, day, sum(kept), sum(kept_total), sum(n), sum(total)
            FROM (SELECT shop_id, kind, days, day, subject, n, total, 0 AS kept, 0 AS kept_total
            FROM ({EVERYTHING_COUNTED}) AS counted
            UNION ALL SELECT shop_id, kind, days, day, subject, 0, 0, n, total FROM tallies) AS both_of_them
            GROUP BY shop_id, kind, days, day, subject
            HAVING sum(kept) <> sum(n) OR sum(kept_total) <> sum(total)""",
    ),
)
