"""What people, the gateway, the carrier and the clock do to orders, on both databases."""
