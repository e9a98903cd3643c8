"""Anything anybody may do, in any order: after every step every invariant holds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from app.shop.actions import (
    cancel,
    cancel_lines,
    charge,
    clock,
    deadlines,
    edit,
    extend,
    late,
    pay,
    place,
    rebuy,
    refund,
    ship,
)
from app.shop.check import check
from app.shop.gateway import Bank
from app.shop.reads.order import order_details
from app.shop.reads.requests import request_panel
from app.shop.rules.clocks import Method
from app.shop.rules.errors import KeyReused, ShopError
from app.shop.rules.orders import MOVES, Action, Role, Status
from app.shop.rules.policy import HOUR, JOURNEY, TIKTOK, Policy
from app.shop.rules.reasons import LISTS, REASONS
from app.shop.rules.refunds import Outcome
from app.shop.rules.refusals import WHY_NOT_CODES
from app.shop.rules.request_refusals import WHY_NOT_REQUEST
from app.shop.rules.requests import REQUEST_MOVES, RequestAction
from app.shop.shop import Actor, Done, Shop
from app.shop.store import open_shop
from tests.actions import disputes
from tests.actions.steps import BUDI, IDS, MAI, NOTE, TUAN, WHO, all_at_once, fresh, rows, settle
from tests.conftest import Clock
from tests.people import stock
from tests.postgres import Postgres

NewStore = Callable[[], AbstractContextManager[str]]


def bought_again(
    shop: Shop,
    actor: Actor,
    number: int,
    items: Sequence[tuple[int, int]],
    method: Method,
    vouchers: Sequence[str] | None,
    reason: str,
    text: str,
    *,
    key: str,
) -> Done:
    """Cancel and rebuy, with everything in one row."""
    given: Any = {"method": method, "voucher_codes": vouchers, "reason": reason, "text": text}
    return rebuy.cancel_and_rebuy(shop, actor, number, items, **given, key=key)


CALLS: dict[Action, Callable[..., Done]] = {
    Action.PAY: pay.pay,
    Action.BEGIN_PAYMENT: charge.charge,
    Action.EXTEND_PAY_BY: extend.extend_pay_by,
    Action.CANCEL: cancel.cancel_order,
    Action.CANCEL_LINES: cancel_lines.cancel_lines,
    Action.REBUY: bought_again,
    Action.REMIND: deadlines.remind,
    Action.EXPIRE: deadlines.expire,
    Action.RELEASE: deadlines.release,
    Action.ARRANGE: ship.arrange_shipment,
    Action.HAND_OVER: ship.hand_over,
    Action.DELIVER: ship.deliver,
    Action.COMPLETE: ship.complete,
    Action.SHIP_TIMEOUT: deadlines.ship_timeout,
    Action.LOSE: ship.lose,
    Action.LATE_PAYMENT: late.late_payment,
    Action.PAY_DIFFERENCE: pay.pay_difference,
    Action.CHANGE_VARIANT: edit.change_variant,
    Action.CHANGE_VOUCHER: edit.change_vouchers,
    Action.CHANGE_ADDRESS: edit.change_address,
    Action.CHANGE_PAYMENT_METHOD: edit.change_payment_method,
    Action.ADVANCE_REFUND: refund.advance_refund,
    Action.RETRY_REFUND: refund.retry_refund,
}
VARIANTS = (IDS.cream, IDS.forest, IDS.navy)
VOUCHERS = ((), ("KOPI10",), ("KOPI15K",), ("KOPISHIP", "KOPI10"), ("KOPI10", "KOPI15K"))
ITEMS = (((IDS.cream, 1),), ((IDS.navy, 2), (IDS.cream, 3)), ((IDS.forest, 1), (IDS.white, 1)))
LINES = ((1,), (2,), (3,), (1, 2), (1, 2, 3))
ARGUMENTS: dict[Action, tuple[Sequence[Any], ...]] = {
    Action.PAY: (tuple(pay.Outcome),),
    Action.BEGIN_PAYMENT: (tuple(Bank),),
    Action.ARRANGE: (("", "JX1"),),
    Action.HAND_OVER: (((), (), *LINES),),
    Action.LATE_PAYMENT: ((0, 1_000, 200_000),),
    Action.PAY_DIFFERENCE: ((pay.Outcome.CAPTURED,), (pay.Answered(9),)),
    Action.CHANGE_VARIANT: ((1, 2), VARIANTS),
    Action.CHANGE_VOUCHER: (VOUCHERS,),
    Action.CHANGE_ADDRESS: ((IDS.home, IDS.office, IDS.budis_home),),
    Action.CHANGE_PAYMENT_METHOD: (tuple(Method),),
    Action.ADVANCE_REFUND: ((1, 1, 2), (Outcome.BEGUN, Outcome.BEGUN, Outcome.ACCEPTED)),
}
POLICIES = (
    JOURNEY,
    TIKTOK,
    Policy(seller_cancels_unpaid=True, seller_cancels_arranged=True, shipping_minor=9_000),
    Policy(silence_approves=False, respond_ms=12 * HOUR, confirm_ms=6 * HOUR),
)


class Story(RuleBasedStateMachine):
    """A shop in which anybody tries anything."""

    new_store: NewStore

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.clock = Clock()
        self.numbers: list[int] = []
        self.last: tuple[partial[Done], Done] | None = None

    @initialize(die=st.randoms(use_true_random=True))
    def begin(self, die: Random) -> None:
        """The first order is placed."""
        self.die = die
        url = self.open.enter_context(type(self).new_store())
        self.shop: Shop = self.open.enter_context(closing(open_shop(url, now=self.clock)))
        stock(self.shop)
        self.settle()
        while not self.numbers:
            self.place()

    @rule()
    def step(self) -> None:
        """One of all the things that can happen; which, the die of this story says."""
        # Hypothesis leaves out some rules per story and repeats itself in the others: it would hardly ever
        # get as far as a delivered order.
        often = (self.act,) * 12 + (self.dispute,) * 12 + (self.place,) * 4 + (self.wait,) * 3
        seldom = (self.again, self.again, self.race, self.race_over_request, self.trespass, self.settle)
        self.die.choice((*often, *seldom))()

    def teardown(self) -> None:
        self.open.close()

    def tried(self, call: partial[Done]) -> Done | str:
        """What a call answers, or the code it is refused with; whatever it was, the store is sound."""
        end: Done | str
        try:
            done = end = call()
            self.last = (call, done)
        except ShopError as refused:
            end = refused.code
        assert end != "changed"
        assert check(self.shop).violations == ()
        return end

    def place(self) -> None:
        """Somebody orders something."""
        order = partial(
            place.place_order,
            self.shop,
            self.die.choice((MAI, MAI, BUDI)),
            [
                (variant, self.die.randint(1, 3))
                for variant in self.die.sample(VARIANTS, self.die.randint(1, 3))
            ],
            self.die.choice(tuple(Method)),
            voucher_codes=self.die.choice(VOUCHERS) if self.likely() else ("KOPIOLD",),
            coins=self.die.choice((0, 300)) if self.likely() else 1_001,
            address_id=None if self.likely() else IDS.home,
            key=fresh(),
        )
        end = self.tried(order)
        if isinstance(end, Done):
            self.numbers.append(int(end.answer["number"]))

    def act(self) -> None:
        """Somebody does something to an order: mostly what their role may do in its state."""
        alive = rows(self.shop, "SELECT number FROM orders WHERE status <> 'CANCELLED' ORDER BY number")
        if not alive and self.likely():
            return self.place()
        number = self.die.choice(alive)[0] if alive and self.likely() else self.die.choice(self.numbers)
        status, buyer = rows(self.shop, "SELECT status, buyer_id FROM orders WHERE number = :n", n=number)[0]
        cells = [(action, role) for action, state, role in MOVES if state == status]
        if status != Status.CANCELLED:
            cells = [cell for cell in cells if "refund" not in cell[0]]
        cells += [cell for cell in cells if "cancel" not in cell[0]] * 3  # else few orders get far
        anything = [(action, role) for action in Action for role in Role]
        action, who = self.die.choice(cells if cells and self.likely() else anything)
        actor = BUDI if who is Role.BUYER and buyer == BUDI.id else WHO[who]
        shown = who in (Role.BUYER, Role.SELLER, Role.OPERATOR)
        possible = order_details(self.shop, actor, number).possible if shown else frozenset(Action)
        arguments = self.arguments(action, Status(status), who)
        end = self.tried(partial(CALLS[action], self.shop, actor, number, *arguments, key=fresh()))
        if isinstance(end, Done):
            # A tracking number, which is not known before it is given, allows it with a request open.
            assert action in possible or action is Action.ARRANGE
        elif shown and end in WHY_NOT_CODES:
            assert action not in possible, end
        return None

    def dispute(self) -> None:
        """People have it out over one order."""
        asked = rows(self.shop, "SELECT number FROM orders WHERE open_request IS NOT NULL ORDER BY number")
        sql = "SELECT number FROM orders WHERE status = 'AWAITING_SHIPMENT' ORDER BY number"
        paid = asked or rows(self.shop, sql)
        if not paid and self.likely():
            return self.sell()
        number = self.die.choice(paid)[0] if paid and self.likely() else self.die.choice(self.numbers)
        for _ in range(self.die.randint(1, 4)):
            self.say(number)
        return None

    def say(self, number: int) -> None:
        """Somebody does something about a request: mostly what their role may do as it stands."""
        found = rows(
            self.shop,
            "SELECT status FROM requests WHERE order_number = :n ORDER BY id DESC LIMIT 1",
            n=number,
        )
        status = found[0][0] if found else None
        cells = [(action, role) for action, state, role in REQUEST_MOVES if state == status]
        anything = [(action, role) for action in RequestAction for role in Role]
        action, who = self.die.choice(cells if cells and self.likely() else anything)
        ((buyer,),) = rows(self.shop, "SELECT buyer_id FROM orders WHERE number = :n", n=number)
        actor = BUDI if who is Role.BUYER and buyer == BUDI.id else WHO[who]
        shown = who in (Role.BUYER, Role.SELLER, Role.OPERATOR)
        possible = request_panel(self.shop, actor, number).possible if shown else frozenset(RequestAction)
        given = disputes.anything(self.shop, action, self.die)
        call = partial(disputes.CALLS[action], self.shop, actor, number, *given, key=fresh())
        end = self.tried(call)
        if isinstance(end, Done):
            assert action in possible
        elif shown and end in WHY_NOT_REQUEST:
            assert action not in possible, end
        most = "SELECT count(*) FROM requests WHERE counted GROUP BY order_number ORDER BY 1 DESC LIMIT 1"
        assert rows(self.shop, most) <= [(JOURNEY.request_attempts,)]

    def sell(self) -> None:
        """An order is paid."""
        unpaid = rows(self.shop, "SELECT number FROM orders WHERE status = 'UNPAID' ORDER BY number")
        if not unpaid:
            return self.place()
        self.tried(partial(pay.pay, self.shop, WHO[Role.GATEWAY], self.die.choice(unpaid)[0], key=fresh()))
        return None

    def likely(self) -> bool:
        """Nine times of ten."""
        return self.die.random() < 0.9

    def arguments(self, action: Action, status: Status, who: Role) -> list[Any]:
        """What an action may be given: mostly reasons that fit."""
        move = MOVES.get((action, status, who))
        fitting = [one.code for one in LISTS.get(move.reasons or "", ())] if move else []
        reasons = fitting if fitting and self.likely() else tuple(REASONS)
        texts = (NOTE, NOTE, "")
        with_reason: dict[Action, tuple[Sequence[Any], ...]] = {
            Action.CANCEL: (reasons, texts),
            Action.CANCEL_LINES: (LINES, reasons, texts),
            Action.REBUY: (ITEMS, tuple(Method), (None, None, *VOUCHERS), reasons, texts),
            Action.LOSE: (reasons,),
        }
        return [self.die.choice(among) for among in (with_reason | ARGUMENTS).get(action, ())]

    def trespass(self) -> None:
        """A stranger learns nothing."""
        number = self.die.choice(self.numbers)
        trying = partial(cancel.cancel_order, self.shop, TUAN, number, "BU_MISTAKE", key=fresh())
        assert self.tried(trying) == "no_such_order"

    def race(self) -> None:
        """The platform cancels, the gateway reports a payment and the clock ticks, all at one instant."""
        number = self.die.choice(self.numbers)
        ends = all_at_once(
            partial(cancel.cancel_order, self.shop, WHO[Role.OPERATOR], number, "OP_RISK", key=fresh()),
            partial(pay.pay, self.shop, WHO[Role.GATEWAY], number, key=fresh()),
            self.tick,
        )
        assert "changed" not in ends
        assert check(self.shop).violations == ()

    def race_over_request(self) -> None:
        """The buyer takes a request back, the seller approves it and ships, and the clock ticks, at once."""
        asked = rows(self.shop, "SELECT open_request, number, buyer_id FROM orders WHERE open_request > 0")
        if not asked:
            return self.dispute()
        _, number, buyer = self.die.choice(asked)
        self.clock.move(minutes=self.die.choice((0, 0, 24 * 60, 2 * 24 * 60 + 1)))
        mine = BUDI if buyer == BUDI.id else MAI
        seller, approving = WHO[Role.SELLER], ("SP_BUYER_REQUESTED", NOTE)
        ends = all_at_once(
            partial(disputes.CALLS[RequestAction.WITHDRAW], self.shop, mine, number, key=fresh()),
            partial(
                disputes.CALLS[RequestAction.APPROVE], self.shop, seller, number, *approving, key=fresh()
            ),
            partial(ship.arrange_shipment, self.shop, seller, number, "JX2", key=fresh()),
            self.tick,
        )
        assert "changed" not in ends
        assert check(self.shop).violations == ()
        return None

    def tick(self) -> None:
        """The clock does what is due."""
        clock.run_due(self.shop)

    def wait(self) -> None:
        """Time passes, with the app open or closed; after the clock nothing is due."""
        self.clock.move(minutes=self.die.choice((1, 1, 10, 31, 62, 13 * 60, 24 * 60, 8 * 24 * 60)))
        if self.die.random() < 0.7:
            self.tick()
            for table in ("orders", "requests"):
                late = f"SELECT due_at, due_step FROM {table} WHERE due_at <= :now"
                assert rows(self.shop, late, now=self.clock.at) == []
            assert check(self.shop).violations == ()

    def again(self) -> None:
        """What was done last is sent again: the same answer, and nothing new. Its key serves nothing else."""
        if self.last is None:
            return
        call, first = self.last
        before = rows(self.shop, "SELECT count(*), sum(version) FROM orders")
        assert call() == first
        if (actor := call.args[1]) in (MAI, BUDI):
            with pytest.raises(KeyReused):
                place.place_order(self.shop, actor, [(IDS.white, 1)], Method.CARD, key=call.keywords["key"])
        assert rows(self.shop, "SELECT count(*), sum(version) FROM orders") == before

    def settle(self) -> None:
        """The platform changes its policy."""
        settle(self.shop, self.die.choice(POLICIES))


def tell(new_store: NewStore, *, stories: int, steps: int, phases: Sequence[Phase] = tuple(Phase)) -> None:
    """Tell so many stories of so many steps, each in a store of its own."""
    on_store = type("Story", (Story,), {"new_store": staticmethod(new_store)})
    size = settings(
        max_examples=stories,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=phases,
    )
    run_state_machine_as_test(on_store, settings=size)


def test_any_story_leaves_a_sound_sqlite_store(tmp_path: Path, full: bool) -> None:
    names = count()

    @contextmanager
    def new_store() -> Iterator[str]:
        yield f"sqlite:///{tmp_path / f'story-{next(names)}.db'}"

    tell(new_store, stories=200 if full else 12, steps=50 if full else 40)


def test_any_story_leaves_a_sound_postgres_store(postgres: Postgres, full: bool) -> None:
    names = count()

    def new_store() -> AbstractContextManager[str]:
        return postgres.database(f"story_{next(names)}", template="prepared")

    # Making a story shorter takes minutes there; the same one fails on SQLite in seconds.
    tell(new_store, stories=60 if full else 3, steps=50 if full else 30, phases=(Phase.generate,))
