"""TikTok's Seller Centre export comes in as what it is, in every language, market and shape it comes in."""

from pathlib import Path
from typing import Any, Literal
from unicodedata import normalize

import pytest
from sqlmodel import col

from app.shop import tables as t
from app.shop.files.source import Choices
from app.shop.reads.orders import find_number
from app.shop.rules.orders import TABS, Status
from app.shop.shop import Shop
from tests.files.made import (
    CREATED,
    as_file,
    brought,
    counts,
    events,
    handles,
    lines,
    order,
    orders,
    payments,
    prices,
    stored,
    tiktok_line,
    tiktok_order,
)
from tests.files.seller import ID_COLUMNS, MY_COLUMNS, VN_COLUMNS, as_book, as_csv, sku_row

CANCELLED = {
    "Order Status": "Dibatalkan",
    "Order Substatus": "Dibatalkan",
    "Cancelation/Return Type": "Cancel",
    "Cancelled Time": "14/06/2026 08:00:00",
    "Cancel By": "Pembeli",
    "Cancel Reason": "Tidak dibutuhkan lagi",
}
KNOWN = CANCELLED | {"Cancel Reason": "No longer needed"}


def test_an_order_comes_in_whole(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_csv(tmp_path / "all.csv", [sku_row()]))
    assert (file.kind, file.read, counts(file), file.flagged) == ("tiktok-seller", 1, (1, 0, 0, 0), 0)
    found = order(shop)
    assert (found.source, found.outside_number) == ("tiktok-api", "583870900000000001")
    assert (found.status, found.currency, found.total_minor) == ("AWAITING_SHIPMENT", "IDR", 105_000)
    assert (found.created_at, found.paid_at) == (1_781_363_143_000, 1_781_363_220_000)
    assert found.payment_method == "TRANSFER"
    assert find_number(shop, "583870900000000001") == found.number
    (line,) = lines(shop)
    assert (line.title, line.variant, line.quantity) == ("Kaos kucing 🐈", "Merah, L", 2)
    assert (line.unit_minor, line.discount_minor, line.total_minor) == (60_000, 20_000, 100_000)
    assert prices(shop) == [
        ("ITEMS", 120_000),
        ("SELLER_DISCOUNT", -15_000),
        ("PLATFORM_DISCOUNT", -5_000),
        ("SHIPPING", 12_000),
        ("SHIPPING_PLATFORM_DISCOUNT", -7_000),
    ]
    (paid,) = payments(shop)
    assert (paid.state, paid.amount_minor, paid.label) == ("CAPTURED", 105_000, "Transfer bank")


def test_what_every_row_repeats_is_taken_once(shop: Shop, tmp_path: Path) -> None:
    # Rows of an order need not stand together: the file may be sorted by anything.
    rows = [sku_row(1, 1, {"Order Amount": "205000"}), sku_row(2), sku_row(1, 2, {"Order Amount": "205000"})]
    file = brought(shop, as_csv(tmp_path / "all.csv", rows))
    assert (file.read, counts(file), file.flagged) == (2, (2, 0, 0, 0), 0)
    assert sorted(found.total_minor for found in orders(shop)) == [105_000, 205_000]
    assert sorted(found.line_count for found in orders(shop)) == [1, 2]


def test_rows_that_disagree_about_the_order_are_flagged(sqlite_shop: Shop, tmp_path: Path) -> None:
    rows = [sku_row(1, 1, {"Order Amount": "205000"}), sku_row(1, 2, {"Order Amount": "204000"})]
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", rows))
    assert order(sqlite_shop).total_minor == 205_000
    assert file.flags == {"rows_disagree": 1}
    assert [(problem.code, problem.row) for problem in file.problems] == [("rows_disagree", 2)]
    assert order(sqlite_shop).flags == "rows_disagree: order amount=205000, 204000"


def test_a_row_that_stands_twice_counts_once(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(), sku_row()]))
    assert (counts(file), len(lines(sqlite_shop))) == ((1, 0, 0, 1), 1)
    (problem,) = file.problems
    assert (problem.code, problem.row) == ("row_twice", 3)


