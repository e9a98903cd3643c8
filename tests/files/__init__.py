"""Order files of other platforms, small and made up, and what becomes of them in a store."""
