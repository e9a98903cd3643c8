"""Reasons: why orders are cancelled over the whole platform, by whom, and whose fault that is."""

from collections.abc import Iterator

import flet as ft

from app.shop.reads.reasons import HEADER, SPANS, ReasonRow, ReasonsReport, reasons_report, values_of
from app.shop.reads.spreadsheet import csv_lines
from app.shop.rules.errors import NotFound
from app.shop.shop import Actor, Shop
from app.ui import theme
from app.ui.hooks import use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Missing, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.tap import Chip, IconTap
from app.ui.parts.words import Body, Heading, Quiet, Small, Strong
from app.ui.saving import use_save
from app.ui.state import use_window
from app.ui.texts import number, percent, reason_text, t


@ft.component
def PlatformReasonsScreen(back: str | None) -> ft.Control:
    """The report over one of three spans."""
    window = use_window()
    days, look_back = ft.use_state(SPANS[0])
    report = use_query(reasons_report, days)
    save = use_save()

    def lines(shop: Shop, actor: Actor) -> Iterator[str]:
        return csv_lines(HEADER, map(values_of, reasons_report(shop, actor, days).rows))

    if isinstance(report.error, NotFound):
        return Pane(t("platform_reasons"), Missing(), back=back)

    def chip(span: int) -> ft.Control:
        return Chip(f"days-{span}", t("last_days", days=span), lambda: look_back(span), selected=span == days)

    chips = ft.Row([chip(span) for span in SPANS], spacing=8, wrap=True)
    found = report.value
    if found is not None and not found.cancelled:
        content: list[ft.Control] = [Empty(Drawing.NO_RESULTS, t("no_cancellations", days=days))]
    elif found is not None:
        content = [Summary(found), Reasons(found)]
    elif report.error is not None:
        content = [Trouble(report.error, window.draw_again)]
    else:
        content = [Loading(120, 320, still=window.still)]
    export = IconTap(
        "export-reasons",
        t("export_csv"),
        ft.Icons.FILE_DOWNLOAD_OUTLINED,
        lambda: save(f"reasons-{days}-days.csv", lines),
    )
    return Pane(t("platform_reasons"), Scroll(chips, *content), back=back, actions=[export])


def Summary(report: ReasonsReport) -> ft.Control:
    """How many orders of how many."""
    cancelled = t("cancelled_orders", count=report.cancelled, number=number(report.cancelled))
    of = t(
        "of_placed",
        placed=number(report.placed),
        share=percent(report.cancelled / report.placed if report.placed else 0),
        days=report.days,
    )
    return Section(ft.Semantics(header=True, content=Heading(cancelled)), Quiet(of))


def Reasons(report: ReasonsReport) -> ft.Control:
    """A row for each reason, the longest bar the most frequent."""
    most = report.rows[0].orders
    return Section(*(_row(row, report.cancelled, most) for row in report.rows), title=t("reasons"))


def _row(row: ReasonRow, cancelled: int, most: int) -> ft.Control:
    label = reason_text(row.reason) if row.reason else t("reason_unknown")
    head = ft.Row([Body(label, expand=True), Strong(number(row.orders))], spacing=theme.GAP)
    by = t(f"role.{row.by}") if row.by else t("by_unknown")
    beside = Small(" · ".join((by, t(f"doing.{row.fault}"), percent(row.orders / cancelled))))
    bar = ft.Semantics(
        exclude_semantics=True,
        content=ft.ProgressBar(
            value=row.orders / most,
            height=6,
            color=theme.BLUE.ink,
            bgcolor=theme.HAIRLINE,
            border_radius=theme.CHIP_RADIUS,
        ),
    )
    return ft.MergeSemantics(ft.Column([head, bar, beside], spacing=theme.SPACE))
