"""The practice stores of a process: shared, let go of when the last one leaves, never left lying about."""

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.shop.rules.errors import StoreTrouble
from app.shop.shop import Shop
from app.shop.store import open_shop
from app.ui import routes
from app.ui.tour.practices import FORGOTTEN, Practices
from tests.actions.steps import MAI, place, rows, run
from tests.conftest import Clock
from tests.ui.looking import Look
from tests.ui.touring import at, begin, by_next, folders, practice_shop, step, walk, window


async def _nothing(_shop: Shop, _tell: Callable[..., None]) -> None:
    await asyncio.Event().wait()


def practices(data: Path, clock: Clock) -> Practices:
    """Those of one process; nothing goes on behind them."""
    return Practices(data / "practice", clock, _nothing)


async def test_a_practice_is_open_until_the_last_of_those_who_opened_it_lets_go(
    tmp_path: Path, clock: Clock
) -> None:
    here = practices(tmp_path, clock)
    one = await here.open(None, "en")
    # On its way in: it is at no window yet.
    assert await here.open(one.name, "en") is one
    await here.release(one)
    assert await one.desk.look(lambda shop: rows(shop, "SELECT count(*) FROM orders")) == [(2,)]
    await here.release(one)
    assert here._open == {}
    again = await here.open(one.name, "en")
    assert (again.name, again.cast) == (one.name, one.cast)
    await here.close()


async def test_a_practice_that_could_not_be_begun_leaves_nothing(tmp_path: Path, clock: Clock) -> None:
    here = practices(tmp_path, clock)
    with pytest.raises(KeyError):
        await here.open(None, "no language")
    assert folders(tmp_path) == []
    assert here._open == {}


async def test_where_no_practice_can_be_written_that_is_told(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "practice").write_text("a file in the way")
    with pytest.raises(StoreTrouble):
        await practices(tmp_path, clock).open(None, "en")


async def test_a_practice_of_a_later_version_or_half_made_begins_anew(tmp_path: Path, clock: Clock) -> None:
    here = practices(tmp_path, clock)
    newer = await here.open(None, "en")
    with newer.shop.place.writing() as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    await here.release(newer)
    half = "half-made-so-far"  # what a process leaves that ended while it made one
    open_shop(f"sqlite:///{tmp_path / 'practice' / half / 'takeback.db'}", clock).close()
    for name in (newer.name, half):
        begun = await here.open(name, "en")
        assert begun.name != name
        assert not (tmp_path / "practice" / name).exists()
    await here.close()


async def test_a_practice_nobody_came_back_to_is_taken_away(tmp_path: Path, clock: Clock) -> None:
    here = practices(tmp_path, clock)
    left, kept = await here.open(None, "en"), await here.open(None, "en")
    await here.release(left)
    long_ago = time.time() - FORGOTTEN - 1
    for one in (left, kept):  # who is still at it keeps it
        os.utime(tmp_path / "practice" / one.name, (long_ago, long_ago))
    new = await here.open(None, "en")
    assert {folder.name for folder in folders(tmp_path)} == {kept.name, new.name}
    await here.close()


async def test_a_window_that_is_closed_lets_go_of_its_practice(look: Look) -> None:
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept=kept)
        await begin(phone)
        app.phones.remove(phone)
        await phone.close()
        async with asyncio.timeout(5):
            while app.process.practices._open:
                await asyncio.sleep(0.01)
        await at(await app.open(kept=kept), "menu")


async def test_a_window_that_is_closed_on_its_way_in_lets_go_too(look: Look, tmp_path: Path) -> None:
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept={"takeback.person": str(MAI.id)})
        await phone.shows("tour-begin")
        tour = window(phone).tour
        await phone.tap("tour-begin")
        await phone.until(lambda: tour.busy)
        app.phones.remove(phone)
        await phone.close()
        async with asyncio.timeout(5):
            while tour.busy:
                await asyncio.sleep(0.01)
        assert len(folders(tmp_path)) == 1
        assert app.process.practices._open == {}


async def test_a_link_to_a_real_order_is_followed_while_a_tour_is_on_elsewhere(
    shop: Shop, look: Look
) -> None:
    number = place(shop)
    kept = {"takeback.person": str(MAI.id)}
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept=kept)
        await begin(phone)
        link = await app.open(routes.order(number), kept=kept)
        await link.shows("cancel-order")
        assert step(link) == ""
        await link.visit(routes.TOUR)
        await link.tap("tour-begin")
        await at(link, "menu")


async def test_where_a_tour_cannot_go_on_the_app_begins_as_ever(look: Look, tmp_path: Path) -> None:
    kept = {"takeback.person": str(MAI.id), "takeback.tour": '["AAAAAAAAAAAAAAAA", true, "/", []]'}
    (tmp_path / "practice").write_text("a file in the way")
    async with look.launched() as app:
        phone = await app.open(kept=kept)
        await phone.until(lambda: phone.sees("@mai"))
        await phone.visit(routes.TOUR)
        await phone.tap("tour-begin")
        await phone.until(lambda: phone.sees("read-only"))
        await phone.tap("back")
        await phone.shows("go-tour")


@pytest.mark.parametrize("gone", [False, True], ids=["broken", "gone"])
async def test_a_practice_whose_store_fails_while_somebody_is_at_it_can_be_left(
    look: Look, tmp_path: Path, gone: bool
) -> None:
    async with look.launched() as app:
        phone = await app.open(routes.TOUR, kept={"takeback.person": str(MAI.id)})
        await begin(phone)
        await walk(phone, by_next, until="orders")
        (folder,) = folders(tmp_path)
        if gone:
            shutil.rmtree(folder)
        else:
            run(practice_shop(phone), "ALTER TABLE orders RENAME TO elsewhere")
        await by_next(phone, "orders")
        await phone.shows("try-again" if not gone else "tab-all")
        await phone.tap("tour-leave")
        await phone.shows("tour-anew")
        await phone.tap("tour-begin")
        await at(phone, "menu")
        assert bool(app.faults.told) is not gone  # what failed is in the log, once more for each look
        app.faults.told.clear()
