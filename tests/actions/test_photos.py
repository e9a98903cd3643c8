"""Photos of an order: what is kept of them, and what is refused, each with real bytes."""

from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.shop import pictures
from app.shop.actions.clock import run_due
from app.shop.actions.photos import add_photo, drop_photo
from app.shop.actions.request import ask_to_cancel
from app.shop.actions.talk import send_message
from app.shop.photos import Photos
from app.shop.pictures import MOST_PIXELS, SIDE, SMALL_SIDE, Picture, picture_of
from app.shop.reads.talk import photo
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused, StoreFull, StoreReadOnly
from app.shop.rules.orders import Status
from app.shop.rules.words import PHOTO_BYTES, PHOTOS, PHOTOS_WAITING
from app.shop.shop import Actor, Shop
from app.shop.store import open_shop
from tests import photographs as made
from tests.actions.steps import BUDI, IDS, MAI, OPS, SARI, fresh, order_in, place, rows, run
from tests.conftest import Clock
from tests.disk import no_file_longer_than
from tests.people import stock
from tests.ui.looking import broken


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """A stocked shop."""
    stock(sqlite_shop)
    return sqlite_shop


@pytest.fixture
def number(shop: Shop) -> int:
    """An order of mai's in sari's shop."""
    return place(shop)


def add(shop: Shop, number: int, sent: bytes | None = None, who: Actor = MAI) -> str:
    """The id of a photo that was added."""
    return str(
        add_photo(shop, who, number, made.photo() if sent is None else sent, key=fresh()).answer["photo"]
    )


def files(tmp_path: Path) -> list[Path]:
    """The files kept."""
    return [path for path in (tmp_path / "photos").rglob("*") if path.is_file()]


