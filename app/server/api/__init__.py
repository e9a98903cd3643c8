"""The HTTP API: every action and read of the shop under `/api/v1`, made from their signatures."""
