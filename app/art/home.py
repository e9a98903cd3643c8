"""What one has at home: bed sheets, blanket, storage basket."""

from app.art.paint import Paint
from app.art.studio import again, box, cut, dot, group, line, path, ribs, seam, shadow, stitches

_WOOD, _WOOD_LIGHT, _WOOD_DEEP = "#b9875a", "#dcb489", "#8a5c38"


def sheets(p: Paint) -> str:
    """A bed that is made, seen from its foot."""
    pillow = "M62 104 C58 96 60 84 68 82 C84 78 102 78 112 82 C118 86 118 98 114 106 C100 112 76 112 62 104Z"
    cover = (
        "M42 126 C70 116 170 116 198 126 C204 150 208 178 210 200 C180 210 60 210 30 200 "
        "C32 178 36 150 42 126Z"
    )
    sheet = "M42 124 C70 114 170 114 198 124 L202 146 C170 136 70 136 38 146Z"
    return (
        shadow(120, 208, 112, 12)
        + path("M44 118 L44 62 C44 50 54 44 66 44 L174 44 C186 44 196 50 196 62 L196 118Z", _WOOD)
        + path("M50 118 L50 64 C50 55 58 50 68 50 L172 50 C182 50 190 55 190 64 L190 118Z", _WOOD_LIGHT)
        + line("M78 52 L78 118M106 52 L106 118M134 52 L134 118M162 52 L162 118", _WOOD_DEEP, 1.2, opacity=0.4)
        + path("M36 204 L44 204 L44 214 L36 214ZM196 204 L204 204 L204 214 L196 214Z", _WOOD_DEEP)
        + path("M44 108 C70 96 170 96 196 108 L200 130 L40 130Z", p.shade)
        + group(
            path(pillow, p.light),
            seam(p, pillow + "M70 88 C80 92 88 92 94 88M84 104 C92 100 100 100 108 102"),
            id="i",
        )
        + again("i", transform="matrix(-1 0 0 1 240 0)")
        + cut(
            cover,
            path("M42 126 C36 150 32 180 32 206 L62 210 C56 180 56 150 62 120Z", p.light, opacity=0.6),
            path("M178 118 C188 150 190 180 186 212 L214 204 L200 124Z", p.shade, opacity=0.75),
            path("M84 140 C80 166 78 190 80 212 L90 212 C88 190 88 164 92 140Z", p.shade, opacity=0.55),
            path(
                "M142 138 C150 166 150 190 146 212 L158 212 C162 188 160 160 152 138Z", p.shade, opacity=0.55
            ),
            path(
                "M112 138 C108 160 108 190 112 212 L118 212 C116 190 116 160 120 138Z", p.light, opacity=0.5
            ),
            path("M36 146 C70 136 170 136 204 146 L206 154 C170 144 70 144 34 154Z", p.deep, opacity=0.35),
        )
        + path(sheet, p.light)
        + stitches(p, "M40 141 C72 131 168 131 200 141", stroke=p.deep)
    )


def blanket(p: Paint) -> str:
    """A muslin blanket, folded and tied."""
    top = "M50 112 C52 92 72 80 92 78 C118 74 150 74 172 80 C188 84 196 98 194 112 C150 106 94 106 50 112Z"
    return (
        shadow(120, 206, 98, 13)
        + "".join(_fold(p, y, fill) for y, fill in ((172, "url(#a)"), (140, p.base), (108, p.light)))
        + path(top, "url(#c)", stroke=p.deep, stroke_opacity=0.35)
        + seam(p, "M62 100 C96 92 150 92 188 100M76 88 C104 82 144 82 178 88", 1, opacity=0.3)
        + seam(
            p,
            "M84 80 C74 88 70 98 68 108M140 76 C142 86 144 96 144 107M164 79 C170 88 174 98 174 109",
            1,
            opacity=0.3,
        )
        + path(
            "M172 80 C188 84 198 98 196 112 C204 140 204 180 192 204 L166 206 C178 170 180 110 172 80Z",
            p.shade,
            opacity=0.35,
        )
        + path(
            "M102 77 L122 75 C118 84 116 96 116 107 L116 206 L98 206 L98 107 C98 96 99 86 102 77Z", "#efe3cf"
        )
        + path(
            "M113 76 L122 75 C118 84 116 96 116 107 L116 206 L110 206 L110 107 C110 96 111 86 113 76Z",
            "#cfbd9f",
        )
        + path(
            "M106 130 C100 146 94 156 88 164 L98 166 C104 154 108 142 108 130ZM108 130 "
            "C112 146 118 156 126 164 L116 168 C110 156 106 142 106 130Z",
            "#d8c7a8",
        )
        + path("M107 128 C90 112 78 118 80 128 C78 140 94 144 107 130Z", "#f8efe0")
        + path("M107 128 C124 112 138 118 136 128 C138 140 122 144 107 130Z", "#e4d5bb")
        + box(101, 122, 13, 14, 4, "#efe3cf", stroke="#b39f7c", stroke_width=0.8)
    )


