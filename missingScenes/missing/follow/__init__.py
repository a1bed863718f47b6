"""Followed performers and studios: their new scenes go to Wanted or to Whisparr, by rules."""
