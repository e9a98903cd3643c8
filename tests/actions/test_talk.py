"""Talking about an order: who may, what fits, who is told, and that the order itself stays as it is."""

from functools import partial
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.inbox import mark_read
from app.shop.actions.talk import _TAKING_PART, mark_thread_read, send_message
from app.shop.rules.errors import Invalid, KeyReused, NotFound, Refused, ShopError
from app.shop.rules.orders import Status
from app.shop.rules.words import MESSAGE
from app.shop.shop import SYSTEM, Actor, Done, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    OPS,
    SARI,
    TUAN,
    all_at_once,
    column,
    fresh,
    order_in,
    place,
    rows,
    run,
)
from tests.conftest import Clock
from tests.people import stock


@pytest.fixture
def shop(shop: Shop) -> Shop:
    """A stocked shop, on each database."""
    stock(shop)
    return shop


def say(shop: Shop, who: Actor, number: int, text: str = "Is it still here?", **options: Any) -> Done:
    """One message."""
    return send_message(shop, who, number, text, **{"key": fresh()} | options)


def said(shop: Shop, number: int) -> list[tuple[int, int, str, str]]:
    """What stands in the thread: number, sender, role, text."""
    sql = "SELECT n, sender_id, role, text FROM messages WHERE order_number = :number ORDER BY n"
    return [(n, who, role, text) for n, who, role, text in rows(shop, sql, number=number)]


def told_of_messages(shop: Shop, number: int) -> list[tuple[int, int, bool]]:
    """Who was told of which message, and whether they have read that."""
    sql = """SELECT person_id, -n, read_at FROM notifications WHERE order_number = :number AND n < 0
        ORDER BY -n, person_id"""
    return [(person, n, read is not None) for person, n, read in rows(shop, sql, number=number)]


def second_member(shop: Shop) -> None:
    """Budi works for kopi-house too."""
    run(shop, f"INSERT INTO members (shop_id, person_id) VALUES ({IDS.kopi_house}, {IDS.budi})")


def test_buyer_seller_and_platform_write_each_in_their_role(shop: Shop) -> None:
    number = place(shop)
    for n, who in enumerate((MAI, SARI, OPS), 1):
        assert say(shop, who, number, f"from {who.id}").answer == {"number": str(number), "message": n}
    assert said(shop, number) == [
        (1, MAI.id, "BUYER", f"from {MAI.id}"),
        (2, SARI.id, "SELLER", f"from {SARI.id}"),
        (3, OPS.id, "OPERATOR", f"from {OPS.id}"),
    ]


@pytest.mark.parametrize("who", [BUDI, TUAN])
def test_who_is_nothing_to_the_order_does_not_learn_of_it(shop: Shop, who: Actor) -> None:
    number = place(shop)
    for asked in (number, 2**63):
        with pytest.raises(NotFound, match="no_such_order"):
            say(shop, who, asked)
        with pytest.raises(NotFound, match="no_such_order"):
            mark_thread_read(shop, who, asked, 1)
    with pytest.raises(Refused, match="role_may_not"):
        say(shop, SYSTEM, number)
    assert said(shop, number) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "message_empty"),
        (" \n\u200b ", "message_empty"),
        ("a" * (MESSAGE + 1), "text_too_long"),
        ("a\x07b", "text_has_control_characters"),
        ("\u202eabc", "text_turns_direction"),
    ],
)
def test_a_text_that_does_not_fit_is_refused_and_nothing_is_written(shop: Shop, text: str, code: str) -> None:
    number = place(shop)
    with pytest.raises(Invalid, match=code):
        say(shop, MAI, number, text)
    assert said(shop, number) == []
    assert told_of_messages(shop, number) == []


def test_a_message_is_kept_cleaned_with_its_lines_and_emoji(shop: Shop) -> None:
    number = place(shop)
    say(shop, MAI, number, "  Màu này à?\r\nCảm ơn shop 🙏 ")
    say(shop, MAI, number, "ạ" * MESSAGE)
    assert [text for *_, text in said(shop, number)] == ["Màu này à?\nCảm ơn shop 🙏", "ạ" * MESSAGE]


