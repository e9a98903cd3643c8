"""Searching one's orders: by any word and number of them, in pages without gaps, one's own alone."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from app.shop import tables as t
from app.shop.actions.cancel import cancel_order
from app.shop.reads.orders import PAGE, orders_of
from app.shop.reads.search import CHUNK, REACH, Found, search_orders
from app.shop.rules.orders import TABS, Status, Tab
from app.shop.shop import Actor, Shop
from app.shop.sql import Row, Statement, Work
from tests.actions.steps import BUDI, IDS, MAI, SARI, TUAN, fresh, place, run
from tests.conftest import MONDAY, Clock
from tests.people import Stocked, put, stock

BASE = MONDAY * 100_000
"""Orders of these tests have the numbers after it."""
MUG = ("Enamel camp mug", "Cream")


def bought(
    shop: Shop,
    *numbers: int,
    lines: tuple[tuple[str, str], ...] = (MUG,),
    buyer: Actor = MAI,
    seller: int = IDS.kopi_house,
    outside: str | None = None,
    status: Status = Status.UNPAID,
) -> None:
    """Orders as rows: as many as a test likes, of whatever it likes."""
    with shop.change() as work:
        put(work, *(_order(BASE + n, buyer, seller, outside, status, len(lines)) for n in numbers))
        put(
            work,
            *(
                t.Line(
                    order_number=BASE + number,
                    n=n,
                    product_id=IDS.mug,
                    variant_id=IDS.cream,
                    title=title,
                    variant=variant,
                    quantity=1,
                    unit_minor=1,
                    total_minor=1,
                )
                for number in numbers
                for n, (title, variant) in enumerate(lines, 1)
            ),
        )


def _order(
    number: int, buyer: Actor, seller: int, outside: str | None, status: Status, lines: int
) -> t.Order:
    return t.Order(
        number=number,
        buyer_id=buyer.id,
        shop_id=seller,
        status=status,
        tab=TABS[status],
        currency="IDR",
        total_minor=lines,
        line_count=lines,
        payment_method="CARD",
        created_at=MONDAY,
        source="takeback" if outside is None else "tiktok",
        outside_number=outside,
    )


def found(shop: Shop, words: str, tab: Tab | None = None, buyer: Actor = MAI) -> list[int]:
    """Which orders a search finds, by their place after `BASE`."""
    page = search_orders(shop, buyer, words, tab)
    assert page.end is None or len(page.orders) == PAGE
    return [order.number - BASE for order in page.orders]


def pages(shop: Shop, words: str, limit: int = PAGE) -> Iterator[Found]:
    """Each page of a search, as one scrolls."""
    page = search_orders(shop, MAI, words, limit=limit)
    yield page
    while page.end is not None:
        page = search_orders(shop, MAI, words, before=page.end, limit=limit)
        yield page


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Statement]]:
    """The statements that read rows meanwhile."""
    seen: list[Statement] = []
    rows = Work.rows

    def noted(work: Work, statement: Statement, **values: object) -> list[Row]:
        seen.append(statement)
        return rows(work, statement, **values)

    with monkeypatch.context() as patched:
        patched.setattr(Work, "rows", noted)
        yield seen


@pytest.fixture
def wardrobe(shop: Shop, stocked: Stocked) -> Shop:
    """Four orders of mai's, no word in two of them but where a test says so."""
    bought(shop, 1)
    bought(shop, 2, lines=(("Áo sơ mi lụa", "Trắng, M"), ("Đầm maxi", "Hồng đất")), seller=IDS.linen_lab)
    bought(shop, 3, lines=(("Lampu meja Vela", "Terakota"),), outside="576461-ABC/ü 9")
    bought(shop, 4, lines=(("iPhone case", "15 Pro"),), status=Status.CANCELLED)
    return shop


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("mug", [1]),
        ("CAMP", [1]),
        ("crea", [1]),
        ("lụa", [2]),
        ("trắng", [2]),
        ("Linen Lab", [2]),
        ("linen-lab", [2]),
        ("@linen-lab", [2]),
        ("kopi", [4, 3, 1]),
        ("vela", [3]),
        ("15 pro", [4]),
        ("nothing of this", []),
    ],
)
def test_a_word_of_product_variant_or_seller_finds_the_order(
    wardrobe: Shop, words: str, numbers: list[int]
) -> None:
    assert found(wardrobe, words) == numbers


@pytest.mark.parametrize(
    "words", ["ao so mi", "ÁO SƠ MI", "Ao Sơ mi", "a\u0301o so\u031b mi", "dam maxi", "ĐẦM"]
)
def test_accents_and_case_need_not_be_typed_and_may_be(wardrobe: Shop, words: str) -> None:
    assert found(wardrobe, words) == [2]


