"""What can go wrong, as people and programs are told it.

ShopError
├── Refused        the rules say no: `code` says why, `next_step` what can be done instead
├── NotFound       there is no such order, person, shop or product, or it is not yours to see
├── Invalid        what was given cannot be used: a text too long, a number that is none
├── Changed        somebody else was faster; the newest state decides, so look again
├── KeyReused      the same idempotency key came with other arguments
└── StoreTrouble   the store cannot be used right now, or not by this version
    ├── StoreBusy      another program holds the store
    │   └── StoreAway  its server cannot be reached, or was lost
    ├── StoreReadOnly  the folder or file cannot be written
    ├── StoreFull      the disk is full
    ├── StoreDamaged   the file is not a store, or is broken
    └── StoreNewer     a newer Takeback made it
"""

from dataclasses import dataclass, field


@dataclass
class ShopError(Exception):
    """Base of everything the shop refuses or cannot do; `code` is stable, `facts` fill its text."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        """The code and its facts: for logs; people get a sentence in their language."""
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code

    def rename(self, before: str, after: str) -> None:
        """Say `after` where the facts say `before`: the name by which a person knows it."""
        for name, fact in self.facts.items():
            if isinstance(fact, str):
                self.facts[name] = fact.replace(before, after)


@dataclass
class Refused(ShopError):
    """The rules say no; `next_step` names what can be done instead, if anything."""

    next_step: str | None = None

    __str__ = ShopError.__str__


class NotFound(ShopError):
    """There is no such thing, or it is not this person's to see: the two are not told apart."""


class Invalid(ShopError):
    """What was given cannot be used as it stands."""


class Changed(ShopError):
    """A compare-and-set found another version than the one it had read."""


class KeyReused(ShopError):
    """The same key of the same person came with other arguments."""


class StoreTrouble(ShopError):
    """The store cannot be used right now, or not by this version."""


class StoreBusy(StoreTrouble):
    """Another program holds the store longer than we wait."""


class StoreAway(StoreBusy):
    """The server cannot be reached, or was lost: of what was under way it is not known whether it is done."""


class StoreReadOnly(StoreTrouble):
    """The folder or the file cannot be written."""


class StoreFull(StoreTrouble):
    """The disk is full; nothing was written."""


class StoreDamaged(StoreTrouble):
    """The file is not a store of ours, or it is broken."""


class StoreNewer(StoreTrouble):
    """A newer Takeback made this store."""
