"""Shelves: collections in Plex that follow a saved filter, studio, performer, tag or group of Stash."""
