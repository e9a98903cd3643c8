"""Opening the app: in a window where there is a display, else as a page in the browser."""

from functools import partial

from app.complaint import complain
from app.log import log_lines, log_to
from app.settings import Serving, Settings
from app.shop.rules.errors import ShopError
from app.ui.texts import problem, t


def open_app() -> int:
    """Open the app as fits this machine, until it is closed; the exit status."""
    try:
        settings = _settings()
        if not _shown(settings):
            _serve(settings, 0)
    except ShopError as error:
        return complain(problem(error), 1)
    return 0


def open_window() -> int:
    """Open the app in a window and nowhere else, until it is closed; the exit status."""
    try:
        return 0 if _shown(_settings()) else complain(t("no_window"), 1)
    except ShopError as error:
        return complain(problem(error), 1)


def open_web(port: int) -> int:
    """Serve the app as a page on this machine until interrupted; the exit status. Raises ShopError."""
    _serve(_settings(), port)
    return 0


def open_served(serving: Serving) -> int:
    """Serve the app for many people until interrupted; the exit status. Raises ShopError."""
    from app.server.serve import serve_everyone  # noqa: PLC0415  (with the parts of the served app)

    log_lines(serving.log)
    serve_everyone(Settings.from_env(), serving, tell=_tell)
    return 0


def _settings() -> Settings:
    settings = Settings.from_env()
    log_to(settings.data)
    return settings


def _shown(settings: Settings) -> bool:
    """Show the app in a window until it is closed; False where none can be opened."""
    from app.desktop.window import has_display, open_desktop  # noqa: PLC0415  (each start needs one of the two)

    return has_display() and open_desktop(settings)


def _serve(settings: Settings, port: int) -> None:
    from app.main import Process  # noqa: PLC0415  (a window is there before it)
    from app.server.web import serve_web  # noqa: PLC0415

    serve_web(Process(settings), port, ready=lambda address: _tell(t("command.web", address=address)))


_tell = partial(print, flush=True)
