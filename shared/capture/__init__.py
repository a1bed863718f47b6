"""Finds what changed in Stash since the last look, so that a save needs no process of ours."""