STATUSES = [
    ("Unpaid", "", Status.UNPAID),
    ("To ship", "Awaiting shipment", Status.AWAITING_SHIPMENT),
    ("To ship", "Awaiting collection", Status.AWAITING_COLLECTION),
    ("Shipped", "In transit", Status.IN_TRANSIT),
    ("Shipped", "Delivered", Status.DELIVERED),
    ("Delivered", "", Status.DELIVERED),
    ("Completed", "Completed", Status.COMPLETED),
    ("Canceled", "Canceled", Status.CANCELLED),
    ("Belum dibayar", "", Status.UNPAID),
    ("Perlu dikirim", "Menunggu pengambilan", Status.AWAITING_COLLECTION),
    ("Dikirim", "Sedang transit", Status.IN_TRANSIT),
    ("Selesai", "Selesai", Status.COMPLETED),
    ("Dibatalkan", "Dibatalkan", Status.CANCELLED),
    ("ค้างชำระ", "", Status.UNPAID),
    ("ที่จะจัดส่ง", "รอเข้ารับ", Status.AWAITING_COLLECTION),
    ("จัดส่งแล้ว", "จัดส่งสำเร็จ", Status.DELIVERED),
    ("ยกเลิกแล้ว", "ยกเลิกแล้ว", Status.CANCELLED),
    ("Chưa thanh toán", "", Status.UNPAID),
    ("Cần gửi", "Chờ lấy hàng", Status.AWAITING_COLLECTION),
    ("Đã huỷ", "", Status.CANCELLED),
    ("Não pago", "", Status.UNPAID),
    ("CANCELADO", "", Status.CANCELLED),
]


@pytest.mark.parametrize(("status", "substatus", "ours"), STATUSES)
def test_every_language_has_its_states(
    sqlite_shop: Shop, tmp_path: Path, status: str, substatus: str, ours: Status
) -> None:
    row = sku_row(1, 1, {"Order Status": status, "Order Substatus": substatus})
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [row]))
    assert (order(sqlite_shop).status, order(sqlite_shop).tab, file.flagged) == (ours, TABS[ours], 0)


def test_an_unknown_state_is_kept_and_told_from_the_times(sqlite_shop: Shop, tmp_path: Path) -> None:
    row = sku_row(
        1, 1, {"Order Status": "Terbang", "Order Substatus": "", "Shipped Time": "15/06/2026 01:00:00"}
    )
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [row]))
    assert order(sqlite_shop).status == "IN_TRANSIT"
    assert [(problem.code, problem.value) for problem in file.problems] == [("unknown_status", "Terbang")]


def test_who_cancelled_when_and_why_is_kept(shop: Shop, tmp_path: Path) -> None:
    file = brought(shop, as_csv(tmp_path / "cancelled.csv", [sku_row(1, 1, CANCELLED)]))
    found = order(shop)
    assert (found.status, found.cancelled_by) == ("CANCELLED", "BUYER")
    assert (found.cancel_reason, found.cancel_text) == (None, "Tidak dibutuhkan lagi")
    assert found.cancelled_at == 1_781_398_800_000
    assert file.flags == {"unknown_reason": 1}


def test_a_key_of_the_platform_becomes_our_reason(sqlite_shop: Shop, tmp_path: Path) -> None:
    told = {"Cancel Reason": "seller_cancel_reason_out_of_stock", "Cancel By": "Seller"}
    brought(sqlite_shop, as_csv(tmp_path / "cancelled.csv", [sku_row(1, 1, CANCELLED | told)]))
    assert (order(sqlite_shop).cancelled_by, order(sqlite_shop).cancel_reason) == (
        "SELLER",
        "SP_OUT_OF_STOCK",
    )


