"""Which scene is which Plex item."""
