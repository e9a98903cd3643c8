"""Shoes, in pairs on the floor: canvas sneakers, sandals, loafers, running shoes."""

from app.art.paint import Paint
from app.art.studio import again, blend, box, cut, dots, group, line, path, seam, shadow, stitches

_RUBBER = "#f7f2e8"
_GUM = "#d8cbb6"


def _pair(shoe: str, height: float = 0.84, width: float = 1.02) -> str:
    """A shoe, and the other one behind it; drawn to stand on 190, then stretched to its own build."""
    left, up = round(118 - 118 * width), round(194 - 188 * height)
    stretch = f"scale({width} {height})"
    return (
        shadow(134, 160, 94, 11)
        + shadow(112, 195, 108, 14)
        + group(again("w"), transform=f"translate({left + 19} {up - 36}) {stretch}")
        + group(group(shoe, id="w"), transform=f"translate({left - 8} {up}) {stretch}")
    )


def sneakers(p: Paint) -> str:
    """Low canvas sneakers with a rubber toe."""
    upper = (
        "M200 168 C204 144 198 122 192 104 C180 114 162 114 150 100 L138 82 C132 79 125 82 122 90 "
        "C112 108 96 124 76 132 C54 136 38 148 36 170Z"
    )
    inside = (
        path("M192 104 C186 128 186 148 190 172 L206 172 L204 130Z", p.shade),
        path("M122 92 C112 109 98 124 80 133 L92 152 C114 142 136 124 150 103Z", p.light, opacity=0.45),
        path("M36 170 C36 148 52 138 74 134 C84 144 88 158 87 172Z", _RUBBER),
        path("M36 170 C38 158 48 152 64 150 C76 152 84 158 87 164 L87 172 L36 172Z", _GUM, opacity=0.6),
        stitches(p, "M94 154 C116 144 138 126 152 105M186 106 C181 128 182 150 184 168"),
        seam(p, "M92 152 C114 142 136 124 150 103"),
    )
    tongue = "M122 90 C126 82 132 78 139 81 L152 100 C158 108 176 112 190 105 C180 120 158 120 146 108Z"
    laces = "M116 99 L134 116M107 109 L124 126M97 118 L113 135M87 126 L101 143"
    return _pair(
        path(tongue, p.deep, opacity=0.8)
        + cut(upper, *inside)
        + line(laces, "#00000033", 5, transform="translate(1 2)")
        + line(laces, _RUBBER, 4.6)
        + line("M126 106 C140 98 150 112 138 116 C146 128 132 132 128 116", _RUBBER, 3)
        + path(
            "M32 164 C80 172 160 172 204 164 C207 174 205 186 196 186 L44 186 C34 186 30 176 32 164Z", _RUBBER
        )
        + path(
            "M31 176 C80 181 160 181 206 176 C205 183 202 186 196 186 L44 186 C36 186 32 182 31 176Z", _GUM
        )
        + line("M33 171 C80 178 160 178 205 171", p.base, 3)
    )


def sandals(p: Paint) -> str:
    """Sandals with crossed straps, a buckle and a block heel."""
    sole = (
        "M32 180 C56 182 88 180 108 168 C130 152 150 136 186 132 L200 136 C200 142 196 146 190 147 "
        "C158 150 140 168 116 182 C96 190 46 191 34 189 C28 188 28 181 32 180Z"
    )
    return _pair(
        line("M132 96 C140 82 186 82 194 98", p.shade, 6)
        + path("M168 142 L200 138 C198 156 197 172 196 190 L174 190 C174 172 172 156 168 142Z", "url(#a)")
        + path("M188 142 L200 138 C198 156 197 172 196 190 L188 190Z", p.deep, opacity=0.3)
        + path("M174 185 L196 185 L196 190 L174 190Z", p.deep)
        + line("M82 176 C80 156 94 146 112 160", p.shade, 9)
        + path(sole, "#c79a6e")
        + path(
            "M32 180 C56 182 88 180 108 168 C130 152 150 136 186 132 L200 136 "
            "C160 140 138 160 114 174 C92 185 50 186 32 184Z",
            "#e8c8a0",
        )
        + path(
            "M28 186 C60 192 96 190 118 178 C142 162 160 149 192 146 C160 152 142 170 118 184 "
            "C96 193 46 193 34 191Z",
            p.deep,
            opacity=0.5,
        )
        + path("M200 136 C206 118 203 104 195 94 L186 97 C190 110 188 122 178 133Z", "url(#a)")
        + line("M46 182 C44 152 74 140 100 172", p.base, 11)
        + line("M48 178 C47 156 70 146 94 168", p.light, 3, opacity=0.7)
        + line("M60 183 C70 152 104 140 124 158", p.base, 11)
        + line("M64 178 C74 156 100 146 118 156", p.light, 3, opacity=0.7)
        + line("M132 96 C136 112 184 112 194 97", p.base, 7)
        + line("M134 97 C142 107 170 109 186 103", p.light, 2, opacity=0.7)
        + box(146, 100, 12, 12, 3, "none", stroke="#d9b061", stroke_width=3, transform="rotate(8 152 106)"),
        0.98,
        0.98,
    )


