"""Performers and studios of the library, and the forms their values take."""
