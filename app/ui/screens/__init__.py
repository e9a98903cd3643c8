"""One file per address: a component that loads, and a body that only arranges."""
