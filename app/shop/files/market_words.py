"""What marketplaces have in common: their markets, and their words for who acts and how one pays."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from app.shop.rules.clocks import Method
from app.shop.rules.orders import Role

T = TypeVar("T")


def by_word(words: Mapping[T, Iterable[str]]) -> dict[str, T]:
    """What each word stands for, out of the words that each thing goes by."""
    return {word: thing for thing, several in words.items() for word in several}


ZONES = {
    "BRL": "America/Sao_Paulo",
    "EUR": "Europe/Berlin",
    "GBP": "Europe/London",
    "IDR": "Asia/Jakarta",
    "JPY": "Asia/Tokyo",
    "MXN": "America/Mexico_City",
    "MYR": "Asia/Kuala_Lumpur",
    "PHP": "Asia/Manila",
    "SGD": "Asia/Singapore",
    "THB": "Asia/Bangkok",
    "TWD": "Asia/Taipei",
    "USD": "America/New_York",
    "VND": "Asia/Ho_Chi_Minh",
}
"""The clock of a market, by its currency."""

_COUNTRIES = by_word(
    {
        "BRL": ("brazil", "brasil", "br"),
        "EUR": ("france", "germany", "deutschland", "italy", "italia", "spain", "españa", "ireland"),
        "GBP": ("united kingdom", "gb", "uk"),
        "IDR": ("indonesia", "id"),
        "JPY": ("japan", "日本", "jp"),
        "MXN": ("mexico", "méxico", "mx"),
        "MYR": ("malaysia", "my"),
        "PHP": ("philippines", "pilipinas", "ph"),
        "SGD": ("singapore", "sg"),
        "THB": ("thailand", "ประเทศไทย", "ไทย", "th"),
        "TWD": ("taiwan", "台灣", "tw"),
        "USD": ("united states", "united states of america", "us", "usa"),
        "VND": ("vietnam", "viet nam", "việt nam", "vn"),
    }
)
_ROLES = by_word(
    {
        Role.BUYER: (
            *("buyer", "user", "customer", "pembeli", "pengguna", "ผู้ซื้อ", "ลูกค้า", "người mua", "khách hàng"),
            *("comprador", "cliente"),
        ),
        Role.SELLER: ("seller", "penjual", "ผู้ขาย", "người bán", "nhà bán hàng", "vendedor"),
        Role.SYSTEM: ("system", "sistem", "ระบบ", "hệ thống", "sistema"),
        Role.OPERATOR: ("operator", "platform", "แพลตฟอร์ม", "nền tảng", "plataforma"),
    }
)
_METHODS = (
    (
        ("cash on delivery", "bayar di tempat", "ปลายทาง", "khi nhận hàng", "khi giao hàng", "na entrega"),
        Method.COD,
    ),
    (("card", "kartu", "บัตร", "thẻ", "cartão"), Method.CARD),
    (("transfer", "bank", "virtual account", "โอน", "ngân hàng", "chuyển khoản", "boleto"), Method.TRANSFER),
    (("wallet", "pay", "qris", "dana", "momo", "pix"), Method.WALLET),
)


def same(text: str) -> str:
    """A word as it is compared: without case, composed."""
    return unicodedata.normalize("NFC", text).casefold()


def currencies_of(countries: Iterable[str]) -> set[str]:
    """The currencies of these countries, as far as they are known."""
    return {currency for country in countries if (currency := _COUNTRIES.get(same(country)))}


def role_of(word: str) -> Role | None:
    """Who acted, by the platform's word in whatever language; None for unknown words."""
    return _ROLES.get(same(word))


def method_of(label: str) -> Method:
    """How an order is paid, by the platform's name of it in whatever language."""
    told = same(label).replace("_", " ")
    return next((method for words, method in _METHODS if any(word in told for word in words)), Method.OTHER)
