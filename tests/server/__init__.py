"""The served app: its door, its start and its end."""