@pytest.mark.parametrize(
    ("by", "paid", "words", "reason"),
    [
        ("Buyer", "13/06/2026 22:07:00", "No longer needed", "BP_NOT_NEEDED"),
        ("Buyer", "", "No longer needed", "BU_NOT_NEEDED"),
        ("Seller", "13/06/2026 22:07:00", "Out of stock", "SP_OUT_OF_STOCK"),
        ("Seller", "", "Buyer did not pay in time", "SP_BUYER_DID_NOT_PAY"),
        ("Seller", "13/06/2026 22:07:00", "Buyer asked to cancel", "SP_BUYER_REQUESTED"),
        ("Seller", "13/06/2026 22:07:00", "Cannot deliver to this area.", "SP_UNDELIVERABLE"),
    ],
)
def test_the_words_of_a_reason_become_ours(
    sqlite_shop: Shop, tmp_path: Path, by: str, paid: str, words: str, reason: str
) -> None:
    told = {"Cancel Reason": words, "Cancel By": by, "Paid Time": paid}
    file = brought(sqlite_shop, as_csv(tmp_path / "cancelled.csv", [sku_row(1, 1, CANCELLED | told)]))
    assert (order(sqlite_shop).cancel_reason, order(sqlite_shop).cancel_text, file.flagged) == (
        reason,
        None,
        0,
    )


@pytest.mark.parametrize(
    ("word", "role"),
    [
        *(("Pembeli", "BUYER"), ("ผู้ซื้อ", "BUYER"), ("Người mua", "BUYER"), ("Comprador", "BUYER")),
        *(("Penjual", "SELLER"), ("ผู้ขาย", "SELLER"), ("Người bán", "SELLER"), ("Vendedor", "SELLER")),
        *(("Sistem", "SYSTEM"), ("ระบบ", "SYSTEM"), ("Hệ thống", "SYSTEM"), ("Sistema", "SYSTEM")),
        *(("Platform", "OPERATOR"), ("แพลตฟอร์ม", "OPERATOR"), ("Nền tảng", "OPERATOR"), ("SELLER", "SELLER")),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_who_cancelled_is_told_in_every_language(
    sqlite_shop: Shop, tmp_path: Path, word: str, role: str, form: Literal["NFC", "NFD"]
) -> None:
    row = sku_row(1, 1, KNOWN | {"Cancel By": normalize(form, word)})
    file = brought(sqlite_shop, as_csv(tmp_path / "cancelled.csv", [row]))
    assert (order(sqlite_shop).cancelled_by, "unknown_role" in file.flags) == (role, False)


def test_who_cancelled_is_kept_as_written_where_nobody_knows_the_word(
    sqlite_shop: Shop, tmp_path: Path
) -> None:
    row = sku_row(1, 1, KNOWN | {"Cancel By": "Kurir"})
    file = brought(sqlite_shop, as_csv(tmp_path / "cancelled.csv", [row]))
    assert [(problem.code, problem.value) for problem in file.problems] == [("unknown_role", "Kurir")]
    assert order(sqlite_shop).cancelled_by is None


def test_one_cancelled_row_leaves_the_order_where_the_others_are(shop: Shop, tmp_path: Path) -> None:
    sent = {"Order Status": "Dikirim", "Order Substatus": "Sedang transit"}
    brought(shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, CANCELLED), sku_row(1, 2, sent)]))
    assert order(shop).status == "IN_TRANSIT"
    assert [(line.status, line.cancelled_by) for line in lines(shop)] == [
        ("CANCELLED", "BUYER"),
        (None, None),
    ]
    assert lines(shop)[0].cancel_text == "Tidak dibutuhkan lagi"


def test_pieces_cancelled_of_a_row_are_a_line_of_their_own(shop: Shop, tmp_path: Path) -> None:
    told = {
        "Quantity": "3",
        "Sku Quantity of return": "1",
        "Cancelation/Return Type": "Cancel",
        "SKU Subtotal Before Discount": "180000",
        "SKU Subtotal After Discount": "100000",
        "SKU Platform Discount": "0",
        "SKU Seller Discount": "80000",
        "Cancel By": "Penjual",
    }
    file = brought(shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, told)]))
    kept, cancelled = lines(shop)
    assert (kept.quantity, kept.status, kept.total_minor) == (2, None, 66_667)
    assert (cancelled.quantity, cancelled.status, cancelled.total_minor) == (1, "CANCELLED", 33_333)
    assert (cancelled.cancelled_by, order(shop).status) == ("SELLER", "AWAITING_SHIPMENT")
    for line in (kept, cancelled):
        assert line.unit_minor * line.quantity - line.discount_minor == line.total_minor
    assert file.flagged == 0


