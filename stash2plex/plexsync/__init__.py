"""What Stash2Plex does."""
