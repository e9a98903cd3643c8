"""Anything anybody may do, in any order: after every step every invariant holds."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.shop.actions import cancel, cancel_lines, clock, edit, pay, place, ship
from app.shop.check import check
from app.shop.reads.order import order_details
from app.shop.rules.clocks import Method
from app.shop.rules.errors import KeyReused, ShopError
from app.shop.rules.orders import MOVES, Action, Role, Status
from app.shop.rules.policy import JOURNEY, TIKTOK, Policy
from app.shop.rules.reasons import LISTS, REASONS
from app.shop.rules.refusals import WHY_NOT_CODES
from app.shop.shop import Done, Shop
from app.shop.store import open_shop
from tests.actions.steps import BUDI, IDS, MAI, NOTE, TUAN, WHO, all_at_once, fresh, rows, settle
from tests.conftest import Clock
from tests.people import stock
from tests.postgres import Postgres

NewStore = Callable[[], AbstractContextManager[str]]

CALLS: dict[Action, Callable[..., Done]] = {
    Action.PAY: pay.pay,
    Action.CANCEL: cancel.cancel_order,
    Action.CANCEL_LINES: cancel_lines.cancel_lines,
    Action.REMIND: clock.remind,
    Action.EXPIRE: clock.expire,
    Action.RELEASE: clock.release,
    Action.ARRANGE: ship.arrange_shipment,
    Action.HAND_OVER: ship.hand_over,
    Action.DELIVER: ship.deliver,
    Action.COMPLETE: ship.complete,
    Action.SHIP_TIMEOUT: clock.ship_timeout,
    Action.LOSE: ship.lose,
    Action.LATE_PAYMENT: pay.late_payment,
    Action.CHANGE_VARIANT: edit.change_variant,
    Action.CHANGE_VOUCHER: edit.change_voucher,
    Action.CHANGE_ADDRESS: edit.change_address,
    Action.CHANGE_PAYMENT_METHOD: edit.change_payment_method,
}
VARIANTS = st.sampled_from((IDS.cream, IDS.forest, IDS.navy))
VOUCHERS = st.sampled_from((None, "KOPI10", "KOPI15K", "KOPISHIP", "KOPIOLD"))
METHODS = st.sampled_from(tuple(Method))
LINES = st.lists(st.integers(1, 3), min_size=1, max_size=3)
ARGUMENTS: dict[Action, st.SearchStrategy[tuple[Any, ...]]] = {
    Action.PAY: st.tuples(st.sampled_from(tuple(pay.Outcome))),
    Action.ARRANGE: st.tuples(st.sampled_from(("", "JX1"))),
    Action.HAND_OVER: st.tuples(st.one_of(st.just(()), LINES)),
    Action.LATE_PAYMENT: st.tuples(st.integers(0, 200_000)),
    Action.CHANGE_VARIANT: st.tuples(st.integers(1, 3), VARIANTS),
    Action.CHANGE_VOUCHER: st.tuples(VOUCHERS),
    Action.CHANGE_ADDRESS: st.tuples(st.sampled_from((IDS.home, IDS.office, IDS.budis_home))),
    Action.CHANGE_PAYMENT_METHOD: st.tuples(METHODS),
}
POLICIES = (
    JOURNEY,
    TIKTOK,
    Policy(seller_cancels_unpaid=True, seller_cancels_arranged=True, shipping_minor=9_000),
)


class Story(RuleBasedStateMachine):
    """A shop in which anybody tries anything."""

    new_store: NewStore

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.clock = Clock()
        self.numbers: list[int] = []
        self.last: tuple[Callable[[], Done], Done] | None = None

    @initialize(policy=st.sampled_from(POLICIES))
    def begin(self, policy: Policy) -> None:
        url = self.open.enter_context(type(self).new_store())
        self.shop: Shop = self.open.enter_context(closing(open_shop(url, now=self.clock)))
        stock(self.shop)
        settle(self.shop, policy)

    def teardown(self) -> None:
        self.open.close()

    def tried(self, call: Callable[[], Done]) -> Done | str:
        """What a call answers, or the code it is refused with; whatever it was, the store is sound."""
        try:
            end: Done | str = call()
        except ShopError as refused:
            end = refused.code
        else:
            self.last = (call, end)
        assert end != "changed"
        assert check(self.shop).violations == ()
        return end

    @rule(
        items=st.dictionaries(VARIANTS, st.integers(1, 4), min_size=1, max_size=3),
        buyer=st.sampled_from((MAI, MAI, BUDI)),
        method=METHODS,
        voucher=VOUCHERS,
        coins=st.sampled_from((0, 0, 300, 1_001)),
        address=st.sampled_from((None, IDS.home)),
    )
    def place(self, items: dict[int, int], buyer: Any, method: Method, **options: Any) -> None:
        """Somebody orders something."""
        chosen = {
            "voucher_code": options["voucher"],
            "coins": options["coins"],
            "address_id": options["address"],
        }
        call = partial(place.place_order, self.shop, buyer, [*items.items()], method, **chosen, key=fresh())
        end = self.tried(call)
        if isinstance(end, Done):
            self.numbers.append(int(end.answer["number"]))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), who=st.sampled_from(tuple(Role)), sensible=st.integers(0, 9))
    def act(self, data: st.DataObject, who: Role, sensible: int) -> None:
        """Somebody does something to an order: mostly what their role may do in its state."""
        number = data.draw(st.sampled_from(self.numbers))
        status, buyer = rows(self.shop, "SELECT status, buyer_id FROM orders WHERE number = :n", n=number)[0]
        cells = [action for action, state, role in MOVES if (state, role) == (status, who)]
        action = data.draw(st.sampled_from(cells if cells and sensible else tuple(Action)))
        actor = BUDI if who is Role.BUYER and buyer == BUDI.id else WHO[who]
        arguments = data.draw(self.arguments(action, Status(status), who))
        shown = who in (Role.BUYER, Role.SELLER, Role.OPERATOR)
        possible = order_details(self.shop, actor, number).possible if shown else frozenset(cells)
        end = self.tried(partial(CALLS[action], self.shop, actor, number, *arguments, key=fresh()))
        if isinstance(end, Done):
            assert action in possible
        elif shown and end in WHY_NOT_CODES:
            assert action not in possible, end

    def arguments(self, action: Action, status: Status, who: Role) -> st.SearchStrategy[tuple[Any, ...]]:
        """What an action may be given: mostly reasons that fit."""
        move = MOVES.get((action, status, who))
        fitting = [one.code for one in LISTS.get(move.reasons or "", ())] if move else []
        reasons = st.sampled_from(fitting * 5 + [*REASONS])
        texts = st.sampled_from((NOTE, NOTE, ""))
        return {
            Action.CANCEL: st.tuples(reasons, texts),
            Action.CANCEL_LINES: st.tuples(LINES, reasons, texts),
            Action.LOSE: st.tuples(reasons),
        }.get(action) or ARGUMENTS.get(action, st.just(()))

    @precondition(lambda self: self.numbers)
    @rule(data=st.data(), actor=st.sampled_from((BUDI, TUAN)))
    def trespass(self, data: st.DataObject, actor: Any) -> None:
        """A stranger learns nothing."""
        number = data.draw(st.sampled_from(self.numbers))
        buyer = rows(self.shop, "SELECT buyer_id FROM orders WHERE number = :n", n=number)[0][0]
        if actor.id != buyer:
            end = self.tried(
                partial(cancel.cancel_order, self.shop, actor, number, "BU_MISTAKE", key=fresh())
            )
            assert end == "no_such_order"

    @precondition(lambda self: self.numbers)
    @rule(data=st.data())
    def race(self, data: st.DataObject) -> None:
        """The buyer cancels, the gateway reports the payment and the clock ticks, all at one instant."""
        number = data.draw(st.sampled_from(self.numbers))
        ends = all_at_once(
            partial(cancel.cancel_order, self.shop, WHO[Role.OPERATOR], number, "OP_RISK", key=fresh()),
            partial(pay.pay, self.shop, WHO[Role.GATEWAY], number, key=fresh()),
            partial(len, ()) if data.draw(st.booleans()) else partial(self.tick),
        )
        assert "changed" not in ends
        assert check(self.shop).violations == ()

    def tick(self) -> None:
        """The clock does what is due, and then nothing is."""
        clock.run_due(self.shop)

    @rule(minutes=st.sampled_from((1, 10, 31, 62, 24 * 60, 6 * 24 * 60)), ticks=st.booleans())
    def wait(self, minutes: int, ticks: bool) -> None:
        """Time passes, with the app open or closed."""
        self.clock.move(minutes=minutes)
        if ticks:
            self.tick()
            late = rows(
                self.shop, "SELECT number, due_step FROM orders WHERE due_at <= :now", now=self.clock.at
            )
            assert late == []
            assert check(self.shop).violations == ()

    @precondition(lambda self: self.last)
    @rule()
    def again(self) -> None:
        """What was done last is sent again: the same answer, and nothing new."""
        assert self.last
        call, first = self.last
        before = rows(self.shop, "SELECT count(*), sum(version) FROM orders")
        assert call() == first
        assert rows(self.shop, "SELECT count(*), sum(version) FROM orders") == before

    @precondition(lambda self: self.last)
    @rule()
    def reuse(self) -> None:
        """Its key does not serve for something else."""
        assert self.last
        call = self.last[0]
        assert isinstance(call, partial)
        with pytest.raises(KeyReused):
            place.place_order(
                self.shop, call.args[1], [(IDS.white, 1)], Method.CARD, key=call.keywords["key"]
            )

    @rule(policy=st.sampled_from(POLICIES))
    def settle(self, policy: Policy) -> None:
        """The platform changes its policy."""
        settle(self.shop, policy)


def told(new_store: NewStore, *, stories: int, steps: int) -> None:
    """Tell so many stories of so many steps, each in a store of its own."""
    on_store = type("Story", (Story,), {"new_store": staticmethod(new_store)})
    size = settings(
        max_examples=stories,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(on_store, settings=size)


def test_any_story_leaves_a_sound_sqlite_store(tmp_path: Path, full: bool) -> None:
    names = count()

    @contextmanager
    def new_store() -> Iterator[str]:
        yield f"sqlite:///{tmp_path / f'story-{next(names)}.db'}"

    told(new_store, stories=200 if full else 10, steps=50 if full else 30)


def test_any_story_leaves_a_sound_postgres_store(postgres: Postgres, full: bool) -> None:
    names = count()

    def new_store() -> AbstractContextManager[str]:
        return postgres.database(f"story_{next(names)}", template="prepared")

    told(new_store, stories=60 if full else 3, steps=50 if full else 25)
