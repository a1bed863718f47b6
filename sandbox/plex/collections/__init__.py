"""Collections of the sandbox's Plex, and their rows on Home and Recommended."""
