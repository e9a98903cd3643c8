"""Deleting one's account: what goes and stays is said, what is in the way leads there, and one is asked."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.erase import erase_person
from app.shop.rules.orders import Status
from app.shop.shop import Shop
from app.ui import routes
from app.ui.state import PendingCancel
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    OPS,
    SARI,
    ask,
    fresh,
    order_in,
    place,
    rows,
    run,
)
from tests.headless import Phone
from tests.launch import launched
from tests.ui.looking import WIDE, Look, once_before


def delete_button(phone: Phone) -> Any:
    """The button itself."""
    found = phone.find("delete-account")
    assert found is not None
    return found["content"]


async def delete(phone: Phone, handle: str = "mai") -> None:
    """Type the handle, and tap."""
    await phone.type("handle-text", handle)
    await phone.tap("delete-account")


def erased(shop: Shop, person: int) -> bool:
    """Whether the store has nobody of them left."""
    return bool(rows(shop, "SELECT erased_at FROM people WHERE id = :p", p=person)[0][0])


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["phone", "wide"])
async def test_who_deletes_their_account_is_gone_and_another_is_chosen(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    number = place(shop)
    order = rows(shop, "SELECT total_minor FROM orders WHERE number = :n", n=number)
    async with look.at(routes.DELETE, size=size) as phone:
        await phone.until(lambda: phone.sees("1 unpaid order: it is cancelled."))
        assert phone.sees("1 order with its amounts")
        await delete(phone)
        await phone.until(lambda: phone.sees("The account is deleted."))
        await phone.until(lambda: phone.route == routes.ACCOUNTS and phone.find("account-sari"))
        assert not phone.find("account-mai")
        assert not phone.sees("erased-")
        await phone.until(lambda: phone.kept["takeback.person"] == "")
    assert erased(shop, IDS.mai)
    assert rows(shop, "SELECT total_minor FROM orders WHERE number = :n", n=number) == order


@pytest.mark.parametrize("typed", ["MAI", " @mai "])
async def test_the_handle_counts_however_it_is_written(shop: Shop, look: Look, typed: str) -> None:
    async with look.at(routes.DELETE) as phone:
        await phone.shows("delete-account")
        assert delete_button(phone)["disabled"]
        await phone.type("handle-text", "ma")
        assert delete_button(phone)["disabled"]
        await delete(phone, typed)
        await phone.until(lambda: phone.route == routes.ACCOUNTS)
    assert erased(shop, IDS.mai)


async def test_their_data_is_offered_before(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(routes.DELETE) as phone:
        await phone.tap("download-data")
        await phone.until(lambda: "takeback-mai.json" in phone.saved)
        told = json.loads(phone.saved["takeback-mai.json"])
        assert [one["number"] for one in told["orders"]] == [str(number)]
        await phone.tap("keep-account")
        await phone.until(lambda: phone.route == routes.SETTINGS)
    assert not erased(shop, IDS.mai)


async def test_what_is_in_the_way_leads_to_where_it_is_settled(shop: Shop, look: Look) -> None:
    first = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(routes.DELETE) as phone:
        await phone.until(lambda: phone.sees("1 paid order is not over yet"))
        assert not phone.find("delete-account")
        assert phone.find("download-data")
        await phone.tap("settle-orders-open")
        await phone.until(lambda: phone.route == routes.order(first))
        order_in(shop, Status.AWAITING_SHIPMENT)
        ask(shop, first)
        await phone.visit(routes.DELETE)
        await phone.until(lambda: phone.sees("2 paid orders are not over yet"))
        await phone.tap("settle-requests-open")
        await phone.until(lambda: phone.route == routes.contact(first))
        await phone.visit(routes.DELETE)
        await phone.tap("settle-orders-open")
        await phone.until(lambda: phone.route == routes.ORDERS)


async def test_who_alone_runs_a_shop_or_the_platform_is_led_to_it(look: Look) -> None:
    async with look.at(routes.DELETE, SARI) as phone:
        await phone.until(lambda: phone.sees("Nobody else acts for the shop kopi-house"))
        await phone.tap("settle-runs-shop")
        await phone.until(lambda: phone.route == routes.SELLER)
    async with look.at(routes.DELETE, OPS) as phone:
        await phone.tap("settle-last-staff")
        await phone.until(lambda: phone.route == routes.PLATFORM)


async def test_what_came_in_the_way_meanwhile_is_told_instead(shop: Shop, look: Look) -> None:
    async with look.at(routes.DELETE) as phone:
        await phone.type("handle-text", "mai")
        number = order_in(shop, Status.AWAITING_SHIPMENT)
        await phone.tap("delete-account")
        await phone.until(lambda: phone.find("settle-orders-open"))
        assert phone.sees(f"the first is {number}")
    assert not erased(shop, IDS.mai)


async def test_their_other_windows_are_left_too_and_others_stay(shop: Shop, look: Look) -> None:
    async with launched(look.url, look.folder, look.clock) as app:
        kept = {"takeback.person": str(MAI.id)}
        one, other, away = [await app.open(routes.DELETE, kept=dict(kept)) for _ in range(3)]
        budi = await app.open(routes.ORDERS, kept={"takeback.person": str(BUDI.id)})
        await away.shows("handle-text")
        await away.disconnect()
        await delete(one)
        await other.until(lambda: other.route == routes.ACCOUNTS and other.sees("The account is deleted."))
        await away.reconnect()
        await away.until(lambda: away.route == routes.ACCOUNTS and away.sees("The account is deleted."))
        assert budi.route == routes.ORDERS
        assert budi.kept["takeback.person"] == str(BUDI.id)


async def test_who_was_erased_elsewhere_is_not_who_looks_at_the_next_start(shop: Shop, look: Look) -> None:
    erase_person(shop, OPS, IDS.mai, key=fresh())
    async with look.at(routes.PROFILE, MAI) as phone:
        await phone.until(lambda: phone.find("menu") and phone.sees("@"))
        assert not phone.sees("erased-")


async def test_where_nobody_is_left_it_is_the_first_start_again(shop: Shop, look: Look) -> None:
    run(shop, "DELETE FROM members")
    run(shop, "DELETE FROM staff")
    run(shop, "UPDATE people SET erased_at = 1 WHERE id <> :p", p=MAI.id)
    async with look.at(routes.DELETE) as phone:
        await delete(phone)
        await phone.until(lambda: phone.find("start-examples") and phone.route == routes.PROFILE)


def begun(number: int, now: int) -> PendingCancel:
    """A cancellation that can be taken back for ten minutes."""
    return PendingCancel(number, "a mug", "BU_OTHER", "mine alone", "key", now + 600_000, 600_000)


async def test_what_can_still_be_taken_back_is_waited_for(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(routes.DELETE) as phone:
        await phone.type("handle-text", "mai")
        assert not delete_button(phone).get("disabled")
        desk = await phone.process.desk()
        desk.undo.begin(MAI.id, begun(number, desk.now()))
        await phone.until(lambda: delete_button(phone).get("disabled"))
        desk.undo.undo(MAI.id, number)
        await phone.until(lambda: not delete_button(phone).get("disabled"))


async def test_what_an_earlier_process_left_unsent_is_forgotten_with_them(shop: Shop, look: Look) -> None:
    number = place(shop)
    file = look.folder / "unsent" / f"{MAI.id}-{number}.json"
    file.parent.mkdir()
    file.write_text(json.dumps(asdict(begun(number, look.clock.at))))
    async with look.at(routes.DELETE) as phone:
        await phone.shows("notice")
        await delete(phone)
        await phone.until(lambda: phone.route == routes.ACCOUNTS)
        assert not phone.find("notice")
    assert not file.exists()


async def test_what_cannot_be_read_says_so_and_is_tried_again(shop: Shop, look: Look) -> None:
    app = once_before(lambda _: run(shop, "ALTER TABLE requests RENAME TO elsewhere"))
    async with look.at(routes.DELETE, app=app, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO requests")
        await phone.tap("try-again")
        await phone.shows("delete-account")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_speaks_every_language(shop: Shop, look: Look, language: str) -> None:
    place(shop)
    order_in(shop, Status.AWAITING_SHIPMENT)
    texts = catalogue(language)
    async with look.at(routes.DELETE, languages=(language,)) as phone:
        await phone.until(lambda: phone.sees(texts.gettext("delete_goes.words")))
        assert not phone.sees(texts.gettext("unexpected"))
