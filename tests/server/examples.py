"""Examples: what each endpoint is asked with, about things of mai's and of kopi-house."""

from typing import Any

from app.server.api.endpoints import Endpoint
from app.shop import tables as t
from app.shop.actions.api_tokens import make_token
from app.shop.actions.charge import begin_payment
from app.shop.actions.invitations import invite_member
from app.shop.actions.photos import add_photo
from app.shop.actions.talk import send_message
from app.shop.rules.accounts import Scope
from app.shop.shop import Shop
from app.shop.tokens import token_digest
from tests import photographs
from tests.actions.steps import IDS, MAI, NOTE, SARI, TUAN, fresh, place, rows
from tests.people import put

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
}
QUERIES = {
    "checkout_choice": f"items={IDS.cream}x1",
    "seller_of": f"items={IDS.cream}x1",
    "open_policy": "handle=kopi-house",
    "policy_edits": "handle=kopi-house",
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
        "token_id": make_token(shop, MAI, "", [Scope.GOODS_READ]).id,
    }
    if "{token}" in endpoint.path:
        filled["token"] = invite_member(shop, TUAN, IDS.linen_lab)
    if "{invitation}" in endpoint.path:
        filled["invitation"] = token_digest(invite_member(shop, SARI, IDS.kopi_house))
    if "sign-ins/" in endpoint.path:
        filled["number"] = _signed_in(shop)
    if "{photo}" in endpoint.path:
        photo = str(add_photo(shop, MAI, number, photographs.photo(), key=fresh()).answer["photo"])
        if endpoint.verb == "GET":
            send_message(shop, MAI, number, "", [photo], key=fresh())
        filled["photo"] = photo
    if "people/" in endpoint.path:
        begin_payment(shop, MAI, number, key=fresh())  # so that nobody is gone before all have asked
    filled["person"] = IDS.sari if "members" in endpoint.path else IDS.mai
    path = endpoint.path.format_map(filled)
    query = QUERIES.get(endpoint.run.__name__)
    return f"{path}?{query}" if query else path


def _signed_in(shop: Shop) -> int:
    ((before,),) = rows(shop, "SELECT count(*) FROM accounts WHERE person_id = :mai", mai=IDS.mai)
    ((last,),) = rows(shop, "SELECT coalesce(max(id), 0) FROM sign_ins")
    with shop.change() as work:
        if not before:
            put(work, t.Account(person_id=IDS.mai, password="none", set_at=work.now))
        at: dict[str, Any] = dict.fromkeys(("token_at", "begun_at", "seen_at"), work.now)
        put(work, t.SignIn(id=last + 1, person_id=IDS.mai, token=f"none-{last}", device="", **at))
    return int(last) + 1


def body_of(endpoint: Endpoint, shop: Shop) -> Any:
    """What an endpoint is sent, None where that is nothing."""
    match endpoint.run.__name__:
        case "add_photo":
            return photographs.photo()
        case "join_shop":
            return {"token": invite_member(shop, TUAN, IDS.linen_lab)}
        case name:
            return BODIES.get(name)
