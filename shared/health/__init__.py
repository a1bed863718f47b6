"""The health of a plugin: its last connection tests, queue, copies and errors, read from its state file only.

The page's health line and the diagnostics for bug reports show it. Nothing here asks another program, except that the
diagnostics ask Stash for its version.
"""
