"""What goes with a phone: case, screen glass, earbuds, power bank, gimbal."""

from app.art.paint import Paint
from app.art.studio import again, blend, box, cut, dot, group, laid, line, oval, path, ribs, seam, shadow

_METAL, _METAL_LIGHT, _METAL_DEEP = "#c9cdd3", "#eef0f3", "#8b919b"
_GLASS = "#16181d"


def case(p: Paint) -> str:
    """The back of a phone in its case, a cord at the corner."""
    back = (
        "M98 22 L148 22 C160 22 168 30 168 42 L168 194 C168 206 160 214 148 214 L92 214 "
        "C80 214 72 206 72 194 L72 42 C72 30 80 22 92 22Z"
    )
    lens = dot(0, 0, 12.5, "#2b2d33") + dot(0, 0, 9, "#0d0e11") + dot(-3, -3, 3, "#6f86a8")
    return group(
        laid(
            back,
            path("M72 130 C100 110 128 160 168 128 L168 216 L72 216Z", p.light, opacity=0.55),
            path("M72 158 C100 138 128 188 168 156 L168 216 L72 216Z", p.shade, opacity=0.6),
            path("M72 186 C100 166 128 212 168 184 L168 216 L72 216Z", p.deep, opacity=0.35),
            path("M72 22 L130 22 L72 130Z", "#fff", opacity=0.14),
        ),
        line("M79 194 L79 42 C79 34 84 29 92 29 L148 29", p.light, 2.4, opacity=0.9),
        line("M161 42 L161 194 C161 202 156 207 148 207 L92 207", p.deep, 1.6, opacity=0.45),
        box(168, 76, 4, 34, 2, p.shade),
        box(68, 70, 4, 18, 2, p.base),
        box(68, 94, 4, 18, 2, p.base),
        box(82, 32, 30, 72, 15, p.shade, stroke=p.deep, stroke_opacity=0.4),
        group(group(lens, id="i"), transform="translate(97 48)"),
        again("i", transform="translate(97 73)"),
        dot(97, 94, 4, "#fff3c9"),
        line(
            "M160 206 C200 232 222 190 196 150 C186 134 200 118 208 128",
            p.deep,
            5,
            opacity=0.25,
            transform="translate(2 5)",
        ),
        line("M158 204 C200 232 222 190 196 150 C186 134 200 118 208 128", p.base, 4.5),
        line(
            "M158 204 C200 232 222 190 196 150 C186 134 200 118 208 128",
            p.light,
            4.5,
            stroke_dasharray="2 4",
            stroke_linecap="butt",
        ),
        transform="rotate(-9 120 118)",
    )


def glass(p: Paint) -> str:
    """A phone with a sheet of glass coming down on it."""
    body = (
        "M86 40 L138 40 C150 40 158 48 158 60 L158 200 C158 212 150 220 138 220 L76 220 "
        "C64 220 56 212 56 200 L56 60 C56 48 64 40 76 40Z"
    )
    return group(
        laid(body, fill=_METAL_DEEP),
        box(58, 42, 98, 176, 18, _GLASS),
        cut(
            "M78 47 L136 47 C146 47 151 52 151 62 L151 198 C151 208 146 213 136 213 L78 213 "
            "C68 213 63 208 63 198 L63 62 C63 52 68 47 78 47Z",
            dot(120, 108, 26, p.light),
            path("M60 150 C84 122 104 164 154 128 L154 216 L60 216Z", p.shade),
            path("M60 178 C90 152 116 196 154 164 L154 216 L60 216Z", p.deep),
            name="q",
        ),
        dot(107, 57, 4, _GLASS),
        box(90, 204, 34, 3.5, 1.7, "#fff", opacity=0.8),
        group(
            box(4, 6, 98, 176, 18, "#3a2c24", opacity=0.12),
            box(0, 0, 98, 176, 18, "#fff", opacity=0.42),
            path("M18 0 L58 0 L0 92 L0 30Z M74 0 L88 2 L0 140 L0 116Z", "#fff", opacity=0.4),
            box(0, 0, 98, 176, 18, "none", stroke="#fff", stroke_width=2.4),
            line("M4 150 L4 160 C4 170 10 173 18 173 L80 173", "#8fb3c4", 1.6, opacity=0.7),
            transform="translate(96 18) rotate(5)",
        ),
        transform="rotate(-5 120 120)",
    )


def earbuds(p: Paint) -> str:
    """Earbuds in their open charging case."""
    bud = (
        path("M-7 8 C-8 28 -6 44 -4 50 L8 50 C10 40 11 22 10 8Z", "url(#c)")
        + path(
            "M-18 -6 C-18 -20 -6 -26 4 -25 C16 -24 20 -14 18 -4 C16 8 6 14 -6 13 C-14 12 -18 4 -18 -6Z",
            "url(#a)",
        )
        + path("M-18 -8 C-20 -18 -12 -24 -4 -24 C-12 -16 -12 2 -8 12 C-16 8 -18 0 -18 -8Z", p.shade)
        + oval(7, -8, 4, 6, p.deep, opacity=0.4)
        + line("M4 -21 C10 -21 14 -17 14 -12", "#fff", 2.4, opacity=0.7)
    )
    base = (
        "M48 138 C48 130 54 126 62 126 L178 126 C186 126 192 130 192 138 L192 164 "
        "C192 190 174 208 148 208 L92 208 C66 208 48 190 48 164Z"
    )
    return (
        shadow(122, 207, 94, 13)
        + path("M54 124 C50 70 72 46 96 46 L144 46 C168 46 190 70 186 124Z", p.shade)
        + path("M62 124 C58 78 76 54 98 54 L142 54 C164 54 182 78 178 124Z", p.deep, opacity=0.75)
        + line("M58 104 C58 72 74 50 98 50 L134 50", p.light, 2.4, opacity=0.8)
        + box(52, 114, 136, 16, 6, p.deep)
        + group(group(bud, id="i"), transform="translate(90 94)")
        + again("i", transform="matrix(-1 0 0 1 150 94)")
        + cut(
            base,
            path("M48 126 L78 126 C62 150 66 180 88 210 L48 210Z", p.light, opacity=0.5),
            path("M168 126 L196 126 L196 212 L132 212 C168 196 176 160 168 126Z", p.shade, opacity=0.6),
        )
        + line("M54 131 L186 131", p.light, 2.4, opacity=0.9)
        + seam(p, base)
        + dot(120, 152, 3.6, "#7ee0a0")
        + dot(120, 152, 6.5, "#7ee0a0", opacity=0.3)
    )


