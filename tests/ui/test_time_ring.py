"""The ring of a count shows how much of its time is left."""

import flet as ft
import pytest

from app.ui import theme
from app.ui.parts.time_ring import TimeRing


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_ring_is_as_full_as_there_is_time_left(share: float) -> None:
    count = ft.Text("2")
    ring = TimeRing(share, count, theme.PERSIMMON)
    assert isinstance(ring, ft.Container)
    assert isinstance(ring.gradient, ft.SweepGradient)
    full, gone = ring.gradient.colors[1:3]
    assert ring.gradient.colors == [full, full, gone, gone]
    assert ring.gradient.stops == [0, share, share, 1]
    assert full == theme.ACCENT != gone
    assert isinstance(ring.content, ft.Container)
    assert ring.content.content is count
