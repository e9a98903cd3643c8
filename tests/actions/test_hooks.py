"""Webhooks: who may add them, what is to be told to whom, when again, and when no more."""

import base64
import hmac
import json
import time
from pathlib import Path
from typing import Any

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.pay import pay
from app.shop.actions.settle import settle_due
from app.shop.hooks.addresses import (
    add_hook,
    failed_deliveries,
    hooks_of,
    remove_hook,
    resend_failed,
)
from app.shop.hooks.deliveries import AT_ONCE, Round, Told, go_round
from app.shop.hooks.messages import Message
from app.shop.hooks.sources import add_source, remove_source, source_with_secret, sources_of
from app.shop.hooks.standing import Added
from app.shop.hooks.sweeping import sweep
from app.shop.reads.inbox import notices
from app.shop.rules.errors import Invalid, NotFound, Refused
from app.shop.rules.policy import DAY, HOUR, MINUTE, SECOND, TIKTOK
from app.shop.rules.webhooks import LEASE_MS, MOST_HOOKS, checked_url, is_signed, next_try, signature
from app.shop.shop import SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, IDS, MAI, OPS, SARI, TUAN, all_at_once, everything, place, rows, settle
from tests.conftest import Clock
from tests.people import Stocked
from tests.receiver import signed

URL = "https://erp.example/hooks"
KOPI, LINEN = "kopi-house", "linen-lab"


def taken(shop: Shop, told: tuple[Told, ...] = (), most: int = 100) -> tuple[Message, ...]:
    """What is to be sent now, once it is noted how the others went."""
    return go_round(shop, told, {}, most).messages


def failed(*messages: Message, trouble: str = "status_500", **more: Any) -> tuple[Told, ...]:
    """None of them arrived."""
    return tuple(Told(one, trouble, **more) for one in messages)


def arrived(*messages: Message) -> tuple[Told, ...]:
    """All of them arrived."""
    return tuple(map(Told, messages))


def test_the_signature_is_that_of_the_standard() -> None:
    # The example of the Standard Webhooks specification's reference libraries.
    secret, message = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    at = 1_614_265_330
    right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    body = b'{"test": 2432232314}'
    assert signature(secret, message, at, body) == right
    assert is_signed(secret, message, at, body, f"v1,bm90 {right} v2,AAAA")
    for wrong in ("", "v1", "v1,", right[:-2], right.replace("v1", "v2"), "v1,é"):
        assert not is_signed(secret, message, at, body, wrong)
    assert not is_signed(secret, message, at + 1, body, right)
    assert not is_signed(secret, "msg_other", at, body, right)
    assert not is_signed(secret, message, at, body + b" ", right)


@pytest.mark.parametrize(
    "url",
    [
        *("", "erp.example", "https://", "https:///x", "ftp://erp.example", "https://u:p@erp.example"),
        *("https://erp.example/#x", "https://erp.example:0", "https://erp.example:99999", "https://[::1"),
        *(
            "https://erp.example/a b",
            "https://erp.example/\nx",
            "https://dürr.example",
            "javascript:alert(1)",
        ),
        "https://erp.example/" + "x" * 2000,
    ],
)
def test_an_address_that_nobody_can_be_reached_at_is_refused(url: str) -> None:
    for private in (True, False):
        with pytest.raises(Invalid):
            checked_url(url, private=private)


def test_an_address_has_to_be_https_but_for_the_own_network() -> None:
    assert checked_url(f" {URL}?key=1 ", private=False) == f"{URL}?key=1"
    assert checked_url("http://erp:8080/x", private=True) == "http://erp:8080/x"
    with pytest.raises(Invalid, match="hook_address_not_https"):
        checked_url("http://erp.example/x", private=False)


