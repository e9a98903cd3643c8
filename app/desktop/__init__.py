"""The app in a window of its own: opening it, and where it stands."""
