"""Audit trail: everything that happened to any order, searched and exported."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import flet as ft

from app.shop.reads.audit import (
    HEADER,
    Asked,
    AuditPage,
    Key,
    as_text,
    asked_about,
    audit_entries,
    audit_trail,
)
from app.shop.reads.spreadsheet import csv_lines
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Action
from app.shop.rules.policy import DAY
from app.shop.rules.reasons import REASONS
from app.shop.shop import Actor, Shop
from app.ui import routes, theme
from app.ui.arrows import Rows
from app.ui.dialogs.pick import use_pick
from app.ui.pages import Pages, Place, Report, use_end, use_page
from app.ui.parts.audit_row import AuditRow, action_words
from app.ui.parts.drawing import Drawing
from app.ui.parts.faces import Empty, Loading, LoadingMore, Missing, Trouble
from app.ui.parts.frame import Aside, Pane
from app.ui.parts.search_field import SearchField
from app.ui.parts.tap import Chip, IconTap
from app.ui.saving import use_save
from app.ui.state import go, quarter, use_window, use_window_unwatched
from app.ui.texts import moment, reason_text, t

SPANS = (1, 7, 30, 90)
"""Days one can look back; without any it is everything."""
ACTIONS = ("place_order", *Action, "imported", "updated")

Wanted = tuple[str, str, str, int]
"""What is looked for: an order or a person, an action, a reason, days."""


def _asked(shop: Shop, actor: Actor, wanted: Wanted) -> Asked:
    words, action, reason, days = wanted
    since = shop.now() - days * DAY if days else None
    return replace(asked_about(shop, actor, words), action=action or None, reason=reason or None, since=since)


def _trail(shop: Shop, actor: Actor, wanted: Wanted, before: Key | None) -> AuditPage:
    return audit_trail(shop, actor, _asked(shop, actor, wanted), before=before)


@ft.component
def PlatformAuditScreen(
    back: str | None, search: str = "", action: str = "", reason: str = "", days: int = 0
) -> ft.Control:
    """The trail, narrowed to what is looked for."""
    window = use_window()
    wanted: Wanted = (search.strip(), action, reason, days)
    if not window.staff:
        return Pane(t("platform_audit"), Missing(), back=back)
    return Searched(wanted, back)


@ft.component
def Searched(wanted: Wanted, back: str | None) -> ft.Control:
    """What narrows the trail, above it."""
    save = use_save()
    search, action, reason, days = wanted
    actions = [(code, action_words(code)) for code in ACTIONS]
    reasons = [(code, reason_text(code)) for code in REASONS]

    def lines(shop: Shop, actor: Actor) -> Iterator[str]:
        return csv_lines(HEADER, map(as_text, audit_entries(shop, actor, _asked(shop, actor, wanted))))

    pick_action = use_pick(
        "action", t("audit_action"), actions, action, lambda one: go(routes.audit(search, one, reason, days))
    )
    pick_reason = use_pick(
        "reason", t("audit_reason"), reasons, reason, lambda one: go(routes.audit(search, action, one, days))
    )

    def span(one: int) -> ft.Control:
        chosen = one == days
        to = routes.audit(search, action, reason, 0 if chosen else one)
        return Chip(f"days-{one}", t("last_days", days=one), lambda: go(to), selected=chosen)

    field = SearchField(
        "audit-search", t("search_audit"), search, lambda words: go(routes.audit(words, action, reason, days))
    )
    words = {"action": action and action_words(action), "reason": reason and reason_text(reason)}
    chips = ft.Row(
        [
            Chip("pick-action", words["action"] or t("audit_action"), pick_action, selected=bool(action)),
            Chip("pick-reason", words["reason"] or t("audit_reason"), pick_reason, selected=bool(reason)),
            *map(span, SPANS),
        ],
        spacing=8,
        scroll=ft.ScrollMode.AUTO,
    )
    above = ft.Container(
        ft.Column([field, chips], spacing=theme.GAP), padding=ft.Padding.symmetric(horizontal=theme.MARGIN)
    )
    export = IconTap(
        "export-audit", t("export_csv"), ft.Icons.FILE_DOWNLOAD_OUTLINED, lambda: save("audit.csv", lines)
    )
    # Nothing is marked: an order that is opened from here does not stand beside the trail.
    pages = Pages(TrailPage, wanted, ft.use_memo(Rows, []), None)
    listed = ft.Column([above, pages], spacing=8, expand=True)
    return Pane(t("platform_audit"), listed, back=back, actions=[export])


@ft.component
def _TrailPage(place: Place, report: Report, _rows: Rows, _marked: None) -> ft.Control:
    """One page of entries."""
    window = use_window_unwatched()
    page = use_page(place, _trail, place.of, place.before)
    found = page.value
    use_end(place, found.end if found else None, report, loading=page.loading)
    if isinstance(page.error, NotFound):
        return Empty(Drawing.NO_RESULTS, t("audit_empty"), how=t("search_how"))
    if found is None:
        loading = LoadingMore() if place.index else Loading(104, 104, 104, 104, still=window.still)
        return Trouble(page.error, window.draw_again) if page.error else loading
    if not found.entries and found.end is not None:
        return Aside(t("audit_nothing_since", at=moment(found.end[0], window.zone, window.now())))
    if not found.entries and place.index == 0:
        return Empty(Drawing.NO_RESULTS, t("audit_empty"), how=t("search_how"))
    today = quarter(window.now())
    rows: list[ft.Control] = [
        AuditRow(one, window.zone, today, key=f"{one.order_number}-{one.n}") for one in found.entries
    ]
    return ft.Column(rows, spacing=8)


_memo: Any = ft.memo
TrailPage = _memo(_TrailPage)
