"""Favorites, synchronized between Stash and stash-boxes."""
