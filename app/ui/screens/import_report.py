"""What became of files, or would become: the figures, the files, and what needs attention, by why."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

import flet as ft

from app.shop.files.dates import readings
from app.shop.files.findings import UNMAPPED, Finding, shown
from app.shop.files.report import FileReport, Report
from app.shop.reads.importing import may_import
from app.shop.rules.errors import Refused
from app.ui import routes, theme
from app.ui.hooks import use_query
from app.ui.imports import Outcome, Wishes
from app.ui.parts.caution import Caution
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty
from app.ui.parts.figures import Figures
from app.ui.parts.file_card import FileCard, Told
from app.ui.parts.found_group import FoundGroup
from app.ui.parts.frame import Aside, Foot, Pane, Scroll, Section
from app.ui.parts.import_questions import (
    Answered,
    CurrencyQuestion,
    DatesQuestion,
    ShopQuestion,
    ZoneQuestion,
)
from app.ui.parts.importing import NotYours, UnderWay
from app.ui.parts.tap import Filled, Outlined
from app.ui.parts.words import Heading, Quiet, Title
from app.ui.saving import use_save
from app.ui.state import go, use_window
from app.ui.texts import date_words, number, problem, t
from app.ui.texts.reports import headline, kind_of, name_of, place_of, report_lines, why
from app.ui.unanswered import CURRENCY, DATES, SHOP, ZONE, questions, unread
from app.ui.window import Window

_FIRST = ("changed_here",)
"""What is told before all else: people and the file disagree."""


@ft.component
def ImportReportScreen(back: str | None, n: int) -> ft.Control:
    """The report of this window's `n`th import; under way is told here too, for one may go on from it."""
    window = use_window()
    intake, _ = ft.use_state(window.intake)
    allowed = use_query(may_import).error
    save = use_save()
    outcome = intake.outcome(n)

    async def copy() -> None:
        if outcome is not None:
            await ft.Clipboard().set("\n".join(report_lines(outcome.report)))
            window.say(t("copied"))

    def answer(**answered: object) -> None:
        check = outcome is not None and outcome.report.dry_run
        window.page.run_task(intake.answer, check=check, **answered)

    foot = None
    if isinstance(allowed, Refused):
        content = NotYours(allowed, switches=window.gate is None)
    elif intake.stage is not None and outcome is (intake.outcomes or (None,))[-1]:
        content = UnderWay(intake, still=window.still)
    elif outcome is None:
        again = ("go-import", t("import_again"), lambda: go(routes.IMPORT))
        content = Empty(Drawing.LOST, t("import_no_report"), how=t("import_no_report_how"), action=again)
    else:
        open_ = intake.reported == n
        asked = _questions(outcome.report, window, intake.wishes, answer) if open_ else []
        trouble = [Caution(problem(intake.trouble), name="trouble")] if open_ and intake.trouble else []
        content = Scroll(
            *trouble,
            *_head(outcome, window),
            *asked,
            *_files(outcome.report),
            *_found(outcome.report),
            _keep(outcome, copy, save),
        )
        foot = _foot(
            outcome.report,
            window,
            open_=open_,
            choose=lambda: window.page.run_task(intake.pick),
            bring=lambda: window.page.run_task(intake.bring_in),
        )
    return Pane(t("import_report"), content, back=back, foot=foot)


def _head(outcome: Outcome, window: Window) -> list[ft.Control]:
    """How much came in, with the figures."""
    report, totals = outcome.report, outcome.report.totals
    told: list[ft.Control] = [ft.Semantics(header=True, content=Title(headline(report)))]
    if report.dry_run:
        told.append(Caution(t("import_only_checked"), name="only-checked"))
    if report.stopped:
        told.append(Caution(t("import_stopped"), name="stopped"))
    come = totals["new"] + totals["changed"]
    if come and (waiting := unread(report)):
        told.append(Caution(t("import_waits", count=len(waiting)), name="waits"))
    if come and not report.dry_run:
        told.append(Quiet(t("import_whose" if window.gate is None else "import_whose_shop")))
    personal = Quiet(t("import_personal" if outcome.personal else "import_not_personal"))
    how = [t(f"figure_how.{what}") for what in ("skipped", "flagged") if totals[what]]
    return [
        ft.Column([*told, personal], spacing=8),
        Figures(totals),
        *([Aside(" ".join(how))] if how else []),
    ]


