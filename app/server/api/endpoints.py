"""Endpoints: which actions and reads of the shop are offered, under what address, for which scope.

What each takes and gives follows from its signature. What is not offered stands in `not_offered`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from app.shop.actions import (
    addresses,
    answer,
    cancel,
    cancel_lines,
    change,
    charge,
    confirm,
    edit,
    erase,
    extend,
    inbox,
    invitations,
    photos,
    place,
    policy,
    rebuy,
    refund,
    request,
    ship,
    sign_in,
    talk,
)
from app.shop.actions.api_tokens import revoke_token
from app.shop.reads import addresses as address_books
from app.shop.reads import (
    api_tokens,
    audit,
    checkout,
    directory,
    erasing,
    escalations,
    evidence,
    feed,
    fixes,
    importing,
    insights,
    members,
    offers,
    order,
    orders,
    paying,
    people,
    policies,
    product,
    queue,
    reasons,
    requests,
    search,
    selling,
    sign_ins,
)
from app.shop.reads import inbox as inboxes
from app.shop.reads import policy as rules
from app.shop.reads import rebuy as rebuying
from app.shop.reads import talk as talks
from app.shop.rules.accounts import Scope


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A `run` of the shop at an address, for tokens of a `scope`."""

    verb: str
    path: str
    run: Callable[..., Any]
    scope: Scope
    further: Callable[[Any], Any] | None = None
    """Where the page after an answer begins, None where none is; where a page is full, it is asked."""
    named: str = ""
    """What an action is called that answers with one word, not with `Done`."""


def _last(key: str) -> Callable[[Any], Any]:
    return lambda page: attrgetter(key)(page[-1])


_end = attrgetter("end")
S = Scope
_ORDER = "/orders/{number}"

