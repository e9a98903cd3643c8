"""What was turned to last keeps its place."""

from app.ui.recent import KEPT, Recent


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


def test_nothing_moves_while_it_is_kept() -> None:
    kept: Recent[int, list[int]] = Recent(lambda key: [key])
    assert kept.places == (None,) * KEPT
    for one in (*range(KEPT), *reversed(range(KEPT))):
        kept.turn_to(one)
    assert kept.places == tuple([one] for one in range(KEPT))
