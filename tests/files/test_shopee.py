"""Shopee's order export comes in as what it is, in both languages, with who cancelled, when and why."""

from pathlib import Path
from typing import Any

import pytest

from app.shop import tables as t
from app.shop.check import check
from app.shop.files.shopee_words import _CODES, _LISTS
from app.shop.files.source import Choices
from app.shop.files.take_in import take_in
from app.shop.rules.orders import Role, Status
from app.shop.rules.reasons import REASONS
from app.shop.shop import Shop
from tests.files.made import brought, counts, events, handles, lines, order, orders, payments, prices, stored
from tests.files.made_shopee import (
    EN_COLUMNS,
    ID_COLUMNS,
    in_english,
    in_indonesian,
    indonesian,
    row,
)
from tests.files.seller import as_book, as_csv

CREATED = 1_733_933_460_000
"""2024-12-12 00:11 in Kuala Lumpur."""


def test_an_order_comes_in_whole(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, in_english(tmp_path / "orders.csv", [row(11)]))
    assert (file.kind, file.read, counts(file), file.flagged) == ("shopee", 1, (1, 0, 0, 0), 0)
    assert [note.code for note in file.notes] == ["shop_not_told", "no_time_zone"]
    found = order(shop)
    assert (found.source, found.outside_number) == ("shopee", "241212ABCDE11")
    assert (found.status, found.currency, found.total_minor) == ("IN_TRANSIT", "MYR", 7_330)
    assert (found.created_at, found.tracking) == (CREATED, "MYMADE00000001")
    assert (found.paid_at, found.shipped_at) == (CREATED + 48 * 60_000, CREATED + (40 * 60 + 17) * 60_000)
    assert found.ship_by == CREATED + (71 * 60 + 48) * 60_000
    (line,) = lines(shop)
    assert (line.title, line.variant, line.quantity) == ("Mug", "Blue", 2)
    assert (line.unit_minor, line.discount_minor, line.total_minor) == (4_000, 800, 7_200)
    assert prices(shop) == [
        ("ITEMS", 8_000),
        ("SELLER_DISCOUNT", -600),
        ("PLATFORM_DISCOUNT", -200),
        ("SHIPPING", 1_030),
        ("SHIPPING_PLATFORM_DISCOUNT", -400),
        ("SELLER_DISCOUNT", -500),
    ]
    (paid,) = payments(shop)
    assert (paid.state, paid.amount_minor) == ("CAPTURED", 7_330)
    assert check(shop).sound


def test_indonesia_writes_thousands_with_dots_and_nothing_with_a_dash(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, in_indonesian(tmp_path / "pesanan.csv", [indonesian(11)]))
    assert (file.kind, counts(file), file.flagged) == ("shopee", (1, 0, 0, 0), 0)
    found = order(shop)
    assert (found.currency, found.total_minor, found.payment_method) == ("IDR", 73_300, "WALLET")
    assert found.created_at == CREATED + 3_600_000
    assert (found.cancel_text, lines(shop)[0].unit_minor) == (None, 40_000)
    assert dict(prices(shop))["SHIPPING_PLATFORM_DISCOUNT"] == -4_000


@pytest.mark.parametrize("total", ["Rp73.300", "Rp 73.300", "73300", "73,300", "IDR 73.300"])
def test_an_amount_is_the_same_however_it_is_written(sqlite_shop: Shop, tmp_path: Path, total: str) -> None:
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells={"Total Amount": total})]))
    assert (order(sqlite_shop).total_minor, file.flagged) == (73_300, 0)


def test_thousands_stay_thousands_beside_a_zero_with_decimals(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells={"Shopee Voucher": "0.00"})]))
    assert (order(sqlite_shop).total_minor, file.flagged) == (73_300, 0)


def test_an_order_is_the_same_in_either_language(sqlite_shop: Shop, tmp_path: Path) -> None:
    dotted = {name: cell for name, cell in indonesian(product="Mug").items() if name in ID_COLUMNS}
    english = row(cells={"Country": "ID", "Order Status": "Completed"})
    for name in ("Original Price", "Deal Price", "Product Subtotal", "Total Amount"):
        english[name] = f"{float(english[name]):.3f}"
    assert counts(brought(sqlite_shop, in_indonesian(tmp_path / "a", [dotted]))) == (1, 0, 0, 0)
    later = in_english(tmp_path / "b", [english])
    assert [counts(brought(sqlite_shop, later)) for _ in range(2)] == [(0, 1, 0, 0), (0, 0, 1, 0)]
    earlier = brought(sqlite_shop, in_indonesian(tmp_path / "a", [dotted]))
    assert (counts(earlier), order(sqlite_shop).status) == ((0, 0, 1, 0), "COMPLETED")
    assert len(stored(sqlite_shop, t.Person)) == len(lines(sqlite_shop)) == 1


