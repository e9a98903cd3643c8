"""Amounts as platforms and spreadsheets write them: with their currency, with points or commas."""

import re
from collections.abc import Iterable

_WRITTEN = re.compile(r"(?:([A-Z]{3}|[A-Z]{0,2}[$£€฿₫₱]|Rp|RM) ?)?(-?\d[\d.,]*)(?: ?([A-Z]{3}|₫|€))?")
_SIGNS = {
    "R$": "BRL",
    "RM": "MYR",
    "Rp": "IDR",
    "S$": "SGD",
    "US$": "USD",
    "£": "GBP",
    "€": "EUR",
    "฿": "THB",
    "₫": "VND",
    "₱": "PHP",
}
_MARKS = re.compile(r"[.,]")
_THOUSAND = 3


def currency_in(text: str) -> str | None:
    """The currency (ISO 4217 letters) that an amount is written with, None where it is bare."""
    found = None if text.isdecimal() else _WRITTEN.fullmatch(text)
    told = found and (found[1] or found[3])
    return _SIGNS.get(told, told if told.isalpha() else None) if told else None


def decimal_marks(texts: Iterable[str]) -> set[str]:
    """The marks before decimals that the amounts of a file prove: one of them, none, or both in disorder."""
    return {mark for text in texts if (mark := _decimal_mark(text))}


def _decimal_mark(text: str) -> str | None:
    found = None if text.isdecimal() else _WRITTEN.fullmatch(text)
    marks = _MARKS.findall(found[2]) if found else []
    if not found or not marks:
        return None
    last = str(marks[-1])
    if marks.count(last) > 1:
        return {".": ",", ",": "."}[last]
    before, _, after = found[2].rpartition(last)
    return last if len(marks) > 1 or len(after) != _THOUSAND or before in ("0", "-0") else None


def plain(text: str, mark: str | None) -> str:
    """An amount as digits with a point before decimals, its currency taken off; what is none stays as it is.

    `mark` is what stands before decimals in the file. Where nothing in it tells, points and commas before
    three digits are those of thousands.
    """
    found = None if text.isdecimal() else _WRITTEN.fullmatch(text)
    if not found:
        return text
    mark = _decimal_mark(text) or mark
    whole, _, part = found[2].rpartition(mark) if mark and mark in found[2] else (found[2], "", "")
    whole = _MARKS.sub("", whole)
    return f"{whole}.{part}" if part else whole
