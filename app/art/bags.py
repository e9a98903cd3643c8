"""Bags on the floor: tote, crossbody, mini backpack, woven basket bag."""

from app.art.paint import GOLD, GOLD_DEEP, GOLD_LIGHT, Paint
from app.art.studio import both, box, cut, dot, line, path, ribs, seam, shadow, stitches


def tote(p: Paint) -> str:
    """A canvas tote with a printed sprig."""
    body = (
        "M60 92 C100 97 140 97 180 92 L190 204 C190 210 187 213 182 213 C140 217 100 217 58 213 "
        "C53 213 50 210 50 204Z"
    )
    leaf = "M0 0 C-3 -9 1 -18 9 -21 C11 -12 8 -4 0 0Z"
    leaves = "".join(
        path(leaf, p.ground, transform=f"translate({x} {y}) rotate({turn})")
        for x, y, turn in (
            (120, 132, -24),
            (119, 148, 34),
            (121, 152, -86),
            (118, 166, 30),
            (120, 170, -90),
            (117, 184, 28),
            (118, 188, -94),
        )
    )
    inside = (
        path("M50 206 C70 180 72 140 68 92 L58 92Z", p.light, opacity=0.5),
        path("M190 206 C172 186 164 150 166 92 L184 92Z", p.shade, opacity=0.6),
        path("M150 214 C160 200 172 194 192 196 L190 220Z", p.shade, opacity=0.7),
        path("M84 214 C76 200 64 196 48 198 L50 220Z", p.shade, opacity=0.5),
        seam(p, "M58 106 C100 111 140 111 182 106"),
        stitches(p, "M58 102 C100 107 140 107 182 102"),
    )
    handle = "M88 122 L88 92 C90 26 150 26 152 92 L152 122"
    return (
        shadow(120, 213, 92, 14)
        + line("M94 94 C98 42 142 42 146 94", p.shade, 9, stroke_linecap="butt")
        + cut(body, *inside)
        + path("M60 92 C100 97 140 97 180 92 C140 88 100 88 60 92Z", p.deep)
        + line(handle, p.deep, 11.5, opacity=0.3, stroke_linecap="butt", transform="translate(2 2)")
        + line(handle, p.base, 11, stroke_linecap="butt")
        + line("M85 118 L85 92 C87 48 110 34 132 40", p.light, 2.5, opacity=0.8)
        + seam(p, both("M83 108 L93 108 L93 120 L83 120Z M83 108 L93 120 M93 108 L83 120"))
        + line("M116 204 C114 180 116 150 121 130", p.ground, 2.2)
        + leaves
    )


def crossbody(p: Paint) -> str:
    """A small saddle bag with a flap, a clasp and a long strap."""
    body = (
        "M54 126 C54 116 60 110 70 110 L170 110 C180 110 186 116 186 126 L188 182 "
        "C188 202 176 212 156 212 L84 212 C64 212 52 202 52 182Z"
    )
    flap = (
        "M52 124 C52 112 60 106 72 106 L168 106 C180 106 188 112 188 124 "
        "C190 152 172 178 120 178 C68 178 50 152 52 124Z"
    )
    return (
        shadow(122, 211, 96, 14)
        + line("M62 122 C36 6 204 6 178 122", p.deep, 9)
        + line("M62 122 C36 6 204 6 178 122", p.base, 6)
        + line("M60 112 C46 56 78 34 120 34", p.light, 1.6, opacity=0.8)
        + cut(
            body,
            path(
                "M52 150 C60 180 90 186 120 186 C150 186 180 180 190 150 L190 170 "
                "C176 192 150 194 120 194 C90 194 64 192 50 170Z",
                p.deep,
                opacity=0.4,
            ),
            path("M160 120 C172 160 172 190 150 216 L192 216 L192 120Z", p.shade, opacity=0.6),
            stitches(p, "M60 184 C62 200 72 205 86 205 L154 205 C168 205 178 200 180 184"),
        )
        + cut(
            flap,
            path("M150 104 C166 124 166 150 146 180 L196 180 L196 104Z", p.shade, opacity=0.5),
            path(
                "M56 122 C58 112 66 110 76 110 L130 110 C96 116 74 124 64 150 C56 142 55 132 56 122Z",
                p.light,
                opacity=0.5,
            ),
            stitches(
                p,
                "M58 124 C58 116 64 112 72 112 L168 112 C176 112 182 116 182 124 "
                "C183 148 166 172 120 172 C74 172 57 148 58 124Z",
            ),
            name="q",
        )
        + seam(p, flap)
        + _rings()
        + box(108, 160, 24, 28, 8, GOLD_DEEP)
        + box(107, 158, 24, 28, 8, GOLD)
        + box(111, 162, 16, 11, 4, GOLD_LIGHT)
        + dot(119, 179, 3, GOLD_DEEP)
    )