def test_a_message_sent_twice_under_one_key_stands_there_once(shop: Shop) -> None:
    number = place(shop)
    first = say(shop, MAI, number, "hello", key="draft")
    assert say(shop, MAI, number, "hello", key="draft") == first
    assert len(said(shop, number)) == 1
    with pytest.raises(KeyReused):
        say(shop, MAI, number, "something else", key="draft")
    assert say(shop, SARI, number, "hello", key="draft").answer["message"] == 2


def test_messages_of_one_moment_get_numbers_of_their_own(shop: Shop) -> None:
    number = place(shop)
    writers = [partial(_numbered, shop, who, number) for who in (MAI, SARI, OPS, MAI)]
    assert sorted(all_at_once(*writers)) == [1, 2, 3, 4]
    assert [n for n, *_ in said(shop, number)] == [1, 2, 3, 4]


def _numbered(shop: Shop, who: Actor, number: int) -> int:
    return int(say(shop, who, number).answer["message"])


def test_a_message_leaves_the_order_its_version_so_that_no_cancel_loses_to_it(shop: Shop) -> None:
    number = place(shop)
    version = column(shop, number, "version")
    tries: list[Any] = [lambda: say(shop, SARI, number).answer["number"]] * 4
    ends = all_at_once(lambda: cancel_order(shop, MAI, number, "BU_MISTAKE", key="c"), *tries)
    assert ends[0] == Status.CANCELLED
    assert column(shop, number, "version") == version + 1


@pytest.mark.parametrize("status", [Status.UNPAID, Status.AWAITING_SHIPMENT, Status.COMPLETED])
def test_one_can_talk_whatever_the_order_has_come_to(shop: Shop, status: Status) -> None:
    number = order_in(shop, status)
    assert say(shop, MAI, number).answer["message"] == 1


def test_the_other_side_is_told_and_everyone_looks_again(shop: Shop) -> None:
    second_member(shop)
    number = place(shop)
    assert say(shop, MAI, number).people == {MAI.id, SARI.id, BUDI.id}
    assert told_of_messages(shop, number) == [(BUDI.id, 1, False), (SARI.id, 1, False)]
    assert say(shop, SARI, number).people == {MAI.id, SARI.id, BUDI.id}
    assert told_of_messages(shop, number)[2:] == [(MAI.id, 2, False)]


def test_the_platform_tells_both_and_is_told_once_it_takes_part(shop: Shop) -> None:
    number = place(shop)
    say(shop, OPS, number)
    assert told_of_messages(shop, number) == [(MAI.id, 1, False), (SARI.id, 1, False)]
    assert say(shop, SARI, number).people == {MAI.id, SARI.id, OPS.id}
    assert told_of_messages(shop, number)[2:] == [(OPS.id, 2, False)]  # mai has not read the first one yet


def test_of_many_messages_in_a_row_one_is_told_until_it_is_read(shop: Shop, clock: Clock) -> None:
    number = place(shop)
    for _ in range(3):
        clock.move(seconds=5)
        say(shop, MAI, number)
    assert told_of_messages(shop, number) == [(SARI.id, 1, False)]
    mark_thread_read(shop, SARI, number, 3)
    assert told_of_messages(shop, number) == [(SARI.id, 1, True)]
    say(shop, MAI, number)
    say(shop, MAI, number)
    assert told_of_messages(shop, number) == [(SARI.id, 1, True), (SARI.id, 4, False)]


def test_each_member_of_a_shop_reads_for_themselves(shop: Shop) -> None:
    second_member(shop)
    number = place(shop)
    say(shop, MAI, number)
    mark_thread_read(shop, BUDI, number, 1)
    say(shop, MAI, number)
    assert told_of_messages(shop, number) == [(BUDI.id, 1, True), (SARI.id, 1, False), (BUDI.id, 2, False)]
    mark_thread_read(shop, SARI, number, 2)
    say(shop, MAI, number)
    assert told_of_messages(shop, number)[3:] == [(SARI.id, 3, False)]


def test_who_cleared_the_inbox_without_reading_is_told_of_the_next_message(shop: Shop) -> None:
    number = place(shop)
    say(shop, MAI, number)
    mark_read(shop, SARI)
    say(shop, MAI, number)
    say(shop, MAI, number)
    assert told_of_messages(shop, number) == [(SARI.id, 1, True), (SARI.id, 2, False)]


