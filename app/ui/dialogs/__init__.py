"""What several screens open: a dialog loads and acts like a screen, but has no address of its own."""
