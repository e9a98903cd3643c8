"""The seller's queue: who waits, how urgent it is, and answers to one or several at once."""

import asyncio

import pytest

from app.shop import tables as t
from app.shop.actions.answer import decline, list_option
from app.shop.actions.pay import pay
from app.shop.actions.request import ask_to_cancel, withdraw
from app.shop.reads.requests import request_panel
from app.shop.rules.policy import HOUR
from app.shop.shop import Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    NOTE,
    SARI,
    asked,
    column,
    fresh,
    place,
    plenty,
    rows,
    run,
)
from tests.client import nodes
from tests.conftest import Clock
from tests.headless import Phone
from tests.people import put
from tests.ui.looking import WIDE, Busy, Look, busy, once_before

READY = "The buyer asked to cancel"


@pytest.fixture(autouse=True)
def full(shop: Shop) -> None:
    """Enough of everything."""
    plenty(shop)


def cards(phone: Phone) -> list[str]:
    """The cards of the queue, from the top."""
    return [name for name in phone.identifiers() if name.startswith("seller-request-")]


def card(number: int) -> str:
    """The name of a card."""
    return f"seller-request-{number}"


async def select(phone: Phone, *numbers: int) -> None:
    """Begin to select, and tap the requests of these orders."""
    await phone.tap("select-several")
    for number in numbers:
        await phone.tap(card(number))


def disabled(phone: Phone, identifier: str) -> bool:
    """Whether a button is there and cannot be tapped."""
    return any(node.get("disabled") for node in nodes(phone.find(identifier)))


def status(shop: Shop, number: int) -> str:
    """Where the newest request of an order stands."""
    newest = request_panel(shop, SARI, number).newest
    assert newest is not None
    return newest.status


async def test_the_queue_says_who_asks_for_what_and_what_happens_without_an_answer(
    shop: Shop, look: Look, clock: Clock
) -> None:
    first, second = asked(shop, clock), asked(shop, clock, "BP_ADDRESS")
    run(shop, "UPDATE requests SET respond_by = :at", at=clock.at + 2 * HOUR)
    run(shop, "UPDATE requests SET photos = '[\"a\"]', text = 'Sorry' WHERE reason = 'BP_ADDRESS'")
    async with look.at("/seller", SARI) as phone:
        await phone.until(lambda: cards(phone) == [card(first), card(second)])
        for words in (
            "@mai",
            "Enamel camp mug",
            "Order created by mistake",
            "1 photo in the chat",
            "“Sorry”",
        ):
            assert phone.sees(words), words
        assert phone.sees("Auto-approves in 2 h 0 min")
        await phone.until(lambda: phone.sees("To answer 2"))


async def test_one_tap_a_ready_reason_and_note_and_the_buyer_has_the_money_back(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        await phone.tap(f"cancel-and-refund-{number}")
        await phone.shows("reason-note")
        assert phone.sees(f"{READY}: Order created by mistake.")
        assert phone.sees("The buyer gets back")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Nobody waits for you"))
        await phone.until(lambda: not phone.find("submit"))
    assert (column(shop, number, "status"), status(shop, number)) == ("CANCELLED", "APPROVED")
    assert rows(shop, "SELECT answer_reason, answer_note FROM requests") == [
        ("SP_BUYER_REQUESTED", f"{READY}: Order created by mistake.")
    ]


@pytest.mark.parametrize("size", [(412, 915), WIDE], ids=["sheet", "dialog"])
async def test_not_now_changes_nothing(shop: Shop, look: Look, clock: Clock, size: tuple[int, int]) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI, size=size) as phone:
        await phone.tap(f"cancel-and-refund-{number}")
        await phone.tap("keep-order")
        await phone.until(lambda: not phone.find("submit"))
    assert status(shop, number) == "PENDING_SELLER"


async def test_a_note_that_is_too_short_is_said_at_its_field(shop: Shop, look: Look, clock: Clock) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        await phone.tap(f"cancel-and-refund-{number}")
        await phone.tap("reason-sp_other")
        await phone.type("reason-note", "No")
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("Please write at least 30 characters"))
        await phone.tap("reason-sp_buyer_requested")
        assert not phone.sees("Please write")
    assert status(shop, number) == "PENDING_SELLER"


