"""The phone: screens and what keeps them alive. Knows the shop; imports Flet."""
