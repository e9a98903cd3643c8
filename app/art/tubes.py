"""What cares for the face, on a plinth: sunscreen, face wash."""

from app.art.paint import Paint
from app.art.studio import (
    again,
    box,
    cut,
    dot,
    group,
    line,
    path,
    plinth,
    print_,
    ribs,
    shadow,
    tag,
)


def sunscreen(p: Paint) -> str:
    """A tube of sunscreen, standing on its cap."""
    tube = "M70 42 L170 42 C170 90 160 140 151 170 L89 170 C80 140 70 90 70 42Z"
    return (
        plinth(p)
        + shadow(124, 202, 52, 10)
        + path("M90 170 L150 170 L147 198 C147 201 145 203 142 203 L98 203 C95 203 93 201 93 198Z", "#f0a63a")
        + path("M98 170 L110 170 L111 203 L99 203Z", "#f9cb7e")
        + path("M140 170 L150 170 L147 198 C147 201 145 203 142 203 L136 203Z", "#c97f1d", opacity=0.7)
        + cut(
            tube,
            path("M70 120 C100 104 140 136 176 112 L176 176 L60 176Z", "#f6b84f"),
            path("M70 132 C100 116 140 148 176 124 L176 176 L60 176Z", "#ee9a3a"),
            path("M78 42 C80 90 88 140 98 170 L108 170 C98 130 92 84 90 42Z", "#fff", opacity=0.55),
            path("M156 42 C154 90 146 140 138 170 L160 170 L176 42Z", p.deep, opacity=0.28),
            fill="url(#c)",
        )
        + path("M66 34 C66 31 68 30 70 30 L170 30 C172 30 174 31 174 34 L171 48 L69 48Z", p.shade)
        + ribs("M67 39 L173 39", p.deep, 17, "1.5 3.5", opacity=0.5)
        + dot(120, 84, 17, "#f6a83c")
        + path(
            "M120 67 C130 67 137 75 137 84 C137 93 130 101 120 101 C127 92 127 76 120 67Z",
            "#e88a28",
            opacity=0.6,
        )
        + dot(
            120,
            84,
            25,
            "none",
            stroke="#f6a83c",
            stroke_width=7,
            stroke_dasharray="4 9.1",
            stroke_linecap="butt",
        )
        + print_(120, 150, 40, 28, colour="#fff6e2")
    )


def facewash(p: Paint) -> str:
    """A pump bottle with an ear of rice, in its own foam."""
    grain = "M0 0 C-5 -4 -5 -10 0 -14 C5 -10 5 -4 0 0Z"
    ear = "".join(
        path(grain, "#d9b45c", transform=f"translate({x} {y}) rotate({turn})")
        for x, y, turn in (
            (120, 134, 0),
            (116, 142, -42),
            (124, 143, 42),
            (116, 153, -46),
            (124, 154, 46),
            (117, 164, -50),
            (124, 165, 50),
        )
    )
    bottle = (
        "M80 112 C80 98 92 96 104 92 L136 92 C148 96 160 98 160 112 L160 188 "
        "C160 198 154 202 146 202 L94 202 C86 202 80 198 80 188Z"
    )
    bubble = dot(0, 0, 10, "#fff") + dot(2.5, 3, 7, "#dfe8dd", opacity=0.6) + dot(-3, -3, 3, "#fff")
    places = (
        (160, 200, 1.3),
        (182, 203, 1),
        (174, 188, 1),
        (196, 207, 0.6),
        (152, 209, 0.8),
        (170, 210, 0.9),
    )
    foam = tag("defs", {}, group(bubble, id="i")) + "".join(
        again("i", transform=f"translate({x} {y}) scale({size})") for x, y, size in places
    )
    return (
        plinth(p)
        + shadow(124, 202, 58, 10)
        + path(
            "M78 42 C78 37 82 36 86 36 L134 36 C138 36 140 39 140 43 L140 52 L100 52 L92 49 L84 49 "
            "L84 58 L78 57Z",
            "#9db487",
        )
        + path("M80 42 C80 39 83 38 86 38 L134 38 L134 41 L86 42Z", "#c3d4b2")
        + box(113, 52, 14, 22, 2, "#e7ebdf")
        + box(113, 52, 5, 22, 2, "#fff")
        + box(100, 70, 40, 23, 4, "#9db487")
        + path("M104 70 L112 70 L112 93 L104 93Z", "#c3d4b2")
        + ribs("M101 82 L139 82", "#5f7750", 23, "1 3", opacity=0.3)
        + cut(
            bottle,
            path("M86 112 C86 104 92 102 100 99 L100 200 L86 200Z", "#fff", opacity=0.7),
            path("M146 94 L164 94 L164 206 L146 206Z", p.deep, opacity=0.25),
            fill="url(#c)",
        )
        + box(100, 112, 42, 74, 21, "#a9bf95", opacity=0.4)
        + line("M120 172 C119 160 119 150 120 136", "#a98a3e", 1.8)
        + ear
        + print_(120, 179, 18, colour="#6f8460")
        + foam
    )
