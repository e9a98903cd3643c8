"""The store itself: made, opened, shared, broken, full."""
