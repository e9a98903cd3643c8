"""A picture that goes along from a list to the page of what it shows."""

import flet as ft


def flying(picture: ft.Control, of: int | str) -> ft.Control:
    """`picture` of an order (its number) or of another thing: where the next screen has it too, it flies."""
    return ft.Hero(str(of), picture)
