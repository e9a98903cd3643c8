"""A bare Flet app: twenty cards under tabs and a sheet, of plain components, with nothing behind them."""

import flet as ft

CARDS = 20
TABS = ("all", "pending-payment", "to-ship", "to-receive", "completed", "cancelled")


def named(identifier: str, content: ft.Control) -> ft.Semantics:
    """`content` under a name for other programs."""
    return ft.Semantics(identifier=identifier, content=content)


@ft.component
def Card(tab: str, n: int) -> ft.Control:
    """About as many controls as an order's card has."""
    number = TABS.index(tab) * CARDS + n
    head = ft.Row(
        [
            ft.CircleAvatar(ft.Text("S")),
            ft.Text("Shop", expand=True),
            ft.Icon(ft.Icons.SCHEDULE),
            ft.Text(tab),
        ]
    )
    goods = ft.Column(
        [ft.Text(f"Product {number}"), ft.Text("Blue, M"), ft.Text(f"IDR {number},000")], expand=True
    )
    foot = ft.Row(
        [ft.Text("Pay by 17:29, in 58 min"), named(f"cancel-{number}", ft.OutlinedButton("Cancel"))]
    )
    picture = ft.Container(ft.Icon(ft.Icons.SHOPPING_BAG), width=84, height=84)
    return ft.Card(
        named(
            f"order-{number}",
            ft.Container(ft.Column([head, ft.Row([picture, goods]), foot]), on_click=lambda: None),
        )
    )


@ft.component
def Bare() -> ft.Control:
    """The tabs, the cards of the chosen one, and a sheet that opens over them."""
    tab, choose = ft.use_state("all")
    asked, ask = ft.use_state(False)
    reasons = [
        named(f"reason-{n}", ft.Chip(ft.Text(f"Reason {n}"), on_select=lambda: None)) for n in range(4)
    ]
    foot = ft.Row([ft.OutlinedButton("Keep order"), named("submit", ft.FilledButton("Submit"))])
    sheet = ft.BottomSheet(
        ft.Column([ft.Text("Tell us why"), *reasons, ft.Text("Receipt"), foot]), on_dismiss=lambda: ask(False)
    )
    ft.use_dialog(sheet if asked else None)
    strip = ft.Row(
        [named(f"tab-{one}", ft.TextButton(one, on_click=lambda _, one=one: choose(one))) for one in TABS]
    )
    opener = named("open-sheet", ft.TextButton("Cancel", on_click=lambda: ask(True)))
    cards = [Card(tab, n, key=f"{tab}-{n}") for n in range(CARDS)]  # type: ignore[call-arg]
    return ft.View(route="/", controls=[strip, opener, ft.ListView(cards, expand=True)])


def main(page: ft.Page) -> None:
    """Entry."""
    page.render_views(Bare)


class BareProcess:
    """What the headless client asks of a process."""

    def open_window(self, page: ft.Page, app: object = None) -> None:
        """Show the app on `page`."""
        main(page)

    async def desk(self) -> None:
        """There is none."""


if __name__ == "__main__":
    import sys

    ft.run(main, port=int(sys.argv[1]), view=ft.AppView.WEB_BROWSER, no_cdn=True)
