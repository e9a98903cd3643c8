"""Webhooks: what happens is told to other systems, and what these tell comes in."""
