"""How fast a token may be used."""

from hypothesis import given
from hypothesis import strategies as st

from app.shop.rules.accounts import Bucket, Rate, take

RATES = st.builds(Rate, st.integers(1, 1_000), st.integers(1, 1_000))
MOMENTS = st.lists(st.integers(0, 5_000), max_size=200)


@given(RATES, MOMENTS)
def test_nobody_gets_more_than_the_rate_and_what_was_saved(rate: Rate, gaps: list[int]) -> None:
    bucket, now, taken = None, 0, 0
    for gap in gaps:
        now += gap
        bucket, early = take(bucket, rate, now)
        taken += not early
    assert taken <= rate.at_once + now * rate.a_second / 1000


@given(RATES, MOMENTS)
def test_who_waits_as_long_as_told_is_let_in(rate: Rate, gaps: list[int]) -> None:
    bucket, now = None, 0
    for gap in gaps:
        now += gap
        bucket, early = take(bucket, rate, now)
        if early:
            now += early
            bucket, early = take(bucket, rate, now)
            assert not early


@given(RATES)
def test_a_clock_that_is_set_back_gives_nothing(rate: Rate) -> None:
    empty = Bucket(0, 10_000)
    assert take(empty, rate, 0)[1] > 0
