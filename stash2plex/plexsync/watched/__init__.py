"""Plex talks back: plays, positions and stars that people give in Plex, taken into Stash."""
