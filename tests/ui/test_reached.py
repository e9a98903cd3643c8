"""How far a list is scrolled."""

from app.ui.reached import Reached


def test_a_page_further_comes_where_there_is_one() -> None:
    assert Reached().further() == Reached()
    first = Reached().ended(0, "a")
    assert first.further().befores == (None, "a")
    assert Reached().ended(0, None).further().shown == 1


def test_after_a_short_page_the_next_comes_by_itself() -> None:
    assert Reached().ended(0, "a", short=True).befores == (None, "a")
    assert Reached().ended(0, None, short=True).befores == (None,)


def test_a_list_that_is_folded_keeps_what_came_by_itself() -> None:
    scrolled = Reached().ended(0, "a").further().ended(1, "b").further()
    assert scrolled.folded() == Reached().ended(0, "a")
    short = Reached().ended(0, "a", short=True).ended(1, "b")
    assert short.further().ended(2, "c").folded() == short


def test_a_short_page_that_was_scrolled_to_does_not_stay() -> None:
    scrolled = Reached().ended(0, "a").further().ended(1, "b", short=True)
    assert scrolled.shown == 3
    assert scrolled.folded() == Reached().ended(0, "a")


def test_where_a_page_ends_may_move() -> None:
    assert Reached().ended(0, "a").further().ended(0, "b").befores == (None, "b")
