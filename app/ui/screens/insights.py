"""Insights: what a shop's members see of its cancellations, as plots, tables and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import flet as ft

from app.shop.reads.insights import ALL, Insights, insights
from app.shop.reads.insights_file import Plot, as_csv, file_name
from app.shop.rules.errors import NotFound
from app.shop.rules.tallies import RANGES
from app.ui import routes, theme
from app.ui.hooks import use_query
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, Trouble
from app.ui.parts.frame import Pane, Scroll, Section
from app.ui.parts.insight_card import Draw, InsightCard, OnFile
from app.ui.parts.tap import Chip
from app.ui.parts.words import Heading, Small
from app.ui.saving import use_save
from app.ui.state import go, use_window
from app.ui.texts import money, number, percent, t

if TYPE_CHECKING:
    from app.shop.shop import Actor, Shop

TWO_COLUMNS = 1280
"""From this width of the window on, cards stand in two columns."""
_XS, _XL = ft.ResponsiveRowBreakpoint.XS, ft.ResponsiveRowBreakpoint.XL


def _bars(_shop: Shop, _actor: Actor) -> Draw:
    """The drawing of bars: read like the rest, for its library takes a while to import."""
    from app.ui.parts.bars import Bars  # noqa: PLC0415

    return Bars


@ft.component
def InsightsScreen(back: str | None, shop: str | None, days: int) -> ft.Control:
    """The last `days` days of `shop`, or of the first shop that who looks is a member of."""
    window = use_window()
    chosen = shop or next(iter(window.shops), "")
    found, bars = use_query(insights, chosen, days), use_query(_bars)
    save = use_save()

    def file(found: Insights, plot: Plot) -> None:
        def lines(shop: Shop, actor: Actor) -> Iterator[str]:
            return as_csv(insights(shop, actor, chosen, days, most=ALL), plot)

        save(file_name(found, plot), lines)

    on_file = ft.use_callback(file, [chosen, days])
    error = found.error or bars.error
    if found.value is not None and bars.value is not None:
        chips = _chips(window.shops, chosen, days)
        content = InsightsBody(found.value, chips, bars.value, on_file, still=window.still)
    elif isinstance(error, NotFound):
        home = ("back-to-profile", t("back_to_profile"), lambda: go(routes.PROFILE))
        content = Empty(Drawing.LOST, t("insights.members"), how=t("missing_how"), action=home)
    elif error is not None:
        content = Trouble(error, window.draw_again)
    else:
        content = Scroll(Loading(72, 120, 320, 320, still=window.still))
    return Pane(t("insights"), content, back=back, column=2 * theme.COLUMN)


def _chips(shops: Sequence[str], chosen: str, days: int) -> list[ft.Control]:
    """The days to choose from, and above them the shops of who looks, where they are several."""
    ranges = [
        _way(f"range-{one}", t("insights.days", days=one), routes.insights(chosen, one), here=one == days)
        for one in RANGES
    ]
    if len(shops) < 2:
        return [_row(ranges)]
    names = [_way(f"shop-{one}", one, routes.insights(one, days), here=one == chosen) for one in shops]
    return [_row(names), _row(ranges)]


def _way(identifier: str, label: str, address: str, *, here: bool) -> ft.Control:
    return Chip(identifier, label, lambda: go(address), selected=here)


def _row(chips: Sequence[ft.Control]) -> ft.Control:
    return ft.Row(list(chips), wrap=True, spacing=8, run_spacing=8)


def InsightsBody(
    found: Insights, chips: Sequence[ft.Control], draw: Draw, on_file: OnFile, *, still: bool
) -> ft.Control:
    """The choices, the figures, and a card for each plot; or that there is nothing yet."""
    whole = found.whole
    if not (whole.cancelled or whole.answered or whole.auto_approved):
        nothing = Empty(Drawing.CANCELLED, t("insights.empty"), how=t("insights.empty_how"))
        return Scroll(*chips, nothing)
    cards: list[ft.Control] = [InsightCard(found, plot, draw, still, on_file, key=plot) for plot in Plot]
    half = len(cards) // 2
    columns: list[ft.Control] = [
        ft.Column(some, spacing=theme.GAP, col={_XS: 12, _XL: 6}) for some in (cards[:half], cards[half:])
    ]
    grid = ft.ResponsiveRow(
        columns, spacing=theme.GAP, run_spacing=theme.GAP, breakpoints={_XS: 0, _XL: TWO_COLUMNS}
    )
    return Scroll(*chips, _figures(found), grid)


def _figures(found: Insights) -> ft.Control:
    """The few numbers one looks for first."""
    whole = found.whole
    figures = [(number(whole.cancelled), t("insights.cancelled", count=whole.cancelled))]
    if whole.rate is not None:
        figures.append((percent(whole.rate), t("insights.of_placed", number=number(whole.placed))))
    figures += [(money(one.total_minor, one.currency), t("insights.refunded")) for one in found.refunded]
    if whole.auto_share is not None:
        figures.append((percent(whole.auto_share), t("insights.unanswered")))
    return Section(
        ft.Row(
            [ft.Column([Heading(value), Small(what)], spacing=0, tight=True) for value, what in figures],
            wrap=True,
            spacing=theme.WIDE_MARGIN,
            run_spacing=theme.GAP,
        )
    )
