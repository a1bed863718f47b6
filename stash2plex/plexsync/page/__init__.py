"""What pages show beside the tabs of the other folders: badge, statistics, health, settings of an older version."""
