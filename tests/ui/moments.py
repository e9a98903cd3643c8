"""What happens in one moment: nothing is drawn in between."""

import asyncio

from tests.client import Node, nodes
from tests.headless import Phone


async def button(phone: Phone, identifier: str) -> Node:
    """What of it answers to a tap."""
    return next(one for one in nodes(await phone.shows(identifier)) if one.get("on_click"))


async def type_and_tap(phone: Phone, field: str, last: str, tapped: str) -> None:
    """Type the `last` key of a field and tap, in one moment."""
    node = next(nodes(await phone.shows(field), "TextField"))
    typed = str(node["value"]) + last
    tap = await button(phone, tapped)
    await asyncio.gather(phone._event(node, "change", typed, value=typed), phone._event(tap, "click"))
