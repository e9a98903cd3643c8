"""Icons: the client's font, cut, has each that the app names and each that the client draws by itself."""

import re

import flet as ft
import pytest
from fontTools.ttLib import TTFont

from app.art.symbols import signs
from app.home import ASSETS
from app.packaging.named import ICON, icons
from app.server.client import SYMBOLS
from tests.test_shape import MODULES

LARGEST = 12_000
"""Bytes of the font."""
WHO_FIND_THEM = {"app.art.symbols", "app.packaging.named"}


def test_every_icon_that_is_drawn_is_in_the_font_and_no_other() -> None:
    file = ASSETS / SYMBOLS
    assert set(TTFont(file).getBestCmap()) == signs(), "`python -m app.art` cuts it anew"
    assert file.stat().st_size < LARGEST


def test_what_the_app_names_and_what_the_client_draws_are_both_found() -> None:
    assert {"SEARCH", "RECEIPT_LONG_OUTLINED", "PERSON"} <= icons() <= set(dir(ft.Icons))
    # The arrow of a choice and the keyboard of a calendar: no code of ours names them.
    assert {0xE098, 0xF144} <= signs()
    assert "ABC" not in icons()


@pytest.mark.parametrize("module", sorted(MODULES.keys() - WHO_FIND_THEM))
def test_an_icon_is_named_in_full_where_it_is_drawn(module: str) -> None:
    code = MODULES[module].read_text(encoding="utf-8")
    assert len(re.findall(r"\.Icons\b|\bimport\b.*\bIcons\b", code)) == len(ICON.findall(code))
    assert re.findall(r"\bft\.Cupertino|\badaptive=", code) == []  # these draw from another font
