"""The colours a ware comes in: its surface in light and shade, and the ground that flatters it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paint:
    """One colour as it falls on a thing: `deep` for seams and edges; `ground` and `floor` lie behind it.

    `emblem` is printed on packs of it; it is drawn around 0, 0 and reaches 24 to each side.
    """

    base: str
    light: str
    shade: str
    deep: str
    ground: str
    floor: str
    emblem: str = ""


PAINTS = {
    "Black": Paint("#34333a", "#5c5a63", "#222127", "#111014", "#ebe2d6", "#d9cab8"),
    "Cream": Paint("#f0e2c8", "#fcf5e6", "#dac7a4", "#a98f66", "#ccd4c3", "#b5c1aa"),
    "Sage green": Paint("#9bb08c", "#bfceb1", "#7b916d", "#52664a", "#f5e8dc", "#e6d1be"),
    "Dusty pink": Paint("#dc9f9e", "#f0c6c1", "#c17f82", "#8e525a", "#f0ebe3", "#dcd3c6"),
    "Navy": Paint("#324a72", "#5a769f", "#223557", "#141f39", "#e2e9ee", "#c9d5df"),
    "Terracotta": Paint("#cb7250", "#e69d79", "#ab583b", "#763622", "#f4ead9", "#e3d1b4"),
    "White": Paint("#f6f5f1", "#ffffff", "#d9dadd", "#9a9fa9", "#bccbd6", "#a2b5c4"),
    "Lilac": Paint("#b8a5d6", "#d8cbec", "#9883bb", "#665389", "#f6efd9", "#e5d9b8"),
}
"""By the name of the look, as the wares call it."""

BOTTLED = {
    "serum": Paint("#b8692f", "#e0a05c", "#8a4519", "#5a2a0c", "#f7e6cc", "#ecd0a6"),
    "sunscreen": Paint("#f9f3e4", "#ffffff", "#e2d6bd", "#b09d78", "#fbdf9f", "#f3c56c"),
    "facewash": Paint("#eef0e6", "#ffffff", "#d0d6c4", "#8d9a7c", "#d5dfc9", "#bccbae"),
    "hairoil": Paint("#dd9f3c", "#f6cf7c", "#b8761c", "#7c4a0c", "#e4e0d4", "#cfc8b6"),
    "mist": Paint("#efbcc4", "#fbe0e2", "#d9949f", "#a2606c", "#f8ebe8", "#ecd3d0"),
}
"""By the ware: what is in a bottle, and so has a look of its own."""

GOLD, GOLD_LIGHT, GOLD_DEEP = "#d5a954", "#f4dfaa", "#a57b30"
"""Clasps, caps and rings."""
