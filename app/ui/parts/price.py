"""A price that stands out: the amount large, the currency's sign small beside it."""

import re

import flet as ft

from app.ui.texts import money

_AMOUNT = re.compile(r"[\d.,٫٬\u00a0\u202f-]*\d")
_LARGE, _SMALL = ft.TextThemeStyle.TITLE_LARGE, 14


def Price(minor: int, currency: str) -> ft.Control:
    """Integer minor units as people of the language write them; read out as one."""
    written = money(minor, currency)
    found = _AMOUNT.search(written)
    small = ft.TextStyle(size=_SMALL)
    if found is None:
        return ft.Text(written, theme_style=_LARGE)
    parts = ((written[: found.start()], small), (found.group(), None), (written[found.end() :], small))
    spans = [ft.TextSpan(text, style) for text, style in parts if text]
    return ft.Text(spans=spans, theme_style=_LARGE, semantics_label=written)
