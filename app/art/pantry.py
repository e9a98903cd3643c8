"""What one eats, in packs of its flavour: chips, coffee, dried fruit, granola, cashew nuts."""

from app.art.paint import Paint
from app.art.studio import (
    again,
    box,
    cut,
    dot,
    dots,
    group,
    line,
    oval,
    path,
    print_,
    ribs,
    seam,
    shadow,
    tag,
)

_PAPER, _PAPER_SHADE = "#fbf3e4", "#e6d7bd"


def _badge(p: Paint, x: float, y: float, r: float, scale: float) -> str:
    """The round label with what it tastes of."""
    return (
        dot(x, y, r, _PAPER)
        + dot(x, y, r - 3.5, "none", stroke=p.base, stroke_width=1.4)
        + group(p.emblem, transform=f"translate({x} {y}) scale({scale})")
    )


def _strewn(one: str, *places: tuple[float, float, float]) -> str:
    """The same thing in several places (x, y, degrees)."""
    copies = (again("i", transform=f"translate({x} {y}) rotate({turn})") for x, y, turn in places)
    return tag("defs", {}, group(one, id="i")) + "".join(copies)


def _bits(colour: str, start: str, size: str, step: str) -> str:
    """Round pieces in rows that do not repeat."""
    rows = "".join(f"M{50 + (int(start) * n) % 17} {90 + 14 * n + int(start) % 5}H190" for n in (0, 1, 7, 8))
    return dots(rows, colour, float(size), float(step))


def chips(p: Paint) -> str:
    """A bag of cassava chips, some of them fallen out."""
    bag = "M66 30 L174 30 L172 44 C182 80 184 150 174 192 L176 208 L64 208 L66 192 C56 150 58 80 68 44Z"
    slice_ = (
        oval(0, 0, 21, 14, "#d99a34") + oval(-1, -1.5, 19, 12, "#f6cf74") + oval(3, 1, 11, 5.5, "#eab650")
    )
    slices = _strewn(slice_, (88, 166, -20), (150, 164, 18), (118, 160, 4), (102, 178, 12), (138, 179, -12))
    loose = group(
        again("i", transform="translate(188 206) scale(1 .62)"),
        again("i", transform="translate(164 214) scale(1 .62)"),
    )
    inside = (
        path("M70 44 C62 90 64 150 74 206 L62 210 L52 120Z", p.light, opacity=0.45),
        path("M82 48 C76 90 78 120 82 150 C88 120 88 80 92 48Z", "#fff", opacity=0.3),
        path("M160 44 C170 90 168 150 156 208 L186 208 L190 44Z", p.deep, opacity=0.28),
        path("M60 150 C90 138 150 138 184 150 L184 196 L56 196Z", p.deep, opacity=0.32),
        slices,
    )
    return (
        shadow(124, 208, 84, 12)
        + cut(bag, *inside)
        + ribs("M66 37 L174 37M65 201 L175 201", p.deep, 13, "1.5 3.5", opacity=0.45)
        + seam(p, "M68 44 L172 44M66 193 L174 193")
        + _badge(p, 120, 92, 34, 0.95)
        + print_(120, 136, 52, colour=_PAPER)
        + loose
    )


