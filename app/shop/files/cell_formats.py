"""What a number in a cell of a workbook is: a date, or text that is exact or shows that it is not."""

import re
from datetime import datetime, timedelta

from app.shop.files.findings import Unusable
from app.shop.files.workbook_xml import Texts

_MOST = 1 << 16
"""Formats that Excel allows of cells."""
_PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_EXACT = 10**15
_NOT_IN_FORMAT = re.compile(r'"[^"]*"|\[[^]]*\]|\\.')
_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_DAY_0, _DAY_0_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  (a sheet has no zone)


class Formats(Texts):
    """Which cell formats are those of dates, and from which day the workbook counts."""

    def __init__(self) -> None:
        super().__init__()
        self._day_0 = _DAY_0
        self._dates = set(_BUILT_IN_DATES)
        self._cells: list[int] = []
        self._within = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        number = attributes.get("numFmtId", "0")
        if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            self._day_0 = _DAY_0_MAC
        elif name == "cellXfs":
            self._within = True
        elif name == "xf" and self._within:
            self._cells.append(int(number))
            if len(self._cells) > _MOST:
                raise Unusable("unpacks_too_large")
        elif name == "numFmt":
            told = _NOT_IN_FORMAT.sub("", attributes.get("formatCode", "")).lower()
            if told != "general" and any(letter in told for letter in "ymdhs"):
                self._dates.add(int(number))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == "cellXfs":
            self._within = False

    def number(self, text: str, style: str) -> str:
        """A number as text: a date as ISO, any other without exponent and exact, if it is exact at all.

        One of more than 15 digits is left with its exponent: no spreadsheet keeps it, so it is no id.
        """
        found = float(text)
        if style.isdecimal() and int(style) < len(self._cells) and self._cells[int(style)] in self._dates:
            return self._date(found) or text
        if abs(found) >= _EXACT:
            return f"{found:E}"
        told = text if _PLAIN.fullmatch(text) else f"{found:.15g}"
        if "e" in told:
            told = f"{found:.10f}"
        whole, point, part = told.partition(".")
        part = part.rstrip("0")
        # Three digits after the point would read like the thousands of another country.
        return whole + point + part.ljust(4, "0") if len(part) == 3 else f"{whole}.{part}" if part else whole

    def _date(self, days: float) -> str | None:
        try:
            at = self._day_0 + timedelta(seconds=round(days * 86_400))
        except (OverflowError, ValueError):
            return None
        return at.isoformat(" ") if days >= 1 else None
