"""Metadata providers: a Plex since 1.43 that asks a program for matches and metadata."""
