"""Entry for Flet's tools, which look for it beside `assets`."""

from app.garbage import search_less

if __name__ == "__main__":
    search_less()
    import flet as ft

    from app.main import main

    ft.run(main)