def coffee(p: Paint) -> str:
    """A side-fold bag of coffee with a rolled top, beans before it."""
    bag = "M74 62 L166 62 L174 206 C174 209 172 210 170 210 L70 210 C68 210 66 209 66 206Z"
    bean = (
        oval(0, 0, 11, 7.5, "#5b3720")
        + path("M-9 -3 C-6 -7 4 -8 8 -4 C2 -6 -4 -5 -9 -3Z", "#8d5e3c")
        + line("M-10 1 C-4 -3 3 4 10 -1", "#331b0d", 1.6)
    )
    beans = _strewn(bean, (176, 206, -20), (194, 212, 30), (158, 214, 12), (54, 212, -32), (72, 217, 16))
    inside = (
        path("M74 62 L84 62 L80 214 L60 214Z", p.light, opacity=0.5),
        path("M152 62 L166 62 L180 214 L154 214Z", p.deep, opacity=0.3),
        path("M66 196 L78 180 L162 180 L174 196 L176 214 L64 214Z", p.deep, opacity=0.12),
        path("M64 74 C100 86 140 72 178 82 L170 62 L70 62Z", p.deep, opacity=0.22),
    )
    return (
        shadow(122, 210, 80, 12)
        + cut(bag, *inside)
        + path("M76 34 L164 34 C167 34 168 36 168 38 L170 62 L70 62 L72 38 C72 36 73 34 76 34Z", p.base)
        + path("M76 34 L90 34 L86 62 L70 62 L72 38 C72 36 73 34 76 34Z", p.light, opacity=0.7)
        + seam(p, "M72 44 L168 44M71 53 L169 53")
        + path("M64 48 L176 48 L176 58 L64 58Z", "#e7d3ae")
        + path("M64 48 L72 48 L72 58 L64 58Z M168 48 L176 48 L176 58 L168 58Z", "#c6aa7a")
        + dot(120, 78, 5.5, p.shade, stroke=p.deep, stroke_opacity=0.5)
        + box(84, 92, 72, 96, 6, _PAPER)
        + path(
            "M144 92 L150 92 C154 92 156 94 156 98 L156 182 C156 186 154 188 150 188 L144 188Z",
            _PAPER_SHADE,
            opacity=0.6,
        )
        + _badge(p, 120, 126, 29, 0.8)
        + print_(120, 168, 44, 28, colour=p.shade)
        + beans
    )


def fruit(p: Paint) -> str:
    """A pouch with a window on slices of dried fruit."""
    pouch = "M66 34 L174 34 L178 60 L182 196 C182 206 176 210 166 210 L74 210 C64 210 58 206 58 196 L62 60Z"
    window = (
        "M78 146 C88 126 152 126 162 146 C170 166 166 192 150 196 C130 200 110 200 90 196 "
        "C74 192 70 166 78 146Z"
    )
    slice_ = (
        dot(0, 0, 19, "#c8641d")
        + dot(0, 0, 16.5, "#f2a23a")
        + line("M-12 0H12M-6 -11L6 11M6 -11L-6 11", "#fbd083", 2.2)
    )
    slices = _strewn(
        slice_,
        (86, 150, 0),
        (122, 144, 20),
        (156, 152, 8),
        (78, 190, 0),
        (166, 190, 30),
        (120, 202, 9),
        (104, 174, 40),
        (140, 176, 10),
    )
    inside = (
        path("M66 34 L80 34 C74 90 72 150 74 214 L54 214Z", p.light, opacity=0.5),
        path("M160 34 C168 90 170 150 164 214 L188 214 L180 34Z", p.deep, opacity=0.28),
        path("M58 196 C90 184 150 184 182 196 L182 214 L58 214Z", p.deep, opacity=0.22),
        path("M92 62 C88 84 88 104 92 122 C96 104 98 84 102 62Z", "#fff", opacity=0.25),
    )
    return (
        shadow(122, 210, 84, 13)
        + cut(pouch, *inside)
        + ribs("M66 40 L174 40", p.deep, 12, "1.5 3.5", opacity=0.4)
        + oval(120, 40, 8, 3.4, p.ground)
        + line("M64 56 L176 56M63 61 L177 61", p.deep, 1.6, opacity=0.4)
        + _badge(p, 120, 92, 29, 0.82)
        + cut(
            window,
            slices,
            path("M76 140 C90 128 110 126 122 128 L100 200 L80 194Z", "#fff", opacity=0.22),
            fill="#8e4a1e",
            name="q",
        )
        + line(window, _PAPER, 3)
    )


