"""The settings of a policy as fields: numbers with their units, switches, and where each value comes from."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.shop.reads.policies import OpenSetting, Source
from app.shop.reads.policy import Unit
from app.ui import theme
from app.ui.parts.field import Field
from app.ui.parts.switch_row import SwitchRow
from app.ui.parts.tap import Plain
from app.ui.parts.words import Body, Small
from app.ui.parts.wrong import Wrong
from app.ui.policy_draft import Draft, Edited, draft_of, units_of
from app.ui.texts import t
from app.ui.texts.policy import value_words

OnEdit = Callable[[str, Edited | None], None]
"""Called with the code of a setting and what became of it; None: the edit is taken back."""

NUMBER = 112
"""How wide a field for a number is."""


@ft.component
def _SettingField(setting: OpenSetting, edited: Edited | None, wrong: str, on_edit: OnEdit) -> ft.Control:
    """A number or a switch: what it means, its value to be typed, where it comes from, what is wrong."""
    shown = setting.above if edited is not None and edited.draft is None else setting.value
    draft = draft_of(setting, shown) if edited is None or edited.draft is None else edited.draft
    code = setting.code

    def set_draft(new: Draft) -> None:
        on_edit(code, Edited(new))

    if isinstance(draft, bool):
        head = SwitchRow(
            f"set-{code}", Body(t(f"policy.{code}"), expand=True), draft, lambda: set_draft(not draft)
        )
    else:
        fields = Numbers(f"set-{code}", _units(setting), _texts(draft), set_draft)
        head = ft.Column([Body(t(f"policy.{code}")), fields], spacing=8)
    said = Slot(Wrong(wrong) if wrong else None)
    return ft.Column([head, said, Origin(setting, edited, on_edit)], spacing=4)


_memo: Any = ft.memo
SettingField = _memo(_SettingField)
"""Drawn again only where its setting or what is typed into it has changed."""


def Slot(content: ft.Control | None) -> ft.Container:
    """A place for what is not always there.

    Flet's patch of a list into which something comes, while what is behind it changes, cannot be applied.
    """
    return ft.Container(content, visible=content is not None)


def _units(setting: OpenSetting) -> tuple[str, ...]:
    if setting.unit is Unit.DURATION:
        return units_of(setting)
    return ({Unit.WORKING_DAYS: "working_day", Unit.AMOUNT: "minor"}.get(setting.unit, "times"),)


def _texts(draft: Draft) -> tuple[str, ...]:
    parts = () if isinstance(draft, bool) else draft
    return tuple(part for part in parts if isinstance(part, str))


def Numbers(
    identifier: str,
    units: tuple[str, ...],
    texts: tuple[str, ...],
    on_texts: Callable[[tuple[str, ...]], None],
) -> ft.Control:
    """A field for each unit, side by side; each is named after its unit."""

    def typed(at: int, text: str) -> None:
        on_texts((*texts[:at], text, *texts[at + 1 :]))

    fields: list[ft.Control] = [
        ft.Container(
            Field(
                f"{identifier}-{unit}",
                text,
                lambda new, at=at: typed(at, new),  # type: ignore[misc]
                label=t(f"unit.{unit}"),
                keyboard_type=ft.KeyboardType.NUMBER,
            ),
            width=2 * NUMBER if unit == "minor" else NUMBER,
        )
        for at, (unit, text) in enumerate(zip(units, texts, strict=True))
    ]
    return ft.Row(fields, spacing=theme.GAP, wrap=True, run_spacing=theme.GAP)


def Origin(setting: OpenSetting, edited: Edited | None, on_edit: OnEdit) -> ft.Control:
    """Where the value comes from, and the way to undo an edit or to set it no longer."""
    code = setting.code
    where: list[ft.Control] = [Small(_origin(setting, edited), expand=True)]
    if edited is not None:
        where.append(Plain(f"undo-{code}", t("policy.undo"), lambda: on_edit(code, None)))
    elif setting.source is not Source.DEFAULT and setting.value != setting.above:
        reset = "policy.follow" if setting.source is Source.SHOP else "policy.reset"
        where.append(Plain(f"reset-{code}", t(reset), lambda: on_edit(code, Edited(None))))
    return ft.Row([*where, ft.Container(height=theme.TOUCH)], spacing=theme.GAP)


def _origin(setting: OpenSetting, edited: Edited | None) -> str:
    if edited is not None:
        before = value_words(setting.unit, setting.value).replace("\n", "; ")
        return t("policy.was", value=before)
    return t(f"policy.from.{setting.source}")