READS = (
    Endpoint("GET", "/orders", orders.orders_of, S.ORDERS_READ, _last("number")),
    Endpoint("GET", "/orders/counts", orders.tab_counts, S.ORDERS_READ),
    Endpoint("GET", "/orders/search", search.search_orders, S.ORDERS_READ, _end),
    Endpoint("GET", "/orders/unread", talks.unread_threads, S.ORDERS_READ),
    Endpoint("GET", _ORDER, order.order_details, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/cancel", order.cancel_choice, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/rebuy", rebuying.rebuy_choice, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/fix", fixes.fix_choice, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/payment", paying.paying, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/request", requests.request_panel, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/evidence", evidence.evidence, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/messages", talks.conversation, S.ORDERS_READ),
    Endpoint("GET", f"{_ORDER}/offer", offers.offer_choice, S.SELLER_READ),
    Endpoint("GET", f"{_ORDER}/asked-before", offers.asked_before, S.SELLER_READ),
    Endpoint("GET", "/photos/{photo}", talks.photo, S.ORDERS_READ),
    Endpoint("GET", "/feed", feed.feed, S.GOODS_READ, _end),
    Endpoint("GET", "/aisles", feed.aisles, S.GOODS_READ),
    Endpoint("GET", "/products/{product_id}", product.product_details, S.GOODS_READ),
    Endpoint("GET", "/checkout", checkout.checkout_choice, S.GOODS_READ),
    Endpoint("GET", "/checkout/seller", selling.seller_of, S.GOODS_READ),
    Endpoint("GET", "/policy", rules.policy_for, S.GOODS_READ),
    Endpoint("GET", "/me", people.profile_of, S.ACCOUNT_READ),
    Endpoint("GET", "/me/addresses", address_books.address_book, S.ACCOUNT_READ),
    Endpoint("GET", "/me/erasure", erasing.ahead_of_erasing, S.ACCOUNT_READ),
    Endpoint("GET", "/me/sign-ins", sign_ins.sign_ins, S.ACCOUNT_READ),
    Endpoint("GET", "/me/tokens", api_tokens.tokens_of, S.ACCOUNT_READ),
    Endpoint("GET", "/me/may-import", importing.may_import, S.ACCOUNT_READ),
    Endpoint("GET", "/me/shops", members.members, S.ACCOUNT_READ),
    Endpoint("GET", "/invitations/{token}", members.invitation, S.ACCOUNT_READ),
    Endpoint("GET", "/notices", inboxes.notices, S.ACCOUNT_READ, _last("key")),
    Endpoint("GET", "/notices/unread", inboxes.unread, S.ACCOUNT_READ),
    Endpoint("GET", "/queue/{queue}", queue.tasks_of, S.SELLER_READ, _end),
    Endpoint("GET", "/queue", queue.queue_counts, S.SELLER_READ),
    Endpoint("GET", "/queue-waiting", queue.waiting, S.SELLER_READ),
    Endpoint("GET", "/shops/{handle}/insights", insights.insights, S.SELLER_READ),
    Endpoint("GET", "/policies/open", policies.open_policy, S.SELLER_READ),
    Endpoint("GET", "/policies/edits", policies.policy_edits, S.SELLER_READ, _last("n")),
    Endpoint("GET", "/policies", policies.policy_shops, S.PLATFORM_READ),
    Endpoint("GET", "/people", directory.directory, S.PLATFORM_READ),
    Endpoint("GET", "/escalations", escalations.escalations, S.PLATFORM_READ, _end),
    Endpoint("GET", "/escalations/count", escalations.to_decide, S.PLATFORM_READ),
    Endpoint("GET", "/audit", audit.audit_trail, S.PLATFORM_READ, _end),
    Endpoint("GET", "/reports/reasons", reasons.reasons_report, S.PLATFORM_READ),
)

ACTIONS = (
    Endpoint("POST", "/orders", place.place_order, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/cancel", cancel.cancel_order, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/cancel-lines", cancel_lines.cancel_lines, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/rebuy", rebuy.cancel_and_rebuy, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/begin-payment", charge.begin_payment, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/charge", charge.charge, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/extend", extend.extend_pay_by, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/change-variant", edit.change_variant, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/change-vouchers", edit.change_vouchers, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/change-address", edit.change_address, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/change-method", edit.change_payment_method, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/ask-to-cancel", request.ask_to_cancel, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/ask-to-change", change.ask_to_change, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/withdraw", request.withdraw, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/escalate", request.escalate, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/confirm-cancel", confirm.confirm_cancel, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/accept-offer", confirm.accept_offer, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/refuse-offer", confirm.refuse_offer, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/deliver", ship.deliver, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/complete", ship.complete, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/messages", talk.send_message, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/messages/read", talk.mark_thread_read, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/photos", photos.add_photo, S.ORDERS_WRITE),
    Endpoint("DELETE", f"{_ORDER}/photos/{{photo}}", photos.drop_photo, S.ORDERS_WRITE),
    Endpoint("POST", f"{_ORDER}/list-option", answer.list_option, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/cancel-and-refund", answer.cancel_and_refund, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/offer", answer.offer_change, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/accept-change", change.accept_change, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/decline", answer.decline, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/arrange-shipment", ship.arrange_shipment, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/hand-over", ship.hand_over, S.SELLER_WRITE),
    Endpoint("POST", "/policies/{shop_id}", policy.set_policy, S.SELLER_WRITE),
    Endpoint("POST", f"{_ORDER}/overrule", answer.overrule, S.PLATFORM_WRITE),
    Endpoint("POST", f"{_ORDER}/uphold", answer.uphold, S.PLATFORM_WRITE),
    Endpoint("POST", f"{_ORDER}/retry-refund", refund.retry_refund, S.PLATFORM_WRITE),
    Endpoint("POST", "/me/addresses", addresses.add_address, S.ACCOUNT_WRITE),
    Endpoint("PUT", "/me/addresses/{address_id}", addresses.change_address_entry, S.ACCOUNT_WRITE),
    Endpoint("DELETE", "/me/addresses/{address_id}", addresses.remove_address, S.ACCOUNT_WRITE),
    Endpoint("POST", "/me/addresses/{address_id}/prefer", addresses.prefer_address, S.ACCOUNT_WRITE),
    Endpoint("POST", "/notices/read", inbox.mark_read, S.ACCOUNT_WRITE),
    Endpoint("DELETE", "/me/sign-ins", sign_in.sign_out_elsewhere, S.ACCOUNT_WRITE),
    Endpoint("DELETE", "/me/sign-ins/{number}", sign_in.sign_out, S.ACCOUNT_WRITE),
    Endpoint("DELETE", "/me/tokens/{token_id}", revoke_token, S.ACCOUNT_WRITE),
    Endpoint(
        "POST", "/shops/{shop_id}/invitations", invitations.invite_member, S.PEOPLE_WRITE, named="token"
    ),
    Endpoint(
        "DELETE",
        "/shops/{shop_id}/invitations/{invitation}",
        invitations.revoke_invitation,
        S.PEOPLE_WRITE,
    ),
    Endpoint("POST", "/invitations", invitations.join_shop, S.PEOPLE_WRITE),
    Endpoint("DELETE", "/shops/{shop_id}/members/{person}", invitations.remove_member, S.PEOPLE_WRITE),
    Endpoint("DELETE", "/people/{person}", erase.erase_person, S.PEOPLE_WRITE),
)
