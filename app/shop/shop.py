"""The shop as front ends hold it: a store, a clock, and the two ways to work on them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from app.shop.gateway import Gateway
from app.shop.photos import Photos
from app.shop.place import Place
from app.shop.sql import Work

Clock = Callable[[], int]
"""Tells the time in milliseconds UTC."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did: `answer` is what JSON shows, `people` are those whose windows look again.

    So do all members of `shop` (its id), and the platform's staff where it is theirs to know (`staff`): that
    is said when it is done, and not kept with the answer. `replayed`: it was done before, under the same key.
    """

    answer: dict[str, Any]
    people: frozenset[int] = field(default_factory=frozenset)
    shop: int | None = field(default=None, compare=False)
    staff: bool = field(default=False, compare=False)
    replayed: bool = field(default=False, compare=False)


Tell = Callable[[Done], None]
"""Is told what was done, as soon as it is."""


def nobody(done: Done) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person by id, or one of those who are not people (negative ids)."""

    id: int


SYSTEM, GATEWAY, CARRIER = Actor(-1), Actor(-2), Actor(-3)


class Shop:
    """A store, the photos beside it, a clock, and the provider that pays money back.

    Everything else is a function over it. Where it is `served` to many people, what is for who has the store
    alone is not there (`access.for_owner`).
    """

    def __init__(
        self,
        place: Place,
        now: Clock,
        photos: Photos,
        provider: "Callable[[Shop], Gateway]",
        *,
        served: bool = False,
    ) -> None:
        self.place = place
        self.now = now
        self.photos = photos
        self.served = served
        self.gateway = provider(self)

    @contextmanager
    def change(self) -> Iterator[Work]:
        """One transaction that writes: all of it or, where anything is raised, nothing."""
        with (
            self._told(),
            self.place.writing() as connection,
            self._transaction(connection, self.place.begin) as work,
        ):
            yield work

    @contextmanager
    def look(self) -> Iterator[Work]:
        """Reading; for several statements that must tell of one moment there is `snapshot`."""
        with self._told():
            yield Work(self.place.connection().cursor(), self.place.dialect, self.now())

    @contextmanager
    def snapshot(self) -> Iterator[Work]:
        """Reading, all statements of one moment."""
        with (
            self._told(),
            self._transaction(self.place.connection(), self.place.begin_snapshot) as work,
        ):
            yield work

    @contextmanager
    def _transaction(self, connection: Any, begin: str) -> Iterator[Work]:
        cursor = connection.cursor()
        cursor.execute(begin)
        try:
            yield Work(cursor, self.place.dialect, self.now())
            cursor.execute("COMMIT")
        except BaseException:
            with suppress(Exception):  # a store that is gone has nothing to roll back
                cursor.execute("ROLLBACK")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            told = self.place.translated(error)
            if told is error:
                raise
            raise told from error

    async def durable(self) -> None:
        """Return once what was committed survives the end of the program."""
        await self.place.durable()

    def close(self) -> None:
        """Let go of the store."""
        self.place.close()
