"""Orders on their way out: as lines of JSON that bring them back whole, and in TikTok's own columns."""
