"""What is worn whole or below, lying flat: wrap dress, pleated skirt, wide-leg trousers."""

from app.art.paint import Paint
from app.art.studio import INK, both, box, dot, dots, group, laid, line, path, ribs, seam


def dress(p: Paint) -> str:
    """A wrap dress with flutter sleeves, dotted, tied at the side."""
    outline = (
        "M92 26 L102 28 C108 46 114 62 120 72 C126 62 132 46 138 28 L148 26 C170 30 184 44 194 68 "
        "C186 74 174 78 160 79 C156 86 152 94 150 104 C156 140 174 176 192 204 C178 214 166 206 152 213 "
        "C136 220 122 211 106 216 C88 220 70 212 48 206 C66 176 84 140 90 104 C88 94 84 86 80 79 "
        "C66 78 54 74 46 68 C56 44 70 30 92 26Z"
    )
    rows = "".join(f"M{-20 + n % 2 * 8} {22 + n * 13} L260 {22 + n * 13}" for n in range(16))
    inside = (
        dots(rows, p.light, 3, 16, 0.75),
        path("M150 104 C134 140 126 180 132 218 L196 210 C176 180 158 140 150 104Z", p.shade, opacity=0.35),
        path("M90 104 C84 140 76 170 62 210 L46 208 C66 176 84 140 90 104Z", p.light, opacity=0.5),
        path("M110 112 C104 150 98 180 92 218 L80 216 C96 180 106 150 110 112Z", p.shade, opacity=0.45),
        path("M160 130 C164 160 170 186 180 210 L168 210 C162 186 158 160 160 130Z", p.shade, opacity=0.6),
        path("M92 26 C84 42 80 60 80 79 L100 82 C92 60 92 44 96 27Z", p.shade, opacity=0.4),
        path("M148 26 C158 42 162 60 160 79 L194 68 C184 44 170 30 148 26Z", p.shade, opacity=0.4),
        seam(p, both("M92 26 C83 42 79 60 80 79M66 40 C62 54 60 64 62 76M56 50 C54 58 52 66 53 72")),
        seam(p, "M138 28 C128 58 112 84 90 100M124 64 C132 80 142 92 150 100"),
        line("M150 110 C132 146 128 180 134 216", p.deep, 1.6, opacity=0.55),
    )
    belt = "M90 99 C108 105 132 105 150 99 L151 110 C132 116 108 116 89 110Z"
    loop = "M143 106 C132 96 124 98 126 106 C125 114 134 116 143 106Z"
    return (
        path("M102 28 C112 32 128 32 138 28 L120 74Z", p.shade)
        + laid(outline, *inside)
        + path("M102 28 C110 34 130 34 138 28 C132 46 126 62 120 72 C114 62 108 46 102 28Z", p.shade)
        + path("M104 30 C112 36 128 36 136 30 L120 66Z", p.deep, opacity=0.3)
        + line("M102 28 C108 46 114 62 124 78 M138 28 C128 58 112 84 90 100", p.light, 3)
        + path(belt, p.shade, stroke=p.deep, stroke_opacity=0.4)
        + path("M141 108 C140 126 134 140 128 152 L138 154 C142 140 146 124 146 108Z", p.base)
        + path("M145 108 C150 124 156 136 164 144 L156 150 C148 138 142 122 142 108Z", p.shade)
        + path(loop, p.light)
        + path("M143 106 C154 94 164 98 162 106 C162 114 152 116 143 106Z", p.base)
        + seam(p, loop + "M143 106 C154 94 164 98 162 106 C162 114 152 116 143 106Z")
        + dot(143, 106, 4.5, p.shade)
    )


def skirt(p: Paint) -> str:
    """A midi skirt of knife pleats."""
    pleats = 11
    top = [84 + 72 * n / pleats for n in range(pleats + 1)]
    hem = [38 + 164 * n / pleats for n in range(pleats + 1)]
    low = [204 + 9 * (1 - ((n - pleats / 2) / (pleats / 2)) ** 2) for n in range(pleats + 1)]
    teeth = " ".join(
        f"L{(hem[n] + hem[n + 1]) / 2 + 4:.0f} {low[n] + 5:.0f} L{hem[n + 1]:.0f} {low[n + 1]:.0f}"
        for n in range(pleats)
    )
    fold = "".join(f"M{top[n]:.0f} 50 L{hem[n]:.0f} 216 L{hem[n] + 7:.0f} 220 Z" for n in range(1, pleats))
    lit = "".join(
        f"M{top[n] + 1:.0f} 50 L{hem[n] + 8:.0f} 218 L{hem[n] + 13:.0f} 218 Z" for n in range(pleats)
    )
    inside = (
        path(lit, p.light, opacity=0.5),
        path(fold, p.deep, opacity=0.4),
        path("M156 50 L206 212 L150 222 L134 50Z", p.shade, opacity=0.35),
        path("M84 50 L34 208 L66 214 L96 50Z", p.light, opacity=0.25),
    )
    band = "M83 34 C106 38 134 38 157 34 L158 54 C134 59 106 59 82 54Z"
    return (
        laid(f"M84 50 L{hem[0]:.0f} {low[0]:.0f} {teeth} L156 50Z", *inside)
        + path("M88 34 C106 30 134 30 152 34 C134 39 106 39 88 34Z", p.shade)
        + path(band, "url(#a)")
        + seam(p, band + "M82 51 C106 56 134 56 158 51M146 36 L146 56")
        + dot(151, 45, 3.2, p.light, stroke=p.deep)
    )


