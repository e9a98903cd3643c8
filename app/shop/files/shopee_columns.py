"""What Shopee's export calls its columns: they go by their English names here, in files by others too."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_INDONESIAN = {
    "no. pesanan": "order id",
    "status pesanan": "order status",
    "alasan pembatalan": "cancel reason",
    "status pembatalan/ pengembalian": "return / refund status",
    "status pembatalan/pengembalian": "return / refund status",
    "no. resi": "tracking number",
    "opsi pengiriman": "shipping option",
    "antar ke counter/ pick-up": "shipment method",
    "pesanan harus dikirimkan sebelum (menghindari keterlambatan)": "estimated ship out date",
    "waktu pengiriman diatur": "ship time",
    "waktu pesanan dibuat": "order creation date",
    "waktu pembayaran dilakukan": "order paid time",
    "metode pembayaran": "payment method",
    "sku induk": "parent sku reference no.",
    "nama produk": "product name",
    "nomor referensi sku": "sku reference no.",
    "nama variasi": "variation name",
    "harga awal": "original price",
    "harga setelah diskon": "deal price",
    "jumlah": "quantity",
    "jumlah dikembalikan": "returned quantity",
    "total harga produk": "product subtotal",
    "subtotal pesanan": "product subtotal",
    "diskon dari shopee": "shopee rebate",
    "voucher ditanggung penjual": "seller voucher",
    "voucher ditanggung shopee": "shopee voucher",
    "paket diskon (diskon dari penjual)": "seller bundle discount",
    "paket diskon (diskon dari shopee)": "shopee bundle discount",
    "potongan koin shopee": "shopee coins offset",
    "diskon kartu kredit": "credit card discount total",
    "ongkos kirim dibayar oleh pembeli": "buyer paid shipping fee",
    "estimasi potongan biaya pengiriman": "shipping rebate estimate",
    "perkiraan ongkos kirim": "estimated shipping fee",
    "total pembayaran": "total amount",
    "catatan dari pembeli": "remark from buyer",
    "username (pembeli)": "username (buyer)",
    "nama penerima": "receiver name",
    "no. telepon": "phone number",
    "alamat pengiriman": "delivery address",
    "kota/kabupaten": "city",
    "provinsi": "province",
    "waktu pesanan selesai": "order complete time",
}
_IN_CURRENCY = re.compile(r"(.+?) ?\(([a-z]{3})\)")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file by their English names; `currency` where they tell it."""

    names: Mapping[str, str]
    currency: str | None


def columns_of(columns: Iterable[str]) -> Columns:
    """The columns of a file: some markets put their currency behind those with amounts."""
    names: dict[str, str] = {}
    currencies: set[str] = set()
    for column in columns:
        name = column.removesuffix("*")
        if found := _IN_CURRENCY.fullmatch(name):
            name = found[1]
            currencies.add(found[2].upper())
        if name in _INDONESIAN:
            name = _INDONESIAN[name]
            currencies.add("IDR")
        names.setdefault(name, column)
    return Columns(names, currencies.pop() if len(currencies) == 1 else None)
