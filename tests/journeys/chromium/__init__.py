"""What a person lives through in a real browser; one of them, and one served app, for all of these."""
