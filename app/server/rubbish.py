"""When memory that nobody holds is looked for: a full search stops everyone, longer with each open window.

Screens that are left go by themselves (`app.ui.lean`), so only what is young is searched as it comes. What
ended windows leave is met by a full search: once few enough are open for it to be short, or most have left.
"""

import asyncio
import gc
import time
from collections.abc import Callable

YOUNG, MIDDLE, NEVER = 5_000, 20, 1_000_000
"""Objects made before the youngest are searched, and so on; the oldest only when it is asked for here."""
EVERY_SECONDS = 2.0
SHORT_SECONDS = 0.2
"""A full search may take as long while people look."""
A_WINDOW_SECONDS = 0.001
"""How long a full search stays with one window, until one was measured."""


class Rubbish:
    """Searches at moments of its own choice, instead of in the middle of whatever is made."""

    def __init__(self, windows: Callable[[], int]) -> None:
        """`windows`: how many are open."""
        self._windows = windows
        self._before = self._ended = 0
        self._each = A_WINDOW_SECONDS

    async def keep_looking(self) -> None:
        """Search for ever, whenever it is worth it; Python searches by itself again at the end."""
        usual = gc.get_threshold()
        gc.set_threshold(YOUNG, MIDDLE, NEVER)
        try:
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                self.look()
        finally:
            gc.set_threshold(*usual)

    def look(self) -> None:
        """Search all, or not at all."""
        windows = self._windows()
        self._ended += max(0, self._before - windows)
        self._before = windows
        met = windows + self._ended
        if self._ended * 4 > windows and (met * self._each < SHORT_SECONDS or self._ended > 2 * windows):
            began = time.perf_counter()
            gc.collect()
            self._each = max(A_WINDOW_SECONDS / 10, (time.perf_counter() - began) / met)
            self._ended = 0
