"""Paying on the screen: every face and every manner of the test bank, with the clock passed in."""

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.charge import ask_due, charge
from app.shop.actions.clock import run_due
from app.shop.gateway import Bank
from app.shop.reads.paying import WAYS
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status
from app.shop.rules.policy import HOUR, JOURNEY, MINUTE
from app.shop.shop import Shop
from app.ui.texts import money, t
from tests.actions.steps import MAI, SARI, column, fresh, imported, order_in, place, rows, told
from tests.client import nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.people import PRICE, STOCK
from tests.ui.looking import WIDE, Look, busy
from tests.ui.test_screens_names import check as check_names

SCREEN_BUDGET = 60_000


async def paid_with(phone: Phone, bank: Bank) -> None:
    """Have the test bank answer so, and pay."""
    await phone.tap(f"bank-{bank}")
    await phone.until(lambda: (phone.find(f"bank-{bank}") or {}).get("selected"))
    await phone.tap("pay")


async def test_an_order_is_paid_from_its_card_in_two_taps(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at("/orders") as phone:
        await phone.tap(f"pay-{number}")
        await phone.shows("pay")
        assert phone.route == f"/orders/{number}/pay"
        for words in ("Enamel camp mug", "Pay by 17:00, in 1 h 0 min", "Card", "•••• 4242"):
            assert phone.sees(words), words
        await phone.tap("pay")
        await phone.shows("payment-paid")
        assert phone.sees("Paid")
        assert phone.sees(t("pay.paid_how"))
        assert phone.sees("Ships by")
        assert phone.find("pay") is None
        assert column(shop, number, "status") == Status.AWAITING_SHIPMENT
        await phone.tap("see-order")
        await phone.until(lambda: phone.route == f"/orders/{number}")


async def test_the_order_page_leads_to_paying_and_still_to_its_cancel_and_its_seller(
    shop: Shop, look: Look
) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}") as phone:
        for there in ("pay", "cancel-order", "contact-seller"):
            await phone.shows(there)
        await phone.tap("contact-seller")
        await phone.until(lambda: phone.route.endswith("/contact"))
        await phone.back()
        await phone.tap("pay")
        await phone.until(lambda: phone.route == f"/orders/{number}/pay")
        await phone.shows("more-time")


