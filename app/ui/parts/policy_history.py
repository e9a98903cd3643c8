"""Who changed a policy, when, and what from what to what."""

from collections.abc import Sequence

import flet as ft

from app.shop.reads.policies import PolicyEdit
from app.shop.reads.policy import Unit, Value
from app.ui import theme
from app.ui.parts.words import Body, Quiet, Small
from app.ui.texts import moment, t
from app.ui.texts.policy import value_words


def HistoryRows(edits: Sequence[PolicyEdit], zone: str, now: int, *, of_shop: bool) -> list[ft.Control]:
    """One row for each edit; in a shop's, what is not set here is the platform's."""
    return [_row(edit, zone, now, of_shop) for edit in edits]


def _row(edit: PolicyEdit, zone: str, now: int, of_shop: bool) -> ft.Control:
    who = f"@{edit.by}" if edit.by else t("policy.by_system")
    return ft.Column(
        [
            Small(f"{who} · {moment(edit.at, zone, now)}"),
            *(
                Change(one.code, _words(one.unit, one.before, of_shop), _words(one.unit, one.after, of_shop))
                for one in edit.changes
            ),
        ],
        spacing=theme.SPACE,
        key=edit.n,
    )


def _words(unit: Unit, value: Value | None, of_shop: bool) -> str:
    if value is None:
        return t("policy.as_platform") if of_shop else t("policy.none")
    return value_words(unit, value)


def Change(code: str, before: str, after: str) -> ft.Control:
    """What became of one setting."""
    said = t("policy.change", before=before, after=after)
    return ft.Column([Quiet(t(f"policy.{code}")), Body(said)], spacing=0)
