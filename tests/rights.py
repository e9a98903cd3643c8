"""Everything a shop can be asked, found by looking; and what each thing is asked with, of what is mai's."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import app.shop
from app.shop import tables as t
from app.shop.actions.accounts import change_password, give_password, sign_up
from app.shop.actions.addresses import add_address
from app.shop.actions.answer import decline
from app.shop.actions.api_tokens import make_token
from app.shop.actions.invitations import invite_member
from app.shop.actions.pay import Answered, Outcome, pay
from app.shop.actions.photos import add_photo
from app.shop.actions.request import escalate
from app.shop.actions.sign_in import sign_in
from app.shop.actions.talk import send_message
from app.shop.hooks.addresses import add_hook
from app.shop.hooks.sources import add_source
from app.shop.rules.accounts import Scope
from app.shop.rules.addresses import Parts
from app.shop.rules.changes import Change, ChangeKind
from app.shop.rules.clocks import Method
from app.shop.rules.errors import ShopError
from app.shop.rules.requests import Queue
from app.shop.shop import SYSTEM, Actor, Shop
from app.shop.tokens import token_digest
from tests.actions.steps import MAI, NOTE, SARI, ask, fresh, place
from tests.people import Stocked, put
from tests.photographs import photo

IDS = Stocked()
TEA_HOUSE = 13
"""A shop of sari's that is not there without what happened."""
PARTS = Parts("Home", "Linh", "+84 90 123 45 67", "Street 1", "Huế", country="VN")
PASSWORD = "seven rivers run"

Call = Callable[..., Any]


def asked_of_a_shop() -> Iterator[tuple[str, Call]]:
    """Every public function of `app.shop` that is given a shop, by name."""
    for module in pkgutil.walk_packages(app.shop.__path__, "app.shop."):
        if ".migrations" in module.name:
            continue
        for name, one in vars(importlib.import_module(module.name)).items():
            here = inspect.isfunction(one) and one.__module__ == module.name and not name.startswith("_")
            if here and _given(one)[:1] == ["Shop"]:
                yield name, one


def _given(call: Call) -> list[str]:
    """The types of what it is given, as far as they have a name."""
    taken = inspect.signature(call).parameters.values()
    return [getattr(one.annotation, "__name__", str(one.annotation)) for one in taken]


EVERYTHING = tuple(asked_of_a_shop())
BY_SOMEBODY = {name: call for name, call in EVERYTHING if _given(call)[1:2] == ["Actor"]}
"""What is asked by somebody: who that is decides."""
BY_NOBODY = {name: call for name, call in EVERYTHING if name not in BY_SOMEBODY}


@dataclass(frozen=True, slots=True)
class Story:
    """What happened to mai, and to a shop of sari's: the numbers and names that strangers may not learn."""

    number: int
    """An unpaid order."""
    escalated: int
    """A paid one, which the platform is to decide about."""
    photo: str
    address: int
    linh: int
    """A person the platform knows."""
    sign_in: int
    token: str
    """Of an invitation to the tea house."""
    api_token: int
    hook: int
    source: int


def tell(shop: Shop) -> Story:
    """Have it happen in a stocked shop."""
    with shop.change() as work:
        tea = t.Shop(id=TEA_HOUSE, handle="tea-house", name="Tea House", time_zone="UTC", joined_at=work.now)
        put(work, t.Handle(handle="tea-house"), tea, t.Member(shop_id=TEA_HOUSE, person_id=IDS.sari))
    items = ((IDS.cream, 1), (IDS.navy, 1))
    number = place(shop, *items, address_id=IDS.home)
    taken = add_photo(shop, MAI, number, photo(), key="photo").answer["photo"]
    send_message(shop, MAI, number, "Words of mai's", [taken], key="words")
    escalated = _in_dispute(shop)
    _asked(shop)
    address = add_address(shop, MAI, PARTS, key="address").answer["address"]
    given = give_password(shop, SYSTEM, IDS.mai).password
    change_password(shop, MAI, given, PASSWORD, address="-")
    signed = sign_in(shop, "mai", PASSWORD, address="-", device="Phone")
    linh = sign_up(shop, "linh", PASSWORD, address="-").id
    token = invite_member(shop, SARI, TEA_HOUSE)
    api_token = make_token(shop, MAI, "Shop system", (Scope.ORDERS_READ,)).id
    hook = add_hook(shop, SARI, "tea-house", "https://tea.example/hook").id
    source = add_source(shop, SARI, "tea-house").id
    return Story(number, escalated, taken, int(address), linh, signed.sign_in, token, api_token, hook, source)


def _asked(shop: Shop) -> int:
    number = place(shop, (IDS.cream, 1))
    pay(shop, MAI, number, key=fresh())
    ask(shop, number)
    return number


def _in_dispute(shop: Shop) -> int:
    number = _asked(shop)
    decline(shop, SARI, number, "SR_PACKED", NOTE, key="decline")
    escalate(shop, MAI, number, NOTE, key="escalate")
    return number


