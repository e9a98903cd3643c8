"""The tables: columns, keys, indexes and what the database itself holds; no behaviour.

Times are integer milliseconds UTC, money is integer minor units, statuses are the words of the rules.
Rows that belong to an order are keyed by (order number, n).
"""

from app.shop.tables.accounts import Account, ApiToken, Invitation, SignIn, Tries
from app.shop.tables.columns import Id
from app.shop.tables.goods import Product, ProductWord, Variant, Voucher
from app.shop.tables.hooks import Hook, HookDelivery, HookPayment, HookReceived, HookSource
from app.shop.tables.ledgers import Balance, Charge, Hold, Payment, Payout, Refund
from app.shop.tables.orders import Line, Notification, Order, OrderEvent, PriceEntry
from app.shop.tables.people import Address, Creator, Handle, Member, Person, Shop, Staff
from app.shop.tables.records import IdempotencyKey, OutsideId, OutsideNumber, PolicyRow, Secret
from app.shop.tables.requests import Request
from app.shop.tables.talk import Message, Photo, ReadMark
from app.shop.tables.tallies import Tally
from app.shop.tables.triggers import TRIGGERS

__all__ = [
    "TRIGGERS",
    "Account",
    "Address",
    "ApiToken",
    "Balance",
    "Charge",
    "Creator",
    "Handle",
    "Hold",
    "Hook",
    "HookDelivery",
    "HookPayment",
    "HookReceived",
    "HookSource",
    "Id",
    "IdempotencyKey",
    "Invitation",
    "Line",
    "Member",
    "Message",
    "Notification",
    "Order",
    "OrderEvent",
    "OutsideId",
    "OutsideNumber",
    "Payment",
    "Payout",
    "Person",
    "Photo",
    "PolicyRow",
    "PriceEntry",
    "Product",
    "ProductWord",
    "ReadMark",
    "Refund",
    "Request",
    "Secret",
    "Shop",
    "SignIn",
    "Staff",
    "Tally",
    "Tries",
    "Variant",
    "Voucher",
]
