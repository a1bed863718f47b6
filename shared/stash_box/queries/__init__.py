"""Queries to a stash-box, and the replies as pages and lookups."""
