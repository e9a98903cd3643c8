"""What came of something that may fail, as a value: nobody is shown a traceback."""

import logging
from collections.abc import Awaitable
from typing import TypeVar

from app.shop.rules.errors import ShopError

T = TypeVar("T")

log = logging.getLogger("takeback")


async def outcome(work: Awaitable[T]) -> T | ShopError:
    """What came of `work`; what nobody expected goes to the log and becomes a calm sentence."""
    try:
        return await work
    except ShopError as error:
        return error
    except Exception:
        log.exception("something nobody expected")
        return ShopError("unexpected")
