"""What Performer/Site Sync does."""
