"""Duplicates in the library, and merging two performers or studios."""
