"""The end of a serving process: it has its time, and what hangs does not lengthen it."""

import logging
import os
import sys
import threading
import time
import traceback
from pathlib import Path

log = logging.getLogger("takeback")

GOODBYE_SECONDS = 5
"""How long requests that were begun may take at the end."""
CLOSE_SECONDS = 10
"""How long what is done to the store may take after that."""
_OURS = str(Path(__file__).parents[1])


def end_in_time() -> None:
    """From here on the process has these seconds; then it ends, and the log says what it was still at.

    A thread that hangs in a store or a gateway cannot be ended otherwise: Python waits for each of them.
    """
    threading.Thread(target=_end, name="ending", daemon=True).start()


def _end() -> None:
    time.sleep(GOODBYE_SECONDS + CLOSE_SECONDS)
    log.error("the end took too long; left undone: %s", "; ".join(_left()) or "nothing of ours")
    os._exit(1)


def _left() -> list[str]:
    """What each thread is at that is waited for, by the innermost of our own functions that it is in."""
    frames, here = sys._current_frames(), threading.get_ident()
    left = []
    for thread in threading.enumerate():
        if thread.daemon or thread.ident == here or thread.ident not in frames:  # nobody waits for a daemon
            continue
        stack = traceback.extract_stack(frames[thread.ident])
        ours = next((one for one in reversed(stack) if one.filename.startswith(_OURS)), None)
        if ours:
            left.append(f"{thread.name} in {ours.name} ({Path(ours.filename).stem}, line {ours.lineno})")
    return left
