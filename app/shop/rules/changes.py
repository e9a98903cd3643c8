"""A concrete change of a paid order: what a seller can offer instead of cancelling it, or a buyer ask for."""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    """What can be changed about a paid order."""

    VARIANT = "variant"
    VOUCHER = "voucher"
    ADDRESS = "address"
    SHIP_DATE = "ship_date"


ASKED_BECAUSE = {
    ChangeKind.VARIANT: "BP_WRONG_VARIANT",
    ChangeKind.VOUCHER: "BP_COUPON",
    ChangeKind.ADDRESS: "BP_ADDRESS",
}
"""What a buyer can ask to have changed, and the reason of a request for it."""
PRICED = frozenset({ChangeKind.VARIANT, ChangeKind.VOUCHER})
"""What can cost more or less than what it takes the place of."""


@dataclass(frozen=True, slots=True)
class Change:
    """A concrete change: `line` and `variant_id`, `voucher` (its code), `address_id`, or `ship_by` (ms UTC).

    `label`, `instead_of` (the variant or voucher that goes, if any) and `unit_minor` (the price that is
    promised) are filled in when it is offered or asked for.
    """

    kind: ChangeKind
    line: int | None = None
    variant_id: int | None = None
    voucher: str | None = None
    address_id: int | None = None
    ship_by: int | None = None
    label: str = ""
    instead_of: str = ""
    unit_minor: int | None = None


def as_json(change: Change) -> str:
    """A change as it is stored."""
    told = {name: value for name, value in asdict(change).items() if value not in (None, "")}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def told_of(change: Change) -> dict[str, Any]:
    """A change as events and notifications tell it."""
    return {
        "kind": change.kind.value,
        "label": change.label,
        "instead_of": change.instead_of,
        "ship_by": change.ship_by,
    }


def from_json(stored: str) -> Change:
    """A change as it was stored."""
    told = json.loads(stored)
    return Change(ChangeKind(told.pop("kind")), **told)
