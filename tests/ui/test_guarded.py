"""What cannot be drawn: wherever it stands, a calm sentence and the way to try again; the rest lives on."""

from typing import Any, NamedTuple

import pytest

from app.shop.rules.orders import Status
from app.shop.shop import Shop
from app.ui import routes
from tests.actions.steps import order_in, run
from tests.ui.looking import WIDE, Look

CALM = "Something went wrong here. Nothing was lost; please try again."


class Place(NamedTuple):
    """Where something is drawn: at a route, after taps; `fails` is drawn in it, `there` shows that it was."""

    route: str
    taps: tuple[str, ...]
    fails: str
    there: str


DIALOG = ("/orders/{number}", ("cancel-order",))
PLACES = {
    "a screen": Place("/orders/{number}", (), "screens.order.Lines", "cancel-order"),
    "a part of a screen": Place("/shop", (), "screens.shop.category_word", "category-home"),
    "a dialog": Place(*DIALOG, "dialogs.cancel.Choosing", "submit"),
    "a part of a dialog": Place(*DIALOG, "dialogs.cancel.ReasonPicker", "submit"),
    "a panel": Place(routes.ADDRESSES, ("add-address",), "dialogs.address.CancelBody", "save-address"),
    "the menu": Place("/", ("menu",), "dialogs.menu.EntryList", "go-settings"),
}


@pytest.mark.parametrize("size", [(412, 915), WIDE])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
async def test_what_cannot_be_drawn_says_so_and_tries_again(
    shop: Shop, look: Look, place: Place, size: tuple[int, int]
) -> None:
    number = order_in(shop, Status.UNPAID)
    run(shop, "UPDATE products SET category = 'home'")

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret of the render")

    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(f"app.ui.{place.fails}", fail)
        async with look.at(place.route.format(number=number), size=size, fails=True) as phone:
            for name in place.taps:
                await phone.tap(name)
            await phone.shows("try-again")
            assert phone.sees(CALM)
            assert phone.find(place.there) is None
            assert not phone.sees("secret")
            await phone.rests()  # what is read meanwhile draws it anew
            broken.undo()
            await phone.tap("try-again")
            await phone.shows(place.there)
            assert not phone.sees(CALM)
