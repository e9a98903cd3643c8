"""A text field in which a drawing never undoes what was typed meanwhile."""

from typing import Any

import flet as ft


@ft.control("TextField")  # type: ignore[arg-type]
class TypedField(ft.TextField):
    """Flet's, that knows whose its text is: who draws the text they heard last leaves what stands there.

    A key comes as what stands in the field now and, apart from that, as an event. Flet 1.0.5 draws in
    between, and would send back the text without that key.
    """

    def init(self) -> None:
        """Nothing was heard of it yet but what it is drawn with."""
        super().init()  # type: ignore[no-untyped-call]
        self._heard: object = self.value

    def before_event(self, e: ft.ControlEvent) -> Any:
        """From here on its owner knows what was typed."""
        if e.name == "change":
            self._heard = e.data
        return super().before_event(e)

    def _migrate_state(self, other: ft.BaseControl) -> None:
        if isinstance(other, TypedField) and self.value == other._heard:
            self._values["value"] = other.value
        super()._migrate_state(other)
