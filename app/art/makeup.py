"""Make-up on a plinth: lip tint, cushion foundation, cream blush."""

from app.art.paint import GOLD, GOLD_LIGHT, Paint
from app.art.studio import blend, box, cut, dot, group, line, oval, path, plinth, shadow

_SKIN, _SKIN_LIGHT, _SKIN_SHADE = "#eac5a4", "#f7dfc8", "#cf9f7a"


def tint(p: Paint) -> str:
    """A tube of lip tint, its applicator and a stroke of its colour."""
    return (
        plinth(p)
        + shadow(90, 199, 40, 8)
        + path(
            "M132 196 C140 186 160 192 172 182 C182 176 196 178 194 186 C190 196 170 196 160 204 "
            "C150 210 128 206 132 196Z",
            p.base,
        )
        + path(
            "M138 195 C148 190 160 194 172 186 C178 182 186 181 190 184 C176 186 168 194 156 198 "
            "C150 200 140 200 138 195Z",
            p.light,
            opacity=0.8,
        )
        + box(70, 112, 40, 88, 7, "#fff", opacity=0.75)
        + box(76, 116, 28, 78, 5, "url(#c)")
        + path("M74 118 L79 118 L79 192 L74 192Z", "#fff", opacity=0.7)
        + box(70, 112, 40, 88, 7, "none", stroke=p.deep, stroke_opacity=0.35)
        + box(72, 104, 36, 9, 1, GOLD)
        + box(76, 104, 8, 9, 0, GOLD_LIGHT)
        + box(70, 34, 40, 70, 6, "#3a3230")
        + path("M76 36 L84 36 L84 102 L76 102Z", "#746762")
        + path("M102 34 L104 34 C108 34 110 36 110 40 L110 98 C110 102 108 104 104 104 L102 104Z", "#1f1a19")
        + group(
            box(-18, -76, 36, 62, 6, "#3a3230"),
            path("M-12 -74 L-4 -74 L-4 -16 L-12 -16Z", "#746762"),
            box(-16, -14, 32, 8, 1, GOLD),
            box(-12, -14, 7, 8, 0, GOLD_LIGHT),
            box(-3, -6, 6, 62, 1, "#f6efe8"),
            path("M-6 52 C-6 46 6 46 6 52 L6 74 C6 84 0 90 -4 90 C-7 88 -6 80 -6 74Z", p.base),
            path("M-4 54 C-3 50 0 50 1 52 L0 76 C-1 82 -3 84 -4 84Z", p.light, opacity=0.8),
            transform="translate(172 98) rotate(14)",
        )
    )


def cushion(p: Paint) -> str:
    """An open compact with its mirror, cushion and puff."""
    return (
        plinth(p)
        + shadow(122, 200, 84, 12)
        + oval(120, 96, 74, 70, "url(#a)")
        + oval(120, 96, 74, 70, "none", stroke=p.deep, stroke_opacity=0.35)
        + oval(121, 97, 60, 57, GOLD)
        + blend("m", "0 #f3f8fa", ".5 #cfdde4", ".51 #bccdd6", "1 #dce7ec", x2=0.9, y2=1)
        + oval(120, 96, 58, 55, "url(#m)")
        + path("M84 128 L132 46 L146 48 L98 136Z", "#fff", opacity=0.45)
        + box(104, 156, 32, 13, 4, p.deep)
        + path("M40 172 L40 184 C40 212 200 212 200 184 L200 172Z", "url(#c)")
        + line("M40 186 C44 210 196 210 200 186", p.deep, 1.4, opacity=0.5)
        + box(110, 197, 20, 7, 3, GOLD)
        + oval(120, 172, 80, 28, p.light)
        + oval(120, 173, 66, 22, p.shade)
        + oval(120, 175, 62, 19, _SKIN)
        + path(
            "M58 175 C60 160 90 156 120 156 C150 156 180 160 182 175 C170 164 146 161 120 161 "
            "C94 161 70 164 58 175Z",
            _SKIN_SHADE,
            opacity=0.7,
        )
        + line(
            "M78 176 C100 186 140 186 160 176M90 170 C110 176 130 176 148 170", _SKIN_LIGHT, 3, opacity=0.8
        )
        + group(
            oval(0, 5, 34, 30, "#3a2c24", opacity=0.14),
            oval(0, 0, 34, 30, "#fbf3ea"),
            path(
                "M-34 0 C-34 18 -18 30 0 30 C18 30 34 18 34 0 C28 16 14 22 0 22 C-14 22 -28 16 -34 0Z", _SKIN
            ),
            path("M-30 -8 C-12 -14 12 -14 30 -8 L30 2 C12 -4 -12 -4 -30 2Z", p.base),
            transform="translate(176 150) rotate(-16)",
        )
    )


def blush(p: Paint) -> str:
    """An open pot of cream blush, its lid leaning behind it."""
    return (
        plinth(p)
        + shadow(116, 201, 82, 12)
        + dot(161, 112, 57, "#3a2c24", opacity=0.12)
        + dot(158, 108, 57, p.shade)
        + dot(154, 106, 56, "url(#a)")
        + dot(154, 106, 47, "none", stroke=p.light, stroke_width=2, opacity=0.8)
        + path(
            "M154 78 C158 92 168 100 180 104 C168 108 158 118 154 132 C150 118 140 108 128 104 "
            "C140 100 150 92 154 78Z",
            GOLD,
        )
        + path("M154 78 C158 92 168 100 180 104 L154 105Z", GOLD_LIGHT)
        + path("M36 156 L40 190 C44 212 168 212 172 190 L176 156Z", "url(#c)")
        + line("M40 192 C48 210 164 210 172 192", p.deep, 1.4, opacity=0.4)
        + oval(106, 156, 70, 25, p.light)
        + oval(106, 157, 60, 20, p.deep, opacity=0.6)
        + cut(
            "M48 160 C48 144 76 138 106 138 C136 138 164 144 164 160 C164 171 136 177 106 177 "
            "C76 177 48 171 48 160Z",
            path(
                "M48 160 C60 146 84 142 106 142 C136 142 154 148 164 158 L164 136 L48 136Z",
                "#b65a55",
                opacity=0.45,
            ),
            line(
                "M62 162 C80 150 130 146 146 158 C140 170 96 172 84 164 C86 156 114 154 126 160",
                "#f6b6a8",
                5,
                opacity=0.9,
            ),
            line("M60 166 C80 176 130 178 150 166", "#c96a62", 3, opacity=0.6),
            fill="#e58a7c",
        )
    )
