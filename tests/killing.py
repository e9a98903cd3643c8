"""Programs that are killed at a given moment, without a word: copies of this one, which begin at once."""

import os
import signal
import time
from collections.abc import Callable
from typing import Any

Step = Callable[..., None]


def killed_at(moment: int, run: Callable[[Step], object], *watched: tuple[Any, str]) -> bool:
    """Run in a copy of this process that is killed at its step of this number; whether it was.

    A step is a call of what `run` is given, and the begin and the end of each call of the `watched`.
    """
    child = os.fork()
    if not child:
        left = moment

        def step(*_told: object) -> None:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            for owner, name in watched:
                setattr(owner, name, _stepping(getattr(owner, name), step))
            run(step)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return _killed(child)


def killed_after(seconds: float, run: Callable[[], object]) -> bool:
    """Run in a copy of this process that is killed after so long; whether it was, or came through."""
    child = os.fork()
    if not child:
        try:
            run()
        except BaseException:
            os._exit(1)
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return _killed(child)


def _stepping(whole: Callable[..., Any], step: Step) -> Callable[..., Any]:
    def stepping(*args: Any, **kwargs: Any) -> Any:
        step()
        done = whole(*args, **kwargs)
        step()
        return done

    return stepping


def _killed(child: int) -> bool:
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ended in (0, -signal.SIGKILL)
    return ended != 0
