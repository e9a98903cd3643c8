"""The course of a demo order: by chance, and only as far as time has come."""

from app.shop.demo.disputes import dispute
from app.shop.demo.moving import arrange, complete, deliver, hand_over, pay, release, remind, try_to_pay
from app.shop.demo.phrases import BUYERS, CARRIERS, SELLERS, phrase
from app.shop.demo.record import Record
from app.shop.demo.refunding import settle
from app.shop.demo.taking_back import cancel, cancel_lines, pay_late
from app.shop.demo.turns import Turn
from app.shop.rules.clocks import Method, Step
from app.shop.rules.orders import Action, Role, Status
from app.shop.rules.policy import DAY, HOUR, MINUTE, SECOND
from app.shop.rules.reasons import BUYER_PAID, BUYER_UNPAID, OPERATOR, REASONS, Reason

LAG = 5 * SECOND
"""How late the clock is at most."""
NEVER = 2**62

_REMINDERS = (Step.REMIND_HALF, Step.REMIND_LAST)
_UNASKED = tuple(code for code in SELLERS if not REASONS[code].needs_request)
_LOST = ("SY_REFUSED", "SY_DELIVERY_FAILED", "SY_LOST", "SY_DAMAGED", "SY_UNTRACEABLE")


def live(record: Record) -> None:
    """Let happen to a placed order what has happened by now."""
    stages = (_until_paid, _while_on_hold, _until_arranged, _until_collected, _on_its_way, _after_delivery)
    for stage in stages:
        if not stage(record):
            break
    settle(record, record.now)


def comes(record: Record, at: int) -> bool:
    """Whether `at` has come; the clock's reminders until then are given, and money until then is back."""
    settle(record, min(at, record.now))
    until = min(at, record.now) - LAG
    while record.due and record.due.at < until and record.due.step in _REMINDERS:
        remind(record, max(record.at, record.due.at + int(LAG * record.chance.random())))
    return max(at, record.at) <= record.now


def _later(record: Record, least: int, most: int, bend: float = 1) -> int:
    """Between `least` and `most` ms after what happened last; a higher `bend` makes sooner likelier."""
    return record.at + least + int((most - least) * record.chance.random() ** bend)


def _by_clock(record: Record) -> int:
    return record.due.at + int(LAG * record.chance.random()) if record.due else NEVER


