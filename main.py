"""Entry for Flet's tools, which look for it beside `assets`."""

from app.garbage import search_later

if __name__ == "__main__":
    search_later()
    import flet as ft

    from app.main import main

    ft.run(main)
