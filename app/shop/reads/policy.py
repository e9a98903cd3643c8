"""The policy in force, read beside whatever asks for it."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from app.shop.tables import PolicyRow


def newest_policy(shop_id: Any) -> Any:
    """The newest stored settings of a shop (0: of the platform), to be selected beside its order."""
    newest = select(col(PolicyRow.settings)).where(col(PolicyRow.shop_id) == shop_id)
    return newest.order_by(col(PolicyRow.n).desc()).limit(1).scalar_subquery()
