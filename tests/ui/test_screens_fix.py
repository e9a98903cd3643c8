"""Change it instead: the dialog that puts an order right, alone or in place of a cancel, and its end."""

import pytest

from app.shop.actions.addresses import remove_address
from app.shop.actions.change import ask_to_change
from app.shop.actions.pay import Outcome, pay
from app.shop.reads.addresses import address_book
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.rules.receipt import Kind
from app.shop.shop import Shop
from tests.actions.disputes import stands
from tests.actions.steps import (
    IDS,
    MAI,
    SARI,
    balance,
    column,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
)
from tests.headless import Phone
from tests.people import NAVY_PRICE, PRICE, VOUCHER_USES
from tests.ui.looking import WIDE, Look

NAVY = f"variant-{IDS.navy}"
WRITTEN = (("phone", "0812 345 678"), ("lines", "Jl. Melati 7"))
SIZES = pytest.mark.parametrize("size", [(360, 640), WIDE], ids=["phone", "wide"])
CHANGED = {
    "en": ("Change it instead", "Changed to Navy. You pay IDR\u00a010,000 more."),
    "id": ("Ubah saja", "Diubah ke Navy. Kamu membayar Rp10.000 lebih banyak."),
    "vi": ("Đổi thay vì huỷ", "Đã đổi sang Navy. Bạn trả thêm 10.000\u00a0IDR."),
}


def picked(phone: Phone) -> bool:
    """Whether an address is picked."""
    rows_ = (one for one in phone.identifiers() if one.startswith("address-"))
    return any((phone.find(one) or {}).get("selected") for one in rows_)


def variants(shop: Shop, number: int) -> list[str]:
    """The variants of an order's lines."""
    return [one for (one,) in rows(shop, "SELECT variant FROM lines WHERE order_number = :n", n=number)]


@SIZES
@pytest.mark.parametrize("language", CHANGED)
async def test_the_reason_shows_the_fix_and_two_taps_make_it(
    shop: Shop, look: Look, language: str, size: tuple[int, int]
) -> None:
    number = place(shop, (IDS.cream, 1))
    title, told = CHANGED[language]
    async with look.at("/orders", size=size, kept={"takeback.language": language}) as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_wrong_variant")
        await phone.tap(NAVY)
        assert phone.sees(title)
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees(told))
        await phone.until(lambda: not phone.find("submit"))
        assert phone.find("notice")
        await phone.tap("notice-close")
        await phone.until(lambda: not phone.find("notice"))
    assert variants(shop, number) == ["Navy"]
    assert column(shop, number, "status") == "UNPAID"


async def test_each_choice_has_a_name_of_its_own_where_two_lines_are_of_one_product(
    shop: Shop, look: Look
) -> None:
    number = place(shop, (IDS.cream, 1), (IDS.forest, 1))
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_wrong_variant")
        await phone.shows(NAVY)
        names = [one for one in phone.identifiers() if "variant-" in one and not one.startswith("reason")]
        assert len(names) == len(set(names))
        await phone.tap(f"line-2-{NAVY}")
        await phone.tap("fix-submit")
        await phone.shows("notice")
    assert variants(shop, number) == ["Cream", "Navy"]


