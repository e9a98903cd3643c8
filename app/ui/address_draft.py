"""An address while it is written: what was typed stays until it is saved."""

from dataclasses import dataclass, field

from app.shop.reads.addresses import Entry
from app.shop.rules.addresses import Parts
from app.ui.hooks import new_key

COUNTRIES = (
    *("ID", "VN", "PH", "KH", "KW", "MY", "SG", "TH", "LA", "MM", "BN", "TL", "TW", "HK", "JP", "KR"),
    *("CN", "IN", "AE", "SA", "QA", "BH", "OM", "AU", "NZ", "US", "CA", "MX", "BR", "GB", "IE", "FR"),
    *("DE", "NL", "IT", "ES", "PT"),
)
"""The countries that can be chosen, those with shops of ours first."""
LIKELY = 5
"""How many of them are shown at first."""


@dataclass(slots=True)
class AddressDraft:
    """What an address says so far, which one of the book it puts right (None: it is new), and its key."""

    key: str
    address: int | None = None
    parts: Parts = field(default_factory=Parts)


def draft_of(entry: Entry, begun: AddressDraft | None) -> AddressDraft:
    """An address of the book to be put right, as far as that was `begun`."""
    if begun is not None and begun.address == entry.id:
        return begun
    return AddressDraft(new_key(), entry.id, entry.parts)


def new_draft(book: tuple[Entry, ...], country: str, begun: AddressDraft | None) -> AddressDraft:
    """A new address, as far as one was `begun`; else who and where in the world the preferred one is."""
    if begun is not None and begun.address is None:
        return begun
    first = book[0].parts if book else Parts()
    return AddressDraft(
        new_key(), parts=Parts(recipient=first.recipient, phone=first.phone, country=first.country or country)
    )


def countries(chosen: str, home: str, *, more: bool) -> tuple[str, ...]:
    """The countries to choose from: the one chosen, the one of the person's clock, then the others."""
    known = tuple(dict.fromkeys(code for code in (home, *COUNTRIES) if code))
    shown = known if more else known[:LIKELY]
    return shown if chosen in shown or not chosen else (chosen, *shown)
