"""What cares for skin and hair, on a plinth: serum, hair oil, body mist."""

from app.art.paint import GOLD, GOLD_DEEP, GOLD_LIGHT, Paint
from app.art.studio import (
    blend,
    box,
    cut,
    dot,
    group,
    line,
    oval,
    path,
    plinth,
    print_,
    ribs,
    shadow,
)

_PRINT = "#8a7a68"


def serum(p: Paint) -> str:
    """A dropper bottle of amber glass, half an orange beside it."""
    glass = (
        "M84 112 C84 98 96 92 104 88 L136 88 C144 92 156 98 156 112 L156 188 "
        "C156 196 150 199 144 199 L96 199 C90 199 84 196 84 188Z"
    )
    return (
        plinth(p)
        + shadow(124, 199, 56, 10)
        + path("M107 42 C107 20 133 20 133 42 L133 58 L107 58Z", "#33302f")
        + path("M111 42 C111 28 117 25 121 25 C116 30 116 40 116 57 L111 57Z", "#6a6462")
        + box(100, 56, 40, 32, 4, GOLD)
        + path("M104 56 L113 56 L113 88 L104 88Z", GOLD_LIGHT)
        + path(
            "M130 56 L136 56 C138 56 140 58 140 60 L140 84 C140 86 138 88 136 88 L130 88Z",
            GOLD_DEEP,
            opacity=0.7,
        )
        + ribs("M120 57 L120 87", GOLD_DEEP, 40, "1 3", opacity=0.25)
        + cut(
            glass,
            path("M84 118 C108 124 132 124 156 118 L156 204 L84 204Z", p.deep, opacity=0.25),
            line("M120 88 L120 180", p.light, 5, opacity=0.35),
            path("M90 112 C90 104 96 98 102 96 L102 196 L90 196Z", "#fff", opacity=0.28),
            path("M148 96 L160 96 L160 204 L148 204Z", p.deep, opacity=0.4),
            fill="url(#c)",
        )
        + box(84, 126, 72, 54, 0, "#fbf4e8")
        + path("M142 126 L156 126 L156 180 L142 180Z", "#cdbb9f", opacity=0.5)
        + dot(120, 143, 9, "#f0932e")
        + path("M120 134 C125 134 129 138 129 143 L120 143Z", "#f9c06d")
        + print_(120, 161, 38, 26, colour=_PRINT)
        + _orange()
    )


def _orange() -> str:
    wedges = "".join(
        path("M0 -3 L-6 -17 C-3 -20 3 -20 6 -17Z", "#f8ab3f", transform=f"rotate({turn})")
        for turn in range(0, 360, 45)
    )
    return shadow(188, 206, 28, 6) + group(
        dot(0, 0, 26, "#e8812a"),
        dot(-1, -1, 23, "#fff1d6"),
        group(wedges, transform="translate(-1 -1)"),
        transform="translate(184 182) rotate(10)",
    )


