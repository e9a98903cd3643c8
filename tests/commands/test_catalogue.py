"""What is for sale, from a shell."""

import pytest

from tests.commands.conftest import Takeback


def test_products_are_listed_with_the_fields_other_programs_rely_on(demo: Takeback) -> None:
    listed = demo("products", "--limit", 30, "--json").json
    assert len(listed) == 30
    assert [int(one["id"]) for one in listed] == sorted((int(one["id"]) for one in listed), reverse=True)
    assert set(listed[0]) >= {
        "id", "title", "shop", "creator", "pitch", "shown", "currency", "price_minor", "dearer_variants",
        "sold_out", "reviews", "stars",
    }  # fmt: skip


def test_products_are_searched_and_narrowed(demo: Takeback) -> None:
    everything = demo("products", "--limit", 1_000, "--json").json
    wanted = everything[-1]
    found = demo("products", "--search", wanted["title"], "--limit", 1_000, "--json").json
    assert wanted in found
    assert len(found) < len(everything)
    assert demo("products", "--category", "hats", "--json").json == []
    of_creator = next(one for one in everything if one["creator"])
    found = demo("products", "--search", f"@{of_creator['creator']}", "--limit", 1_000, "--json").json
    assert found == [one for one in everything if one["creator"] == of_creator["creator"]]


def test_people_read_a_line_for_each_product(demo: Takeback) -> None:
    (one,) = demo("products", "--limit", 1, "--json").json
    done = demo("products", "--limit", 1)
    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert one["title"] in done.out
    assert one["shop"] in done.out


def test_an_empty_store_has_nothing_for_sale(takeback: Takeback) -> None:
    assert takeback("products", "--json").json == []
    assert takeback("products").out == ""


@pytest.mark.parametrize("limit", ["0", "many"])
def test_a_wrong_limit_is_wrong_usage(takeback: Takeback, limit: str) -> None:
    assert takeback("products", "--limit", limit).status == 2
