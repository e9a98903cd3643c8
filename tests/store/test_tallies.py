"""Tallies: the database keeps them with every row they count, whoever writes it."""

from contextlib import closing
from pathlib import Path
from threading import Barrier, Thread

import pytest
from alembic import command
from sqlalchemy import text

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.actions.edit import change_variant
from app.shop.check import check
from app.shop.demo import fill
from app.shop.files.take_in import take_in
from app.shop.migrations import config
from app.shop.rules.errors import Changed, Refused
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.shop import Shop
from app.shop.sql import Statement
from app.shop.store import REVISIONS, open_shop, revision
from app.shop.tables.tallies import TALLYING
from tests.actions.disputes import A, R, do, request_in
from tests.actions.steps import IDS, MAI, SARI, ask, fresh, order_in, place, rows, run
from tests.conftest import MONDAY, Clock
from tests.files.made import CREATED, as_file, tiktok_line, tiktok_order
from tests.people import Stocked

TODAY = MONDAY // DAY
CREAM, NAVY, CREATOR = str(IDS.cream), str(IDS.navy), str(IDS.creator)


def counted(shop: Shop, shop_id: int = IDS.kopi_house) -> dict[tuple[str, str, int], int]:
    """How many there are of each kind and subject, by how many days ago; nothing is not told."""
    found = rows(
        shop,
        "SELECT kind, subject, day, sum(n) FROM tallies WHERE shop_id = :of AND days = 1 "
        "GROUP BY kind, subject, day HAVING sum(n) <> 0",
        of=shop_id,
    )
    return {(kind, subject, TODAY - day): int(n) for kind, subject, day, n in found}


def total(shop: Shop, kind: str) -> int:
    """What the tallies of a kind sum up to in milliseconds or minor units."""
    return int(
        rows(shop, "SELECT coalesce(sum(total), 0) FROM tallies WHERE kind = :kind AND days = 1", kind=kind)[
            0
        ][0]
    )


def sound(shop: Shop) -> bool:
    """Whether every invariant holds, the tallies' among them."""
    return check(shop).sound


def test_a_placed_order_is_counted_with_its_pieces_and_its_creator(shop: Shop, stocked: Stocked) -> None:
    place(shop, (IDS.cream, 2), (IDS.navy, 1))
    assert counted(shop) == {
        ("PLACED", "", 0): 1,
        ("CREATOR_PLACED", CREATOR, 0): 1,
        ("VARIANT_PLACED", CREAM, 0): 2,
        ("VARIANT_PLACED", NAVY, 0): 1,
    }
    assert sound(shop)


def test_a_cancel_is_counted_on_its_own_day(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, (IDS.cream, 2), (IDS.navy, 1))
    placed = counted(shop)
    clock.move(days=1)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    assert counted(shop) == placed | {
        ("CANCELLED", "", -1): 1,
        ("PLACED_CANCELLED", "BUYER:BU_MISTAKE", 0): 1,
        ("REASON_CANCELLED", "BU_MISTAKE", -1): 1,
        ("CREATOR_CANCELLED", CREATOR, -1): 1,
        ("VARIANT_CANCELLED", CREAM, -1): 2,
        ("VARIANT_CANCELLED", NAVY, -1): 1,
    }
    assert sound(shop)


def test_a_refused_cancel_counts_nothing(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.IN_TRANSIT)
    before = counted(shop)
    with pytest.raises(Refused):
        cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    assert counted(shop) == before


