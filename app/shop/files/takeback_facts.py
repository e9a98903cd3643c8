"""The facts of an event that another store tells, checked where something here reads them."""

from typing import Any

from app.shop.files.findings import Unusable
from app.shop.rules.reasons import Fault
from app.shop.rules.receipt import Kind
from app.shop.sql import as_json

_LONGEST = 20_000
_NUMBERS = ("replaces", "replaced_by")


def facts_of(told: object) -> dict[str, Any]:
    """The facts, checked where something here reads them; raises Unusable."""
    if told is None:
        return {}
    if not isinstance(told, dict) or not _storable(told):
        raise Unusable("not_an_object", "facts", told)
    for name in _NUMBERS:
        number = told.get(name)
        if number is not None and not (isinstance(number, str) and number.isdecimal()):
            raise Unusable("id_not_usable", name, number)
    fault = told.get("fault")
    if fault is not None and fault not in tuple(Fault):
        raise Unusable("word_not_known", "fault", fault)
    if "released" in told:
        told["released"] = [_released(one) for one in _list(told["released"])]
    return told


def _storable(told: dict[str, Any]) -> bool:
    """Whether it fits, and is text through and through: half a character is no text."""
    text = as_json(told)
    try:
        return len(text.encode()) <= _LONGEST
    except UnicodeEncodeError:
        return False


def _list(told: object) -> list[Any]:
    if not isinstance(told, list):
        raise Unusable("not_an_object", "released", told)
    return told


def _released(one: object) -> dict[str, Any]:
    if not isinstance(one, dict) or one.get("kind") not in tuple(Kind):
        raise Unusable("word_not_known", "released", one)
    amount, voucher = one.get("amount"), one.get("voucher")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount < 1 << 53:
        raise Unusable("amount_not_usable", "released", amount)
    if voucher is not None and not isinstance(voucher, str):
        raise Unusable("id_not_usable", "voucher", voucher)
    return {"kind": one["kind"], "amount": amount} | ({"voucher": voucher} if voucher else {})