def shown(content: bytes) -> Image.Image:
    """The picture as somebody else gets it."""
    image: Image.Image = Image.open(BytesIO(content))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_a_jpeg_of_at_most_1600_pixels_with_a_small_one(
    shop: Shop, number: int, tmp_path: Path, kind: str
) -> None:
    done = add_photo(shop, MAI, number, made.photo(kind, (3200, 1200)), key="k")
    assert (done.answer["width"], done.answer["height"]) == (SIDE, SIDE * 3 // 8)
    whole, small = (photo(shop, MAI, done.answer["photo"], small=small) for small in (False, True))
    assert [(one.format, one.size) for one in map(shown, (whole, small))] == [
        ("JPEG", (1600, 600)),
        ("JPEG", (SMALL_SIDE, SMALL_SIDE * 3 // 8)),
    ]
    assert sorted(file.stat().st_size for file in files(tmp_path)) == sorted((len(whole), len(small)))
    sql = "SELECT order_number, message_n, who, mime, width, height, bytes FROM photos"
    assert rows(shop, sql) == [(number, None, MAI.id, "image/jpeg", 1600, 600, len(whole))]


def test_a_small_photo_stays_as_large_as_it_is() -> None:
    assert shown(picture_of(made.photo(size=(20, 10))).whole).size == (20, 10)
    assert shown(picture_of(made.photo("PNG", (1, 5000))).whole).size == (1, 1600)


def test_what_a_camera_wrote_is_gone_and_the_photo_stands_upright() -> None:
    sent = made.taken_sideways()
    assert b"Takephone" in sent
    kept = picture_of(sent)
    for content in (kept.whole, kept.small):
        image = shown(content)
        assert b"Takephone" not in content
        assert not image.getexif()
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(image.info)
        assert image.height == 2 * image.width
        dark, light = image.getpixel((image.width - 5, 5)), image.getpixel((5, image.height - 5))
        assert isinstance(dark, tuple)
        assert isinstance(light, tuple)
        assert sum(dark) < 60 < sum(light)


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("L", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
        ("RGBA", "WEBP"),
        ("LA", "PNG"),
        ("1", "PNG"),
        ("I;16", "PNG"),
        ("CMYK", "JPEG"),
    ],
)
def test_every_kind_of_colour_becomes_a_plain_photo(mode: str, kind: str) -> None:
    image = made.canvas().convert("L" if mode == "I;16" else mode).convert(mode)
    assert shown(picture_of(made.written(image, kind)).whole).mode == "RGB"


def test_what_is_clear_becomes_white() -> None:
    clear = made.written(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")
    assert shown(picture_of(clear).whole).getpixel((20, 20)) == (255, 255, 255)


def test_a_jpeg_with_a_depth_map_is_a_photo() -> None:
    assert shown(picture_of(made.with_depth()).whole).size == (640, 480)


def test_the_content_counts_not_the_name(shop: Shop, number: int) -> None:
    assert add(shop, number, made.photo("PNG"))  # whatever it was called: phones mistake one for the other


NOT_PHOTOS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "photo_kind"),
    "words": (lambda: b"I am a photo.jpg, believe me", "photo_kind"),
    "a page": (lambda: b"<html><script>alert(1)</script></html>", "photo_kind"),
    "a drawing": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "photo_kind"),
    "a program": (lambda: b"MZ\x90\x00" + bytes(500), "photo_kind"),
    "an archive": (lambda: b"PK\x03\x04" + bytes(500), "photo_kind"),
    "a GIF": (lambda: made.written(made.canvas(), "GIF"), "photo_kind"),
    "a TIFF": (lambda: made.written(made.canvas(), "TIFF"), "photo_kind"),
    "a BMP": (lambda: made.written(made.canvas(), "BMP"), "photo_kind"),
    "the head of a JPEG": (lambda: b"\xff\xd8\xff\xe0" + bytes(100), "photo_"),
    "the head of a PNG": (lambda: b"\x89PNG\r\n\x1a\n", "photo_"),
    "the head of a WebP": (lambda: b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20), "photo_"),
    "half a JPEG": (lambda: made.photo(size=(900, 900))[:3000], "photo_broken"),
    "half a PNG": (lambda: _half(made.photo("PNG")), "photo_broken"),
    "half a WebP": (lambda: _half(made.photo("WEBP")), "photo_"),
    "a PNG that moves": (lambda: made.moving("PNG"), "photo_moves"),
    "a WebP that moves": (lambda: made.moving("WEBP"), "photo_moves"),
    "a bomb": (made.bomb, "photo_too_many_pixels"),
    "a bomb of text": (made.text_bomb, "photo_broken"),
    "one row too wide": (lambda: made.bomb(6325), "photo_too_many_pixels"),
    "100 MB": (lambda: bytes(100 << 20), "photo_too_large"),
    "a byte too much": (lambda: made.photo() + bytes(PHOTO_BYTES), "photo_too_large"),
}