def test_a_cancellation_that_is_only_asked_for_is_flagged(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(
        sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, {"Cancelation/Return Type": "Cancel"})])
    )
    assert (order(sqlite_shop).status, file.flags) == ("AWAITING_SHIPMENT", {"cancel_requested": 1})


@pytest.mark.parametrize("status", ["Selesai", "Pengembalian"])
def test_a_return_is_flagged_with_its_pieces(sqlite_shop: Shop, tmp_path: Path, status: str) -> None:
    told = {
        "Order Status": status,
        "Order Substatus": "",
        "Cancelation/Return Type": "Return/Refund",
        "Sku Quantity of return": "1",
        "Delivered Time": "16/06/2026 09:00:00",
        "Order Refund Amount": "50000",
    }
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, told)]))
    found = order(sqlite_shop)
    assert (found.status, file.flags) == (
        "COMPLETED" if status == "Selesai" else "DELIVERED",
        {"returned": 1},
    )
    assert "returned: sku quantity of return=1" in (found.flags or "")
    assert '"refund_amount":"50000"' in (events(sqlite_shop)[0].facts or "")


def test_cash_on_delivery_is_due_until_the_parcel_is_there(sqlite_shop: Shop, tmp_path: Path) -> None:
    told = {"Payment Method": "Bayar di tempat", "Paid Time": ""}
    brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, told)]))
    assert (order(sqlite_shop).payment_method, payments(sqlite_shop)[0].state) == ("COD", "COD_DUE")


def test_who_showed_the_goods_is_a_creator_of_the_shop(shop: Shop, tmp_path: Path) -> None:
    rows = [
        sku_row(n, 1, {"Creator Handle": handle}) for n, handle in ((1, "@contoh"), (2, "contoh"), (3, ""))
    ]
    brought(shop, as_csv(tmp_path / "all.csv", rows))
    (creator,) = stored(shop, t.Creator)
    assert creator.handle == "contoh"
    assert [found.creator_id for found in orders(shop)] == [creator.id, creator.id, None]
    # What is told later does not forget it.
    brought(shop, as_csv(tmp_path / "later.csv", [sku_row(1, 1, CANCELLED)]))
    assert (orders(shop)[0].status, orders(shop)[0].creator_id) == ("CANCELLED", creator.id)


def test_tokopedia_and_the_channel_are_kept_as_written(sqlite_shop: Shop, tmp_path: Path) -> None:
    told = {
        "Purchase Channel": "Tokopedia",
        "Tokopedia Invoice Number": "INV/20260613/XX/VI/123456",
        "Order Channel": "LIVE",
    }
    brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, told)]))
    facts = events(sqlite_shop)[0].facts or ""
    assert all(word in facts for word in ("INV/20260613/XX/VI/123456", "LIVE", "Tokopedia"))


def test_a_buyer_is_told_apart_and_not_named(shop: Shop, tmp_path: Path) -> None:
    rows = [
        sku_row(1),
        sku_row(2),
        sku_row(3, 1, {"Buyer Username": "lain"}),
        sku_row(4, 1, {"Buyer Username": ""}),
    ]
    file = brought(shop, as_csv(tmp_path / "all.csv", rows))
    first, second, third, fourth = (found.buyer_id for found in orders(shop))
    assert (first == second, len({first, third, fourth})) == (True, 3)
    assert file.flags == {"buyer_unknown": 1}
    kept = [*handles(shop, t.Person).values(), *(one.outside_id for one in stored(shop, t.OutsideId))]
    assert not any("kucing" in word for word in kept)
    assert stored(shop, t.Address) == []


def test_names_and_addresses_come_in_when_asked_for(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_csv(tmp_path / "all.csv", [sku_row()]), personal=True)
    (address,) = stored(shop, t.Address)
    assert (address.recipient, address.phone, address.city) == ("C*** O***", "(+62)812***", "Kota Contoh")
    assert "kucing_contoh" in [person.name for person in stored(shop, t.Person, col(t.Person.id))]


