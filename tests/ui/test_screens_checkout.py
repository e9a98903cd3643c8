"""The checkout screen: what is chosen, what it comes to, and what becomes of a tap on Place order."""

import asyncio
from typing import Any

import pytest

from app.languages import LANGUAGES, catalogue
from app.shop.actions.addresses import remove_address
from app.shop.reads.addresses import address_book
from app.shop.rules.policy import JOURNEY
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import BUDI, IDS, MAI, SARI, everything, fresh, place, rows, run, settle
from tests.client import nodes
from tests.people import PRICE, STOCK
from tests.ui.looking import WIDE, Look, broken, busy
from tests.ui.test_screens_names import check

ONE = routes.checkout(((IDS.cream, 1),))
TWO = routes.checkout(((IDS.cream, 1), (IDS.navy, 2)))


def placed(shop: Shop) -> list[tuple[Any, ...]]:
    """Number, total, method and address of every order."""
    return rows(shop, "SELECT number, total_minor, payment_method, address_id FROM orders ORDER BY number")


async def test_from_the_link_to_the_order_in_one_tap(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.shows("place-order")
        check(phone)
        assert phone.sees("Enamel camp mug")
        assert phone.sees("KOPI10")
        assert phone.sees("76,500")
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        ((number, total, method, address),) = placed(shop)
        assert (total, method, address) == (PRICE - PRICE // 10, "CARD", IDS.office)
        await phone.until(lambda: phone.route == routes.pay(number))


async def test_every_choice_is_in_the_order(shop: Shop, look: Look) -> None:
    settle(shop, JOURNEY.with_settings({"shipping_minor": 12_000}))
    async with look.at(TWO) as phone:
        await phone.tap(f"more-{IDS.cream}")
        await phone.tap(f"less-{IDS.navy}")
        await phone.tap("coins")
        await phone.tap("method-cod")
        await phone.tap("checkout-address")
        await phone.tap(f"address-{IDS.home}")
        await phone.tap("vouchers")
        await phone.shows("voucher-kopi15k")
        check(phone)
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))
        await phone.tap("voucher-kopiship")
        await phone.until(lambda: not (phone.find("voucher-kopiship") or {}).get("selected"))
        await phone.tap("vouchers-done")
        await phone.until(lambda: phone.find("voucher-kopi15k") is None)
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        ((number, total, method, address),) = placed(shop)
        assert (total, method, address) == (2 * PRICE + 95_000 + 12_000 - 15_000 - 1_000, "COD", IDS.home)
        await phone.until(lambda: phone.route == routes.order(number))


async def test_a_line_can_be_taken_out_but_not_the_last(shop: Shop, look: Look) -> None:
    async with look.at(TWO) as phone:
        await phone.tap(f"less-{IDS.cream}")
        await phone.until(lambda: not phone.find(f"less-{IDS.cream}"))
        await phone.tap(f"less-{IDS.navy}")
        await phone.until(lambda: (phone.find(f"less-{IDS.navy}") or {}).get("disabled"))


async def test_a_voucher_is_used_by_its_code_or_it_is_said_why_not(shop: Shop, look: Look) -> None:
    async with look.at(TWO) as phone:
        await phone.tap("vouchers")
        await phone.type("voucher-code", "nothing")
        await phone.tap("use-code")
        await phone.until(lambda: phone.sees("There is no voucher NOTHING."))
        await phone.type("voucher-code", "kopiold")
        await phone.tap("use-code")
        await phone.until(lambda: phone.sees("This voucher is not valid any more."))
        await phone.type("voucher-code", " kopi15k")
        await phone.tap("use-code")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))
        check(phone)
        await phone.tap("vouchers-done")
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        assert placed(shop)[0][1] == PRICE + 2 * 95_000 - 15_000


