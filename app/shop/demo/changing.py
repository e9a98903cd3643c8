"""How a buyer of a demo asks for a change instead of a cancel, as the actions write it."""

from collections.abc import Callable
from typing import Any

from app.shop.demo.answering import decline, lapse, withdraw
from app.shop.demo.asking import answered, ask, request_of, step
from app.shop.demo.goods import Good, Variant
from app.shop.demo.phrases import ANSWERS, BUYERS, phrase
from app.shop.demo.record import Record
from app.shop.rules.changes import ASKED_BECAUSE, Change, ChangeKind
from app.shop.rules.orders import Role
from app.shop.rules.policy import HOUR, MINUTE
from app.shop.rules.requests import RequestAction as A
from app.shop.rules.requests import RequestStatus as R


def another(record: Record) -> tuple[Good, Variant] | None:
    """Another variant of the first live line's product that costs the same; None where there is none."""
    line = record.live[0]
    good = next(one for one in record.seller.goods if one.id == line["product_id"])
    for variant in good.variants:
        if variant.id != line["variant_id"] and variant.price_minor == line["unit_minor"]:
            return good, variant
    return None


def ask_for(
    record: Record, at: int, good: Good, variant: Variant, text: str | None, request: int | None = None
) -> None:
    """Ask for another variant of the first live line (R1)."""
    line = record.live[0]
    change = Change(
        ChangeKind.VARIANT,
        line=line["n"],
        variant_id=variant.id,
        label=f"{good.title}: {variant.name}",
        instead_of=line["variant"],
        unit_minor=variant.price_minor,
    )
    ask(record, at, ASKED_BECAUSE[ChangeKind.VARIANT], text, request, change)


def accept(record: Record, at: int, variant: Variant) -> None:
    """The seller agrees (R13): the stock is swapped, the price stays."""
    line = record.live[0]
    record.end("RELEASED", line=line["n"])
    record.hold([("STOCK", variant.id, line["quantity"], line["n"])])
    line |= {"variant_id": variant.id, "variant": variant.name, "picture": variant.picture}
    answered(record, at, Role.SELLER, None, None)
    request_of(record)["counted"] = False
    total = record.order["total_minor"]
    told = {"total_minor": total, "difference_minor": 0, "refund_minor": 0}
    told_whom: dict[str, Any] = {"buyer": "change_accepted", "seller": "order_changed"}
    step(record, at, A.ACCEPT_CHANGE, Role.SELLER, R.SUPERSEDED, told=told, **told_whom)


def wish(record: Record, at: int, asks: Callable[[str | None], None], agrees: Callable[[int], None]) -> bool:
    """The buyer `asks`, the seller `agrees` or not, as far as time has come; whether the order goes on."""
    chance = record.chance
    wordy = chance.random() < 0.5
    text = phrase(chance, BUYERS, record.buyer.market.language) if wordy else None
    asks(text)
    respond_by = int(request_of(record)["respond_by"])
    at, luck = at + 10 * MINUTE + int(20 * HOUR * chance.random() ** 2), chance.random()
    if luck > 0.9:
        at = respond_by + 1
    if at > record.now:
        return False
    if luck < 0.55:
        agrees(at)
    elif luck < 0.8:
        decline(record, at, phrase(chance, ANSWERS, record.seller.market.language))
    elif luck < 0.9:
        withdraw(record, at)
    else:
        lapse(record, at)
    return True
