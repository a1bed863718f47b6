"""The inner package of Missing Scenes: the list, owned scenes, marks, completeness, and Whisparr."""
