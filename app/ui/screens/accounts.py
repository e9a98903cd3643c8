"""Switch account: who looks through this window."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.people import Account, accounts
from app.shop.rules.errors import ShopError
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.hooks import Query, use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Pane, Scroll
from app.ui.parts.picture import Avatar
from app.ui.parts.search_field import SearchField
from app.ui.parts.tap import Tap
from app.ui.parts.words import Small, Strong
from app.ui.state import go, use_window
from app.ui.texts import problem, t

Found = Query[tuple[Account, ...]]


def _named(shop: Shop, _actor: Actor, search: str) -> tuple[Account, ...]:
    # Who may be switched to does not depend on who looks.
    return accounts(shop, search)


@ft.component
def AccountsScreen(back: str | None) -> ft.Control:
    """The accounts of this store, by name."""
    window = use_window()
    search, look_for = ft.use_state("")
    found = use_query(_named, search)

    async def become(person: int) -> None:
        try:
            await window.become(person)
        except ShopError as error:
            window.say(problem(error))
        else:
            go(routes.PROFILE)

    field = SearchField("account-search", t("search_accounts"), search, look_for)
    listed = AccountList(
        found, search, window.handle, lambda person: window.page.run_task(become, person), window.draw_again
    )
    return Pane(t("switch_account"), Scroll(field, listed), back=back)


def AccountList(
    found: Found,
    search: str,
    here: str,
    on_choose: Callable[[int], object],
    on_retry: Callable[[], None],
) -> ft.Control:
    """The accounts found, the one that looks marked."""
    if not found.value and (found.loading or found.error):
        return Trouble(found.error, on_retry) if found.error else Loading(64, 64, 64)
    if not found.value:
        return Empty(Drawing.NOBODY, t("nobody_found", search=search), how=t("search_how"))
    rows: list[ft.Control] = [_row(one, one.handle == here, on_choose) for one in found.value]
    return ft.Card(ft.Column(rows, spacing=0), semantic_container=False)


def _row(account: Account, here: bool, on_choose: Callable[[int], object]) -> ft.Control:
    name = account.name or account.handle
    beside = t("account_orders", handle=f"@{account.handle}", count=account.orders)
    if account.shop:
        beside = t("account_shop", handle=f"@{account.handle}", shop=account.shop)
    if account.staff:
        beside = t("account_staff", handle=f"@{account.handle}")
    return Tap(
        f"account-{account.handle}",
        ft.Row(
            [
                Avatar(name, 20),
                ft.Column([Strong(name), Small(beside)], spacing=0, expand=True, tight=True),
                *([ft.Icon(ft.Icons.CHECK, color=theme.BACK)] if here else []),
            ],
            spacing=theme.GAP,
        ),
        lambda: on_choose(account.id),
        selected=here,
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP),
    )
