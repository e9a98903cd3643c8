"""Single lines of an order to choose from before a cancel, and what each choice comes to."""

from dataclasses import dataclass

from app.shop.reads.basket import basket_of, codes_of
from app.shop.reads.cards import OrderSummary, facts_of
from app.shop.rules.basket import Basket
from app.shop.rules.orders import Action, LineStatus, Role, Status
from app.shop.rules.receipt import Paid, Receipt, receipt
from app.shop.rules.refusals import why_not
from app.shop.rules.rest import rest_of
from app.shop.sql import Row, Work


@dataclass(frozen=True, slots=True)
class Parted:
    """What cancelling some lines comes to: the receipt, and what the rest costs, in minor units.

    `cheaper_by` is what it costs less than all of it does (more: negative), `dropped` the codes of vouchers
    that fall away with the lines, `dearer_by` what the rest costs more because of that.
    """

    receipt: Receipt
    total_minor: int
    cheaper_by: int
    dropped: tuple[str, ...]
    dearer_by: int


@dataclass(frozen=True, slots=True)
class LinesChoice:
    """The lines that can be cancelled one by one, and all it takes to say what that comes to.

    `paid` is the money that came in, `codes` are the order's vouchers (id, code), `at` is the time (ms UTC).
    """

    basket: Basket
    paid: tuple[Paid, ...]
    codes: tuple[tuple[int, str], ...]
    currency: str
    total_minor: int
    buyer_id: int
    at: int
    zone: str

    @property
    def lines(self) -> frozenset[int]:
        """Their n."""
        return frozenset(line.n for line in self.basket.lines)

    def without(self, chosen: frozenset[int]) -> Parted | None:
        """What it comes to to cancel the `chosen` ones of `lines`; None where that leaves none."""
        rest = rest_of(self.basket, chosen, total_minor=self.total_minor, paid=bool(self.paid))
        if rest is None:
            return None
        back = receipt(
            self.currency,
            self.paid,
            rest.released(self.buyer_id),
            at=self.at,
            zone=self.zone,
            amount_minor=rest.cheaper_by,
        )
        dropped = {one.id for one in rest.dropped}
        codes = tuple(code for voucher, code in self.codes if voucher in dropped)
        return Parted(back, rest.priced.total_minor, rest.cheaper_by, codes, rest.dearer_by)


def lines_choice(
    work: Work, rows: list[Row], role: Role, order: OrderSummary, paid: tuple[Paid, ...]
) -> LinesChoice | None:
    """The lines of an order (its `rows` as `read_order` has them) to choose from.

    None where there are not several, or `role` may not cancel single ones now.
    """
    facts, status = facts_of(rows[0], work.now), Status(order.status)
    if order.source != "takeback" or why_not(Action.CANCEL_LINES, status, role, facts) is not None:
        return None
    if sum(line.status == LineStatus.ACTIVE for line in order.lines) < 2:
        return None
    basket = basket_of(work, order.number)
    codes = codes_of(work, order.number)
    buyer, *_, zone = rows[0][-4:]
    return LinesChoice(basket, paid, codes, order.currency, order.total_minor, buyer, work.now, zone)
