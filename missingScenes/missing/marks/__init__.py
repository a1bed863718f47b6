"""The wanted list and the ignored list."""
