"""The page of an order out of a file that tells less of it than an order from here has."""

from pathlib import Path

from app.shop.files.take_in import take_in
from app.shop.shop import Actor, Shop
from tests.files.made import as_file, order
from tests.files.made_tiktok_account import NUMBER, PROFILE, bought, export
from tests.ui.looking import Look


async def test_what_each_item_cost_is_not_made_up(shop: Shop, look: Look, tmp_path: Path) -> None:
    take_in(shop, [as_file(tmp_path, export({NUMBER: bought()}, "2026", **PROFILE))])
    found = order(shop)
    assert found.buyer_id is not None
    async with look.at(f"/orders/{found.number}", Actor(found.buyer_id)) as phone:
        await phone.until(lambda: phone.sees("What happened"))
        for words in ("Cat mug", "Moss", "$10.68", "Difference in the file"):
            assert phone.sees(words), words
        assert not phone.sees("$0.00")
