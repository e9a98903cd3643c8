"""What a control keeps of its own: what it was given, and nothing that is empty or its kind's."""

import asyncio
import gc
import multiprocessing
from collections.abc import Iterator
from typing import Any

import flet as ft
import pytest
from flet.controls.base_control import BaseControl
from flet.controls.object_patch import DiffBuilder
from flet.utils.validation import _REPORTED_VALIDATION_ERRORS_KEY

from app.shop.shop import Shop
from app.ui.lean.keeping import NOTHING, Alike
from app.ui.lean.walking import held
from app.ui.parts.light import light
from app.ui.screens.orders import FIRST
from tests.actions.steps import many
from tests.ui.looking import Look


def on_screen(item: Any) -> Iterator[BaseControl]:
    """Every control of what hangs on `item`."""
    if isinstance(item, BaseControl):
        yield item
    for one in held(item):
        yield from on_screen(one)


def has_dict(control: BaseControl) -> bool:
    """Whether its attributes are in a dictionary that Python made for them because somebody asked."""
    return any(isinstance(one, dict) and "_i" in one for one in gc.get_referents(control))


def test_what_was_changed_is_kept_once_something_is() -> None:
    words: Any = ft.Text("before")
    assert words._changed is None
    words.value = "after"
    assert words._dirty == {"value": None}
    assert words._dirty is words._dirty


@pytest.mark.parametrize(
    "value",
    [ft.Text("words"), ft.Padding.all(3), ft.Tooltip("words")],
    ids=lambda one: one.__class__.__name__,
)
def test_what_comes_to_the_screen_to_be_changed_by_hand_is_as_it_was_sent(value: Any) -> None:
    value.left = value.value = value.message = "other"
    builder: Any = DiffBuilder(None, None, control_cls=BaseControl)
    list(builder._configure_dataclass(value, ft.Column(), False))
    assert value._dirty == {}


def test_all_of_a_kind_share_how_they_are_drawn() -> None:
    one, other = ft.Column(), ft.Column()
    assert one._internals is other._internals
    assert one._internals == {"host_expanded": True}
    assert ft.Text("words")._internals is ft.Icon(ft.Icons.ADD)._internals is NOTHING


def test_one_that_is_drawn_in_its_own_way_leaves_the_others_as_they_are() -> None:
    styled: Any = ft.IconButton(ft.Icons.ADD, bgcolor="red")
    plain: Any = ft.IconButton(ft.Icons.ADD)
    for one in (styled, plain):
        one.before_update()
    assert "style" in styled._internals
    assert plain._internals == {}
    assert light(ft.Column())._internals == {}
    assert ft.Column()._internals == {"host_expanded": True}


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(style=3),
        lambda one: one.pop("host_expanded"),
        lambda one: one.clear(),
        lambda one: one.__setitem__("style", 3),
        lambda one: one.setdefault("style", 3),
        lambda one: one.__delitem__("host_expanded"),
    ],
)
def test_what_is_shared_is_changed_for_none(change: Any) -> None:
    shared = ft.Column()._internals
    with pytest.raises(TypeError, match="a dict of its own"):
        change(shared)
    assert shared == {"host_expanded": True}


def test_a_set_of_what_was_wrong_is_kept_where_something_was() -> None:
    icon: Any = ft.Icon(ft.Icons.ADD)
    icon._before_update_safe()
    assert not hasattr(icon, _REPORTED_VALIDATION_ERRORS_KEY)
    icon.opacity = 3
    with pytest.raises(ValueError, match="opacity"):
        icon._before_update_safe()
    icon._before_update_safe()  # told once
    icon.opacity = 1
    icon._before_update_safe()
    icon.opacity = 3
    with pytest.raises(ValueError, match="opacity"):
        icon._before_update_safe()


def test_none_has_a_dictionary_however_many_there_are_before_one_is_drawn() -> None:
    kind: Any = ft.control("Words")(type("Words", (ft.Text,), {}))
    drawn, *_ = made = [kind("words") for _ in range(60)]
    builder: Any = DiffBuilder(None, None, control_cls=BaseControl)
    list(builder._configure_dataclass(drawn, ft.Column(made), True))
    assert drawn._frozen
    assert drawn._initialized
    assert drawn._parent
    assert not has_dict(drawn)


def test_nobody_asks_for_the_attributes_of_what_is_drawn_as_a_dictionary(shop: Shop, look: Look) -> None:
    # Alone: Python remembers of each class what other tests have set.
    alone = multiprocessing.get_context("spawn").Process(target=_draw, args=(look, many(shop, FIRST)[0]))
    alone.start()
    alone.join()
    assert alone.exitcode == 0


def _draw(look: Look, number: int) -> None:
    asyncio.run(_drawn_without(look, number))


async def _drawn_without(look: Look, number: int) -> None:
    async with look.at("/orders") as phone:
        await phone.shows(f"order-{number}")
        await phone.tap("tab-pending-payment")
        await phone.rests()
        drawn = list(on_screen(phone.session.page))
        assert len(drawn) > 2 * 15 * FIRST
        assert [one._c for one in drawn if has_dict(one)] == []
        assert vars(drawn[-1])
        assert [one for one in drawn if has_dict(one)] == drawn[-1:]
        of_its_own = [one for one in drawn if one._internals.__class__ is not Alike]
        assert len(of_its_own) < len(drawn) / 20
        assert [one for one in drawn if getattr(one, "_changed", None)] == []
