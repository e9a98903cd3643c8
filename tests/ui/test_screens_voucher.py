"""A forgotten voucher on an order that is paid: its buyer asks, its seller accepts, the money goes back."""

from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.change import ask_to_change
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.disputes import stands
from tests.actions.steps import IDS, MAI, SARI, ask, balance, column, fresh, order_in, place, rows, run
from tests.people import PRICE, VOUCHER_USES, put
from tests.ui.looking import WIDE, Look

OFF = 15_000
SIZES = pytest.mark.parametrize("size", [(360, 640), WIDE], ids=["phone", "wide"])
TOLD = {
    "en": ("The difference comes back to you once the seller agrees.", "15,000 less"),
    "id": ("Selisihnya kembali kepadamu setelah penjual setuju.", "15.000 lebih murah"),
    "vi": ("Phần chênh lệch được hoàn cho bạn khi Người bán đồng ý.", "15.000"),
}


def paid(shop: Shop, **options: Any) -> int:
    """A paid order of two cream mugs, without voucher unless told otherwise."""
    plain: dict[str, Any] = {"voucher_codes": (), "coins": 0}
    return order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 2), **plain | options)


def wanted(shop: Shop) -> int:
    """A paid order whose buyer asks for the voucher they forgot."""
    number = paid(shop)
    ask_to_change(shop, MAI, number, Change(ChangeKind.VOUCHER, voucher="KOPI15K"), "Sorry!", key=fresh())
    return number


def used(shop: Shop) -> int:
    """How often the voucher was used."""
    return balance(shop, Kind.VOUCHER, IDS.amount_off)[2]


@SIZES
@pytest.mark.parametrize("language", TOLD)
async def test_the_voucher_is_asked_for_from_the_order_with_what_it_gives_back(
    shop: Shop, look: Look, language: str, size: tuple[int, int]
) -> None:
    number = paid(shop)
    back, less = TOLD[language]
    async with look.at(f"/orders/{number}", size=size, kept={"takeback.language": language}) as phone:
        await phone.tap("fix")
        await phone.tap("fix-voucher")
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: phone.sees(back))
        assert phone.sees(less)
        await phone.type("reason-text", "I forgot it.")
        await phone.tap("fix-submit")
        await phone.shows("notice")
        await phone.until(lambda: not phone.find("fix"))
        assert phone.sees("KOPI15K")
    assert stands(shop, number, "kind", "reason", "text") == ("change", "BP_COUPON", "I forgot it.")
    assert (column(shop, number, "total_minor"), used(shop)) == (2 * PRICE, 0)


async def test_the_reason_that_it_was_forgotten_offers_it_in_place_of_a_cancel(
    shop: Shop, look: Look
) -> None:
    number = paid(shop)
    async with look.at(f"/orders/{number}/contact") as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_coupon")
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: phone.sees("The difference comes back to you once the seller agrees."))
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("You asked for a change"))
        await phone.until(lambda: phone.sees("Forgot to apply coupon"))
        await phone.until(lambda: phone.sees("You get IDR\u00a015,000 back."))
    assert stands(shop, number, "kind", "status") == ("change", "PENDING_SELLER")


async def test_each_voucher_that_is_not_to_be_had_says_why(shop: Shop, look: Look) -> None:
    number = paid(shop, voucher_codes=("KOPI10",))
    run(shop, "UPDATE vouchers SET least_minor = 200000 WHERE id = :id", id=IDS.amount_off)
    terms: dict[str, Any] = {"kind": "AMOUNT", "value": 20_000, "currency": "IDR"}
    with shop.change() as work:
        put(
            work,
            t.Voucher(id=98, shop_id=IDS.kopi_house, code="GONE", starts_at=0, ends_at=10**14, **terms),
            t.Voucher(id=99, shop_id=IDS.kopi_house, code="MORE", starts_at=0, ends_at=10**14, **terms),
            t.Balance(kind=Kind.VOUCHER, subject=98, taken_in=0, free=0),
            t.Balance(kind=Kind.VOUCHER, subject=99, taken_in=1, free=1),
        )
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap("fix-voucher")
        await phone.shows("voucher-more")
        for code in ("kopi10", "kopi15k", "kopiship", "gone"):
            assert (phone.find(f"voucher-{code}") or {}).get("disabled"), code
        assert phone.sees("The order already uses this voucher.")
        assert phone.sees("30,000 more and you can use it")
        assert phone.sees("This voucher takes nothing off this order.")
        assert phone.sees("This voucher is used up.")
        await phone.tap("voucher-more")
        await phone.until(lambda: phone.sees("Voucher KOPI10 can be used again until"))


async def test_where_there_is_no_voucher_it_says_so(shop: Shop, look: Look) -> None:
    number = paid(shop)
    run(shop, "UPDATE vouchers SET ends_at = starts_at + 1")
    async with look.at(f"/orders/{number}/contact") as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_coupon")
        await phone.until(lambda: phone.sees("There is no voucher for this shop now."))


async def test_cash_on_delivery_is_told_to_be_less_not_to_come_back(shop: Shop, look: Look) -> None:
    number = place(shop, method=Method.COD)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap("fix-voucher")
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: phone.sees("You pay that much less on delivery"))
        assert not phone.sees("comes back to you")


@SIZES
async def test_the_seller_sees_which_and_for_how_much_and_accepts(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    number = wanted(shop)
    async with look.at("/seller", SARI, size=size) as phone:
        await phone.shows(f"seller-request-{number}")
        assert phone.sees("Wants a voucher used")
        assert phone.sees("KOPI15K · IDR\u00a015,000 less")
        await phone.tap(f"seller-request-{number}")
        await phone.tap("accept-change")
        await phone.until(lambda: phone.sees("The buyer gets back"))
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Changed. The buyer is told."))
        await phone.until(lambda: phone.sees("Changed as asked"))
    assert (column(shop, number, "total_minor"), used(shop)) == (2 * PRICE - OFF, 1)
    assert rows(shop, "SELECT amount_minor FROM refunds") == [(OFF,)]


async def test_what_is_over_by_then_is_told_to_the_seller_and_nothing_has_changed(
    shop: Shop, look: Look
) -> None:
    number = wanted(shop)
    run(shop, "UPDATE vouchers SET ends_at = starts_at + 1 WHERE id = :id", id=IDS.amount_off)
    async with look.at(f"/seller/requests/{number}", SARI) as phone:
        await phone.tap("accept-change")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("This voucher is not valid any more."))
    assert stands(shop, number, "status") == ("PENDING_SELLER",)
    assert (column(shop, number, "total_minor"), used(shop)) == (2 * PRICE, 0)


async def test_the_seller_offers_a_voucher_and_the_buyer_takes_it(shop: Shop, look: Look) -> None:
    number = paid(shop)
    ask(shop, number, "BP_COUPON")
    async with look.at(f"/seller/requests/{number}", SARI) as phone:
        await phone.tap("offer-change")
        await phone.tap("offer-voucher")
        await phone.shows("voucher-kopi15k")
        assert phone.find("voucher-kopiship") is None
        await phone.tap("voucher-kopi15k")
        await phone.until(lambda: phone.sees("The buyer gets back"))
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("KOPI15K"))
    async with look.at(f"/orders/{number}") as phone:
        await phone.until(lambda: phone.sees("Voucher to use"))
        await phone.tap("accept-offer")
        await phone.until(lambda: column(shop, number, "total_minor") == 2 * PRICE - OFF)
    assert balance(shop, Kind.VOUCHER, IDS.amount_off) == (VOUCHER_USES - 1, 0, 1, 0)
