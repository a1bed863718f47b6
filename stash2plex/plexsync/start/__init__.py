"""The start of syncing with a Plex: its owner looks at a preview and presses Start syncing."""
