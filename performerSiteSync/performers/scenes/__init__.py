"""The sync of scenes: what the box changed since the baseline comes to Stash, and what a person wrote stays."""
