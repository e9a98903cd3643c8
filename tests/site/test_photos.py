"""Photos at the site: made safe by the browser itself, sent, and there at the next visit."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.shop.pictures import MOST_PIXELS, SIDE, SMALL_SIDE
from app.shop.rules.words import PHOTO_BYTES
from app.ui.texts import t
from tests import photographs as made
from tests.browser import Browsing
from tests.site.indoors import brought
from tests.site.test_site import Visit

NOT_PHOTOS: dict[str, tuple[Callable[[], bytes], str, dict[str, int]]] = {
    "words": (lambda: b"I am a photo.jpg, believe me", "photo_kind", {}),
    "GIF": (lambda: made.written(made.canvas(), "GIF"), "photo_kind", {}),
    "half": (lambda: made.photo(size=(900, 900))[:3000], "photo_broken", {}),
    "half-png": (lambda: made.photo("PNG", (900, 900))[:-40], "photo_broken", {}),
    "moving": (lambda: made.moving("PNG"), "photo_moves", {}),
    "bomb": (made.bomb, "photo_too_many_pixels", {"most": MOST_PIXELS // 1_000_000}),
    "large": (lambda: made.photo() + bytes(PHOTO_BYTES), "photo_too_large", {"most": PHOTO_BYTES >> 20}),
}
"""What is no photo, why it is none, and the facts of that."""


@pytest.fixture
def visit(browser: Browsing, host: str) -> Visit:
    """Somebody in the chat about an order of theirs."""
    visit = Visit(browser, host)
    visit.has_examples()
    visit.tab.go("/orders?tab=all")
    visit.tab.go(f"/orders/{visit.orders()[0].removeprefix('order-')}/contact")
    visit.tab.shows("message-text")
    return visit


def pick(visit: Visit, file: Path) -> None:
    """Pick a file as a photo."""
    with visit.tab.page.expect_file_chooser() as choosing:
        visit.tab.tap("add-photo")
    choosing.value.set_files(str(file))


def test_a_photo_is_sent_in_a_chat_and_is_there_at_the_next_visit(visit: Visit, tmp_path: Path) -> None:
    tab, file = visit.tab, tmp_path / "taken.jpg"
    sideways = Image.Exif()
    sideways[made.ORIENTATION], sideways[made.MAKER] = 6, "Takephone"
    file.write_bytes(made.written(made.canvas((3200, 1600)), "JPEG", exif=sideways))
    pick(visit, file)
    tab.shows("photo-drop-1")
    tab.type("message-text", "Like this one, please")
    tab.tap("send")
    tab.gone("photo-drop-1")
    sent = tab.page.locator('[flt-semantics-identifier^="photo-"][flt-semantics-identifier$="-0"]')
    sent.wait_for(state="attached")
    name = str(sent.get_attribute("flt-semantics-identifier"))
    visit.returns()
    tab.shows("message-text")
    tab.tap(name)
    tab.shows("photo-whole")
    small, whole = sorted((brought(tab, tmp_path / "kept").parent / "photos").rglob("*.jpg"))
    for kept, side in ((whole, SIDE), (small, SMALL_SIDE)):
        image = Image.open(kept)
        assert (image.format, image.size) == ("JPEG", (side // 2, side))
        assert b"Takephone" not in kept.read_bytes()
        assert not image.getexif()
        assert not {"exif", "comment", "xmp"} & set(image.info)  # its colours are the browser's own, sRGB
        dark, light = image.getpixel((image.width - 5, 5)), image.getpixel((5, image.height - 5))
        assert isinstance(dark, tuple)
        assert isinstance(light, tuple)
        assert sum(dark) < 60 < sum(light)
    assert tab.elsewhere() == []


def test_what_is_no_photo_is_refused_with_the_words_of_everywhere_else(visit: Visit, tmp_path: Path) -> None:
    for name, (make, why, facts) in NOT_PHOTOS.items():
        file = tmp_path / f"{name}.jpg"
        file.write_bytes(make())
        pick(visit, file)
        visit.tab.reads(t(why, **facts))
    assert visit.tab.find("photo-drop-1").count() == 0
