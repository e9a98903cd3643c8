"""Entry for Flet's tools, which look for it beside `assets`."""

import flet as ft

from app.garbage import search_less
from app.main import main

if __name__ == "__main__":
    search_less()
    ft.run(main)