def _questions(
    report: Report, window: Window, wishes: Wishes, answer: Callable[..., None]
) -> list[ft.Control]:
    """What is asked of files that leave it open; whose orders, and the clock, only before they come in."""
    cards: list[ft.Control] = []
    if wishes.said:
        cards.append(Answered(wishes.said, lambda: answer(said={})))
    asked = {one.code: one for one in questions(report)}

    def said(name: str, files: Sequence[str]) -> Callable[[object], None]:
        return lambda one: answer(said=wishes.told(files, **{name: one}))

    if one := asked.get(DATES):
        day, month = (_dates(one.told[0], month_first=way) for way in (False, True))
        cards.append(DatesQuestion(one.files, day, month, said("month_first", one.files)))
    if one := asked.get(CURRENCY):
        cards.append(CurrencyQuestion(one.files, said("currency", one.files)))
    if report.dry_run and (SHOP in asked or wishes.shop):
        files = asked[SHOP].files if SHOP in asked else ()
        cards.append(ShopQuestion(files, window.shops, wishes.shop, lambda handle: answer(shop=handle)))
    if report.dry_run and (one := asked.get(ZONE)):
        cards.append(ZoneQuestion(one.files, one.told, window.zone, lambda zone: answer(zone=zone)))
    return cards


def _dates(examples: str, *, month_first: bool) -> str:
    return "\n".join(
        t("ask_dates_example", text=text.split()[0], day=date_words(day))
        for text, day in readings(examples, month_first=month_first)
    )


def _files(report: Report) -> Iterator[ft.Control]:
    for file in report.files:
        troubles = [_told(one) for one in file.problems if one.row is None]
        yield FileCard(
            name_of(file), kind_of(file), file.counts, [_told(one) for one in file.notes], troubles
        )


def _told(found: Finding) -> Told:
    return Told(place_of(found), shown(found.value or ""), why(found.code))


def _found(report: Report) -> list[ft.Control]:
    """What needs attention, by why: where people and a file disagree first, then what there is most of."""
    several = len(report.files) > 1
    places: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for file in report.files:
        for one in file.problems:
            # Words that are none of ours stand there once each, with how many orders have them.
            if one.row is not None and one.code not in UNMAPPED:
                places[one.code].append(_place(file, one, several=several))
        for one, count in file.unmapped.most_common():
            places[one.code].append(f"{number(count)} × {_place(file, one, several=several)}")
        for code, count in file.flags.items():
            counts[code] += count
    counts |= {code: len(told) for code, told in places.items() if code not in UNMAPPED}
    if not counts:
        return []
    codes = sorted(counts, key=lambda code: (code not in _FIRST, code not in places, -counts[code]))
    title = ft.Container(
        ft.Semantics(header=True, content=Heading(t("import_attention"))),
        padding=ft.Padding.only(top=theme.GAP),
    )
    return [
        title,
        *(FoundGroup(code, why(code), counts[code], tuple(places[code]), key=code) for code in codes),
    ]


def _place(file: FileReport, found: Finding, *, several: bool) -> str:
    value = f"“{told}”" if (told := shown(found.value or "")) else ""
    name = name_of(file) if several else ""
    return " · ".join(part for part in (name, place_of(found), value) if part)


def _keep(outcome: Outcome, copy: Callable[..., object], save: Callable[..., None]) -> ft.Control:
    """The ways to keep a report: it is gone with the window."""
    report, name = outcome.report, f"takeback-import-{outcome.n}"

    def text(*_: object) -> Iterator[str]:
        return (f"{line}\n" for line in report_lines(report))

    def as_json(*_: object) -> Iterator[str]:
        return iter([json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n"])

    ways: list[ft.Control] = [
        Outlined("report-copy", t("report_copy"), copy),
        Outlined("report-text", t("save_as_text"), lambda: save(f"{name}.txt", text)),
        Outlined("report-json", t("save_as_json"), lambda: save(f"{name}.json", as_json)),
    ]
    return Section(ft.Row(ways, wrap=True, spacing=8, run_spacing=8), title=t("import_keep"))


def _foot(
    report: Report,
    window: Window,
    *,
    open_: bool,
    choose: Callable[[], object],
    bring: Callable[[], object],
) -> ft.Control:
    """What comes next: to bring in what was checked or not reached, to look at it, or other files."""
    come = report.totals["new"] + report.totals["changed"]
    if open_ and (come if report.dry_run else report.stopped):
        label = "bring_in" if report.dry_run else "bring_in_rest"
        other = Outlined("choose-files", t("choose_other_files"), choose, expand=True)
        return Foot(other, Filled("bring-in", t(label), bring, expand=True))
    if report.dry_run or not come:
        return Foot(Filled("choose-files", t("choose_other_files"), choose, expand=True))
    return Foot(Outlined("choose-files", t("choose_more_files"), choose, expand=True), _see(window))


def _see(window: Window) -> ft.Control:
    """The way to what came in: as whom one may look at it, or to the shop one acts for."""
    if window.gate is None:
        return Filled("see-accounts", t("import_see"), lambda: go(routes.ACCOUNTS), expand=True)
    if window.shops:
        return Filled("see-requests", t("shop_requests"), lambda: go(routes.SELLER), expand=True)
    return Filled("see-platform", t("platform"), lambda: go(routes.PLATFORM), expand=True)
