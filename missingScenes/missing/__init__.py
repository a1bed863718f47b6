"""The rooms of Missing Scenes: the list, scenes that are owned, marks, completeness, and Whisparr."""
