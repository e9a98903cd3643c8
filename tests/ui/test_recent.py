"""What was turned to last keeps its place."""

from app.ui.recent import KEPT, Recent
from tests.conftest import Clock


def test_what_is_turned_to_again_is_the_same() -> None:
    kept: Recent[str, list[str]] = Recent(lambda key: [key])
    first = kept.turn_to("a")
    kept.turn_to("b")
    assert kept.turn_to("a") is first


def test_a_new_one_takes_the_place_of_what_was_turned_to_longest_ago() -> None:
    kept: Recent[int, list[int]] = Recent(lambda key: [key])
    all_but_first = [kept.turn_to(one) for one in range(KEPT)][1:]
    kept.turn_to(0)
    kept.turn_to(KEPT)
    assert kept.places == ([0], [KEPT], *all_but_first[1:])


def test_what_was_left_long_ago_is_let_go_of() -> None:
    clock = Clock(0)
    kept: Recent[str, list[str]] = Recent(lambda key: [key], clock)
    for clock.at, key in enumerate("abcd"):
        kept.turn_to(key)
    clock.at = 10  # from "a" one went at 1, from "b" at 2, from "c" at 3; "d" is where one is
    assert not kept.let_go(9.5)
    assert kept.let_go(8)
    assert kept.places == (None, None, ["c"], ["d"])
    assert not kept.let_go(8)


def test_the_place_of_what_was_let_go_of_is_the_first_that_is_taken() -> None:
    clock = Clock(0)
    kept: Recent[str, list[str]] = Recent(lambda key: [key], clock)
    for key in "abcd":
        kept.turn_to(key)
    assert kept.turn_to("c") == ["c"]
    assert kept.let_go(0)
    assert kept.turn_to("e") == ["e"]
    assert kept.places == (["e"], None, ["c"], None)


def test_nothing_moves_while_it_is_kept() -> None:
    kept: Recent[int, list[int]] = Recent(lambda key: [key])
    assert kept.places == (None,) * KEPT
    for one in (*range(KEPT), *reversed(range(KEPT))):
        kept.turn_to(one)
    assert kept.places == tuple([one] for one in range(KEPT))