def test_what_was_counted_is_gone_with_its_transaction(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    before = counted(shop)
    cancelled = f"UPDATE orders SET status = 'CANCELLED', cancelled_at = 1 WHERE number = {number}"
    half, rest = Statement(text(cancelled)), Statement(text("UPDATE orders SET total_minor = -1"))
    with pytest.raises(Changed), shop.change() as work:
        _ = work.run(half), work.run(rest)
    assert counted(shop) == before


def test_a_line_taken_back_alone_is_counted_when_it_was(shop: Shop, stocked: Stocked, clock: Clock) -> None:
    number = place(shop, (IDS.cream, 2), (IDS.navy, 1))
    clock.move(hours=20)
    cancel_lines(shop, MAI, number, [1], "BU_MISTAKE", key=fresh())
    found = counted(shop)
    assert found["VARIANT_CANCELLED", CREAM, -1] == 2
    assert ("CANCELLED", "", -1) not in found
    clock.move(days=1)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    found = counted(shop)
    assert (found["VARIANT_CANCELLED", CREAM, -1], found["VARIANT_CANCELLED", NAVY, -2]) == (2, 1)
    assert sound(shop)


def test_another_variant_is_counted_in_place_of_the_first(shop: Shop, stocked: Stocked) -> None:
    number = place(shop, (IDS.cream, 2))
    change_variant(shop, MAI, number, 1, IDS.navy, key=fresh())
    found = counted(shop)
    assert ("VARIANT_PLACED", CREAM, 0) not in found
    assert found["VARIANT_PLACED", NAVY, 0] == 2
    assert sound(shop)


def test_money_that_goes_back_is_counted_until_it_is_given_up(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    note = "we counted the shelf again, nothing is left"
    done = cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", note, key=fresh())
    assert total(shop, "REFUNDED") == done.answer["refund_minor"] > 0
    assert counted(shop)["REFUNDED", "IDR", 0] == 1
    gave_up = "state = 'GIVEN_UP', due_at = NULL, attempts = 1, sent_at = at, reference = 'r'"
    run(shop, f"UPDATE refunds SET {gave_up}")
    assert total(shop, "REFUNDED") == 0
    assert sound(shop)


def test_an_answer_is_counted_once_with_the_time_it_took(shop: Shop, stocked: Stocked) -> None:
    ask(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    assert total(shop, "ANSWERED") == 0
    answer = "status = 'OPTION_LISTED', answered_at = created_at + :took, answered_by = 'SELLER'"
    run(shop, f"UPDATE requests SET {answer}", took=5 * HOUR)
    run(shop, "UPDATE requests SET status = 'APPROVED'")
    assert counted(shop)["ANSWERED", "3", 0] == 1
    assert total(shop, "ANSWERED") == 5 * HOUR


def test_only_the_first_answer_is_counted_though_an_offer_is_refused_and_the_cancel_declined(
    shop: Shop, stocked: Stocked, clock: Clock
) -> None:
    number = request_in(shop, clock, R.PENDING_SELLER)
    clock.move(minutes=20)
    do(shop, A.OFFER, SARI, number)
    clock.move(hours=2)
    do(shop, A.REFUSE, MAI, number)
    clock.move(hours=3)
    do(shop, A.DECLINE, SARI, number)
    assert [key[1:] for key in counted(shop) if key[0] == "ANSWERED"] == [("1", 0)]
    assert total(shop, "ANSWERED") == 20 * MINUTE
    assert sound(shop)


def test_silence_that_approves_is_no_answer(shop: Shop, stocked: Stocked) -> None:
    ask(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    silence = "answered_at = created_at + :took, answered_by = 'SYSTEM'"
    run(shop, f"UPDATE requests SET status = 'ESCALATED', {silence}", took=48 * HOUR)
    assert ("AUTO_APPROVED", "", -2) not in counted(shop)
    run(shop, "UPDATE requests SET status = 'APPROVED'")
    found = counted(shop)
    assert found["AUTO_APPROVED", "", -2] == 1
    assert not [kind for kind, _, _ in found if kind == "ANSWERED"]


def test_cancelled_orders_of_a_file_are_counted_line_by_line(shop: Shop, tmp_path: Path) -> None:
    two = [tiktok_line(1, display_status="CANCELLED"), tiktok_line(2, display_status="CANCELLED")]
    cancelled = tiktok_order(status="CANCELLED", lines=two, cancel_reason="=odd", cancel_time=CREATED + 9)
    take_in(shop, [as_file(tmp_path, [cancelled])])
    ((shop_id,),) = rows(shop, "SELECT shop_id FROM orders")
    found = {kind: n for (kind, _, _), n in counted(shop, shop_id).items()}
    assert found == dict.fromkeys(
        ("PLACED", "CANCELLED", "REASON_CANCELLED", "PLACED_CANCELLED"), 1
    ) | dict.fromkeys(("VARIANT_PLACED", "VARIANT_CANCELLED"), 2)
    assert sound(shop)


def test_a_later_file_takes_back_what_the_earlier_one_counted(shop: Shop, tmp_path: Path) -> None:
    take_in(shop, [as_file(tmp_path, [tiktok_order()], "first.json")])
    two = [tiktok_line(1, display_status="CANCELLED"), tiktok_line(2, display_status="CANCELLED")]
    later = tiktok_order(update_time=CREATED + 5_000, status="CANCELLED", lines=two)
    take_in(shop, [as_file(tmp_path, [later], "later.json")])
    assert rows(shop, "SELECT status FROM orders") == [("CANCELLED",)]
    assert sound(shop)


def test_an_order_that_moves_to_another_shop_takes_its_counts_along(shop: Shop, stocked: Stocked) -> None:
    number = place(shop)
    cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
    before = counted(shop)
    run(shop, "UPDATE orders SET shop_id = :to WHERE number = :number", to=IDS.linen_lab, number=number)
    assert counted(shop) == {}
    assert counted(shop, IDS.linen_lab) == before


def test_a_tally_that_is_off_is_found(shop: Shop, stocked: Stocked) -> None:
    place(shop)
    run(shop, "UPDATE tallies SET n = n + 1 WHERE kind = 'PLACED'")
    run(shop, "DELETE FROM tallies WHERE kind = 'CREATOR_PLACED'")
    broken = check(shop).violations
    assert {one.rule for one in broken} == {"tally_agrees_with_rows"}
    assert len(broken) == 3  # of the creator, the day and the block


def test_many_who_cancel_in_one_shop_at_once_lose_no_count(shop: Shop, stocked: Stocked) -> None:
    numbers = [place(shop, (IDS.cream, 1), (IDS.navy, 1)) for _ in range(8)]
    together = Barrier(len(numbers))
    failed = []

    def cancel(number: int) -> None:
        together.wait()
        try:
            cancel_order(shop, MAI, number, "BU_MISTAKE", key=fresh())
        except Exception as error:
            failed.append(error)

    threads = [Thread(target=cancel, args=(number,)) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert counted(shop)["CANCELLED", "", 0] == len(numbers)
    assert sound(shop)


def test_what_was_there_before_there_were_tallies_is_counted_by_the_migration(
    url: str, clock: Clock, request: pytest.FixtureRequest
) -> None:
    with closing(open_shop(url, clock)) as shop:
        fill(shop, orders=60)
        told = "SELECT shop_id, kind, days, day, subject, sum(n) FROM tallies GROUP BY 1, 2, 3, 4, 5"
        before = sorted(rows(shop, told))
        forget = [f"DROP TRIGGER {name} ON {table}" for name, table in _triggers(shop)]
        forget += [f"DROP FUNCTION {name}" for name, _ in _triggers(shop)]
        if shop.place.dialect.name == "sqlite":
            forget = [f"DROP TRIGGER {name}" for name, _ in _triggers(shop)]
        earlier = REVISIONS[REVISIONS.index("0005") - 1]
        for sql in (
            *forget,
            "DROP TABLE tallies",
            "ALTER TABLE lines DROP COLUMN cancelled_at",
            "ALTER TABLE requests DROP COLUMN first_answered_at",
            "DROP INDEX photos_unsent",
            f"UPDATE alembic_version SET version_num = '{earlier}'",
        ):
            run(shop, sql)
        command.upgrade(config(shop.place), "0006")
        assert revision(shop.place) == "0006"
        run(shop, f"UPDATE alembic_version SET version_num = '{REVISIONS[-1]}'")
        assert sound(shop)
        kept = {row[:5] for row in rows(shop, told)}
        assert {row[:5] for row in before if row[1] not in ("VARIANT_CANCELLED", "ANSWERED")} <= kept


def _triggers(shop: Shop) -> list[tuple[str, str]]:
    """The names of the tallies' triggers, and the tables they watch."""
    words = [sql.split() for sql in TALLYING[shop.place.dialect.name] if sql.startswith("CREATE TRIGGER")]
    return [(found[2], found[found.index("ON") + 1]) for found in words]
