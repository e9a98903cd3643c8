"""Bring in orders: the files that platforms let one download are picked here, then checked or brought in."""

from collections.abc import Callable

import flet as ft

from app.shop.reads.importing import may_import
from app.shop.rules.errors import Refused
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.hooks import use_query
from app.ui.imports import Outcome
from app.ui.intake import Intake
from app.ui.parts.caution import Caution
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import SPOT, Loading, Trouble
from app.ui.parts.file_card import FileRow
from app.ui.parts.frame import Aside, Foot, Pane, Scroll, Section
from app.ui.parts.importing import NotYours, UnderWay
from app.ui.parts.switch_row import SwitchRow
from app.ui.parts.tap import Filled, Outlined, Tap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.state import go, use_window
from app.ui.texts import moment, problem, size, t
from app.ui.texts.reports import headline
from app.ui.window import Window


def _kinds(_shop: Shop, _actor: Actor) -> tuple[str, ...]:
    """The kinds of files that can be read: all formats are imported to know them."""
    from app.shop.files.recognise import FORMATS  # noqa: PLC0415

    return tuple(one.kind for one in FORMATS)


@ft.component
def ImportScreen(back: str | None) -> ft.Control:
    """Where files are picked; what became of earlier ones is listed as long as the window lives."""
    window = use_window()
    intake, _ = ft.use_state(window.intake)
    allowed, kinds = use_query(may_import), use_query(_kinds)

    def choose() -> None:
        window.page.run_task(intake.pick)

    foot = None
    if isinstance(allowed.error, Refused):
        content = NotYours(allowed.error, switches=window.gate is None)
    elif intake.stage is not None:
        content = UnderWay(intake, still=window.still)
    elif intake.picked or intake.left_out:
        content = _ready(intake, choose)
        foot = _foot(window, intake) if intake.picked else None
    elif intake.trouble is not None:
        content = Trouble(intake.trouble, choose)
    elif allowed.value is None:
        content = Trouble(allowed.error, window.draw_again) if allowed.error else Scroll(Loading(320, 160))
    else:
        content = _start(window, kinds.value or (), choose)
    return Pane(t("import"), content, back=back, foot=foot)


def _start(window: Window, kinds: tuple[str, ...], choose: Callable[[], None]) -> ft.Control:
    head = ft.Column(
        [
            Spot(Drawing.IMPORT, SPOT),
            ft.Semantics(header=True, content=Heading(t("import_start"), text_align=ft.TextAlign.CENTER)),
            Quiet(t("import_how"), text_align=ft.TextAlign.CENTER),
            ft.Container(Filled("choose-files", t("choose_files"), choose), padding=theme.GAP),
        ],
        spacing=theme.GAP,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    read: list[ft.Control] = [Body(t(f"kind.{kind}")) for kind in kinds]
    cards = [Section(*read, title=t("import_kinds"))] if read else []
    return Scroll(head, *_earlier(window), *cards)


def _earlier(window: Window) -> list[ft.Control]:
    outcomes = window.intake.outcomes
    if not outcomes:
        return []
    now = window.now()
    rows: list[ft.Control] = [
        _report_row(one, moment(one.at, window.zone, now)) for one in reversed(outcomes)
    ]
    title = ft.Container(
        ft.Semantics(header=True, content=Heading(t("import_earlier"))),
        padding=ft.Padding.only(left=theme.MARGIN, right=theme.MARGIN, top=theme.MARGIN),
    )
    return [ft.Card(ft.Column([title, *rows], spacing=0), semantic_container=False)]


def _report_row(outcome: Outcome, at: str) -> ft.Control:
    told = Strong(headline(outcome.report))
    return Tap(
        f"import-report-{outcome.n}",
        ft.Row(
            [
                ft.Column([told, Small(at)], spacing=0, expand=True, tight=True),
                ft.Icon(ft.Icons.CHEVRON_RIGHT, color=theme.MUTED, size=20),
            ],
            spacing=theme.GAP,
        ),
        lambda: go(routes.import_report(outcome.n)),
        padding=ft.Padding.symmetric(horizontal=theme.MARGIN, vertical=theme.GAP),
    )


def _ready(intake: Intake, choose: Callable[[], None]) -> ft.Control:
    """The files picked, and how they are to be read."""
    rows: list[ft.Control] = [FileRow(one.name, size(one.size), well=True) for one in intake.picked]
    rows += [FileRow(one.name, problem(one.why), well=False) for one in intake.left_out]
    count = len(intake.picked)
    title = t("import_picked", count=count) if count else t("import_none_picked")
    other = ft.Row([Outlined("choose-files", t("choose_other_files"), choose)])
    trouble = [Caution(problem(intake.trouble), name="trouble")] if intake.trouble else []
    if not count:
        return Scroll(Section(*rows, other, title=title))
    personal = intake.wishes.personal
    words = ft.Column(
        [Strong(t("personal_data")), Small(t("personal_data_on" if personal else "personal_data_off"))],
        spacing=2,
        expand=True,
        tight=True,
    )
    switch = SwitchRow(
        "personal-data", words, personal, lambda: intake.wish(personal=not personal), padding=theme.MARGIN
    )
    return Scroll(
        *trouble,
        Section(*rows, other, title=title),
        ft.Card(switch, semantic_container=False),
        Aside(t("import_check_how")),
    )


def _foot(window: Window, intake: Intake) -> ft.Control:
    return Foot(
        Outlined("bring-in", t("bring_in"), lambda: window.page.run_task(intake.bring_in), expand=True),
        Filled("check-first", t("check_first"), lambda: window.page.run_task(intake.check), expand=True),
    )