def granola(p: Paint) -> str:
    """A jar of granola with a label around it."""
    jar = (
        "M70 74 C70 66 78 62 84 62 L156 62 C162 62 170 66 170 74 C176 84 178 92 178 102 L178 190 "
        "C178 204 170 210 158 210 L82 210 C70 210 62 204 62 190 L62 102 C62 92 64 84 70 74Z"
    )
    clusters = (
        "#8c5a2b 0 16 31",
        "#c98f4e 6 13 23",
        "#a86f35 11 11 37",
        "#e3b878 3 10 19",
        "#f0d09a 14 7 29",
        "#7c2f3a 8 9 53",
    )
    bits = "".join(_bits(*one.split()) for one in clusters)
    inside = (
        path("M60 86 L182 86 L182 214 L60 214Z", "#b27a41"),
        bits,
        path("M60 112 L182 112 L182 182 L60 182Z", _PAPER),
        path("M60 112 L182 112 L182 120 L60 120ZM60 174 L182 174 L182 182 L60 182Z", p.base),
        path("M150 62 C160 100 160 170 152 214 L186 214 L186 62Z", "#4a2c12", opacity=0.2),
        path("M70 82 C70 74 76 70 84 70 L84 204 C74 204 70 200 70 190Z", "#fff", opacity=0.5),
    )
    return (
        shadow(122, 210, 84, 13)
        + cut(jar, *inside, fill="#fdf8ee")
        + line(jar, p.deep, 1.4, opacity=0.25)
        + _badge(p, 122, 147, 31, 0.85)
        + path(
            "M74 36 L166 36 C170 36 172 38 172 42 L172 62 C172 65 170 67 166 67 L74 67 "
            "C70 67 68 65 68 62 L68 42 C68 38 70 36 74 36Z",
            "url(#c)",
        )
        + ribs("M69 54 L171 54", p.deep, 22, "1.5 4.5", opacity=0.3)
        + line("M76 40 L164 40", p.light, 2.5, opacity=0.9)
    )


def cashews(p: Paint) -> str:
    """A can of cashew nuts, some lying before it."""
    nut = (
        path(
            "M-14 4 C-16 -10 -5 -14 3 -13 C12 -12 17 -4 14 5 C11 10 5 9 4 4 C3 0 -3 0 -5 5 "
            "C-7 9 -13 9 -14 4Z",
            "#d3a263",
        )
        + path(
            "M-14 2 C-15 -10 -5 -14 3 -13 C11 -12 16 -5 14 2 C11 7 6 6 4 1 C2 -3 -3 -3 -5 2 "
            "C-7 6 -13 7 -14 2Z",
            "#f3d9a8",
        )
        + line("M-10 -4 C-7 -10 2 -11 8 -7", "#fff3d8", 2.6)
    )
    nuts = _strewn(nut, (180, 206, 20), (158, 215, -24), (202, 213, 74), (56, 212, -40), (82, 219, 24))
    can = "M62 62 L62 196 C62 214 178 214 178 196 L178 62Z"
    inside = (
        path("M62 92 C80 106 160 106 178 92 L178 174 C160 188 80 188 62 174Z", _PAPER, opacity=0.96),
        path(
            "M62 92 C80 106 160 106 178 92 L178 97 C160 111 80 111 62 97ZM62 169 "
            "C80 183 160 183 178 169 L178 174 C160 188 80 188 62 174Z",
            p.deep,
            opacity=0.5,
        ),
        path("M152 60 L182 60 L182 216 L144 216 C152 170 154 110 152 60Z", p.deep, opacity=0.24),
        path("M72 60 L86 60 L86 212 L72 212Z", "#fff", opacity=0.3),
    )
    return (
        shadow(122, 207, 86, 13)
        + cut(can, *inside, fill="url(#c)")
        + _badge(p, 120, 142, 33, 0.95)
        + path("M57 50 L57 64 C57 84 183 84 183 64 L183 50Z", "#e9e2d6")
        + path("M150 50 L183 50 L183 64 C183 72 168 76 150 78Z", "#c9bfae")
        + path("M66 58 L78 62 L78 76 L66 72Z", "#fff")
        + oval(120, 50, 63, 15, "#f7f2e9")
        + oval(120, 50, 54, 11.5, "#ddd4c5")
        + oval(120, 52, 52, 9, "#efe8dc")
        + nuts
    )
