"""The screens and what they stand on, driven without a client."""
