"""A field for a password: hidden until one asks to see it, and known to what keeps passwords for people."""

from collections.abc import Callable
from typing import Any

import flet as ft

from app.ui.parts.field import Field


def SecretField(
    identifier: str,
    text: str,
    on_text: Callable[[str], None],
    label: str,
    hint: ft.AutofillHint,
    **options: Any,
) -> ft.Semantics:
    """The field; `hint` says whether it is the password one has or a new one."""
    return Field(
        identifier,
        text,
        on_text,
        label=label,
        password=True,
        can_reveal_password=True,
        autofill_hints=hint,
        **options,
    )
