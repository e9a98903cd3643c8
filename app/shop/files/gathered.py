"""The rows of an order together, wherever in the file they stand, and however many there are."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from app.shop.files.aside import Places, Rows
from app.shop.files.report import Advance
from app.shop.files.table import Numbered

_ROW = "row"


def gathered(
    rows: Iterable[Numbered], key_of: Callable[[Numbered], str], places: Places, advance: Advance
) -> Iterator[list[Numbered]]:
    """The rows of each key; `places` is what an earlier reading of the file found of where they stand.

    Rows that follow one another come as soon as they were read. The others are put aside, and come last;
    while they do, `advance` is told of no further bytes.
    """
    with Rows([_ROW], advance) as aside:
        for key, several in groupby(rows, key_of):
            if key in places:
                aside.put((key, number, {_ROW: json.dumps(row)}) for number, row in several)
            else:
                yield list(several)
        for packed in aside.by_key():
            yield [(number, json.loads(row[_ROW])) for number, row in packed]
