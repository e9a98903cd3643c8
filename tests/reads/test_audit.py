"""The audit trail: everything that happened, newest first, found by what it is about."""

import json

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.pay import pay
from app.shop.reads import audit
from app.shop.reads.audit import Asked, AuditEntry, audit_entries, audit_trail
from app.shop.reads.spreadsheet import csv_lines, json_lines
from app.shop.rules.errors import NotFound
from app.shop.rules.policy import HOUR
from app.shop.shop import GATEWAY, SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, fresh, place, rows
from tests.conftest import MONDAY, Clock
from tests.people import Stocked

EVERYTHING = Asked()


@pytest.fixture
def busy(shop: Shop, stocked: Stocked, clock: Clock) -> list[int]:
    """A morning: mai places two orders, pays one and cancels the other, budi places one; their numbers."""
    first = place(shop, (stocked.cream, 1))
    second = place(shop, (stocked.forest, 1))
    clock.move(hours=1)
    pay(shop, MAI, first, key=fresh())
    cancel_order(shop, MAI, second, "BU_OTHER", "=1+1, sorry", key=fresh())
    clock.move(hours=1)
    third = place(shop, (stocked.cream, 1), buyer=BUDI, address_id=stocked.budis_home)
    return [first, second, third]


def keys(shop: Shop, asked: Asked = EVERYTHING) -> list[tuple[int, str]]:
    """Order and action of everything found."""
    return [(one.order_number, one.action) for one in audit_trail(shop, OPS, asked).entries]


def test_everything_is_there_newest_first_with_who_did_it(shop: Shop, busy: list[int]) -> None:
    first, second, third = busy
    newest, cancelled, paid, *_ = found = audit_trail(shop, OPS).entries
    assert {(one.order_number, one.n) for one in found} == set(
        rows(shop, "SELECT order_number, n FROM events")
    )
    assert [one.key for one in found] == sorted((one.key for one in found), reverse=True)
    assert (newest.order_number, newest.by, newest.buyer) == (third, "budi", "budi")
    assert {(paid.order_number, paid.action), (cancelled.order_number, cancelled.action)} == {
        (first, "pay"),
        (second, "cancel"),
    }
    why = next(one for one in found if one.action == "cancel")
    assert (why.role, why.reason, why.note) == ("BUYER", "BU_OTHER", "=1+1, sorry")
    assert (why.status_from, why.status_to, why.at) == ("UNPAID", "CANCELLED", MONDAY + HOUR)


def test_it_is_searched_by_order_person_action_reason_and_time(shop: Shop, busy: list[int]) -> None:
    first, second, third = busy
    assert {number for number, _ in keys(shop, Asked(number=second))} == {second}
    assert {number for number, _ in keys(shop, Asked(person="mai"))} == {first, second}
    assert keys(shop, Asked(person="sari")) == []
    assert keys(shop, Asked(action="pay")) == [(first, "pay")]
    assert keys(shop, Asked(reason="BU_OTHER")) == [(second, "cancel")]
    assert {number for number, _ in keys(shop, Asked(since=MONDAY + 2 * HOUR))} == {third}
    assert keys(shop, Asked(until=MONDAY)) == []
    assert {action for _, action in keys(shop, Asked(until=MONDAY + 1))} == {"place_order"}
    assert keys(shop, Asked(number=first, action="cancel")) == []
    assert keys(shop, Asked(number=2**62)) == []


def test_who_did_it_counts_as_much_as_whose_order_it_is(shop: Shop, busy: list[int]) -> None:
    number = busy[0]
    cancel_order(shop, OPS, number, "OP_EXPERIENCE", key=fresh())
    assert keys(shop, Asked(person="ops")) == [(number, "cancel")]
    assert (number, "cancel") in keys(shop, Asked(person="mai"))


def test_pages_follow_each_other_without_gap_or_repeat(shop: Shop, busy: list[int]) -> None:
    whole, found, before = audit_trail(shop, OPS).entries, list[AuditEntry](), None
    while True:
        page = audit_trail(shop, OPS, before=before, limit=2)
        found += page.entries
        if page.end is None:
            break
        before = page.end
    assert tuple(found) == whole
    assert tuple(audit_entries(shop, OPS)) == whole


def test_a_search_that_finds_little_ends_after_a_while_and_goes_on_from_there(
    shop: Shop, busy: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "CHUNK", 1)
    monkeypatch.setattr(audit, "REACH", 1)
    page = audit_trail(shop, OPS, Asked(action="pay"))
    assert (page.entries, page.end) == ((), audit_trail(shop, OPS).entries[0].key)
    assert [one.action for one in audit_entries(shop, OPS, Asked(action="pay"))] == ["pay"]


@pytest.mark.parametrize("actor", [MAI, SARI, GATEWAY, Actor(99)])
def test_only_staff_and_the_system_see_it(shop: Shop, busy: list[int], actor: Actor) -> None:
    with pytest.raises(NotFound, match="missing"):
        audit_trail(shop, actor)
    with pytest.raises(NotFound, match="missing"):
        next(audit_entries(shop, actor))
    assert audit_trail(shop, SYSTEM) == audit_trail(shop, OPS)


def test_a_person_there_is_not_is_said_to_be_none(shop: Shop, busy: list[int]) -> None:
    with pytest.raises(NotFound, match="no_such_person"):
        audit_trail(shop, OPS, Asked(person="nobody-here"))


def test_an_export_has_a_line_for_each_entry(shop: Shop, busy: list[int]) -> None:
    entries = audit_trail(shop, OPS).entries
    csv = "".join(csv_lines(audit.HEADER, map(audit.as_text, entries)))
    assert csv.startswith("at,order_number,n,role,action,status_from,")
    assert csv.count("\r\n") == 1 + len(entries)
    assert '"\'=1+1, sorry"' in csv
    read = [json.loads(line) for line in json_lines(audit.HEADER, map(audit.as_text, entries))]
    assert [one["order_number"] for one in read] == [str(one.order_number) for one in entries]
    assert "=1+1, sorry" in [one["note"] for one in read]
