"""Journeys of the served app, as they are, at the site: there the store is in the browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browsing
from tests.journeys.chromium import test_journey_a
from tests.journeys.chromium.conftest import speaks
from tests.journeys.chromium.test_checkout import test_a_newcomer_orders_from_a_link
from tests.journeys.chromium.test_insights import (
    seller,
    test_a_seller_sees_plots_a_table_and_gets_a_file,
)
from tests.journeys.chromium.test_journey_a import (
    test_an_unpaid_order_is_taken_back_in_four_taps_the_short_way,
    test_an_unpaid_order_is_taken_back_the_long_way,
)
from tests.journeys.chromium.test_journey_c import test_the_wrong_colour_is_put_right_in_four_taps
from tests.journeys.chromium.test_journey_d import test_what_a_creator_shows_is_found_ordered_and_paid
from tests.journeys.chromium.test_paying import test_an_order_is_refused_and_then_paid_another_way
from tests.journeys.chromium.test_seller import test_a_seller_lists_the_option_from_the_queue
from tests.site.indoors import Furnished, Indoors, furnished

__all__ = [
    "seller",
    "speaks",
    "test_a_newcomer_orders_from_a_link",
    "test_a_seller_lists_the_option_from_the_queue",
    "test_a_seller_sees_plots_a_table_and_gets_a_file",
    "test_an_order_is_refused_and_then_paid_another_way",
    "test_an_unpaid_order_is_taken_back_in_four_taps_the_short_way",
    "test_an_unpaid_order_is_taken_back_the_long_way",
    "test_the_wrong_colour_is_put_right_in_four_taps",
    "test_what_a_creator_shows_is_found_ordered_and_paid",
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The looks of journey A, which its own module gives."""
    if metafunc.function.__module__ == test_journey_a.__name__:
        test_journey_a.pytest_generate_tests(metafunc)


@pytest.fixture
def house(host: str, tmp_path: Path) -> Indoors:
    """The store, before it is moved in."""
    return Indoors(tmp_path, host)


@pytest.fixture
def browser(browser: Browsing, house: Indoors) -> Iterator[Furnished]:
    """A browser that has the store."""
    with furnished(browser, house) as inside:
        yield inside
