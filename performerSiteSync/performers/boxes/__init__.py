"""The stash-boxes that data comes from, and the cache of their answers."""
