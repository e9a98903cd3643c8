"""Every picture there is: each look of each ware of the demo, and the parcels."""

from collections.abc import Callable, Iterator

from app.art import bags, bottles, home, kids, makeup, pantry, phones, shoes, skirts, table, tops, tubes
from app.art.flavours import FLAVOURS
from app.art.paint import BOTTLED, PAINTS, Paint
from app.art.parcels import PARCELS, parcel
from app.art.studio import picture
from app.shop.demo.wares import WARES

_DRAWN: tuple[Callable[[Paint], str], ...] = (
    *(tops.shirt, tops.crop, tops.hoodie, tops.cardigan),
    *(skirts.dress, skirts.skirt, skirts.trousers, skirts.pyjamas, skirts.shawl),
    *(shoes.sneakers, shoes.sandals, shoes.loafers, shoes.runners),
    *(bags.tote, bags.crossbody, bags.backpack, bags.rattan),
    *(bottles.serum, bottles.hairoil, bottles.mist, tubes.sunscreen, tubes.facewash),
    *(makeup.tint, makeup.cushion, makeup.blush),
    *(pantry.chips, pantry.coffee, pantry.fruit, pantry.granola, pantry.cashews),
    *(home.sheets, home.blanket, home.basket, table.mug, table.candle, table.lamp, table.plate),
    *(phones.case, phones.glass, phones.earbuds, phones.power, phones.gimbal),
    *(kids.romper, kids.school),
)
_BY_WARE = {draw.__name__: draw for draw in _DRAWN}
_LOOKS = PAINTS | FLAVOURS


def pictures() -> Iterator[tuple[str, str]]:
    """Where each picture lies below the assets, and what is in it."""
    for ware in WARES:
        for n, (look, *_) in enumerate(ware.looks):
            paint = BOTTLED.get(ware.slug) or _LOOKS[look]
            yield ware.picture(n), picture(paint, _BY_WARE[ware.slug](paint))
    for n, paint in enumerate(PARCELS):
        yield f"goods/parcel-{n}.svg", picture(paint, parcel(paint))
