"""Delete my account: what goes for good, what stays, what is in the way; then who looks is erased."""

from collections.abc import Sequence

import flet as ft

from app.shop.actions.erase import erase_person
from app.shop.export.mine import Mine, how_much_is_mine, my_data
from app.shop.reads.erasing import Ahead, ahead_of_erasing
from app.shop.rules.errors import Refused
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.hooks import new_key, use_action, use_query
from app.ui.parts.faces import Loading, Trouble
from app.ui.parts.field import Field
from app.ui.parts.frame import Foot, Pane, Scroll, Section
from app.ui.parts.tap import Filled, Outlined, Tap
from app.ui.parts.words import Body, Quiet, Small, Strong
from app.ui.saving import use_save
from app.ui.state import go, use_underway, use_window
from app.ui.texts import t


def _ahead(shop: Shop, actor: Actor) -> tuple[Mine, Ahead]:
    return how_much_is_mine(shop, actor), ahead_of_erasing(shop, actor)


@ft.component
def DeleteAccountScreen(back: str | None) -> ft.Control:
    """Nothing is done before the handle was typed; what is in the way is said before that, with its way."""
    window, underway, save = use_window(), use_underway(), use_save()
    asked, erase = use_query(_ahead), use_action(erase_person)
    typed, write = ft.use_state("")
    key = ft.use_memo(new_key, [])

    async def delete() -> None:
        who = window.actor
        if who is None:
            return
        if await erase.run(who.id, key=key):
            window.desk.part(who.id)
        else:
            window.look_again()  # what was in the way came after the page was drawn

    if asked.value is None:
        loading = Scroll(Loading(200, 160, 120, still=window.still))
        return Pane(
            t("delete_account"),
            Trouble(asked.error, window.draw_again) if asked.error else loading,
            back=back,
        )
    mine, ahead = asked.value
    meant = typed.strip().removeprefix("@").casefold() == window.handle.casefold()
    # What was submitted a moment ago can still be taken back: that is waited for.
    ready = meant and not erase.busy and not underway.pending
    handle = Field("handle-text", typed, write, label=t("delete_handle"))
    handle.expand = True
    sure = Section(
        Quiet(t("delete_sure_how", handle=window.handle)),
        ft.Row([handle]),
        title=t("delete_sure"),
    )
    first = Section(
        Quiet(t("delete_download_how")),
        ft.Row(
            [
                Outlined(
                    "download-data",
                    t("download_data"),
                    lambda: save(f"takeback-{window.handle}.json", my_data),
                )
            ]
        ),
        title=t("delete_download"),
    )
    content = Scroll(
        *_in_the_way(ahead.in_the_way),
        _points(t("delete_goes"), _goes(mine, ahead.unpaid)),
        _points(t("delete_stays"), _stays(mine)),
        first,
        *([] if ahead.in_the_way else [sure]),
    )
    foot = Foot(
        Outlined("keep-account", t("keep_account"), lambda: go(back or routes.SETTINGS), expand=True),
        Filled(
            "delete-account",
            t("delete_account"),
            lambda: window.page.run_task(delete),
            disabled=not ready,
            expand=True,
        ),
    )
    return Pane(t("delete_account"), content, back=back, foot=None if ahead.in_the_way else foot)


Point = tuple[ft.IconData, str]
_PLACES = {"erase_runs_shop": routes.SELLER, "erase_last_staff": routes.PLATFORM}
_OF_ONE = {"erase_payment_out": routes.pay, "erase_requests_open": routes.contact}
"""Where what is in the way is settled, if not on the page of its order."""


def _goes(mine: Mine, unpaid: int) -> list[Point]:
    points = [
        (ft.Icons.BADGE_OUTLINED, t("delete_goes.profile")),
        (ft.Icons.CHAT_BUBBLE_OUTLINE, t("delete_goes.words")),
    ]
    if mine.addresses:
        points.append((ft.Icons.PLACE_OUTLINED, t("delete_goes.addresses", count=mine.addresses)))
    if mine.notices:
        points.append((ft.Icons.NOTIFICATIONS_OUTLINED, t("delete_goes.notices", count=mine.notices)))
    if unpaid:
        points.append((ft.Icons.ACCOUNT_BALANCE_WALLET_OUTLINED, t("delete_goes.unpaid", count=unpaid)))
    return points


def _stays(mine: Mine) -> list[Point]:
    points = [(ft.Icons.SAVE_OUTLINED, t("delete_stays.copies"))]
    if mine.orders:
        points.insert(0, (ft.Icons.RECEIPT_LONG_OUTLINED, t("delete_stays.orders", count=mine.orders)))
    return points


def _points(title: str, points: Sequence[Point]) -> ft.Control:
    rows: list[ft.Control] = [
        ft.Row(
            [ft.Icon(icon, size=22, color=theme.MUTED), Body(sentence, expand=True)],
            spacing=theme.GAP,
            vertical_alignment=ft.CrossAxisAlignment.START,
        )
        for icon, sentence in points
    ]
    return Section(*rows, title=title)


def _in_the_way(refused: Sequence[Refused]) -> list[ft.Control]:
    """What has to be settled before, each with the way to it."""
    if not refused:
        return []
    return [Section(*map(_obstacle, refused), title=t("delete_first"))]


def _obstacle(refused: Refused) -> ft.Control:
    code, facts = refused.code, refused.facts
    words = ft.Column(
        [Strong(t(f"delete_first.{code}", **facts)), Small(t(f"delete_how.{code}"))],
        spacing=2,
        expand=True,
        tight=True,
    )
    row: list[ft.Control] = [
        ft.Icon(ft.Icons.INFO_OUTLINE, color=theme.AMBER.ink, size=22),
        words,
        ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED, size=20),
    ]
    name = code.removeprefix("erase_").replace("_", "-")
    return Tap(f"settle-{name}", ft.Row(row, spacing=theme.GAP), lambda: go(_way(refused)))


def _way(refused: Refused) -> str:
    """Where it is settled: at its order, or among all where there are several."""
    number, count = (int(refused.facts.get(name, 0)) for name in ("number", "count"))
    if refused.code in _PLACES:
        return _PLACES[refused.code]
    return _OF_ONE.get(refused.code, routes.order)(number) if count == 1 else routes.ORDERS
