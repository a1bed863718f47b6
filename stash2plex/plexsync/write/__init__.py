"""What a Plex item should show, and writing it."""
