"""Whatever is done to the lines of an export, each is taken in as a sound order or told of."""

import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from app.shop.check import check
from app.shop.demo import fill
from app.shop.shop import Shop
from tests.export.conftest import Written
from tests.files.made import brought

ODD: tuple[Any, ...] = (
    *(None, 0, -1, 1, 2**63, 1.5, True, "", " ", "x", "\ud800", "\x00a", "9" * 50, [], {}, [1], {"a": 1}),
    *("CANCELLED", "2020-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "@mai", "=1"),
)
FILES, LINES = (2, 250), 20
"""Files, of so many lines each, in a usual run and at full size."""


def mutated(line: str, chance: Random) -> str:
    """The line with a value somewhere in it replaced, taken out or told twice, or cut off."""
    told = json.loads(line)
    place, key = told, chance.choice(list(told))
    while isinstance(place[key], dict | list) and place[key] and chance.random() < 0.8:
        place = place[key]
        key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
    how = chance.random()
    if how < 0.2:
        del place[key]
    elif how < 0.3 and isinstance(place, list):
        place.append(place[key])
    else:
        place[key] = chance.choice(ODD)
    text = json.dumps(told)
    return text[: chance.randrange(len(text))] if chance.random() < 0.1 else text


def test_a_mutated_line_comes_in_sound_or_is_told_of(
    another: Callable[[], Shop], written: Written, tmp_path: Path, full: bool
) -> None:
    here = another()
    fill(here, orders=60, seed=6)
    first, *lines = written(here, personal=True).read_text(encoding="utf-8").splitlines()
    chance = Random(5)
    path = tmp_path / "mutated.jsonl"
    for _ in range(FILES[full]):
        some = [mutated(line, chance) for line in chance.sample(lines, LINES)]
        path.write_text("\n".join((first, *some)), encoding="utf-8")
        there = another()
        file = brought(there, path, personal=True)
        assert file.read == sum(bool(line.strip()) for line in (first, *some))
        assert file.new + file.changed + file.same + file.skipped == file.read
        assert check(there).violations == ()
