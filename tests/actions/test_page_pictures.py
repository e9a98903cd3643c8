"""Photos where a browser makes them: judged by their heads as Pillow does, and made before an action."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from app.shop.page_pictures import PagePictures
from app.shop.picture_heads import head_of
from app.shop.pictures import Picture, picture_of
from app.shop.rules.errors import Invalid, Refused
from tests import photographs as made
from tests.actions.test_photos import NOT_PHOTOS

MADE = Picture(b"whole", b"small", 640, 480)


async def make(_sent: bytes) -> Picture:
    """What the page would make."""
    return MADE


async def fail(_sent: bytes) -> Picture:
    """A page that cannot unfold it."""
    raise OSError("The source image could not be decoded.")


PHOTOS: dict[str, Callable[[], bytes]] = {
    "JPEG": made.photo,
    "progressive JPEG": lambda: made.written(made.canvas(), "JPEG", progressive=True),
    "sideways": made.taken_sideways,
    "with depth": made.with_depth,
    "PNG": lambda: made.photo("PNG"),
    "WebP": lambda: made.photo("WEBP"),
    "WebP without loss": lambda: made.written(made.canvas(), "WEBP", lossless=True),
    "clear WebP": lambda: made.written(made.canvas(mode="RGBA", colour=(9, 9, 9, 99)), "WEBP"),
}


@pytest.mark.parametrize("kind", PHOTOS)
def test_a_head_tells_what_pillow_tells(kind: str) -> None:
    sent = PHOTOS[kind]()
    head = head_of(sent)
    assert (head.width, head.height) == Image.open(BytesIO(sent)).size
    assert not head.moves


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_head_tells_that_it_moves(kind: str) -> None:
    assert head_of(made.moving(kind)).moves


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_head_that_is_cut_off_anywhere_is_never_more_than_refused(kind: str) -> None:
    sent = made.photo(kind, (64, 48))
    for end in range(min(len(sent), 700)):
        with suppress(Invalid):
            assert (head_of(sent[:end]).width, head_of(sent[:end]).height) == (64, 48)


async def test_what_was_prepared_is_there_for_the_action_once() -> None:
    page, sent = PagePictures(make), made.photo()
    await page.prepare(sent)
    assert page.picture_of(sent) == MADE
    with pytest.raises(Refused, match="photos_not_here"):
        page.picture_of(sent)


@pytest.mark.parametrize("what", NOT_PHOTOS)
async def test_what_is_no_photo_is_refused_with_the_words_of_everywhere_else(what: str) -> None:
    sent = NOT_PHOTOS[what][0]()
    with pytest.raises(Invalid) as elsewhere:
        picture_of(sent)
    with pytest.raises(Invalid) as here:
        await PagePictures(fail).prepare(sent)
    assert (here.value.code, here.value.facts) == (elsewhere.value.code, elsewhere.value.facts)


async def test_a_page_without_the_means_says_so() -> None:
    with pytest.raises(Refused, match="photos_not_here"):
        await PagePictures(None).prepare(made.photo())
