"""For children: baby romper, school backpack."""

from app.art.paint import GOLD, Paint
from app.art.studio import both, box, cut, dot, group, laid, line, oval, path, seam, shadow, stitches


def romper(p: Paint) -> str:
    """A baby romper with a bear and snaps."""
    outline = (
        "M92 42 C78 46 62 52 52 60 C42 70 33 88 27 106 L56 122 L70 106 C70 132 68 152 64 168 "
        "C62 178 62 186 66 192 C84 192 99 202 104 216 L136 216 C141 202 156 192 174 192 "
        "C178 186 178 178 176 168 "
        "C172 152 170 132 170 106 L184 122 L213 106 C207 88 198 70 188 60 C178 52 162 46 148 42 "
        "C140 58 100 58 92 42Z"
    )
    inside = (
        path("M70 106 C76 120 84 126 94 128 C82 132 74 128 69 120Z", p.shade, opacity=0.6),
        path("M170 106 C166 140 160 168 140 196 C156 192 170 190 182 194 L180 120Z", p.shade, opacity=0.55),
        path("M70 106 C74 140 74 170 68 196 L58 196Z", p.light, opacity=0.6),
        line("M66 192 C84 192 99 202 104 216M174 192 C156 192 141 202 136 216", p.light, 9),
        line("M27 106 L56 122M213 106 L184 122", p.light, 10),
        seam(p, both("M62 188 C84 186 102 198 109 216") + both("M30 100 L60 116M52 60 C60 72 68 88 70 106")),
        seam(p, "M104 202 C114 206 126 206 136 202"),
    )
    bear = (
        _ears(p)
        + oval(0, 0, 27, 23, p.light)
        + oval(0, 8, 12, 9, "#fff", opacity=0.75)
        + oval(0, 4, 4.5, 3.2, p.deep)
        + dot(-10, -3, 2.6, p.deep)
        + dot(10, -3, 2.6, p.deep)
        + line("M0 7 L0 10M-4 12 C-2 14 2 14 4 12", p.deep, 1.6)
        + oval(-17, 5, 4, 2.6, "#f29a8e", opacity=0.6)
        + oval(17, 5, 4, 2.6, "#f29a8e", opacity=0.6)
    )
    return (
        laid(outline, *inside)
        + path("M92 42 C104 36 136 36 148 42 C140 58 100 58 92 42Z", p.shade)
        + line("M92 42 C100 60 140 60 148 42", p.light, 6)
        + seam(p, "M90 47 C102 64 138 64 150 47" + both("M89 44 C80 54 68 64 58 68"))
        + "".join(dot(x, 209, 2.8, "#fff", stroke=p.deep, stroke_opacity=0.6) for x in (110, 120, 130))
        + group(bear, transform="translate(120 122)")
    )


def _ears(p: Paint) -> str:
    return "".join(dot(x, -17, 9, p.light) + dot(x, -17, 4.5, p.base) for x in (-19, 19))


def school(p: Paint) -> str:
    """A school backpack with a flap, buckles and a bottle at its side."""
    body = (
        "M58 96 C58 62 82 46 120 46 C158 46 182 62 182 96 L186 186 C186 204 176 212 160 212 "
        "L80 212 C64 212 54 204 54 186Z"
    )
    flap = (
        "M58 92 C58 60 84 44 120 44 C156 44 182 60 182 92 L184 124 C184 134 178 138 168 138 "
        "L72 138 C62 138 56 134 56 124Z"
    )
    pocket = (
        "M72 158 L168 158 C174 158 176 162 176 168 L178 192 C178 202 172 206 162 206 L78 206 "
        "C68 206 62 202 62 192 L64 168 C64 162 66 158 72 158Z"
    )
    star = "M0 -17 L5 -6 L17 -5 L8 4 L11 16 L0 9 L-11 16 L-8 4 L-17 -5 L-5 -6Z"
    return (
        shadow(122, 212, 94, 13)
        + box(30, 116, 26, 84, 9, "#dfe9ee")
        + box(33, 106, 20, 16, 5, "#e2795a")
        + path("M34 126 L40 126 L40 194 L34 194Z", "#fff", opacity=0.8)
        + path("M28 158 L64 154 L64 208 L40 208 C32 208 28 204 28 198Z", p.deep)
        + path("M176 154 L208 158 L208 198 C208 204 204 208 198 208 L176 208Z", p.deep)
        + line("M102 48 C100 18 140 18 138 48", p.deep, 10)
        + line("M102 48 C100 21 140 21 138 48", p.shade, 6)
        + cut(
            body,
            path("M150 130 L190 130 L190 216 L140 216 C156 190 156 160 150 130Z", p.shade, opacity=0.5),
            path("M54 134 L186 134 L186 150 L54 146Z", p.deep, opacity=0.4),
        )
        + path(pocket, "url(#a)")
        + seam(p, pocket)
        + stitches(p, "M70 192 C70 197 74 199 80 199 L160 199 C166 199 170 197 170 192")
        + line("M74 166 L166 166", p.deep, 4, opacity=0.8)
        + box(64, 178, 112, 8, 0, "#eef0e6", opacity=0.85)
        + cut(
            flap,
            path("M152 40 C168 70 170 110 160 142 L192 142 L192 40Z", p.shade, opacity=0.55),
            path("M64 94 C64 68 82 54 106 50 C84 64 74 88 72 134 L58 134Z", p.light, opacity=0.6),
            stitches(
                p,
                "M63 96 C63 66 86 50 120 50 C154 50 177 66 177 96 L178 122 C178 130 174 132 166 132 "
                "L74 132 C66 132 62 130 62 122Z",
            ),
            name="q",
        )
        + seam(p, flap)
        + "".join(
            path(f"M{x} 120 L{x + 14} 120 L{x + 14} 168 L{x + 7} 174 L{x} 168Z", p.deep)
            + box(x - 2, 142, 18, 14, 3, GOLD)
            + box(x + 2, 146, 10, 6, 1, p.deep)
            for x in (80, 146)
        )
        + group(
            path(star, GOLD),
            path("M0 -17 L5 -6 L17 -5 L0 1Z", "#f6d78f"),
            transform="translate(120 94) rotate(8)",
        )
    )