def loafers(p: Paint) -> str:
    """Loafers of smooth leather with a saddle strap."""
    upper = (
        "M204 168 C208 146 204 122 196 104 C186 118 162 130 138 124 C130 120 124 112 116 106 "
        "C112 104 106 108 102 114 C96 124 86 130 74 134 C50 141 34 152 34 172 L36 177 L204 176Z"
    )
    inside = (
        path(
            "M102 114 C96 126 78 134 66 138 C82 150 112 152 138 124 C128 120 120 108 114 105Z",
            p.light,
            opacity=0.35,
        ),
        path("M196 104 C190 130 192 150 196 174 L210 174 L204 120Z", p.shade),
        path("M36 172 C40 152 60 144 78 140 C66 152 62 160 64 174Z", p.light, opacity=0.5),
        path("M34 172 C80 166 150 166 206 162 L206 176 L34 176Z", p.shade, opacity=0.7),
        path(
            "M96 120 C110 134 118 150 120 174 L148 174 C146 152 138 136 124 114 C118 108 112 106 108 108Z",
            p.base,
        ),
        path("M124 114 C138 136 146 152 148 174 L140 174 C138 154 130 136 118 118Z", p.shade),
        seam(p, "M96 120 C110 134 118 150 120 174M124 114 C138 136 146 152 148 174"),
        stitches(p, "M46 158 C56 146 74 142 90 150 C98 156 104 164 106 172M184 116 C182 136 184 152 188 168"),
    )
    return _pair(
        path("M116 106 C140 92 180 90 196 104 C186 122 150 132 132 122Z", p.deep)
        + path("M124 108 C144 98 176 96 190 106 C178 118 152 124 138 119Z", "#c79a6e")
        + cut(upper, *inside)
        + path("M112 136 C116 132 128 132 132 138 C130 146 120 148 115 144Z", p.deep, opacity=0.75)
        + line("M40 164 C48 150 60 144 72 141", "#fff", 3, opacity=0.4)
        + path(
            "M32 168 C80 174 160 174 207 166 L207 176 C160 182 80 182 34 178 C31 176 31 171 32 168Z",
            "#8a5a3a",
        )
        + path("M166 176 L207 174 L205 190 L168 190Z", "#6b432a")
        + line("M35 172 C80 177 160 177 205 170", "#c08a5c", 1.6),
        0.72,
        1.03,
    )


def runners(p: Paint) -> str:
    """Running shoes with a thick foam sole and a mesh upper."""
    upper = (
        "M204 158 C210 138 208 116 202 96 C192 104 176 110 160 104 L142 82 C136 78 128 80 124 88 "
        "C112 106 92 124 68 134 C48 140 34 150 32 166Z"
    )
    mesh = "".join(f"M40 {y} L200 {y}" for y in range(112, 162, 6))
    inside = (
        dots(mesh, p.deep, 2.4, 6, 0.28),
        path("M202 96 C192 116 184 134 184 166 L214 166 L208 110Z", p.shade),
        path("M32 166 C34 150 46 142 64 137 C60 148 64 158 74 166Z", p.shade, opacity=0.8),
        path("M124 90 C114 106 100 118 84 128 L100 150 C122 138 142 122 158 104Z", p.light, opacity=0.4),
        path("M112 168 L146 114 L160 104 L166 112 L142 168Z", p.light, opacity=0.55),
        line("M121 168 L152 116M131 168 L159 118", _RUBBER, 2.6),
        seam(p, "M100 150 C122 138 142 122 158 104M202 98 C192 116 184 134 184 164"),
    )
    laces = "M115 100 L134 116M105 109 L123 127M94 118 L112 137"
    sole = (
        "M28 160 C48 164 70 160 96 160 C140 160 168 152 204 148 C216 150 218 168 212 180 "
        "C208 187 200 188 192 188 "
        "L56 188 C36 188 18 176 28 160Z"
    )
    return _pair(
        path(
            "M124 90 C128 76 138 74 146 82 L164 104 C176 112 192 106 201 94 L206 92 "
            "C210 96 206 108 200 112 C180 124 156 118 148 110Z",
            p.deep,
        )
        + cut(upper, *inside)
        + line(laces, "#00000033", 5, transform="translate(1 2)")
        + line(laces, _RUBBER, 4.4)
        + line("M203 96 C210 90 214 98 207 106", p.light, 4)
        + blend("f", "0 #ffffff", "1 #d9d2c6", x2=0, y2=1)
        + path(sole, "url(#f)")
        + path(
            "M26 176 C60 184 120 176 160 176 C184 176 204 170 214 168 C216 178 208 188 192 188 "
            "L56 188 C40 188 28 184 26 176Z",
            p.base,
        )
        + path(
            "M60 188 L66 182 L82 182 L86 188M100 188 L106 181 L122 181 L126 188M146 188 L150 180 "
            "L168 180 L172 188",
            p.deep,
            opacity=0.6,
        )
        + line("M52 168 C90 172 130 166 164 164 C180 163 194 160 204 158", p.shade, 2, opacity=0.5)
    )