def hairoil(p: Paint) -> str:
    """A flat bottle of golden oil with a faceted cap."""
    shine = "M82 120 C82 104 96 102 106 96 C100 104 94 110 94 122 L94 188 C86 188 82 186 82 180Z"
    bottle = (
        "M76 118 C76 96 98 94 106 86 L134 86 C142 94 164 96 164 118 L164 184 "
        "C164 194 158 200 148 200 L92 200 C82 200 76 194 76 184Z"
    )
    oil = (
        "M83 126 C96 130 108 122 120 126 C132 130 146 122 157 126 L157 184 "
        "C157 190 153 193 148 193 L92 193 C87 193 83 190 83 184Z"
    )
    return (
        plinth(p)
        + shadow(124, 200, 62, 10)
        + path("M100 40 L140 40 L144 48 L144 78 L96 78 L96 48Z", GOLD)
        + path("M100 40 L112 40 L110 48 L110 78 L96 78 L96 48Z", GOLD_LIGHT)
        + path("M130 40 L140 40 L144 48 L144 78 L131 78 L131 48Z", GOLD_DEEP, opacity=0.8)
        + box(106, 78, 28, 9, 1, GOLD_DEEP)
        + path(bottle, "#fff8e8", opacity=0.75)
        + cut(
            oil,
            path(
                "M83 126 C96 130 108 122 120 126 C132 130 146 122 157 126 L157 134 "
                "C140 130 130 138 118 134 C104 130 96 138 83 134Z",
                p.light,
            ),
            path("M140 124 L160 124 L160 196 L124 196 C140 180 142 150 140 124Z", p.shade, opacity=0.6),
            dot(98, 148, 3, p.light) + dot(104, 160, 2, p.light) + dot(148, 146, 2.6, p.light),
        )
        + line("M120 87 L120 170", "#fff", 3, opacity=0.35)
        + path(shine, "#fff", opacity=0.45)
        + path(bottle, "none", stroke=p.shade, stroke_opacity=0.5, stroke_width=1.5)
        + box(98, 142, 46, 36, 3, "#fffaf0")
        + path("M121 148 C112 154 112 162 121 166 C130 162 130 154 121 148Z", "#7e9468")
        + line("M121 150 L121 170", "#5a6f48", 1.4)
        + print_(121, 172, 28, colour=_PRINT)
        + shadow(186, 208, 26, 6)
        + path("M168 206 C166 190 182 178 206 180 C206 198 190 212 168 206Z", "#8fa678")
        + path("M168 206 C180 196 192 188 206 180 C206 198 190 212 168 206Z", "#6f8859")
        + line("M164 210 C176 198 190 190 200 184", "#c7d4b4", 1.6)
    )


def mist(p: Paint) -> str:
    """A tall bottle of mist, spraying."""
    bottle = (
        "M86 90 C86 82 92 78 98 76 L142 76 C148 78 154 82 154 90 L154 190 "
        "C154 197 150 200 144 200 L96 200 C90 200 86 197 86 190Z"
    )
    spray = "".join(
        dot(x, y, r, "#fff", opacity=0.9)
        for x, y, r in (
            (88, 42, 2.2),
            (78, 36, 2.6),
            (77, 47, 2),
            (66, 30, 2.4),
            (65, 42, 3),
            (66, 54, 2.2),
            (52, 26, 2),
            (51, 38, 2.6),
            (52, 50, 2.4),
            (50, 60, 1.8),
        )
    )
    petals = "".join(oval(0, -9, 5.5, 8.5, "#fff", transform=f"rotate({turn})") for turn in range(0, 360, 72))
    return (
        plinth(p)
        + shadow(124, 200, 54, 10)
        + blend("m", "0 #fff 0", "1 #fff .7")
        + path("M96 42 L42 16 C36 30 36 54 42 70Z", "url(#m)")
        + spray
        + path("M98 36 C98 30 102 28 108 28 L136 28 C141 28 144 31 144 36 L144 58 L98 58Z", "#fff7f2")
        + path("M132 28 L136 28 C141 28 144 31 144 36 L144 58 L132 58Z", "#d9c0bb", opacity=0.7)
        + box(95, 39, 6, 7, 2, "#c9a9a6")
        + box(100, 58, 40, 18, 3, GOLD)
        + path("M104 58 L113 58 L113 76 L104 76Z", GOLD_LIGHT)
        + path("M131 58 L137 58 L140 61 L140 76 L131 76Z", GOLD_DEEP, opacity=0.7)
        + cut(
            bottle,
            path(
                "M84 104 C98 108 110 100 122 104 C134 108 146 100 158 104 L158 204 L84 204Z",
                p.base,
                opacity=0.9,
            ),
            path(
                "M84 104 C98 108 110 100 122 104 C134 108 146 100 158 104 L158 110 "
                "C146 106 134 114 122 110 C110 106 98 114 84 110Z",
                "#fff",
                opacity=0.5,
            ),
            line("M121 76 L121 192", "#fff", 3, opacity=0.4),
            path("M140 76 L158 76 L158 204 L140 204Z", p.shade, opacity=0.55),
            path("M92 90 C92 86 94 84 100 82 L100 194 L92 194Z", "#fff", opacity=0.7),
            fill="url(#c)",
        )
        + group(petals, dot(0, 0, 5, "#f0b45a"), transform="translate(122 140)")
        + print_(122, 168, 34, 22, colour=p.deep)
    )
