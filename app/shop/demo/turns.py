"""The turns a demo order can take: by chance, or for certain where an order that took them is wanted."""

from enum import Enum, auto


class Turn(Enum):
    """What can become of an order at a fork, where an order may be wanted for it."""

    TRIES_TO_PAY = auto()
    LAPSES = auto()
    PAYS_LATE = auto()
    DROPS_A_LINE = auto()
    SELLER_CANCELS = auto()
    SENT_IN_PARTS = auto()
    LOST = auto()
    DISPUTED = auto()
    WISHES_ANOTHER = auto()
    APPROVED = auto()
    LISTED = auto()
    OFFERED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()
    UNANSWERED = auto()
    SILENCE = auto()
    OVERRULED = auto()
    BUYER_SILENT = auto()
    ESCALATED = auto()
    REFUND_FAILS = auto()
    REFUND_REFUSED = auto()
