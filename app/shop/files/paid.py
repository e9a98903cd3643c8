"""What a file says was paid of an order, or is due at the door."""

from app.shop.files.outside import OutsidePayment
from app.shop.rules.clocks import Method
from app.shop.rules.orders import Status


def payments(
    total: int, method: Method, label: str, status: Status, paid_at: int | None, created_at: int
) -> tuple[OutsidePayment, ...]:
    """One payment of the whole total, where one is told of."""
    if paid_at is not None:
        return (OutsidePayment(method, "CAPTURED", total, paid_at, label or None),)
    if method is Method.COD and status is not Status.CANCELLED:
        return (OutsidePayment(method, "COD_DUE", total, created_at, label or None),)
    return ()