_CHANGE = Change(ChangeKind.ADDRESS, address_id=IDS.office)
_WITH: dict[str, Callable[[Story], tuple[Any, ...]]] = {
    "add_address": lambda _: (PARTS,),
    "add_photo": lambda one: (one.number, b"no photo"),
    "add_hook": lambda _: ("tea-house", "https://tea.example/another"),
    "add_source": lambda _: ("tea-house",),
    "advance_refund": lambda one: (one.number, 1),
    "ask_to_cancel": lambda one: (one.number, "BP_MISTAKE"),
    "ask_to_change": lambda one: (one.number, _CHANGE),
    "asked_about": lambda one: (str(one.number),),
    "cancel_and_rebuy": lambda one: (one.number, ((IDS.forest, 1),)),
    "cancel_and_refund": lambda one: (one.number, "SP_OTHER", NOTE),
    "cancel_lines": lambda one: (one.number, (1,), "BU_MISTAKE"),
    "cancel_order": lambda one: (one.number, "BU_MISTAKE"),
    "change_address": lambda one: (one.number, IDS.office),
    "change_address_entry": lambda one: (one.address, PARTS),
    "change_password": lambda _: ("wrong", "nine lakes rest"),
    "change_payment_method": lambda one: (one.number, Method.WALLET),
    "change_variant": lambda one: (one.number, 1, IDS.forest),
    "change_vouchers": lambda one: (one.number, ("KOPI10",)),
    "checkout_choice": lambda _: (((IDS.white, 1),),),
    "decline": lambda one: (one.number, "SR_PACKED", NOTE),
    "drop_photo": lambda one: (one.number, "0" * 32),
    "erase_person": lambda _: (IDS.mai,),
    "failed_deliveries": lambda _: ("tea-house",),
    "give_password": lambda one: (one.linh,),
    "hooks_of": lambda _: ("tea-house",),
    "insights": lambda _: ("tea-house",),
    "invitation": lambda one: (one.token,),
    "invite_member": lambda _: (TEA_HOUSE,),
    "join_shop": lambda one: (one.token,),
    "late_payment": lambda one: (one.number, 85_000),
    "list_option": lambda one: (one.number, "SP_OTHER", NOTE),
    "lose": lambda one: (one.number, "SY_LOST"),
    "make_token": lambda _: ("Shop system", (Scope.ORDERS_READ,)),
    "mark_read": lambda _: (),
    "mark_thread_read": lambda one: (one.number, 0),
    "offer_change": lambda one: (one.number, _CHANGE),
    "open_account": lambda _: ("tran",),
    "open_policy": lambda _: ("tea-house",),
    "overrule": lambda one: (one.number, "OP_RISK", NOTE),
    "pay_difference": lambda one: (one.number, Outcome.CAPTURED, Answered(9)),
    "photo": lambda one: (one.photo,),
    "place_order": lambda _: (((IDS.white, 1),), Method.CARD),
    "policy_edits": lambda _: ("tea-house",),
    "prefer_address": lambda one: (one.address,),
    "product_details": lambda _: (IDS.shirt,),
    "remove_address": lambda one: (one.address,),
    "remove_hook": lambda one: (one.hook,),
    "remove_member": lambda _: (TEA_HOUSE, IDS.sari),
    "remove_source": lambda one: (one.source,),
    "resend_failed": lambda one: (one.hook,),
    "revoke_invitation": lambda one: (TEA_HOUSE, token_digest(one.token)),
    "revoke_token": lambda one: (one.api_token,),
    "search_orders": lambda one: (str(one.number),),
    "seller_of": lambda _: (((IDS.white, 1),),),
    "send_message": lambda one: (one.number, "hello"),
    "set_policy": lambda _: (TEA_HOUSE, {"request_attempts": 1}),
    "sources_of": lambda _: ("tea-house",),
    "sign_out": lambda one: (one.sign_in,),
    "take_in_as": lambda _: ((),),
    "take_out": lambda _: (IDS.mai,),
    "tasks_of": lambda _: (Queue.TO_ANSWER,),
    "uphold": lambda one: (one.number, "SR_PACKED", NOTE),
}
"""What is asked with, where that is more than the number of the order."""
_OPTIONS: dict[str, dict[str, Any]] = {
    "cancel_and_rebuy": {"method": Method.CARD, "reason": "BU_MISTAKE"},
    "change_password": {"address": "-"},
}


def outcome(shop: Shop, what: str, actor: Actor, story: Story, key: str) -> tuple[str, str]:
    """How it ends where `actor` asks for `what`: the code of the refusal or none, and all they are told."""
    call = BY_SOMEBODY[what]
    takes = inspect.signature(call).parameters
    given = _WITH[what](story) if what in _WITH else (story.number,) if "number" in takes else ()
    options = _OPTIONS.get(what, {}) | ({"key": key} if "key" in takes else {})
    try:
        told = call(shop, actor, *given, **options)
        told = list(told) if inspect.isgenerator(told) else told
    except ShopError as refused:
        return refused.code, said(refused.facts, story)
    return "", said(told, story)


_NEW = re.compile(r"\d{9,}|(?<=')[\w-]{43}(?=')")


def said(told: object, story: Story) -> str:
    """What was told, in words, without numbers and tokens that are made anew, but for those of mai's."""
    text = repr(told)
    for name, secret in _secrets(story):
        text = text.replace(secret, name)
    return _NEW.sub("#", text)


def _secrets(story: Story) -> Iterator[tuple[str, str]]:
    for name in story.__dataclass_fields__:
        yield name, str(getattr(story, name))


def writes(what: str) -> bool:
    """Whether it does something, as opposed to a read."""
    return BY_SOMEBODY[what].__module__.startswith(("app.shop.actions", "app.shop.files", "app.shop.hooks"))
