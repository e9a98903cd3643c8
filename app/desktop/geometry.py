"""Size and place of the window: what is kept of them from one start to the next, and what still fits."""

from __future__ import annotations

import json
import logging
import math
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from app.desktop.screen import Screen

log = logging.getLogger("takeback")

LEAST = (360, 560)
"""Width and height below which the window does not go."""
_ROOM = 0.9
"""How much of the screen the first window takes at most: title bar and task bar need the rest."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Size and place when not maximized, in pixels; no place: in the middle."""

    width: float = 1180
    height: float = 820
    left: float | None = None
    top: float | None = None
    maximized: bool = False

    @classmethod
    def restored(cls, file: Path, screen: Screen | None) -> Self:
        """What was kept in `file`, as far as it fits `screen`; else that of a first start."""
        try:
            return cls._read(file)._fitted(screen, 1)
        except FileNotFoundError:
            pass
        except (OSError, ValueError, TypeError, OverflowError):
            log.warning("%s does not tell where the window was", file)
        return cls()._fitted(screen, _ROOM)

    @classmethod
    def _read(cls, file: Path) -> Self:
        kept = cls(**json.loads(file.read_text(encoding="utf-8")))
        if not all(map(math.isfinite, (kept.width, kept.height, kept.left or 0, kept.top or 0))):
            raise ValueError("not a size or place")
        return kept

    def _fitted(self, screen: Screen | None, room: float) -> Self:
        width, height = self.width, self.height
        if screen is not None:
            width, height = min(width, screen.width * room), min(height, screen.height * room)
        fitted = replace(self, width=max(width, LEAST[0]), height=max(height, LEAST[1]))
        return fitted if fitted._within_reach(screen) else replace(fitted, left=None, top=None)

    def _within_reach(self, screen: Screen | None) -> bool:
        # The middle of the title bar: what a window is moved by.
        if screen is None or self.left is None or self.top is None:
            return False
        return screen.holds(self.left + self.width / 2, self.top)

    def keep(self, file: Path) -> None:
        """Write it to `file`, whole or not at all; a folder that cannot be written costs only the memory."""
        new = file.with_suffix(".new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text(json.dumps(asdict(self)), encoding="utf-8")
            new.replace(file)
        except OSError as error:
            log.warning("where the window was is not kept: %s", error)