SHAPES: list[dict[str, Any]] = [
    {},
    {"described": True},
    {"delimiter": ";"},
    {"delimiter": "\t", "tabs": False},
    {"delimiter": ";", "before": "sep=;\r\n"},
    {"encoding": "utf-16"},
    {"columns": tuple(reversed(ID_COLUMNS))},
    {"columns": tuple(name.upper() for name in ID_COLUMNS[:-2])},
    {"columns": (*ID_COLUMNS, "Small Order Fee", "Brand", "Something New")},
]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_csv_is_read_alike(sqlite_shop: Shop, tmp_path: Path, shape: dict[str, Any]) -> None:
    rows = [sku_row(1, 1, {"Buyer Message": 'two\nlines, "quoted"; and | more'}), sku_row(2, 1, KNOWN)]
    file = brought(sqlite_shop, as_csv(tmp_path / "any name", rows, **shape), personal=True)
    assert (file.kind, counts(file), file.problems) == ("tiktok-seller", (2, 0, 0, 0), [])
    assert [found.status for found in orders(sqlite_shop)] == ["AWAITING_SHIPMENT", "CANCELLED"]
    assert order_numbers(sqlite_shop) == ["583870900000000001", "583870900000000002"]


def order_numbers(shop: Shop) -> list[str | None]:
    return [found.outside_number for found in orders(shop)]


BOOKS: list[dict[str, Any]] = [
    {},
    {"shared": True},
    {"broken": True},
    {"broken": True, "shared": True},
    {"places": False},
    {"described": False},
]


@pytest.mark.parametrize("shape", BOOKS)
def test_every_shape_of_workbook_is_read_alike(
    sqlite_shop: Shop, tmp_path: Path, shape: dict[str, Any]
) -> None:
    rows = [sku_row(1, 1, {"Quantity": 2, "Order Amount": 105_000.0}), sku_row(2, 1, KNOWN)]
    file = brought(sqlite_shop, as_book(tmp_path / "orders", rows, **shape))
    assert (file.kind, counts(file), file.problems) == ("tiktok-seller", (2, 0, 0, 0), [])
    assert [found.status for found in orders(sqlite_shop)] == ["AWAITING_SHIPMENT", "CANCELLED"]
    assert [found.total_minor for found in orders(sqlite_shop)] == [105_000, 105_000]


def test_dates_of_a_workbook_are_read_as_such(sqlite_shop: Shop, tmp_path: Path) -> None:
    row = sku_row(1, 1, {"Created Time": 46186.92063657407, "Paid Time": 46186.921527777777})
    dates = frozenset({ID_COLUMNS.index("Created Time") + 1, ID_COLUMNS.index("Paid Time") + 1})
    brought(sqlite_shop, as_book(tmp_path / "orders", [row], dates=dates))
    assert (order(sqlite_shop).created_at, order(sqlite_shop).paid_at) == (
        1_781_363_143_000,
        1_781_363_220_000,
    )


@pytest.mark.parametrize(
    ("columns", "told", "currency", "total"),
    [
        (VN_COLUMNS, {}, "VND", 105_000),
        (MY_COLUMNS, {"Order Amount": "123.3"}, "MYR", 12_330),
        (MY_COLUMNS, {"Country": "Thailand", "Order Amount": "THB 100"}, "THB", 10_000),
        (ID_COLUMNS, {"Country": "Indonesia", "Order Amount": "IDR 105.000"}, "IDR", 105_000),
        (ID_COLUMNS, {"Country": "Brasil", "Order Amount": "BRL 1.035,91"}, "BRL", 103_591),
        (ID_COLUMNS, {"Order Amount": "R$ 35,91"}, "BRL", 3_591),
        (ID_COLUMNS, {"Country": "Singapore"}, "SGD", 10_500_000),
    ],
)
def test_the_market_is_told_by_amounts_countries_or_columns(
    sqlite_shop: Shop,
    tmp_path: Path,
    columns: tuple[str, ...],
    told: dict[str, str],
    currency: str,
    total: int,
) -> None:
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", [sku_row(1, 1, told)], columns=columns))
    assert file.problems == []
    assert (order(sqlite_shop).currency, order(sqlite_shop).total_minor) == (currency, total)


BARE = ("Order ID", "Order Status", "SKU ID", "Quantity", "SKU Subtotal After Discount", "Created Time")