def trousers(p: Paint) -> str:
    """Trousers with wide legs, pleats and a pressed crease."""
    outline = (
        "M82 26 C106 30 134 30 158 26 L164 50 C172 90 184 150 192 214 C170 219 148 219 129 215 "
        "C128 180 126 140 121 104 C115 140 112 180 111 215 C92 219 70 219 48 214 C56 150 68 90 76 50Z"
    )
    inside = (
        path(
            "M96 46 C88 100 82 160 80 220 L108 220 C110 170 112 130 118 100 C112 80 102 60 96 46Z",
            p.shade,
            opacity=0.35,
        ),
        path("M144 46 C154 100 164 160 170 220 L196 220 C186 140 172 80 162 46Z", p.shade, opacity=0.55),
        path("M76 50 C66 100 58 160 50 216 L62 217 C66 160 74 100 84 50Z", p.light, opacity=0.5),
        path("M121 104 C130 110 142 112 152 108 C140 120 130 122 124 122Z", p.shade, opacity=0.7),
        path("M121 104 C112 110 102 112 92 108 C104 118 112 120 117 120Z", p.shade, opacity=0.5),
        path("M128 120 C132 150 134 180 134 218 L144 218 C144 180 138 150 128 120Z", p.light, opacity=0.35),
        seam(p, both("M97 52 C90 100 83 160 80 217M104 50 L104 66M78 52 C84 62 84 72 74 84")),
        seam(p, "M120 48 L121 104M120 52 C130 56 131 70 129 82 C126 90 124 94 121 98"),
        seam(p, both("M49 209 C70 214 92 214 111 210")),
    )
    band = "M82 26 C106 30 134 30 158 26 L162 44 C134 50 106 50 78 44Z"
    loops = "".join(box(x, 25, 5, 24, 1.5, p.base, stroke=p.deep, stroke_opacity=0.6) for x in (90, 145))
    return (
        laid(outline, *inside)
        + path("M86 26 C106 22 134 22 154 26 C134 31 106 31 86 26Z", p.deep)
        + path(band, "url(#a)")
        + seam(p, band + "M120 29 L120 48")
        + loops
        + dot(127, 38, 3.6, p.light, stroke=p.deep)
    )


def _night_shirt(p: Paint) -> str:
    outline = (
        "M72 30 C62 36 52 39 44 44 C34 56 25 74 18 92 L42 104 C46 95 49 88 51 82 C52 112 51 140 50 164 "
        "C74 170 102 170 126 164 C125 140 124 112 125 82 C127 88 130 95 134 104 L158 92 "
        "C151 74 142 56 132 44 "
        "C124 39 114 36 104 30Z"
    )
    rows = "".join(f"M{n % 2 * 8} {36 + n * 14} L200 {36 + n * 14}" for n in range(10))
    collar = "M72 30 C66 42 66 50 70 62 L78 60 L76 67 C82 72 86 78 88 84 C84 62 78 44 72 30Z"
    right = "M104 30 C110 42 110 50 106 62 L98 60 L100 67 C94 72 90 78 88 84 C92 62 98 44 104 30Z"
    inside = (
        dots(rows, p.light, 2.6, 15, 0.8),
        path(
            "M125 82 C118 104 108 116 96 122 C112 122 120 116 125 106 L126 164 L112 168 "
            "C114 140 120 110 125 82Z",
            p.shade,
            opacity=0.5,
        ),
        path("M51 82 C58 96 66 104 76 106 C66 110 56 106 51 98Z", p.shade, opacity=0.5),
        seam(p, "M44 44 C49 56 51 70 51 82M132 44 C127 56 125 70 125 82"),
        line("M21 85 L46 97M155 85 L130 97M48 158 C74 164 102 164 128 158M88 84 L88 170", p.light, 2.4),
    )
    return (
        laid(outline, *inside)
        + path("M72 30 C80 25 96 25 104 30 C100 48 94 66 88 84 C82 66 76 48 72 30Z", p.shade)
        + path("M75 32 C82 28 94 28 101 32 C94 36 82 36 75 32Z", p.deep, opacity=0.5)
        + path(collar, p.base, stroke=p.light, stroke_width=2)
        + path(right, p.base, stroke=p.light, stroke_width=2)
        + "".join(dot(93, y, 2.6, p.light, stroke=p.deep) for y in (96, 116, 136, 152))
        + path("M100 96 L118 96 L118 116 L100 116Z", p.base, opacity=0.9)
        + line("M100 98 L118 98", p.light, 3)
        + seam(p, "M100 96 L118 96 L118 116 L100 116Z")
    )


