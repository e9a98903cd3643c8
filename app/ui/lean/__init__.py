"""Flet's controls, made and walked by what they were given: a tap takes less than half of the time.

From the import of this on, so it comes before all that names a control.

Flet 1.0.5 sets each of some 70 fields when a control is made, and looks at each again when the control comes
to the screen and when it goes. Most hold their default. At each event it reads the types of all fields, which
are written as text. And it keeps, of each control, what is empty, or alike in all of its kind, and notes all
of them for a client that speaks of few. What comes of it is the same, see `tests/ui/test_lean.py`.
"""

from flet.version import flet_version

from app.ui.lean import checking, comparing, hearing, keeping, making, walking

KNOWN = "1.0.5"
"""The Flet of which that was found; another goes its own ways until somebody has looked."""


if flet_version == KNOWN:
    for part in (keeping, making, walking, comparing, checking, hearing):
        part.install()
    from app.ui.lean import finding  # brings all that is on a page, made as above

    finding.install()
