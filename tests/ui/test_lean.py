"""What makes and walks Flet's controls in less time does as Flet does."""

import dataclasses
import gc
import importlib.util
import json
import re
import subprocess
import sys
from ast import literal_eval
from collections.abc import Iterator
from typing import Any, get_origin

import flet as ft
import pytest
from flet.controls import base_control, object_patch
from flet.controls.base_control import BaseControl
from flet.controls.control_event import get_event_field_type
from flet.controls.object_patch import PatchOperation
from flet.messaging.protocol import configure_encode_object_for_msgpack
from flet.utils.validation import validate
from flet.version import flet_version
from hypothesis import given, settings, strategies
from msgpack import packb  # type: ignore[import-untyped]

import app.main  # noqa: F401  as the app runs, so do these
from app.shop.shop import Shop
from app.ui import lean
from app.ui.lean.hearing import kind_of
from app.ui.parts.light import light
from tests.actions.steps import place
from tests.ui.looking import Look
from tests.ui.making import classes, plain

KNOWN = classes()
CLASSES = [one for one in KNOWN.values() if issubclass(one, BaseControl) and one is not BaseControl]


@pytest.fixture(scope="session")
def by_whom(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What becomes of each of Flet's classes, by Flet itself and where the app is imported first."""
    folder = tmp_path_factory.mktemp("flet")
    ways = {"flets": "", "ours": "import app.main\n"}
    for name, first in ways.items():
        code = f"{first}from tests.ui.making import tell\ntell({str(folder / name)!r})"
        subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    return {name: json.loads((folder / name).read_bytes()) for name in ways}


def test_this_flet_is_the_one_that_was_looked_at() -> None:
    assert flet_version == lean.KNOWN


def below(cls: Any) -> Iterator[Any]:
    """Every class that is a `cls`."""
    for one in cls.__subclasses__():
        yield one
        yield from below(one)


def test_all_controls_are_made_so() -> None:
    inits = {one: vars(one)["__init__"] for one in below(BaseControl) if "__init__" in vars(one)}
    assert len(inits) > 150
    assert [one for one, init in inits.items() if init.__code__.co_filename == "<string>"] == []


WRITTEN = """
import app.main
from tests.ui.making import classes
print([name for name, one in classes().items() if one.__eq__.__code__.co_filename == "<string>"])
"""


def test_no_method_is_written_for_what_is_imported_when_it_is_first_used() -> None:
    told = subprocess.run(
        [sys.executable, "-c", WRITTEN], check=True, timeout=60, stdout=subprocess.PIPE, text=True
    )
    written = set(literal_eval(told.stdout))
    begins_with = {one for one in written if one.startswith("flet.controls.material")}
    assert "flet.controls.base_control.BaseControl" in written
    assert begins_with == {"flet.controls.material.badge.Badge", "flet.controls.material.tooltip.Tooltip"}
    assert len(written) < 60


@pytest.mark.parametrize("name", KNOWN)
def test_what_is_made_is_as_flet_makes_it(by_whom: Any, name: str) -> None:
    assert by_whom["ours"][name] == by_whom["flets"][name]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda one: one.__name__)
def test_a_handler_is_given_the_event_of_its_kind(cls: Any) -> None:
    control = cls.__new__(cls)
    for name in ("on_nothing", *(one.name for one in dataclasses.fields(cls) if one.name.startswith("on_"))):
        for _ in range(2):
            assert outcome(kind_of, control, name) == outcome(get_event_field_type, control, name)


def outcome(find: Any, *args: Any) -> Any:
    """What it finds, or how it fails."""
    try:
        return find(*args)
    except RuntimeError as error:
        return str(error)


def test_kinds_of_events_are_told_apart_and_asked_for_where_flet_does() -> None:
    assert get_origin(kind_of(ft.Container(), "on_click")) is ft.Event
    assert kind_of(ft.ListView(), "on_scroll") is ft.OnScrollEvent
    assert kind_of(ft.Container(), "on_scroll") is None
    assert vars(base_control)["get_event_field_type"] is kind_of


def original() -> Any:
    """Flet's own way to walk controls, as a module apart."""
    spec = importlib.util.spec_from_file_location("flet.controls.walked", object_patch.__file__)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FLETS = original()


