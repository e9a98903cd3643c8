"""Bringing orders in: files are picked and sent, checked or read; what they leave open is asked."""

from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest

from app.shop.files.findings import WHY
from app.shop.files.recognise import FORMATS
from app.shop.shop import Shop
from app.ui import files, routes
from app.ui.texts import has
from tests.actions.steps import MAI, OPS, SARI, rows, run
from tests.files import made_retail
from tests.files.made import Olist, as_file, tiktok_order
from tests.files.seller import OPEN_COLUMNS, as_csv, sku_row
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Look, busy
from tests.ui.moments import type_and_tap

REPORT = routes.import_report(1)


def left_over() -> list[Path]:
    """What is left of files that were sent."""
    return list(Path(gettempdir()).iterdir())


async def pick(phone: Phone, *paths: Path) -> None:
    """Pick these files."""
    phone.picks = list(paths)
    await phone.tap("choose-files")


async def bring_in(phone: Phone, *paths: Path) -> None:
    """Pick these files and bring them in."""
    await pick(phone, *paths)
    await phone.tap("bring-in")


async def figures(phone: Phone, n: int = 1) -> dict[str, str]:
    """The figures of the window's `n`th report, once that is on the screen."""
    await phone.until(lambda: phone.route == routes.import_report(n) and phone.find("figure-read"))
    told = phone.texts()
    words = ("read", "new", "updated", "already here", "left out", "with a remark")
    return {word: told[told.index(word) - 1] for word in words}


def open_file(folder: Path, *cells: dict[str, Any], name: str = "orders.csv") -> Path:
    """An export that leaves everything open: day and month, the currency, the shop."""
    made = [sku_row(n, 1, {"Created Time": "05/08/2026 10:15:00"} | one) for n, one in enumerate(cells, 1)]
    return as_csv(folder / name, made, columns=OPEN_COLUMNS)


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
    async with look.at(routes.IMPORT, SARI) as phone:
        await phone.until(lambda: phone.sees("TikTok Seller Centre export") and phone.sees("Shopify orders"))
        assert phone.find("choose-files")


async def test_the_files_picked_are_shown_before_anything_is_done(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.shows("check-first")
        assert phone.sees("1 file chosen")
        assert phone.sees("orders.json")
        assert rows(shop, "SELECT number FROM orders") == []


async def test_the_report_tells_what_came_in_and_what_did_not(shop: Shop, look: Look, tables: Olist) -> None:
    async with look.at(routes.IMPORT, SARI, size=WIDE) as phone:
        await bring_in(phone, *sorted(tables.write().iterdir()))
        assert await figures(phone) == {
            "read": "3",
            "new": "2",
            "updated": "0",
            "already here": "0",
            "left out": "2",
            "with a remark": "1",
        }
        assert phone.sees("2 orders came in")
        told = phone.texts()
        at = told.index("This is not a time between 2000 and 2100.")
        assert told[at + 2] == "made_orders.csv · row 3 · order_purchase_timestamp · “soon”"
        assert phone.sees("The times in this file have no time zone.")
        assert phone.sees("Left out are orders, or single rows of them")
        assert phone.sees("A remark leaves no order out")
        assert len(rows(shop, "SELECT number FROM orders")) == 2
        assert left_over() == []
        await phone.tap("see-accounts")
        await phone.until(lambda: phone.route == routes.ACCOUNTS)


async def test_a_check_shows_the_same_and_writes_nothing_then_one_tap_brings_it_in(
    shop: Shop, look: Look, tables: Olist
) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, *sorted(tables.write().iterdir()))
        await phone.tap("check-first")
        await phone.shows("only-checked")
        assert phone.sees("2 orders would come in")
        checked = await figures(phone)
        assert rows(shop, "SELECT number FROM orders") == []
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("2 orders came in"))
        assert await figures(phone, 2) == checked
        assert not phone.find("only-checked")
        assert phone.route == routes.import_report(2)
        assert left_over() == []


