"""Taking scenes out of Whisparr that the library has."""
