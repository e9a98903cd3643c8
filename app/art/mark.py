"""The mark: a bag that comes back. One shape, from which every icon and splash is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import cos, hypot, pi, sin

from PIL import Image, ImageChops, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Point = tuple[float, float]

UNITS = 64
FINER = 4
"""How many times as large it is drawn: edges get soft when it is made smaller."""
MIDDLE = 33.5
"""Where from the top its weight is."""
REACH = 34.0
"""How far from there its furthest corner is."""
ARROW, RADIUS, FIRST, LAST = (33.0, 40.5), 10.6, -150.0, 115.0
"""The arrow turns about this point, between these degrees."""


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a mark; without an `arrow` that is cut out."""

    top: Colour
    bottom: Colour
    arrow: Colour | None = None
    shadow: Colour | None = None


class Easel:
    """A square of `size` pixels, on which the mark is as wide as to reach `reach` of half of it."""

    def __init__(self, size: int, reach: float) -> None:
        self.size = size
        self._side = size * FINER
        self._scale = reach * self._side / 2 / REACH

    def _at(self, point: Point) -> Point:
        half = self._side / 2
        return half + (point[0] - UNITS / 2) * self._scale, half + (point[1] - MIDDLE) * self._scale

    def _mask(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        mask = Image.new("L", (self._side, self._side))
        return mask, ImageDraw.Draw(mask)

    def _line(self, draw: ImageDraw.ImageDraw, points: Sequence[Point], width: float) -> None:
        """A line with round ends and bends."""
        half = width * self._scale / 2
        placed = [self._at(one) for one in points]
        for x, y in placed:
            draw.ellipse((x - half, y - half, x + half, y + half), 255)
        for (x, y), (to_x, to_y) in pairwise(placed):  # Pillow's own lines are not as wide as its circles
            part = half / hypot(to_x - x, to_y - y)
            across, along = (to_y - y) * part, (to_x - x) * part
            edges = (x - across, y + along), (x + across, y - along)
            draw.polygon((*edges, (to_x + across, to_y - along), (to_x - across, to_y + along)), 255)

    def bag(self) -> Image.Image:
        """Where the bag is."""
        mask, draw = self._mask()
        handle = [(32 + 9.5 * cos(turn * pi / 60), 17 - 11 * sin(turn * pi / 60)) for turn in range(61)]
        self._line(draw, [(41.5, 26), *handle, (22.5, 26)], 5.4)
        corners = [(16.5, 27.5), (47.5, 27.5), (50.5, 52.5), (13.5, 52.5)]
        draw.polygon([self._at(one) for one in corners], 255)
        self._line(draw, [*corners, corners[0]], 15)
        return mask

    def arrow(self) -> Image.Image:
        """Where the arrow is that turns back on it."""
        mask, draw = self._mask()
        on = partial(_about, ARROW)
        self._line(draw, [on(RADIUS, FIRST + (LAST - FIRST) * n / 90) for n in range(91)], 4.4)
        tip = on(RADIUS, FIRST)
        ahead = _about((0, 0), 9.4, FIRST - 84)
        point = (tip[0] + ahead[0], tip[1] + ahead[1])
        head = [on(RADIUS + 7, FIRST + 4), on(RADIUS - 7, FIRST + 4), point]
        draw.polygon([self._at(one) for one in head], 255)
        self._line(draw, [*head, head[0]], 1.6)
        return mask

    def paint(self, on: Image.Image, paint: Paint) -> Image.Image:
        """The mark on a picture of this size."""
        bag, arrow = self.bag(), self.arrow()
        if paint.shadow is not None:
            deep = round(self._side / 42)
            cast = ImageChops.offset(bag, 0, deep).filter(ImageFilter.GaussianBlur(deep))
            on = laid(on, paint.shadow, self._small(cast.point(lambda value: value * 0.34)))
        if paint.arrow is None:
            bag = ImageChops.subtract(bag, arrow)
        on = laid(on, blend(self.size, paint.top, paint.bottom), self._small(bag))
        return on if paint.arrow is None else laid(on, paint.arrow, self._small(arrow))

    def rounded(self, part: float) -> Image.Image:
        """Where a square with round corners is, of so much of the side."""
        mask, draw = self._mask()
        draw.rounded_rectangle((0, 0, self._side - 1, self._side - 1), part * self._side, 255)
        return self._small(mask)

    def _small(self, mask: Image.Image) -> Image.Image:
        return mask.resize((self.size, self.size), Image.Resampling.LANCZOS)


def _about(middle: Point, radius: float, degrees: float) -> Point:
    turned = degrees * pi / 180
    return middle[0] + radius * cos(turned), middle[1] + radius * sin(turned)


def blend(size: int, top: Colour, bottom: Colour) -> Image.Image:
    """From one colour at the top left to the other at the bottom right."""
    down = Image.linear_gradient("L").resize((size, size))
    slanted = ImageChops.add(down, down.transpose(Image.Transpose.TRANSPOSE), 2)
    return Image.composite(Image.new("RGB", down.size, bottom), Image.new("RGB", down.size, top), slanted)


def laid(on: Image.Image, colour: Colour | Image.Image, mask: Image.Image) -> Image.Image:
    """A colour, or a picture, laid upon another where the mask says."""
    above = Image.new("RGBA", on.size, colour) if isinstance(colour, tuple) else colour.convert("RGBA")
    above.putalpha(mask)
    return Image.alpha_composite(on.convert("RGBA"), above)
