"""Adding missing scenes to Whisparr."""
