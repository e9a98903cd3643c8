"""What came of something that may fail, as a value: nobody is shown a traceback."""

from collections.abc import Awaitable
from typing import TypeVar

from app.log import note
from app.shop.rules.errors import ShopError

T = TypeVar("T")


async def outcome(work: Awaitable[T]) -> T | ShopError:
    """What came of `work`; what nobody expected goes to the log and becomes a calm sentence."""
    try:
        return await work
    except ShopError as error:
        return error
    except Exception:
        return unexpected("something nobody expected")


def unexpected(message: str, *args: object, error: BaseException | None = None) -> ShopError:
    """What a person is told of the error under way: a calm sentence, and a code; the log has all the rest."""
    return ShopError("unexpected_coded", {"reference": note(message, *args, error=error)})
