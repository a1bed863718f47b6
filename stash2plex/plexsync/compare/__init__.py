"""Whole libraries compared with Plex: previewed, queued, reported."""
