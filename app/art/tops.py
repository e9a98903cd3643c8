"""What is worn above, lying flat: shirt, crop top, hoodie, cardigan."""

from app.art.paint import Paint
from app.art.studio import both, dot, dots, group, laid, line, mirrored, oval, path, ribs, seam


def shirt(p: Paint) -> str:
    """A linen shirt with a camp collar, short sleeves and a pocket."""
    outline = (
        "M98 40 C84 47 70 51 60 58 C47 72 36 94 27 116 L57 131 C62 121 66 112 69 104 C70 142 69 176 66 204 "
        "C84 212 104 205 120 212 C136 205 156 212 174 204 C171 176 170 142 171 104 "
        "C174 112 178 121 183 131 "
        "L213 116 C204 94 193 72 180 58 C170 51 156 47 142 40Z"
    )
    collar = "M98 40 C93 50 92 62 94 76 L109 86 C112 79 116 74 120 71 C110 62 103 51 98 40Z"
    folds = (
        path("M69 104 C76 120 84 128 96 132 C82 132 74 126 69 118Z", p.shade, opacity=0.6),
        path("M171 104 C164 124 154 136 138 146 C156 142 166 136 170 124Z", p.shade, opacity=0.7),
        path("M66 204 C74 180 78 160 78 140 C84 165 84 190 80 210Z", p.light, opacity=0.5),
        path("M174 204 C164 186 160 168 160 150 C152 172 150 190 152 210Z", p.shade, opacity=0.6),
        path("M126 72 L126 214 L131 214 L130 74Z", p.shade, opacity=0.5),
        seam(p, both("M33 103 L63 119") + both("M60 58 C66 72 69 88 69 104")),
    )
    return (
        laid(outline, *folds)
        + path("M98 40 C106 34 134 34 142 40 C137 52 129 63 120 71 C111 63 103 52 98 40Z", p.shade)
        + path("M101 42 C110 38 130 38 139 42 C133 46 107 46 101 42Z", p.deep, opacity=0.5)
        + path(collar, p.light)
        + path(mirrored(collar), p.base)
        + seam(p, both(collar) + "M114 78 L114 210M126 78 L126 210")
        + "".join(dot(120, y, 2.8, p.light, stroke=p.deep) for y in range(92, 200, 26))
        + path("M138 104 L160 104 L160 128 L149 134 L138 128Z", p.base, stroke=p.deep)
    )


def crop(p: Paint) -> str:
    """A short ribbed top with puffed sleeves and a bow."""
    outline = (
        "M84 48 L101 51 C100 64 100 74 101 84 C112 90 128 90 139 84 C140 74 140 64 139 51 L156 48 "
        "C180 50 202 66 210 96 C212 108 209 116 204 122 L172 128 C169 122 168 114 168 108 "
        "C164 132 165 154 171 178 C150 186 90 186 69 178 C75 154 76 132 72 108 C72 114 71 122 68 128 "
        "L36 122 C31 116 28 108 30 96 C38 66 60 50 84 48Z"
    )
    inside = (
        ribs("M66 140 C100 146 140 146 174 140", p.deep, 84, "1.4 6", opacity=0.22),
        path("M168 108 C160 134 148 150 150 186 L176 186 L174 120Z", p.shade, opacity=0.5),
        path("M72 108 C78 130 82 150 76 182 L66 182 L66 120Z", p.light, opacity=0.5),
        path("M84 48 C74 62 70 84 72 108 C64 98 52 92 40 94 C52 84 66 70 84 48Z", p.light, opacity=0.55),
        path("M156 48 C166 62 170 84 168 108 C176 98 188 92 202 96 C190 84 176 70 156 48Z", p.shade),
        seam(p, both("M52 66 C54 84 52 102 46 120M40 82 C40 96 40 108 38 120M66 55 C66 78 64 102 60 124")),
        ribs(both("M34 117 L70 123"), p.deep, 9),
        seam(p, both("M84 48 C74 64 70 84 72 108M33 113 L71 119")),
        seam(p, "M66 170 C92 178 148 178 174 170"),
    )
    bow = "M120 92 C108 82 99 84 100 92 C99 100 108 102 120 92Z"
    tails = both("M119 92 C114 104 112 112 108 120 L114 122 C118 112 120 104 120 92Z")
    ends = path(tails, p.shade) + path(bow, p.light) + path(mirrored(bow), p.base)
    neck = seam(p, "M97 52 C96 66 96 78 97 88 C110 95 130 95 143 88 C144 78 144 66 143 52")
    back = path("M101 53 C112 60 128 60 139 53 C140 74 140 78 139 84 C128 90 112 90 101 84Z", p.shade)
    hollow = path("M101 60 C112 67 128 67 139 60 L139 84 C128 90 112 90 101 84Z", p.deep, opacity=0.35)
    return group(
        laid(outline, *inside) + back + hollow + neck + ends + seam(p, both(bow)) + dot(120, 92, 4, p.shade),
        transform="translate(0 6)",
    )