@pytest.mark.parametrize(
    ("who", "kopi", "linen", "all_shops"),
    [(MAI, 0, 0, 0), (BUDI, 0, 0, 0), (SARI, 1, 0, 0), (TUAN, 0, 1, 0), (OPS, 1, 1, 1), (SYSTEM, 1, 1, 1)],
)
def test_members_connect_their_shop_and_the_platform_all(
    stocked: Stocked, shop: Shop, who: Actor, kopi: int, linen: int, all_shops: int
) -> None:
    for handle, may in ((KOPI, kopi), (LINEN, linen), (None, all_shops)):
        there = add_hook(shop, SYSTEM, handle, URL)
        source = add_source(shop, SYSTEM, handle or KOPI)
        mine = may if handle else kopi
        told: list[tuple[Any, int]] = [
            (lambda handle=handle: add_hook(shop, who, handle, URL), may),
            (lambda handle=handle: hooks_of(shop, who, handle), may),
            (lambda handle=handle: failed_deliveries(shop, who, handle), may),
            (lambda there=there: resend_failed(shop, who, there.id), may),
            (lambda there=there: remove_hook(shop, who, there.id), may),
            (lambda handle=handle: add_source(shop, who, handle or KOPI), mine),
            (lambda handle=handle: sources_of(shop, who, handle), may),
            (lambda source=source: remove_source(shop, who, source.id), mine),
        ]
        for attempt, allowed in told:
            if allowed:
                attempt()
            else:
                with pytest.raises(NotFound, match="missing"):
                    attempt()
    for attempt in (
        lambda: add_hook(shop, who, "nobody", URL),
        lambda: remove_hook(shop, who, 5),
        lambda: remove_source(shop, who, 5),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_secret_is_told_once_and_kept_nowhere(stocked: Stocked, shop: Shop) -> None:
    hook, source = add_hook(shop, SARI, KOPI, URL), add_source(shop, SARI, KOPI)
    assert hook.secret != source.secret
    store = json.dumps(everything(shop), default=str)
    assert hook.secret.removeprefix("whsec_") not in store
    assert source.secret.removeprefix("whsec_") not in store
    found = source_with_secret(shop, source.id)
    assert found is not None
    assert (found[0].shop, found[1]) == (KOPI, source.secret)
    assert source_with_secret(shop, source.id + 1) is None
    assert source_with_secret(shop, 10**30) is None


def test_a_shop_has_so_many_addresses_and_no_more(stocked: Stocked, shop: Shop) -> None:
    for _ in range(MOST_HOOKS):
        add_hook(shop, SARI, KOPI, URL)
        add_source(shop, SARI, KOPI)
    with pytest.raises(Refused, match="too_many_hooks"):
        add_hook(shop, SARI, KOPI, URL)
    with pytest.raises(Refused, match="too_many_hooks"):
        add_source(shop, SARI, KOPI)
    add_hook(shop, TUAN, LINEN, URL)


def test_each_is_told_of_its_own_orders_from_then_on(stocked: Stocked, shop: Shop) -> None:
    before = place(shop)
    kopi, linen = add_hook(shop, SARI, KOPI, URL), add_hook(shop, TUAN, LINEN, URL)
    everywhere = add_hook(shop, OPS, None, URL)
    mugs, shirt = place(shop), place(shop, (IDS.white, 1))
    cancel_order(shop, MAI, before, "BU_MISTAKE", key="k")
    told = {(one.hook, one.number, one.n) for one in taken(shop)}
    assert told == {
        *((kopi.id, mugs, 0), (kopi.id, before, 1), (linen.id, shirt, 0)),
        *((everywhere.id, number, n) for number, n in ((mugs, 0), (before, 1), (shirt, 0))),
    }
    assert {one.waiting for one in hooks_of(shop, OPS)} == {1, 2, 3}


def test_what_is_told_is_the_event_and_nothing_of_the_buyer(stocked: Stocked, shop: Shop) -> None:
    number = place(shop)
    add_hook(shop, SARI, KOPI, URL)
    pay(shop, MAI, number, key="k")
    (message,) = taken(shop)
    told = json.loads(message.body)
    assert told["data"] | {"facts": {}, "due_at": None} == {
        "number": str(number),
        "shop": KOPI,
        "n": 1,
        "at": "2026-03-02T09:00:00Z",
        "role": "BUYER",
        "action": "pay",
        "status_from": "UNPAID",
        "status_to": "AWAITING_SHIPMENT",
        "due_at": None,
        "actor": "@mai",
        "facts": {},
    }
    assert message.id == f"event_{number}_1"


def test_every_step_is_told_down_to_the_money_on_its_way(stocked: Stocked, shop: Shop, clock: Clock) -> None:
    settle(shop, TIKTOK)
    number = place(shop)
    pay(shop, MAI, number, key="k")
    add_hook(shop, SARI, KOPI, URL)
    cancel_order(shop, MAI, number, "BP_MISTAKE", key="c")
    settle_due(shop)
    told: list[str] = []
    messages = taken(shop)
    while messages:
        told += [json.loads(one.body)["type"] for one in messages]
        messages = taken(shop, arrived(*messages))
    assert told == ["order.cancel", "order.refund_sent"]
    assert [json.loads(one.body) for one in taken(shop)] == []


def test_two_messages_about_one_order_go_out_one_after_the_other(
    stocked: Stocked, shop: Shop, clock: Clock
) -> None:
    add_hook(shop, SARI, KOPI, URL)
    number, other = place(shop), place(shop)
    pay(shop, MAI, number, key="k")
    first = taken(shop)
    assert {(one.number, one.n) for one in first} == {(number, 0), (other, 0)}
    assert taken(shop) == ()
    held = next(one for one in first if one.number == number)
    assert taken(shop, failed(held)) == ()
    clock.move(seconds=7)
    (again,) = taken(shop)
    assert (again.number, again.n, again.attempt, again.id) == (number, 0, 2, held.id)
    (second,) = taken(shop, arrived(again))
    assert (second.number, second.n) == (number, 1)


def test_what_fails_is_sent_again_ever_later_for_three_days_and_then_listed(
    stocked: Stocked, shop: Shop, clock: Clock
) -> None:
    hook = add_hook(shop, SARI, KOPI, URL)
    number = place(shop)
    begun, pauses = clock.at, []
    messages = taken(shop)
    while messages:
        (message,) = messages
        assert taken(shop, failed(message)) == ()
        # That the address is switched off is another story: here it answers others.
        with shop.change() as work:
            work._cursor.execute("UPDATE hooks SET failing_since = NULL, off_at = NULL")
        ((due_at,),) = rows(shop, "SELECT due_at FROM hook_deliveries")
        if due_at is None:
            break
        pauses.append(due_at - clock.at)
        clock.at = due_at - 1
        assert taken(shop) == ()
        clock.at = due_at
        messages = taken(shop)
    plain = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, *(hours * HOUR for hours in (2, 5, 10, 14, 20, 24))]
    assert len(pauses) == len(plain)
    assert all(least <= pause <= least * 1.2 for pause, least in zip(pauses, plain, strict=True))
    assert 3 * DAY <= clock.at - begun <= 4 * DAY
    (lost,) = failed_deliveries(shop, SARI, KOPI)
    assert (lost.hook, lost.number, lost.n, lost.attempts) == (hook.id, number, 0, 10)
    assert (lost.action, lost.trouble, lost.failed_at) == ("place_order", "status_500", clock.at)
    assert failed_deliveries(shop, TUAN, LINEN) == ()
    assert resend_failed(shop, SARI, hook.id).answer["again"] == 1
    (again,) = taken(shop)
    assert (again.id, again.attempt) == (f"event_{number}_0", 1)