async def test_a_report_brings_in_only_what_it_tells_of(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_csv(tmp_path / "a.csv", [sku_row(1)]))
        await phone.tap("check-first")
        await phone.shows("shop-none")
        await pick(phone, as_csv(tmp_path / "b.csv", [sku_row(2)]))
        await phone.until(lambda: phone.route == routes.IMPORT and phone.sees("b.csv"))
        await phone.visit(REPORT)
        await phone.shows("figure-read")
        assert not phone.find("bring-in")
        assert not phone.find("shop-none")
        await phone.visit(routes.IMPORT)
        await phone.tap("check-first")
        await phone.until(lambda: phone.route == routes.import_report(2) and phone.find("bring-in"))
        await phone.visit(routes.IMPORT)
        await phone.tap("personal-data")
        await phone.visit(routes.import_report(2))
        await phone.shows("figure-read")
        assert not phone.find("bring-in")


async def test_the_same_file_again_is_already_here(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        file = as_file(tmp_path, [tiktok_order()])
        await bring_in(phone, file)
        await phone.until(lambda: phone.sees("1 order came in") and phone.sees("1 new"))
        await bring_in(phone, file)
        assert (await figures(phone, 2))["already here"] == "1"
        assert phone.sees("All of these orders are already here")
        assert not phone.find("see-accounts")


async def test_reports_are_there_as_long_as_the_window(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in") and phone.route == REPORT)
        await phone.visit(routes.ORDERS)
        await phone.visit(routes.IMPORT)
        await phone.tap("import-report-1")
        await phone.until(lambda: phone.route == REPORT and phone.find("figure-new"))
        await phone.visit(routes.import_report(7))
        await phone.until(lambda: phone.sees("This report is no longer here"))
        await phone.tap("go-import")
        await phone.shows("choose-files")


async def test_it_shows_how_far_it_is_wherever_one_comes_from(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.shows("bring-in")
        async with busy(phone):
            await phone.tap("bring-in")
            await phone.until(lambda: phone.sees("Reading your orders"))
            assert not phone.find("choose-files")
            await phone.back()
            await phone.tap("go-import")
            await phone.until(lambda: phone.sees("Reading your orders"))
            await phone.visit(routes.ORDERS)
        await phone.until(lambda: phone.sees("The import report is ready"))
        assert phone.route == routes.ORDERS


async def test_what_was_stopped_before_it_began_leaves_nothing(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.shows("bring-in")
        async with busy(phone):
            await phone.tap("bring-in")
            await phone.tap("stop-import")
            await phone.until(lambda: phone.sees("Stopping"))
        await phone.until(lambda: phone.sees("Stopped. Nothing came in."))
        assert rows(shop, "SELECT number FROM orders") == []
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_files_nobody_can_read_each_say_why(look: Look, tmp_path: Path) -> None:
    huge, empty = tmp_path / "huge.json", tmp_path / "empty.json"
    with huge.open("wb") as file:
        file.truncate(files.MOST + 1)
    empty.touch()
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, huge, empty, as_file(tmp_path, "hello", "letter.json"))
        await phone.shows("bring-in")
        told = phone.texts()
        assert told[told.index("huge.json") + 1].startswith("This file is larger than 50 MB")
        await phone.tap("bring-in")
        await figures(phone)
        assert phone.sees("No order came in")
        told = phone.texts()
        assert told[told.index("huge.json") + 2].startswith("This file is larger than a browser can send.")
        assert told[told.index("empty.json") + 2] == "The file is empty."
        assert told[told.index("letter.json") + 2].startswith("This is no order file that can be read here.")
        assert left_over() == []


async def test_where_nothing_can_be_read_only_other_files_can_be_chosen(look: Look, tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(files.MOST + 1)
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, huge)
        await phone.until(lambda: phone.sees("None of these files can be read"))
        assert not phone.find("bring-in")
        assert not phone.find("personal-data")


async def test_outside_of_a_browser_a_file_is_read_where_it_is(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        phone.in_browser = False
        phone.get_upload_url = _never  # type: ignore[method-assign]
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_without_a_server_the_page_itself_gives_what_is_in_a_file(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        phone.session.page.pyodide = True
        phone.get_upload_url = _never  # type: ignore[method-assign]
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in"))
        assert left_over() == []


def _never(file_name: str, expires: int) -> str:
    raise AssertionError(file_name, expires)


async def test_where_no_files_can_be_picked_it_says_how_else(look: Look) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        phone.picks = None
        await phone.tap("choose-files")
        await phone.until(lambda: phone.sees("Files cannot be chosen here."))
        phone.picks = []
        await phone.tap("try-again")
        await phone.shows("choose-files")


async def test_a_file_that_does_not_arrive_says_so(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        phone.get_upload_url = lambda file_name, expires: "/upload?f=no/such/folder"  # type: ignore[method-assign]
        await pick(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("This file did not arrive whole."))


async def test_of_many_findings_more_are_shown_when_asked(look: Look, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    for n in range(1, 13):
        olist.simple(n)
        olist.rows["orders"][-1]["order_purchase_timestamp"] = "soon"
    async with look.at(routes.IMPORT, SARI) as phone:
        await bring_in(phone, *sorted(olist.write().iterdir()))
        await phone.shows("found-time_not_usable")
        assert sum(text.count("“soon”") for text in phone.texts()) == 5
        assert phone.sees("Show 7 more")
        await phone.tap("more-time_not_usable")
        await phone.until(lambda: sum(text.count("“soon”") for text in phone.texts()) == 12)
        assert not phone.find("more-time_not_usable")


async def test_words_that_are_none_of_ours_are_listed_as_the_file_has_them(
    look: Look, tmp_path: Path
) -> None:
    gone = {"Order Status": "Dibatalkan", "Cancelled Time": "15/06/2026 10:00:00", "Cancel By": "Pembeli"}
    made = [sku_row(n, cells=gone | {"Cancel Reason": "Berubah pikiran"}) for n in (1, 2)]
    async with look.at(routes.IMPORT, SARI) as phone:
        await bring_in(phone, as_csv(tmp_path / "a.csv", made))
        await phone.shows("found-unknown_reason")
        assert phone.sees("2 × cancel reason · “Berubah pikiran”")
        assert not phone.sees("row 1 · cancel reason")


async def test_who_picks_nothing_is_where_they_were(look: Look) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone)
        await phone.shows("choose-files")
        assert phone.sees("Bring your own orders in")


async def test_a_store_that_cannot_be_written_says_so_and_one_can_try_again(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.IMPORT, SARI, fails=True) as phone:
        await phone.shows("choose-files")
        run(shop, "ALTER TABLE orders RENAME TO elsewhere")
        await bring_in(phone, as_file(tmp_path, [tiktok_order()]))
        await phone.shows("trouble")
        run(shop, "ALTER TABLE elsewhere RENAME TO orders")
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("1 order came in"))


async def test_every_window_looks_again(look: Look, tmp_path: Path) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        kept = {"takeback.person": str(SARI.id)}
        one, other = await app.open(routes.IMPORT, kept=kept), await app.open(routes.ACCOUNTS)
        await other.shows("account-mai")
        await bring_in(one, as_file(tmp_path, [tiktok_order()]))
        await other.until(lambda: other.sees("@tiktok-"))


async def test_two_windows_at_once_bring_each_order_in_once(shop: Shop, look: Look, tmp_path: Path) -> None:
    first = as_csv(tmp_path / "a.csv", [sku_row(n) for n in range(1, 13)])
    second = as_csv(tmp_path / "b.csv", [sku_row(n) for n in range(9, 18)])
    async with launched(look.url, look.folder, look.clock) as app:
        kept = {"takeback.person": str(SARI.id)}
        one, other = [await app.open(routes.IMPORT, kept=kept) for _ in range(2)]
        await pick(one, first)
        await pick(other, second)
        await one.shows("bring-in")
        await other.shows("bring-in")
        async with busy(one):
            await one.tap("bring-in")
            await other.tap("bring-in")
        told = [await figures(phone) for phone in (one, other)]
        assert sum(int(one["new"]) for one in told) == len(rows(shop, "SELECT number FROM orders")) == 17
        assert sum(int(one["already here"]) for one in told) == 4


async def test_only_who_answers_for_a_shop_or_the_platform_brings_orders_in(
    look: Look, tmp_path: Path
) -> None:
    for person in (SARI, OPS):
        async with look.at(routes.IMPORT, person) as phone:
            await phone.shows("choose-files")
    async with look.at(routes.IMPORT, MAI) as phone:
        await phone.until(lambda: phone.sees("Orders come in through the accounts of shops"))
        assert not phone.find("choose-files")
        await phone.visit(REPORT)
        await phone.until(lambda: phone.sees("Orders come in through the accounts of shops"))
        await phone.tap("see-accounts")
        await phone.until(lambda: phone.route == routes.ACCOUNTS)


async def test_names_are_left_out_unless_switched_on(shop: Shop, look: Look, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "a.csv", [sku_row(1)])
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, file)
        await phone.until(lambda: phone.sees("They are left out"))
        await phone.tap("check-first")
        await phone.until(lambda: phone.sees("Names, phones and addresses are left out."))
        await phone.visit(routes.IMPORT)
        await phone.tap("personal-data")
        await phone.until(lambda: phone.sees("They are stored with the orders."))
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("Names, phones and addresses are included."))
        assert rows(shop, "SELECT recipient FROM addresses WHERE recipient LIKE 'C***%'")


async def test_dates_and_currency_are_asked_where_a_file_leaves_them_open(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    other = {"Created Time": "06/09/2026 11:00:00"}
    async with look.at(routes.IMPORT, SARI) as phone:
        await bring_in(phone, open_file(tmp_path, {}, other), as_file(tmp_path, [tiktok_order()]))
        await phone.until(lambda: phone.sees("1 order came in"))
        assert phone.sees("Which currency are the amounts in?")
        assert phone.find("waits")
        assert phone.sees("1 file waits for your answer")
        assert not phone.find("bring-in")
        assert phone.find("see-accounts")
        await phone.type("currency-text", "4x")
        await phone.tap("currency-use")
        await phone.until(lambda: phone.sees("A currency has three letters"))
        await phone.tap("currency-idr")
        await phone.until(lambda: phone.sees("How are dates written here?"))
        assert phone.sees("1 file waits for your answer")
        assert phone.find(
            text="05/08/2026 is August 5, 2026 \n06/09/2026 is September 6, 2026".replace(" \n", "\n")
        )
        assert phone.find(text="05/08/2026 is May 8, 2026\n06/09/2026 is June 9, 2026")
        await phone.tap("month-first")
        await phone.until(lambda: phone.sees("2 orders came in"))
        told = rows(shop, "SELECT count(*) FROM orders WHERE currency = 'IDR' AND created_at < 1782000000000")
        assert told == [(2,)]
        assert left_over() == []


async def test_an_answer_can_be_taken_back_until_the_orders_come_in(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, open_file(tmp_path, {}))
        await phone.tap("check-first")
        await phone.tap("currency-vnd")
        await phone.tap("month-first")
        await phone.until(lambda: phone.sees("1 order would come in"))
        assert phone.sees("Amounts are in VND")
        assert phone.sees("Dates have the month first")
        await phone.tap("answer-anew")
        await phone.until(lambda: phone.sees("Which currency are the amounts in?"))
        assert not phone.find("answer-anew")


async def test_an_answer_counts_for_no_file_that_did_not_ask(shop: Shop, look: Look, tmp_path: Path) -> None:
    invoice = made_retail.write(tmp_path, [made_retail.item()])
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, open_file(tmp_path, {}), invoice)
        await phone.tap("check-first")
        await phone.tap("currency-idr")
        await phone.tap("day-first")
        await phone.until(lambda: phone.sees("2 orders would come in"))
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("2 orders came in"))
    told = rows(shop, "SELECT currency FROM orders ORDER BY currency")
    assert told == [("GBP",), ("IDR",)]


async def test_of_files_without_orders_nothing_is_asked(look: Look, tmp_path: Path) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, open_file(tmp_path))
        await phone.tap("check-first")
        await figures(phone)
        assert phone.sees("No order would come in")
        assert phone.sees("The file lists no orders.")
        assert not phone.sees("so they stand under one without a name")
        assert not phone.find("shop-none")


async def test_of_files_of_several_markets_each_clock_is_marked(look: Look, tmp_path: Path) -> None:
    olist = Olist(tmp_path / "olist")
    olist.simple(1)
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, *sorted(olist.write().iterdir()), as_csv(tmp_path / "a.csv", [sku_row(1)]))
        await phone.tap("check-first")
        await phone.until(lambda: phone.sees("The marked ones were taken, each for its own."))
        assert phone.find("zone-america/sao_paulo")
        assert phone.find("zone-asia/jakarta")


