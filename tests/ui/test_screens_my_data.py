"""Your data: how much is kept, and all of it as a file."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import TUAN, place, run
from tests.headless import Phone
from tests.ui.looking import WIDE, Look, once_before


async def download(phone: Phone, name: str) -> None:
    """Tap, and wait until it is there."""
    await phone.tap("download-data")
    await phone.until(lambda: name in phone.saved)
    await phone.until(lambda: phone.sees("Saved."))


def read(content: bytes) -> dict[str, Any]:
    """The file, which is JSON and nothing before it."""
    told: dict[str, Any] = json.loads(content.decode("utf-8"))
    return told


async def test_a_buyer_downloads_what_is_theirs(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(routes.MY_DATA) as phone:
        await phone.until(lambda: phone.sees("What is kept about you"))
        await download(phone, "takeback-mai.json")
        told = read(phone.saved["takeback-mai.json"])
    assert [one["number"] for one in told["orders"]] == [str(number)]
    assert told["person"]["handle"] == "mai"


async def test_on_a_desktop_it_is_written_where_the_person_says(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    place(shop)
    async with look.at(routes.MY_DATA, native="linux", size=WIDE) as phone:
        phone.saves_to = tmp_path / "mine.json"
        await download(phone, "takeback-mai.json")
    assert len(read((tmp_path / "mine.json").read_bytes())["orders"]) == 1


async def test_who_has_nothing_yet_has_a_profile(shop: Shop, look: Look) -> None:
    async with look.at(routes.MY_DATA, TUAN) as phone:
        await phone.until(lambda: phone.sees("No order, address or message of yours is kept yet."))
        await download(phone, "takeback-tuan.json")
        assert read(phone.saved["takeback-tuan.json"])["orders"] == []


async def test_what_cannot_be_read_says_so_and_is_tried_again(shop: Shop, look: Look) -> None:
    app = once_before(lambda _: run(shop, "ALTER TABLE requests RENAME TO elsewhere"))
    async with look.at(routes.MY_DATA, app=app, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO requests")
        await phone.tap("try-again")
        await phone.shows("download-data")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_called_what_it_is_in_every_language(shop: Shop, look: Look, language: str) -> None:
    place(shop)
    async with look.at(routes.MY_DATA, languages=(language,)) as phone:
        text = catalogue(language).gettext("download_data")
        await phone.until(lambda: phone.sees(text))
        assert phone.find("download-data") is not None
