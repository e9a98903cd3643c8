"""Join: an invitation to act for a shop, and the yes to it."""

import flet as ft

from app.shop.actions.invitations import join_shop
from app.shop.reads.members import invitation
from app.shop.rules.errors import NotFound
from app.ui import routes
from app.ui.handlers import use_once
from app.ui.hooks import new_key, use_action, use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Pane, Scroll
from app.ui.state import go, use_window
from app.ui.texts import t


@ft.component
def JoinScreen(back: str | None, token: str) -> ft.Control:
    """Which shop it is, and one thing to do; who acts for it already has the way there."""
    window, joined = use_window(), use_action(join_shop)
    found = use_query(invitation, token)

    async def join_it() -> None:
        if await joined.run(token, key=new_key()):
            who = window.who().id
            await window.arrive(who)
            go(routes.SELLER)

    # All of it is one: until one has gone on from here, there is nothing left to accept.
    join = use_once(join_it)

    def accept() -> None:
        window.page.run_task(join.run)

    face: ft.Control
    if isinstance(found.error, NotFound) and not join.busy:  # also where it ended while one looked at it
        face = Empty(Drawing.LOST, t("no_such_invitation"), how=t("join_ended_how"))
    elif invited := found.value:
        name = invited.name or invited.handle
        do = ("join-shop", t("join_do"), accept)
        there = ("go-seller", t("shop_requests"), lambda: go(routes.SELLER))
        told = t("join_member" if invited.member else "join_sure", shop=name)
        how = None if invited.member else t("join_how", own=window.handle, handle=invited.handle)
        face = Empty(Drawing.WELCOME, told, how=how, action=there if invited.member else do)
    elif found.error:
        face = Trouble(found.error, window.draw_again)
    else:
        face = Scroll(Loading(240, still=window.still))
    return Pane(t("join"), face, back=back or routes.PROFILE)
