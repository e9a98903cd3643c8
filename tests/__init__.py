"""What Takeback promises, one sentence per test."""
