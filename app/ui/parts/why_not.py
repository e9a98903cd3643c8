"""Why there is no Cancel button, and what can be done instead."""

import flet as ft

from app.ui.parts.words import Body, Strong
from app.ui.texts import t


def WhyNot(code: str, next_step: str | None) -> ft.Control:
    """The reason in one sentence, the next possible step in another."""
    step = [Body(t(f"next.{next_step}"))] if next_step else []
    words = ft.Column([Strong(t(code)), *step], spacing=4, tight=True)
    return ft.Semantics(identifier="why-not", container=True, content=words)
