"""The flavours of what one eats: the colours of a pack, and what is printed on it."""

from app.art.paint import Paint
from app.art.studio import dot, group, line, oval, path


def _ear() -> str:
    grain = "M0 0 C-6 -4 -6 -12 0 -16 C6 -12 6 -4 0 0Z"
    grains = "".join(
        path(grain, "#e0a63f" if turn <= 0 else "#c98a26", transform=f"translate(0 {y}) rotate({turn})")
        for y, turn in ((-8, 0), (0, -46), (0, 46), (9, -48), (9, 48), (18, -50), (18, 50))
    )
    return line("M0 24 L0 -8", "#a8702a", 2.2) + grains


def _mango() -> str:
    return (
        path(
            "M-20 6 C-22 -12 -6 -20 8 -18 C20 -16 25 -4 20 8 C14 22 -2 26 -12 21 C-18 18 -20 12 -20 6Z",
            "#f6a421",
        )
        + path("M20 8 C14 22 -2 26 -12 21 C-18 18 -20 12 -20 6 C-10 18 10 16 20 8Z", "#e2703a", opacity=0.75)
        + path("M-14 0 C-12 -8 -6 -12 0 -13 C-6 -8 -10 -4 -11 3Z", "#fde08e")
        + path("M6 -17 C8 -26 18 -28 26 -24 C22 -17 14 -14 6 -17Z", "#6a9a4c")
    )


def _chilli() -> str:
    spokes = "M8 4 L8 -10M8 4 L20 -3M8 4 L20 11M8 4 L8 18M8 4 L-4 11M8 4 L-4 -3"
    return (
        dot(8, 4, 17, "#6f9e36")
        + dot(8, 4, 14, "#e6f0b4")
        + dot(8, 4, 11.5, "#b3cf57")
        + line(spokes, "#e6f0b4", 2)
        + path("M-16 -16 C-20 -2 -14 16 6 24 C-6 26 -26 18 -26 -6 C-26 -14 -20 -18 -16 -16Z", "#d8372b")
        + line("M-22 -8 C-22 4 -16 14 -8 19", "#f5897a", 2.4)
        + path("M-28 -12 C-26 -20 -14 -20 -13 -13 C-18 -16 -24 -15 -28 -12Z", "#5b8a3a")
        + line("M-20 -17 C-20 -22 -17 -25 -14 -26", "#5b8a3a", 2.6)
    )


def _coconut() -> str:
    return (
        path("M-4 2 C-10 -14 -22 -20 -28 -18 C-26 -8 -16 2 -4 6Z", "#5f9a58")
        + path("M0 0 C-2 -16 6 -26 12 -28 C16 -20 12 -8 4 2Z", "#79b06d")
        + path("M-24 4 C-24 20 -10 26 2 26 C16 26 26 18 26 4Z", "#7a4f30")
        + path("M10 4 C10 16 4 24 -4 26 L2 26 C16 26 26 18 26 4Z", "#5a3820", opacity=0.7)
        + oval(1, 5, 25, 9, "#5a3820")
        + oval(1, 5, 22, 7.5, "#fff")
        + oval(1, 7, 15, 4, "#dfe8e4")
    )


def _salt() -> str:
    cube = (
        path("M0 -10 L10 -5 L0 0 L-10 -5Z", "#fff")
        + path("M-10 -5 L0 0 L0 11 L-10 6Z", "#d6e4ec")
        + path("M10 -5 L0 0 L0 11 L10 6Z", "#a9c6d6")
    )
    return (
        group(cube, transform="translate(-9 -1) rotate(-10)")
        + group(cube, transform="translate(11 1) rotate(14) scale(.85)")
        + group(cube, transform="translate(3 -14) rotate(6) scale(.7)")
        + line("M-24 17 C-18 11 -12 11 -6 17 C0 23 6 23 12 17 C16 13 20 12 24 14", "#4b88ad", 3.4)
    )


FLAVOURS = {
    "Original": Paint("#b98350", "#dcb283", "#94643a", "#5a3a1e", "#f4e9d6", "#e4d2b4", _ear()),
    "Mango": Paint("#f2a62f", "#fccf72", "#d68714", "#875208", "#dfe9dc", "#c5d6c0", _mango()),
    "Chilli lime": Paint("#d14b3b", "#ec8068", "#aa322b", "#691818", "#ebf0d3", "#d5dfae", _chilli()),
    "Pandan coconut": Paint("#6f9f69", "#9fc594", "#4f7e50", "#2c5133", "#f6eee3", "#e6d8c5", _coconut()),
    "Sea salt": Paint("#5f92b3", "#97bfd7", "#437295", "#254b68", "#f2ece3", "#dfd4c4", _salt()),
}
"""By the name of the look, as the wares call it."""
