"""The shop: rules, store, actions, reads and files; it imports no Flet."""
