"""Members: who acts for the shops of who looks, inviting somebody, and letting somebody go."""

import flet as ft

from app.shop.actions.invitations import invite_member, remove_member, revoke_invitation
from app.shop.reads.members import Member, OpenInvitation, ShopMembers, members
from app.shop.rules.accounts import INVITED_MS
from app.shop.rules.errors import ShopError
from app.shop.tokens import token_digest
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
from app.ui.parts.words import Small, Strong
from app.ui.state import use_window
from app.ui.texts import problem, t
from app.ui.texts.times import moment


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
    """Members and open invitations of a shop; whose leaving is asked about stands with both answers."""
    window, remove, revoke = use_window(), use_action(remove_member), use_action(revoke_invitation)
    asked, ask = ft.use_state(0)
    token, keep = ft.use_state("")

    async def invite() -> None:
        new = await outcome(window.look(lambda store, actor: invite_member(store, actor, shop.id)))
        if isinstance(new, ShopError):
            window.say(problem(new))
            return
        keep(new)
        window.look_again()

    async def let_go(person: int) -> None:
        ask(0)
        await remove.run(shop.id, person, key=new_key())

    def row(member: Member) -> ft.Control:
        if asked == member.id:
            return _asked(member, lambda: window.page.run_task(let_go, member.id), lambda: ask(0))
        may = len(shop.members) > 1 and not remove.busy
        return _row(member, (lambda: ask(member.id)) if may else None)

    def withdraw(invitation: str) -> None:
        window.page.run_task(revoke.run, shop.id, invitation, key=new_key())

    def invited(one: OpenInvitation) -> ft.Control:
        made, until = (
            moment(at, window.zone, window.now()) for at in (one.ends_at - INVITED_MS, one.ends_at)
        )
        when = t("members_invited_when", made=made, until=until)
        return _invited(one, when, None if revoke.busy else lambda: withdraw(one.id))

    # The link stands there as long as it leads anywhere.
    leads = token and token_digest(token) in {one.id for one in shop.open}
    link = window.navigation.link(routes.join(token)) if leads else ""

    inviting = use_once(invite)
    way = Outlined(
        f"invite-{shop.handle}",
        t("members_invite"),
        lambda: window.page.run_task(inviting.run),
        disabled=inviting.busy,
    )
    return Section(
        *map(row, shop.members),
        *map(invited, shop.open),
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


def _invited(invitation: OpenInvitation, when: str, on_revoke: OnTap | None) -> ft.Control:
    by = t("members_invited_by", handle=invitation.by) if invitation.by else t("join")
    words = ft.Column([Strong(by), Small(when)], spacing=0, expand=True, tight=True)
    mark = ft.Container(ft.Icon(ft.Icons.LINK, color=theme.MUTED, size=22), width=40)
    way = Plain(f"revoke-{invitation.id[:8]}", t("members_revoke"), on_revoke, of=f"{by}, {when}")
    return ft.Row([mark, words, way], spacing=theme.GAP)


def _asked(member: Member, on_yes: OnTap, on_no: OnTap) -> ft.Control:
    question = Strong(t("members_remove_sure", handle=member.handle))
    ways = [
        Outlined(f"keep-{member.handle}", t("members_keep"), on_no),
        Outlined(f"sure-{member.handle}", t("members_remove"), on_yes),
    ]
    return ft.Column([question, ft.Row(list[ft.Control](ways), wrap=True)], spacing=theme.SPACE)
