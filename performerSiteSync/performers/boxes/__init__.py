"""The stash-boxes that data comes from, and the caches of their answers."""
