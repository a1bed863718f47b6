"""The Plex server: connecting to it, its libraries, and scans of its folders."""
