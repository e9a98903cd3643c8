"""Examples: what each endpoint is asked with, about things of mai's and of kopi-house."""

from typing import Any

from app.server.api.endpoints import Endpoint
from app.shop.actions.photos import add_photo
from app.shop.actions.talk import send_message
from app.shop.shop import Shop
from tests import photographs
from tests.actions.steps import IDS, MAI, NOTE, fresh, place

ITEMS = [{"variant_id": str(IDS.cream), "pieces": 1}]
HOME = {
    "recipient": "Mai",
    "phone": "+62 811 000 000",
    "lines": "Jl. Braga 1",
    "city": "Bandung",
    "country": "ID",
}
BODIES: dict[str, dict[str, Any]] = {
    "place_order": {"items": ITEMS, "method": "CARD"},
    "cancel_order": {"reason": "BU_MISTAKE"},
    "cancel_lines": {"reason": "BU_MISTAKE", "lines": [1]},
    "cancel_and_rebuy": {"items": ITEMS, "method": "CARD", "reason": "BU_MISTAKE"},
    "change_variant": {"line": 1, "variant_id": str(IDS.forest)},
    "change_vouchers": {"voucher_codes": ["KOPI10"]},
    "change_address": {"address_id": str(IDS.office)},
    "change_payment_method": {"method": "WALLET"},
    "ask_to_cancel": {"reason": "BP_MISTAKE"},
    "ask_to_change": {"change": {"kind": "variant", "line": 1, "variant_id": str(IDS.forest)}},
    "send_message": {"text": "Is it on its way?"},
    "mark_thread_read": {"n": 1},
    "list_option": {"reason": "SP_OTHER", "note": NOTE},
    "cancel_and_refund": {"reason": "SP_OTHER", "note": NOTE},
    "offer_change": {"change": {"kind": "variant", "line": 1, "variant_id": str(IDS.forest)}},
    "decline": {"reason": "SR_OTHER", "comment": NOTE},
    "overrule": {"reason": "OP_OTHER", "note": NOTE},
    "uphold": {"reason": "OP_OTHER", "note": NOTE},
    "set_policy": {"settings": {"undo_ms": 5000}},
    "add_address": {"parts": HOME},
    "change_address_entry": {"parts": HOME},
    "join_shop": {"token": "none"},
}
QUERIES = {
    "checkout_choice": f"items={IDS.cream}x1",
    "seller_of": f"items={IDS.cream}x1",
}
"""What must be said with an endpoint beside its address."""


def path_of(endpoint: Endpoint, shop: Shop) -> str:
    """The address of an endpoint, with things that are there: a new order of mai's."""
    number = place(shop, (IDS.cream, 1))
    filled: dict[str, object] = {
        "number": number,
        "queue": "to-answer",
        "handle": "kopi-house",
        "shop_id": IDS.kopi_house,
        "product_id": IDS.mug,
        "address_id": IDS.home,
        "token_id": 1,
    }
    if "{photo}" in endpoint.path:
        photo = str(add_photo(shop, MAI, number, photographs.photo(), key=fresh()).answer["photo"])
        if endpoint.verb == "GET":
            send_message(shop, MAI, number, "", [photo], key=fresh())
        filled["photo"] = photo
    filled["person"] = IDS.sari if "members" in endpoint.path else IDS.mai
    path = endpoint.path.format_map(filled)
    query = QUERIES.get(endpoint.run.__name__)
    return f"{path}?{query}" if query else path


def body_of(endpoint: Endpoint) -> Any:
    """What an endpoint is sent."""
    name = endpoint.run.__name__
    return photographs.photo() if name == "add_photo" else BODIES.get(name)
