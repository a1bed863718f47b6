"""The sync that brings tags of stash-boxes onto scenes."""
