"""People of the platform: finding one of them, and giving them a password to come in with once."""

import flet as ft

from app.shop.actions.accounts import Temporary, give_password
from app.shop.reads.directory import directory
from app.shop.reads.people import Account
from app.shop.rules.errors import NotFound, ShopError
from app.ui import theme
from app.ui.handlers import use_once
from app.ui.hooks import use_query
from app.ui.outcome import outcome
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Missing, Trouble
from app.ui.parts.frame import Aside, Pane, Scroll
from app.ui.parts.picture import Avatar
from app.ui.parts.search_field import SearchField
from app.ui.parts.tap import OnTap, Plain
from app.ui.parts.told_once import ToldOnce
from app.ui.parts.words import Small, Strong
from app.ui.state import use_window
from app.ui.texts import problem, t


@ft.component
def PlatformPeopleScreen(back: str | None) -> ft.Control:
    """The people by handle; beside each the way to a password, which is told once below the name."""
    window = use_window()
    search, look_for = ft.use_state("")
    given, show = ft.use_state(Temporary("", ""))
    found = use_query(directory, search)

    async def give(person: int) -> None:
        made = await outcome(window.look(lambda shop, actor: give_password(shop, actor, person)))
        if isinstance(made, ShopError):
            window.say(problem(made))
        else:
            show(made)

    giving = use_once(give)
    if isinstance(found.error, NotFound):
        return Pane(t("platform_people"), Missing(), back=back)

    def row(one: Account) -> ft.Control:
        mine = one.handle == window.handle
        return _row(one, given, None if mine else lambda: window.page.run_task(giving.run, one.id))

    field = SearchField("people-search", t("search_accounts"), search, look_for)
    if found.value:
        listed: ft.Control = ft.Card(ft.Column([row(one) for one in found.value], spacing=0))
    elif found.error is not None:
        listed = Trouble(found.error, window.draw_again)
    elif found.loading:
        listed = Loading(64, 64, 64, still=window.still)
    else:
        listed = Empty(Drawing.NOBODY, t("nobody_found", search=search), how=t("search_how"))
    return Pane(t("platform_people"), Scroll(Aside(t("platform_people_how")), field, listed), back=back)


def _row(one: Account, given: Temporary, on_give: OnTap | None) -> ft.Control:
    name = one.name or one.handle
    words = ft.Column([Strong(name), Small(f"@{one.handle}")], spacing=0, expand=True, tight=True)
    row: list[ft.Control] = [Avatar(name, 20), words]
    if on_give:
        row.append(Plain(f"give-{one.handle}", t("password_give"), on_give, of=name))
    parts: list[ft.Control] = [ft.Row(row, spacing=theme.GAP)]
    if given.handle == one.handle:
        parts.append(
            ToldOnce(
                "given-password",
                t("sign_in.password"),
                given.password,
                t("password_given_how", handle=one.handle),
            )
        )
    return ft.Container(
        ft.Column(parts, spacing=theme.GAP),
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP),
        key=one.handle,
    )
