"""The guided tour: both journeys by Next, by tapping, or both; left, gone on with, and without a trace."""

from app.shop.shop import Shop
from app.ui import routes
from tests.ui.looking import Look
from tests.ui.touring import CODES, at, begin


async def test_the_whole_tour_goes_by_next_alone(shop: Shop, look: Look) -> None:
    async with look.at(routes.TOUR) as phone:
        await begin(phone)
        for code in CODES:
            await at(phone, code)
            print(code, phone.route, phone.identifiers())
            if code != "undo":
                await phone.tap("tour-next")
        await phone.shows("tour-orders")