def test_what_every_row_repeats_is_taken_once(shop: Shop, tmp_path: Path) -> None:
    rows = [row(1, cells={"Total Amount": "145.30"}), row(2), row(1, "Cup", {"Total Amount": 145.3})]
    file = brought(shop, in_english(tmp_path / "orders.csv", rows))
    assert (file.read, counts(file)) == (2, (2, 0, 0, 0))
    assert [(found.total_minor, found.line_count) for found in orders(shop)] == [(14_530, 2), (7_330, 1)]


def test_rows_that_disagree_are_told_in_the_words_of_the_file(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [indonesian(), indonesian(1, "Piring", {"Total Amount": "1.000", "Quantity": "0"})]
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", rows))
    assert [(problem.code, problem.row, problem.column, problem.value) for problem in file.problems] == [
        ("quantity_not_usable", 3, "jumlah", "0"),
    ]
    rows[1]["Jumlah"] = "2"
    file = brought(sqlite_shop, in_indonesian(tmp_path / "b", rows))
    assert [(problem.code, problem.column) for problem in file.problems] == [
        ("rows_disagree", "total pembayaran")
    ]


def test_a_row_that_stands_twice_counts_once(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(), indonesian()]))
    assert (counts(file), len(lines(sqlite_shop))) == ((1, 0, 0, 1), 1)
    assert (file.problems[0].code, file.problems[0].column) == ("row_twice", "nama produk")


STATUSES = [
    ("Unpaid", Status.UNPAID),
    ("Shipping", Status.IN_TRANSIT),
    ("Delivered", Status.DELIVERED),
    ("Completed", Status.COMPLETED),
    ("Cancelled", Status.CANCELLED),
    ("Belum Bayar", Status.UNPAID),
    ("Perlu Dikirim", Status.AWAITING_COLLECTION),
    ("Sedang Dikirim", Status.IN_TRANSIT),
    ("Telah Dikirim", Status.DELIVERED),
    (
        "Pesanan diterima, namun Pembeli masih dapat mengajukan pengembalian hingga 2024-12-20.",
        Status.DELIVERED,
    ),
    ("SELESAI", Status.COMPLETED),
    ("Batal", Status.CANCELLED),
]


@pytest.mark.parametrize(("word", "status"), STATUSES)
def test_both_languages_have_their_states(
    sqlite_shop: Shop, tmp_path: Path, word: str, status: Status
) -> None:
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells={"Order Status": word})]))
    assert (order(sqlite_shop).status, file.flagged) == (status, 0)


def test_what_was_not_announced_to_the_carrier_waits_for_its_seller(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    brought(
        sqlite_shop, in_english(tmp_path / "a", [row(cells={"Order Status": "To ship", "Ship Time": ""})])
    )
    assert (order(sqlite_shop).status, order(sqlite_shop).shipped_at) == ("AWAITING_SHIPMENT", None)


def test_an_unknown_state_is_kept_and_told_from_the_times(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells={"Order Status": "Flying"})]))
    assert order(sqlite_shop).status == "IN_TRANSIT"
    assert [(one.code, one.column, one.value) for one in file.problems] == [
        ("unknown_status", "order status", "Flying")
    ]


BUYER, SELLER = "Dibatalkan oleh Pembeli. Alasan:", "Dibatalkan oleh Penjual. Alasan:"
SYSTEM = "Dibatalkan secara otomatis oleh sistem Shopee. Alasan:"
REASONED = [
    (f"{BUYER} Lainnya/ berubah pikiran", "BUYER", "OTHER", "Lainnya/ berubah pikiran"),
    (f"{BUYER} Need to change delivery address", "BUYER", "ADDRESS", None),
    (f"{BUYER} Perlu mengubah alamat pengiriman", "BUYER", "ADDRESS", None),
    (f"{BUYER} Tidak ingin membeli lagi", "BUYER", "NOT_NEEDED", None),
    ("Cancelled by Buyer. Reason: Found cheaper elsewhere", "BUYER", "BETTER_PRICE", None),
    (f"{SELLER} Stok habis", "SELLER", "SP_OUT_OF_STOCK", None),
    (f"{SYSTEM} Pesanan belum dibayar", "SYSTEM", "SY_PAYMENT_TIMEOUT", None),
    (f"{SYSTEM.replace(' Shopee', '')} Pengiriman gagal", "SYSTEM", "SY_DELIVERY_FAILED", None),
    (
        "Cancelled automatically by Shopee's system. Reason: Failed delivery",
        *("SYSTEM", "SY_DELIVERY_FAILED", None),
    ),
    ("Dibatalkan oleh Pembeli", "BUYER", None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("paid", "list_"), [("2024-12-12 00:59", "BP"), ("-", "BU")])
@pytest.mark.parametrize(("told", "role", "code", "text"), REASONED)
def test_who_cancelled_and_why_stand_in_one_sentence(
    sqlite_shop: Shop,
    tmp_path: Path,
    told: str,
    role: str | None,
    code: str | None,
    text: str | None,
    paid: str,
    list_: str,
) -> None:
    cells = {"Order Status": "Batal", "Cancel reason": told, "Order Paid Time": paid}
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells=cells)]))
    found = order(sqlite_shop)
    wanted = code if code is None or code in REASONS else f"{list_}_{code}"
    assert (found.cancelled_by, found.cancel_reason, found.cancel_text) == (role, wanted, text)
    assert (found.status, file.flagged) == ("CANCELLED", 0)
    assert lines(sqlite_shop)[0].status is None