def power(p: Paint) -> str:
    """A power bank with its cable, half charged."""
    face = (
        "M76 52 C76 42 82 36 92 36 L140 36 C150 36 156 42 156 52 L156 192 "
        "C156 202 150 208 140 208 L92 208 C82 208 76 202 76 192Z"
    )
    cable = "M140 38 C142 6 206 12 202 64 C198 116 220 120 214 168 C210 204 182 214 178 194"
    return (
        shadow(124, 208, 74, 12)
        + line(cable, p.deep, 6, opacity=0.18, transform="translate(4 3)")
        + line(cable, "#f4efe6", 5.5)
        + line(cable, "#cfc6b8", 1.6, transform="translate(1.5 1)")
        + path("M92 36 L150 36 C162 36 168 42 168 52 L168 190 C168 202 162 208 152 208 L92 208Z", p.deep)
        + cut(
            face,
            path("M76 36 L128 36 L76 130Z", "#fff", opacity=0.2),
            path("M156 120 C140 160 120 190 84 210 L160 212Z", p.shade, opacity=0.7),
        )
        + line("M81 186 L81 54 C81 46 86 41 92 41 L140 41", p.light, 2.2, opacity=0.9)
        + box(132, 32, 18, 7, 2, _METAL_DEEP)
        + box(135, 24, 12, 12, 2, _METAL)
        + path("M122 84 L98 128 L114 128 L108 162 L136 114 L119 114Z", p.light, opacity=0.9)
        + "".join(dot(98 + 12 * n, 186, 3.2, "#8fe6ad" if n < 3 else p.deep) for n in range(4))
        + ribs("M162 70 L162 120", p.light, 5, "1.2 4", opacity=0.5)
        + box(170, 180, 15, 20, 4, "#e7dfd2", transform="rotate(-8 178 190)")
        + box(174, 198, 8, 9, 1, _METAL, transform="rotate(-8 178 190)")
    )


def gimbal(p: Paint) -> str:
    """A gimbal on its little tripod, holding a phone."""
    grip = (
        "M104 134 C104 126 108 122 114 122 L130 122 C136 122 140 126 140 134 L137 192 "
        "C137 198 133 200 128 200 L116 200 C111 200 107 198 107 192Z"
    )
    screen = (
        blend("g", "0 #fbd9a0", "1 #f2a58a", x2=0, y2=1)
        + box(-66, -32, 132, 64, 5, "url(#g)")
        + dot(22, -4, 12, "#fff0c8")
        + path(
            "M-66 12 L-34 -12 L-8 14 L18 0 L66 18 L66 27 C66 30 64 32 61 32 L-61 32 C-64 32 -66 30 -66 27Z",
            "#5d7f86",
        )
        + path(
            "M-66 24 C-30 12 20 30 66 20 L66 27 C66 30 64 32 61 32 L-61 32 C-64 32 -66 30 -66 27Z", "#35575f"
        )
        + path("M-66 -32 L-20 -32 L-60 32 L-66 30Z", "#fff", opacity=0.18)
    )
    return (
        shadow(122, 209, 80, 11)
        + line("M122 196 L84 210M122 196 L160 210M122 196 L122 213", p.deep, 9)
        + line("M122 196 L84 209M122 196 L160 209", p.base, 6)
        + line("M122 124 C122 104 190 116 192 88 L192 74", p.deep, 17)
        + line("M122 124 C122 104 190 116 192 88 L192 74", p.base, 13)
        + line("M130 113 C160 108 186 104 188 84", p.light, 3, opacity=0.8)
        + cut(
            grip,
            path("M104 122 L114 122 L116 204 L104 204Z", p.light, opacity=0.5),
            path("M130 120 L144 120 L144 204 L126 204Z", p.deep, opacity=0.35),
            ribs("M122 164 L122 196", p.deep, 40, "1.6 4", opacity=0.35),
            fill="url(#c)",
        )
        + dot(122, 122, 13, p.shade, stroke=p.deep, stroke_opacity=0.5)
        + dot(122, 144, 7, p.deep)
        + dot(121, 143, 4.5, "#e0573f")
        + group(
            box(-71, -31, 150, 74, 12, "#3a2c24", opacity=0.14),
            box(-75, -37, 150, 74, 12, _GLASS),
            screen,
            dot(-70.5, 0, 1.8, "#3d4350"),
            box(56, -44, 26, 12, 4, p.shade),
            box(56, 33, 26, 12, 4, p.shade),
            box(74, -44, 13, 89, 5, "url(#c)"),
            transform="translate(104 66) rotate(-4)",
        )
        + dot(192, 62, 13, p.base, stroke=p.deep, stroke_opacity=0.5)
        + dot(192, 62, 6, p.shade)
    )