async def test_the_clock_of_times_without_a_zone_is_asked_before_they_come_in(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_csv(tmp_path / "a.csv", [sku_row(1)]))
        await phone.tap("check-first")
        await phone.until(lambda: phone.sees("Which clock are the times on?"))
        await phone.type("zone-text", "Asia/Atlantis")
        await phone.tap("zone-use")
        await phone.until(lambda: phone.sees("A time zone has a name such as"))
        for n, zone in enumerate(("asia/makassar", "asia/jayapura"), 2):
            await phone.tap(f"zone-{zone}")
            await phone.until(lambda n=n: phone.route == routes.import_report(n))  # type: ignore[misc]
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("1 order came in"))
        assert not phone.sees("Which clock are the times on?")
    told = rows(shop, "SELECT time_zone FROM shops WHERE handle LIKE 'tiktok-%'")
    assert told == [("Asia/Jayapura",)]


async def test_whose_orders_they_are_is_asked_before_they_come_in(
    shop: Shop, look: Look, tmp_path: Path
) -> None:
    (own,) = rows(
        shop, "SELECT handle FROM shops JOIN members ON shop_id = id WHERE person_id = :p", p=SARI.id
    )
    async with look.at(routes.IMPORT, SARI) as phone:
        await pick(phone, as_csv(tmp_path / "a.csv", [sku_row(1)]))
        await phone.tap("check-first")
        await phone.until(lambda: phone.sees("Which shop are these orders of?"))
        await phone.tap(f"shop-{own[0]}")
        await phone.until(lambda: phone.route == routes.import_report(2))
        await phone.rests()
        assert not phone.sees("so they stand under one without a name")
        await phone.type("shop-text", "no shop!")
        await phone.tap("shop-use")
        await phone.until(lambda: phone.sees("is not a handle"))
        await phone.type("shop-text", "ma")
        await type_and_tap(phone, "shop-text", "i", "shop-use")
        await phone.until(lambda: phone.find("trouble") and phone.sees("mai is the handle of a person"))
        await phone.tap("bring-in")
        await phone.until(lambda: phone.sees("1 order came in"))
    told = rows(shop, "SELECT handle FROM shops JOIN orders ON shop_id = shops.id")
    assert told == [own]


async def test_a_report_can_be_copied_and_saved(look: Look, tables: Olist) -> None:
    async with look.at(routes.IMPORT, SARI) as phone:
        await bring_in(phone, *sorted(tables.write().iterdir()))
        await phone.tap("report-copy")
        await phone.until(lambda: phone.copied)
        assert "made_orders.csv · row 3 · order_purchase_timestamp “soon”" in str(phone.copied)
        await phone.tap("report-text")
        await phone.until(lambda: "takeback-import-1.txt" in phone.saved)
        assert phone.saved["takeback-import-1.txt"].decode().strip() == phone.copied
        await phone.tap("report-json")
        await phone.until(lambda: "takeback-import-1.json" in phone.saved)
        assert b'"code": "time_not_usable"' in phone.saved["takeback-import-1.json"]


def test_everything_a_report_can_tell_has_words() -> None:
    assert [code for code in WHY if not has(f"found.{code}")] == []
    assert [one.kind for one in FORMATS if not has(f"kind.{one.kind}")] == []
