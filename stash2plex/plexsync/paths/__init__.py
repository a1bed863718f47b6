"""Path rules: which path in Plex a path in Stash is."""
