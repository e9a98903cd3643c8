"""The log: what people are not shown when something goes wrong. Nothing personal is in it, and no secret."""

import json
import logging
import secrets
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST = 1_000_000
KEPT = 3

_ABOUT: ContextVar[dict[str, object] | None] = ContextVar("ABOUT", default=None)
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""None that is taken for another one when it is read aloud."""
_CODE_LENGTH = 6

log = logging.getLogger("takeback")


def about(**ids: object) -> None:
    """What each line of the present request or connection tells along from here on.

    Where an id can change, it is a function that tells what it is.
    """
    _ABOUT.set((_ABOUT.get() or {}) | ids)


def begin(**ids: object) -> None:
    """A request or connection begins here: each of its lines tells `ids`."""
    _ABOUT.set(dict(ids))


def note(message: str, *args: object, error: BaseException | None = None) -> str:
    """Write down what nobody expected, with `error` or the one under way; the code by which it is found."""
    code = _new_code()
    log.error(f"{message} [%s]", *args, code, exc_info=error or sys.exc_info()[1], extra={"code": code})
    return code


def _new_code() -> str:
    return "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))


def _coded(record: logging.LogRecord) -> bool:
    """Give a code to an error from where nobody is shown one: it is counted and found like the others."""
    if record.exc_info and not hasattr(record, "code"):
        record.code = _new_code()
    return True


log.addFilter(_coded)


def log_to(folder: Path) -> Path:
    """Have what the app notes written to a file in `folder`, and answer it; to stderr where that fails."""
    file = folder / "takeback.log"
    if log.handlers:
        return file
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    return file


def log_lines(level: str) -> None:
    """Have all that is noted from `level` on written to stderr, a JSON object a line."""
    handler = logging.StreamHandler()
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    log.setLevel(level.upper())


class Lines(logging.Formatter):
    """A line of JSON: when, how grave, what, and whose it was, by their ids."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for `record`."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            "message": record.getMessage(),
        }
        ids = _ABOUT.get() or {}
        line |= {name: one() if callable(one) else one for name, one in ids.items()}
        line |= getattr(record, "facts", {})
        if code := getattr(record, "code", None):
            line["code"] = code
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
