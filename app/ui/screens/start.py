"""The first start: nobody is here yet, and the two ways in which that changes."""

import flet as ft

from app.shop.reads.people import default_account
from app.shop.rules.errors import ShopError
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.hooks import use_query
from app.ui.imports import Stage
from app.ui.intake import EXAMPLES, Intake
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import Alone
from app.ui.parts.frame import Pane
from app.ui.parts.language_chips import LanguageChips
from app.ui.parts.progress import Progress
from app.ui.parts.tap import Filled, Outlined, Plain
from app.ui.parts.words import Body, Quiet, Title
from app.ui.state import go, stop, use_window
from app.ui.texts import problem, t
from app.ui.window import Window

WIDTH, HEIGHT, HERO = 364, 760, 288
"""How wide it is at most, how high with the bar above, and how wide its drawing."""


def _somebody(shop: Shop, _actor: Actor) -> int | None:
    return default_account(shop)


@ft.component
def StartScreen(_back: str | None) -> ft.Control:
    """A welcome; who comes into the store, from here or from elsewhere, is who looks from then on."""
    window = use_window()
    intake, _ = ft.use_state(window.intake)
    somebody = use_query(_somebody).value

    async def come_in() -> None:
        if somebody is not None and intake.stage is None:
            try:
                await window.come_in()
            except ShopError as error:
                window.say(problem(error))

    ft.use_effect(come_in, [somebody, intake.stage], cleanup=stop)
    column = ft.Column(
        [*_greeting(), *_ways(window, intake), LanguageChips(window)],
        spacing=theme.WIDE_MARGIN,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return Pane("", Alone([ft.Container(column, width=WIDTH)], HEIGHT))


def _greeting() -> list[ft.Control]:
    centred = ft.TextAlign.CENTER
    words = ft.Column(
        [
            ft.Semantics(header=True, content=Title(t("start"), text_align=centred)),
            Quiet(t("start_how"), text_align=centred),
        ],
        spacing=8,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
    return [ft.Row([Spot(Drawing.WELCOME, HERO)], alignment=ft.MainAxisAlignment.CENTER), words]


def _ways(window: Window, intake: Intake) -> list[ft.Control]:
    """What can be done, or how far it is."""
    if intake.stage is Stage.EXAMPLES:
        return [Progress(t("start_filling", count=EXAMPLES), intake.share, still=window.still)]

    def fill() -> None:
        go(routes.PROFILE)  # whatever was asked for: it is somebody else's, or nobody's
        window.page.run_task(intake.fill)

    trouble = intake.trouble
    ways: list[ft.Control] = [
        Filled("start-examples", t("start_examples"), fill),
        Outlined("start-import", t("start_import"), lambda: go(routes.IMPORT)),
        Plain("start-tour", t("take_tour"), lambda: go(routes.TOUR)),
    ]
    if window.desk.is_replaceable:
        ways.append(Plain("start-move", t("start_move"), lambda: go(routes.MOVE)))
    told = [Body(problem(trouble), color=theme.TROUBLE, text_align=ft.TextAlign.CENTER)] if trouble else []
    return [ft.Column([*told, *ways], spacing=theme.GAP, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)]