def test_every_reason_is_one_of_ours() -> None:
    for role, codes in _CODES.items():
        lists = {_LISTS[role], "BU"} if role is Role.BUYER else {_LISTS[role]}
        assert {f"{one}_{code}" for code in codes for one in lists} <= set(REASONS)


@pytest.mark.parametrize(
    ("told", "codes", "text"),
    [
        (f"{BUYER} Ubah Pesanan yang Ada", ["unknown_reason"], "Ubah Pesanan yang Ada"),
        ("Dibatalkan oleh Kurir. Alasan: Hujan", ["unknown_role", "unknown_reason"], "Hujan"),
        ("banjir", ["unknown_reason"], "banjir"),
    ],
)
def test_words_nobody_told_us_are_kept_as_written(
    sqlite_shop: Shop, tmp_path: Path, told: str, codes: list[str], text: str
) -> None:
    cells = {"Order Status": "Batal", "Cancel reason": told}
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells=cells)]))
    assert (order(sqlite_shop).cancel_reason, order(sqlite_shop).cancel_text) == (None, text)
    assert file.flags == dict.fromkeys(codes, 1)
    assert told in (events(sqlite_shop)[0].facts or "")


def test_the_end_of_a_cancelled_order_is_when_it_was_cancelled(shop: Shop, tmp_path: Path) -> None:
    cells = {"Order Status": "Cancelled", "Order Complete Time": "2024-12-12 02:11", "Order Paid Time": "-"}
    brought(shop, in_english(tmp_path / "a", [row(11, cells=cells)]))
    assert order(shop).cancelled_at == CREATED + 2 * 3_600_000
    assert [event.action for event in events(shop)] == ["imported", "cancelled"]
    assert payments(shop) == []


def test_a_cancelled_order_may_not_say_when_it_was_made(sqlite_shop: Shop, tmp_path: Path) -> None:
    cells = {"Order Status": "Cancelled", "Order Complete Time": "2024-12-12 00:11", "Ship Time": "-"}
    cells |= {"Order Creation Date": "", "Order Paid Time": "-"}
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells=cells)]))
    assert (order(sqlite_shop).created_at, file.flags) == (CREATED, {"created_missing": 1})
    file = brought(
        sqlite_shop, in_english(tmp_path / "b", [row(2, cells=cells | {"Order Complete Time": ""})])
    )
    assert [(problem.code, problem.column) for problem in file.problems] == [
        ("time_missing", "order creation date")
    ]


def test_one_cancelled_row_leaves_the_order_where_the_others_are(shop: Shop, tmp_path: Path) -> None:
    gone = {"Order Status": "Batal", "Cancel reason": f"{SELLER} Stok habis"}
    rows = [indonesian(), indonesian(1, "Piring", gone)]
    brought(shop, in_indonesian(tmp_path / "a", rows))
    assert (order(shop).status, order(shop).cancelled_by) == ("IN_TRANSIT", None)
    assert [(line.status, line.cancelled_by, line.cancel_reason) for line in lines(shop)] == [
        (None, None, None),
        ("CANCELLED", "SELLER", "SP_OUT_OF_STOCK"),
    ]


def test_a_total_of_nothing_is_what_nobody_paid(sqlite_shop: Shop, tmp_path: Path) -> None:
    cells = {"Order Status": "Batal", "Total Amount": "0", "Order Paid Time": "-"}
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells=cells)]))
    assert (order(sqlite_shop).total_minor, file.flagged, payments(sqlite_shop)) == (73_300, 0, [])