def _rings() -> str:
    """The rings a strap hangs in."""
    return "".join(dot(x, 118, 7, "none", stroke=GOLD, stroke_width=3.5) for x in (62, 178))


def backpack(p: Paint) -> str:
    """A small backpack with a round front pocket and a pompom."""
    body = (
        "M66 96 C66 62 88 46 120 46 C152 46 174 62 174 96 L178 188 C178 206 168 214 152 214 L88 214 "
        "C72 214 62 206 62 188Z"
    )
    pocket = (
        "M78 158 C78 148 84 142 94 142 L146 142 C156 142 162 148 162 158 L164 194 "
        "C164 202 160 206 152 206 L88 206 C80 206 76 202 76 194Z"
    )
    return (
        shadow(122, 213, 92, 14)
        + line("M64 120 C44 136 42 176 58 200", p.deep, 11)
        + line("M176 120 C196 136 198 176 182 200", p.deep, 11)
        + line("M64 120 C44 136 42 176 58 200", p.base, 8)
        + line("M176 120 C196 136 198 176 182 200", p.shade, 8)
        + line("M104 50 C102 22 138 22 136 50", p.deep, 9)
        + line("M104 50 C102 24 138 24 136 50", p.base, 6)
        + cut(
            body,
            path("M148 40 C166 80 168 150 156 216 L190 216 L190 40Z", p.shade, opacity=0.55),
            path(
                "M70 100 C70 70 86 56 108 52 C88 66 80 84 78 120 C76 150 72 180 70 206 L60 206Z",
                p.light,
                opacity=0.55,
            ),
            path("M76 150 L164 150 L170 214 L70 214Z", p.deep, opacity=0.25, transform="translate(2 4)"),
        )
        + line("M74 122 C76 82 92 66 120 66 C148 66 164 82 166 122", p.deep, 5)
        + line(
            "M74 122 C76 82 92 66 120 66 C148 66 164 82 166 122",
            GOLD_LIGHT,
            2,
            stroke_dasharray="1.5 2.5",
            stroke_linecap="butt",
        )
        + path(pocket, "url(#a)")
        + seam(p, pocket)
        + stitches(p, "M83 192 C83 198 86 200 90 200 L150 200 C154 200 157 198 157 192 L155 160")
        + line("M84 156 L156 156", p.deep, 4.5)
        + line("M84 156 L156 156", GOLD_LIGHT, 2, stroke_dasharray="1.5 2.5", stroke_linecap="butt")
        + path("M144 156 L149 156 L150 172 L143 172Z", GOLD)
        + path("M77 116 L82 117 L79 134 L72 132Z", GOLD)
        + box(106, 92, 28, 20, 4, p.shade)
        + box(110, 96, 20, 12, 3, "none", stroke=GOLD_LIGHT, stroke_width=1.5)
    )


def rattan(p: Paint) -> str:
    """A bag of woven rattan with wooden handles and a scarf."""
    body = (
        "M50 112 C90 120 150 120 190 112 C188 150 182 186 168 212 C140 218 100 218 72 212 "
        "C58 186 52 150 50 112Z"
    )
    rows = [(126 + 9 * n, n % 2 * 10) for n in range(10)]
    lit, dim = (
        "".join(f"M{x + step} {y} C90 {y + 8} 150 {y + 8} 196 {y}" for y, step in rows) for x in (34, 44)
    )
    handle = "M78 118 C78 32 162 32 162 118"
    return (
        shadow(120, 212, 84, 14)
        + line(handle, "#7d5230", 9, transform="translate(0 -7)")
        + path("M50 112 C90 102 150 102 190 112 C150 122 90 122 50 112Z", p.deep)
        + cut(
            body,
            line(lit, p.deep, 1.5, opacity=0.45, transform="translate(0 4.5)"),
            line(lit, p.light, 5, stroke_dasharray="8 12", opacity=0.8),
            line(dim, p.shade, 5, stroke_dasharray="8 12", opacity=0.55),
            path("M146 110 C160 150 156 190 140 222 L196 222 L196 110Z", p.deep, opacity=0.25),
        )
        + line("M50 113 C90 121 150 121 190 113", p.deep, 10, opacity=0.6)
        + line("M50 112 C90 120 150 120 190 112", p.base, 8)
        + line("M50 112 C90 120 150 120 190 112", p.light, 8, stroke_dasharray="2.5 6", stroke_linecap="butt")
        + line(handle, "#9a6a40", 9)
        + line(handle, "#c99a67", 6)
        + line("M82 96 C86 56 110 50 124 52", "#ecca9c", 2)
        + ribs("M78 122 L78 106M162 122 L162 106", "#7d5230", 12, "2 2", opacity=1)
    )