async def test_several_are_answered_at_once_and_what_was_refused_is_told(
    shop: Shop, look: Look, clock: Clock
) -> None:
    numbers = [asked(shop, clock) for _ in range(3)]
    async with look.at("/seller", SARI) as phone:
        await phone.until(lambda: len(cards(phone)) == 3)
        await phone.tap("select-several")
        await phone.until(lambda: phone.sees("Tap the requests to answer"))
        for number in numbers:
            await phone.tap(card(number))
        await phone.until(lambda: phone.sees("3 requests"))
        await phone.tap("bulk-cancel-and-refund")
        await phone.shows("submit")
        assert phone.sees(READY)
        withdraw(shop, MAI, numbers[1], key=fresh())  # the buyer is faster
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("2 requests are answered."))
        assert phone.sees("1 could not be answered:")
        assert phone.sees("This request was taken back.")
        await phone.tap("close-summary")
        await phone.until(lambda: phone.sees("Nobody waits for you"))
        assert phone.find("bulk-decline") is None
    assert [status(shop, one) for one in numbers] == ["APPROVED", "WITHDRAWN", "APPROVED"]


@pytest.mark.parametrize(
    ("answer", "reason", "ends"),
    [("list-option", "", "OPTION_LISTED"), ("decline", "reason-sr_packed", "REJECTED")],
)
async def test_several_can_be_listed_or_declined(
    shop: Shop, look: Look, clock: Clock, answer: str, reason: str, ends: str
) -> None:
    numbers = [asked(shop, clock) for _ in range(2)]
    async with look.at("/seller", SARI) as phone:
        await select(phone, *numbers)
        await phone.tap(f"bulk-{answer}")
        if reason:
            await phone.tap("submit")
            await phone.until(lambda: phone.sees("Choose a reason"))
            await phone.tap(reason)
            await phone.type("reason-note", NOTE)
        await phone.tap("submit")
        await phone.until(lambda: phone.sees("2 requests are answered."))
    assert [status(shop, one) for one in numbers] == [ends, ends]


async def test_a_card_says_whether_it_is_selected_and_is_a_link_only_otherwise(
    shop: Shop, look: Look, clock: Clock
) -> None:
    one, other = asked(shop, clock), asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        link = await phone.shows(card(one))
        assert (link.get("link"), link.get("button"), link.get("selected")) == (True, None, None)
        await select(phone, one)
        await phone.until(lambda: phone.sees("1 request"))
        for number, chosen in ((one, True), (other, False)):
            box = phone.find(card(number)) or {}
            assert (box.get("link"), box.get("button"), box.get("selected")) == (None, True, chosen)


@pytest.mark.parametrize("elsewhere", ["tab-with-buyer", "filter-bp_address"])
async def test_what_is_selected_is_let_go_with_another_list(
    shop: Shop, look: Look, clock: Clock, elsewhere: str
) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        await select(phone, number)
        await phone.until(lambda: phone.sees("1 request"))
        await phone.tap(elsewhere)
        await phone.until(lambda: not cards(phone) and not phone.find("bulk-decline"))
        await phone.visit("/seller")
        await phone.until(lambda: cards(phone) == [card(number)])
        assert phone.find("bulk-decline") is None
        await phone.tap("select-several")
        await phone.until(lambda: phone.sees("Tap the requests to answer"))


async def test_a_search_lets_go_what_was_selected(shop: Shop, look: Look, clock: Clock) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        await select(phone, number)
        await phone.visit("/seller?q=nothing")
        await phone.until(lambda: phone.sees("No request fits"))
        assert phone.find("bulk-decline") is None


async def test_only_what_is_shown_is_answered(shop: Shop, look: Look, clock: Clock) -> None:
    gone, stays = asked(shop, clock), asked(shop, clock)
    async with look.at("/seller", SARI) as phone:
        await select(phone, gone, stays)
        await phone.until(lambda: phone.sees("2 requests"))
        desk = await phone.process.desk()
        await desk.act(lambda shop: withdraw(shop, MAI, gone, key=fresh()))
        await phone.until(lambda: cards(phone) == [card(stays)])
        await phone.until(lambda: phone.sees("1 request") and not phone.sees("2 requests"))
        await phone.tap("bulk-cancel-and-refund")
        await phone.shows("submit")
        assert phone.sees("The buyer gets back")  # one alone is answered as one
        await phone.tap("keep-order")


