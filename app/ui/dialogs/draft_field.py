"""A field of a dialog whose text belongs to the draft: it draws itself alone, and outlives the dialog."""

from typing import Any

import flet as ft

from app.ui.parts.field import Field


@ft.component
def DraftField(
    identifier: str,
    label: str,
    draft: Any,
    name: str,
    limit: int,
    wrong: str = "",
    helper: str = "",
    lines: int = 4,
) -> ft.Control:
    """What is typed into attribute `name` of the draft, with how much of it fits; `wrong` stands below it.

    It grows to so many `lines`.
    """
    text, set_text = ft.use_state(str(getattr(draft, name)))

    def typed(now: str) -> None:
        setattr(draft, name, now)
        set_text(now)

    return Field(
        identifier,
        text,
        typed,
        label=label,
        helper=helper or None,
        error=wrong or None,
        multiline=lines > 1,
        max_lines=lines,
        max_length=limit,
    )