@pytest.mark.parametrize(
    ("coins", "total", "entry", "flags"),
    [
        ("110", "72.20", -110, {}),
        ("1.10", "72.20", -110, {}),
        ("110", "73.30", None, {"prices_disagree": 1}),
        ("110", "78.30", None, {"prices_disagree": 1}),
        ("110", "70.00", -110, {"difference": 1}),
        ("0", "73.30", None, {}),
        ("many", "73.30", None, {"amount_not_usable": 1}),
    ],
)
def test_vouchers_and_coins_are_taken_off_as_the_total_wants(
    sqlite_shop: Shop, tmp_path: Path, coins: str, total: str, entry: int | None, flags: dict[str, int]
) -> None:
    cells = {"Shopee Coins Offset": coins, "Total Amount": total}
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells=cells)]))
    sheet = prices(sqlite_shop)
    assert (dict(sheet).get("COINS"), sum(amount for _, amount in sheet)) == (
        entry,
        order(sqlite_shop).total_minor,
    )
    assert (("SELLER_DISCOUNT", -500) in sheet) is (total != "78.30")
    assert file.flags == flags


def test_shipping_estimates_that_do_not_add_up_are_left_out(sqlite_shop: Shop, tmp_path: Path) -> None:
    cells = {"Estimated Shipping Fee": "9.99"}
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells=cells)]))
    assert (dict(prices(sqlite_shop))["SHIPPING"], file.flagged) == (630, 0)


@pytest.mark.parametrize(
    ("status", "asked", "pieces", "flags"),
    [
        ("Selesai", "Permintaan Disetujui", "1", ["returned: returned quantity=1"]),
        ("Completed", "Request Approved", "0", ["returned: returned quantity=0"]),
        ("Pengembalian", "", "2", ["returned: returned quantity=2"]),
        ("Perlu Dikirim", "Menunggu Persetujuan", "0", ["cancel_requested"]),
        ("Pembatalan diajukan", "", "0", ["cancel_requested"]),
        ("Batal", "Permintaan Disetujui", "0", []),
    ],
)
def test_returns_and_requests_stand_in_one_column(
    sqlite_shop: Shop, tmp_path: Path, status: str, asked: str, pieces: str, flags: list[str]
) -> None:
    cells = {"Order Status": status, "Return / Refund Status": asked, "Returned quantity": pieces}
    brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells=cells)]))
    assert (order(sqlite_shop).flags or "").splitlines() == flags
    assert asked in (events(sqlite_shop)[0].facts or "")