def _half(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize("what", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_plainly_and_nothing_is_kept(
    shop: Shop, number: int, tmp_path: Path, what: str
) -> None:
    make, code = NOT_PHOTOS[what]
    with pytest.raises(Invalid, match=code):
        add(shop, number, make())
    assert files(tmp_path) == []
    assert rows(shop, "SELECT id FROM photos") == []


def test_a_bomb_is_refused_by_its_head_before_anything_is_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    unfolded: list[Any] = []
    monkeypatch.setattr(vars(Image)["core"], "new", lambda *size: unfolded.append(size))
    assert len(made.bomb()) < 20_000
    with pytest.raises(Invalid) as refused:
        picture_of(made.bomb())
    assert refused.value.facts == {"most": MOST_PIXELS // 1_000_000}
    assert unfolded == []


def test_where_pictures_cannot_be_read_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "PIL", None)
    with pytest.raises(Refused, match="photos_not_here"):
        pictures.picture_of(b"x")


@pytest.mark.parametrize(
    "photo", ["../../etc/passwd", "..", "", "a" * 31, "A" * 32, "a" * 31 + "/", "/etc/passwd"]
)
def test_no_name_leads_out_of_the_folder(shop: Shop, tmp_path: Path, photo: str) -> None:
    (tmp_path / "photos").mkdir()
    outside = tmp_path / "passwd.jpg"
    outside.touch()
    photos = Photos(tmp_path / "photos")
    assert photos.whole(photo) is photos.small(photo) is None
    photos.remove(photo)
    assert outside.exists()


def test_a_photo_that_is_sent_twice_under_one_key_is_kept_once(
    shop: Shop, number: int, tmp_path: Path
) -> None:
    first = add_photo(shop, MAI, number, made.photo(), key="k")
    assert add_photo(shop, MAI, number, made.photo(), key="k") == first
    assert len(files(tmp_path)) == 2
    with pytest.raises(KeyReused):
        add_photo(shop, MAI, number, made.photo("PNG"), key="k")


def test_a_strangers_photo_is_not_even_unfolded(shop: Shop, number: int, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no_such_order"):
        add(shop, number, b"not looked at", who=BUDI)
    assert files(tmp_path) == []


def test_what_cannot_be_noted_leaves_no_file(shop: Shop, number: int, tmp_path: Path) -> None:
    with broken(shop, "photos"), pytest.raises(Exception, match="no such table"):
        add(shop, number)
    assert files(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_told(shop: Shop, number: int, tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("a file where the folder should be")
    with pytest.raises(StoreReadOnly):
        add(shop, number)
    assert rows(shop, "SELECT id FROM photos") == []


def test_a_store_on_a_server_without_a_folder_keeps_no_photos(postgres_url: str, clock: Clock) -> None:
    with closing(open_shop(postgres_url, clock)) as shop:
        stock(shop)
        with pytest.raises(Refused, match="photos_not_here"):
            add(shop, place(shop))


def test_a_store_on_a_server_keeps_photos_in_the_folder_it_is_given(
    postgres_url: str, clock: Clock, tmp_path: Path
) -> None:
    with closing(open_shop(postgres_url, clock, photos=tmp_path / "photos")) as shop:
        stock(shop)
        number = place(shop)
        one = add(shop, number)
        send_message(shop, MAI, number, "", [one], key="m")
        assert photo(shop, SARI, one)


def test_photos_go_along_with_a_message_and_then_all_parties_see_them(shop: Shop, number: int) -> None:
    one, two = add(shop, number), add(shop, number, made.photo("PNG"))
    for who in (SARI, OPS, BUDI):
        with pytest.raises(NotFound, match="no_such_photo"):
            photo(shop, who, one)
    send_message(shop, MAI, number, "", [one, two, one], key="m")
    assert rows(shop, "SELECT message_n FROM photos") == [(1,), (1,)]
    assert photo(shop, SARI, one) == photo(shop, OPS, one) == photo(shop, MAI, one)
    with pytest.raises(NotFound):
        photo(shop, BUDI, one)
    with pytest.raises(NotFound, match="no_such_photo"):
        photo(shop, MAI, "0" * 32)


def test_a_message_takes_three_photos_of_its_sender_and_order_each_once(shop: Shop, number: int) -> None:
    mine, theirs, elsewhere = add(shop, number), add(shop, number, who=SARI), add(shop, place(shop))
    with pytest.raises(Invalid, match="photos_at_most"):
        send_message(shop, MAI, number, "", [f"{n}" for n in range(PHOTOS + 1)], key="m")
    for wrong in (theirs, elsewhere, "nothing", "0" * 32):
        with pytest.raises(NotFound, match="no_such_photo"):
            send_message(shop, MAI, number, "look", [mine, wrong], key="m")
    send_message(shop, MAI, number, "look", [mine], key="m")
    with pytest.raises(NotFound, match="no_such_photo"):
        send_message(shop, MAI, number, "again", [mine], key="n")
    assert rows(shop, "SELECT text FROM messages") == [("look",)]


def test_a_photo_can_be_taken_out_until_it_is_sent(shop: Shop, number: int, tmp_path: Path) -> None:
    one, sent = add(shop, number), add(shop, number)
    send_message(shop, MAI, number, "", [sent], key="m")
    for who, wrong in ((SARI, one), (MAI, sent), (MAI, "0" * 32)):
        with pytest.raises(NotFound, match="no_such_photo"):
            drop_photo(shop, who, number, wrong, key=fresh())
    drop_photo(shop, MAI, number, one, key="d")
    drop_photo(shop, MAI, number, one, key="d")
    assert {file.name[:32] for file in files(tmp_path)} == {sent}


def test_a_lost_file_leaves_the_rest_readable(shop: Shop, number: int, tmp_path: Path) -> None:
    one = add(shop, number)
    for file in files(tmp_path):
        file.unlink()
    with pytest.raises(NotFound, match="no_such_photo"):
        photo(shop, MAI, one)


def kept(tmp_path: Path) -> set[str]:
    """The ids of the photos there is any file of."""
    return {file.name[:32] for file in files(tmp_path)}


def test_photos_that_are_never_sent_are_swept_a_day_later(
    shop: Shop, number: int, clock: Clock, tmp_path: Path
) -> None:
    sent, forgotten = add(shop, number), add(shop, number)
    send_message(shop, MAI, number, "", [sent], key="m")
    paid = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1))
    asked_with = add(shop, paid)
    ask_to_cancel(shop, MAI, paid, "BP_MISTAKE", photos=[asked_with], key=fresh())
    part = next(file for file in files(tmp_path) if file.name == f"{forgotten}.jpg").with_suffix(".part")
    part.write_bytes(b"half of it")
    clock.move(days=1)
    recent = add(shop, number)
    clock.move(milliseconds=1)
    run_due(shop)
    run_due(shop)
    assert kept(tmp_path) == {sent, asked_with, recent}
    assert {photo for (photo,) in rows(shop, "SELECT id FROM photos")} == kept(tmp_path)


def test_the_photo_of_a_request_is_not_taken_out(shop: Shop) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    one = add(shop, number)
    ask_to_cancel(shop, MAI, number, "BP_MISTAKE", photos=[one], key=fresh())
    with pytest.raises(NotFound, match="no_such_photo"):
        drop_photo(shop, MAI, number, one, key=fresh())


def test_so_many_photos_wait_to_be_sent_and_no_more(
    shop: Shop, number: int, clock: Clock, tmp_path: Path
) -> None:
    theirs = add(shop, number, who=SARI)
    mine = []
    for _ in range(PHOTOS_WAITING + 2):
        clock.move(seconds=1)
        mine.append(add(shop, number))
    assert kept(tmp_path) == {theirs, *mine[2:]}
    assert len(rows(shop, "SELECT id FROM photos")) == PHOTOS_WAITING + 1


def test_what_was_noted_keeps_its_file_whatever_comes_after(shop: Shop, number: int, tmp_path: Path) -> None:
    class Last(Photos):
        """After what it keeps the store does nothing more."""

        def keep(self, photo: str, picture: Picture) -> None:
            super().keep(photo, picture)
            run(shop, "ALTER TABLE idempotency_keys RENAME TO elsewhere")

    shop.photos = Last(tmp_path / "photos")
    with pytest.raises(Exception, match="no such table"):
        add(shop, number)
    run(shop, "ALTER TABLE elsewhere RENAME TO idempotency_keys")
    assert rows(shop, "SELECT id FROM photos") == [(photo,) for photo in kept(tmp_path)]
    assert len(kept(tmp_path)) == 1


def test_a_full_disk_is_told_as_full(tmp_path: Path) -> None:
    content = made.photo()
    with no_file_longer_than(1000), pytest.raises(StoreFull) as refused:
        Photos(tmp_path / "photos").keep("0" * 32, picture_of(content))
    assert refused.value.facts == {"store": str(tmp_path / "photos")}
    assert files(tmp_path) == []
