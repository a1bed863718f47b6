"""Performers and studios of the library."""
