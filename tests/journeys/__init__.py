"""Whole stories, as a person lives through them."""
