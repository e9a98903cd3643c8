"""Gate: who signed in through a window of the served app, and the token that its device keeps of that."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import flet as ft

from app.shop.actions.accounts import change_password, sign_up
from app.shop.actions.sign_in import SignedIn, resume, sign_in, sign_out
from app.shop.reads.sign_ins import is_signed_in
from app.shop.rules.errors import Refused, ShopError
from app.ui import routes
from app.ui.device import PATIENCE_TO_ENTER, TOKEN, Device
from app.ui.outcome import outcome
from app.ui.texts import t

if TYPE_CHECKING:
    from app.shop.shop import Shop
    from app.ui.desk import Desk
    from app.ui.window import Window

ZONES = {"id": "Asia/Jakarta", "vi": "Asia/Ho_Chi_Minh"}
"""Where somebody who speaks a language most likely is; the settings say otherwise."""
NOWHERE = "-"
"""The network address of who came over no connection that tells one."""


@ft.observable
class Gate:
    """The way into a window: a password, or the token of an earlier time."""

    def __init__(self, window: Window, device: Device, desk: Desk) -> None:
        self._window, self._device, self._desk = window, device, desk
        self.signed: SignedIn | None = None
        self._given = ""
        """The password the platform gave, until it is replaced: it need not be typed twice."""
        self._watching: asyncio.Task[None] | None = None

    @property
    def knows_given(self) -> bool:
        """Whether the password that is to be replaced was typed here a moment ago."""
        return bool(self._given)

    @property
    def is_open(self) -> bool:
        """Whether somebody is in, with a password of their own."""
        return self.signed is not None and not self.signed.replace_password

    async def resume(self) -> None:
        """Come in with the token that the device kept. Raises ShopError where the store is in trouble."""
        token = await self._device.recall(TOKEN, PATIENCE_TO_ENTER)
        if not token:
            return
        signed = await outcome(self._desk.look(lambda shop: resume(shop, token)))
        if isinstance(signed, ShopError):
            if signed.code != "signed_out":
                raise signed
            await self._device.keep(TOKEN, "")
            return
        if signed.token:
            await self._keep(signed.token)
        await self._come_in(signed)

    async def enter(self, name: str, password: str) -> None:
        """Come in with a password. Raises ShopError."""
        address, device = self._from()
        signed = await self._desk.look(
            lambda shop: sign_in(shop, name, password, address=address, device=device)
        )
        await self._device.keep(TOKEN, signed.token or "")
        self._given = password if signed.replace_password else ""
        await self._come_in(signed)

    @property
    def takes_new(self) -> bool:
        """Whether anybody may make an account here."""
        return self._desk.sign_up

    async def sign_up(self, handle: str, password: str, name: str) -> None:
        """Make an account, and come in with it. Raises ShopError."""
        if not self.takes_new:
            raise Refused("sign_up_closed")
        window, (address, _) = self._window, self._from()
        language, zone = window.language, ZONES.get(window.language, "UTC")
        await self._desk.look(
            lambda shop: sign_up(
                shop, handle, password, name, language=language, time_zone=zone, address=address
            )
        )
        await self.enter(handle, password)

    async def replace(self, new: str, old: str = "") -> None:
        """Have `new` for a password from now on; every other sign-in ends. Raises ShopError."""
        signed, (address, _) = self.signed, self._from()
        if signed is None:
            return

        def change(shop: Shop) -> object:
            return change_password(
                shop, signed.actor, old or self._given, new, address=address, here=signed.sign_in
            )

        await self._desk.look(change)
        self._given = ""
        await self._come_in(SignedIn(signed.actor, signed.sign_in, None, replace_password=False))

    async def return_home(self) -> None:
        """Look as who signed in again, after a tour: there nobody hears that a sign-in was ended elsewhere.

        Raises ShopError.
        """
        signed = self.signed
        if signed is None:
            return
        still = await self._desk.look(lambda shop: is_signed_in(shop, signed.sign_in))
        if still:
            await self._window.arrive(signed.actor.id, self._desk)
        else:
            await self._close(t("signed_out_elsewhere"))

    async def leave(self) -> None:
        """Sign out here; whoever signs in next begins at the beginning."""
        signed = self.signed
        if signed is not None:
            await outcome(self._desk.look(lambda shop: sign_out(shop, signed.actor, signed.sign_in)))
        await self._close()
        self._window.navigation.go(routes.PROFILE)

    async def _come_in(self, signed: SignedIn) -> None:
        self.signed = signed
        if not signed.replace_password:
            await self._window.arrive(signed.actor.id, self._desk)
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """Close where the sign-in was ended elsewhere."""
        window = self._window
        while not window.closed and (signed := self.signed):
            news = window.news()
            still = await outcome(self._desk.look(lambda shop: is_signed_in(shop, signed.sign_in)))
            if still is False:
                self._watching = None
                await self._close(t("signed_out_elsewhere"))
                return
            await news.wait()

    async def _close(self, why: str = "") -> None:
        if self._watching is not None:
            self._watching.cancel()
            self._watching = None
        self.signed, self._given = None, ""
        await self._window.arrive(None, self._desk)
        await self._window.tour.drop()
        if why:
            self._window.say(why)
        await self._device.keep(TOKEN, "")

    async def _keep(self, token: str) -> None:
        # It counts once it is shown: an answer that was lost on its way costs nobody their place.
        await self._device.keep(TOKEN, token)
        await outcome(self._desk.look(lambda shop: resume(shop, token)))

    def _from(self) -> tuple[str, str]:
        line, page = self._window.line, self._window.page
        platform = page.platform.value if page.platform else ""
        return (line.address or NOWHERE, line.device or platform) if line else (NOWHERE, platform)