async def test_a_refusal_says_why_and_one_can_try_again(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await paid_with(phone, Bank.REFUSES)
        await phone.shows("payment-refused")
        assert phone.sees(t("trouble.insufficient_funds"))
        assert column(shop, number, "status") == Status.UNPAID
        await paid_with(phone, Bank.APPROVES)
        await phone.shows("payment-paid")
    assert rows(shop, "SELECT state FROM payments ORDER BY n") == [("FAILED",), ("CAPTURED",)]


async def test_what_the_test_bank_is_to_answer_outlives_a_turned_window(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.tap(f"bank-{Bank.REFUSES}")
        await phone.resize(*WIDE)
        await phone.until(lambda: (phone.find(f"bank-{Bank.REFUSES}") or {}).get("selected"))
        await phone.tap("pay")
        await phone.shows("payment-refused")


async def test_a_refusal_leads_to_another_way_to_pay(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await paid_with(phone, Bank.REFUSES)
        await phone.shows("payment-refused")
        await phone.tap("way-transfer")
        await phone.shows("copy-account")
        assert phone.find("payment-refused") is None
        await phone.tap("way-cod")
        await phone.shows("payment-paid")
        assert phone.sees(t("pay.cash"))
        assert phone.find("pay") is None
    assert column(shop, number, "payment_method") == Method.COD


async def test_a_slow_bank_is_waited_for_and_the_screen_turns_by_itself(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await paid_with(phone, Bank.SLOW)
        await phone.shows("payment-waiting")
        assert phone.sees(t("pay.waiting_how"))
        assert phone.find("pay") is None
        clock.move(seconds=21)
        ask_due(shop)
        phone.process.windows.tell({MAI.id})
        await phone.shows("payment-paid")
    assert told(shop, number)[-2:] == [(MAI.id, "order_paid"), (SARI.id, "order_paid")]


async def test_money_that_comes_too_late_is_told_plainly_and_goes_back(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await paid_with(phone, Bank.LATE)
        await phone.shows("payment-waiting")
        clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + 2 * MINUTE
        run_due(shop)
        phone.process.windows.tell({MAI.id})
        await phone.shows("payment-late")
        assert phone.sees(money(2 * PRICE, "IDR"))
        assert phone.sees(t("pay.late"))
        assert phone.find("pay") is None
    assert column(shop, number, "status") == Status.CANCELLED


async def test_an_order_that_lapsed_while_one_looks_says_so(shop: Shop, look: Look, clock: Clock) -> None:
    number = order_in(shop, Status.UNPAID)  # with a voucher and coins
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("pay")
        clock.at = column(shop, number, "pay_by") + JOURNEY.grace_ms + 1
        run_due(shop)
        phone.process.windows.tell({MAI.id})
        await phone.shows("payment-closed")
        for words in (t("pay.lapsed"), t("nothing_charged"), "KOPI10", "400 coins", t("next.buy_again")):
            assert phone.sees(words), words
        assert phone.find("pay") is None
        assert phone.find("more-time") is None
    sql = "SELECT free FROM balances WHERE kind = 'STOCK' AND subject = 41"
    assert rows(shop, sql) == [(STOCK,)]


async def test_more_time_is_given_once_and_the_button_says_until_when(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("more-time")
        assert phone.sees("More time, until 17:30")
        await phone.tap("more-time")
        await phone.until(lambda: phone.sees("Pay by 17:30, in 1 h 30 min"))
        assert phone.find("more-time") is None
    assert column(shop, number, "pay_by") == clock.at + HOUR + JOURNEY.extend_card_ms


async def test_a_wallet_reads_a_code_that_was_drawn_here(shop: Shop, look: Look) -> None:
    number = place(shop, method=Method.WALLET)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("pay")
        (code,) = (one for one in nodes(phone.views[-1], "Image") if "semantics_label" in one)
        assert code["src"].startswith(b"\x89PNG")
        assert code["semantics_label"] == f"Code to pay with, {number}-1"
        assert phone.find("more-time") is None


async def test_a_transfer_shows_account_and_reference_to_copy(shop: Shop, look: Look) -> None:
    number = place(shop, method=Method.TRANSFER)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.tap("copy-reference")
        await phone.until(lambda: phone.copied == f"{number}-1")
        assert any(text.startswith("8808 ") for text in phone.texts())
        assert {f"way-{way.lower()}" for way in WAYS if way is not Method.TRANSFER} <= {*phone.identifiers()}


async def test_two_taps_of_one_moment_charge_once(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        button = await phone.shows("pay")
        async with busy(phone):
            await phone.tap(button)
            await phone.shows("payment-asking")
            assert phone.sees(t("pay.asking"))
            with pytest.raises(AssertionError, match="disabled"):
                await phone.tap("pay")
        await phone.shows("payment-paid")
    assert rows(shop, "SELECT count(*) FROM charges") == [(1,)]


async def test_a_payment_under_way_can_be_left_and_goes_on(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("pay")
        async with busy(phone):
            await phone.tap("pay")
            await phone.back()
        await phone.until(lambda: column(shop, number, "status") == Status.AWAITING_SHIPMENT)


async def test_another_window_sees_that_it_is_paid(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("pay")
        charge(shop, MAI, number, key=fresh())
        phone.process.windows.tell({MAI.id})
        await phone.shows("payment-paid")


@pytest.mark.parametrize(
    ("status", "face"),
    [(Status.AWAITING_SHIPMENT, "payment-paid"), (Status.IN_TRANSIT, "payment-paid")],
)
async def test_what_is_paid_cannot_be_paid_again(shop: Shop, look: Look, status: Status, face: str) -> None:
    number = order_in(shop, status)
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows(face)
        assert phone.find("pay") is None
        await phone.shows("see-order")


async def test_what_was_cancelled_or_comes_from_elsewhere_is_not_paid_here(shop: Shop, look: Look) -> None:
    gone, elsewhere = place(shop), place(shop)
    cancel_order(shop, MAI, gone, "BU_MISTAKE", key=fresh())
    imported(shop, elsewhere)
    async with look.at("/orders") as phone:
        for number, why in ((gone, "already_cancelled"), (elsewhere, "paid_elsewhere")):
            await phone.visit(f"/orders/{number}/pay")
            await phone.shows("payment-closed")
            assert phone.sees(t(why))
            assert phone.find("pay") is None
        await phone.visit(f"/orders/{elsewhere}")
        await phone.shows("cancel-order")
        assert phone.find("pay") is None


async def test_a_cancel_while_the_bank_is_asked_says_what_becomes_of_the_money(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = place(shop)
    charge(shop, MAI, number, Bank.SLOW, key=fresh())
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    async with look.at(f"/orders/{number}/pay") as phone:
        await phone.shows("payment-closed")
        assert phone.sees(t("pay.still_out"))
        clock.move(minutes=1)
        run_due(shop)
        phone.process.windows.tell({MAI.id})
        await phone.shows("payment-late")


async def test_nobody_else_pays_it(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay", SARI) as phone:
        await phone.until(lambda: phone.sees(t("role_may_not")))
        assert phone.find("pay") is None


async def test_a_reminder_in_the_inbox_leads_to_paying(shop: Shop, look: Look, clock: Clock) -> None:
    number = place(shop)
    clock.move(minutes=31)
    run_due(shop)
    async with look.at("/inbox") as phone:
        await phone.until(lambda: phone.sees(t("notice.payment_reminder")))
        assert phone.sees("Until 17:00")
        ((n,),) = rows(shop, "SELECT n FROM notifications WHERE code = 'payment_reminder'")
        await phone.tap(f"notice-{number}-{n}")
        await phone.until(lambda: phone.route == f"/inbox/{number}/pay")
        await phone.shows("pay")
        await phone.back()
        await phone.until(lambda: phone.route == f"/inbox/{number}")


async def test_while_a_cancel_is_counted_down_nothing_is_paid(shop: Shop, look: Look) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}") as phone:
        await phone.tap("cancel-order")
        await phone.tap("reason-bu_not_needed")
        await phone.tap("submit")
        await phone.visit(f"/orders/{number}/pay")
        await phone.until(lambda: phone.sees(t("cancelling_now")))
        with pytest.raises(AssertionError, match="disabled"):
            await phone.tap("pay")
        await phone.tap("undo")
        await phone.until(lambda: not phone.sees(t("cancelling_now")))
        await phone.tap("pay")
        await phone.shows("payment-paid")


@pytest.mark.parametrize("method", [Method.CARD, Method.WALLET, Method.TRANSFER])
@pytest.mark.parametrize("size", [(360, 640), WIDE])
async def test_every_face_is_named_and_within_its_budget(
    shop: Shop, look: Look, method: Method, size: tuple[int, int]
) -> None:
    number = place(shop, method=method)
    async with look.at(f"/orders/{number}/pay", size=size) as phone:
        await phone.shows("pay")
        check_names(phone)
        assert phone.bytes_sent < SCREEN_BUDGET


@pytest.mark.parametrize("language", ["id", "vi"])
async def test_it_is_paid_in_every_language(shop: Shop, look: Look, language: str) -> None:
    number = place(shop)
    async with look.at(f"/orders/{number}/pay", languages=(language,)) as phone:
        await paid_with(phone, Bank.REFUSES)
        await phone.shows("payment-refused")
        await paid_with(phone, Bank.APPROVES)
        await phone.shows("payment-paid")
        shown = phone.texts()
        assert not {t("pay.paid_how"), t("pay.paid"), t("see_order")} & {*shown}