def test_those_that_failed_together_do_not_come_back_together() -> None:
    times = {next_try(f"event_{n}_0/1", 2, 0) or 0 for n in range(100)}
    assert len(times) > 90
    assert min(times) >= 5 * MINUTE
    assert max(times) <= 6 * MINUTE
    assert next_try("event_1_0/1", 1, 0, asked=10 * MINUTE) == 10 * MINUTE
    assert next_try("event_1_0/1", 1, 0, asked=DAY) == HOUR
    assert next_try("event_1_0/1", 10, 0) is None


def test_an_address_that_fails_for_days_is_switched_off_and_its_owner_told(
    stocked: Stocked, shop: Shop, clock: Clock
) -> None:
    hook = add_hook(shop, SARI, KOPI, f"{URL}?token=very-secret")
    number = place(shop)
    (message,) = taken(shop)
    taken(shop, failed(message))
    clock.move(days=3)
    later = place(shop)
    messages = taken(shop)
    assert {one.number for one in messages} <= {number, later}
    told = go_round(shop, failed(*messages), {}, 100)
    assert told == Round((), frozenset({SARI.id}))
    (notice,) = (one for one in notices(shop, SARI) if one.code == "hook_off")
    assert notice.facts == {"host": "erp.example"}
    assert [one.code for one in notices(shop, OPS) if one.code == "hook_off"] == []
    (off,) = hooks_of(shop, SARI, KOPI)
    assert (off.off_at, off.waiting, off.failed) == (clock.at, 0, 2)
    place(shop)
    clock.move(hours=1)
    assert taken(shop) == ()
    resend_failed(shop, SARI, hook.id)
    (on,) = hooks_of(shop, SARI, KOPI)
    assert (on.off_at, on.failing_since, on.waiting, on.failed) == (None, None, 2, 0)
    assert {one.number for one in taken(shop)} == {number, later}


