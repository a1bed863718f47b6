"""The update of performers and studios from stash-boxes."""
