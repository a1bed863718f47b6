"""Synonyms and blacklist as the Words tab edits them, and their export and import."""