def hoodie(p: Paint) -> str:
    """An oversized hoodie with a kangaroo pocket."""
    outline = (
        "M86 62 C78 40 96 24 120 24 C144 24 162 40 154 62 L178 70 C192 76 200 88 204 106 L218 178 L220 190 "
        "L196 196 L192 182 L178 126 C179 150 181 176 182 198 L180 214 L60 214 L58 198 "
        "C59 176 61 150 62 126 "
        "L48 182 L44 196 L20 190 L22 178 L36 106 C40 88 48 76 62 70Z"
    )
    inside = (
        path("M62 126 C70 140 80 146 92 148 C80 154 68 152 61 146Z", p.shade, opacity=0.6),
        path("M178 126 C170 144 158 152 146 154 C160 160 172 156 180 150Z", p.shade, opacity=0.7),
        path("M178 70 C186 110 196 150 204 196 L222 196 L206 100Z", p.shade, opacity=0.55),
        path("M62 70 C52 80 46 96 42 120 L34 168 C46 150 54 110 62 70Z", p.light, opacity=0.45),
        path("M182 140 C172 170 168 184 172 204 L184 204Z", p.shade, opacity=0.5),
        seam(p, both("M62 70 C64 88 64 106 62 126M22 178 L49 184") + "M58 199 L182 199"),
        ribs("M58 207 L182 207", p.deep, 15),
        ribs(both("M20 184 L46 190"), p.deep, 13),
    )
    hood = "M96 66 C88 46 100 36 120 36 C140 36 152 46 144 66 C139 80 130 88 120 94 C110 88 101 80 96 66Z"
    pocket = "M88 150 L152 150 L168 182 L168 199 L72 199 L72 182Z"
    return (
        laid(outline, *inside)
        + path("M86 62 C84 82 100 96 120 104 C140 96 156 82 154 62 C152 30 88 30 86 62Z", p.base)
        + path(
            "M86 62 C80 38 100 26 120 26 C104 32 92 44 96 66 C100 80 110 88 120 94 L120 104 "
            "C98 94 86 80 86 62Z",
            p.light,
            opacity=0.7,
        )
        + path(hood, p.shade)
        + path(
            "M101 62 C96 48 106 42 120 42 C134 42 144 48 139 62 C130 54 110 54 101 62Z", p.deep, opacity=0.45
        )
        + seam(p, hood + "M86 62 C84 82 100 96 120 104 C140 96 156 82 154 62")
        + path(pocket, "url(#a)")
        + seam(p, pocket + both("M83 152 L67 184"))
        + line("M111 92 C108 106 112 116 109 132 M129 92 C133 106 128 118 131 138", p.light, 3)
        + line("M109 130 L109 137 M131 136 L131 143", p.deep, 3.4)
        + oval(111, 91, 2.4, 2, p.deep)
        + oval(129, 91, 2.4, 2, p.deep)
    )


def cardigan(p: Paint) -> str:
    """A knitted cardigan with buttons and pockets."""
    outline = (
        "M98 40 C86 47 74 51 62 57 C50 65 45 77 41 94 L21 172 L18 190 L43 196 L48 180 L68 122 "
        "C68 148 67 172 66 196 L66 212 L174 212 L174 196 C173 172 172 148 172 122 L192 180 L197 196 "
        "L222 190 L219 172 L199 94 C195 77 190 65 178 57 C166 51 154 47 142 40 C132 46 108 46 98 40Z"
    )
    knit = "".join(f"M{x} 50 L{x} 196" for x in (74, 86, 98, 142, 154, 166))
    inside = (
        dots(knit, p.deep, 4, 6, 0.16),
        dots(both("M52 74 L36 184M60 84 L46 174"), p.deep, 4, 6, 0.16),
        path("M172 122 C164 150 158 170 164 200 L176 200Z", p.shade, opacity=0.6),
        path("M68 122 C76 150 78 176 74 200 L64 200Z", p.light, opacity=0.6),
        path("M199 94 C196 130 204 160 208 192 L222 192Z", p.shade, opacity=0.6),
        seam(p, both("M62 57 C66 78 68 100 68 122M21 172 L49 179") + "M66 197 L174 197"),
        ribs("M64 205 L176 205", p.deep, 15),
        ribs(both("M18 182 L46 189"), p.deep, 14),
    )
    band = "M98 40 L114 112 L114 212"
    pocket = "M78 152 L102 152 L102 178 L78 178Z"
    return (
        laid(outline, *inside)
        + path("M98 40 C108 34 132 34 142 40 L121 116Z", p.shade)
        + path("M100 41 C110 37 130 37 140 41 C132 48 108 48 100 41Z", p.deep, opacity=0.5)
        + seam(p, "M100 48 C110 54 130 54 140 48")
        + line(both(band), p.deep, 13, opacity=0.35, stroke_linecap="butt")
        + line(both(band), p.light, 11, stroke_linecap="butt", stroke_linejoin="round")
        + line(mirrored(band), p.base, 11, stroke_linecap="butt", stroke_linejoin="round")
        + path(both(pocket), p.base, stroke=p.deep, stroke_opacity=0.5)
        + ribs(both("M78 156 L102 156"), p.deep, 8)
        + "".join(dot(122, y, 4.4, p.deep) + dot(121, y - 1, 3.4, p.shade) for y in (124, 146, 168, 190))
    )
