"""The safety net: what fails becomes a calm sentence with a code, the session goes on, the log has all."""

import asyncio
from collections.abc import Callable

import flet as ft

from app.log import note

_LINE_ENDED = "'NoneType' object has no attribute 'put_nowait'"
"""How Flet 1.0.5 fails that draws for a connection which ends at that moment."""


def guard(page: ft.Page, tell: Callable[[str], None]) -> Callable[[], None]:
    """Catch what fails on `page` from now on, and call `tell` with the code under which the log has it.

    Answers `watch`, to be called once the page is rendered and whenever it is connected again: Flet's task
    that draws ends at the first error in a render or at an update in the moment of a disconnect, and nothing
    starts it again. What Flet would send to the client is the traceback.
    """
    session = page.session
    watched: set[asyncio.Task[None]] = set()

    def told(code: str) -> None:
        try:
            tell(code)
        except Exception:  # the connection may be gone already
            note("%s could not be told", code)

    def failed(message: str) -> None:
        told(note("%s", message))

    def ended(task: asyncio.Task[None]) -> None:
        watched.discard(task)
        error = _error_of(task)
        if error is not None:
            watch()
            _report(error, told)

    def watch() -> None:
        session.start_updates_scheduler()  # type: ignore[no-untyped-call]
        task: asyncio.Task[None] = vars(session)["_Session__updates_task"]  # nothing public tells of its end
        if task not in watched:
            watched.add(task)
            task.add_done_callback(ended)

    heed = session.handle_invoke_method_results

    def answered(control_id: int, call_id: str, result: object, error: str | None) -> None:
        # For Flet an answer about a control that is gone meanwhile is an error, and ends the connection.
        if control_id in session.index:
            heed(control_id, call_id, result, error)

    session.error = failed  # type: ignore[method-assign]
    session.handle_invoke_method_results = answered  # type: ignore[method-assign]
    return watch


def _report(error: BaseException, tell: Callable[[str], None]) -> None:
    if not str(error).endswith(_LINE_ENDED):  # who is back gets all of it anew
        tell(note("what is shown could not be drawn", error=error))


def _error_of(task: asyncio.Task[None]) -> BaseException | None:
    return None if task.cancelled() else task.exception()
