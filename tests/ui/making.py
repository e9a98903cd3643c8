"""What becomes of Flet's controls and values when they are made, as text.

Without anything of ours: a process that imports nothing else has Flet as it is.
"""

import dataclasses
import json
import pkgutil
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import flet as ft
from flet.controls.base_control import BaseControl

MOMENT = re.compile(r"_i=[0-9]+|0x[0-9a-f]+|datetime[^)]+")
GIVEN: tuple[Any, ...] = (None, True, 3, "words", [], ["words"], {"words": 3})


def classes() -> dict[str, Any]:
    """Flet's controls and values that are dataclasses, by name."""
    controls = import_module("flet.controls")
    modules = [import_module(one.name) for one in pkgutil.walk_packages(controls.__path__, "flet.controls.")]
    return {
        f"{module.__name__}.{name}": one
        for module in modules
        for name, one in vars(module).items()
        if isinstance(one, type) and one.__module__ == module.__name__ and "__dataclass_fields__" in vars(one)
        if issubclass(one, BaseControl) or "_is_flet_value" in vars(one)
    }


def plain(value: Any) -> Any:
    """`value` as far as two of one moment are alike: of what is new each time, its kind."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in sorted(value.items()) if name not in ("_i", "uid")}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float | str) else type(value)


def needed(cls: Any) -> dict[str, Any]:
    """What none of a class is made without."""
    return {
        one.name: ft.Text("held", key="held")
        for one in dataclasses.fields(cls)
        if one.init and one.default is one.default_factory is dataclasses.MISSING
    }


def found(outcome: Callable[[], object]) -> str:
    """What comes of it as text, but for what is of this moment, or how it is refused."""
    try:
        return MOMENT.sub("", str(outcome()))
    except (TypeError, ValueError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


def made(cls: Any, *args: Any, **given: Any) -> str:
    """What one that is made keeps."""
    return found(lambda: plain(kept(cls(*args, **given))))


def kept(one: Any) -> dict[str, Any]:
    """What `one` keeps, however it does."""
    return {**vars(one), "_dirty": one._dirty, "_changed": None}


def outcomes(cls: Any) -> dict[str, list[str]]:
    """What becomes of a class, by what was tried with it."""
    fields = [one for one in dataclasses.fields(cls) if one.init]
    places = [one.name for one in fields if not one.kw_only]
    tried = {
        one.name: [made(cls, **needed(cls) | {one.name: value}) for value in (*GIVEN, one.default)]
        for one in fields
    }
    return tried | {
        "nothing": [made(cls)],
        "what there is not": [made(cls, nothing_such=3)],
        "in places": [made(cls, *[True] * count) for count in range(1, len(places) + 2)],
        "beside others": _beside(cls),
    }


def _beside(cls: Any) -> list[str]:
    last = [one.name for one in dataclasses.fields(cls) if one.init][-1:]

    def one(**given: Any) -> Any:
        return cls(**needed(cls) | given)

    def other() -> Any:
        return one(**dict.fromkeys(last, 2))

    return [
        found(lambda: repr(one())),
        found(lambda: repr(other())),
        found(lambda: one() == one()),
        found(lambda: one() == other()),
        found(lambda: one() == 3),
        found(lambda: cls.__hash__ is None),
    ]


def tell(file: str) -> None:
    """Write to `file` what becomes of each class, by name."""
    Path(file).write_text(json.dumps({name: outcomes(cls) for name, cls in classes().items()}))