async def test_a_plain_submit_still_cancels(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_wrong_variant")
        await phone.shows(NAVY)
        await phone.tap("submit")
        await phone.shows("undo")
        await phone.tap("undo")
        await phone.until(lambda: not phone.find("undo"))


async def test_a_reason_without_a_fix_shows_none(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_wrong_variant")
        await phone.shows(NAVY)
        await phone.tap("reason-bu_not_needed")
        await phone.until(lambda: not phone.find(NAVY))


async def test_the_new_total_and_a_lost_voucher_are_told_before_the_tap(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID, (IDS.navy, 2), voucher_codes=["KOPI15K"], coins=0)
    run(shop, "UPDATE vouchers SET least_minor = 180000 WHERE id = :id", id=IDS.amount_off)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap(f"variant-{IDS.cream}")
        await phone.until(lambda: phone.sees("The order is then too small for your voucher."))
        assert phone.sees("170,000")
        await phone.tap("fix-submit")
        await phone.shows("notice")
    assert column(shop, number, "total_minor") == 2 * PRICE
    assert balance(shop, Kind.VOUCHER, IDS.amount_off) == (VOUCHER_USES, 0, 0, 0)


async def test_what_is_sold_out_cannot_be_picked(shop: Shop, look: Look) -> None:
    number = place(shop)
    run(shop, f"UPDATE balances SET taken_in = taken_in - free + 1, free = 1 WHERE subject = {IDS.forest}")
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.shows(NAVY)
        assert (phone.find(f"variant-{IDS.forest}") or {}).get("disabled")
        assert phone.sees("Only 1 left")


async def test_voucher_address_and_way_to_pay_are_put_right_from_the_order(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.UNPAID, voucher_codes=(), coins=0)
    async with look.at(f"/orders/{number}") as phone:
        for kind, choice in (
            ("fix-voucher", "voucher-kopi15k"),
            ("fix-address", f"address-{IDS.office}"),
            ("fix-payment-method", "method-transfer"),
        ):
            await phone.tap("fix")
            await phone.tap(kind)
            await phone.tap(choice)
            await phone.tap("fix-submit")
            await phone.shows("notice")
            await phone.until(lambda: not phone.find("fix-submit"))
            await phone.tap("notice-close")
            await phone.until(lambda: not phone.find("notice"))
    assert column(shop, number, "total_minor") == 2 * PRICE + NAVY_PRICE - 15_000
    assert column(shop, number, "address_id") == IDS.office
    assert column(shop, number, "payment_method") == Method.TRANSFER


async def test_a_voucher_in_use_is_taken_off_and_one_that_does_not_apply_says_why(
    shop: Shop, look: Look
) -> None:
    number = place(shop, (IDS.cream, 1), voucher_codes=["KOPI10"])
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("reason-bu_coupon")
        await phone.shows("voucher-kopi10")
        assert (phone.find("voucher-kopi15k") or {}).get("disabled")
        assert phone.sees("15,000 more and you can use it")
        assert phone.find("voucher-kopiold") is None
        await phone.tap("voucher-kopi10")
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("Voucher KOPI10 is taken off."))
    assert balance(shop, Kind.VOUCHER, IDS.ten_percent) == (VOUCHER_USES, 0, 0, 0)


async def test_high_delivery_cost_shows_the_vouchers_for_delivery_alone(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"cancel-{number}")
        await phone.tap("more-reasons")
        await phone.tap("reason-bu_delivery_cost")
        await phone.shows("voucher-kopiship")
        assert phone.find("voucher-kopi10") is None
        await phone.tap("reason-bu_discount")
        await phone.shows("voucher-kopi10")
        assert phone.sees("at most")


async def test_while_it_is_being_paid_nothing_is_changed_and_it_says_so_calmly(
    shop: Shop, look: Look
) -> None:
    number = place(shop)
    pay(shop, MAI, number, Outcome.ATTEMPTED, key=fresh())
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.until(lambda: phone.sees("A payment for this order is being checked."))
        assert phone.find("fix-submit") is None
        await phone.tap("not-now")
        await phone.until(lambda: not phone.find("not-now"))


async def test_a_payment_that_begins_meanwhile_is_told_and_the_dialog_stays(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap(NAVY)
        pay(shop, MAI, number, Outcome.ATTEMPTED, key=fresh())
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("A payment for this order is being checked."))
    assert variants(shop, number) == ["Cream"]


async def test_what_cannot_be_changed_has_no_way_to_change_it(shop: Shop, look: Look) -> None:
    packed = order_in(shop, Status.AWAITING_COLLECTION, (IDS.cream, 1))
    elsewhere = imported(shop, place(shop, (IDS.cream, 1)))
    for number, person in ((packed, MAI), (elsewhere, MAI), (place(shop, (IDS.cream, 1)), SARI)):
        async with look.at(f"/orders/{number}", person) as phone:
            await phone.shows("copy-number")
            assert phone.find("fix") is None


@SIZES
async def test_a_paid_order_is_asked_to_be_changed_and_then_shows_until_when(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    async with look.at(f"/orders/{number}", size=size) as phone:
        await phone.tap("fix")
        await phone.tap(NAVY)
        await phone.type("reason-text", "Blue, please.")
        assert phone.sees("You pay the difference once the seller agrees")
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("The seller is asked for this change: Navy."))
        await phone.until(lambda: phone.sees("After that the order goes on unchanged."))
        assert phone.sees("You asked for a change")
        assert phone.sees("Cream")
        await phone.until(lambda: not phone.find("fix"))
        await phone.tap("ask-to-cancel")
        await phone.tap("reason-bp_mistake")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("You asked to cancel"))
    assert stands(shop, number, "kind", "status") == ("cancel", "PENDING_SELLER")


async def test_the_reason_of_a_paid_request_shows_the_change_to_ask_for(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    async with look.at(f"/orders/{number}/contact") as phone:
        await phone.tap("ask-to-cancel")
        await phone.tap("more-reasons")
        await phone.tap("reason-bp_coupon")
        await phone.shows("voucher-kopi10")
        await phone.tap("reason-bp_address")
        await phone.tap(f"address-{IDS.office}")
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("You asked for a change"))
        await phone.until(lambda: phone.sees("Change asked for"))
    assert stands(shop, number, "kind", "reason") == ("change", "BP_ADDRESS")


async def test_a_price_that_rose_meanwhile_is_told_before_the_seller_is_asked(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap(NAVY)
        run(shop, "UPDATE variants SET price_minor = 950000 WHERE id = :id", id=IDS.navy)
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("The total has changed, so nothing is done yet."))
        assert rows(shop, "SELECT id FROM requests") == []
        await phone.until(lambda: phone.sees("IDR\u00a0865,000"))
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("You asked for a change"))
    assert stands(shop, number, "difference_minor") == (950_000 - PRICE,)