async def test_a_turned_window_keeps_what_is_selected(shop: Shop, look: Look, clock: Clock) -> None:
    numbers = [asked(shop, clock) for _ in range(2)]
    async with look.at("/seller", SARI) as phone:
        await select(phone, *numbers)
        await phone.resize(*WIDE)
        await phone.until(lambda: phone.find("rail-orders") and phone.sees("2 requests"))
        assert not disabled(phone, "bulk-decline")
        await phone.resize(412, 915)
        await phone.until(lambda: not phone.find("rail-orders") and phone.sees("2 requests"))


async def test_several_are_not_declined_as_one_parcel_sent(shop: Shop, look: Look, clock: Clock) -> None:
    numbers = [asked(shop, clock) for _ in range(2)]
    async with look.at("/seller", SARI) as phone:
        await select(phone, *numbers)
        await phone.tap("bulk-decline")
        await phone.shows("reason-sr_packed")
        assert phone.find("reason-sr_shipped") is None
        await phone.tap("keep-order")
        await phone.visit(f"/seller/requests/{numbers[0]}")
        await phone.tap("decline")
        await phone.shows("reason-sr_shipped")


async def test_a_dialog_closed_while_its_answers_are_sent_still_tells_what_became_of_them(
    shop: Shop, look: Look, clock: Clock
) -> None:
    numbers = [asked(shop, clock) for _ in range(2)]
    async with look.at("/seller", SARI) as phone:
        await select(phone, *numbers)
        await phone.tap("bulk-cancel-and-refund")
        await phone.shows("submit")
        withdraw(shop, MAI, numbers[1], key=fresh())
        async with busy(phone):
            sent = asyncio.create_task(phone.tap("submit"))
            await phone.until(lambda: disabled(phone, "submit"))
            assert disabled(phone, "keep-order")
            await phone.back()
            await phone.until(lambda: not phone.find("submit"))
        await sent
        await phone.until(lambda: phone.sees("1 request is answered."))
        assert phone.sees("1 could not be answered:")
        await phone.tap("close-summary")
        await phone.until(lambda: phone.find("bulk-decline") is None)
    assert [status(shop, one) for one in numbers] == ["APPROVED", "WITHDRAWN"]


