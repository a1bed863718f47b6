"""Synonyms and blacklist."""
