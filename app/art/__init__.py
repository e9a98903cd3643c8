"""The pictures of the demo's wares, and the icons: `python -m app.art` draws them into `assets`."""