def test_a_currency_nothing_tells_is_asked_for(sqlite_shop: Shop, tmp_path: Path) -> None:
    path = as_csv(
        tmp_path / "bare.csv", [sku_row(1, 1, {"SKU Subtotal After Discount": "12,50"})], columns=BARE
    )
    file = brought(sqlite_shop, path)
    assert [problem.code for problem in file.problems] == ["currency_open"]
    assert "--currency" in file.problems[0].why
    brought(sqlite_shop, path, choices=Choices(currency="PHP"))
    assert (order(sqlite_shop).currency, order(sqlite_shop).total_minor) == ("PHP", 1_250)


OPEN = {"Created Time": "05/08/2026 10:15:00", "Paid Time": ""}


@pytest.mark.parametrize(("month_first", "created"), [(False, "2026-08-05"), (True, "2026-05-08")])
def test_dates_that_can_be_read_both_ways_are_asked_for(
    sqlite_shop: Shop, tmp_path: Path, month_first: bool, created: str
) -> None:
    path = as_csv(tmp_path / "open.csv", [sku_row(1, 1, OPEN)])
    (problem,) = brought(sqlite_shop, path).problems
    assert (problem.code, problem.value) == ("day_month_open", "05/08/2026 10:15:00")
    assert "--dates dmy" in problem.why
    brought(sqlite_shop, path, choices=Choices(month_first=month_first))
    assert iso_day(order(sqlite_shop).created_at) == created


def iso_day(ms: int) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(ms / 1000, UTC).date().isoformat()


@pytest.mark.parametrize(
    ("others", "created"),
    [
        ("12/15/2025 9:30:33 AM", "2026-05-08"),
        ("15/12/2025 09:30:33", "2026-08-05"),
        ("05/08/2026 10:15:00 AM", "2026-05-08"),
    ],
)
def test_one_date_tells_how_all_of_the_file_are_written(
    sqlite_shop: Shop, tmp_path: Path, others: str, created: str
) -> None:
    rows = [sku_row(1, 1, OPEN), sku_row(2, 1, {"Created Time": others, "Paid Time": ""})]
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", rows))
    assert file.problems == []
    days = {found.outside_number: iso_day(found.created_at) for found in orders(sqlite_shop)}
    assert days["583870900000000001"] == created


@pytest.mark.parametrize("other", ["06/13/2026 10:00:00", "2026-06-13 10:00:00"])
def test_dates_that_a_spreadsheet_changed_in_part_are_refused(
    sqlite_shop: Shop, tmp_path: Path, other: str
) -> None:
    rows = [sku_row(1), sku_row(2, 1, {"Created Time": other})]
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", rows))
    assert ([problem.code for problem in file.problems], orders(sqlite_shop)) == (["dates_mixed"], [])