def tree() -> ft.Control:
    """Controls in lists, alone, in values, and one in another's text."""
    style = ft.ButtonStyle(padding=ft.Padding.all(3), text_style=ft.TextStyle(size=12))
    return ft.Container(
        ft.Column(
            [
                ft.Text("one", spans=[ft.TextSpan("two", on_click=lambda: None)]),
                ft.Row([ft.Icon(ft.Icons.ADD), ft.FilledButton("three", icon=ft.Icons.ADD, style=style)]),
                ft.TextField(prefix=ft.Text("four"), suffix=ft.Icon(ft.Icons.CLOSE), value="five"),
                ft.Dropdown(options=[ft.DropdownOption("six", content=ft.Text("seven"))]),
                ft.ListTile(leading=ft.Icon(ft.Icons.ADD), title="eight", trailing=ft.Text("nine")),
                ft.Stack([ft.Image("ten", error_content=ft.Text("eleven")), ft.Container()]),
            ]
        ),
        image=ft.DecorationImage("twelve"),
        badge=ft.Badge("thirteen"),
        padding=3,
    )


def told(controls: Any) -> list[tuple[str, str | None, bool, bool]]:
    """Kinds and parents of controls, and what marks them."""
    return [
        (one._c, one.parent and one.parent._c, getattr(one, "_frozen", False), hasattr(one, "_initialized"))
        for one in controls
    ]


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("known", [False, True])
def test_what_comes_to_the_screen_is_found_in_flets_order(*, frozen: bool, known: bool) -> None:
    parent = ft.Column()
    ours = object_patch.DiffBuilder(None, None, control_cls=BaseControl)
    theirs = FLETS.DiffBuilder(None, None, control_cls=BaseControl)
    mine, other = tree(), tree()
    found = told(ours._configure_dataclass([mine, {"more": tree()}], parent, frozen, known))
    assert found == told(theirs._configure_dataclass([other, {"more": tree()}], parent, frozen, known))
    assert len(found) > (25 if not known else 1)
    assert told(ours._removed_controls(mine, True)) == told(theirs._removed_controls(other, True))


def test_what_was_sent_goes_as_flet_has_it() -> None:
    mine, other = tree(), tree()
    for one in (mine, other):
        packb(one, default=configure_encode_object_for_msgpack(BaseControl))  # type: ignore[no-untyped-call]
        assert isinstance(one, ft.Container)
        one.content = None
    ours = object_patch.DiffBuilder(None, None, control_cls=BaseControl)
    theirs = FLETS.DiffBuilder(None, None, control_cls=BaseControl)
    for recurse in (False, True):
        found = told(ours._removed_controls(mine, recurse))
        assert found == told(theirs._removed_controls(other, recurse))
        assert len(found) > 20


Spec = tuple[Any, ...]
"""A control to be made: its kind, what it is given, and what stands in it."""
LEAVES = strategies.tuples(
    strategies.sampled_from([ft.Text, ft.TextButton]),
    strategies.fixed_dictionaries(
        {"key": strategies.sampled_from([None, None, "a", "b", "c"])},
        optional={
            "opacity": strategies.sampled_from([0.5, 1]),
            "tooltip": strategies.sampled_from(["one", "two"]),
            "badge": strategies.sampled_from(["3", "4"]),
            "data": strategies.sampled_from([[], [1], [1, 2], {}, {"one": 1}, {"one": 2}]),
        },
    ),
    strategies.sampled_from(["words", "other words"]),
)


def light_column(*args: Any, **given: Any) -> Any:
    """One without what all others share."""
    return light(ft.Column(*args, **given))


SPECS = strategies.recursive(
    LEAVES,
    lambda inner: (
        strategies.tuples(
            strategies.sampled_from([ft.Row, ft.Column, light_column]),
            strategies.fixed_dictionaries({}, optional={"spacing": strategies.sampled_from([0, 10, 3])}),
            strategies.lists(inner, max_size=4),
        )
        | strategies.tuples(
            strategies.just(ft.Container),
            strategies.fixed_dictionaries(
                {},
                optional={
                    "padding": strategies.sampled_from([3, ft.Padding.all(3), ft.Padding.all(4)]),
                    "on_click": strategies.sampled_from([None, print, repr]),
                    "visible": strategies.booleans(),
                },
            ),
            inner,
        )
    ),
    max_leaves=12,
)


