"""Bring in orders: out of the files that platforms let one download, and what became of each of them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import flet as ft

from app.shop.files.findings import Finding, shown
from app.shop.files.report import FileReport, Report
from app.ui import routes, theme
from app.ui.intake import Intake, LeftOut, Stage
from app.ui.parts.drawing import Drawing, Spot
from app.ui.parts.faces import LINE, SPOT, Alone, Empty, Trouble
from app.ui.parts.file_card import FileCard, Told
from app.ui.parts.frame import Foot, Pane, Scroll
from app.ui.parts.progress import Progress
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Heading, Quiet
from app.ui.state import go, use_window
from app.ui.texts import problem, t

COUNTED = ("new", "changed", "same", "skipped", "flagged")
CHOOSE = "choose-files"


@ft.component
def ImportScreen(back: str | None) -> ft.Control:
    """Where files are picked; what became of the last ones is there however often one returns."""
    window = use_window()
    intake, _ = ft.use_state(window.intake)

    def choose() -> None:
        window.page.run_task(intake.bring_in)

    foot = None
    if intake.stage is not None:
        content = _under_way(intake, intake.stage, still=window.still)
    elif intake.trouble is not None:
        content = Trouble(intake.trouble, choose)
    elif intake.report is not None or intake.left_out:
        content = ReportBody(intake.report or Report(), intake.left_out)
        foot = _foot(choose, come=_came(intake.report))
    else:
        picking = (CHOOSE, t("choose_files"), choose)
        content = Empty(Drawing.IMPORT, t("import_start"), how=t("import_how"), action=picking)
    return Pane(t("import"), content, back=back, foot=foot)


def _under_way(intake: Intake, stage: Stage, *, still: bool) -> ft.Control:
    progress = Progress(t(f"stage.{stage}"), intake.share, still=still)
    return Alone([Spot(Drawing.IMPORT, SPOT), ft.Container(progress, width=LINE)])


def _came(report: Report | None) -> int:
    return sum(file.new + file.changed for file in report.files) if report else 0


def _foot(choose: Callable[[], None], *, come: int) -> ft.Control:
    if not come:
        return Foot(Filled(CHOOSE, t("choose_files"), choose, expand=True))
    return Foot(
        Outlined(CHOOSE, t("choose_more_files"), choose, expand=True),
        Filled("see-accounts", t("import_see"), lambda: go(routes.ACCOUNTS), expand=True),
    )


def ReportBody(report: Report, left_out: tuple[LeftOut, ...]) -> ft.Control:
    """How much came in, then each file."""
    come, known = _came(report), any(file.same for file in report.files)
    told = "import_came" if come else "import_known" if known else "import_nothing"
    head: list[ft.Control] = [ft.Semantics(header=True, content=Heading(t(told, count=come)))]
    if come:
        head.append(Quiet(t("import_whose")))
    return Scroll(
        ft.Column(head, spacing=theme.SPACE),
        *(_card(file) for file in report.files),
        *(FileCard(one.name, None, {}, problems=[Told("", "", problem(one.why))]) for one in left_out),
    )


def _card(file: FileReport) -> ft.Control:
    return FileCard(
        Path(file.file).name,
        t(f"kind.{file.kind}") if file.kind else None,
        {what: getattr(file, what) for what in COUNTED},
        [*map(_told, file.notes), *_flags(file)],
        [_told(one) for one in file.problems],
    )


def _flags(file: FileReport) -> Iterator[Told]:
    for code, count in file.flags.most_common():
        yield Told(t("import.flagged", count=count), "", t(f"found.{code}"))


def _told(found: Finding) -> Told:
    row = t("import_row", row=found.row) if found.row else None
    place = " · ".join(part for part in (found.file, row, found.column) if part)
    return Told(place, shown(found.value or ""), t(f"found.{found.code}"))
