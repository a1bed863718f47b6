"""Scenes that are in the library: found by id or by fingerprint, and linked."""