def built(spec: Spec) -> ft.Control:
    """The control that was told of."""
    kind, given, inside = spec
    if isinstance(inside, tuple):
        inside = built(inside)
    elif isinstance(inside, list):
        keyed = {one[1].get("key") or n: one for n, one in enumerate(inside)}  # no key stands in a list twice
        inside = [built(one) for one in keyed.values()]
    control: ft.Control = kind(inside, **given)
    return control


def compared(differ: Any, *specs: Spec) -> Any:
    """What `differ` has a client do for each drawing after the other, and what it knows of controls then."""
    parent, before, told_of = ft.Column(), None, []
    numbers: dict[int, int] = {}
    for spec in specs:
        drawn = built(spec)
        object.__setattr__(drawn, "_frozen", True)
        patch, added, removed = differ.from_diff(
            {"_b": before}, {"_b": drawn}, BaseControl, parent=parent, path=[], frozen=True
        )
        walked = [*added, *removed]
        for one in walked:
            numbers.setdefault(one._i, len(numbers))
        told_of.append(
            (
                [{name: plain(one) for name, one in operation.items()} for operation in patch.patch],
                told(added),
                [numbers[one._i] for one in added],
                told(removed),
                [numbers[one._i] for one in removed],
            )
        )
        before = drawn
    return told_of


@settings(max_examples=300, deadline=None)
@given(SPECS, SPECS)
def test_drawings_are_told_apart_as_flet_does(one: Spec, other: Spec) -> None:
    specs = (one, other, one, one)
    assert compared(object_patch.ObjectPatch, *specs) == compared(FLETS.ObjectPatch, *specs)


def test_what_stands_in_a_list_that_is_drawn_twice_hangs_on_the_newer_control() -> None:
    shared: list[ft.Control] = [ft.Text("words")]
    parent, before = ft.Column(), None
    for _ in range(2):
        drawn: Any = ft.Column(shared)
        object.__setattr__(drawn, "_frozen", True)
        object_patch.ObjectPatch.from_diff(
            {"_b": before}, {"_b": drawn}, BaseControl, parent=parent, path=[], frozen=True
        )
        assert shared[0].parent is drawn
        before = drawn


@pytest.mark.parametrize("cls", CLASSES, ids=lambda one: one.__name__)
def test_what_cannot_be_sent_is_refused_as_flet_does(cls: Any) -> None:
    fields = [one for one in dataclasses.fields(cls) if one.init]
    required = {one.name: ft.Text("held") for one in fields if one.default is one.default_factory}

    def refused(check: Any, given: dict[str, Any]) -> Any:
        try:
            check(cls(**required | given))
        except Exception as error:  # whatever a rule makes of it
            return type(error), re.sub(r"[0-9]+", "", str(error))  # a control's number is its own
        return None

    def flets(control: Any) -> None:
        control.before_update()
        validate(control, suppress_repeated_errors=True)

    values: tuple[Any, ...] = (None, -3, 0.5, 3, "words", [])
    for one in fields:
        for value in values:
            given = {one.name: value}
            assert refused(cls._before_update_safe, given) == refused(flets, given), (one.name, value)


def test_a_value_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="opacity"):
        ft.Text("words", opacity=3)._before_update_safe()  # type: ignore[no-untyped-call]


async def test_screens_that_were_left_need_no_search_for_rubbish(shop: Shop, look: Look) -> None:
    number = [place(shop) for _ in range(3)][-1]
    async with look.at("/orders") as phone:

        async def about() -> None:
            for name in ("tab-cancelled", "tab-completed", "tab-to-ship", "tab-to-receive", "tab-all"):
                await phone.tap(name)
                await phone.rests()
            for name in (f"order-{number}", "contact-seller"):
                await phone.tap(name)
                await phone.rests()
            for _ in range(2):
                await phone.back()
                await phone.rests()

        await about()  # all that is drawn is warm then
        gc.collect()
        gc.disable()
        gc.set_debug(gc.DEBUG_SAVEALL)
        try:
            await about()
            gc.collect()
            left = [one for one in gc.garbage if isinstance(one, BaseControl | PatchOperation)]
        finally:
            gc.set_debug(0)
            gc.garbage.clear()
            gc.enable()
        assert [str(one) for one in left] == []