def test_what_arrives_in_between_keeps_an_address_on(stocked: Stocked, shop: Shop, clock: Clock) -> None:
    add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (message,) = taken(shop)
    taken(shop, failed(message))
    clock.move(days=2)
    (message,) = taken(shop)
    taken(shop, arrived(message))
    clock.move(days=2)
    place(shop)
    (message,) = taken(shop)
    taken(shop, failed(message))
    assert [one.off_at for one in hooks_of(shop, OPS)] == [None]


def test_the_staff_are_told_of_an_address_for_all_shops(stocked: Stocked, shop: Shop) -> None:
    add_hook(shop, OPS, None, URL)
    place(shop)
    (message,) = taken(shop)
    told = go_round(shop, failed(message, trouble="status_410", gone=True), {}, 100)
    assert told.people == frozenset({OPS.id})
    assert [one.off_at is None for one in hooks_of(shop, OPS)] == [False]


def test_what_somebody_took_and_never_sent_is_sent_by_another(
    stocked: Stocked, shop: Shop, clock: Clock
) -> None:
    add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (lost,) = taken(shop)
    clock.move(milliseconds=LEASE_MS - 1)
    assert taken(shop) == ()
    clock.move(milliseconds=1)
    (again,) = taken(shop)
    assert (again.id, again.attempt) == (lost.id, 2)
    # The first was only slow: what it says of a message that another has by now counts no more,
    assert taken(shop, failed(lost)) == ()
    assert rows(shop, "SELECT due_at FROM hook_deliveries") == [(again.until,)]
    # unless that it arrived.
    taken(shop, arrived(lost))
    assert rows(shop, "SELECT count(*) FROM hook_deliveries") == [(0,)]


def test_of_several_processes_each_message_is_one_ones(stocked: Stocked, shop: Shop, full: bool) -> None:
    add_hook(shop, SARI, KOPI, URL)
    numbers = {place(shop, (IDS.cream, 1)) for _ in range(STOCKED)}
    ends: list[Any] = all_at_once(*([lambda: taken(shop, most=3)] * 4))
    found = [one.number for some in ends for one in some]
    assert len(found) == len(set(found))
    assert set(found) <= numbers
    assert len(found) >= 3


STOCKED = 8


