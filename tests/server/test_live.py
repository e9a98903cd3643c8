"""What is done through one process shows in the windows of others, and only of those whom it concerns."""

import asyncio
from contextlib import closing
from pathlib import Path

from app.clock import wall_clock
from app.shop.actions.accounts import change_password, give_password
from app.shop.actions.cancel import cancel_order
from app.shop.actions.sign_in import sign_in
from app.shop.demo import fill
from app.shop.shop import SYSTEM, Actor, Shop
from app.shop.store import open_shop
from app.ui.device import TOKEN
from tests.served import Servers
from tests.visitor import Visitor

PASSWORD = "seven rivers run"


def signed_in(shop: Shop, person: int, devices: int) -> list[Visitor]:
    """Devices on which somebody signed in."""
    given = give_password(shop, SYSTEM, person)
    change_password(shop, Actor(person), given.password, PASSWORD, address="-")
    signed = [
        sign_in(shop, given.handle, PASSWORD, address="-", device="a test").token for _ in range(devices)
    ]
    return [Visitor({TOKEN: token}) for token in signed]


async def test_a_change_of_another_process_shows_to_whom_it_concerns_alone(url: str, tmp_path: Path) -> None:
    with closing(open_shop(url, wall_clock)) as shop:
        fill(shop, orders=60, buyers=6, seed=5)
        find = shop.place.connection().execute
        number, buyer, _ = find(
            "SELECT number, buyer_id, shop_id FROM orders WHERE status = 'UNPAID'"
        ).fetchone()
        others = find("SELECT person_id FROM people, members WHERE id = person_id").fetchall()
        (stranger,) = next(
            one
            for one in find("SELECT id FROM people WHERE bio IS NULL ORDER BY id DESC").fetchall()
            if one[0] != buyer and one not in others
        )
        (here, there), (elsewhere,) = signed_in(shop, buyer, 2), signed_in(shop, stranger, 1)
        with closing(Servers(url, tmp_path, 2)) as served:
            first, second = (f"ws://127.0.0.1:{port}" for port in served.ports)
            await here.come(first, "/orders?tab=pending-payment")
            await there.come(second, "/orders?tab=pending-payment")
            await elsewhere.come(second, "/settings")
            for one in (here, there):
                await one.sees(f"cancel-{number}")
            await elsewhere.sees("go-language")
            await asyncio.sleep(1)
            before = elsewhere.received
            cancel_order(shop, Actor(buyer), number, "BU_MISTAKE", key="test")
            await asyncio.gather(here.misses(f"cancel-{number}"), there.misses(f"cancel-{number}"))
            await asyncio.sleep(1)
            assert elsewhere.received == before
            await asyncio.gather(*(one.leave() for one in (here, there, elsewhere)))
