"""Icons and splashes for every place the app is installed at, each as that place cuts it."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from app.art.mark import Easel, Paint, blend

LIT, DEEP = (232, 92, 56), (190, 48, 22)
"""The ground, from where the light falls to where it does not."""
ACCENT, ACCENT_DARK = (204, 59, 31), (255, 122, 92)
PAPER = Paint((255, 255, 255), (255, 236, 228), ACCENT, shadow=(84, 16, 4))
LIGHT = Paint(ACCENT, ACCENT, (255, 255, 255))
DARK = Paint(ACCENT_DARK, ACCENT_DARK, (14, 15, 17))
MONOCHROME = Paint((255, 255, 255), (255, 255, 255))

CORNERS = 0.225
"""How round an icon is that nobody cuts, in parts of its side."""
ALONE, CUT, ADAPTIVE, SPLASH = 0.8, 0.7, 0.5, 0.62
"""How far the mark reaches: where nobody cuts, where a circle of 0.8 stays, or of 0.61, and in a splash."""
SIZES = (16, 24, 32, 48, 64, 256)
"""Of the icon for Windows."""


def icons() -> Iterator[tuple[str, bytes]]:
    """Every file: its name below the assets, what is in it."""
    yield "icon.png", _png(_icon(512))
    yield "icon-192.png", _png(_icon(192))
    yield "icon-maskable.png", _png(_full(512, CUT))
    yield "icon-monochrome.png", _png(_mark(512, CUT, MONOCHROME))
    yield "icon_android.png", _png(_mark(432, ADAPTIVE, PAPER))
    yield "icon_macos.png", _png(_full(1024, ALONE))
    yield "icon_windows.ico", _ico([_icon(size) for size in SIZES])
    yield "splash_android.png", _png(_mark(768, SPLASH, LIGHT))
    yield "splash_dark_android.png", _png(_mark(768, SPLASH, DARK))


def _full(size: int, reach: float) -> Image.Image:
    """An icon without corners of its own."""
    return Easel(size, reach).paint(blend(size, LIT, DEEP), PAPER).convert("RGB")


def _icon(size: int) -> Image.Image:
    icon = _full(size, ALONE)
    icon.putalpha(Easel(size, ALONE).rounded(CORNERS))
    return icon


def _mark(size: int, reach: float, paint: Paint) -> Image.Image:
    return Easel(size, reach).paint(Image.new("RGBA", (size, size)), paint)


def _png(image: Image.Image) -> bytes:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _ico(images: list[Image.Image]) -> bytes:
    file = BytesIO()
    images[-1].save(file, "ICO", sizes=[one.size for one in images], append_images=images[:-1])
    return file.getvalue()
