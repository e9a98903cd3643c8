"""Material's icons that the app and its client draw, cut out of the client's font of all 8,600."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path

import flet as ft
from flet_web import get_package_web_dir  # type: ignore[import-untyped]
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from app.packaging.named import icons

WEB = Path(get_package_web_dir())
CONSTANT = re.compile(r'\bB\.(\w+)=new A\.\w+\(([\de]+),"MaterialIcons"')
"""How the client's code names a sign of the font; 61000 is written `61e3`."""
TABLE = re.compile(r"\[((?:B\.\w+,){8000,}B\.\w+)\]")
"""The client's list of all icons: what the app sends is a place in it."""
PLACE = 0xFFFF


def signs() -> set[int]:
    """The signs of the icons that the app names, and of those that the client draws by itself.

    Raises ValueError where the client is not as we know it.
    """
    client = (WEB / "main.dart.js").read_text(encoding="utf-8")
    sign = {name: int(float(number)) for name, number in CONSTANT.findall(client)}
    table = TABLE.search(client)
    listed = [one.removeprefix("B.") for one in table[1].split(",")] if table else []
    if len(listed) != len(dir(ft.Icons)) or not sign.keys() >= set(listed):
        raise ValueError("the client's table of icons is not as we know it")
    # Each is there once where it is made; what the client draws is there again, besides the table.
    uses = Counter(re.findall(r"\bB\.(\w+)", client)) - Counter(listed)
    own = {number for name, number in sign.items() if uses[name] > 1}
    return own | {sign[listed[getattr(ft.Icons, name) & PLACE]] for name in icons()}


def symbols() -> bytes:
    """The font with these alone, as WOFF 2."""
    font = TTFont(WEB / "assets" / "fonts" / "MaterialIcons-Regular.otf", recalcTimestamp=False)
    subsetter = Subsetter(Options(hinting=False, glyph_names=False))
    subsetter.populate(unicodes=signs())
    subsetter.subset(font)
    font.flavor = "woff2"
    content = BytesIO()
    font.save(content)
    return content.getvalue()
