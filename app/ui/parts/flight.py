"""A picture that goes along from a list to the page of what it shows."""

import flet as ft


def flying(picture: ft.Control, number: int) -> ft.Control:
    """`picture` of order `number`: where the screen after it has one too, it flies there."""
    return ft.Hero(str(number), picture)
