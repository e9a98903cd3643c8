"""Switch account: who looks through this window; and, in an empty store, how somebody gets in."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.people import Account, accounts
from app.shop.rules.errors import ShopError
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.hooks import Query, use_query
from app.ui.parts.bars import TopBar
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.field import Field
from app.ui.parts.frame import Frame, Scroll
from app.ui.parts.picture import Avatar
from app.ui.parts.tap import Tap
from app.ui.parts.words import Small, Strong
from app.ui.state import use_window
from app.ui.texts import problem, t

Found = Query[tuple[Account, ...]]


def _named(shop: Shop, _actor: Actor, search: str) -> tuple[Account, ...]:
    # Who may be switched to does not depend on who looks.
    return accounts(shop, search)


@ft.component
def StartScreen() -> ft.View:
    """The accounts of this store, by name; where there are none, how they come in."""
    window = use_window()
    path = ft.use_view_path()
    if window.actor is None:
        how = Empty(ft.Icons.STOREFRONT_OUTLINED, t("start"), how=t("start_how"))
        return Frame(path, how, wide=window.wide)
    return Frame(path, _Accounts(), wide=window.wide, top=TopBar(t("switch_account")))


@ft.component
def _Accounts() -> ft.Control:
    window = use_window()
    search, look_for = ft.use_state("")
    found = use_query(_named, search)

    async def become(person: int) -> None:
        try:
            await window.become(person)
        except ShopError as error:
            window.say(problem(error))
        else:
            window.page.navigate(routes.PROFILE)

    return Scroll(
        _Search(search, look_for),
        AccountList(
            found,
            search,
            window.handle,
            lambda person: window.page.run_task(become, person),
            window.draw_again,
        ),
    )


def _Search(search: str, on_search: Callable[[str], None]) -> ft.Control:
    hint = t("search_accounts")
    return Field("account-search", search, on_search, hint_text=hint, prefix_icon=ft.Icons.SEARCH)


def AccountList(
    found: Found,
    search: str,
    here: str,
    on_choose: Callable[[int], object],
    on_retry: Callable[[], None],
) -> ft.Control:
    """The accounts found, the one that looks marked."""
    if found.value is None:
        return Trouble(found.error, on_retry) if found.error else Loading(64, 64, 64)
    if not found.value:
        return Empty(ft.Icons.PERSON_SEARCH_OUTLINED, t("nobody_found", search=search))
    rows: list[ft.Control] = [_row(one, one.handle == here, on_choose) for one in found.value]
    return ft.Card(ft.Column(rows, spacing=0), semantic_container=False)


def _row(account: Account, here: bool, on_choose: Callable[[int], object]) -> ft.Control:
    name = account.name or account.handle
    beside = t("account_orders", handle=f"@{account.handle}", count=account.orders)
    if account.shop:
        beside = t("account_shop", handle=f"@{account.handle}", shop=account.shop)
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
        padding=theme.GAP,
        border_radius=theme.CARD_RADIUS,
    )
