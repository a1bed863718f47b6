"""Matching: which item of Plex is which scene of Stash."""
