"""Insights: who reaches them, their faces, their plots and tables, and the files of them."""

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.cancel import cancel_order
from app.shop.reads.insights_file import Plot
from app.shop.rules.clocks import Method
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import IDS, MAI, OPS, SARI, TUAN, fresh, place, run
from tests.client import Node, nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.ui.looking import WIDE, Busy, Look, once_before

OF_KOPI_HOUSE = routes.insights("kopi-house", 30)


@pytest.fixture
def cancelled(shop: Shop, clock: Clock) -> Shop:
    """A shop in which one of two orders was cancelled, a day later."""
    number = place(shop)
    place(shop, (IDS.navy, 1), method=Method.COD)  # the clock leaves it alone
    clock.move(days=1)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    return shop


def charts(phone: Phone) -> list[Node]:
    """The plots on the screen."""
    return [node for node in phone._seen() if node["_c"] == "BarChart"]


def cells(phone: Phone) -> Iterator[list[str]]:
    """The rows of the tables on the screen."""
    for table in [node for node in phone._seen() if node["_c"] == "DataTable"]:
        for row in table["rows"]:
            yield [text["value"] for cell in row["cells"] for text in nodes(cell, "Text")]


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_members_of_a_shop_find_insights_in_the_menu(
    cancelled: Shop, look: Look, size: tuple[int, int]
) -> None:
    async with look.at("/", SARI, size=size) as phone:
        await phone.tap("menu")
        await phone.tap("go-insights")
        await phone.until(lambda: phone.sees("Cancellations over time"))
        assert phone.route == routes.INSIGHTS


async def test_nobody_else_finds_them_there(look: Look) -> None:
    async with look.at("/", MAI) as phone:
        await phone.tap("menu")
        await phone.shows("go-settings")
        assert not phone.find("go-insights")


@pytest.mark.parametrize("person", [MAI, TUAN])
async def test_another_shops_insights_lead_home(cancelled: Shop, look: Look, person: Any) -> None:
    async with look.at(OF_KOPI_HOUSE, person) as phone:
        await phone.until(lambda: phone.sees("Insights are for members of the shop"))
        assert not charts(phone)
        await phone.tap("back-to-profile")
        await phone.until(lambda: phone.route == "/")


async def test_staff_see_them_by_their_address(cancelled: Shop, look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, OPS) as phone:
        await phone.until(lambda: phone.sees("By variant"))


