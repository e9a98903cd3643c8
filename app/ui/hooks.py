"""The only two ways from a component to the shop: `use_query` to see, `use_action` to do."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

import flet as ft

from app.shop.rules.errors import ShopError
from app.ui.handlers import Once, use_once
from app.ui.outcome import outcome
from app.ui.state import stop, use_window_unwatched
from app.ui.texts import problem

if TYPE_CHECKING:
    from app.shop.shop import Actor, Done, Shop

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Query(Generic[T]):
    """What a read found. While it reads again the old value stays; `error` says why there is no newer one."""

    value: T | None = None
    error: ShopError | None = None
    loading: bool = True


def use_query(read: Callable[Concatenate[Shop, Actor, P], T], *args: P.args, **kwargs: P.kwargs) -> Query[T]:
    """What `read` finds for who looks; again when an argument changes or the window is to look again.

    The caller is drawn again only where the answer differs.
    """
    return use_query_while(None, read, *args, **kwargs)


def use_query_while(
    seen: asyncio.Event | None,
    read: Callable[Concatenate[Shop, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Query[T]:
    """As `use_query`; what is to be read again waits until the caller can be `seen`."""
    window = use_window_unwatched()
    asked = (read, window.actor, args, tuple(kwargs.items()))
    nothing: Query[T] = Query()
    (answered, found), answer = ft.use_state((asked, nothing))

    def refuse(error: ShopError) -> None:
        answer(lambda last: (asked, Query(last[1].value if last[0] == asked else None, error, loading=False)))

    async def follow() -> None:
        while not window.closed:
            news = window.news()
            fresh = await outcome(window.look(lambda shop, actor: read(shop, actor, *args, **kwargs)))
            if isinstance(fresh, ShopError):
                refuse(fresh)
            else:
                answer((asked, Query(fresh, loading=False)))
            await news.wait()
            if seen is not None:
                await seen.wait()

    ft.use_effect(follow, [asked, window.returns], cleanup=stop)
    if answered == asked:
        return found
    return Query(found.value if answered[:2] == asked[:2] else None)


Act = Once[P, "Done | None"]
"""An action of the shop, ready to be run by a handler."""


def use_action(action: Callable[Concatenate[Shop, Actor, P], Done]) -> Act[P]:
    """`action` as who looks may run it: once at a time, however often it is tapped.

    `await act.run(..., key=KEY)` answers None where it was refused; the person has been told why.
    """
    window = use_window_unwatched()

    async def act(*args: P.args, **kwargs: P.kwargs) -> Done | None:
        done = await outcome(window.act(lambda shop, actor: action(shop, actor, *args, **kwargs)))
        if isinstance(done, ShopError):
            window.say(problem(done))
            return None
        return done

    return use_once(act)


Each = Callable[..., Coroutine[Any, Any, "dict[int, str]"]]
"""Does `action` to each of several orders: `await each(action, keys, *args, seen=seen)`, the keys by number.

`seen` has the ids of the requests that are meant, by number, for actions that ask for them.
"""


def use_each() -> Each:
    """How to do one action to several orders, each its own transaction.

    It answers why some were refused, by number. It goes on where its caller leaves the screen meanwhile.
    """
    window = use_window_unwatched()

    async def each(
        action: Callable[..., Done], keys: Mapping[int, str], *args: Any, seen: Mapping[int, int]
    ) -> dict[int, str]:
        refused = {}
        for number, key in keys.items():
            meant = partial(action, seen=seen[number]) if number in seen else action
            done = await outcome(window.act(partial(_one, meant, number, args, key)))
            if isinstance(done, ShopError):
                refused[number] = problem(done)
        return refused

    return each


def _one(
    action: Callable[..., Done], number: int, args: tuple[Any, ...], key: str, shop: Shop, actor: Actor
) -> Done:
    return action(shop, actor, number, *args, key=key)


def new_key() -> str:
    """An idempotency key, to be made when a dialog opens and kept until it is closed."""
    return secrets.token_urlsafe(12)
