"""The commands of `takeback`: thin, one function each, over the same actions and reads as the screens."""

import logging

import typer

from app.commands import (
    accounts,
    building,
    care,
    catalogue,
    exporting,
    fixing,
    hooks,
    journeys,
    ordering,
    paying,
    platform,
    policies,
    rebuying,
    refunds,
    requests,
    selling,
    serving,
    talking,
    tokens,
)
from app.commands.terminal import INTERRUPTED, REFUSED, WRONG_USAGE, commands
from app.complaint import complain
from app.log import log_to
from app.settings import Settings
from app.shop.rules.errors import Refused, ShopError
from app.ui.texts import has, problem, t

__all__ = [
    "accounts",
    "building",
    "care",
    "catalogue",
    "commands",
    "exporting",
    "fixing",
    "hooks",
    "journeys",
    "ordering",
    "paying",
    "platform",
    "policies",
    "rebuying",
    "refunds",
    "requests",
    "run",
    "selling",
    "serving",
    "talking",
    "tokens",
]

log = logging.getLogger("takeback")


def run() -> int:
    """Run the command line; the exit status. What goes wrong is one line on stderr, never a traceback."""
    try:
        return int(commands(standalone_mode=False) or 0)
    except typer.Exit as end:
        return end.exit_code
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except ShopError as error:
        return complain(_sentence(error), REFUSED)
    except OSError as error:
        return complain(f"{error.filename or ''}: {error.strerror or error}".lstrip(": "), REFUSED)
    except Exception as error:
        usage = getattr(error, "format_message", None)  # the command line's own errors know what is right
        return complain(usage(), WRONG_USAGE) if usage else _unexpected(error)


def _sentence(error: ShopError) -> str:
    code = f"command.{error.code}"
    said = t(code, **error.facts) if has(code) else problem(error)
    step = error.next_step if isinstance(error, Refused) else None
    return f"{said} {t(f'next.{step}', **error.facts)}" if step else said


def _unexpected(error: Exception) -> int:
    file = log_to(Settings.from_env().data)
    log.error("a command failed", exc_info=error)
    return complain(t("command.unexpected", file=file), REFUSED)
