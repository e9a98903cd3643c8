"""The pictures of the demo's wares, drawn here: `python -m app.art` writes `assets/goods/*.svg`."""
