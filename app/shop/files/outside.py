"""What every format is read into: an order as another platform tells it, in our words and units."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.shop.files.findings import Finding
from app.shop.files.source import Source
from app.shop.pseudonym import Digest
from app.shop.rules.clocks import Method
from app.shop.rules.orders import LineStatus, Role, Status
from app.shop.rules.pricing import Entry, OutsideEntry

UNKNOWN = "unknown"
"""The outside id of a shop or buyer the file does not name."""


class Fact(StrEnum):
    """The actions of the events that an import writes; no action of people has one of these names."""

    IMPORTED = "imported"
    UPDATED = "updated"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


SENT = (Status.IN_TRANSIT, Status.DELIVERED, Status.COMPLETED)
"""Where an order stands all of which has left."""

Prices = tuple[tuple[Entry | OutsideEntry, int], ...]
"""A price sheet: what each row is, and its amount in minor units."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """Who cancelled and why: our code, or the platform's own words in `text` where no code of ours fits."""

    by: Role | None = None
    reason: str | None = None
    text: str | None = None


NOT_CANCELLED = Cancellation()


@dataclass(frozen=True, slots=True)
class OutsideLine:
    """One line as the file has it; `discount_minor` is for all its pieces, `total_minor` after it."""

    product: str
    variant: str
    title: str
    variant_name: str
    quantity: int
    unit_minor: int
    discount_minor: int
    total_minor: int
    status: LineStatus | None = None
    cancel: Cancellation = NOT_CANCELLED
    outside_id: str | None = None


@dataclass(frozen=True, slots=True)
class OutsidePayment:
    """Money in, as the file has it; `label` is the platform's name of the method."""

    method: Method
    state: str
    amount_minor: int
    at: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class OutsideAddress:
    """Where the parcel goes: personal data."""

    recipient: str | None = None
    phone: str | None = None
    lines: str | None = None
    city: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """What is stored of a buyer only when asked for."""

    name: str | None = None
    address: OutsideAddress | None = None
    message: str | None = None


NOT_TOLD = Personal()


@dataclass(frozen=True, slots=True)
class Times:
    """What the file says happened and is due, and when it was true; ms UTC."""

    updated_at: int | None = None
    paid_at: int | None = None
    shipped_at: int | None = None
    delivered_at: int | None = None
    cancelled_at: int | None = None
    ship_by: int | None = None
    collect_by: int | None = None
    cancel_sla: int | None = None

    @property
    def happened(self) -> frozenset[Fact]:
        """What happened by them."""
        told = (
            (self.paid_at, Fact.PAID),
            (self.shipped_at, Fact.SHIPPED),
            (self.delivered_at, Fact.DELIVERED),
            (self.cancelled_at, Fact.CANCELLED),
        )
        return frozenset(fact for at, fact in told if at is not None)

    @property
    def status(self) -> Status:
        """Where an order stands by them: for a status we do not know."""
        told = (
            (self.cancelled_at, Status.CANCELLED),
            (self.delivered_at, Status.DELIVERED),
            (self.shipped_at, Status.IN_TRANSIT),
            (self.paid_at, Status.AWAITING_SHIPMENT),
        )
        return next((status for at, status in told if at is not None), Status.UNPAID)


@dataclass(frozen=True, slots=True)
class OutsideOrder:
    """An order of one buyer from one shop, both named by their outside ids; `shop` None: the file has none.

    A buyer whom the file names by what is personal has a digest of it instead. `creator` is the handle of who
    showed what was bought. `said` is what the platform's own words were where ours say it differently, by
    name. `unplaced` is a cancellation that does not name its order. `row` is where it stands in the input, in
    `file` where that is a folder.
    """

    number: str
    row: int
    buyer: str | Digest
    shop: str | None
    zone: str
    status: Status
    created_at: int
    currency: str
    method: Method
    times: Times
    cancel: Cancellation = NOT_CANCELLED
    total_minor: int = 0
    lines: tuple[OutsideLine, ...] = ()
    prices: Prices = ()
    payments: tuple[OutsidePayment, ...] = ()
    tracking: str | None = None
    creator: str | None = None
    said: tuple[tuple[str, str], ...] = ()
    flags: tuple[Finding, ...] = ()
    personal: Personal = NOT_TOLD
    file: str | None = None
    unplaced: bool = False


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file. `origin` is the platform as stored with its orders, `prefix` begins its handles.

    `recognises` looks at the content, never the name. `read` yields the orders and tells the source's report
    what it leaves out; with `whole` an order that names several shops stays one, for the shop chosen for all.
    `folder` says that the files lying together are one input. `bring_in` writes what it reads, where its
    orders have a past of their own that is to be written as it was.
    """

    kind: str
    origin: str
    prefix: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source, bool], Iterator[OutsideOrder]]
    folder: bool = False
    bring_in: Callable[..., dict[str, list[Any]]] | None = None
