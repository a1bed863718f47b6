"""The links of scenes to stash-boxes: which ones are probably wrong, why, and how they are repaired."""
