"""Pictures where a browser makes them: what has to be waited for is done before an action asks."""

from collections.abc import Awaitable, Callable

from app.shop.picture_heads import head_of
from app.shop.pictures import Picture, refuse_too_large, refuse_too_many_pixels
from app.shop.rules.errors import Invalid, Refused

Make = Callable[[bytes], Awaitable[Picture]]
"""Unfolds a photo, upright and on white, and makes both its forms."""


class PagePictures:
    """Pictures by what a page has for it; with no `make`, those of a page that has nothing.

    The one that was prepared last is kept until it is asked for.
    """

    def __init__(self, make: Make | None) -> None:
        self._make = make
        self._made: tuple[bytes, Picture] | None = None

    async def prepare(self, sent: bytes) -> None:
        """Make the picture of `sent`; raises as `Pictures.picture_of` does."""
        refuse_too_large(sent)
        head = head_of(sent)
        refuse_too_many_pixels(head.width, head.height)
        if head.moves:
            raise Invalid("photo_moves")
        if self._make is None:
            raise Refused("photos_not_here")
        try:
            self._made = sent, await self._make(sent)
        except Exception as error:  # a browser says no more than that
            raise Invalid("photo_broken") from error

    def picture_of(self, sent: bytes) -> Picture:
        """The picture that was prepared of `sent`; raises Refused where none was."""
        made, self._made = self._made, None
        if made is None or made[0] != sent:
            raise Refused("photos_not_here")
        return made[1]
