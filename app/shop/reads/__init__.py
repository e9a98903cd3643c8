"""What screens show: frozen dataclasses and the functions that fill them."""
