"""Who is erased leaves nothing of themself behind; what was bought stays right."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from app.shop.actions.addresses import add_address
from app.shop.actions.answer import decline
from app.shop.actions.cancel import cancel_order
from app.shop.actions.change import ask_to_change
from app.shop.actions.charge import begin_payment
from app.shop.actions.edit import change_address
from app.shop.actions.erase import erase_person
from app.shop.actions.photos import add_photo
from app.shop.actions.request import ask_to_cancel, withdraw
from app.shop.actions.ship import arrange_shipment, complete, deliver, hand_over
from app.shop.actions.talk import send_message
from app.shop.check import check
from app.shop.reads.people import accounts, default_account, person_by_handle, profile_of
from app.shop.reads.talk import MessageRow, conversation
from app.shop.rules.addresses import Parts
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Status
from app.shop.shop import CARRIER, SYSTEM, Actor, Shop
from tests.actions.steps import (
    BUDI,
    IDS,
    MAI,
    OPS,
    SARI,
    TUAN,
    all_at_once,
    ask,
    balance,
    column,
    everything,
    fresh,
    imported,
    order_in,
    place,
    rows,
    run,
)
from tests.conftest import Clock
from tests.files.made import as_file, brought, counts, tiktok_order
from tests.people import stock
from tests.photographs import photo

NAME, PHONE = "Zephyrine", "+62 555 010 9876"
"""Words that nobody else has: wherever one is found, it is told of her."""
OWNED = {SARI: "erase_runs_shop", OPS: "erase_last_staff"}


@dataclass(frozen=True, slots=True)
class Life:
    """A shop in which mai has left her name wherever one can, and the order that she completed."""

    shop: Shop
    bought: int


def lived(shop: Shop, clock: Clock) -> Life:
    """Let her do all that leaves words behind, and end it: nothing is owed to her or by her."""
    stock(shop)
    run(shop, f"INSERT INTO handles VALUES ('{NAME}')")
    called = f"handle = '{NAME}', name = '{NAME} Oakes', bio = '{NAME} was here'"
    run(shop, f"UPDATE people SET {called} WHERE id = 1")
    run(shop, "DELETE FROM handles WHERE handle = 'mai'")
    parts = Parts(f"{NAME}'s", f"{NAME} Oakes", PHONE, f"{NAME} street 1", NAME, NAME, f"{NAME}1", "ID")
    address = int(add_address(shop, MAI, parts, key=f"{NAME} adds").answer["address"])
    first = place(shop)
    change_address(shop, MAI, first, address, key=fresh())
    cancel_order(shop, MAI, first, "BU_OTHER", f"{NAME} says so", key=f"{NAME} cancels")
    by_seller = place(shop, method=Method.COD)
    cancel_order(shop, SARI, by_seller, "SP_OTHER", f"{NAME} asked us on the phone to end this", key=fresh())
    other = place(shop, buyer=BUDI)
    send_message(shop, BUDI, other, "not hers", key=fresh())
    bought = order_in(shop, Status.AWAITING_SHIPMENT)
    sent = str(add_photo(shop, MAI, bought, photo(), key=fresh()).answer["photo"])
    ask_to_cancel(shop, MAI, bought, "BP_OTHER", f"{NAME} asks", [sent], key=fresh())
    decline(shop, SARI, bought, "SR_PACKED", f"{NAME}, it is packed already", key=fresh())
    clock.move(minutes=1)
    change = Change(ChangeKind.ADDRESS, address_id=address)
    ask_to_change(shop, MAI, bought, change, f"{NAME} moved", key=fresh())
    withdraw(shop, MAI, bought, key=fresh())
    more = [str(add_photo(shop, MAI, bought, photo(), key=fresh()).answer["photo"]) for _ in range(2)]
    send_message(shop, MAI, bought, f"I am {NAME}", more[:1], key=fresh())
    send_message(shop, SARI, bought, f"Hello {NAME}", key=fresh())
    run(
        shop,
        "UPDATE events SET facts = replace(facts, :now, :before) WHERE action = 'change_address'",
        now=f'"address":"{address}"',
        before=f'"address":"{NAME} before"',
    )
    go_on(shop, bought)
    return Life(shop, bought)


def go_on(shop: Shop, number: int) -> None:
    """Bring a paid order to its end."""
    arrange_shipment(shop, SARI, number, key=fresh())
    hand_over(shop, CARRIER, number, key=fresh())
    deliver(shop, CARRIER, number, key=fresh())
    complete(shop, MAI, number, key=fresh())


@pytest.fixture
def life(shop: Shop, clock: Clock) -> Life:
    """Her life, on each database."""
    return lived(shop, clock)


def tells(shop: Shop) -> list[str]:
    """The tables that tell of her."""
    whole = {name: json.dumps(found, default=str) for name, found in everything(shop).items()}
    return [name for name, told in whole.items() if NAME in told or PHONE in told or '"mai"' in told]


def test_an_erased_person_is_in_no_table_and_the_books_stay_right(life: Life) -> None:
    shop = life.shop
    numbers = "SELECT number, status, total_minor, currency, cancel_reason, buyer_id FROM orders"
    money = "SELECT order_number, n, state, amount_minor FROM payments"
    counted = (
        "SELECT shop_id, kind, days, day, subject, sum(n), sum(total) FROM tallies GROUP BY 1, 2, 3, 4, 5"
    )
    before = [sorted(rows(shop, sql)) for sql in (numbers, money, counted)]
    assert {"people", "handles", "addresses", "orders", "events", "notifications"} < set(tells(shop))
    assert {"messages", "requests", "idempotency_keys"} < set(tells(shop))
    done = erase_person(shop, MAI, IDS.mai, key=fresh())
    assert done.answer == {"handle": "erased-1", "cancelled": 0, "photos": 3}
    assert tells(shop) == []
    assert [sorted(rows(shop, sql)) for sql in (numbers, money, counted)] == before
    assert check(shop).sound
    assert not list((shop.photos.folder or Path()).glob("*/*"))


def test_what_others_wrote_of_others_is_let_be(life: Life) -> None:
    before = everything(life.shop)
    erase_person(life.shop, OPS, IDS.mai, key=fresh())
    after = everything(life.shop)
    assert [row for row in after["messages"] if "not hers" in row] != []
    kept = ("shops", "products", "variants", "vouchers", "lines", "price_entries", "holds", "balances")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert [row for row in after["addresses"] if row[0] == IDS.budis_home] == [
        row for row in before["addresses"] if row[0] == IDS.budis_home
    ]


def test_her_orders_are_shown_as_before_without_her(life: Life) -> None:
    erase_person(life.shop, OPS, IDS.mai, key=fresh())
    thread = conversation(life.shop, SARI, life.bought).entries
    assert {said.text for said in thread if isinstance(said, MessageRow)} == {"—"}
    assert profile_of(life.shop, MAI).name is None
    assert all(account.id != IDS.mai for account in accounts(life.shop))
    assert default_account(life.shop) != IDS.mai
    with pytest.raises(NotFound):
        person_by_handle(life.shop, NAME)


def test_what_is_not_paid_is_taken_back_and_its_stock_is_free(life: Life) -> None:
    before = balance(life.shop, "STOCK", IDS.cream)
    unpaid = place(life.shop)
    assert balance(life.shop, "STOCK", IDS.cream) != before
    done = erase_person(life.shop, MAI, IDS.mai, key=fresh())
    assert done.answer["cancelled"] == 1
    assert IDS.sari in done.people
    assert column(life.shop, unpaid, "status") == "CANCELLED"
    assert balance(life.shop, "STOCK", IDS.cream) == before
    assert check(life.shop).sound


def paid(shop: Shop) -> None:
    """Something of hers is on its way."""
    order_in(shop, Status.IN_TRANSIT)


def going_back(shop: Shop) -> None:
    """Money is on its way back."""
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", "the last one was broken", key=fresh())


def charged(shop: Shop) -> None:
    """The bank has not answered yet."""
    begin_payment(shop, MAI, place(shop), key=fresh())


def asked_elsewhere(shop: Shop) -> None:
    """An imported order of hers has an open request."""
    ask(shop, imported(shop, order_in(shop, Status.AWAITING_SHIPMENT)))


@pytest.mark.parametrize(
    ("owe", "code"),
    [
        (paid, "erase_orders_open"),
        (going_back, "erase_refunds_open"),
        (charged, "erase_payment_out"),
        (asked_elsewhere, "erase_requests_open"),
    ],
)
def test_nobody_is_erased_while_something_is_owed(
    sqlite_shop: Shop, owe: Callable[[Shop], None], code: str
) -> None:
    stock(sqlite_shop)
    owe(sqlite_shop)
    before = everything(sqlite_shop)
    with pytest.raises(Refused) as refused:
        erase_person(sqlite_shop, MAI, IDS.mai, key=fresh())
    assert (refused.value.code, refused.value.next_step is None) == (code, False)
    assert everything(sqlite_shop) == before


@pytest.mark.parametrize("actor", OWNED)
def test_who_alone_runs_a_shop_or_the_platform_is_not_erased(sqlite_shop: Shop, actor: Actor) -> None:
    stock(sqlite_shop)
    with pytest.raises(Refused, match=OWNED[actor]):
        erase_person(sqlite_shop, actor, actor.id, key=fresh())
    table = "members (shop_id, person_id) VALUES (11, 2)" if actor == SARI else "staff VALUES (2)"
    run(sqlite_shop, f"INSERT INTO {table}")
    erase_person(sqlite_shop, actor, actor.id, key=fresh())
    assert check(sqlite_shop).sound


def test_who_sold_leaves_no_word_in_what_others_bought(life: Life) -> None:
    run(life.shop, "INSERT INTO members (shop_id, person_id) VALUES (11, 2)")
    other = place(life.shop, buyer=BUDI, method=Method.COD)
    send_message(life.shop, SARI, other, "Sarilaya writes", key=fresh())
    cancel_order(life.shop, SARI, other, "SP_OTHER", "Sarilaya ends this order, at some length", key=fresh())
    erase_person(life.shop, SARI, IDS.sari, key=fresh())
    whole = json.dumps(everything(life.shop), default=str)
    assert "Sarilaya" not in whole
    assert "I am Zephyrine" in whole


def test_only_oneself_the_staff_and_the_system_erase(sqlite_shop: Shop) -> None:
    stock(sqlite_shop)
    for actor in (BUDI, TUAN, SARI):
        with pytest.raises(NotFound):
            erase_person(sqlite_shop, actor, IDS.mai, key=fresh())
    with pytest.raises(NotFound, match="no_such_person"):
        erase_person(sqlite_shop, OPS, 999, key=fresh())
    erase_person(sqlite_shop, SYSTEM, IDS.mai, key=fresh())
    erase_person(sqlite_shop, OPS, IDS.budi, key=fresh())


def test_to_erase_twice_is_to_erase_once(life: Life) -> None:
    key = fresh()
    done = erase_person(life.shop, OPS, IDS.mai, key=key)
    after = everything(life.shop)
    assert erase_person(life.shop, OPS, IDS.mai, key=key) == done
    assert everything(life.shop) == after
    assert erase_person(life.shop, OPS, IDS.mai, key=fresh()).answer["photos"] == 0


def test_a_later_file_does_not_bring_the_name_back(shop: Shop, tmp_path: Path) -> None:
    first = as_file(tmp_path, [tiktok_order(1, buyer_nickname=NAME)], "first.json")
    brought(shop, first, personal=True)
    ((person, buyer),) = rows(shop, "SELECT id, handle FROM people")
    assert tells(shop) == ["people"]
    outside = rows(shop, "SELECT outside_id FROM outside_ids WHERE kind = 'person'")
    erase_person(shop, SYSTEM, person, key=fresh())
    assert tells(shop) == []
    later = [tiktok_order(n, buyer_nickname=NAME) for n in (1, 2)]
    later[0]["status"], later[0]["update_time"] = "COMPLETED", later[0]["update_time"] + 1
    report = brought(shop, as_file(tmp_path, later, "later.json"), personal=True)
    assert counts(report) == (1, 1, 0, 0)
    assert tells(shop) == []
    assert rows(shop, "SELECT id, handle FROM people") == [(person, f"erased-{person}")]
    assert rows(shop, "SELECT DISTINCT buyer_id FROM orders") == [(person,)]
    assert outside[0] not in rows(shop, "SELECT outside_id FROM outside_ids")
    assert buyer not in json.dumps(everything(shop), default=str)
    assert check(shop).sound


@pytest.mark.parametrize(
    ("pair", "joins", "why"),
    [
        ((SARI, BUDI), f"INSERT INTO members VALUES ({IDS.kopi_house}, {BUDI.id})", "erase_runs_shop"),
        ((OPS, BUDI), f"INSERT INTO staff VALUES ({BUDI.id})", "erase_last_staff"),
    ],
    ids=["shop", "platform"],
)
def test_of_two_who_go_at_one_moment_one_stays(
    shop: Shop, pair: tuple[Actor, Actor], joins: str, why: str
) -> None:
    stock(shop)
    run(shop, joins)

    def leaves(who: Actor) -> str:
        return str(erase_person(shop, who, who.id, key=fresh()).answer["handle"])

    first, second = (partial(leaves, who) for who in pair)
    ends = all_at_once(first, second)
    assert sorted(end == why for end in ends) == [False, True], ends
