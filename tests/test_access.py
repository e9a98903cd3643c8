"""Who may do and see what: everything that a shop can be asked, by everybody, about what is mai's.

Two stores are alike but for what happened to mai, and to a shop of sari's. Who is answered the same from both
learns nothing of it.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.shop.access import GRANTS, authorise, roles_of
from app.shop.actions import cancel, place
from app.shop.reads import order
from app.shop.rules.clocks import Method
from app.shop.rules.errors import NotFound, Refused
from app.shop.rules.orders import Role
from app.shop.shop import CARRIER, GATEWAY, SYSTEM, Actor, Shop
from app.shop.store import open_shop
from tests.actions.steps import everything
from tests.conftest import Clock
from tests.people import Stocked, stock
from tests.postgres import Postgres
from tests.rights import BY_NOBODY, BY_SOMEBODY, EVERYTHING, Story, outcome, tell, writes
from tests.test_shape import MODULES, imports

# y: may, and is told; n: is something to the order, but may not; -: is refused, and learns nothing of it;
# o: does and sees what is their own or everybody's, and learns nothing of it
MATRIX = """
                        buyer  other-buyer  seller  other-seller  staff  nobody  system  gateway  carrier
accept_change           n      -            y       -             n      -       n       n        n
accept_offer            y      -            n       -             n      -       n       n        n
add_address             o      o            o       o             o      -       -       -        -
add_hook                -      -            y       -             y      -       y       -        -
add_photo               y      -            y       -             y      -       n       n        n
add_source              -      -            y       -             y      -       y       -        -
address_book            y      o            o       o             o      o       o       o        o
advance_refund          n      -            n       -             n      -       y       n        n
ahead_of_erasing        y      o            o       o             o      o       o       o        o
aisles                  y      o            o       o             o      o       o       o        o
arrange_shipment        n      -            y       -             n      -       n       n        n
ask_to_cancel           y      -            n       -             n      -       n       n        n
ask_to_change           y      -            n       -             n      -       n       n        n
asked_about             -      -            -       -             y      -       y       -        -
asked_before            n      -            y       -             y      -       n       n        n
audit_entries           -      -            -       -             y      -       y       -        -
audit_trail             -      -            -       -             y      -       y       -        -
auto_approve            n      -            n       -             n      -       y       n        n
begin_payment           y      -            n       -             n      -       n       n        n
cancel_and_rebuy        y      -            n       -             n      -       n       n        n
cancel_and_refund       n      -            y       -             n      -       n       n        n
cancel_choice           y      -            y       -             y      -       n       n        n
cancel_lines            y      -            y       -             n      -       n       n        n
cancel_order            y      -            y       -             y      -       n       n        n
change_address          y      -            n       -             n      -       n       n        n
change_address_entry    y      -            -       -             -      -       -       -        -
change_password         y      -            -       -             -      -       -       -        -
change_payment_method   y      -            n       -             n      -       n       n        n
change_variant          y      -            n       -             n      -       n       n        n
change_vouchers         y      -            n       -             n      -       n       n        n
charge                  y      -            n       -             n      -       n       n        n
checkout_choice         y      o            o       o             o      -       -       -        -
complete                y      -            n       -             n      -       y       n        n
confirm_cancel          y      -            n       -             n      -       n       n        n
conversation            y      -            y       -             y      -       n       n        n
decline                 n      -            y       -             n      -       n       n        n
deliver                 y      -            n       -             n      -       n       n        y
directory               -      -            -       -             y      -       y       -        -
drop_photo              y      -            y       -             y      -       n       n        n
erase_person            y      -            -       -             y      -       y       -        -
escalate                y      -            n       -             n      -       n       n        n
escalations             -      -            -       -             y      -       y       -        -
evidence                y      -            y       -             y      -       n       n        n
expire                  n      -            n       -             n      -       y       n        n
extend_pay_by           y      -            n       -             n      -       n       n        n
failed_deliveries       -      -            y       -             y      -       y       -        -
feed                    o      o            o       o             o      o       o       o        o
fix_choice              y      -            n       -             n      -       n       n        n
give_password           -      -            -       -             y      -       y       -        -
hand_over               n      -            y       -             n      -       n       n        y
hooks_of                -      -            y       -             y      -       y       -        -
how_much_is_mine        y      o            y       o             y      o       o       o        o
importable_shops        -      -            y       o             o      -       o       -        -
insights                -      -            y       -             y      -       -       -        -
invitation              y      y            y       y             y      -       -       -        -
invite_member           -      -            y       -             y      -       y       -        -
join_shop               y      y            y       y             y      -       -       -        -
lapse                   n      -            n       -             n      -       y       n        n
late_payment            n      -            n       -             n      -       n       y        n
list_option             n      -            y       -             n      -       n       n        n
lose                    n      -            n       -             n      -       y       n        y
make_token              y      y            y       y             y      -       -       -        -
mark_read               y      o            y       o             y      o       o       o        o
mark_thread_read        y      -            y       -             y      -       n       n        n
may_import              -      -            o       o             o      -       o       -        -
members                 o      o            y       o             o      -       -       -        -
my_data                 y      o            y       o             y      -       -       -        -
notices                 y      o            y       o             y      o       o       o        o
offer_change            n      -            y       -             n      -       n       n        n
offer_choice            n      -            y       -             n      -       n       n        n
open_account            -      -            -       -             y      -       y       -        -
open_policy             -      -            y       -             y      -       y       -        -
order_details           y      -            y       -             y      -       n       n        n
orders_of               y      o            o       o             o      o       o       o        o
overrule                n      -            n       -             y      -       n       n        n
pass_on                 n      -            n       -             n      -       y       n        n
pay                     y      -            n       -             n      -       n       y        n
pay_difference          n      -            n       -             n      -       n       y        n
paying                  y      -            n       -             n      -       n       n        n
photo                   y      -            y       -             y      -       n       n        n
place_order             o      o            o       o             o      -       -       -        -
policy_edits            -      -            y       -             y      -       y       -        -
policy_for              o      o            o       o             o      o       o       o        o
policy_shops            -      -            -       -             y      -       y       -        -
prefer_address          y      -            -       -             -      -       -       -        -
product_details         o      o            o       o             o      o       o       o        o
profile_of              y      o            y       o             o      -       -       -        -
queue_counts            o      o            y       o             o      o       o       o        o
reasons_report          -      -            -       -             y      -       y       -        -
rebuy_choice            y      -            n       -             n      -       n       n        n
refuse_offer            y      -            n       -             n      -       n       n        n
release                 n      -            n       -             n      -       y       n        n
remind                  n      -            n       -             n      -       y       n        n
remind_of_request       n      -            n       -             n      -       y       n        n
remove_address          y      -            -       -             -      -       -       -        -
remove_hook             -      -            y       -             y      -       y       -        -
remove_member           -      -            y       -             y      -       y       -        -
remove_source           -      -            y       -             y      -       y       -        -
request_panel           y      -            y       -             y      -       n       n        n
resend_failed           -      -            y       -             y      -       y       -        -
retry_refund            n      -            n       -             y      -       n       n        n
revoke_invitation       -      -            y       -             y      -       y       -        -
revoke_token            y      -            -       -             -      -       -       -        -
search_orders           y      o            o       o             o      o       o       o        o
seller_of               o      o            o       o             o      o       o       o        o
send_message            y      -            y       -             y      -       n       n        n
set_policy              -      -            y       -             y      -       y       -        -
ship_timeout            n      -            n       -             n      -       y       n        n
sign_ins                y      o            o       o             o      -       -       -        -
sign_out                y      -            -       -             -      -       -       -        -
sign_out_elsewhere      y      o            o       o             o      -       -       -        -
sources_of              -      -            y       -             y      -       y       -        -
tab_counts              y      o            o       o             o      o       o       o        o
take_in_as              -      -            o       o             o      -       o       -        -
take_out                y      -            -       -             y      -       y       -        -
tasks_of                o      o            y       o             o      o       o       o        o
to_decide               -      -            -       -             y      -       y       -        -
tokens_of               y      o            o       o             o      -       -       -        -
unread                  y      o            y       o             y      o       o       o        o
unread_threads          o      o            y       o             o      o       o       o        o
uphold                  n      -            n       -             y      -       n       n        n
waiting                 o      o            y       o             o      o       o       o        o
withdraw                y      -            n       -             n      -       n       n        n
"""
HEAD, *ROWS = MATRIX.strip("\n").splitlines()
ALLOWED = {row.split()[0]: dict(zip(HEAD.split(), row.split()[1:], strict=True)) for row in ROWS}

IDS = Stocked()
ACTORS = {
    "buyer": Actor(IDS.mai),
    "other-buyer": Actor(IDS.budi),
    "seller": Actor(IDS.sari),
    "other-seller": Actor(IDS.tuan),
    "staff": Actor(IDS.ops),
    "nobody": Actor(0),
    "system": SYSTEM,
    "gateway": GATEWAY,
    "carrier": CARRIER,
}
CALLED = {"cancel": "cancel_order", "change_voucher": "change_vouchers"}
"""What is granted under another name than it is asked for by."""

WORKS_ONCE = {"join_shop", "open_account", "remove_hook", "remove_source", "revoke_invitation"}
"""What is used up by the first who does it."""

ENTRANCE = {
    *("count_try", "push_orders", "push_payment", "resume", "show_token", "sign_in", "sign_up"),
    "source_with_secret",
}
"""What may be asked for by who is still nobody: a password, a token, or a signature decides."""
PROCESS = {
    *("apply_due", "ask_about", "ask_due", "ended", "forget_ended", "forget_erased"),
    *("beside", "go_round", "helped", "is_left", "transact"),
    *("is_signed_in", "purge", "run_due", "settle_due", "settle_waiting", "sweep", "sweep_photos"),
}
"""What a process does for itself: it tells nobody what it finds."""
OWNER = {
    *("accounts", "all_orders", "all_refunds", "all_requests", "an_operator", "begin_practice", "buyer_of"),
    *("check", "default_account", "erase_again", "export_orders", "fill", "find_number", "first_account"),
    *("look_into", "pack", "packed", "replace"),
    *("member_for", "person_by_handle", "practice_in", "take_in"),
}
"""What is for who has the store itself."""


def test_everything_a_shop_can_be_asked_stands_in_one_list() -> None:
    names = [name for name, _ in EVERYTHING]
    assert {name for name in names if names.count(name) > 1} <= PROCESS
    assert set(ALLOWED) == set(BY_SOMEBODY)
    assert set(BY_NOBODY) == ENTRANCE | PROCESS | OWNER
    assert {CALLED.get(what, what) for what in GRANTS} <= set(ALLOWED)


def test_a_window_does_nothing_that_is_its_processs() -> None:
    names = {
        name.rpartition(".")[2]
        for module, path in MODULES.items()
        if module.startswith("app.ui")
        for name in imports(path)
    }
    assert names & PROCESS == {"is_signed_in"}  # of its own sign-in


@dataclass(frozen=True, slots=True)
class Pair:
    """A served store in which it happened, and one in which it did not."""

    happened: Shop
    not_happened: Shop
    story: Story

    def verdict(self, what: str, who: str) -> str:
        """What the table has to say."""
        code, told = outcome(self.happened, what, ACTORS[who], self.story, who)
        if code == "role_may_not":
            return "n"
        if (code, told) != outcome(self.not_happened, what, ACTORS[who], self.story, who):
            return "y"
        return "-" if code else "o"


@contextmanager
def opened(urls: tuple[str, str], story: Story, photos: Path) -> Iterator[Pair]:
    """The two stores, as a server opens them; photos of a store on a server are in that folder."""
    with ExitStack() as stack:
        as_served = (open_shop(url, now=Clock(), photos=photos, served=True) for url in urls)
        happened, not_happened = (stack.enter_context(closing(shop)) for shop in as_served)
        yield Pair(happened, not_happened, story)


def told_in(urls: tuple[str, str], photos: Path) -> Story:
    """Stock both stores, and have it happen in the first."""
    for url in urls:
        with closing(open_shop(url, now=Clock())) as shop:
            stock(shop)
    with closing(open_shop(urls[0], now=Clock(), photos=photos)) as shop:
        return tell(shop)


FILES = ("happened.db", "not-happened.db")


def addresses(folder: Path) -> tuple[str, str]:
    """Where the two stores are in a folder."""
    first, second = (f"sqlite:///{folder / name}" for name in FILES)
    return first, second


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> tuple[Path, Story]:
    """A folder with the two stores, to be copied."""
    folder = tmp_path_factory.mktemp("rights")
    for name in FILES:
        shutil.copy(empty_store, folder / name)
    return folder, told_in(addresses(folder), folder)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def shared(request: pytest.FixtureRequest) -> Iterator[Pair]:
    """The two stores on each database, for all that leaves them as they are."""
    if request.param == "sqlite":
        folder, story = request.getfixturevalue("made")
        with opened(addresses(folder), story, folder) as pair:
            yield pair
        return
    server: Postgres = request.getfixturevalue("postgres")
    folder = request.getfixturevalue("tmp_path_factory").mktemp("photos")
    with (
        server.database("happened", template="prepared") as first,
        server.database("not_happened", template="prepared") as second,
        opened((first, second), told_in((first, second), folder), folder) as pair,
    ):
        yield pair


@pytest.mark.parametrize("what", ALLOWED)
def test_who_may_not_learns_nothing_and_changes_nothing(shared: Pair, what: str) -> None:
    refused = [who for who, may in ALLOWED[what].items() if may in "n-"]
    before = everything(shared.happened) if writes(what) and refused else {}
    assert {who: shared.verdict(what, who) for who in refused} == {who: ALLOWED[what][who] for who in refused}
    assert before == {} or everything(shared.happened) == before


@pytest.mark.parametrize("what", [what for what in ALLOWED if not writes(what)])
def test_who_may_see_it_is_told(shared: Pair, what: str) -> None:
    seen = {who: may for who, may in ALLOWED[what].items() if may in "yo"}
    assert {who: shared.verdict(what, who) for who in seen} == seen


@pytest.mark.parametrize("what", [what for what in ALLOWED if writes(what)])
def test_who_may_do_it_can(made: tuple[Path, Story], tmp_path: Path, what: str) -> None:
    folder, story = made
    able = {who: may for who, may in ALLOWED[what].items() if may in "yo"}
    for n, some in enumerate([{who: may} for who, may in able.items()] if what in WORKS_ONCE else [able]):
        copied = shutil.copytree(folder, tmp_path / str(n))
        with opened(addresses(copied), story, copied) as pair:
            assert {who: pair.verdict(what, who) for who in some} == some


@pytest.mark.parametrize("what", sorted(OWNER))
def test_what_is_for_who_has_the_store_is_not_there_where_it_is_served(shared: Pair, what: str) -> None:
    with pytest.raises(NotFound, match="missing"):
        BY_NOBODY[what](shared.happened)


def test_what_is_refused_leaves_the_order_as_it_was(shop: Shop, stocked: Stocked) -> None:
    items = [(stocked.cream, 1), (stocked.navy, 1)]
    placed = place.place_order(shop, Actor(stocked.mai), items, Method.CARD, address_id=stocked.home, key="k")
    number = int(placed.answer["number"])
    before = order.order_details(shop, Actor(IDS.mai), number)
    for who in ("other-buyer", "other-seller", "gateway", "carrier"):
        with pytest.raises((NotFound, Refused)):
            cancel.cancel_order(shop, ACTORS[who], number, "BU_MISTAKE", key="k3")
    assert order.order_details(shop, Actor(IDS.mai), number) == before


@pytest.mark.parametrize("who", ["system", "gateway", "carrier"])
def test_only_people_order_things(shop: Shop, stocked: Stocked, who: str) -> None:
    with pytest.raises(NotFound, match="no_such_person"):
        place.place_order(shop, ACTORS[who], [(stocked.cream, 1)], Method.CARD, key="k")


def test_nobody_sends_to_the_address_of_another(shop: Shop, stocked: Stocked) -> None:
    items = [(stocked.cream, 1)]
    with pytest.raises(NotFound, match="no_such_address"):
        place.place_order(shop, Actor(IDS.mai), items, Method.CARD, address_id=stocked.budis_home, key="k")


BUYER, SELLER, OPERATOR = Role.BUYER, Role.SELLER, Role.OPERATOR


def test_one_person_may_be_several_things_to_an_order() -> None:
    everything = roles_of(Actor(7), 7, member=True, staff=True)
    assert everything == {BUYER, SELLER, OPERATOR}
    assert authorise("cancel", everything, 1) is BUYER
    assert authorise("arrange_shipment", everything, 1) is SELLER
    assert authorise("cancel", everything - {BUYER, SELLER}, 1) is OPERATOR


def test_those_who_are_not_people_are_one_thing_whatever_the_order_says() -> None:
    assert roles_of(SYSTEM, SYSTEM.id, member=True, staff=True) == {Role.SYSTEM}
    assert roles_of(GATEWAY, 1, member=False, staff=False) == {Role.GATEWAY}
    assert roles_of(CARRIER, 1, member=False, staff=False) == {Role.CARRIER}
    assert roles_of(Actor(-4), 1, member=False, staff=False) == frozenset()
