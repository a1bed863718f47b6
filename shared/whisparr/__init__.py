"""Whisparr v3: which scenes it has and how far they are, adding and removing them."""
