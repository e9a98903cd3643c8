"""Bringing orders in: files are picked and sent, read, and told of."""

from pathlib import Path
from tempfile import gettempdir

import pytest

from app.shop.files.findings import WHY
from app.shop.files.recognise import FORMATS
from app.shop.shop import Shop
from app.ui import files, routes
from app.ui.parts.file_card import MOST
from app.ui.texts import has
from tests.actions.steps import rows, run
from tests.files.made import Olist, as_file, tiktok_order
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Look, busy


def left_over() -> list[Path]:
    """What is left of files that were sent."""
    return list(Path(gettempdir()).iterdir())


async def bring_in(phone: Phone, *paths: Path) -> None:
    """Pick these files."""
    phone.picks = list(paths)
    await phone.tap("choose-files")


@pytest.fixture
def tables(tmp_path: Path) -> Olist:
    """The tables of three orders, two of them with a mistake."""
    olist = Olist(tmp_path / "olist")
    for n in (1, 2, 3):
        olist.simple(n)
    olist.rows["orders"][1]["order_purchase_timestamp"] = "soon"
    olist.rows["payments"][2]["payment_value"] = "1.234,50"
    return olist


async def test_it_says_which_files_it_can_read(look: Look) -> None:
    async with look.at(routes.IMPORT) as phone:
        await phone.shows("choose-files")
        assert phone.sees("TikTok Shop orders as JSON")


async def test_the_report_tells_what_came_in_and_what_did_not(shop: Shop, look: Look, tables: Olist) -> None:
    async with look.at(routes.IMPORT, size=WIDE) as phone:
        await bring_in(phone, *sorted(tables.write().iterdir()))
        await phone.until(lambda: phone.sees("2 orders came in"))
        for part in ("Olist tables", "2 new", "2 left out", "1 with a remark"):
            assert phone.sees(part)
        told = phone.texts()
        at = told.index("made_orders.csv · row 3 · order_purchase_timestamp · “soon”")
        assert told[at + 1] == "This is not a time between 2000 and 2100."
        assert phone.sees("The times in this file have no time zone.")
        assert len(rows(shop, "SELECT number FROM orders")) == 2
        assert left_over() == []
        await phone.tap("see-accounts")
        await phone.until(lambda: phone.route == routes.ACCOUNTS)


async def test_the_same_file_again_is_already_here(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT) as phone:
        file = as_file(tmp_path, [tiktok_order()])
        await bring_in(phone, file)
        await phone.until(lambda: phone.sees("1 order came in") and phone.sees("1 new"))
        await bring_in(phone, file)
        await phone.until(lambda: phone.sees("All of these orders are already here"))
        assert phone.sees("1 already here")
        assert not phone.find("see-accounts")


async def test_the_report_is_there_when_one_returns(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT) as phone:
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in"))
        await phone.back()
        await phone.tap("go-import")
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_it_shows_how_far_it_is_wherever_one_comes_from(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT) as phone:
        await phone.shows("choose-files")
        async with busy(phone):
            await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
            await phone.until(lambda: phone.sees("Reading your orders"))
            assert not phone.find("choose-files")
            await phone.back()
            await phone.tap("go-import")
            await phone.until(lambda: phone.sees("Reading your orders"))
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_files_nobody_can_read_each_say_why(look: Look, tmp_path: Path) -> None:
    huge, empty = tmp_path / "huge.json", tmp_path / "empty.json"
    with huge.open("wb") as file:
        file.truncate(files.MOST + 1)
    empty.touch()
    async with look.at(routes.IMPORT) as phone:
        await bring_in(phone, huge, empty, as_file(tmp_path, "hello", "letter.json"))
        await phone.until(lambda: phone.sees("No order came in"))
        told = phone.texts()
        assert told[told.index("huge.json") + 1].startswith("This file is larger than 50 MB")
        assert told[told.index("empty.json") + 1] == "The file is empty."
        assert told[told.index("letter.json") + 1].startswith("This kind of file is not known.")
        assert left_over() == []


async def test_outside_of_a_browser_a_file_is_read_where_it_is(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT) as phone:
        phone.in_browser = False
        phone.get_upload_url = _never  # type: ignore[method-assign]
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in"))


def _never(file_name: str, expires: int) -> str:
    raise AssertionError(file_name, expires)


async def test_where_no_files_can_be_picked_it_says_how_else(look: Look) -> None:
    async with look.at(routes.IMPORT) as phone:
        phone.picks = None
        await phone.tap("choose-files")
        await phone.until(lambda: phone.sees("Files cannot be chosen here."))
        phone.picks = []
        await phone.tap("try-again")
        await phone.shows("choose-files")


async def test_a_file_that_does_not_arrive_says_so(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT) as phone:
        phone.get_upload_url = lambda file_name, expires: "/upload?f=no/such/folder"  # type: ignore[method-assign]
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("This file did not arrive whole."))


async def test_of_many_problems_the_rest_is_counted(look: Look, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    for n in range(1, MOST + 8):
        olist.simple(n)
        olist.rows["orders"][-1]["order_purchase_timestamp"] = "soon"
    async with look.at(routes.IMPORT) as phone:
        await bring_in(phone, *sorted(olist.write().iterdir()))
        await phone.until(lambda: phone.sees("and 7 more"))
        assert sum("“soon”" in text for text in phone.texts()) == MOST


async def test_who_picks_nothing_is_where_they_were(look: Look) -> None:
    async with look.at(routes.IMPORT) as phone:
        await bring_in(phone)
        await phone.shows("choose-files")
        assert phone.sees("Bring your own orders in")


async def test_a_store_that_cannot_be_written_says_so_and_one_can_try_again(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.IMPORT, fails=True) as phone:
        await phone.shows("choose-files")
        run(shop, "ALTER TABLE orders RENAME TO elsewhere")
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO orders")
        await phone.tap("try-again")
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_every_window_looks_again(look: Look, tmp_path: Path) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        one, other = await app.open(routes.IMPORT), await app.open(routes.ACCOUNTS)
        await other.shows("account-mai")
        await bring_in(one, as_file(tmp_path, [tiktok_order()]))
        await other.until(lambda: other.sees("@tiktok-"))


def test_everything_a_report_can_tell_has_words() -> None:
    assert [code for code in WHY if not has(f"found.{code}")] == []
    assert [one.kind for one in FORMATS if not has(f"kind.{one.kind}")] == []
