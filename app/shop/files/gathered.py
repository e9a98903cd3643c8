"""The rows of an order, as soon as the last of them was read, wherever in the file they stand."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from app.shop.files.table import Numbered


def gathered(
    rows: Iterable[Numbered], key_of: Callable[[Numbered], str], left: Counter[str]
) -> Iterator[list[Numbered]]:
    """The rows of each key together; `left` is how many of each an earlier reading of the file counted.

    Held in memory are only those of orders of which more is to come.
    """
    waiting: dict[str, list[Numbered]] = defaultdict(list)
    for one in rows:
        key = key_of(one)
        waiting[key].append(one)
        left[key] -= 1
        if not left[key]:
            yield waiting.pop(key)
    yield from waiting.values()  # of a file that changed meanwhile