async def test_a_new_request_arrives_in_an_open_queue_and_its_badge(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = place(shop, (IDS.cream, 1))
    pay(shop, MAI, number, key=fresh())
    async with look.at("/seller", SARI, size=WIDE) as phone:
        await phone.until(lambda: phone.sees("Nobody waits for you"))
        desk = await phone.process.desk()
        await desk.act(lambda shop: ask_to_cancel(shop, MAI, number, "BP_MISTAKE", key=fresh()))
        await phone.until(lambda: cards(phone) == [card(number)])
        await phone.until(lambda: phone.sees("To answer 1"))
        await desk.act(lambda shop: withdraw(shop, MAI, number, key=fresh()))
        await phone.until(lambda: phone.sees("Nobody waits for you"))


async def test_a_colleagues_answer_leaves_the_queue_of_everyone_at_the_shop_at_once(
    shop: Shop, look: Look, clock: Clock
) -> None:
    with shop.change() as work:
        put(work, t.Member(shop_id=IDS.kopi_house, person_id=IDS.budi))
    number = asked(shop, clock)
    async with look.at("/seller", BUDI) as phone:
        await phone.until(lambda: cards(phone) == [card(number)])
        desk = await phone.process.desk()
        done = await desk.act(lambda shop: decline(shop, SARI, number, "SR_PACKED", NOTE, key=fresh()))
        assert BUDI.id not in done.people  # nobody tells a colleague what the shop itself did
        await phone.until(lambda: phone.sees("Nobody waits for you"))


async def test_the_queue_is_narrowed_and_searched(shop: Shop, look: Look, clock: Clock) -> None:
    mug, navy = asked(shop, clock), asked(shop, clock, "BP_ADDRESS", item=IDS.navy)
    async with look.at("/seller", SARI) as phone:
        await phone.tap("filter-bp_address")
        await phone.until(lambda: cards(phone) == [card(navy)])
        await phone.tap("filter-all")
        await phone.until(lambda: len(cards(phone)) == 2)
        await phone.tap("find-requests")
        await phone.type("requests-search", "cream")
        await phone.until(lambda: cards(phone) == [card(mug)])
        await phone.type("requests-search", "nothing of it")
        await phone.until(lambda: phone.sees("No request fits"))
        await phone.tap("show-all")
        await phone.until(lambda: len(cards(phone)) == 2)


async def test_each_queue_has_its_tab(shop: Shop, look: Look, clock: Clock) -> None:
    number = asked(shop, clock)
    list_option(shop, SARI, number, "SP_BUYER_REQUESTED", NOTE, key=fresh())
    async with look.at("/seller", SARI) as phone:
        await phone.until(lambda: phone.sees("Nobody waits for you"))
        await phone.tap("tab-with-buyer")
        await phone.until(lambda: cards(phone) == [card(number)])
        assert phone.sees("Buyer answers by Tue 16:00")
        assert phone.route == "/seller?queue=with-buyer"
        for tab in ("with-platform", "closed"):
            await phone.tap(f"tab-{tab}")
            await phone.until(lambda: not cards(phone))


async def test_who_acts_for_no_shop_has_no_queue(shop: Shop, look: Look, clock: Clock) -> None:
    asked(shop, clock)
    async with look.at("/seller", BUDI) as phone:
        await phone.until(lambda: phone.sees("You do not act for a shop"))
        await phone.visit("/")
        await phone.shows("menu")
        assert phone.find("rail-seller") is None
        await phone.tap("menu")
        await phone.shows("go-orders")
        assert phone.find("go-seller") is None


async def test_a_member_finds_the_queue_and_how_many_wait_from_everywhere(
    shop: Shop, look: Look, clock: Clock
) -> None:
    asked(shop, clock)
    async with look.at("/", SARI) as phone:
        await phone.tap("menu")
        await phone.until(lambda: phone.find("go-seller") and phone.sees("1 waiting"))
        await phone.tap("go-seller")
        await phone.until(lambda: len(cards(phone)) == 1)
        await phone.visit("/settings")
        await phone.until(lambda: phone.sees("1 waiting"))
        await phone.visit("/")
        await phone.tap("rail-seller")
        await phone.until(lambda: phone.route == "/seller")


async def test_the_queue_loads_in_its_own_shape_and_says_when_it_cannot_be_read(
    shop: Shop, look: Look, clock: Clock
) -> None:
    asked(shop, clock)
    machine = Busy()
    async with look.at("/seller", SARI, app=once_before(machine.begin)) as phone:
        await phone.until(lambda: phone.sees("Loading"))
        machine.end()
        await phone.until(lambda: cards(phone))
    screen = once_before(lambda _: run(shop, "ALTER TABLE requests RENAME TO elsewhere"))
    async with look.at("/seller", SARI, app=screen, fails=True) as phone:
        await phone.shows("try-again")
        run(shop, "ALTER TABLE elsewhere RENAME TO requests")
        await phone.tap("try-again")
        await phone.until(lambda: cards(phone))


async def test_a_list_goes_on_where_a_page_ends(shop: Shop, look: Look, clock: Clock) -> None:
    numbers = [asked(shop, clock) for _ in range(8)]
    async with look.at("/seller", SARI) as phone:
        await phone.tap("load-more")
        await phone.until(lambda: cards(phone) == [card(one) for one in numbers])


async def test_beside_the_queue_stands_the_request_that_was_opened(
    shop: Shop, look: Look, clock: Clock
) -> None:
    number = asked(shop, clock)
    async with look.at("/seller", SARI, size=WIDE) as phone:
        await phone.until(lambda: phone.sees("Choose a request"))
        await phone.tap(card(number))
        await phone.shows("list-option")
        assert cards(phone) == [card(number)]
        assert phone.route == f"/seller/requests/{number}"
