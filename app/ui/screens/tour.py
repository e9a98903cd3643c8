"""The guided tour, seen from outside: what it shows, the ways into it, and what was learnt at its end."""

from collections.abc import Sequence

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui import routes, theme
from app.ui.outcome import outcome
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import Alone
from app.ui.parts.frame import Pane
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Body, Quiet, Title
from app.ui.state import go, stop, use_underway, use_window
from app.ui.texts import problem, t

WIDTH, HEIGHT, SPOT = 364, 640, 216
SHOWN = ("tour.shows.unpaid", "tour.shows.paid", "tour.shows.safe")
LEARNT = ("tour.learnt.unpaid", "tour.learnt.undo", "tour.learnt.paid")


@ft.component
def TourScreen(back: str | None) -> ft.Control:
    """The page of the tour: before it, while it is left, and once it is done."""
    window, underway = use_window(), use_underway()
    tour, _ = ft.use_state(window.tour)
    ft.use_effect(tour.recall, [], cleanup=stop)

    async def enter(anew: bool) -> None:
        came = await outcome(tour.begin(anew=anew))
        if isinstance(came, ShopError):
            window.say(problem(came))

    def begin() -> None:
        window.page.run_task(enter, False)

    def again() -> None:
        window.page.run_task(enter, True)

    waits = tour.busy or bool(underway.pending)
    if tour.done:
        ways = [
            Filled("tour-orders", t("tour.own_orders"), lambda: go(routes.ORDERS if window.actor else "/")),
            Outlined("tour-anew", t("tour.once_more"), again, disabled=waits),
        ]
        return Pane(t("guided_tour"), _face("tour.done", "tour.done_how", LEARNT, ways), back=back)
    ways = [Filled("tour-begin", t("tour.resume" if tour.begun else "tour.begin"), begin, disabled=waits)]
    if tour.begun:
        ways.append(Outlined("tour-anew", t("tour.anew"), again, disabled=waits))
    how = "tour.waits" if underway.pending else "tour.left" if tour.begun else "tour.how"
    return Pane(t("guided_tour"), _face("tour.title", how, SHOWN, ways), back=back)


def _face(title: str, how: str, points: Sequence[str], ways: Sequence[ft.Control]) -> ft.Control:
    """A drawing, what it is about, the points of it, and what can be done."""
    centred = ft.TextAlign.CENTER
    words = ft.Column(
        [
            ft.Semantics(header=True, content=Title(t(title), text_align=centred)),
            Quiet(t(how), text_align=centred),
        ],
        spacing=8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    column = ft.Column(
        [
            ft.Row([Spot(Drawing.TOUR, SPOT)], alignment=ft.MainAxisAlignment.CENTER),
            words,
            ft.Column([_point(t(code)) for code in points], spacing=theme.GAP),
            ft.Column(list(ways), spacing=theme.GAP, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        ],
        spacing=theme.WIDE_MARGIN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return Alone([ft.Container(column, width=WIDTH)], HEIGHT)


def _point(sentence: str) -> ft.Control:
    tick = ft.Icon(ft.Icons.CHECK_CIRCLE_OUTLINE, size=20, color=theme.BACK)
    return ft.Row(
        [tick, Body(sentence, expand=True)],
        spacing=theme.GAP,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