@pytest.mark.parametrize(
    ("told", "code", "column"),
    [
        ({"Order ID": "5.83871E+17"}, "id_not_exact", "order id"),
        ({"Order ID": ""}, "id_missing", "order id"),
        ({"SKU ID": "1,72903E+18"}, "id_not_exact", "sku id"),
        ({"SKU ID": ""}, "id_missing", "sku id"),
        ({"Quantity": "two"}, "quantity_not_usable", "quantity"),
        ({"Quantity": "0"}, "quantity_not_usable", "quantity"),
        ({"Order Amount": "free"}, "amount_not_usable", "order amount"),
        ({"Order Amount": "-5"}, "amount_not_usable", "order amount"),
        ({"SKU Subtotal After Discount": "1E+5"}, "amount_not_usable", "sku subtotal after discount"),
        ({"Created Time": "soon"}, "time_not_usable", "created time"),
        ({"Created Time": ""}, "time_missing", "created time"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_come_in(
    sqlite_shop: Shop, tmp_path: Path, told: dict[str, str], code: str, column: str
) -> None:
    rows = [sku_row(1), sku_row(2, 1, told), sku_row(3)]
    file = brought(sqlite_shop, as_csv(tmp_path / "all.csv", rows, tabs=False))
    (problem,) = file.problems
    assert (problem.code, problem.row, problem.column) == (code, 3, column)
    assert (file.read, counts(file)) == (3, (2, 0, 0, 1))


def test_an_id_in_a_number_of_a_workbook_is_refused(sqlite_shop: Shop, tmp_path: Path) -> None:
    file = brought(
        sqlite_shop, as_book(tmp_path / "orders", [sku_row(1, 1, {"Order ID": 583870900000000001})])
    )
    assert [problem.code for problem in file.problems] == ["id_not_exact"]


def test_a_later_export_brings_the_order_on_and_an_earlier_one_not_back(shop: Shop, tmp_path: Path) -> None:
    to_ship = as_csv(tmp_path / "1.csv", [sku_row()])
    later = as_csv(tmp_path / "2.csv", [sku_row(1, 1, CANCELLED)])
    assert [counts(brought(shop, path)) for path in (to_ship, to_ship, later, later, to_ship)] == [
        (1, 0, 0, 0),
        (0, 0, 1, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
    ]
    assert order(shop).status == "CANCELLED"


def test_a_later_export_cancels_a_row_of_an_order_that_stays_where_it_is(shop: Shop, tmp_path: Path) -> None:
    rows = [sku_row(1, 1), sku_row(1, 2)]
    before = as_csv(tmp_path / "1.csv", rows)
    after = as_csv(tmp_path / "2.csv", [sku_row(1, 1, CANCELLED), rows[1]])
    assert [counts(brought(shop, path)) for path in (before, after, after, before)] == [
        (1, 0, 0, 0),
        (0, 1, 0, 0),
        (0, 0, 1, 0),
        (0, 0, 1, 0),
    ]
    assert [line.status for line in lines(shop)] == ["CANCELLED", None]
    assert (order(shop).status, order(shop).version) == ("AWAITING_SHIPMENT", 2)
    assert order(shop).cancelled_at is None
    assert '"cancelled_time":"14/06/2026 08:00:00"' in (events(shop)[-1].facts or "")


def test_a_later_export_tells_of_a_return(sqlite_shop: Shop, tmp_path: Path) -> None:
    done = {"Order Status": "Selesai", "Order Substatus": "Selesai"}
    back = {"Cancelation/Return Type": "Return/Refund", "Sku Quantity of return": "2"}
    before = as_csv(tmp_path / "1.csv", [sku_row(1, 1, done)])
    after = as_csv(tmp_path / "2.csv", [sku_row(1, 1, done | back)])
    changed = [brought(sqlite_shop, path).changed for path in (before, after, after, before)]
    assert changed == [0, 1, 0, 0]
    assert order(sqlite_shop).flags == "returned: sku quantity of return=2"


def api_order(**fields: Any) -> dict[str, Any]:
    made = {"id": "583870900000000001", "payment": {"currency": "IDR", "total_amount": "105000"}}
    return tiktok_order(lines=[tiktok_line(currency="IDR"), tiktok_line(2, currency="IDR")], **made | fields)


def test_the_same_order_of_the_interface_and_of_the_export_is_one(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_file(tmp_path, [api_order()]))
    before, (unit, _) = order(shop), lines(shop)
    file = brought(shop, as_csv(tmp_path / "later.csv", [sku_row(1, 1, CANCELLED)]))
    found = order(shop)
    assert (counts(file), found.number, found.status) == ((0, 1, 0, 0), before.number, "CANCELLED")
    # The export knows neither who bought nor one unit from another: what the interface told stays.
    assert (found.buyer_id, found.shop_id) == (before.buyer_id, before.shop_id)
    assert (len(lines(shop)), lines(shop)[0].outside_id) == (2, unit.outside_id)
    assert (found.cancelled_by, found.outside_updated_at) == ("BUYER", before.outside_updated_at)
    older = brought(shop, as_file(tmp_path, [api_order(update_time=CREATED)]))
    assert (counts(older), order(shop).status) == ((0, 0, 1, 0), "CANCELLED")


def test_the_interface_tells_more_of_an_order_that_an_export_brought(shop: Shop, tmp_path: Path) -> None:
    brought(shop, as_csv(tmp_path / "first.csv", [sku_row()]))
    file = brought(shop, as_file(tmp_path, [api_order()]))
    assert (counts(file), len(lines(shop)), len(orders(shop))) == ((0, 1, 0, 0), 2, 1)
    assert handles(shop, t.Shop)[order(shop).shop_id] == "tiktok-778899"
