"""The desktop bundle: built once, started where nothing is but it, before a client of our own."""
