"""Loading has the shape of what comes, weighs little, and stands still where less motion was asked for."""

from collections.abc import Callable

import flet as ft
import pytest

from app.ui import theme
from app.ui.parts.skeleton import OrdersSkeleton, Skeleton
from tests.client import nodes
from tests.headless import wire

BUDGET = 2_200
"""Bytes of a list that loads: a tab switch may cost a few times that in all."""

each = pytest.mark.parametrize("face", [OrdersSkeleton, lambda **flag: Skeleton(64, 96, 320, **flag)])


@each
def test_a_skeleton_shimmers(face: Callable[..., ft.Control]) -> None:
    assert len(list(nodes(wire(face())[0], "Shimmer"))) == 3


@each
def test_a_skeleton_stands_still_for_people_who_asked_for_less_motion(
    face: Callable[..., ft.Control],
) -> None:
    shown = wire(face(still=True))[0]
    assert not list(nodes(shown, "Shimmer"))
    assert len(list(nodes(shown, "Canvas"))) == 3


@each
def test_a_skeleton_weighs_little(face: Callable[..., ft.Control]) -> None:
    assert wire(face())[1] <= BUDGET


@pytest.mark.parametrize("height", [64, 72, 96, 120, 200, 320])
def test_the_bones_of_a_card_stay_within_it(height: int) -> None:
    (canvas,) = nodes(wire(Skeleton(height))[0], "Canvas")
    assert canvas["height"] == height - 2 * theme.MARGIN
    for bone in canvas["shapes"][0]["elements"]:
        assert 0 <= bone["y"] <= canvas["height"] - bone["height"]


def test_a_list_that_loads_says_so() -> None:
    assert wire(OrdersSkeleton())[0]["label"] == "Loading"
