"""Taking scenes out of Whisparr that are tagged in Stash."""
