"""Insights: what they add up to, for whom, and the files of them."""

import csv
from io import StringIO

import pytest

from app.shop.actions.cancel import cancel_order
from app.shop.actions.cancel_lines import cancel_lines
from app.shop.demo import fill
from app.shop.reads.insights import ALL, AnswerTimes, CreatorCount, Insights, ReasonCount, insights
from app.shop.reads.insights_file import Plot, as_csv, file_name
from app.shop.reads.spans import Span, weeks
from app.shop.rules.errors import NotFound
from app.shop.rules.orders import Status
from app.shop.rules.policy import DAY, HOUR
from app.shop.shop import GATEWAY, SYSTEM, Actor, Shop
from tests.actions.steps import BUDI, IDS, MAI, OPS, SARI, TUAN, ask, fresh, order_in, place, rows, run
from tests.conftest import MONDAY, Clock
from tests.people import Stocked

TODAY = MONDAY // DAY


@pytest.fixture
def week(shop: Shop, stocked: Stocked, clock: Clock) -> Insights:
    """Four orders, of which one is cancelled at once, one on the next day, and one loses a line then."""
    one, other = place(shop), place(shop, (IDS.navy, 1))
    third = place(shop, (IDS.cream, 1), (IDS.forest, 1))
    place(shop)
    cancel_order(shop, MAI, one, "BU_MISTAKE", key=fresh())
    clock.move(hours=20)
    cancel_order(shop, MAI, other, "BU_OTHER", "my reason is mine", key=fresh())
    cancel_lines(shop, MAI, third, [2], "BU_MISTAKE", key=fresh())
    return insights(shop, SARI, "kopi-house", 30)


def lines(found: Insights, plot: Plot) -> list[list[str]]:
    """The cells of a file."""
    return list(csv.reader(StringIO("".join(as_csv(found, plot)))))


def test_every_day_is_there_and_what_happened_on_it(week: Insights) -> None:
    assert [one.first for one in week.per_day] == list(range(TODAY - 28, TODAY + 2))
    assert week.per_day[-2:] == (
        Span(TODAY, TODAY, placed=4, cancelled=1),
        Span(TODAY + 1, TODAY + 1, cancelled=1),
    )
    assert not any(one.placed or one.cancelled for one in week.per_day[:-2])
    assert week.per_day[-1].rate is None
    assert week.whole.rate == 0.5


def test_reasons_have_their_share(week: Insights) -> None:
    assert week.reasons == (ReasonCount("BU_MISTAKE", 1, 0.5), ReasonCount("BU_OTHER", 1, 0.5))


def test_variants_and_creators_stand_by_how_much_of_them_was_cancelled(week: Insights) -> None:
    found = [(one.title, one.variant, one.cancelled, one.placed) for one in week.variants]
    mug = "Enamel camp mug"
    assert found == [(mug, "Cream", 2, 5), (mug, "Forest", 1, 1), (mug, "Navy", 1, 1)]
    assert week.variants[0].rate == 0.4
    assert week.creators == (CreatorCount(IDS.creator, "dewi.pours", 2, 4),)


def test_money_that_goes_back_stands_there_by_currency(shop: Shop, stocked: Stocked) -> None:
    number = order_in(shop, Status.AWAITING_SHIPMENT)
    note = "we counted the shelf again, nothing is left"
    back = cancel_order(shop, SARI, number, "SP_OUT_OF_STOCK", note, key=fresh()).answer["refund_minor"]
    (refunded,) = insights(shop, SARI, "kopi-house").refunded
    assert (refunded.currency, refunded.refunds, refunded.total_minor) == ("IDR", 1, back)


def test_answers_have_a_mean_and_a_middle_group(shop: Shop, stocked: Stocked) -> None:
    ask(shop, order_in(shop, Status.AWAITING_SHIPMENT))
    answer = "answered_at = created_at + :took, answered_by = :by, status = 'APPROVED'"
    run(shop, f"UPDATE requests SET {answer}", took=2 * HOUR, by="SELLER")
    found = insights(shop, SARI, "kopi-house")
    assert (found.answers.answered, found.answers.mean_ms, found.answers.median_group) == (1, 2 * HOUR, 2)
    assert found.whole.auto_share == 0
    run(shop, f"UPDATE requests SET {answer}", took=HOUR, by="SYSTEM")
    found = insights(shop, SARI, "kopi-house")
    assert (found.answers.answered, found.answers.mean_ms, found.answers.median_group) == (0, None, None)
    assert found.whole.auto_share == 1


@pytest.mark.parametrize(
    ("groups", "median"),
    [((0, 0, 3, 0), 2), ((2, 2, 0, 0), 0), ((1, 2, 2, 0), 1), ((0, 0, 0, 1), 3), ((1, 0, 1, 0), 0)],
)
def test_half_of_the_answers_are_reached_in_the_middle_group(groups: tuple[int, ...], median: int) -> None:
    assert AnswerTimes(groups, 0).median_group == median


