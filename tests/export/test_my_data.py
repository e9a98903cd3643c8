"""A person gets what is theirs as a file, and nothing that they cannot read on their screens."""

import json
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.actions.accounts import give_password
from app.shop.actions.cancel import cancel_order
from app.shop.actions.sign_in import sign_in
from app.shop.actions.talk import send_message
from app.shop.demo import fill
from app.shop.export.mine import Mine, how_much_is_mine, my_data
from app.shop.rules.errors import NotFound
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop
from tests.actions.steps import SARI, place
from tests.files.made import orders, stored
from tests.people import Stocked


def data_of(shop: Shop, person: int) -> dict[str, Any]:
    """The file of a person, read."""
    found: dict[str, Any] = json.loads("".join(my_data(shop, Actor(person))))
    return found


def test_everybody_gets_all_of_their_own_orders_and_nobody_elses(shop: Shop) -> None:
    fill(shop, orders=60, buyers=9, seed=3)
    every = orders(shop)
    for person in stored(shop, t.Person):
        told = data_of(shop, person.id)
        assert [one["number"] for one in told["orders"]] == [
            str(one.number) for one in every if one.buyer_id == person.id
        ]
        assert told["person"]["handle"] == person.handle
        assert {one["buyer"]["handle"] for one in told["orders"]} <= {person.handle}
        mine = how_much_is_mine(shop, Actor(person.id))
        assert mine == Mine(
            len(told["orders"]),
            sum(len(one["requests"]) for one in told["orders"]),
            sum(len(one["messages"]) for one in told["orders"]),
            len(told["notices"]),
            len(told["sign_ins"]),
            len(told["addresses"]),
        )


def test_what_a_seller_wrote_to_the_platform_and_who_it_was_are_not_told(sqlite_shop: Shop) -> None:
    fill(sqlite_shop, orders=120, buyers=9, seed=3)
    notes = {
        one.note
        for one in stored(sqlite_shop, t.OrderEvent)
        if one.note and one.role == "SELLER" and (one.reason or "").startswith("SP_")
    }
    notes |= {one.cancel_text for one in orders(sqlite_shop) if (one.cancel_reason or "").startswith("SP_")}
    assert notes
    sellers = {one.person_id for one in stored(sqlite_shop, t.Member)}
    handles = {one.handle for one in stored(sqlite_shop, t.Person) if one.id in sellers}
    for person in stored(sqlite_shop, t.Person):
        told = "".join(my_data(sqlite_shop, Actor(person.id)))
        assert not [note for note in notes if note and json.dumps(note, ensure_ascii=False) in told]
        assert not [one for one in handles - {person.handle} if f'"{one}"' in told or f'"@{one}"' in told]


def test_messages_say_which_were_ones_own(stocked: Stocked, shop: Shop) -> None:
    number = place(shop)
    send_message(shop, Actor(stocked.mai), number, "Wrong colour 😅 — “please”", key="a")
    send_message(shop, SARI, number, "Which one?", key="b")
    (order,) = data_of(shop, stocked.mai)["orders"]
    assert [(one["mine"], one["text"]) for one in order["messages"]] == [
        (True, "Wrong colour 😅 — “please”"),
        (False, "Which one?"),
    ]
    cancel_order(shop, Actor(stocked.mai), number, "BU_MISTAKE", key="c")
    told = data_of(shop, stocked.mai)
    assert told["orders"][0]["cancel_reason"] == "BU_MISTAKE"
    assert {one["order"] for one in told["notices"]} == {str(number)}


@pytest.mark.parametrize("actor", [SYSTEM, GATEWAY, CARRIER])
def test_who_is_no_person_has_no_data(stocked: Stocked, shop: Shop, actor: Actor) -> None:
    assert stocked
    with pytest.raises(NotFound):
        next(my_data(shop, actor))


def test_who_is_not_there_has_no_data(shop: Shop) -> None:
    with pytest.raises(NotFound):
        next(my_data(shop, Actor(99)))


def test_where_somebody_is_signed_in_is_told_to_them(sqlite_shop: Shop) -> None:
    fill(sqlite_shop, orders=5, buyers=2, seed=3)
    person = stored(sqlite_shop, t.Person)[0]
    given = give_password(sqlite_shop, SYSTEM, person.id)
    sign_in(sqlite_shop, given.handle, given.password, address="-", device="Firefox, Linux")
    (told,) = data_of(sqlite_shop, person.id)["sign_ins"]
    assert told["device"] == "Firefox, Linux"
    assert told["begun_at"] == told["seen_at"]
