"""Every thing to tap has a name for programs and one for people; every colour comes from the theme."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from app import ui
from app.shop.actions.cancel import cancel_order
from app.shop.shop import Shop
from app.ui import theme
from app.ui.palette import DARK_COLOURS, LIGHT_COLOURS
from app.ui.parts.status_badge import LOOKS, REQUESTED
from tests.actions.steps import MAI, fresh, place
from tests.client import Node, nodes
from tests.headless import Phone, _words
from tests.ui.looking import Look

UI = Path(ui.__file__).parent
AA, AA_LARGE = 4.5, 3.0
TONES = (theme.AMBER, theme.BLUE, theme.INDIGO, theme.PINE, theme.VIOLET, theme.GREY, theme.PERSIMMON)


def nameless(node: Node, named: bool = False) -> Iterator[Node]:
    """What answers to a tap without standing in a control that has an identifier and words."""
    if node.get("identifier"):
        words = (
            [node["label"]] if node.get("label") else [word for one in nodes(node) for word in _words(one)]
        )
        named = bool(words)
    if (node.get("on_click") or node.get("on_tap")) and not named:
        yield node
    for value in node.values():
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict) and "_c" in inner:
                yield from nameless(inner, named)


def check(phone: Phone) -> None:
    """Fail where something on the screen has no name."""
    for view in (*phone.views, *phone.tree["_dialogs"].get("controls", [])):
        assert list(nameless(view)) == []


async def test_everything_to_tap_has_a_name(shop: Shop, look: Look) -> None:
    number, gone = place(shop), place(shop)
    cancel_order(shop, MAI, gone, "BU_NOT_NEEDED", key=fresh())
    async with look.at("/") as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        check(phone)
        for route, there in {
            "/settings": "go-orders",
            "/inbox": "mark-all-read",
            "/accounts": "account-mai",
            "/orders": f"cancel-{number}",
            f"/orders/{number}": "cancel-order",
            f"/orders/{number}/cancel": "submit",
            f"/orders/{gone}": "why-not",
            "/nowhere": "back-to-profile",
        }.items():
            await phone.visit(route)
            await phone.shows(there)
            check(phone)


def lightness(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of WCAG 2."""
    low, high = sorted((lightness(one), lightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_of_colours_can_be_read(mode: str) -> None:
    colours = LIGHT_COLOURS if mode == "light" else DARK_COLOURS
    values = {one.name.replace("_", ""): str(getattr(colours, one.name)) for one in fields(colours)}
    grounds = [values[role.value] for role in (theme.GROUND, theme.CARD, theme.MARKED)]
    for ink in (theme.INK, theme.MUTED, theme.ACCENT, theme.BACK, theme.TROUBLE):
        assert min(contrast(values[ink.value], ground) for ground in grounds) >= AA, ink
    for tone in TONES:
        on = [*grounds, values[tone.fill.value]]
        assert min(contrast(values[tone.ink.value], ground) for ground in on) >= AA, tone
        assert contrast(values[theme.INK.value], values[tone.fill.value]) >= AA, tone
    assert contrast(values[theme.ON_ACCENT.value], values[theme.ACCENT.value]) >= AA
    assert min(contrast(values[theme.EDGE.value], ground) for ground in grounds) >= AA_LARGE


def test_no_two_states_look_alike_by_icon_and_tone_alone() -> None:
    assert len({REQUESTED, *LOOKS.values()}) >= 7


def test_only_the_palette_knows_a_colour_by_its_value() -> None:
    named = re.compile(r'"#[0-9A-Fa-f]{6}"|ft\.Colors\.|= ft\.Colors\b')
    for path in UI.rglob("*.py"):
        if path.name not in ("palette.py", "theme.py"):
            assert named.findall(path.read_text(encoding="utf-8")) == [], path.name