async def test_each_plot_stands_there_and_says_what_it_shows(cancelled: Shop, look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.until(lambda: len(charts(phone)) == 4)  # nothing was asked, so nothing answered
        told = [node["label"] for node in phone._seen() if node.get("image")]
        assert told == [
            "Cancellations over time. Highest: Mar 3, 1.",
            "Reasons. Highest: Order created by mistake, 1.",
            "By variant. Highest: Enamel camp mug, Cream, 2.",
            "By creator. Highest: @dewi.pours, 1.",
        ]
        assert phone.sees("There is nothing to show for these days")
        assert phone.sees("of 2 placed")
        over_time = charts(phone)[0]
        assert [group["rods"][0]["to_y"] for group in over_time["groups"]] == [0] * 29 + [1]


async def test_a_table_has_the_same_numbers_and_comes_and_goes(cancelled: Shop, look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.tap(f"table-{Plot.OVER_TIME}")
        await phone.until(lambda: list(cells(phone)))
        assert list(cells(phone))[-2:] == [["Mar 2", "2", "0", "0%"], ["Mar 3", "0", "1", "–"]]
        assert len(charts(phone)) == 3
        await phone.tap(f"table-{Plot.VARIANTS}")
        await phone.until(lambda: ["Enamel camp mug, Cream", "2", "2", "100%"] in list(cells(phone)))
        await phone.tap(f"table-{Plot.OVER_TIME}")
        await phone.until(lambda: len(charts(phone)) == 3)


async def test_more_days_are_chosen_in_the_address_and_stand_in_weeks(cancelled: Shop, look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.tap("range-90")
        await phone.until(lambda: charts(phone) and len(charts(phone)[0]["groups"]) == 13)
        assert phone.route == routes.insights("kopi-house", 90)
        chosen = await phone.shows("range-90")
        assert chosen["selected"]
        await phone.tap(f"table-{Plot.OVER_TIME}")
        await phone.until(lambda: ["Feb 25 – Mar 3", "2", "1", "50%"] in list(cells(phone)))


async def test_a_number_of_days_that_is_no_choice_is_the_first(cancelled: Shop, look: Look) -> None:
    async with look.at(f"{routes.INSIGHTS}?days=-4", SARI) as phone:
        chosen = await phone.shows("range-30")
        assert chosen["selected"]


async def test_a_member_of_several_shops_chooses_one(cancelled: Shop, look: Look) -> None:
    run(cancelled, "INSERT INTO members (shop_id, person_id) VALUES (:of, :me)", of=IDS.linen_lab, me=SARI.id)
    async with look.at(routes.INSIGHTS, SARI) as phone:
        first = await phone.shows("shop-kopi-house")
        assert first["selected"]
        await phone.tap("shop-linen-lab")
        await phone.until(lambda: phone.sees("No order was cancelled in these days"))
        assert phone.route == routes.insights("linen-lab", 30)


async def test_a_shop_without_cancellations_says_so(look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.until(lambda: phone.sees("No order was cancelled in these days"))
        assert phone.find("range-365")
        assert not charts(phone)


async def test_they_load_in_their_own_shape(cancelled: Shop, look: Look) -> None:
    machine = Busy()
    async with look.at(OF_KOPI_HOUSE, SARI, app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Loading"))
        assert not charts(phone)
        machine.end()
        await phone.until(lambda: charts(phone))


async def test_what_cannot_be_read_says_so_and_is_tried_again(cancelled: Shop, look: Look) -> None:
    app = once_before(lambda _: run(cancelled, "ALTER TABLE creators RENAME TO elsewhere"))
    async with look.at(OF_KOPI_HOUSE, SARI, app=app, fails=True) as phone:
        await phone.shows("try-again")
        run(cancelled, "ALTER TABLE elsewhere RENAME TO creators")
        await phone.tap("try-again")
        await phone.until(lambda: charts(phone))


@pytest.mark.parametrize("plot", Plot)
async def test_each_plot_has_its_file(cancelled: Shop, look: Look, plot: Plot) -> None:
    columns = "id, order_number, shop_id, buyer_id, kind, status, queue, queue_at, version, reason, counted, "
    columns += "created_at, since, difference_minor, answered_at, answered_by"
    of = "number, number, shop_id, buyer_id, 'cancel', 'APPROVED', 'closed', cancelled_at, 1, 'BP_MISTAKE', "
    of += "true, created_at, cancelled_at, 0, cancelled_at, :by"
    by = "SYSTEM" if plot is Plot.AUTO_APPROVALS else "SELLER"
    where = "FROM orders WHERE cancelled_at IS NOT NULL"
    run(cancelled, f"INSERT INTO requests ({columns}) SELECT {of} {where}", by=by)
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.tap(f"csv-{plot}")
        name = f"kopi-house-{plot}-2026-02-02-2026-03-03.csv"
        await phone.until(lambda: name in phone.saved)
        assert phone.saved[name].startswith(b"\xef\xbb\xbf")
        assert phone.saved[name].count(b"\r\n") > 1
        await phone.until(lambda: phone.sees("Saved."))


async def test_a_device_without_a_dialog_for_files_says_so(cancelled: Shop, look: Look) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.shows(f"csv-{Plot.REASONS}")
        phone.picks = None
        await phone.tap(f"csv-{Plot.REASONS}")
        await phone.until(lambda: phone.sees(catalogue("en").gettext("not_saved")))


async def test_a_new_cancellation_is_seen_at_once_and_tables_stay_open(cancelled: Shop, look: Look) -> None:
    number = place(cancelled)
    async with look.at(OF_KOPI_HOUSE, SARI) as phone:
        await phone.tap(f"table-{Plot.REASONS}")
        await phone.until(lambda: ["Order created by mistake", "1", "100%"] in list(cells(phone)))
        desk = await phone.process.desk()
        await desk.act(lambda shop: cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh()))
        await phone.until(lambda: ["Order created by mistake", "2", "100%"] in list(cells(phone)))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_insights_speak_every_language(cancelled: Shop, look: Look, language: str) -> None:
    async with look.at(OF_KOPI_HOUSE, SARI, languages=(language,)) as phone:
        await phone.until(lambda: charts(phone))
        texts = catalogue(language)
        for plot in Plot:
            assert phone.sees(texts.gettext(f"insights.{plot}"))
        await phone.tap(f"table-{Plot.REASONS}")
        await phone.until(lambda: phone.sees(texts.gettext("insights.column.share")))
        assert not phone.sees(texts.gettext("unexpected"))


def test_nothing_on_the_way_to_the_first_screen_imports_charts() -> None:
    code = "import app.main, app.ui.app, sys; print([name for name in sys.modules if 'charts' in name])"
    found = subprocess.run((sys.executable, "-c", code), capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