def wanted(shop: Shop) -> int:
    """A paid order whose buyer asks for navy instead."""
    number = order_in(shop, Status.AWAITING_SHIPMENT, (IDS.cream, 1), voucher_codes=(), coins=0)
    change = Change(ChangeKind.VARIANT, line=1, variant_id=IDS.navy)
    ask_to_change(shop, MAI, number, change, "Blue, please.", key=fresh())
    return number


@SIZES
async def test_the_seller_sees_what_is_to_become_what_and_accepts(
    shop: Shop, look: Look, size: tuple[int, int]
) -> None:
    number = wanted(shop)
    async with look.at("/seller", SARI, size=size) as phone:
        await phone.shows(f"seller-request-{number}")
        assert phone.sees("Wants another colour, size or type")
        assert phone.sees("Cream → Enamel camp mug: Navy")
        assert phone.sees("Goes on unchanged in")
        assert phone.find(f"cancel-and-refund-{number}") is None
        await phone.tap(f"seller-request-{number}")
        await phone.shows("accept-change")
        assert phone.find("list-option") is None
        assert not phone.sees("If you cancel")
        await phone.tap("accept-change")
        await phone.until(lambda: phone.sees("The buyer pays more"))
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Changed. The buyer is told."))
        await phone.until(lambda: phone.sees("Changed as asked"))
    assert variants(shop, number) == ["Navy"]
    assert stands(shop, number, "status") == ("SUPERSEDED",)


async def test_the_seller_accepts_from_the_queue_or_declines_with_a_comment(shop: Shop, look: Look) -> None:
    first, second = wanted(shop), wanted(shop)
    async with look.at("/seller", SARI) as phone:
        await phone.tap(f"accept-change-{first}")
        await phone.tap("submit")
        await phone.until(lambda: not phone.find(f"seller-request-{first}"))
        await phone.tap(f"seller-request-{second}")
        await phone.tap("decline")
        await phone.until(lambda: phone.sees("The order goes on unchanged. The buyer reads your comment."))
        await phone.tap("reason-sr_packed")
        await phone.type("reason-note", "It is packed already.")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Declined. The buyer reads why."))
    assert stands(shop, second, "status") == ("REJECTED",)


async def test_what_is_sold_out_by_then_is_told_to_the_seller(shop: Shop, look: Look) -> None:
    number = wanted(shop)
    run(shop, f"UPDATE balances SET taken_in = taken_in - free, free = 0 WHERE subject = {IDS.navy}")
    async with look.at(f"/seller/requests/{number}", SARI) as phone:
        await phone.tap("accept-change")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("is sold out"))
    assert stands(shop, number, "status") == ("PENDING_SELLER",)


async def test_a_declined_change_can_be_asked_for_anew_or_as_a_cancel(shop: Shop, look: Look) -> None:
    number = wanted(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("withdraw")
        await phone.shows("fix")
        await phone.shows("ask-to-cancel")
        assert phone.find("escalate") is None
        assert phone.find("ask-for-change") is None  # one way to it is enough
        await phone.visit(f"/orders/{number}/contact")
        await phone.tap("ask-for-change")
        await phone.tap(f"variant-{IDS.forest}")
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("The seller is asked for this change: Forest."))


@SIZES
@pytest.mark.parametrize("way", ["reason-bu_address", "fix"])
async def test_a_mistyped_address_is_put_right_though_it_is_the_only_one(
    shop: Shop, look: Look, way: str, size: tuple[int, int]
) -> None:
    remove_address(shop, MAI, IDS.office, key=fresh())
    number = place(shop, (IDS.cream, 1), address_id=IDS.home)
    async with look.at(f"/orders/{number}", size=size) as phone:
        await phone.tap("fix" if way == "fix" else "cancel-order")
        await phone.tap("fix-address" if way == "fix" else way)
        await phone.tap("correct-address")
        await phone.shows("address-city")
        for part, text in (("recipient", "Mai"), *WRITTEN, ("city", "Cimahi")):
            await phone.type(f"address-{part}", text)
        await phone.tap("save-address")
        await phone.until(lambda: picked(phone))
        await phone.tap("fix-submit")
        await phone.shows("notice")
    (entry,) = address_book(shop, MAI)
    assert entry.parts.city == "Cimahi"
    assert column(shop, number, "address_id") == entry.id != IDS.home
    assert column(shop, number, "status") == "UNPAID"


async def test_a_new_address_is_written_where_the_seller_is_asked_to_send_it(shop: Shop, look: Look) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("fix")
        await phone.tap("fix-address")
        await phone.tap("add-address")
        await phone.type("address-city", "Solo")
        await phone.back()
        await phone.until(lambda: phone.find("address-city") is None)
        await phone.tap("fix")
        await phone.tap("fix-address")
        await phone.tap("add-address")
        await phone.shows("address-city")
        for part, text in (("recipient", "Mai"), *WRITTEN, ("city", "Solo")):
            await phone.type(f"address-{part}", text)
        await phone.tap("save-address")
        await phone.until(lambda: picked(phone))
        await phone.tap("fix-submit")
        await phone.until(lambda: phone.sees("The seller is asked for this change: Solo."))
    assert [one.parts.city for one in address_book(shop, MAI)].count("Solo") == 1
