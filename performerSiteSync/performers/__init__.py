"""The package of Performer/Site Sync."""
