"""What stands for a thing nobody gave a picture of: a neutral parcel, in a few tones."""

from app.art.paint import Paint
from app.art.studio import cut, line, path, ribs, shadow

_CARD = ("#d3ae82", "#e6c9a3", "#b98f62", "#7d5a38")
PARCELS = (
    Paint(*_CARD, "#ece8e0", "#d8d2c6"),
    Paint(*_CARD, "#e2e7e2", "#cad3cb"),
    Paint(*_CARD, "#e4e8ec", "#ccd3da"),
    Paint(*_CARD, "#f0e6e2", "#ddcfc9"),
)


def parcel(p: Paint) -> str:
    """A closed parcel with tape and a label, seen from a corner."""
    return (
        shadow(124, 202, 92, 15)
        + path("M46 98 L132 122 L132 210 L46 182Z", "url(#a)")
        + path("M132 122 L196 92 L196 176 L132 210Z", p.shade)
        + path("M46 98 L110 72 L196 92 L132 122Z", p.light)
        + cut(
            "M46 98 L132 122 L132 210 L46 182Z",
            path("M46 98 L132 122 L132 134 L46 108Z", p.deep, opacity=0.14),
            path("M46 182 L132 210 L132 190 L46 164Z", p.deep, opacity=0.1),
        )
        + path("M80 107.5 L97 112.3 L161 83.9 L145 80.1Z", "#f7ecd8", opacity=0.85)
        + path("M80 107.5 L97 112.3 L97 140 L92 136 L88 140 L84 134 L80 135Z", "#efe0c6", opacity=0.9)
        + line("M46 98 L132 122 L196 92M132 122 L132 210", p.deep, 1.3, opacity=0.4)
        + path("M146 138 L184 119 L184 150 L146 171Z", "#fbf5ea")
        + ribs("M151 146 L168 137.5", p.deep, 9, "1.5 2", opacity=0.7)
        + line("M151 160 L177 146M151 155 L166 147", p.deep, 1.8, opacity=0.45)
    )
