"""The served app: what stands between the internet and the screens."""