def test_several_words_may_stand_anywhere_but_all_must(wardrobe: Shop) -> None:
    assert found(wardrobe, "mi ao") == found(wardrobe, "dam trang linen") == [2]
    assert found(wardrobe, "kopi vela") == found(wardrobe, "  vela\t kopi ") == [3]
    assert found(wardrobe, "mug vela") == []
    # What ends one text and begins the next is no word.
    assert found(wardrobe, "mugcream") == found(wardrobe, "velaterakota") == []


def test_a_shop_without_a_name_is_found_by_its_handle(wardrobe: Shop) -> None:
    run(wardrobe, "UPDATE shops SET name = NULL WHERE handle = 'linen-lab'")
    assert found(wardrobe, "linen") == [2]
    assert found(wardrobe, "linen lab") == [2]


def test_an_order_is_found_by_a_part_of_our_number(wardrobe: Shop) -> None:
    whole = str(BASE + 3)
    for typed in (
        whole,
        f"#{whole}",
        f" {whole} ",
        whole[-9:],
        whole[4:],
        f"{whole[:6]} {whole[6:12]} {whole[12:]}",
    ):
        assert 3 in found(wardrobe, typed)
    assert found(wardrobe, whole) == [3]
    assert found(wardrobe, whole[:8]) == [4, 3, 2, 1]


def test_an_order_is_found_by_a_part_of_the_outside_number(wardrobe: Shop) -> None:
    for typed in ("576461-ABC/ü 9", "#576461", "576461-abc", "abc/u", "576 461"):
        assert found(wardrobe, typed) == [3]


def test_a_number_and_a_word_are_searched_together(wardrobe: Shop) -> None:
    assert found(wardrobe, f"vela {BASE + 3}") == found(wardrobe, "576461 vela") == [3]
    assert found(wardrobe, f"mug {BASE + 3}") == []


def test_a_size_is_not_taken_for_a_part_of_a_number(wardrobe: Shop) -> None:
    size = str(BASE)[:2]
    assert found(wardrobe, size) == []
    bought(wardrobe, 5, lines=(("Canvas shoes", size),))
    assert found(wardrobe, size) == [5]


@pytest.mark.parametrize("nothing", ["", "   ", "#", "\n", "\u200f", "\u0301", "\0"])
def test_a_search_for_nothing_is_the_list_of_orders(wardrobe: Shop, nothing: str) -> None:
    assert search_orders(wardrobe, MAI, nothing) == Found(orders_of(wardrobe, MAI), None)
    first = search_orders(wardrobe, MAI, nothing, limit=3)
    assert (first.orders, first.end) == (orders_of(wardrobe, MAI, limit=3), BASE + 2)
    assert search_orders(wardrobe, MAI, nothing, before=first.end, limit=3).orders[0].number == BASE + 1
    assert found(wardrobe, nothing, Tab.CANCELLED) == [4]


def test_the_cards_are_those_of_the_list(shop: Shop, stocked: Stocked) -> None:
    place(shop, (stocked.cream, 1), (stocked.navy, 1))
    cancel_order(shop, MAI, place(shop), "BU_MISTAKE", key=fresh())
    assert search_orders(shop, MAI, "kopi mug").orders == orders_of(shop, MAI)
    assert len(search_orders(shop, MAI, "navy").orders) == 1


def test_what_others_ordered_is_never_found(wardrobe: Shop) -> None:
    bought(wardrobe, 6, buyer=BUDI, outside="9988776655")
    for stranger in (SARI, TUAN, Actor(99), Actor(-1)):
        for words in ("mug", "kopi", str(BASE + 1), "9988776655", ""):
            assert search_orders(wardrobe, stranger, words) == Found((), None)
    assert found(wardrobe, "9988776655") == []
    assert found(wardrobe, "mug") == [1]
    assert found(wardrobe, "mug", buyer=BUDI) == [6]


def test_a_tab_narrows_the_search(wardrobe: Shop) -> None:
    assert found(wardrobe, "kopi", Tab.CANCELLED) == [4]
    assert found(wardrobe, "kopi", Tab.PENDING_PAYMENT) == [3, 1]
    assert found(wardrobe, "kopi", Tab.COMPLETED) == []
    assert found(wardrobe, str(BASE + 4), Tab.CANCELLED) == [4]
    assert found(wardrobe, str(BASE + 4), Tab.PENDING_PAYMENT) == []


def test_an_order_without_lines_is_found_by_its_shop_and_number(wardrobe: Shop) -> None:
    bought(wardrobe, 7, lines=())
    assert found(wardrobe, "kopi") == [7, 4, 3, 1]
    assert found(wardrobe, str(BASE + 7)) == [7]


@pytest.mark.parametrize("limit", [1, 2, 7, PAGE])
def test_pages_have_no_gaps_and_nothing_twice_while_orders_are_placed(
    shop: Shop, stocked: Stocked, clock: Clock, limit: int
) -> None:
    bought(shop, *range(0, 60, 2))
    bought(shop, *range(1, 60, 2), lines=(("Linen shirt", "White"),))
    run(shop, "UPDATE balances SET free = 100000, taken_in = 100000 WHERE kind = 'STOCK'")
    seen: list[int] = []
    for page in pages(shop, "mug", limit):
        seen += [order.number - BASE for order in page.orders]
        clock.move(milliseconds=1)
        place(shop, (stocked.cream, 1))
    assert seen == list(range(58, -1, -2))


