"""The thread as each side reads it: in order of time, page by page, with what is unread."""

import pytest

from app.shop.actions.inbox import mark_read
from app.shop.actions.photos import add_photo
from app.shop.actions.talk import mark_thread_read, send_message
from app.shop.reads.history import EventRow
from app.shop.reads.talk import Conversation, MessageRow, conversation, unread_threads
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Status
from app.shop.shop import Actor, Shop
from tests import photographs as made
from tests.actions.steps import BUDI, IDS, MAI, OPS, SARI, TUAN, fresh, imported, order_in, place, run
from tests.conftest import Clock
from tests.people import stock


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A stocked shop, on each database."""
    stock(shop)
    return shop


def say(shop: Shop, who: Actor, number: int, text: str) -> None:
    """One message."""
    send_message(shop, who, number, text, key=fresh())


def told(thread: Conversation) -> list[str]:
    """The texts and events of a thread."""
    return [one.text if isinstance(one, MessageRow) else one.action for one in thread.entries]


def test_messages_and_what_happened_stand_in_the_order_of_time(shop: Shop, clock: Clock) -> None:
    number = place(shop)
    say(shop, MAI, number, "before")
    clock.move(minutes=1)
    from app.shop.actions.pay import pay
    from app.shop.actions.ship import arrange_shipment

    pay(shop, MAI, number, key=fresh())
    clock.move(minutes=1)
    say(shop, SARI, number, "between")
    clock.move(minutes=1)
    arrange_shipment(shop, SARI, number, key=fresh())
    say(shop, MAI, number, "after")
    assert told(conversation(shop, MAI, number)) == ["before", "pay", "between", "arrange_shipment", "after"]


def test_what_only_one_side_or_nobody_need_know_is_left_out(shop: Shop) -> None:
    number = place(shop)
    from app.shop.actions.edit import change_address
    from app.shop.actions.pay import Outcome, pay

    pay(shop, MAI, number, Outcome.FAILED, key=fresh())
    change_address(shop, MAI, number, IDS.office, key=fresh())
    assert conversation(shop, MAI, number).entries == ()


def test_lines_taken_back_and_late_money_concern_both(shop: Shop, clock: Clock) -> None:
    from app.shop.actions.cancel import cancel_order
    from app.shop.actions.cancel_lines import cancel_lines
    from app.shop.actions.late import late_payment
    from app.shop.shop import GATEWAY

    number = place(shop, (IDS.cream, 1), (IDS.navy, 1))
    cancel_lines(shop, MAI, number, [2], "BU_MISTAKE", key=fresh())
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    late_payment(shop, GATEWAY, number, 85_000, key=fresh())
    assert told(conversation(shop, SARI, number)) == ["cancel_lines", "cancel", "late_payment"]


def test_each_side_sees_its_own_messages_as_its_own(shop: Shop) -> None:
    number = place(shop)
    run(shop, f"INSERT INTO members (shop_id, person_id) VALUES ({IDS.kopi_house}, {IDS.budi})")
    for who in (MAI, SARI, BUDI, OPS):
        say(shop, who, number, f"{who.id}")
    sides = {
        who: [
            (one.mine, one.ours)
            for one in conversation(shop, who, number).entries
            if isinstance(one, MessageRow)
        ]
        for who in (MAI, SARI, OPS)
    }
    no = (False, False)
    assert sides[MAI] == [(True, True), no, no, no]
    assert sides[SARI] == [no, (True, True), (False, True), no]
    assert sides[OPS] == [no, no, no, (True, True)]
    senders = [one.sender for one in conversation(shop, MAI, number).entries if isinstance(one, MessageRow)]
    assert senders == ["mai", "sari", "budi", "ops"]


@pytest.mark.parametrize("who", [BUDI, TUAN])
def test_nobody_else_reads_it(shop: Shop, who: Actor) -> None:
    number = place(shop)
    for asked in (number, number + 1, 2**63):
        with pytest.raises(NotFound, match="no_such_order"):
            conversation(shop, who, asked)


def test_the_newest_entries_come_first_and_the_older_ones_when_asked_for(shop: Shop, clock: Clock) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    for n in range(7):
        clock.move(seconds=1)
        say(shop, MAI, number, f"{n}")
    page = conversation(shop, SARI, number, limit=5)
    assert (told(page), page.more) == (list("23456"), True)
    page = conversation(shop, SARI, number, limit=7)
    assert (told(page), page.more) == (list("0123456"), True)
    page = conversation(shop, SARI, number, limit=8)
    assert (told(page), page.more) == (["pay", *"0123456"], False)


def test_unread_counts_what_the_others_wrote_since_one_looked(shop: Shop) -> None:
    number = place(shop)
    for text in "abc":
        say(shop, MAI, number, text)
    say(shop, OPS, number, "d")
    seen = {
        who: (found.last, found.unread)
        for who in (MAI, SARI, OPS)
        for found in [conversation(shop, who, number)]
    }
    assert seen == {MAI: (4, 1), SARI: (4, 4), OPS: (4, 3)}
    mark_thread_read(shop, SARI, number, 3)
    assert conversation(shop, SARI, number).unread == 1
    mark_thread_read(shop, SARI, number, 4)
    assert conversation(shop, SARI, number).unread == 0


def test_one_sees_how_far_the_others_have_read(shop: Shop) -> None:
    number = place(shop)
    say(shop, MAI, number, "a")
    say(shop, MAI, number, "b")
    mark_thread_read(shop, MAI, number, 2)
    assert conversation(shop, MAI, number).seen == 0
    mark_thread_read(shop, SARI, number, 1)
    assert conversation(shop, MAI, number).seen == 1
    assert conversation(shop, SARI, number).seen == 2


def test_threads_that_wait_are_counted_until_they_are_read(shop: Shop) -> None:
    one, other = place(shop), place(shop)
    for _ in range(2):
        say(shop, MAI, one, "a")
    say(shop, MAI, other, "b")
    say(shop, SARI, other, "c")
    assert unread_threads(shop, SARI) == {one: 2, other: 1}
    assert unread_threads(shop, MAI) == {other: 1}
    mark_thread_read(shop, SARI, one, 2)
    assert unread_threads(shop, SARI) == {other: 1}
    mark_read(shop, SARI)
    assert unread_threads(shop, SARI) == {}


def test_a_thread_that_waits_counts_for_the_platform_what_both_wrote(shop: Shop) -> None:
    number = place(shop)
    place(shop, buyer=BUDI)
    for who in (OPS, MAI, SARI, MAI):
        say(shop, who, number, "a")
    assert unread_threads(shop, OPS) == {number: 3}
    assert unread_threads(shop, SARI) == {number: 3}
    assert unread_threads(shop, MAI) == {number: 2}


def test_photos_come_with_their_message_small(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    number = place(sqlite_shop)
    photos = [
        str(add_photo(sqlite_shop, MAI, number, made.photo(), key=fresh()).answer["photo"]) for _ in "ab"
    ]
    say(sqlite_shop, MAI, number, "before")
    send_message(sqlite_shop, MAI, number, "look", photos, key=fresh())
    before, look = conversation(sqlite_shop, SARI, number).entries
    assert isinstance(before, MessageRow)
    assert isinstance(look, MessageRow)
    assert before.photos == ()
    assert {one.id for one in look.photos} == set(photos)
    assert {(one.width, one.height, one.small and one.small[:3]) for one in look.photos} == {
        (640, 480, b"\xff\xd8\xff")
    }


def test_the_card_above_the_thread_is_the_orders(shop: Shop) -> None:
    number = imported(shop, place(shop))
    thread = conversation(shop, SARI, number)
    assert (thread.order.number, thread.order.buyer, thread.role) == (number, "mai", "SELLER")
    assert not any(isinstance(one, EventRow) for one in thread.entries)