def _until_paid(record: Record) -> bool:
    if record.status is not Status.UNPAID:
        return True
    chance = record.chance
    window = record.order["pay_by"] - record.order["created_at"]
    if len(record.lines) > 1 and record.takes(Turn.DROPS_A_LINE, 0.06):
        at = _later(record, MINUTE, window // 10)
        if not comes(record, at):
            return False
        cancel_lines(record, at, Role.BUYER, frozenset({len(record.lines)}), "BU_NOT_NEEDED")
    if record.takes(Turn.TRIES_TO_PAY, 0.06):
        at = _later(record, MINUTE, window // 4)
        if not comes(record, at):
            return False
        try_to_pay(record, at, chance.choice(("FAILED", "ATTEMPTED")))
    return _decide(record, window)


def _decide(record: Record, window: int) -> bool:
    """The buyer pays, most of them soon; or takes it back; or lets it lapse."""
    luck = record.chance.random()
    if not record.takes(Turn.LAPSES, 0.12):
        at = _later(record, 20 * SECOND, window * 6 // 10, 1 if luck > 0.9 else 4)
        if not comes(record, at):
            return False
        if luck < 0.9:
            pay(record, at, Role.GATEWAY if luck < 0.34 else Role.BUYER)
            return True
        reason = record.chance.choice(BUYER_UNPAID)
        cancel(record, at, Role.BUYER, reason.code, _text(record, reason))
    else:
        comes(record, NEVER)
        at = _by_clock(record)
        if (record.due and record.due.step is not Step.EXPIRE) or not comes(record, at):
            return False
        cancel(record, at, Role.SYSTEM, "SY_PAYMENT_TIMEOUT", action=Action.EXPIRE)
    at = _later(record, MINUTE, 6 * HOUR, 2)
    if record.takes(Turn.PAYS_LATE, 0.06) and at <= record.now:
        pay_late(record, at, record.order["total_minor"])
    return False


def _while_on_hold(record: Record) -> bool:
    if record.status is not Status.ON_HOLD:
        return True
    at = _by_clock(record)
    if record.chance.random() < 0.06:
        at = _later(record, MINUTE, record.seller.policy.remorse_ms)
        if comes(record, at):
            reason = record.chance.choice([one for one in BUYER_PAID if not one.after_ship_by])
            cancel(record, at, Role.BUYER, reason.code, _text(record, reason))
        return False
    if not comes(record, at):
        return False
    release(record, at)
    return True


def _until_arranged(record: Record) -> bool:
    chance = record.chance
    if record.takes(Turn.DISPUTED, 0.08):
        if not dispute(record):
            return False
    elif not _goes_on_unasked(record):
        return False
    at = _later(record, MINUTE, 20 * HOUR) if chance.random() < 0.985 else NEVER
    if _timed_out(record, at):
        return False
    arrange(record, at, f"{chance.choice(CARRIERS)}{chance.randrange(10**9, 10**10)}")
    return True


def _goes_on_unasked(record: Record) -> bool:
    """Whether neither seller nor platform cancels it of their own accord; a line may be out of stock."""
    at, luck = _later(record, HOUR, 40 * HOUR, 4), record.chance.random()
    if record.takes(Turn.SELLER_CANCELS, 0.033):
        code = record.chance.choice(_UNASKED)
        if comes(record, at):
            cancel(record, at, Role.SELLER, code, _note(record, code))
        return False
    if luck < 0.005:
        if comes(record, at):
            cancel(record, at, Role.OPERATOR, record.chance.choice(OPERATOR).code)
        return False
    if luck > 0.95 and len(record.live) > 1 and record.order["payment_method"] != Method.COD:
        if not comes(record, at):
            return False
        last, code = record.live[-1]["n"], "SP_OUT_OF_STOCK"
        cancel_lines(record, at, Role.SELLER, frozenset({last}), code, _note(record, code))
    return True


def _timed_out(record: Record, at: int) -> bool:
    """Whether what was to come at `at` does not (yet): the time to ship may be over before it."""
    timeout = max(_by_clock(record), record.at)
    if at < timeout:
        return not comes(record, at)
    if comes(record, timeout):
        cancel(record, timeout, Role.SYSTEM, "SY_SHIP_TIMEOUT", action=Action.SHIP_TIMEOUT)
    return True


def _until_collected(record: Record) -> bool:
    chance, luck = record.chance, record.chance.random()
    at = _later(record, HOUR, 22 * HOUR) if luck > 0.004 else NEVER
    if _timed_out(record, at):
        return False
    if luck < 0.01:
        cancel(record, at, Role.CARRIER, chance.choice(_LOST), action=Action.LOSE)
        return False
    if len(record.live) > 1 and record.takes(Turn.SENT_IN_PARTS, 0.24):
        hand_over(record, at, Role.CARRIER, frozenset({record.live[0]["n"]}))
        at = _later(record, 6 * HOUR, 2 * DAY)
        if not comes(record, at):
            return False
    hand_over(record, at, Role.CARRIER if luck < 0.7 else Role.SELLER)
    return True


def _on_its_way(record: Record) -> bool:
    at, luck = _later(record, 16 * HOUR, 5 * DAY), record.chance.random()
    if not comes(record, at):
        return False
    if record.takes(Turn.LOST, 0.02):
        cancel(record, at, Role.CARRIER, record.chance.choice(_LOST), action=Action.LOSE)
        return False
    deliver(record, at, Role.BUYER if luck < 0.1 else Role.CARRIER)
    return True


def _after_delivery(record: Record) -> bool:
    by_buyer = record.chance.random() < 0.4
    at = _later(record, HOUR, record.seller.policy.after_sales_ms) if by_buyer else _by_clock(record)
    if comes(record, at):
        complete(record, at, Role.BUYER if by_buyer else Role.SYSTEM)
    return False


def _text(record: Record, reason: Reason) -> str:
    wordy = reason.least or record.chance.random() < 0.2
    return phrase(record.chance, BUYERS, record.buyer.market.language) if wordy else ""


def _note(record: Record, code: str) -> str:
    return phrase(record.chance, SELLERS[code], record.seller.market.language)
