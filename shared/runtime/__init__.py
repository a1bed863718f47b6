"""A call of a plugin, from stdin to stdout."""
