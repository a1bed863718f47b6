"""Path rules: how files of Stash are found in Plex."""
