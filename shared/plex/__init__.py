"""Plex Media Server: reading libraries, editing items, and the pure rules around both."""
