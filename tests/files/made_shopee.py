"""A made-up Shopee export: rows by their English column names, written in English or Indonesian."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.files.seller import as_csv

EN_COLUMNS = (
    *("Order ID", "Order Status", "Cancel reason", "Return / Refund Status", "Tracking Number*"),
    *("Shipping Option", "Shipment Method", "Estimated Ship Out Date", "Ship Time", "Order Creation Date"),
    *("Order Paid Time", "Parent SKU Reference No.", "Product Name", "SKU Reference No.", "Variation Name"),
    *("Original Price", "Deal Price", "Quantity", "Returned quantity", "Product Subtotal", "Seller Rebate"),
    *("Seller Discount", "Shopee Rebate", "SKU Total Weight", "No of product in order"),
    *("Order Total Weight", "Voucher Code From Seller", "Seller Voucher", "Seller Absorbed Coin Cashback"),
    *("Shopee Voucher", "Bundle Deal Indicator", "Shopee Bundle Discount", "Seller Bundle Discount"),
    *("Shopee Coins Offset", "Credit Card Discount Total", "Total Amount", "Buyer Paid Shipping Fee"),
    *("Shipping Rebate Estimate", "Reverse Shipping Fee", "Transaction Fee", "Commission Fee", "Service Fee"),
    *("Grand Total", "Estimated Shipping Fee", "Username (Buyer)", "Receiver Name", "Phone Number"),
    *("Delivery Address", "Town", "District", "City", "Province", "Country", "Zip Code"),
    *("Remark from buyer", "Order Complete Time", "Note"),
)
"""The 57 columns of Malaysia."""

ID_NAMES = {
    "Order ID": "No. Pesanan",
    "Order Status": "Status Pesanan",
    "Cancel reason": "Alasan Pembatalan",
    "Return / Refund Status": "Status Pembatalan/ Pengembalian",
    "Tracking Number*": "No. Resi",
    "Shipping Option": "Opsi Pengiriman",
    "Shipment Method": "Antar ke counter/ pick-up",
    "Estimated Ship Out Date": "Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan)",
    "Ship Time": "Waktu Pengiriman Diatur",
    "Order Creation Date": "Waktu Pesanan Dibuat",
    "Order Paid Time": "Waktu Pembayaran Dilakukan",
    "Payment Method": "Metode Pembayaran",
    "Parent SKU Reference No.": "SKU Induk",
    "Product Name": "Nama Produk",
    "SKU Reference No.": "Nomor Referensi SKU",
    "Variation Name": "Nama Variasi",
    "Original Price": "Harga Awal",
    "Deal Price": "Harga Setelah Diskon",
    "Quantity": "Jumlah",
    "Returned quantity": "Returned quantity",
    "Product Subtotal": "Total Harga Produk",
    "Total Discount": "Total Diskon",
    "Seller Discount": "Diskon Dari Penjual",
    "Shopee Rebate": "Diskon Dari Shopee",
    "SKU Total Weight": "Berat Produk",
    "No of product in order": "Jumlah Produk di Pesan",
    "Order Total Weight": "Total Berat",
    "Seller Voucher": "Voucher Ditanggung Penjual",
    "Seller Absorbed Coin Cashback": "Cashback Koin",
    "Shopee Voucher": "Voucher Ditanggung Shopee",
    "Bundle Deal Indicator": "Paket Diskon",
    "Shopee Bundle Discount": "Paket Diskon (Diskon dari Shopee)",
    "Seller Bundle Discount": "Paket Diskon (Diskon dari Penjual)",
    "Shopee Coins Offset": "Potongan Koin Shopee",
    "Credit Card Discount Total": "Diskon Kartu Kredit",
    "Buyer Paid Shipping Fee": "Ongkos Kirim Dibayar oleh Pembeli",
    "Shipping Rebate Estimate": "Estimasi Potongan Biaya Pengiriman",
    "Reverse Shipping Fee": "Ongkos Kirim Pengembalian Barang",
    "Total Amount": "Total Pembayaran",
    "Estimated Shipping Fee": "Perkiraan Ongkos Kirim",
    "Remark from buyer": "Catatan dari Pembeli",
    "Note": "Catatan",
    "Username (Buyer)": "Username (Pembeli)",
    "Receiver Name": "Nama Penerima",
    "Phone Number": "No. Telepon",
    "Delivery Address": "Alamat Pengiriman",
    "City": "Kota/Kabupaten",
    "Province": "Provinsi",
    "Order Complete Time": "Waktu Pesanan Selesai",
}
"""The columns of Indonesia by those of Malaysia; it tells how one paid, and no country."""

Cells = dict[str, Any]


def row(n: int = 1, product: str = "Mug", cells: Mapping[str, Any] = MappingProxyType({})) -> Cells:
    """A row in English: two mugs of an order on its way, 12 December 2024, from 40.00 down to 36.00 each."""
    return {
        "Order ID": f"241212ABCDE{n:02d}",
        "Order Status": "Shipping",
        "Tracking Number*": "MYMADE00000001",
        "Shipping Option": "Doorstep Delivery",
        "Shipment Method": "Drop-off",
        "Estimated Ship Out Date": "2024-12-14 23:59",
        "Ship Time": "2024-12-13 16:28",
        "Order Creation Date": f"2024-12-12 00:{n:02d}",
        "Order Paid Time": "2024-12-12 00:59",
        "Product Name": product,
        "Variation Name": "Blue",
        "Original Price": 40,
        "Deal Price": 36,
        "Quantity": 2,
        "Returned quantity": 0,
        "Product Subtotal": 72,
        "Seller Rebate": "0.00",
        "Seller Discount": "6.00",
        "Shopee Rebate": "2.00",
        "SKU Total Weight": "0.480",
        "Seller Voucher": "5.00",
        "Shopee Voucher": "0",
        "Bundle Deal Indicator": "N",
        "Shopee Coins Offset": 0,
        "Total Amount": 73.3,
        "Buyer Paid Shipping Fee": 6.3,
        "Shipping Rebate Estimate": 4,
        "Transaction Fee": "2.1990",
        "Estimated Shipping Fee": 10.3,
        "Username (Buyer)": f"made_up_{n}",
        "Receiver Name": "M****p",
        "Phone Number": "******01",
        "Delivery Address": "Sa******",
        "District": "Sample District",
        "City": "Sample City",
        "Province": "Pahang",
        "Country": "MY",
        "Zip Code": "00042",
    } | dict(cells)


def indonesian(n: int = 1, product: str = "Gelas", cells: Mapping[str, Any] = MappingProxyType({})) -> Cells:
    """The same order as Indonesia has it: in thousands, written with dots; what is not there is a dash."""
    local = {
        "Order Status": "Sedang Dikirim",
        "Payment Method": "Saldo ShopeePay",
        "Cancel reason": "-",
        "Original Price": "40.000",
        "Deal Price": "36.000",
        "Product Subtotal": "72.000",
        "Seller Discount": "6.000",
        "Shopee Rebate": "2.000",
        "Seller Voucher": "5.000",
        "Total Amount": "73.300",
        "Buyer Paid Shipping Fee": "6.300",
        "Shipping Rebate Estimate": "4.000",
        "Estimated Shipping Fee": "10.300",
        "SKU Total Weight": "480 gr",
        "City": "KOTA CONTOH",
        "Province": "JAWA CONTOH",
    }
    told = row(n, product, local | dict(cells))
    return {ID_NAMES[name]: cell for name, cell in told.items() if name in ID_NAMES}


ID_COLUMNS = tuple(ID_NAMES.values())


def in_english(path: Path, rows: list[Cells], columns: tuple[str, ...] = EN_COLUMNS) -> Path:
    """The export in English."""
    return as_csv(path, rows, columns=columns, tabs=False)


def in_indonesian(path: Path, rows: list[Cells]) -> Path:
    """The export in Indonesian."""
    return as_csv(path, rows, columns=ID_COLUMNS, tabs=False)
