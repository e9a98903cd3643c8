"""What screens are told."""
