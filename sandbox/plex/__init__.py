"""A double of Plex Media Server: libraries, edits, pictures, scans and refreshes over real HTTP, in XML and JSON."""
