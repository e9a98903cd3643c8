"""Who may do and see what: the one place that decides it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import MOVES, Action, Role
from app.shop.rules.requests import REQUEST_MOVES, RequestAction
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop

_PARTIES = frozenset({Role.BUYER, Role.SELLER, Role.OPERATOR})
_NOT_PEOPLE = {SYSTEM: Role.SYSTEM, GATEWAY: Role.GATEWAY, CARRIER: Role.CARRIER}
_PRECEDENCE = (Role.BUYER, Role.SELLER, Role.OPERATOR, Role.SYSTEM, Role.GATEWAY, Role.CARRIER)

P = ParamSpec("P")
T = TypeVar("T")

GRANTS: dict[str, frozenset[Role]] = {
    **{str(action): frozenset(role for a, _, role in MOVES if a is action) for action in Action},
    **{str(one): frozenset(role for a, _, role in REQUEST_MOVES if a is one) for one in RequestAction},
    "order_details": _PARTIES,
    "cancel_choice": _PARTIES,
    "paying": frozenset({Role.BUYER}),
    "rebuy_choice": frozenset({Role.BUYER}),
    "request_panel": _PARTIES,
    "evidence": _PARTIES,
    "conversation": _PARTIES,
    "send_message": _PARTIES,
    "mark_thread_read": _PARTIES,
    "add_photo": _PARTIES,
    "drop_photo": _PARTIES,
    "fix_choice": frozenset({Role.BUYER}),
    "offer_choice": frozenset({Role.SELLER}),
    "asked_before": frozenset({Role.SELLER, Role.OPERATOR}),
}
"""Which roles may do an action to an order, or read it; the machine decides the rest by state."""


def roles_of(actor: Actor, buyer_id: int, *, member: bool, staff: bool) -> frozenset[Role]:
    """What `actor` is to an order: `member` of its shop, `staff` of the platform, its buyer, or no person."""
    if actor in _NOT_PEOPLE:
        return frozenset({_NOT_PEOPLE[actor]})
    held = {Role.BUYER: actor.id == buyer_id, Role.SELLER: member, Role.OPERATOR: staff}
    return frozenset(role for role, holds in held.items() if holds)


def authorise(what: str, roles: frozenset[Role], number: int | str) -> Role:
    """The role in which `what` is done to order `number`.

    Raises NotFound for someone who is nothing to the order (whether it exists is not theirs to know), and
    Refused where none of their roles may do it.
    """
    if not roles:
        raise NotFound("no_such_order", {"number": str(number)})
    role = next((role for role in _PRECEDENCE if role in roles and role in GRANTS[what]), None)
    if role is None:
        raise Refused("role_may_not", {"number": str(number), "action": what})
    return role


def authorise_platform(actor: Actor, *, staff: bool) -> None:
    """Let the platform's staff, and the system itself, see and do what is the platform's.

    Raises NotFound for anyone else: that there is such a thing is not theirs to know.
    """
    if not (staff or actor == SYSTEM):
        raise NotFound("missing")


def authorise_own(actor: Actor) -> None:
    """Let a person have what is theirs alone; raises NotFound for those who are no people, and for nobody."""
    if actor.id <= 0:
        raise NotFound("missing")


def authorise_policy(actor: Actor, *, of_platform: bool, member: bool, staff: bool) -> None:
    """Let staff see and set any policy, and a `member` that of their own shop; raises NotFound."""
    authorise_platform(actor, staff=staff or (member and not of_platform))


def authorise_hooks(actor: Actor, *, of_platform: bool, member: bool, staff: bool) -> None:
    """Let staff connect any shop and the platform with other systems, and a `member` their own shop.

    Raises NotFound for others.
    """
    authorise_platform(actor, staff=staff or (member and not of_platform))


def see_into(shop: str, *, member: bool, staff: bool) -> None:
    """Let `member`s of a shop and the platform's `staff` see what it does; raises NotFound for others."""
    if not (member or staff):
        raise NotFound("no_such_shop", {"handle": shop})


def authorise_import(actor: Actor, *, member: bool, staff: bool, governed: bool) -> None:
    """Let `member`s of shops and the platform's staff bring orders in, for others are meant by them too.

    A store that nobody answers for, which is not `governed`, is the person's own. Raises Refused.
    """
    if governed and not (member or staff or actor == SYSTEM):
        raise Refused("import_not_yours")


def authorise_erasure(actor: Actor, person: int, *, staff: bool) -> None:
    """Let a person erase themself, and `staff` and the system anyone; raises NotFound for others."""
    if actor.id != person:
        authorise_platform(actor, staff=staff)


def for_owner(run: Callable[Concatenate[Shop, P], T]) -> Callable[Concatenate[Shop, P], T]:
    """What is done or seen for no person, by who has the store itself: at a shell, or on their own device.

    It raises NotFound where the store is served to many, whoever asks.
    """

    @wraps(run)
    def owned(shop: Shop, *args: P.args, **kwargs: P.kwargs) -> T:
        if shop.served:
            raise NotFound("missing")
        return run(shop, *args, **kwargs)

    return cast("Callable[Concatenate[Shop, P], T]", owned)
