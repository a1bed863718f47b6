"""The Plex server, its libraries, and the paths of files on both sides."""
