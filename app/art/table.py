"""What stands on a table at home: mug, candle, lamp, plate."""

from math import cos, sin

from app.art.paint import GOLD, GOLD_LIGHT, Paint
from app.art.studio import blend, cut, dot, glow, laid, line, oval, path, seam, shadow, specks


def mug(p: Paint) -> str:
    """A ceramic mug with a dipped glaze, steaming."""
    body = "M58 92 L62 186 C63 204 76 208 108 208 C140 208 153 204 154 186 L158 92Z"
    glaze = specks(((70 + n * n * 13 % 83, 152 + n * 19 % 51) for n in range(14)), "#6d4f33")
    return (
        shadow(118, 207, 84, 13)
        + line("M152 112 C200 100 204 168 150 172", p.deep, 19, opacity=0.35)
        + line("M152 112 C200 100 204 168 150 172", p.base, 16)
        + line("M156 108 C186 102 194 122 190 136", p.light, 4, opacity=0.8)
        + cut(
            body,
            path("M50 136 C76 146 92 130 112 138 C132 146 144 132 164 138 L164 212 L50 212Z", "#f3e8d6"),
            path(
                "M50 136 C76 146 92 130 112 138 C132 146 144 132 164 138 L164 142 "
                "C144 136 132 150 112 142 C92 134 76 150 50 140Z",
                p.deep,
                opacity=0.25,
            ),
            glaze,
            path("M64 92 L78 92 L82 206 L70 206Z", "#fff", opacity=0.35),
            path("M134 88 L162 88 L160 212 L124 212 C134 180 136 130 134 88Z", p.deep, opacity=0.22),
            fill="url(#c)",
        )
        + oval(108, 92, 50, 13, p.light)
        + oval(108, 93, 45, 10.5, p.deep)
        + oval(108, 96, 40, 7.5, "#6a4026")
        + oval(104, 96, 22, 3.4, "#94633f")
        + line(
            "M92 74 C84 62 100 54 92 40M112 70 C102 56 122 46 112 28M132 74 C126 62 140 56 132 44",
            "#fff",
            5,
            opacity=0.5,
        )
    )


def candle(p: Paint) -> str:
    """A burning candle in a ceramic jar with a label."""
    jar = "M62 104 L62 190 C62 208 178 208 178 190 L178 104Z"
    return (
        glow("g", "0 #ffd98a .85", ".5 #ffd98a .3", "1 #ffd98a 0")
        + shadow(122, 203, 88, 13)
        + dot(120, 70, 62, "url(#g)")
        + cut(
            jar,
            path("M70 100 L84 100 L84 206 L70 204Z", "#fff", opacity=0.35),
            path("M152 96 L182 96 L182 206 L142 206 C152 170 154 130 152 96Z", p.deep, opacity=0.25),
            fill="url(#c)",
        )
        + oval(120, 104, 58, 15, p.light)
        + oval(120, 105, 52, 12, p.deep, opacity=0.75)
        + oval(120, 108, 48, 9, "#f7e7c6")
        + oval(120, 108, 24, 4.5, "#fff6d8")
        + line("M120 107 L120 92", "#4a3a30", 2.6)
        + path("M120 48 C132 66 134 78 131 86 C128 95 112 95 109 86 C106 76 116 68 120 48Z", "#f7a531")
        + path("M120 64 C127 76 127 82 125 87 C123 92 117 92 115 87 C113 80 119 76 120 64Z", "#fff0b8")
        + path("M88 134 L152 134 L152 180 L88 180Z", "#fbf4e8")
        + path("M140 134 L152 134 L152 180 L140 180Z", "#d9cbb5", opacity=0.6)
        + path("M120 142 C112 148 112 156 120 161 C128 156 128 148 120 142Z", p.shade)
        + line("M120 146 L120 164M106 172 L134 172", "#8a7a68", 2, opacity=0.7)
    )


def lamp(p: Paint) -> str:
    """A desk lamp with a bent arm, switched on."""
    shade_ = "M88 38 C96 26 118 24 130 36 L160 92 C140 112 96 112 66 96Z"
    return (
        blend("g", "0 #fff3c4 .9", "1 #fff3c4 0", x2=0, y2=1)
        + path("M68 98 C96 112 140 112 160 92 L196 212 L20 212Z", "url(#g)", opacity=0.8)
        + shadow(148, 208, 66, 11)
        + line("M112 34 L188 74", "#8f6b2e", 7)
        + line("M112 33 L188 72", GOLD, 5)
        + line("M188 74 L150 194", "#8f6b2e", 7)
        + line("M187 73 L149 192", GOLD, 5)
        + line("M185 72 L150 184", GOLD_LIGHT, 1.6)
        + dot(188, 74, 8, p.deep)
        + dot(187, 73, 5.5, p.base)
        + path("M100 196 C100 186 196 186 196 196 L196 203 C196 214 100 214 100 203Z", "url(#c)")
        + oval(148, 196, 48, 9, p.light)
        + oval(149, 195, 9, 3, GOLD)
        + oval(114, 98, 46, 12, "#fff6d2", transform="rotate(-3 114 98)")
        + cut(
            shade_,
            path("M92 38 C84 56 76 76 70 96 L88 100 C92 76 98 54 108 32Z", p.light, opacity=0.6),
            path("M128 30 C138 56 144 80 142 108 L170 100 L136 30Z", p.deep, opacity=0.3),
            line("M66 94 C96 110 140 110 160 90", p.deep, 4, opacity=0.5),
        )
        + path("M98 33 C96 22 118 20 122 30Z", GOLD)
        + dot(114, 106, 9, "#fff")
    )


def plate(p: Paint) -> str:
    """A plate of speckled stoneware on a napkin, with a fork."""
    spiral = ((15 * n**0.5, n * 2.4) for n in range(1, 27))
    glaze = specks(((116 + r * cos(turn), 120 + r * sin(turn)) for r, turn in spiral), p.deep)
    tines = "M200 54 L200 84 C200 94 216 94 216 84 L216 54M208 54 L208 86"
    return (
        laid(
            "M30 60 L168 26 L206 186 L66 218Z",
            seam(p, "M40 66 L162 36 L196 180 L70 208Z", stroke="#cdbb9c"),
            fill="#f8f1e4",
            name="n",
        )
        + dot(124, 134, 83, "#3a2c24", opacity=0.08)
        + dot(120, 127, 83, "#3a2c24", opacity=0.14)
        + dot(116, 120, 82, "url(#a)")
        + dot(116, 120, 80, "none", stroke=p.light, stroke_width=2.5, opacity=0.8)
        + dot(116, 120, 57, p.shade)
        + dot(117, 122, 56, p.base)
        + dot(118, 123, 52, p.light, opacity=0.45)
        + path("M62 88 C76 58 110 46 142 54 C112 56 84 70 70 98Z", "#fff", opacity=0.4)
        + glaze
        + line(tines + "M208 90 L208 196", "#8a6528", 5, opacity=0.35, transform="translate(3 4)")
        + line(tines, GOLD, 3.6)
        + line("M208 90 L208 196", GOLD, 6)
        + line("M206.5 96 L206.5 192", GOLD_LIGHT, 1.6)
    )
