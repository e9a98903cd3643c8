"""How a buyer's request to cancel a paid order goes, as far as time has come."""

from app.shop import tables as t
from app.shop.demo.asking import answer, ask, close
from app.shop.demo.phrases import ANSWERS, BUYERS, OFFERS, SELLERS, Phrases, phrase
from app.shop.demo.record import Record
from app.shop.demo.taking_back import cancel
from app.shop.rules.orders import Role
from app.shop.rules.policy import DAY, HOUR, MINUTE
from app.shop.rules.reasons import BUYER_PAID

_ASKED = "SP_BUYER_REQUESTED"
_REASONS = tuple(reason for reason in BUYER_PAID if not reason.after_ship_by)


def dispute(record: Record) -> bool:
    """The buyer asks to cancel; whether the order goes on."""
    chance = record.chance
    at = record.at + 10 * MINUTE + int(10 * HOUR * chance.random())
    if at > record.now:
        return False
    reason = chance.choice(_REASONS)
    wordy = reason.least or chance.random() < 0.5
    ask(record, at, reason.code, phrase(chance, BUYERS, record.buyer.market.language) if wordy else None)
    respond_by = record.rows.of[t.Request][-1]["respond_by"]
    at = at + 10 * MINUTE + int((respond_by - at - 20 * MINUTE) * chance.random() ** 2)
    if at > record.now:
        return False
    ways = (_approved, _listed, _offered, _declined, _withdrawn, _unanswered, _overruled)
    return chance.choices(ways, (30, 20, 15, 20, 8, 8, 4))[0](record, at)


def _said(record: Record, phrases: Phrases) -> str:
    return phrase(record.chance, phrases, record.seller.market.language)


def _approved(record: Record, at: int) -> bool:
    """The seller cancels and refunds (R5)."""
    note = _said(record, SELLERS[_ASKED])
    close(record, at, "APPROVED", _ASKED, note)
    cancel(record, at, Role.SELLER, _ASKED, note)
    return _settled(record)


def _settled(record: Record) -> bool:
    """The request of a cancelled order is complete once its money is back (R12)."""
    if all(refund["state"] == "DONE" for refund in record.rows.of[t.Refund]):
        row = record.rows.of[t.Request][-1]
        row |= {"status": "COMPLETE", "version": row["version"] + 1}
    return False


def _listed(record: Record, at: int) -> bool:
    """The seller lists the cancel option; the buyer confirms it (R4) or not (R9)."""
    note = _said(record, SELLERS[_ASKED])
    answer(record, at, "OPTION_LISTED", _ASKED, note)
    confirmed = at + int(1.4 * record.seller.policy.confirm_ms * record.chance.random())
    if confirmed > at + record.seller.policy.confirm_ms:
        return _silent(record, at)
    if confirmed > record.now:
        return False
    close(record, confirmed, "APPROVED")
    cancel(record, confirmed, Role.SELLER, _ASKED, note)
    return _settled(record)


def _silent(record: Record, at: int) -> bool:
    """The buyer says nothing for a day (R9)."""
    over = at + record.seller.policy.confirm_ms
    if over > record.now:
        return False
    close(record, over, "EXPIRED")
    return True


def _offered(record: Record, at: int) -> bool:
    """The seller offers a change instead; the buyer takes the request back or lets the offer run out."""
    answer(record, at, "ALTERNATIVE_OFFERED", None, _said(record, OFFERS))
    if record.chance.random() < 0.4:
        return _silent(record, at)
    return _withdrawn(record, at + HOUR + int(20 * HOUR * record.chance.random()))


def _withdrawn(record: Record, at: int) -> bool:
    """The buyer takes the request back (R2)."""
    if at > record.now:
        return False
    close(record, at, "WITHDRAWN")
    return True


def _declined(record: Record, at: int) -> bool:
    """The seller declines (R7); some buyers ask the platform (R10), which takes a day."""
    note = _said(record, ANSWERS)
    if record.chance.random() < 0.6:
        close(record, at, "REJECTED", "SR_PACKED", note)
        return True
    answer(record, at, "ESCALATED", "SR_PACKED", note)
    at += DAY
    if at > record.now:
        return False
    if record.chance.random() < 0.5:
        close(record, at, "REJECTED")
        return True
    close(record, at, "APPROVED")
    cancel(record, at, Role.OPERATOR, "OP_EXPERIENCE")
    return _settled(record)


def _unanswered(record: Record, at: int) -> bool:  # noqa: ARG001
    """The seller sends the parcel without a word: `arrange` closes the request (R11)."""
    return True


def _overruled(record: Record, at: int) -> bool:
    """The platform cancels for another reason meanwhile (R11)."""
    cancel(record, at, Role.OPERATOR, "OP_RISK")
    return False
