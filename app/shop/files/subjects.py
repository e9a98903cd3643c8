"""Whom and what outside ids mean here: people, shops, products, variants, addresses; new ones are made."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.lookup import among, found, free
from app.shop.files.outside import UNKNOWN
from app.shop.numbers import SUFFIXES
from app.shop.product_words import write_words
from app.shop.pseudonym import KIND, Digest, pseudonym
from app.shop.rules.erasure import is_tombstone, tombstone
from app.shop.rules.errors import Invalid, StoreDamaged
from app.shop.rules.handles import WHOLE
from app.shop.rules.words import HANDLE
from app.shop.sql import Statement, Work

TAIL = 6
"""Characters of an outside id that make a handle; more where that one is taken."""

_NUMBERED = 10
"""Handles that end alike are numbered up to here; of more, each is made of the whole id."""
_NOT_IN_HANDLE = re.compile(r"[^A-Za-z0-9._-]")

_MADE = (t.Person, t.Shop, t.Creator, t.Product, t.Variant, t.Address)
_HIGHEST = tuple(Statement(select(func.max(col(table.id)))) for table in _MADE)
_IDS = Statement(
    select(col(t.OutsideId.outside_id), col(t.OutsideId.subject)).where(
        col(t.OutsideId.source) == bindparam("source"),
        col(t.OutsideId.kind) == bindparam("kind"),
        among(t.OutsideId.outside_id),
    )
)
_ERASED = Statement(select(col(t.Person.id)).where(col(t.Person.erased_at).is_not(None)).limit(1))
_SECRET = Statement(select(col(t.Secret.value)).where(col(t.Secret.kind) == KIND))
_TAKEN = Statement(select(col(t.Handle.handle)).where(among(t.Handle.handle)))
_CREATORS = Statement(select(col(t.Creator.handle), col(t.Creator.id)).where(among(t.Creator.handle)))
_SHOP_NAMED = Statement(select(col(t.Shop.id)).where(col(t.Shop.handle) == bindparam("handle")))
_NAME = Statement(
    update(t.Person)
    .where(col(t.Person.id) == bindparam("person"), col(t.Person.name).is_(None))
    .values(name=bindparam("told"))
)
_INSERTS: dict[str, Statement] = {
    # In this order: each may point at those before it.
    name: Statement(insert(table))
    for name, table in {
        "handle": t.Handle,
        "person": t.Person,
        "shop": t.Shop,
        "creator": t.Creator,
        "product": t.Product,
        "variant": t.Variant,
        "address": t.Address,
        "outside": t.OutsideId,
    }.items()
}


class Subjects:
    """The subjects of one origin within one transaction. What is made is written by `write`."""

    def __init__(self, work: Work, origin: str, prefix: str) -> None:
        self._work, self._origin, self._prefix = work, origin, prefix
        self._known: dict[tuple[str, str], int] = {}
        self._erased: set[str] = set()
        self._new: dict[str, list[dict[str, Any]]] = defaultdict(list)
        # Ids are times first; a file makes thousands at one time, so they count on from the highest.
        highest = max((work.first(statement) or (0,))[0] or 0 for statement in _HIGHEST)
        self._ids = count(max(work.now * SUFFIXES, highest + 1))

    def key(self, told: str | Digest) -> str:
        """The outside id of who or what `told` is: a digest becomes a pseudonym of this store."""
        return told if isinstance(told, str) else pseudonym(self._secret, told)

    @cached_property
    def _secret(self) -> str:
        there = self._work.first(_SECRET)
        if there is None:
            raise StoreDamaged("store_damaged")
        return str(there[0])

    @cached_property
    def any_erased(self) -> bool:
        """Whether anybody was ever erased here."""
        return self._work.first(_ERASED) is not None

    def _known_by(self, key: str) -> tuple[str, str]:
        """The source that has an id of that, and the id."""
        return self._origin, key

    def load(self, kind: str, outside_ids: Iterable[str]) -> None:
        """Look up those already known; people who were erased here by what is left of them."""
        of_source: dict[str, dict[str, str]] = defaultdict(dict)
        for key in outside_ids:
            if (kind, key) not in self._known:
                source, outside_id = self._known_by(key)
                of_source[source][outside_id] = key
        for source, keys in of_source.items():
            if kind == "person" and self.any_erased:
                keys |= {tombstone(source, outside_id): key for outside_id, key in keys.items()}
            for outside_id, subject in found(self._work, _IDS, keys, source=source, kind=kind):
                self._known[kind, keys[outside_id]] = subject
                if is_tombstone(outside_id):
                    self._erased.add(keys[outside_id])

    def erased(self, person: str) -> bool:
        """Whether the person of a loaded outside id was erased here."""
        return person in self._erased

    def known(self, kind: str, outside_id: str) -> int | None:
        """The subject of a loaded outside id, None where it is new."""
        return self._known.get((kind, outside_id))

    def _add(self, kind: str, outside_id: str, values: Mapping[str, Any]) -> int:
        subject = next(self._ids)
        self._known[kind, outside_id] = subject
        self._new[kind].append({"id": subject, **values})
        source, known_by = self._known_by(outside_id)
        self._new["outside"].append(
            {"source": source, "kind": kind, "outside_id": known_by, "subject": subject}
        )
        return subject

    def of(self, kind: str, outside_id: str) -> int:
        """The subject of an outside id that was added or is known."""
        return self._known[kind, outside_id]

    def add(self, kind: str, outside_id: str, values: Mapping[str, Any]) -> int:
        """The subject of a loaded outside id; made of `values` where it is new."""
        subject = self._known.get((kind, outside_id))
        return self._add(kind, outside_id, values) if subject is None else subject

    def add_named(self, kind: str, zones: Mapping[str, str]) -> None:
        """Make those people or shops that are new, each with a handle; `zones` has each one's time zone."""
        self.load(kind, zones)
        new = [one for one in zones if (kind, one) not in self._known]
        handles = free({one: self._handles(kind, one) for one in new}, self._taken)
        for one, handle in handles.items():
            self._new["handle"].append({"handle": handle})
            self._add(kind, one, self._named(kind, handle, zones[one]))

    def _named(self, kind: str, handle: str, zone: str) -> dict[str, Any]:
        person = {"language": "en"} if kind == "person" else {}
        return {"handle": handle, "time_zone": zone, "joined_at": self._work.now, **person}

    def _handles(self, kind: str, outside_id: str) -> Iterator[str]:
        if outside_id == UNKNOWN:
            outside_id = UNKNOWN if kind == "shop" else f"{UNKNOWN}-buyer"
            yield f"{self._prefix}-{outside_id}"
        plain = _NOT_IN_HANDLE.sub("-", outside_id)
        longest = min(len(plain), HANDLE - len(self._prefix) - 1)
        for size in range(min(TAIL, longest), longest + 1):
            yield f"{self._prefix}-{plain[-size:]}"
        for n in range(2, _NUMBERED):
            yield f"{self._prefix}-{plain[-TAIL:]}-{n}"
        digest = sha256(outside_id.encode()).hexdigest()
        yield from (f"{self._prefix}-{digest[: 2 * TAIL + n]}" for n in count())

    def _taken(self, handles: Sequence[str]) -> set[str]:
        made = {row["handle"] for row in self._new["handle"]}
        return made | {handle for (handle,) in found(self._work, _TAKEN, handles)}

    def creators(self, handles: Iterable[str]) -> dict[str, int]:
        """The creators with these handles; those nobody knows are made."""
        wanted = dict.fromkeys(handles)
        there: dict[str, int] = dict(found(self._work, _CREATORS, wanted))
        for handle in wanted:
            if handle not in there:
                there[handle] = next(self._ids)
                self._new["creator"].append({"id": there[handle], "handle": handle, "name": None})
        return there

    def shop_named(self, handle: str) -> int | None:
        """The shop with this handle, if there is one."""
        there = self._work.first(_SHOP_NAMED, handle=handle)
        return int(there[0]) if there else None

    def chosen_shop(self, handle: str, zone: str) -> int:
        """The shop with this handle, made where nobody has it; raises Invalid where it is a person's."""
        if not WHOLE.fullmatch(handle):
            raise Invalid("handle_not_usable", {"handle": handle})
        there = self.shop_named(handle)
        if there is not None:
            return there
        if self._taken([handle]):
            raise Invalid("handle_of_a_person", {"handle": handle})
        shop = next(self._ids)
        self._new["handle"].append({"handle": handle})
        self._new["shop"].append({"id": shop, **self._named("shop", handle, zone)})
        return shop

    def write(self, names: Mapping[int, str]) -> None:
        """Store what was made, and the `names` of people who have none yet."""
        products = [row["id"] for row in self._new["product"]]
        for kind, statement in _INSERTS.items():
            self._work.many(statement, self._new.pop(kind, ()))
        write_words(self._work, products)
        self._work.many(_NAME, ({"person": person, "told": name} for person, name in names.items()))
