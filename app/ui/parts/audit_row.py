"""An entry of the audit trail."""

from typing import Any

import flet as ft

from app.shop.reads.audit import AuditEntry
from app.ui import routes, theme
from app.ui.parts.tap import Tap
from app.ui.parts.words import Body, Small, Strong
from app.ui.state import go
from app.ui.texts import has, moment, reason_text, t


@ft.component
def _AuditRow(entry: AuditEntry, zone: str, today: int) -> ft.Control:
    """What happened to which order, when, by whom, from what to what, and why; a tap opens the order."""
    head = ft.Row(
        [Strong(action_words(entry.action), expand=True), Small(moment(entry.at, zone, today))],
        spacing=theme.GAP,
    )
    moved = [t(f"status.{status}") for status in (entry.status_from, entry.status_to) if status]
    role = t(f"role.{entry.role}")
    details = [
        f"#{entry.order_number} · @{entry.buyer}",
        f"@{entry.by} · {role}" if entry.by else role,
        " → ".join(dict.fromkeys(moved)),
        *([t("notice.reason", reason=reason_text(entry.reason))] if entry.reason else []),
    ]
    note = [Body(f"“{entry.note}”", max_lines=3, overflow=ft.TextOverflow.ELLIPSIS)] if entry.note else []
    return ft.Card(
        Tap(
            f"audit-{entry.order_number}-{entry.n}",
            ft.Column([head, *map(Small, details), *note], spacing=2, tight=True),
            lambda: go(routes.order(entry.order_number)),
            padding=theme.MARGIN,
        ),
        semantic_container=False,
    )


def action_words(action: str) -> str:
    """What was done, in words; a word of a later version as it stands."""
    code = f"event.{action}"
    return t(code) if has(code) else action


_memo: Any = ft.memo
AuditRow = _memo(_AuditRow)
