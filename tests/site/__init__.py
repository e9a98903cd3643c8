"""The static site in a real Chromium, from plain files on a host that knows nothing of it."""
