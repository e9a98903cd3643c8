"""Who may do what over HTTP: every endpoint, for everybody, on what is their own and what is others'."""

from pathlib import Path

import pytest

from app.server.api.endpoints import ACTIONS, READS
from app.shop.rules.accounts import Scope
from app.shop.shop import Actor, Shop
from tests.actions.steps import BUDI, MAI, OPS, SARI, TUAN, fresh
from tests.people import stock
from tests.server.examples import body_of, path_of
from tests.server.programs import Answer, Programs, programs

# y: may; n: is something to it, but may not; -: does not learn of it. It is mai's, or kopi-house's.
MATRIX = """
                        other-buyer  other-seller  seller  staff  buyer
orders_of               y            y             y       y      y
tab_counts              y            y             y       y      y
search_orders           y            y             y       y      y
unread_threads          y            y             y       y      y
order_details           -            -             y       y      y
cancel_choice           -            -             y       y      y
rebuy_choice            -            -             n       n      y
fix_choice              -            -             n       n      y
paying                  -            -             n       n      y
request_panel           -            -             y       y      y
evidence                -            -             y       y      y
conversation            -            -             y       y      y
offer_choice            -            -             y       n      n
asked_before            -            -             y       y      n
photo                   -            -             y       y      y
feed                    y            y             y       y      y
aisles                  y            y             y       y      y
product_details         y            y             y       y      y
checkout_choice         y            y             y       y      y
seller_of               y            y             y       y      y
policy_for              y            y             y       y      y
profile_of              y            y             y       y      y
address_book            y            y             y       y      y
ahead_of_erasing        y            y             y       y      y
sign_ins                y            y             y       y      y
tokens_of               y            y             y       y      y
may_import              n            y             y       y      n
members                 y            y             y       y      y
invitation              y            y             y       y      y
notices                 y            y             y       y      y
unread                  y            y             y       y      y
tasks_of                y            y             y       y      y
queue_counts            y            y             y       y      y
waiting                 y            y             y       y      y
insights                -            -             y       y      -
open_policy             -            -             y       y      -
policy_edits            -            -             y       y      -
policy_shops            -            -             -       y      -
directory               -            -             -       y      -
escalations             -            -             -       y      -
to_decide               -            -             -       y      -
audit_trail             -            -             -       y      -
reasons_report          -            -             -       y      -
place_order             y            y             y       y      y
cancel_order            -            -             y       y      y
cancel_lines            -            -             y       n      y
cancel_and_rebuy        -            -             n       n      y
begin_payment           -            -             n       n      y
charge                  -            -             n       n      y
extend_pay_by           -            -             n       n      y
change_variant          -            -             n       n      y
change_vouchers         -            -             n       n      y
change_address          -            -             n       n      y
change_payment_method   -            -             n       n      y
ask_to_cancel           -            -             n       n      y
ask_to_change           -            -             n       n      y
withdraw                -            -             n       n      y
escalate                -            -             n       n      y
confirm_cancel          -            -             n       n      y
accept_offer            -            -             n       n      y
refuse_offer            -            -             n       n      y
deliver                 -            -             n       n      y
complete                -            -             n       n      y
send_message            -            -             y       y      y
mark_thread_read        -            -             y       y      y
add_photo               -            -             y       y      y
drop_photo              -            -             -       -      y
list_option             -            -             y       n      n
cancel_and_refund       -            -             y       n      n
offer_change            -            -             y       n      n
accept_change           -            -             y       n      n
decline                 -            -             y       n      n
arrange_shipment        -            -             y       n      n
hand_over               -            -             y       n      n
set_policy              -            -             y       y      -
overrule                -            -             n       y      n
uphold                  -            -             n       y      n
retry_refund            -            -             n       y      n
add_address             y            y             y       y      y
change_address_entry    -            -             -       -      y
remove_address          -            -             -       -      y
prefer_address          -            -             -       -      y
mark_read               y            y             y       y      y
sign_out_elsewhere      y            y             y       y      y
sign_out                -            -             -       -      y
revoke_token            -            -             -       -      y
invite_member           -            -             y       y      -
revoke_invitation       -            -             y       y      -
join_shop               y            y             y       y      y
remove_member           -            -             y       y      -
erase_person            -            -             -       y      y
"""
WHO = {"other-buyer": BUDI, "other-seller": TUAN, "seller": SARI, "staff": OPS, "buyer": MAI}
ENDPOINTS = {one.run.__name__: one for one in (*READS, *ACTIONS)}
ROWS = {name: letters for name, *letters in map(str.split, MATRIX.strip().splitlines()[1:])}
SAID = {403: "n", 404: "-"}


async def call(
    served: Programs, name: str, path: str, who: Actor | str | None, *, key: str | None = None
) -> Answer:
    """Ask for an endpoint with what it wants to know."""
    body = body_of(ENDPOINTS[name], served.shop)
    kind = {"content_type": "image/jpeg"} if isinstance(body, bytes) else {}
    return await served.ask(ENDPOINTS[name].verb, path, who, body, key=key or fresh(), **kind)


def test_every_endpoint_has_its_row() -> None:
    assert list(ROWS) == list(ENDPOINTS)
    assert MATRIX.split()[: len(WHO)] == list(WHO)


@pytest.mark.parametrize("name", ENDPOINTS)
async def test_everybody_may_what_the_matrix_says(name: str, sqlite_shop: Shop, tmp_path: Path) -> None:
    stock(sqlite_shop)
    with programs(sqlite_shop, tmp_path) as served:
        told = []
        for who in WHO.values():  # of something new each time: what was done is not there to be done again
            path = path_of(ENDPOINTS[name], sqlite_shop)
            told.append(await call(served, name, path, who))
        # What comes of it the state says: done, not now, or not like that.
        assert {one.status for one in told} <= {200, 403, 404, 409, 422}
        assert [SAID.get(one.status, "y") for one in told] == ROWS[name], [one.body for one in told]
        # No token, one that is none, and one for everything but this.
        others = served.token(MAI, set(Scope) - {ENDPOINTS[name].scope})
        refused = [await call(served, name, path, who) for who in (None, "none", others)]
        assert [(one.status, one.code) for one in refused] == [
            (401, "token_missing"),
            (401, "token_unusable"),
            (403, "scope_missing"),
        ]