def _fold(p: Paint, y: int, fill: str) -> str:
    low = y + 32
    edge = (
        f"M60 {y} C90 {y - 5} 160 {y - 5} 186 {y} C202 {y + 3} 202 {low - 3} 186 {low} "
        f"C160 {low + 4} 80 {low + 4} 56 {low} C42 {low - 3} 42 {y + 3} 60 {y}Z"
    )
    crinkles = "".join(
        f"M{x} {y + 1} C{x - 4} {y + 12} {x + 5} {y + 20} {x} {low}" for x in range(62, 190, 13)
    )
    return path(edge, fill, stroke=p.deep, stroke_opacity=0.35) + seam(p, crinkles, 1, opacity=0.28)


def basket(p: Paint) -> str:
    """A basket of coiled rope with handles, a blanket in it."""
    body = (
        "M44 108 C70 118 170 118 196 108 C196 150 192 180 186 198 C176 214 64 214 54 198 "
        "C48 180 44 150 44 108Z"
    )
    coils = "".join(f"M38 {y} C80 {y + 13} 160 {y + 13} 202 {y}" for y in range(118, 206, 11))
    return (
        shadow(120, 208, 94, 13)
        + line("M52 118 C28 108 28 146 52 144", p.deep, 9)
        + line("M188 118 C212 108 212 146 188 144", p.deep, 9)
        + line("M52 118 C30 110 30 144 52 142", p.base, 6)
        + line("M188 118 C210 110 210 144 188 142", p.shade, 6)
        + path("M44 108 C70 96 170 96 196 108 C170 120 70 120 44 108Z", p.deep)
        + "".join(_towel(x, y) for x, y in ((86, 88), (156, 90), (122, 76)))
        + cut(
            body,
            path("M38 150 C80 163 160 163 202 150 L202 216 L38 216Z", "#efe2cb"),
            path("M60 106 C54 150 60 190 72 214 L46 214 L40 106Z", "#fff", opacity=0.3),
            path("M160 106 C170 150 164 190 148 218 L200 218 L200 106Z", "#3a2c24", opacity=0.16),
            line(coils, p.deep, 1.6, opacity=0.4),
            ribs(coils, p.deep, 8, "1.2 7", opacity=0.22, transform="translate(0 5.5)"),
        )
        + line("M45 109 C70 119 170 119 195 109", p.deep, 8, opacity=0.5)
        + line("M45 107 C70 117 170 117 195 107", p.light, 6)
        + path("M148 134 L172 131 L172 152 L148 155Z", "#c99563")
        + stitches(p, "M151 138 L169 135.5 L169 149 L151 151.5Z", stroke="#f4dcbc")
    )


def _towel(x: int, y: int) -> str:
    """A rolled towel, seen from its end."""
    spiral = "M21 0 A21 21 0 1 0 0 21 A15 15 0 1 0 -14 -4 A12 12 0 0 1 7 2"
    return group(
        dot(0, 0, 27, "#f6eddd", stroke="#cdbb9c", stroke_width=1.2),
        line(spiral, "#cdbb9c", 2.6),
        transform=f"translate({x} {y})",
    )
