"""What a person chose for the windows of a device: the language, light or dark, and how much moves."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import flet as ft

from app.languages import DEFAULT
from app.ui import language as languages
from app.ui import theme
from app.ui.device import LANGUAGE, LOOKS, MOTION, Device

if TYPE_CHECKING:
    from app.ui.window import Window


class Looks(StrEnum):
    """The appearances there are."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Choices:
    """Chosen here, kept and recalled; the window has what is in force: `language`, `looks`, `still`."""

    def __init__(self, window: Window, device: Device, wanted: str | None) -> None:
        self._window = window
        self._device = device
        self._wanted = wanted
        self._speak(languages.chosen(wanted) or DEFAULT)

    async def speak(self, language: str) -> None:
        """Speak `language` from now on, here and at the next start; all is drawn anew at once."""
        self._speak(language)
        await self._device.keep(LANGUAGE, language)

    async def wear(self, looks: Looks) -> None:
        """Look like that from now on, here and at the next start."""
        self._wear(looks)
        await self._device.keep(LOOKS, looks)

    async def move_less(self, less: bool) -> None:
        """Move less, or not, from now on, here and at the next start."""
        self._calm(less)
        await self._device.keep(MOTION, "less" if less else "full")

    async def recall_language(self) -> None:
        """Speak as was chosen, as the environment wants it, or as the device is set."""
        language = languages.chosen(await self._device.recall(LANGUAGE), self._wanted)
        self._speak(language or languages.chosen(*await self._device.languages()) or DEFAULT)

    async def recall_looks(self) -> None:
        """Look as was chosen."""
        kept = await self._device.recall(LOOKS)
        if kept in tuple(Looks):
            self._wear(Looks(kept))

    async def recall_motion(self) -> None:
        """Move as much as was chosen, or as the device is set to."""
        kept = await self._device.recall(MOTION)
        self._calm(kept == "less" if kept else await self._device.asks_for_less_motion())

    def settle(self) -> None:
        """Have screens follow each other as fits the window; to be called when its width may have changed."""
        page = self._window.page
        light, dark = theme.themes(moving=self._window.flies)
        if page.theme is not light:
            page.theme, page.dark_theme = light, dark

    def _speak(self, language: str) -> None:
        languages.speak(self._window.page, language)
        self._window.language = language
        self._window.navigation.entitle()

    def _wear(self, looks: Looks) -> None:
        self._window.looks = looks
        self._window.page.theme_mode = ft.ThemeMode(looks)

    def _calm(self, less: bool) -> None:
        self._window.still = less
        self.settle()
