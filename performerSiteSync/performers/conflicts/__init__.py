"""Conflicts that a person must decide, and the decisions."""
