"""`takeback build`: the app for places without a Python of their own."""