USUAL: dict[str, Any] = {"columns": EN_COLUMNS, "tabs": False}
SHAPES: list[dict[str, Any]] = [
    {},
    {"delimiter": ";"},
    {"delimiter": "\t"},
    {"encoding": "utf-16"},
    {"columns": tuple(reversed(EN_COLUMNS))},
    {"columns": tuple(name.upper() for name in EN_COLUMNS)},
    {"columns": (*EN_COLUMNS[:-1], "Something New")},
    {"tabs": True},
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_csv_is_read_alike(sqlite_shop: Shop, tmp_path: Path, shape: dict[str, Any]) -> None:
    rows = [row(11, cells={"Remark from buyer": 'two\nlines, "quoted"; and | more'}), row(12)]
    file = brought(sqlite_shop, as_csv(tmp_path / "any", rows, **(USUAL | shape)))
    assert (file.kind, counts(file), file.problems) == ("shopee", (2, 0, 0, 0), [])
    assert [found.total_minor for found in orders(sqlite_shop)] == [7_330, 7_330]
    assert orders(sqlite_shop)[0].created_at == CREATED


@pytest.mark.parametrize("shape", [{}, {"shared": True}, {"broken": True}, {"places": False}])
@pytest.mark.parametrize("indonesia", [False, True])
def test_every_shape_of_workbook_is_read_alike(
    sqlite_shop: Shop, tmp_path: Path, shape: dict[str, Any], *, indonesia: bool
) -> None:
    # Some amounts are numbers there, others text.
    made = indonesian(11, cells={"Deal Price": 36_000, "Total Amount": 73_300}) if indonesia else row(11)
    columns = ID_COLUMNS if indonesia else EN_COLUMNS
    file = brought(
        sqlite_shop, as_book(tmp_path / "orders", [made], columns=columns, described=False, **shape)
    )
    assert (file.kind, counts(file), file.flagged) == ("shopee", (1, 0, 0, 0), 0)
    assert order(sqlite_shop).total_minor == (73_300 if indonesia else 7_330)


@pytest.mark.parametrize("told", ["2.41212E+13", "2,41E13"])
def test_rounded_numbers_are_refused(sqlite_shop: Shop, tmp_path: Path, told: str) -> None:
    file = brought(sqlite_shop, in_indonesian(tmp_path / "a", [indonesian(cells={"Order ID": told})]))
    (problem,) = file.problems
    assert (problem.code, problem.row, problem.column, problem.value) == (
        *("id_not_exact", 2, "no. pesanan", told),
    )


@pytest.mark.parametrize(
    ("country", "choices", "currency", "zone"),
    [
        ("SG", Choices(), "SGD", "Asia/Singapore"),
        ("TW", Choices(), "TWD", "Asia/Taipei"),
        ("MY", Choices(zone="Asia/Jakarta"), "MYR", "Asia/Jakarta"),
        ("", Choices(currency="THB"), "THB", "Asia/Bangkok"),
    ],
)
def test_currency_and_clock_are_those_of_the_market_or_those_that_are_named(
    sqlite_shop: Shop, tmp_path: Path, country: str, choices: Choices, currency: str, zone: str
) -> None:
    path = in_english(tmp_path / "a", [row(cells={"Country": country})])
    file = brought(sqlite_shop, path, choices=choices)
    assert (order(sqlite_shop).currency, file.notes[-1].value) == (currency, zone)


def test_a_currency_behind_the_columns_is_told_by_them(sqlite_shop: Shop, tmp_path: Path) -> None:
    money = ("Original Price", "Deal Price", "Product Subtotal", "Total Amount", "Seller Voucher")
    columns = tuple(f"{name} (PHP)" if name in money else name for name in EN_COLUMNS)
    made = row(cells={"Country": ""})
    path = in_english(tmp_path / "a", [made | {f"{name} (PHP)": made[name] for name in money}], columns)
    file = brought(sqlite_shop, path)
    assert (order(sqlite_shop).currency, order(sqlite_shop).total_minor, file.flagged) == ("PHP", 7_330, 0)


def test_a_file_that_names_no_currency_asks_for_it(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, in_english(tmp_path / "a", [row(cells={"Country": ""})]))
    assert [problem.code for problem in file.problems] == ["currency_open"]


def test_a_buyer_is_told_apart_and_not_named(shop: Shop, tmp_path: Path) -> None:
    again = row(2, cells={"Username (Buyer)": "MADE_UP_1"})
    rows = [row(1), again, row(3), row(4, cells={"Username (Buyer)": "m****p"})]
    file = brought(shop, in_english(tmp_path / "a", rows))
    first, second, third, fourth = (found.buyer_id for found in orders(shop))
    assert (first == second, len({first, third, fourth})) == (True, 3)
    assert file.flags == {"buyer_unknown": 1}
    kept = [*handles(shop, t.Person).values(), *(one.outside_id for one in stored(shop, t.OutsideId))]
    assert not any("made_up" in word.lower() for word in kept)
    assert stored(shop, t.Address) == []


def test_names_and_addresses_come_in_when_asked_for(shop: Shop, tmp_path: Path) -> None:
    brought(shop, in_english(tmp_path / "a", [row(cells={"Remark from buyer": "ring twice"})]), personal=True)
    (address,) = stored(shop, t.Address)
    assert (address.recipient, address.phone, address.lines) == ("M****p", "******01", "Sa******")
    assert (address.city, address.region, address.postal_code) == (
        *("Sample District, Sample City", "Pahang", "00042"),
    )
    assert "made_up_1" in [person.name for person in stored(shop, t.Person)]
    assert events(shop)[0].note == "ring twice"


def test_the_shop_is_the_one_that_is_named(sqlite_shop: Shop, tmp_path: Path) -> None:
    report = take_in(sqlite_shop, [in_english(tmp_path / "a", [row()])], shop_handle="cups")
    assert [note.code for note in report.files[0].notes] == ["no_time_zone"]
    assert list(handles(sqlite_shop, t.Shop).values()) == ["cups"]


def test_goods_without_numbers_are_known_by_their_names(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, cells={"Variation Name": "Red"}),
        row(3, "Cup", {"Parent SKU Reference No.": "C1", "SKU Reference No.": "C1-B"}),
        row(4, "Cup, new", {"Parent SKU Reference No.": "C1", "SKU Reference No.": "C1-B"}),
    ]
    brought(sqlite_shop, in_english(tmp_path / "a", rows))
    assert sorted(product.title for product in stored(sqlite_shop, t.Product)) == ["Cup", "Mug"]
    assert sorted(variant.name for variant in stored(sqlite_shop, t.Variant)) == ["Blue", "Blue", "Red"]