def test_a_seller_who_buys_from_their_own_shop_writes_as_the_buyer(shop: Shop) -> None:
    second_member(shop)
    number = place(shop, buyer=BUDI)
    say(shop, BUDI, number)
    say(shop, SARI, number)
    assert [role for _, _, role, _ in said(shop, number)] == ["BUYER", "SELLER"]
    assert told_of_messages(shop, number) == [(SARI.id, 1, False), (BUDI.id, 2, False)]


def test_a_notification_says_who_wrote_what_about_which_order(shop: Shop) -> None:
    number = place(shop)
    say(shop, SARI, number, "x" * 200)
    ((facts,),) = rows(shop, "SELECT facts FROM notifications WHERE person_id = 1 AND n = -1")
    for part in ('"title":"Enamel camp mug"', '"by":"SELLER"', f'"{"x" * 119}…"'):
        assert part in facts


def test_reading_is_marked_up_to_what_was_seen_and_never_back(shop: Shop) -> None:
    number = place(shop)
    for _ in range(3):
        say(shop, MAI, number)
    assert mark_thread_read(shop, SARI, number, 2).people == {MAI.id, SARI.id}
    for n in (1, 2):
        assert mark_thread_read(shop, SARI, number, n).people == {SARI.id}
    assert rows(shop, "SELECT person_id, n FROM read_marks") == [(SARI.id, 2)]
    mark_thread_read(shop, SARI, number, 99)
    assert rows(shop, "SELECT person_id, n FROM read_marks") == [(SARI.id, 3)]


def test_an_empty_thread_has_nothing_to_mark(shop: Shop) -> None:
    mark_thread_read(shop, MAI, place(shop), 5)
    assert rows(shop, "SELECT * FROM read_marks") == []


def test_reading_a_thread_leaves_other_notifications_unread(shop: Shop) -> None:
    number = place(shop)
    say(shop, MAI, number)
    mark_thread_read(shop, SARI, number, 1)
    sql = "SELECT code, read_at FROM notifications WHERE person_id = :sari ORDER BY n"
    assert [(code, read is None) for code, read in rows(shop, sql, sari=SARI.id)] == [
        ("message", False),
        ("order_placed", True),
    ]


def test_two_windows_that_mark_at_once_do_not_disturb_each_other(shop: Shop) -> None:
    number = place(shop)
    say(shop, MAI, number)
    ends = all_at_once(*[lambda: mark_thread_read(shop, SARI, number, 1).answer["read"]] * 6)
    assert not any(isinstance(end, ShopError | str) for end in ends)
    assert rows(shop, "SELECT person_id, n FROM read_marks") == [(SARI.id, 1)]


def test_a_message_is_seven_statements_however_long_the_thread_is(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    number = place(sqlite_shop)
    for _ in range(5):
        say(sqlite_shop, MAI, number)
    ran: list[str] = []
    with sqlite_shop.place.writing() as connection:
        connection.set_trace_callback(ran.append)
    say(sqlite_shop, SARI, number)
    connection.set_trace_callback(None)
    assert len(ran) == 7, ran


def test_who_is_told_already_is_found_alike_however_many_messages_are_unread(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    number = place(sqlite_shop)
    for _ in range(60):
        say(sqlite_shop, MAI, number)
    mark_thread_read(sqlite_shop, MAI, number, 60)
    many = steps_to_take_part(sqlite_shop, number)
    mark_thread_read(sqlite_shop, SARI, number, 60)
    say(sqlite_shop, MAI, number)
    mark_thread_read(sqlite_shop, MAI, number, 61)
    assert many < 1.2 * steps_to_take_part(sqlite_shop, number)


def steps_to_take_part(shop: Shop, number: int) -> int:
    """Steps of SQLite's machine to find who takes part in a thread, and who was told of it already."""
    connection, steps = shop.place.connection(), 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.set_progress_handler(count, 1)
    asked = {"number": number, "buyer": MAI.id, "shop": IDS.kopi_house}
    found = connection.execute(*_TAKING_PART.values(shop.place.dialect, asked)).fetchall()
    connection.set_progress_handler(None, 1)
    assert {row[0]: bool(row[2]) for row in found} == {MAI.id: False, SARI.id: True}
    return steps
