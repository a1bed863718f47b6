"""The Compare tab: compares whole libraries with Plex, as a preview or to queue what differs."""
