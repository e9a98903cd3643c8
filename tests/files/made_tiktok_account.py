"""Made-up "Download your data" of TikTok, in each of its versions."""

from typing import Any

SECTIONS = {
    "2024-12": ("Tiktok Shopping", "Communication History", "Return and Refund History"),
    "2025-06": ("TikTok Shop", "Communication With Shops", "Returns and Refunds History"),
    "2026": ("TikTok Shop", "Communication With Shops", "Returns and Refunds History"),
}
NUMBER = "576000000000000001"
MUG = {"product_name": "Cat mug", "variation_name": "Moss", "quantity": 2}


def bought(**fields: Any) -> dict[str, Any]:
    """An order as the export has it."""
    told = {"order_date": "2024-06-07 02:42:10", "order_status": "Completed", "total_price": "10.68 USD"}
    return told | {"Products": [MUG]} | fields


def export(found: Any, version: str = "2025-06", **sections: Any) -> dict[str, Any]:
    """The shop section of a version around what `OrderHistories` holds."""
    shop, talks, returns = SECTIONS[version]
    made: dict[str, Any] = {
        talks: {"CommunicationHistories": None},
        "Order History": {"OrderHistories": found},
        returns: {"ReturnAndRefundHistories": None},
        "Vouchers": {"Vouchers": None},
    }
    if version == "2026":
        made["TikTokFavoriteItem"] = {"TikTokFavoriteItemResult": {"TikTokFavoriteItemList": None}}
    return {shop: made} | sections


PROFILE = {"Profile": {"Profile Information": {"ProfileMap": {"userName": "made.up.cat"}}}}

TEXT = """
Order date: 2024-06-07 02:42:10
Order number: 576000000000000001
Order status: Completed
Total price (including shipping fee): 10.68 USD
Product information:
>>Name:
Cat mug: large
Default
>>Quantity: 2
>>Name:
Postcard
>>Quantity: 1

Order date: 2024-06-08 02:42:10
Order number: 576000000000000002
Order status: Canceled
Total price (including shipping fee): 169.000 VND
>>Name:
Postcard
Red
>>Quantity: 3
"""
