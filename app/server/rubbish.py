"""When memory that nobody holds is looked for: a search stops everyone, longer with each open window.

Screens that are left go by themselves (`app.ui.lean`). What does not is met by a search of all, once few
enough windows are open for it to be short, or most have left. Python's own searches of what is young are off:
of all that a thousand people replace by tapping they walked so much that everyone stood still for half a
second, each few seconds, and found nothing.
"""

import asyncio
import gc
import time
from collections.abc import Callable

EVERY_SECONDS = 2.0
SHORT_SECONDS = 0.2
"""A search may take as long while people look."""
A_WINDOW_SECONDS = 0.001
"""How long a search stays with one window, until one was measured."""
MANY, MOST = 300_000, 10_000_000
"""So many objects more than after the last search are worth a short one; so many more, one of any length."""


class Rubbish:
    """Searches at moments of its own choice, instead of in the middle of whatever is made."""

    def __init__(self, windows: Callable[[], int]) -> None:
        """`windows`: how many are open."""
        self._windows = windows
        self._before = self._ended = 0
        self._each = A_WINDOW_SECONDS

    async def keep_looking(self) -> None:
        """Search for ever, whenever it is worth it; Python searches by itself again at the end."""
        gc.disable()
        try:
            while True:
                await asyncio.sleep(EVERY_SECONDS)
                self.look()
        finally:
            gc.enable()

    def look(self) -> None:
        """Search all, or not at all."""
        windows, more = self._windows(), gc.get_count()[0]
        self._ended += max(0, self._before - windows)
        self._before = windows
        met = windows + self._ended
        worth = self._ended * 4 > windows or more > MANY
        urgent = self._ended > 2 * windows or more > MOST
        if urgent or (worth and met * self._each < SHORT_SECONDS):
            began = time.perf_counter()
            gc.collect()
            self._each = max(A_WINDOW_SECONDS / 10, (time.perf_counter() - began) / max(1, met))
            self._ended = 0
