"""Members: who acts for the shops of who looks, inviting somebody, and letting somebody go."""

import flet as ft

from app.shop.actions.invitations import invite_member, remove_member
from app.shop.reads.members import Member, ShopMembers, members
from app.shop.rules.errors import ShopError
from app.ui import routes, theme
from app.ui.handlers import use_once
from app.ui.hooks import new_key, use_action, use_query
from app.ui.outcome import outcome
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.picture import Avatar
from app.ui.parts.tap import OnTap, Outlined, Plain
from app.ui.parts.told_once import ToldOnce
from app.ui.parts.words import Quiet, Small, Strong
from app.ui.state import use_window
from app.ui.texts import problem, t


@ft.component
def MembersScreen(back: str | None) -> ft.Control:
    """A card for each shop."""
    window = use_window()
    found = use_query(members)
    face: ft.Control
    if found.value:
        face = Scroll(*(ShopCard(one, key=one.id) for one in found.value))  # type: ignore[call-arg]
    elif found.value is not None:
        face = Empty(Drawing.NOBODY, t("members_none"))
    else:
        loading = Scroll(Loading(200, still=window.still))
        face = Trouble(found.error, window.draw_again) if found.error else loading
    return Pane(t("members"), face, back=back)


@ft.component
def ShopCard(shop: ShopMembers) -> ft.Control:
    """The members of a shop; whose leaving is asked about stands with both answers."""
    window, remove = use_window(), use_action(remove_member)
    asked, ask = ft.use_state(0)
    link, show = ft.use_state("")

    async def invite() -> None:
        token = await outcome(window.look(lambda store, actor: invite_member(store, actor, shop.id)))
        if isinstance(token, ShopError):
            window.say(problem(token))
            return
        show(window.navigation.link(routes.join(token)))
        window.look_again()

    async def let_go(person: int) -> None:
        ask(0)
        await remove.run(shop.id, person, key=new_key())

    def row(member: Member) -> ft.Control:
        if asked == member.id:
            return _asked(member, lambda: window.page.run_task(let_go, member.id), lambda: ask(0))
        may = len(shop.members) > 1 and not remove.busy
        return _row(member, (lambda: ask(member.id)) if may else None)

    inviting = use_once(invite)
    way = Outlined(
        f"invite-{shop.handle}",
        t("members_invite"),
        lambda: window.page.run_task(inviting.run),
        disabled=inviting.busy,
    )
    return Section(
        *map(row, shop.members),
        *([Quiet(t("members_open", count=shop.invited))] if shop.invited else []),
        *([ToldOnce("invitation", t("join"), link, t("members_link_how"))] if link else []),
        ft.Row([way]),
        title=f"{shop.name or shop.handle} · @{shop.handle}",
    )


def _row(member: Member, on_remove: OnTap | None) -> ft.Control:
    name = member.name or member.handle
    words = ft.Column([Strong(name), Small(f"@{member.handle}")], spacing=0, expand=True, tight=True)
    row: list[ft.Control] = [Avatar(name, 20), words]
    if on_remove:
        row.append(Plain(f"remove-{member.handle}", t("members_remove"), on_remove, of=name))
    return ft.Row(row, spacing=theme.GAP)


def _asked(member: Member, on_yes: OnTap, on_no: OnTap) -> ft.Control:
    question = Strong(t("members_remove_sure", handle=member.handle))
    ways = [
        Outlined(f"keep-{member.handle}", t("members_keep"), on_no),
        Outlined(f"sure-{member.handle}", t("members_remove"), on_yes),
    ]
    return ft.Column([question, ft.Row(list[ft.Control](ways), wrap=True)], spacing=theme.SPACE)
