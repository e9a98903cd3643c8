"""A data folder: what a store and its photos are called in it. A backup is one too."""

STORE = "takeback.db"
PHOTOS = "photos"
