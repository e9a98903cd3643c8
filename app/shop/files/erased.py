"""People who were erased, in files that still tell of them: their orders come in, nothing of them does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.shop.export.fields import Values
from app.shop.files.outside import NOT_TOLD, OutsideOrder
from app.shop.files.subjects import Subjects
from app.shop.files.takeback_record import KeptOrder
from app.shop.files.takeback_subjects import Kin, key_of_actor
from app.shop.rules.erasure import without_words
from app.shop.sql import as_json


def without_erased(
    subjects: Subjects, orders: Mapping[str, Sequence[OutsideOrder]]
) -> Mapping[str, Sequence[OutsideOrder]]:
    """The orders, with nothing personal of buyers who were erased here."""
    if not subjects.any_erased:
        return orders
    subjects.load("person", {subjects.key(order.buyer) for parts in orders.values() for order in parts})
    return {
        number: [
            replace(order, personal=NOT_TOLD) if subjects.erased(subjects.key(order.buyer)) else order
            for order in parts
        ]
        for number, parts in orders.items()
    }


def without_their_words(kin: Kin, order: KeptOrder) -> KeptOrder:
    """An order of another store without what those wrote who were erased here; who it names must be loaded.

    Of an order that they bought nothing stays that anybody wrote, as when they are erased.
    """
    events = order.rows["events"]
    bought = kin.erased(" ".join(order.whose.key))
    said = {event["note"] for event in events if event["note"] and (bought or _by_erased(kin, order, event))}
    if not bought and not said:
        return order

    def left(row: Values, name: str) -> Values:
        return row | ({name: None} if bought or row[name] in said else {})

    lines = [left(line, "cancel_text") for line in order.rows["lines"]]
    past = [left(event, "note") | (_facts(event) if bought else {}) for event in events]
    return replace(
        order,
        personal=NOT_TOLD if bought else order.personal,
        row_values=left(order.row_values, "cancel_text"),
        rows={**order.rows, "lines": lines, "events": past},
    )


def _by_erased(kin: Kin, order: KeptOrder, event: Values) -> bool:
    return isinstance(event["actor"], str) and kin.erased(key_of_actor(order, event["actor"]))


def _facts(event: Values) -> Values:
    return {"facts": json.loads(without_words(as_json(event["facts"])))}