async def test_fast_taps_on_more_all_count_and_stop_at_what_is_there(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        more = next(node for node in nodes(await phone.shows(f"more-{IDS.cream}")) if node.get("on_click"))
        async with busy(phone):
            for _ in range(STOCK + 3):
                await phone._event(more, "click", None)
        await phone.until(lambda: (phone.find(f"more-{IDS.cream}") or {}).get("disabled"))
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        assert rows(shop, "SELECT quantity FROM lines") == [(STOCK,)]


async def test_of_more_than_there_are_one_step_leads_to_what_is_there(shop: Shop, look: Look) -> None:
    async with look.at(routes.checkout(((IDS.cream, STOCK + 5),))) as phone:
        await phone.until(lambda: phone.sees(f"Not enough left: {STOCK} pieces."))
        await phone.tap(f"less-{IDS.cream}")
        await phone.until(lambda: not phone.sees(f"Not enough left: {STOCK} pieces."))
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        assert rows(shop, "SELECT quantity FROM lines") == [(STOCK,)]


async def test_two_taps_of_one_moment_make_one_order(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.shows("place-order")
        async with busy(phone):
            tapped = asyncio.ensure_future(phone.tap("place-order"))
            await phone.until(lambda: phone.sees("Placing order…"))
            button = next(nodes(await phone.shows("place-order"), "FilledButton"))
            assert button.get("disabled")
            again = asyncio.ensure_future(phone._event(button, "click", None))
        await asyncio.gather(tapped, again)
        await phone.until(lambda: phone.route != ONE)
        assert len(placed(shop)) == 1


async def test_who_taps_on_until_the_next_screen_comes_orders_once_and_again_when_back(
    shop: Shop, look: Look
) -> None:
    async with look.at(ONE) as phone:
        button = next(node for node in nodes(await phone.shows("place-order")) if node.get("on_click"))
        while phone.route == ONE:
            await phone._event(button, "click", None)
            await asyncio.sleep(0)
        await phone.shows("more-time")
        assert len(placed(shop)) == 1
        await phone.visit(ONE)
        await phone.tap("place-order")
        await phone.until(lambda: len(placed(shop)) == 2)


async def test_a_total_that_changed_is_told_and_nothing_is_ordered(shop: Shop, look: Look) -> None:
    run(shop, "UPDATE vouchers SET ends_at = 1 WHERE code = 'KOPISHIP'")
    async with look.at(ONE) as phone:
        await phone.shows("place-order")
        settle(shop, JOURNEY.with_settings({"shipping_minor": 9_000}))
        await phone.tap("place-order")
        await phone.shows("checkout-changed")
        assert phone.route == ONE
        assert phone.sees("The total is now")
        assert not placed(shop)
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        assert placed(shop)[0][1] == PRICE - PRICE // 10 + 9_000


async def test_who_comes_second_for_the_last_piece_is_told_before_paying(shop: Shop, look: Look) -> None:
    place(shop, (IDS.cream, STOCK - 1), buyer=SARI)
    async with look.at(ONE) as phone:
        await phone.shows("place-order")
        place(shop, (IDS.cream, 1), buyer=BUDI)
        before = everything(shop)
        await phone.tap("place-order")
        await phone.until(lambda: phone.sees("Not enough left: 0 pieces."))
        assert phone.route == ONE
        assert await phone.shows("place-order")
        assert everything(shop) == before


async def test_without_an_address_it_is_written_in_place(shop: Shop, look: Look) -> None:
    for one in address_book(shop, MAI):
        remove_address(shop, MAI, one.id, key=fresh())
    async with look.at(ONE) as phone:
        await phone.tap("place-order")
        await phone.shows("address-recipient")
        check(phone)
        await phone.tap("save-address")
        await phone.until(lambda: phone.sees("This is needed."))
        for part, text in (
            ("recipient", "Mai"),
            ("phone", "0812 345 678"),
            ("lines", "Jl. Melati 7"),
            ("city", "Bandung"),
        ):
            await phone.type(f"address-{part}", text)
        await phone.tap("save-address")
        await phone.until(lambda: phone.find("address-recipient") is None and phone.sees("Jl. Melati 7"))
        (entry,) = address_book(shop, MAI)
        assert (entry.parts.city, entry.parts.country) == ("Bandung", "ID")
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))
        assert placed(shop)[0][3] == entry.id


async def test_an_address_that_was_begun_goes_on_after_the_window_was_turned(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.tap("checkout-address")
        await phone.tap("add-address")
        await phone.type("address-city", "Solo")
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("address-recipient") is None)
        await phone.tap("checkout-address")
        await phone.tap("add-address")
        await phone.until(lambda: phone.sees("Solo"))
        await phone.back()
        await phone.until(lambda: phone.find("address-recipient") is None)
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))