def test_days_become_weeks_that_end_today(week: Insights) -> None:
    found = weeks(week.per_day)
    assert [one.last - one.first + 1 for one in found] == [2, 7, 7, 7, 7]
    assert (found[-1].last, found[-1].placed, found[-1].cancelled) == (TODAY + 1, 4, 2)
    assert [one.last - one.first + 1 for one in weeks(week.per_day[:14])] == [7, 7]


def test_what_lies_before_the_days_is_not_counted(shop: Shop, week: Insights, clock: Clock) -> None:
    clock.move(days=40)
    found = insights(shop, SARI, "kopi-house", 30)
    assert found.whole == Span(TODAY + 12, TODAY + 41)
    assert (found.reasons, found.variants, found.creators) == ((), (), ())
    assert insights(shop, SARI, "kopi-house", 90).whole.cancelled == 2


@pytest.mark.parametrize("actor", [SARI, OPS], ids=["member", "staff"])
def test_members_and_staff_see_a_shop(shop: Shop, week: Insights, actor: Actor) -> None:
    assert insights(shop, actor, "kopi-house") == week


@pytest.mark.parametrize("actor", [MAI, BUDI, TUAN, SYSTEM, GATEWAY, Actor(0)])
def test_for_everybody_else_there_is_no_such_shop(shop: Shop, week: Insights, actor: Actor) -> None:
    for handle in ("kopi-house", "nowhere", ""):
        with pytest.raises(NotFound, match="no_such_shop"):
            insights(shop, actor, handle)


def test_staff_do_not_see_what_is_not_there(shop: Shop, stocked: Stocked) -> None:
    with pytest.raises(NotFound):
        insights(shop, OPS, "nowhere")


def test_a_demo_shop_adds_up_to_its_orders(shop: Shop) -> None:
    fill(shop, orders=300, sellers=2)
    for shop_id, handle in rows(shop, "SELECT id, handle FROM shops"):
        ((member,),) = rows(shop, "SELECT min(person_id) FROM members WHERE shop_id = :of", of=shop_id)
        found = insights(shop, Actor(member), handle, 3_650, most=ALL)
        counts = "SELECT count(*), count(cancelled_at) FROM orders WHERE shop_id = :of"
        assert (found.whole.placed, found.whole.cancelled) == rows(shop, counts, of=shop_id)[0]
        assert sum(one.cancelled for one in found.reasons) == found.whole.cancelled
        assert sum(found.answers.groups) == found.whole.answered > 0
        top = insights(shop, Actor(member), handle, 3_650, most=2)
        assert top.variants == found.variants[:2]


def test_each_plot_is_a_file_of_its_own(week: Insights) -> None:
    assert lines(week, Plot.OVER_TIME)[-2:] == [
        ["2026-03-02", "4", "1", "0.25"],
        ["2026-03-03", "0", "1", ""],
    ]
    assert lines(week, Plot.REASONS)[1] == ["BU_MISTAKE", "1", "0.5"]
    assert lines(week, Plot.VARIANTS)[1] == ["Enamel camp mug", "Cream", "2", "5", "0.4"]
    assert lines(week, Plot.CREATORS)[1] == ["dewi.pours", "2", "4", "0.5"]
    assert lines(week, Plot.ANSWER_TIME)[1] == ["0", "15", "0"]
    assert lines(week, Plot.ANSWER_TIME)[-1] == ["2880", "", "0"]
    assert lines(week, Plot.AUTO_APPROVALS)[1] == ["2026-02-02", "0", "0", ""]
    assert file_name(week, Plot.REASONS) == "kopi-house-reasons-2026-02-02-2026-03-03.csv"


@pytest.mark.parametrize("start", list("=+-@\t\r\n＝＋－＠"))
def test_what_people_typed_is_no_formula_in_a_file(shop: Shop, week: Insights, start: str) -> None:
    run(shop, "UPDATE products SET title = :title", title=f'{start}HYPERLINK("x"), mug')
    run(shop, "UPDATE orders SET cancel_reason = :title WHERE cancel_reason IS NOT NULL", title=f"{start}1")
    found = insights(shop, SARI, "kopi-house")
    assert lines(found, Plot.VARIANTS)[1][0] == f'\'{start}HYPERLINK("x"), mug'
    assert lines(found, Plot.REASONS)[1][0] == f"'{start}1"


def test_names_of_every_script_stand_in_a_file_as_they_are(shop: Shop, week: Insights) -> None:
    run(shop, "UPDATE products SET title = :title", title="Áo thun mèo 🐈, «đỏ»")
    assert lines(insights(shop, SARI, "kopi-house"), Plot.VARIANTS)[1][0] == "Áo thun mèo 🐈, «đỏ»"


def test_however_many_days_are_asked_for_reasons_add_up_to_them(sqlite_shop: Shop, clock: Clock) -> None:
    fill(sqlite_shop, orders=400, sellers=1)
    ((handle, member),) = rows(
        sqlite_shop, "SELECT handle, min(person_id) FROM shops JOIN members ON shop_id = id GROUP BY 1"
    )
    for later in range(0, 40, 13):
        clock.move(days=later)
        for days in (*range(1, 100, 3), *range(330, 400, 9)):
            found = insights(sqlite_shop, Actor(member), handle, days, most=ALL)
            assert sum(one.cancelled for one in found.reasons) == found.whole.cancelled
