"""Giving back: fingerprints of linked files, submitted to the stash-boxes that the files are linked to."""
