"""Which screens an address stands for, from the profile on."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from app.ui.component import component

Query = dict[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """A screen: the addresses it is shown at, its component, and what that is given besides the way back.

    The component is named by its module in `app.ui.screens` and its name there.
    """

    pattern: str
    component: str
    given: Callable[[re.Match[str], Query], tuple[Any, ...]] = lambda _match, _query: ()
    lists: bool = False
    """Whether what is opened from it stands beside it where there is room."""
    stays: bool = False
    """Whether it stays as it is below what was opened from it, which takes all the room."""
    alone: bool = False
    """Whether it takes all the room there is, whatever it was opened from."""
    own: tuple[str, ...] = ()
    """What of the query is about it and what is above it: the screens below have addresses without."""
    by_path: bool = False
    """Whether the list it is opened from knows it by its address, whatever it is given."""

    @property
    def screen(self) -> Callable[..., Any]:
        """The component itself, imported when it is first asked for."""
        return component(f"screens.{self.component}")


@dataclass(frozen=True, slots=True)
class Stop:
    """One screen of the stack; `address` leads to it, `given` is what its component gets."""

    path: str
    address: str
    route: Route
    given: tuple[Any, ...]

    @property
    def key(self) -> Any:
        """What the list it is opened from knows it by: what it is given, else its address."""
        return self.given[0] if self.given and not self.route.by_path else self.path


def path_of(address: str) -> str:
    """An address without its query, and without a slash at its end."""
    return _parts(address)[0]


def query_of(address: str) -> Query:
    """What the query of an address says; of what is said twice, the last."""
    return {name: values[-1] for name, values in parse_qs(_parts(address)[1]).items()}


def _parts(address: str) -> tuple[str, str]:
    # Not by `urlsplit`: that takes what begins with two slashes for a host, and fails at some.
    path, _, query = address.partition("#")[0].partition("?")
    return path.rstrip("/") or "/", query


def stack(address: str, routes: Sequence[Route], missing: Route) -> tuple[Stop, ...]:
    """The screens from the profile to what `address` names; an unknown one stands for `missing`.

    The query goes along the whole way, so that a list keeps its choice below what was opened from it.
    """
    (path, query_text), query = _parts(address), query_of(address)
    ends = [found.end() for found in re.finditer(r"[^/]+", path)]
    paths = ["/", *(path[:end] for end in ends)]
    known: list[Stop] = []
    for one in reversed(paths):
        if stop := _stop(one, query, query_text, routes):
            known.insert(0, stop)
            query_text = _without(query_text, stop.route.own)
    if known[-1].path != path:
        return (*known[:1], Stop(path, path, missing, ()))
    return tuple(known)


def _without(query_text: str, names: Sequence[str]) -> str:
    return "&".join(one for one in query_text.split("&") if one.partition("=")[0] not in names)


def _stop(path: str, query: Query, query_text: str, routes: Sequence[Route]) -> Stop | None:
    for route in routes:
        if match := re.fullmatch(route.pattern, path):
            address = f"{path}?{query_text}" if query_text and path != "/" else path
            return Stop(path, address, route, route.given(match, query))
    return None