def test_an_address_gets_so_many_at_once_and_one_where_it_fails(stocked: Stocked, shop: Shop) -> None:
    hook = add_hook(shop, SARI, KOPI, URL)
    other = add_hook(shop, OPS, None, URL)
    for _ in range(AT_ONCE + 1):
        place(shop, (IDS.cream, 1))
    messages = taken(shop)
    assert [one.hook for one in messages].count(hook.id) == AT_ONCE
    assert [one.hook for one in messages].count(other.id) == AT_ONCE
    busy = {hook.id: AT_ONCE, other.id: AT_ONCE - 1}
    assert [one.hook for one in go_round(shop, (), busy, 100).messages] == [other.id]
    of_hook = [one for one in messages if one.hook == hook.id]
    assert go_round(shop, failed(of_hook[0]), {hook.id: 1, other.id: AT_ONCE}, 100).messages == ()
    assert len(go_round(shop, (), {other.id: AT_ONCE}, 100).messages) == 1


def test_what_happened_last_is_told_before_a_long_past(stocked: Stocked, shop: Shop, clock: Clock) -> None:
    add_hook(shop, SARI, KOPI, URL)
    old = {place(shop, (IDS.cream, 1)) for _ in range(5)}
    clock.move(minutes=1)
    cancel_order(shop, MAI, min(old), "BU_MISTAKE", key="k")
    new = place(shop, (IDS.cream, 1))
    (message,) = taken(shop, most=1)
    assert message.number == new


def test_nothing_is_written_where_there_is_nothing_to_tell(stocked: Stocked, shop: Shop) -> None:
    add_hook(shop, TUAN, LINEN, URL)
    place(shop)
    before = everything(shop)
    assert go_round(shop, (), {}, 100) == Round()
    assert everything(shop) == before
    assert before["hook_deliveries"] == []


def test_who_is_removed_is_told_nothing_of_what_waited(stocked: Stocked, shop: Shop) -> None:
    hook = add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (message,) = taken(shop)
    remove_hook(shop, SARI, hook.id)
    assert go_round(shop, failed(message, gone=True), {}, 100) == Round()
    assert rows(shop, "SELECT count(*) FROM hook_deliveries") == [(0,)]
    place(shop)
    assert taken(shop) == ()


def test_what_could_not_be_told_is_kept_for_a_month(stocked: Stocked, shop: Shop, clock: Clock) -> None:
    hook = add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (message,) = taken(shop)
    taken(shop, failed(message, gone=True))
    clock.move(days=30)
    assert sweep(shop) == 0
    assert len(failed_deliveries(shop, SARI, KOPI)) == 1
    clock.move(milliseconds=1)
    assert sweep(shop) == 1
    assert resend_failed(shop, SARI, hook.id).answer["again"] == 0


def test_another_can_verify_what_is_signed_here(stocked: Stocked, shop: Shop) -> None:
    added: Added = add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (message,) = taken(shop)
    assert message.secret == added.secret
    here = signature(message.secret, message.id, 1_772_442_000, message.body)
    assert here == signed(added.secret, message.id, 1_772_442_000, message.body)


def test_what_the_readme_says_verifies_what_is_sent(stocked: Stocked, shop: Shop) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    code = readme.partition("## For shop systems")[2].partition("```python")[2].partition("```")[0]
    add_hook(shop, SARI, KOPI, URL)
    place(shop)
    (message,) = taken(shop)
    at = int(time.time())
    told = signature(message.secret, message.id, at, message.body)
    headers = {"webhook-id": message.id, "webhook-timestamp": str(at), "webhook-signature": f"v1,AA== {told}"}
    for body, right in ((message.body, True), (message.body + b" ", False)):
        names: dict[str, Any] = {"headers": headers, "body": body, "secret": message.secret}
        names |= {"base64": base64, "hmac": hmac, "time": time}
        exec(code, names)
        assert (names["ok"], names["fresh"]) == (right, True)
