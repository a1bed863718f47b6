"""A double of Whisparr v3, and of the programs people mistake for it: Whisparr v2, Radarr, Sonarr."""