async def test_a_voucher_that_was_chosen_is_kept_by_who_goes_elsewhere(shop: Shop, look: Look) -> None:
    async with look.at(TWO) as phone:
        await phone.tap("vouchers")
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))
        await phone.visit("/inbox")
        await phone.until(lambda: phone.views[-1]["route"] == "/inbox")
        assert not any(one.get("open") for one in phone._dialogs())
        await phone.visit(TWO)
        await phone.tap("vouchers")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))


async def test_a_window_that_is_turned_keeps_what_was_chosen(shop: Shop, look: Look) -> None:
    async with look.at(ONE) as phone:
        await phone.tap("method-transfer")
        await phone.until(lambda: (phone.find("method-transfer") or {}).get("selected"))
        await phone.tap("coins")
        await phone.resize(*WIDE)
        await phone.until(lambda: (phone.find("method-transfer") or {}).get("selected"))
        assert (await phone.shows("coins")).get("toggled")
        check(phone)


async def test_a_voucher_code_that_was_begun_outlives_a_turned_window(shop: Shop, look: Look) -> None:
    async with look.at(TWO) as phone:
        await phone.tap("vouchers")
        await phone.type("voucher-code", "kopi15")
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("place-order"))
        if phone.find("voucher-code") is None:
            await phone.tap("vouchers")
        await phone.until(lambda: phone.sees("kopi15"))
        await phone.tap("voucher-kopi10")
        await phone.until(lambda: not (phone.find("voucher-kopi10") or {}).get("selected"))
        assert phone.sees("kopi15")
        await phone.type("voucher-code", "kopi15k")
        await phone.tap("use-code")
        await phone.until(lambda: (phone.find("voucher-kopi15k") or {}).get("selected"))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?items=",
        "?items=abc",
        "?items=41x0",
        "?items=41x1,41x2",
        "?items=99",
        "?items=" + "1x1," * 200,
        "?x=1",
    ],
)
async def test_an_address_that_names_nothing_to_order_has_a_calm_face(
    shop: Shop, look: Look, query: str
) -> None:
    async with look.at(f"/checkout{query}") as phone:
        await phone.until(lambda: phone.sees("There is nothing to order here."))
        await phone.tap("back-to-profile")
        await phone.until(lambda: phone.route == "/")


async def test_what_is_of_another_shop_or_gone_is_told_on_its_line(shop: Shop, look: Look) -> None:
    async with look.at(routes.checkout(((IDS.cream, 1), (IDS.white, 1), (99, 1)))) as phone:
        await phone.until(lambda: phone.sees("This is from another shop and needs an order of its own."))
        assert phone.sees("This is not sold any more.")
        await phone.tap(f"less-{IDS.white}")
        await phone.until(lambda: not phone.find(f"less-{IDS.white}"))
        await phone.tap("less-99")
        await phone.until(lambda: not phone.sees("This is not sold any more."))
        await phone.tap("place-order")
        await phone.until(lambda: placed(shop))


async def test_a_store_in_trouble_says_so_and_is_asked_again(shop: Shop, look: Look) -> None:
    with broken(shop, "vouchers"):
        async with look.at(ONE, fails=True) as phone:
            await phone.shows("try-again")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_speaks_every_language_within_its_bytes(shop: Shop, look: Look, language: str) -> None:
    async with look.at("/", kept={"takeback.language": language}) as phone:
        await phone.shows("strip-to-ship")  # the profile stays below: what it reads late is no part of a tap
        await phone.rests()
        before = phone.bytes_sent
        await phone.visit(TWO)
        await phone.shows("place-order")
        assert phone.bytes_sent - before < 30_000
        assert phone.sees(catalogue(language).gettext("checkout.place"))
        await phone.rests()
        before = phone.bytes_sent
        await phone.tap(f"more-{IDS.cream}")
        less = catalogue(language).gettext("checkout.less").format(name="Enamel camp mug, Cream")
        await phone.until(lambda: phone.sees(less))
        assert phone.bytes_sent - before < 4_000
