"""The studio: one ground, one light from the top left, one shadow; and the few shapes all pictures are of."""

import re
from collections.abc import Iterable, Mapping

from app.art.compact import compact, shortest
from app.art.paint import Paint

SIZE = 240
INK = "#3a2c24"
"""Shadows are warm, never grey."""


def tag(name: str, attributes: Mapping[str, object], inside: str = "") -> str:
    """An element; `stroke_width` and the like are written as SVG spells them."""
    told = "".join(f' {key.replace("_", "-")}="{_told(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def _told(value: object) -> str:
    return shortest(value, 2) if isinstance(value, float) else str(value)


def path(d: str, fill: str, **more: object) -> str:
    """A filled path."""
    return tag("path", {"d": compact(d), "fill": fill, **more})


def line(d: str, stroke: str, width: float = 2, **more: object) -> str:
    """A stroked path with round ends."""
    return tag("path", {"d": compact(d), "stroke": stroke, "stroke_width": width, **more})


def ribs(d: str, stroke: str, width: float, every: str = "1.3 4", **more: object) -> str:
    """Short strokes side by side along a path: ribs, teeth, fringes."""
    return line(d, stroke, width, stroke_dasharray=every, **{"stroke_linecap": "butt", "opacity": 0.4} | more)


def dots(d: str, colour: str, size: float, every: float, opacity: float = 1, **more: object) -> str:
    """Dots in a row along a path."""
    # Flutter leaves out dashes of no length.
    return line(d, colour, size, stroke_dasharray=f".1 {every:g}", opacity=opacity, **more)


def seam(p: Paint, d: str, width: float = 1.3, *, stroke: str = "", opacity: float = 0.5) -> str:
    """A sewn edge, or any fine line that belongs to the surface."""
    return line(d, stroke or p.deep, width, opacity=opacity)


def stitches(p: Paint, d: str, *, stroke: str = "") -> str:
    """A seam one sees the stitches of."""
    return line(d, stroke or p.light, 1.3, stroke_dasharray="3.5 3", opacity=0.8)


def print_(x: float, y: float, *widths: int, colour: str) -> str:
    """Lines of print too small to read, centred on `x`."""
    rows = "".join(f"M{x - width / 2:g} {y + 8 * n} H{x + width / 2:g}" for n, width in enumerate(widths))
    return line(rows, colour, 2.6, opacity=0.7)


def specks(places: Iterable[tuple[float, float]], colour: str) -> str:
    """Dots in a glaze."""
    return line("".join(f"M{x:.0f} {y:.0f} H{x + 0.1:.1f}" for x, y in places), colour, 2.5, opacity=0.4)


def oval(x: float, y: float, rx: float, ry: float, fill: str, **more: object) -> str:
    """An ellipse."""
    return tag("ellipse", {"cx": x, "cy": y, "rx": rx, "ry": ry, "fill": fill, **more})


def dot(x: float, y: float, r: float, fill: str, **more: object) -> str:
    """A circle."""
    return tag("circle", {"cx": x, "cy": y, "r": r, "fill": fill, **more})


def box(x: float, y: float, width: float, height: float, round_: float, fill: str, **more: object) -> str:
    """A rectangle with round corners."""
    return tag("rect", {"x": x, "y": y, "width": width, "height": height, "rx": round_, "fill": fill, **more})


def group(*shapes: str, **more: object) -> str:
    """Shapes together: moved, turned, faded."""
    return tag("g", more, "".join(shapes))


def again(name: str, **more: object) -> str:
    """What was drawn under an id, once more."""
    return tag("use", {"href": f"#{name}", **more})


def mirrored(d: str) -> str:
    """A path of absolute M, L, C, Q and Z, as the other half of something symmetric."""
    turn = iter((True, False) * d.count(" "))
    return re.sub(r"-?[\d.]+", lambda found: f"{SIZE - float(found[0]):g}" if next(turn) else found[0], d)


def both(d: str) -> str:
    """A path and its mirror image."""
    return d + mirrored(d)


def blend(name: str, *stops: str, **more: object) -> str:
    """A linear gradient; a stop is `offset colour` or `offset colour opacity`."""
    return tag("linearGradient", {"id": name, **more}, _stops(stops))


def glow(name: str, *stops: str, **more: object) -> str:
    """A radial gradient."""
    return tag("radialGradient", {"id": name, **more}, _stops(stops))


def _stops(stops: tuple[str, ...]) -> str:
    return "".join(_stop(*stop.split()) for stop in stops)


def _stop(at: str, colour: str, opacity: str = "") -> str:
    where = {} if at == "0" else {"offset": at}
    return tag("stop", where | {"stop_color": colour} | ({"stop_opacity": opacity} if opacity else {}))


def laid(outline: str, *inside: str, fill: str = "url(#a)", name: str = "o") -> str:
    """A flat thing on the ground with its shadow; `inside` is cut off at its outline."""
    clip = tag("clipPath", {"id": f"{name}k"}, again(name))
    return (
        tag("defs", {}, tag("path", {"id": name, "d": compact(outline)}) + (clip if inside else ""))
        + again(name, x=7, y=12, fill=INK, opacity=0.07)
        + again(name, x=3, y=5, fill=INK, opacity=0.13)
        + again(name, fill=fill)
        + (group(*inside, clip_path=f"url(#{name}k)") if inside else "")
    )


def cut(outline: str, *inside: str, fill: str = "url(#a)", name: str = "o") -> str:
    """A part of a standing thing; `inside` is cut off at its outline."""
    clip = tag("clipPath", {"id": f"{name}k"}, again(name))
    return (
        tag("defs", {}, tag("path", {"id": name, "d": compact(outline)}) + clip)
        + again(name, fill=fill)
        + group(*inside, clip_path=f"url(#{name}k)")
    )


def shadow(x: float, y: float, rx: float, ry: float = 0) -> str:
    """What a standing thing throws on its floor."""
    return oval(x, y, rx, ry or round(rx / 6), "url(#s)")


def plinth(p: Paint) -> str:
    """A round stand for what is small and precious."""
    return (
        shadow(124, 222, 112, 12)
        + path("M30 196 L30 214 C30 234 210 234 210 214 L210 196Z", "url(#d)")
        + oval(120, 196, 90, 19, p.ground)
        + oval(120, 196, 90, 19, "#fff", opacity=0.45)
    )


def picture(paint: Paint, body: str) -> str:
    """A whole picture: what is drawn, before a ground; what throws a shadow on a floor gets one."""
    floor = path("M0 156H240V240H0Z", "url(#t)") if "url(#s)" in body else ""
    drawn = path("M0 0H240V240H0Z", "url(#b)") + floor + body
    gradients = "".join(told for name, told in _gradients(paint) if f"url(#{name})" in drawn)
    common = 'fill="none" stroke-linecap="round"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" {common}>'
    return f"{head}{gradients}{drawn}</svg>\n"


def _gradients(p: Paint) -> tuple[tuple[str, str], ...]:
    user = {"gradientUnits": "userSpaceOnUse"}
    where = {"cx": 0.3, "cy": 0.2, "r": 1}
    return (
        ("b", glow("b", f"0 {p.ground}", f"1 {p.floor}", **where)),
        ("t", blend("t", f"0 {p.floor}", f"1 {p.ground}", x2=0, y2=1)),
        ("d", blend("d", f"0 {p.floor}", f".3 {p.ground}", f"1 {p.floor}")),
        ("s", glow("s", f"0 {INK} .45", f".5 {INK} .22", f"1 {INK} 0")),
        (
            "a",
            blend("a", f"0 {p.light}", f".45 {p.base}", f"1 {p.shade}", x1=60, y1=30, x2=190, y2=220, **user),
        ),
        ("c", blend("c", f"0 {p.base}", f".25 {p.light}", f".55 {p.base}", f"1 {p.shade}")),
    )
