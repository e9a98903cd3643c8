"""What can be found in a file that somebody should hear of, each as a code and a sentence."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WHY: dict[str, str] = {
    "not_found": "there is no such file",
    "not_a_file": "this is neither a file nor a folder",
    "not_readable": "the file cannot be opened",
    "folder_empty": "the folder holds no files",
    "file_empty": "the file is empty",
    "not_text": "neither text nor an Excel workbook",
    "old_workbook": "an old or locked Excel file; save it as .xlsx without a password and take that",
    "broken_workbook": "the Excel file is damaged here; nothing of it was taken in",
    "broken_sheet": "the Excel file is damaged here; nothing after this row was taken in",
    "xml_entities": "an Excel file with XML entities, which real ones never have; refused",
    "sheets_beside": "further sheets with the same columns were not read; take each in as a file of its own",
    "broken_archive": "the packed file is damaged or cut off; nothing of it was taken in",
    "unpacks_too_large": (
        "refused: it unpacks to more than 1 GB, 200 times its size, 1,000 files or what a workbook can hold"
    ),
    "compression_unsupported": "packed in a way not known here; unpack it and take what is in it",
    "packed_twice": "a packed file within a packed one; unpack it once and take what is in it",
    "locked": "the packed file has a password; unpack it and take what is in it",
    "broken_encoding": "the file breaks off inside a character, or mixes encodings",
    "broken_json": "the JSON is broken or cut off here; nothing of the file was taken in",
    "broken_line": "this line is no JSON, or cut off",
    "json_too_large": "a JSON file of more than 32 MB; take its orders in several files, as CSV or as TXT",
    "name_twice": "names that stand twice in one JSON object; what stands last was read",
    "broken_csv": "the CSV is broken here; nothing after this row was taken in",
    "unknown_kind": "no kind of file that is known; take one as it was downloaded from its platform",
    "no_orders_table": "a part of the Olist folder without its orders file",
    "not_an_object": "an order should stand here",
    "cells_missing": "the row has another number of cells than the header",
    "rows_within": "a quotation mark that nothing closes made so many further rows part of this one",
    "column_twice": "the column stands in the file twice; the first was read",
    "id_missing": "the id is missing",
    "id_not_exact": "a spreadsheet turned this id into a rounded number; take the file as it was downloaded",
    "id_not_usable": "this is no id",
    "amount_missing": "the amount is missing",
    "amount_not_usable": "this is no amount",
    "amount_too_large": "the amounts are too large to be exact",
    "time_missing": "the time is missing",
    "time_not_usable": "this is no time between 2000 and 2100",
    "created_missing": "the file does not say when it was ordered; the first time that it tells was taken",
    "currency_not_usable": "this is no currency code of three letters",
    "quantity_not_usable": "this is no number of pieces",
    "lines_newer": "a later version of Takeback wrote this; bring this one up to date first",
    "value_missing": "something that must be told is missing",
    "word_not_known": "this word is none that can stand here",
    "past_broken": "what happened to the order does not lead to where it stands",
    "money_disagrees": "the amounts of the order cannot all be right",
    "order_twice": "the order stands in the file more than once; its latest state was taken",
    "no_such_order": "the orders file has no such order",
    "line_left_out": "a line of the order could not be used",
    "payment_left_out": "a payment of the order could not be used",
    "fraction": "this currency has no such decimals; the exact amount is kept here, the whole part counts",
    "prices_disagree": "the parts before discounts do not give the amounts after them, which were taken",
    "total_missing": "the file states no total; its parts were summed",
    "difference": "the parts of the price do not sum to the total; the rest is shown as a difference",
    "text_cut": "a text of more than 10,000 characters was cut",
    "control_characters": "control characters were taken out of a text",
    "unknown_status": "unknown status, kept as written; where the order stands was told from its times",
    "unknown_reason": "unknown reason, kept as written",
    "unknown_role": "unknown who cancelled, kept as written",
    "unavailable": "the platform calls the order unavailable",
    "no_items": "the file has no items for the order",
    "order_row_missing": "the row with the order's own cells is missing, only rows of its items are there",
    "refunded": "money went back; how much the file says is kept with the order, not as a refund made here",
    "no_orders_told": "the file lists no orders",
    "line_prices_missing": "the file states one total only, not what each item cost",
    "shop_not_told": "the file does not say which shop its orders are of; import --shop HANDLE names it",
    "buyer_unknown": "the file does not say who bought",
    "cancel_requested": "the buyer asked the platform to cancel",
    "changed_here": "the file says otherwise than what people did here since; what was done here stays",
    "newer_here": "orders known here in a later state, which stays",
    "in_other_shop": "orders already here in another shop, where they stay",
    "shop_not_yours": "orders of shops that are not yours, which were left out",
    "platforms_alone": "only the platform brings in a file of Takeback's own, which tells who did what",
    "with_folder": "read together with the files beside it",
    "no_time_zone": "times have no time zone (--zone names one); they were read as local time of",
    "day_month_open": "day and month cannot be told apart; take the file in with --dates dmy or --dates mdy",
    "dates_mixed": "a spreadsheet changed some dates of this file; take it as it was downloaded",
    "currency_open": "the file names no currency; take it in with --currency and its three letters",
    "rows_disagree": "the rows of the order tell this differently; the first was taken",
    "row_twice": "the row stands in the file twice; its latest state was taken",
    "returned": "the platform tells of a return or refund, with so many pieces",
    "characters_lost": "some bytes of the file are no UTF-8; where they stood there is a \ufffd",
    "read_as_cp1252": "the file is not UTF-8; it was read as Windows-1252",
    "table_missing": "not in the folder, so what it tells is missing",
    "file_too_large": "larger than a browser can send; import takes it in from a shell",
    "file_not_sent": "the file did not arrive whole; choose it again",
    "table_twice": "a second table of the same kind in the folder was not read",
    "bad_debt": "an adjustment of the books (bad debt), not an order",
    "written_off": "pieces that were written off at no price: nothing was sold",
    "not_goods": "postage, a fee or a discount among the items; it is a part of the price, not a line",
    "price_zero": "an item at no price",
    "row_repeated": "rows of the order are the same in everything; each was counted, for each may be an item",
    "cancels_unnamed": "a cancellation that does not name the order it takes back; it stands for itself",
    "may_cancel": "this buyer's only order of as many of this item; the file does not say that it is meant",
    "more_found": "more like these, too many to list one by one",
    "stopped": "stopped before its end; what is counted here came in, the rest did not",
}
"""Each code that can stand in a report, as a sentence for programs; people read `found.<code>`."""

LISTED = frozenset(
    {
        "changed_here",
        "control_characters",
        "fraction",
        "may_cancel",
        "rows_disagree",
        "text_cut",
        "time_not_usable",
        "unknown_reason",
        "unknown_role",
        "unknown_status",
    }
)
"""Flags that are worth a line of their own; the others are only counted."""

UNMAPPED = frozenset({"unknown_reason"})
"""Flags whose words are listed once each, with how many orders have them."""

SHOWN, KEPT = 80, 500
"""Characters of a value that are shown to people, and kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to tell about a file, a value or a row (as a spreadsheet or the JSON list counts)."""

    code: str
    column: str | None = None
    value: str | None = None
    row: int | None = None
    file: str | None = None

    @property
    def why(self) -> str:
        """The sentence."""
        return WHY[self.code]

    @property
    def flag(self) -> str:
        """As it is kept with an order, on a line of its own."""
        value = " ".join(printable(self.value or "")[:KEPT].split())
        told = "=".join(part for part in (self.column, value) if part)
        return f"{self.code}: {told}" if told else self.code

    def as_json(self) -> dict[str, Any]:
        """The fields programs rely on, the code, and the file where the input was a folder."""
        told = {"row": self.row, "column": self.column, "value": self.value, "why": self.why}
        return told | {"code": self.code} | ({"file": self.file} if self.file else {})


def printable(text: str) -> str:
    """`text` without what would break a line or a terminal."""
    return "".join(c if c.isprintable() else " " for c in text)


def shown(text: str) -> str:
    """`text` on one line, not too long."""
    text = " ".join(printable(text[:KEPT]).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _told(value: object) -> str:
    if not isinstance(value, str | int | float | Decimal):
        return type(value).__name__
    return "".join(c for c in str(value) if unicodedata.category(c) not in ("Cc", "Cs"))[:KEPT]


class Unusable(Exception):
    """Raised while reading: this record, or this file, cannot be used, for the reason found."""

    def __init__(self, code: str, column: str | None = None, value: object = None) -> None:
        super().__init__(code)
        self.finding = Finding(code, column, None if value is None else _told(value))