def test_a_long_look_stops_and_goes_on(shop: Shop, stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    bought(shop, 0, 1)
    bought(shop, *range(2, REACH + 2), lines=(("Linen shirt", "White"),))
    bought(shop, REACH + 2)
    with counted(monkeypatch) as statements:
        first = search_orders(shop, MAI, "mug")
    assert len(statements) == REACH // CHUNK + 1
    assert [order.number - BASE for order in first.orders] == [REACH + 2]
    assert first.end == BASE + 3
    with counted(monkeypatch) as statements:
        second = search_orders(shop, MAI, "mug", before=first.end)
    assert len(statements) == 2
    assert [order.number - BASE for order in second.orders] == [1, 0]
    assert second.end is None
    far = [page.orders for page in pages(shop, "nothing of this")]
    assert far == [(), ()]


def test_a_page_that_is_full_early_looks_no_further(
    shop: Shop, stocked: Stocked, monkeypatch: pytest.MonkeyPatch
) -> None:
    bought(shop, *range(2 * CHUNK))
    with counted(monkeypatch) as statements:
        page = search_orders(shop, MAI, "mug")
    assert (len(page.orders), page.end) == (PAGE, BASE + 2 * CHUNK - PAGE)
    assert len(statements) == 2
    with counted(monkeypatch) as statements:
        assert search_orders(shop, MAI, "nothing", before=BASE + CHUNK - 1) == Found((), None)
    assert len(statements) == 1


def test_every_order_is_looked_at_whatever_ends_with_a_chunk(shop: Shop, stocked: Stocked) -> None:
    bought(shop, *range(2 * CHUNK))
    for n in (0, CHUNK - 1, CHUNK, 2 * CHUNK - 1):
        run(shop, "UPDATE lines SET title = 'Rare find' WHERE order_number = :number", number=BASE + n)
    numbers = [order.number - BASE for page in pages(shop, "rare", 1) for order in page.orders]
    assert numbers == [2 * CHUNK - 1, CHUNK, CHUNK - 1, 0]


@pytest.mark.parametrize(
    "sign", ["%", "_", "\\", "'", '"', "*", "?", "[a-z]", "$1", ".*", "--", ";", "%s", ":x"]
)
def test_signs_of_a_search_language_are_just_signs(shop: Shop, stocked: Stocked, sign: str) -> None:
    bought(shop, 1)
    assert found(shop, sign) == []
    bought(shop, 2, lines=((f"Cotton 100{sign} pure", "One"),))
    assert found(shop, sign) == found(shop, f"100{sign}") == [2]


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Cốc sứ 🐈 mèo", "🐈"),
        ("Bó hoa ❤️", "❤"),
        ("Gia đình 👩‍👧", "👩‍👧"),
        ("قميص كَتّان أبيض", "كتان"),
        ("חולצת פשתן", "\u200fפשתן\u200e"),
        ("ตะเกียงตั้งโต๊ะ", "โต๊ะ"),
        ("リネンシャツ", "ﾘﾈﾝ"),
        ("리넨 셔츠", "셔츠"),
        ("Лампа Ёлка", "елка"),
    ],
)
def test_every_script_is_searched(shop: Shop, stocked: Stocked, title: str, words: str) -> None:
    bought(shop, 1, lines=((title, "One"),))
    bought(shop, 2)
    assert found(shop, words) == [1]


@pytest.mark.parametrize(
    "words",
    [
        "x" * 500,
        "mug " * 125,
        "ﷺ" * 500,
        "a" + "\u0301" * 499,
        "9" * 500,
        "x" * 100_000,
        "zz\0zz",
        "zz\ud83dzz",
        "\x1b[31mzz\x07\x08",
        "\u202ezz",
        "' OR 1=1 --",
    ],
)
def test_whatever_is_typed_does_no_harm(shop: Shop, stocked: Stocked, words: str) -> None:
    bought(shop, 1)
    assert found(shop, words) == ([1] if words[0] in "ma" else [])


def test_looking_far_is_one_moment(sqlite_shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(sqlite_shop)
    bought(sqlite_shop, *range(CHUNK + 1))
    rows, other = Work.rows, sqlite_shop.place.engine.connect()

    def meanwhile(work: Work, statement: Statement, **values: object) -> list[Row]:
        answer = rows(work, statement, **values)
        other.execute(text("UPDATE lines SET title = 'Gone'"))
        other.commit()
        return answer

    with monkeypatch.context() as patched, other:
        patched.setattr(Work, "rows", meanwhile)
        page = search_orders(sqlite_shop, MAI, f"mug {BASE}")
    assert [order.lines[0].title for order in page.orders] == ["Enamel camp mug"]
