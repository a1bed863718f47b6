"""Marks: the wanted list and the ignored list."""