def pyjamas(p: Paint) -> str:
    """A dotted night shirt with piping, and the shorts that go with it."""
    shorts = (
        "M128 134 C150 138 184 138 206 134 C212 158 218 186 222 212 C206 218 188 218 173 214 L167 176 "
        "L160 214 C145 218 128 218 112 212 C116 186 122 158 128 134Z"
    )
    rows = "".join(f"M{96 + n % 2 * 8} {152 + n * 14} L240 {152 + n * 14}" for n in range(5))
    inside = (
        dots(rows, p.light, 2.6, 15, 0.8),
        path("M190 140 C196 170 198 190 200 218 L226 216 L208 140Z", p.shade, opacity=0.55),
        path("M167 176 C160 190 150 200 138 216 L162 216Z", p.shade, opacity=0.5),
        line("M113 206 C128 212 146 212 161 208M172 208 C188 212 206 212 222 206", p.light, 2.4),
        seam(
            p,
            "M167 146 L167 178M127 144 C150 149 184 149 207 144M140 138 L139 145M154 139 L154 147"
            "M180 139 L180 147M194 138 L195 145",
        ),
    )
    return (
        laid(shorts, *inside, name="q")
        + line("M167 142 C158 148 156 158 158 166M167 142 C176 148 178 158 174 168", p.light, 2.4)
        + dot(167, 142, 3, p.light)
        + _night_shirt(p)
    )


def shawl(p: Paint) -> str:
    """A shawl drawn through a wooden ring, its ends frayed."""
    left = (
        "M100 66 C88 88 66 130 56 176 C54 188 50 198 44 206 C62 215 92 219 116 213 C120 180 128 130 142 80Z"
    )
    right = (
        "M118 80 C128 110 138 150 138 194 C156 200 178 198 194 190 C186 180 182 168 179 154 "
        "C172 120 158 86 146 68Z"
    )
    knot = "M90 80 C88 64 94 50 104 46 C114 42 132 42 140 47 C150 54 152 68 147 82 C132 91 106 91 90 80Z"
    return (
        dot(123, 62, 37, "none", stroke=INK, stroke_width=9, opacity=0.14)
        + dot(120, 56, 37, "none", stroke="#8a5c36", stroke_width=9)
        + dot(120, 55, 37, "none", stroke="#c69263", stroke_width=6)
        + line("M87 42 C94 28 108 20 124 20", "#e6bd90", 2.5)
        + group(
            laid(
                right,
                path(
                    "M140 68 C152 110 166 150 176 200 L196 192 C180 150 166 100 148 72Z", p.shade, opacity=0.7
                ),
                line("M134 78 C150 120 158 160 162 200", p.light, 4, opacity=0.5),
                name="q",
            ),
            _fringe(p, "M194 191 C178 199 156 201 138 195"),
            laid(
                left,
                path(
                    "M142 80 C122 120 112 170 108 220 L120 218 C122 180 130 130 144 84Z", p.shade, opacity=0.7
                ),
                path("M106 80 C90 116 78 160 70 216 L80 218 C86 160 98 116 112 84Z", p.shade, opacity=0.5),
                path(
                    "M124 84 C110 120 98 164 94 218 L100 218 C104 170 114 124 128 88Z", p.shade, opacity=0.5
                ),
                line("M100 78 C84 110 70 150 64 186 C62 196 60 204 56 210", p.light, 5, opacity=0.5),
                line("M116 84 C102 120 92 160 86 216", p.light, 3, opacity=0.5),
            ),
            _fringe(p, "M44 207 C62 216 92 220 116 214"),
            path(knot, "url(#a)"),
            path("M147 82 C132 91 106 91 90 80 C106 84 130 84 148 70Z", p.shade, opacity=0.6),
            seam(
                p,
                "M97 76 C95 64 100 54 108 50M107 80 C104 66 110 56 118 50M121 83 C120 68 124 58 130 51"
                "M136 80 C138 70 138 62 137 55",
            ),
            transform="translate(0 12)",
        )
    )


def _fringe(p: Paint, d: str) -> str:
    return ribs(d, p.base, 11, "1.8 2.4", opacity=0.9, transform="translate(0 4)")
