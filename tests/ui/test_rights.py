"""Whose addresses are whose: every screen of the served app, opened by everybody where something is mai's."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from app.shop.actions.accounts import change_password, give_password
from app.shop.actions.sign_in import sign_in
from app.shop.shop import SYSTEM, Actor, Shop
from app.ui import routes
from app.ui.app import SERVED
from app.ui.desk import Desk
from app.ui.screens.product import ProductScreen
from app.ui.screens.request import RequestScreen
from tests.actions.steps import BUDI, MAI, NOTE, OPS, SARI, TUAN, rows
from tests.headless import Phone
from tests.launch import launched
from tests.rights import IDS, PASSWORD, Story, tell
from tests.ui.looking import Look

SEEN = {
    "/": {"mai"},
    routes.ORDERS: {"mai"},
    "/orders/:number": {"mai", "sari", "ops"},
    "/orders/:number/contact": {"mai", "sari", "ops"},
    "/orders/:number/pay": {"mai"},
    routes.INBOX: {"sari"},
    "/inbox/requests/:number": {"sari", "ops"},
    routes.SELLER: {"sari"},
    "/checkout": {"mai"},
    routes.ADDRESSES: {"mai"},
    routes.PLATFORM_REQUESTS: {"ops"},
    routes.PLATFORM_AUDIT: {"ops"},
}
"""Where what `secrets` has is read, and by whom; by strangers nowhere."""
STRANGERS = {"budi": BUDI, "tuan": TUAN}
KNOWN = {"mai": MAI, "sari": SARI, "ops": OPS}


QUIET = 4
"""Looks, a hundredth of a second apart, after which nothing more is coming."""


class Answers:
    """How much is asked of the store at the moment."""

    def __init__(self, desk: Desk) -> None:
        self._look, self._asked = desk.look, 0
        desk.look = self._counted  # type: ignore[method-assign]

    async def _counted(self, read: Callable[[Shop], Any]) -> Any:
        self._asked += 1
        try:
            return await self._look(read)
        finally:
            self._asked -= 1

    async def all_shown(self, phone: Phone) -> None:
        """Wait until a window asks nothing more, and shows what it was answered."""
        before, quiet = -1, 0
        while quiet < QUIET:
            quiet = quiet + 1 if not self._asked and phone.messages == before else 0
            before = phone.messages
            await asyncio.sleep(0.01)


@asynccontextmanager
async def signed_in(shop: Shop, look: Look, name: str, actor: Actor) -> AsyncIterator[tuple[Phone, Answers]]:
    """A window of the served app in which `name` is signed in."""
    if actor != MAI:
        given = give_password(shop, SYSTEM, actor.id)
        change_password(shop, actor, given.password, PASSWORD, address="-")
    token = sign_in(shop, name, PASSWORD, address="-", device="Phone").token
    async with launched(look.url, look.folder, look.clock, guarded=True) as app:
        answers = Answers(await app.process.desk())
        phone = await app.open(kept={"takeback.token": token})
        await phone.until(lambda: phone.sees(f"@{name}"))
        yield phone, answers


def screens(story: Story) -> Iterator[tuple[str, str]]:
    """Each screen once: its pattern in short, and an address of it at what is mai's."""
    known = set()
    for route in SERVED:
        if route.screen in known:
            continue
        known.add(route.screen)
        number = {ProductScreen: IDS.mug, RequestScreen: story.escalated}.get(route.screen, story.number)
        short = re.sub(r"\(\?P<(\w+)>[^)]*\)", r":\1", route.pattern)
        address = short.replace(":number", str(number)).replace(":handle", "tea-house")
        asked = {routes.PLATFORM_AUDIT: f"?q={story.number}", routes.CHECKOUT: f"?items={IDS.cream}x1"}
        yield short, address + asked.get(short, "")


def secrets(shop: Shop, story: Story) -> tuple[str, ...]:
    """What is read on a screen that shows something of mai's."""
    ((total,),) = rows(shop, "SELECT total_minor FROM orders WHERE number = :n", n=story.number)
    assert total == 180_000
    return str(story.number), str(story.escalated), "Words of mai", NOTE, "Huế", "@mai", "180,000"


@pytest.mark.parametrize("name", STRANGERS)
async def test_a_stranger_sees_nothing_of_hers_at_any_address(shop: Shop, look: Look, name: str) -> None:
    story = tell(shop)
    async with signed_in(shop, look, name, STRANGERS[name]) as (phone, answers):
        for _, address in screens(story):
            await phone.visit(address)
            await answers.all_shown(phone)
            shown = "\n".join(phone.texts())
            assert [one for one in secrets(shop, story) if one in shown] == [], address


@pytest.mark.parametrize("name", KNOWN)
async def test_whose_business_it_is_sees_it(shop: Shop, look: Look, name: str) -> None:
    story = tell(shop)
    addresses = dict(screens(story))
    async with signed_in(shop, look, name, KNOWN[name]) as (phone, answers):
        for short, people in SEEN.items():
            await phone.visit(addresses[short])
            if name in people:
                await phone.until(lambda: any(map(phone.sees, secrets(shop, story))))
            else:
                await answers.all_shown(phone)
                assert not any(map(phone.sees, secrets(shop, story))), short
