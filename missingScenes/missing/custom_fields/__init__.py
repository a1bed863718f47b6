"""Completeness as custom fields of performers and studios, by which Stash can filter; optional."""
