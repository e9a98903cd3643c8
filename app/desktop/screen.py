"""How large the screen of this machine is: Flet does not tell."""

import ctypes
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screen:
    """The rectangle around all displays, in the pixels that windows are measured in."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies on it."""
        return 0 <= x - self.left < self.width and 0 <= y - self.top < self.height


def screen(scale: float = 1) -> Screen | None:
    """The screen, None where the system does not tell; `scale` is how many of its pixels a window's has."""
    if sys.platform == "win32":
        # Python does not ask for the display's own pixels, so Windows answers in those of windows.
        metric = ctypes.windll.user32.GetSystemMetrics
        return Screen(*(metric(number) for number in _VIRTUAL_SCREEN))
    if sys.platform == "darwin":
        graphics = ctypes.CDLL("/System/Library/Frameworks/CoreGraphics.framework/CoreGraphics")
        main = graphics.CGMainDisplayID()
        return Screen(0, 0, graphics.CGDisplayPixelsWide(main), graphics.CGDisplayPixelsHigh(main))
    return _of_x(scale)


_VIRTUAL_SCREEN = (76, 77, 78, 79)
"""SM_XVIRTUALSCREEN, SM_YVIRTUALSCREEN, SM_CXVIRTUALSCREEN, SM_CYVIRTUALSCREEN."""


def _of_x(scale: float) -> Screen | None:
    try:
        x = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x.XOpenDisplay.restype = ctypes.c_void_p
    display = ctypes.c_void_p(x.XOpenDisplay(None))
    if not display:
        return None
    number = x.XDefaultScreen(display)
    width, height = x.XDisplayWidth(display, number), x.XDisplayHeight(display, number)
    x.XCloseDisplay(display)
    return Screen(0, 0, width / scale, height / scale)
