"""A client's tree of controls: how patches change it, how it is walked, how it is compared."""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import getitem
from typing import Any

Node = dict[str, Any]

REPLACE, ADD, REMOVE, MOVE = range(4)
FEATURES = (
    "accessible_navigation",
    "bold_text",
    "disable_animations",
    "high_contrast",
    "invert_colors",
    "reduce_motion",
    "on_off_switch_labels",
    "supports_announcements",
)
"""What a client tells of how its device is set."""


def nodes(value: Any, kind: str | None = None, *, within: bool = True) -> Iterator[Node]:
    """Every control in `value` that can be seen, outermost first.

    With `kind` only those; without `within` none that stands in another of that kind.
    """
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, dict) and one.get("visible") is not False and one.get("opacity") != 0:
            found = "_c" in one and kind in (None, one["_c"])
            if found:
                yield one
            if within or not found:
                waiting.extend(reversed(one.values()))


def views(tree: Node) -> list[Node]:
    """The stack of views, the visible one last."""
    return list(nodes(tree.get("views"), "View", within=False))


def every(value: Any) -> Iterator[Node]:
    """Every control and value in `value`, in sight or not."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def apply(tree: Node, control: int, patch: list[Any]) -> None:
    """Apply a patch to the control with this id; raises LookupError where it is not there."""
    root = next((node for node in every(tree) if node.get("_i") == control), None)
    if root is None:
        raise LookupError(f"a patch for control {control}, which is not there")
    apply_to(root, patch)


def apply_to(root: Node, patch: list[Any]) -> list[Any]:
    """Apply a patch to `root`; the values that came with it."""
    table, *operations = patch
    paths, came = dict(_paths(table)), []

    def place(number: int) -> Any:
        # As the client does: where it is after what was done before, not where it was.
        return reduce(getitem, paths[number], root)

    for kind, *operation in operations:
        match kind, operation:
            case 0, [at, key, value]:
                place(at)[key] = value
                came.append(value)
            case 1, [at, key, value]:
                _insert(place(at), key, value)
                came.append(value)
            case 2, [at, key]:
                del place(at)[key]
            case 3, [at, key, to, new]:
                source, target = place(at), place(to)
                _insert(target, new, source.pop(key))
    return came


def _paths(table: list[Any], path: tuple[Any, ...] = ()) -> Iterator[tuple[int, tuple[Any, ...]]]:
    number, *children = table
    yield number, path
    for key, child in children[0].items() if children else ():
        yield from _paths(child, (*path, key))


def _insert(at: Any, key: Any, value: Any) -> None:
    if isinstance(at, list):
        at.insert(key, value)
    else:
        at[key] = value


def difference(server: Any, client: Any, index: Mapping[int, Any], path: str = "") -> Iterator[str]:
    """Where the two trees differ. What the server leaves out is its default, or nothing."""
    if isinstance(server, dict) and isinstance(client, dict):
        for key in server.keys() | client.keys():
            inner = f"{path}/{key}"
            if key in server and key in client:
                yield from difference(server[key], client[key], index, inner)
            elif key in server:
                yield f"{inner}: the client lacks {server[key]!r}"
            elif not _is_default(index.get(client.get("_i", 0)), key, client[key]):
                yield f"{inner}: only the client has {client[key]!r}"
    elif isinstance(server, list) and isinstance(client, list) and len(server) == len(client):
        for at, (one, other) in enumerate(zip(server, client, strict=True)):
            yield from difference(one, other, index, f"{path}/{at}")
    elif server != client:
        yield f"{path}: {server!r} is {client!r} on the client"


def _is_default(control: Any, key: str, value: Any) -> bool:
    held = getattr(control, key, None)
    held = held is not None if key.startswith("on_") else getattr(held, "value", held)
    return value in (None, [], {}) or value == held
