"""How a buyer's request to cancel a paid order goes, as far as time has come."""

from app.shop.demo.answering import decline, escalate, lapse, overrule, uphold, withdraw
from app.shop.demo.asking import answer, ask, put_off, request_of
from app.shop.demo.changing import accept, another, ask_for, wish
from app.shop.demo.forgotten import accept_voucher, ask_for_voucher, forgotten
from app.shop.demo.phrases import ANSWERS, BUYERS, OFFERS, SELLERS, Phrases, phrase
from app.shop.demo.record import Record
from app.shop.demo.refunding import complete_request
from app.shop.demo.taking_back import cancel
from app.shop.demo.turns import Turn
from app.shop.rules.orders import Role
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.rules.reasons import BUYER_PAID, Fix
from app.shop.rules.requests import RequestAction as A
from app.shop.rules.requests import RequestStatus as R
from app.shop.sql import as_json

_ASKED = "SP_BUYER_REQUESTED"
_REASONS = tuple(reason for reason in BUYER_PAID if not reason.after_ship_by)


def dispute(record: Record) -> bool:
    """The buyer asks to cancel, for another colour or a voucher; whether the order goes on."""
    chance = record.chance
    at = record.at + 10 * MINUTE + int(10 * HOUR * chance.random())
    if at > record.now:
        return False
    reason = chance.choice(_REASONS)
    wishes = reason.fix is Fix.VARIANT or record.takes(Turn.WISHES_ANOTHER, 0.3)
    if wishes and (wished := another(record)):
        return wish(
            record,
            at,
            lambda text: ask_for(record, at, *wished, text),
            lambda then: accept(record, then, wished[1]),
        )
    if reason.fix is Fix.VOUCHER and (voucher := forgotten(record)):
        return wish(
            record,
            at,
            lambda text: ask_for_voucher(record, at, voucher, text),
            lambda then: accept_voucher(record, then, voucher),
        )
    wordy = reason.least or chance.random() < 0.5
    ask(record, at, reason.code, phrase(chance, BUYERS, record.buyer.market.language) if wordy else None)
    respond_by = request_of(record)["respond_by"]
    at = at + 10 * MINUTE + int((respond_by - at - 20 * MINUTE) * chance.random() ** 2)
    if at > record.now:
        return False
    return _WAYS[record.one_of(_SHARES)](record, at)


def _said(record: Record, phrases: Phrases) -> str:
    return phrase(record.chance, phrases, record.seller.market.language)


def _approved(record: Record, at: int) -> bool:
    """The seller cancels and refunds (R5)."""
    cancel(record, at, Role.SELLER, _ASKED, _said(record, SELLERS[_ASKED]), A.APPROVE)
    return _settled(record)


def _settled(record: Record) -> bool:
    """The request of a cancelled order is complete at once where nothing goes back (R12)."""
    complete_request(record)
    return False


def _listed(record: Record, at: int) -> bool:
    """The seller lists the cancel option; the buyer confirms it (R4) or not (R9)."""
    note = _said(record, SELLERS[_ASKED])
    answer(record, at, A.LIST_OPTION, R.OPTION_LISTED, _ASKED, note)
    confirmed = at + int(1.4 * record.seller.policy.confirm_ms * record.chance.random())
    if confirmed > at + record.seller.policy.confirm_ms:
        return _silent(record, at)
    if confirmed > record.now:
        return False
    cancel(record, confirmed, Role.BUYER, _ASKED, note, A.CONFIRM)
    return _settled(record)


def _silent(record: Record, at: int) -> bool:
    """The buyer says nothing for a day (R9)."""
    over = at + record.seller.policy.confirm_ms + 1
    if over > record.now:
        return False
    lapse(record, over)
    return True


def _offered(record: Record, at: int) -> bool:
    """The seller offers a later day instead; the buyer takes the request back or lets the offer run out."""
    change = {"kind": "ship_date", "ship_by": put_off(record)}
    request_of(record)["change"] = as_json(change)
    answer(record, at, A.OFFER, R.ALTERNATIVE_OFFERED, None, _said(record, OFFERS))
    if record.takes(Turn.BUYER_SILENT, 0.4):
        return _silent(record, at)
    return _withdrawn(record, at + HOUR + int(20 * HOUR * record.chance.random()))


def _withdrawn(record: Record, at: int) -> bool:
    """The buyer takes the request back (R2)."""
    if at > record.now:
        return False
    withdraw(record, at)
    return True


def _declined(record: Record, at: int) -> bool:
    """The seller declines (R7); some buyers ask the platform (R10), which takes a day."""
    note = _said(record, ANSWERS)
    decline(record, at, note)
    escalated = at + HOUR + int(30 * HOUR * record.chance.random())
    if not record.takes(Turn.ESCALATED, 0.4) or escalated > record.now:
        return True
    escalate(record, escalated)
    at = escalated + DAY
    if at > record.now:
        return False
    if record.chance.random() < 0.5:
        uphold(record, at, note)
        return True
    overrule(record, at, note)
    return _settled(record)


def _unanswered(record: Record, at: int) -> bool:  # noqa: ARG001
    """The seller sends the parcel without a word: `arrange` closes the request (R11)."""
    return True


def _silence(record: Record, at: int) -> bool:  # noqa: ARG001
    """The seller does not answer at all (R8)."""
    over = int(request_of(record)["respond_by"]) + 1
    if over > min(record.now, record.order["cancel_sla"]):
        return True
    cancel(record, over, Role.SYSTEM, _ASKED, action=A.AUTO_APPROVE)
    return _settled(record)


def _overruled(record: Record, at: int) -> bool:
    """The platform cancels for another reason meanwhile (R11)."""
    cancel(record, at, Role.OPERATOR, "OP_RISK")
    return False


_WAYS = {
    Turn.APPROVED: _approved,
    Turn.LISTED: _listed,
    Turn.OFFERED: _offered,
    Turn.DECLINED: _declined,
    Turn.WITHDRAWN: _withdrawn,
    Turn.UNANSWERED: _unanswered,
    Turn.SILENCE: _silence,
    Turn.OVERRULED: _overruled,
}
_SHARES = dict(zip(_WAYS, (30, 20, 15, 20, 8, 6, 6, 4), strict=True))
