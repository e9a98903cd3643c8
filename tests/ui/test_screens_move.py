"""Export and import: all of it as a file, and a file in the place of all of it, once that is confirmed."""

import re
from pathlib import Path
from tempfile import gettempdir

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.backup.moving import look_into, packed
from app.shop.demo import fill
from app.shop.place.browser import BrowserFile
from app.shop.shop import Shop
from app.shop.store import open_shop
from app.ui import routes
from tests.actions.steps import MAI, place
from tests.conftest import Clock
from tests.headless import Phone
from tests.ui.looking import WIDE, Look

NAME = "takeback-2026-03-02.zip"


@pytest.fixture
def alone(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The app alone has the store, as in a page."""
    shop.close()
    for where in ("app.shop.store", "app.shop.backup.restore"):
        monkeypatch.setattr(f"{where}.place_of", lambda url, *_: BrowserFile(Path(url[len("sqlite:///") :])))


@pytest.fixture
def file(tmp_path: Path, clock: Clock) -> Path:
    """Twelve orders of another store in one file."""
    (tmp_path / "other").mkdir()
    other = open_shop(f"sqlite:///{tmp_path / 'other' / 'takeback.db'}", clock)
    fill(other, orders=12)
    file = tmp_path / NAME
    file.write_bytes(packed(other))
    other.close()
    return file


async def choose(phone: Phone, file: Path) -> None:
    """Pick this file."""
    phone.picks = [file]
    await phone.tap("import-store")


async def test_everything_is_exported_as_one_file(shop: Shop, look: Look, tmp_path: Path) -> None:
    place(shop)
    async with look.at(routes.MOVE) as phone:
        await phone.tap("export-store")
        await phone.until(lambda: phone.sees("Saved."))
        made = tmp_path / NAME
        made.write_bytes(phone.saved[NAME])
    assert look_into(shop, made).orders == 1


async def test_on_a_desktop_it_is_written_where_the_person_says_and_a_shell_brings_it_in(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.MOVE, native="linux", size=WIDE) as phone:
        phone.saves_to = tmp_path / "mine.zip"
        await phone.tap("export-store")
        await phone.until(lambda: phone.sees("Saved."))
        await phone.until(lambda: phone.sees("run takeback restore"))
        assert phone.find("import-store") is None
    assert look_into(shop, tmp_path / "mine.zip").orders == 0


async def test_a_file_that_cannot_be_saved_is_told(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.MOVE, native="linux", size=WIDE) as phone:
        phone.saves_to = tmp_path / "missing" / "mine.zip"
        await phone.tap("export-store")
        await phone.until(lambda: phone.sees("The file could not be saved here."))
        await phone.shows("export-store")


@pytest.mark.usefixtures("alone")
async def test_a_file_replaces_everything_once_that_is_confirmed(look: Look, file: Path) -> None:
    async with look.at(routes.MOVE) as phone:
        await choose(phone, file)
        await phone.shows("replaces")
        assert phone.sees(f"In {NAME}")
        assert phone.sees("12")
        await phone.tap("keep-store")
        await phone.shows("import-store")
        assert not list(Path(gettempdir()).iterdir())
        await choose(phone, file)
        await phone.tap("replace-store")
        await phone.until(lambda: phone.route == routes.PROFILE and phone.sees("Brought in: 12 orders."))
        await phone.visit(routes.orders())
        await phone.until(lambda: any(re.match("order-", one) for one in phone.identifiers()))


@pytest.mark.usefixtures("alone")
async def test_what_is_no_such_file_is_told_by_its_name_and_replaces_nothing(
    look: Look, tmp_path: Path
) -> None:
    wrong = tmp_path / "holiday.zip"
    wrong.write_bytes(b"PK no such thing")
    async with look.at(routes.MOVE) as phone:
        await choose(phone, wrong)
        await phone.until(lambda: phone.sees("There is no backup in holiday.zip."))
        await phone.shows("import-store")
        assert not list(Path(gettempdir()).iterdir())


async def test_who_practises_or_signed_in_has_no_such_way(look: Look) -> None:
    async with look.at(routes.SETTINGS) as phone:
        await phone.shows("go-move")
    async with look.launched() as app:
        app.process._guarded = True
        phone = await app.open(routes.MOVE, kept={"takeback.person": str(MAI.id)})
        await phone.until(phone.identifiers)
        assert phone.find("export-store") is None


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_called_what_it_is_in_every_language(look: Look, language: str) -> None:
    async with look.at(routes.MOVE, languages=(language,)) as phone:
        for code in ("move_store", "export_store", "import_store"):
            text = catalogue(language).gettext(code)
            await phone.until(lambda text=text: phone.sees(text))  # type: ignore[misc]
