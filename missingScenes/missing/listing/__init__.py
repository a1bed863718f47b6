"""The list of missing scenes."""
