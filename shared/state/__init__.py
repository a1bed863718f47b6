"""The state file of a plugin and the locks around it."""
