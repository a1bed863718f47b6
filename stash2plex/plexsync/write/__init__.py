"""Writing: what an item of Plex should show, the plan that gets it there, and the journal target that writes it."""
